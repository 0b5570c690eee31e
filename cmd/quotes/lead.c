/* SPDX-License-Identifier: ISC */
#include "common/str.h"

#include "cmd/quotes/lead.h"
#include "cmd/quotes/view.h"

static void
take_head(const struct view *, size_t from, size_t to, struct speaker *);
static int opens_with_name(const struct view *, size_t from, size_t to);
static int
first_noun(const struct view *, size_t from, size_t to, struct speaker *);

int
lead_speaker(const struct view *w, size_t from, size_t to, struct speaker *s)
{
	size_t i, end;

	if (first_noun(w, from, to, s))
		return 1;
	for (i = from; i < to; i++) {
		if (view_is(w, i, WORD_PRON) &&
		    view_is(w, i, WORD_HE | WORD_SHE | WORD_THEY)) {
			*s = (struct speaker){.from = i, .to = i + 1};
			return 1;
		}
		if (!view_capital(w, i) ||
		    view_is(w, i, WORD_BREAK | WORD_PREP | WORD_TIME) ||
		    (w->v[i].cue != 0 && view_cue(w, i)->core))
			continue;
		if (i == from && !opens_with_name(w, from, to))
			continue;
		for (end = i + 1; end < to && view_capital(w, end) &&
				  !view_is(w, end, WORD_TIME);)
			end++;
		/* Of "The Star's Jane Roe" take Jane Roe. */
		if (end + 1 < to && (w->v[end].flags & TOK_OWNER) != 0 &&
		    view_capital(w, end + 1)) {
			i = end;
			continue;
		}
		*s = (struct speaker){.from = i, .to = end};
		take_head(w, from, to, s);
		return 1;
	}
	return 0;
}

/* Of "the Roe campaign", "Oakton officials" the name is not the head. */
static void
take_head(const struct view *w, size_t from, size_t to, struct speaker *s)
{
	static const char *const heads[] = {"advisers", "aides", "allies",
	    "campaign", "government", "officials", "politicians", "supporters",
	    "team", NULL};

	if (s->to >= to ||
	    (!view_is(w, s->to, WORD_GROUP) && !view_among(w, s->to, heads)))
		return;
	s->to++;
	if (s->from > from && view_is(w, s->from - 1, WORD_DET))
		s->from--;
}

/* Whether the first word of a sentence is a name, by the second: another
 * capital, a verb, an apposition. */
static int
opens_with_name(const struct view *w, size_t from, size_t to)
{
	size_t next = from + 1;

	if (next >= to)
		return 0;
	if (view_capital(w, next) || (w->v[next].flags & TOK_OWNER) != 0)
		return 1;
	if (w->v[from].classes != 0 || view_ends(w, from, STR_LIT("ing")) ||
	    view_ends(w, from, STR_LIT("ed")) ||
	    view_ends(w, from, STR_LIT("ly")))
		return 0;
	return w->v[next].kind == UNIT_WORD || view_mark(w, next, ':');
}

/* "The mayor of Oakton", "A lawyer": a noun for a person near the front. */
static int
first_noun(const struct view *w, size_t from, size_t to, struct speaker *s)
{
	size_t i;

	if (from >= to || !view_is(w, from, WORD_DET))
		return 0;
	for (i = from + 1; i < to && i < from + 5; i++) {
		if (w->v[i].kind != UNIT_WORD || view_is(w, i, WORD_PREP))
			return 0;
		if (view_is(w, i, WORD_PERSON) &&
		    (w->v[i].flags & TOK_LOWER) != 0 &&
		    !(i + 1 < to && view_capital(w, i + 1))) {
			*s = (struct speaker){.from = from, .to = i + 1};
			return 1;
		}
	}
	return 0;
}
