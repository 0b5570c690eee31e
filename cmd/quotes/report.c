/* SPDX-License-Identifier: ISC */
#include "common/mem.h"

#include "cmd/quotes/claim.h"
#include "cmd/quotes/clause.h"
#include "cmd/quotes/content.h"
#include "cmd/quotes/frame.h"
#include "cmd/quotes/report.h"
#include "cmd/quotes/speaker.h"

static void said_last(struct attrib *, struct report *);
static void source_cue(struct attrib *, struct report *, size_t);
static int kind_of(const struct view *, size_t from, size_t to);

void
report_sentence(struct attrib *a, struct report *r)
{
	const struct view *w = &a->view;
	size_t i;

	/* What X said, according to Y, is what Y said. */
	for (i = r->from; i < r->to; i++)
		if (w->v[i].cue != 0 && view_cue(w, i)->frame == CUE_SOURCE)
			source_cue(a, r, i);
	if (r->cues > 1)
		said_last(a, r);
	for (i = r->from; i < r->to; i++) {
		struct claim c;

		if (w->v[i].cue == 0 || i < r->limit)
			continue;
		c = (struct claim){.cue = view_cue(w, i), .verb = i};
		if (c.cue->frame == CUE_NOUN)
			frame_noun(a, r, i);
		else if (c.cue->frame == CUE_SEEM)
			frame_seem(a, r, i);
		else if (c.cue->frame != CUE_SOURCE &&
			 !claim_nominal(a, r, i) && claim_of(a, r, i, &c))
			content_add(a, r, &c);
	}
}

/* What "slammed" or "claimed" in "..., X said" is what X said: of cues before
 * the only verb of speech none is looked at. */
static void
said_last(struct attrib *a, struct report *r)
{
	const struct view *w = &a->view;
	struct report said = *r;
	struct claim c = {.verb = r->to};
	uint32_t groups = a->groups;
	size_t i, others = 0;

	for (i = r->from; i < r->to; i++) {
		if (view_quote(w, i) || w->v[i].taken)
			return;
		if (w->v[i].cue == 0)
			continue;
		if (!view_cue(w, i)->core) {
			others += c.verb == r->to;
			continue;
		}
		if (c.verb != r->to)
			return;
		c.verb = i;
	}
	if (others == 0 || c.verb == r->to || view_is(w, r->from, WORD_BREAK))
		return;
	c.cue = view_cue(w, c.verb);
	if (c.cue->weight >= CLAIM_SURE && !claim_nominal(a, r, c.verb) &&
	    claim_of(a, &said, c.verb, &c) &&
	    (c.after >= r->to || !view_mark(w, c.after, ',')) &&
	    content_fronted(a, &said, &c)) {
		*r = said;
		a->last = a->local = said.source;
		a->has_local = 1;
	} else {
		a->groups = groups;
	}
}

/* According to X, ...; ..., according to X. */
static void
source_cue(struct attrib *a, struct report *r, size_t i)
{
	const struct view *w = &a->view;
	size_t after = i + w->v[i].cue_length, from, to;
	struct speaker s;
	int got;

	if (i < r->limit && !(i > r->from && view_mark(w, i - 1, ',')))
		return;
	if (after >= r->to || !speaker_source(w, after, r->to, &s))
		return;
	r->source = (struct attrib_source){
	    .cue = view_str(w, i, after), .group = ++a->groups};
	report_source(a, &r->source, s.from, s.to);
	r->found = 1;
	if (i <= r->from + 1) {
		from = s.to;
		/* "According to X, who knows it, ..." */
		if (from + 2 < r->to && view_is(w, from + 1, WORD_REL))
			from = clause_comma(w, from + 1, r->to);
		for (to = from; to < r->to && !view_mark(w, to, ';');)
			to++;
		to = clause_last(w, from, to);
	} else {
		from = r->from;
		to = i;
	}
	got = from < to && !clause_adverbial(w, from, to) &&
	      report_add(a, from, to, &r->source);
	/* "Last year, according to X, ...": the rest is what counts. */
	if (i > r->from + 1 && i < r->from + 7 && s.to + 2 < r->to &&
	    view_mark(w, s.to, ',') && !view_is(w, s.to + 1, WORD_REL)) {
		to = clause_last(w, s.to, r->to);
		got |= report_add(a, s.to, to, &r->source);
		s.to = r->to;
	}
	if (got) {
		a->last = a->local = r->source;
		a->has_local = 1;
	}
	if (r->limit < (i <= r->from + 1 ? r->to : s.to))
		r->limit = i <= r->from + 1 ? r->to : s.to;
}

int
report_add(struct attrib *a, size_t from, size_t to,
    const struct attrib_source *source)
{
	struct view *w = &a->view;
	struct attrib_quote *q;
	size_t i;

	while (from < to &&
	       (view_mark(w, from, ',') || view_dash(w, from) ||
		   view_mark(w, from, ':') || view_mark(w, from, ';')))
		from++;
	while (to > from &&
	       (view_mark(w, to - 1, ',') || view_dash(w, to - 1) ||
		   view_mark(w, to - 1, ':') || view_mark(w, to - 1, ';')))
		to--;
	for (i = from; i < to; i++)
		if (w->v[i].taken)
			return 0;
	if (from == to || (to - from == 1 && w->v[from].kind == UNIT_MARK))
		return 0;
	for (i = from; i < to; i++)
		w->v[i].taken = 1;
	if (a->n == a->cap)
		a->v = mem_grow(a->v, &a->cap, a->n + 1, sizeof(*a->v));
	q = &a->v[a->n++];
	*q = (struct attrib_quote){.source = *source,
	    .block = a->block,
	    .at = w->v[from].at,
	    .end = w->v[to - 1].end,
	    .kind = (uint8_t)kind_of(w, from, to)};
	return 1;
}

void
report_source(const struct attrib *a, struct attrib_source *source, size_t from,
    size_t to)
{
	source->speaker = view_str(&a->view, from, to);
	source->block = a->block;
	source->at = a->view.v[from].at;
}

/* Direct if hardly a letter stands outside the marks. */
static int
kind_of(const struct view *w, size_t from, size_t to)
{
	size_t inside = 0, outside = 0, i;

	if (view_is(w, from, WORD_THAT))
		from++;
	for (i = from; i < to; i++) {
		if (view_quote(w, i))
			inside += w->v[i].end - w->v[i].at;
		else if (w->v[i].kind != UNIT_MARK)
			outside += w->v[i].end - w->v[i].at;
	}
	if (inside == 0)
		return ATTRIB_INDIRECT;
	return outside * 33 <= inside ? ATTRIB_DIRECT : ATTRIB_MIXED;
}
