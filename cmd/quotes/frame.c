/* SPDX-License-Identifier: ISC */
#include "common/str.h"

#include "cmd/quotes/clause.h"
#include "cmd/quotes/frame.h"
#include "cmd/quotes/speaker.h"
#include "cmd/quotes/view.h"

static size_t before_verb(const struct view *, size_t from, size_t to);
static int owner(const struct view *, size_t first, size_t i, struct speaker *);

/* Words between a noun and its owner: her strong and public support. */
#define BETWEEN 3

void
frame_noun(struct attrib *a, struct report *r, size_t i)
{
	static const char *const opens[] = {"of", "for", "that", "to", "about",
	    "on", "over", "against", "with", "in", NULL};
	static const char *const clause[] = {"that", "to", NULL};
	const struct view *w = &a->view;
	struct attrib_source source = {.group = 0};
	size_t after = i + w->v[i].cue_length, to;
	struct speaker s;

	if (after + 1 >= r->to || !view_among(w, after, opens) ||
	    !owner(w, r->from, i, &s))
		return;
	report_source(a, &source, s.from, s.to);
	source.cue = view_str(w, i, after);
	to = clause_end(w, after, r->to, 0);
	if (!view_among(w, after, clause)) {
		to = before_verb(w, after, to);
		after++;
	}
	if (to <= after)
		return;
	source.group = ++a->groups;
	if (report_add(a, after, to, &source))
		r->limit = to;
}

/* "His view of the bridge was clear": where the sentence goes on. */
static size_t
before_verb(const struct view *w, size_t from, size_t to)
{
	size_t i;

	for (i = from; i < to; i++)
		if (view_is(w, i, WORD_BE | WORD_AUX | WORD_REL))
			return i;
	return to;
}

/* The owner of the noun at `i`: his, Roe's. */
static int
owner(const struct view *w, size_t first, size_t i, struct speaker *s)
{
	static const char *const mine[] = {"his", "her", "their", "its", NULL};
	size_t low = i > first + BETWEEN ? i - BETWEEN : first;

	for (; i > low; i--) {
		if (view_among(w, i - 1, mine)) {
			*s = (struct speaker){.from = i - 1, .to = i};
			return 1;
		}
		if ((w->v[i - 1].flags & TOK_OWNER) != 0) {
			s->to = s->from = i - 1;
			while (s->from > first && view_capital(w, s->from - 1))
				s->from--;
			return s->from < s->to;
		}
		if ((w->v[i - 1].flags & TOK_LOWER) == 0 ||
		    w->v[i - 1].kind != UNIT_WORD ||
		    view_is(w, i - 1, WORD_DET | WORD_PREP))
			break;
	}
	return 0;
}

void
frame_seem(struct attrib *a, struct report *r, size_t i)
{
	static const char *const to_word[] = {"to", NULL};
	const struct view *w = &a->view;
	struct attrib_source source = {.group = 0};
	size_t after = i + w->v[i].cue_length, to;
	struct speaker s;

	if (after + 2 >= r->to || !view_among(w, after, to_word) ||
	    w->v[after + 1].cue != 0 || !speaker_left(w, r->from, i, &s) ||
	    s.from < r->limit)
		return;
	to = clause_end(w, after, r->to, 1);
	if (to <= after)
		return;
	source.cue = view_str(w, i, after);
	source.group = ++a->groups;
	report_add(a, s.from, s.to, &source);
	if (report_add(a, after, to, &source))
		r->limit = to;
}
