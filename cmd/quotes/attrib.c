/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"

#include "cmd/quotes/attrib.h"
#include "cmd/quotes/dateline.h"
#include "cmd/quotes/lead.h"
#include "cmd/quotes/report.h"
#include "cmd/quotes/speaker.h"

/* How far from the front a colon may stand behind the name of who speaks. */
#define TURN_BYTES 60
#define TURN_WORDS 5

/* Fewer units are no block quotation but an item of a list; with a period at
 * the end the first is enough. */
#define BLOCK_SENTENCE 5
#define BLOCK_UNITS    12

static int may_report(const struct attrib *, struct str text);
static void find(struct attrib *);
static int turn(struct attrib *);
static int is_turn(const struct attrib *, size_t colon);
static int all_upper(const struct view *, size_t n);
static int is_headline(const struct view *, size_t from);
static int colon_block(struct attrib *);
static int goes_on(const struct attrib *, struct attrib_source *);
static void
continue_quote(struct attrib *, struct report *, const struct attrib_source *);
static void join(struct attrib *, struct report *, uint32_t group);
static void regroup(struct attrib_source *, uint32_t from, uint32_t to);
static int is_pronoun(const struct attrib *, struct str speaker);
static void bare_quotes(struct attrib *, struct report *);
static void lone_quote(struct attrib *, const struct report *, size_t, int);
static void give_pending(struct attrib *, const struct attrib_source *);
static int sounds_spoken(const struct view *, size_t);
static int is_sentence(const struct view *, size_t);
static int has_words(const struct view *, size_t from, size_t to);
static void note_colon(struct attrib *, const struct report *);
static int ends_open(const struct attrib *);
static void sort_block(struct attrib *);
static int by_place(const void *, const void *);

void
attrib_start(struct attrib *a, int part)
{
	a->n = 0;
	a->last = (struct attrib_source){0};
	a->has_colon = a->open = 0;
	a->turns = 0;
	a->guess = 0;
	if (!part)
		a->groups = 0;
}

void
attrib_block(struct attrib *a, uint32_t block, struct str text)
{
	const struct view *w = &a->view;

	a->block = block;
	a->block_first = a->n;
	a->has_local = 0;
	a->pendings = 0;
	if (!may_report(a, text)) {
		a->has_colon = a->open = 0;
		return;
	}
	view_text(
	    &a->view, text, kept_cut(a->kept, block, text), a->words, a->cues);
	if (turn(a) || colon_block(a) || (w->cues == 0 && w->spans.n == 0))
		a->has_colon = a->open = 0;
	else
		find(a);
}

/* Find the quotations of the block at hand, which has cues or marks. */
static void
find(struct attrib *a)
{
	const struct view *w = &a->view;
	struct attrib_source before;
	int more = goes_on(a, &before);
	size_t i;

	a->has_colon = 0;
	for (i = 0; i < w->sentences; i++) {
		const struct view_sentence *s = &w->sentence[i];
		struct report r = {.from = s->from,
		    .to = s->to,
		    .cues = s->cues,
		    .limit = s->from};

		if (i == 0)
			r.from = r.limit = dateline_end(w, s->from, s->to);
		if (s->cues > 0)
			report_sentence(a, &r);
		if (i == 0 && more)
			continue_quote(a, &r, &before);
		if (w->spans.n > 0)
			bare_quotes(a, &r);
		if (r.found)
			give_pending(a, &r.source);
		if (i + 1 == w->sentences)
			note_colon(a, &r);
	}
	give_pending(a, &a->last);
	sort_block(a);
	a->open = ends_open(a);
}

void
attrib_free(struct attrib *a)
{
	free(a->v);
	free(a->pending);
	view_free(&a->view);
	*a = (struct attrib){0};
}

/* Whether there may be a quotation in the block. */
static int
may_report(const struct attrib *a, struct str text)
{
	size_t head = text.n < TURN_BYTES ? text.n : TURN_BYTES;

	return text.n > 0 &&
	       (a->has_colon || memchr(text.p, ':', head) != NULL ||
		   glance_at(&a->cues->glance, text));
}

/* "ROE: I do not know.", "Roe: Bridge Is Old": a turn of an interview, or a
 * headline. */
static int
turn(struct attrib *a)
{
	const struct view *w = &a->view;
	struct attrib_source source = {.group = 0};
	size_t colon = 0;

	while (colon < w->n && colon < TURN_WORDS && view_capital(w, colon) &&
	       !view_is(w, colon, WORD_LABEL))
		colon++;
	if (colon == 0 || colon + 3 > w->n || !view_mark(w, colon, ':') ||
	    w->spans.n > 0)
		return 0;
	if (is_turn(a, colon))
		a->turns = 1;
	else if (!is_headline(w, colon + 1))
		return 0;
	report_source(a, &source, 0, colon);
	source.group = ++a->groups;
	report_add(a, colon + 1, w->n, &source);
	a->last = source;
	return 1;
}

/* Whether ROE speaks, by what she says, by her turn before or as she is A or Q;
 * not so OAKTON or WEATHER. */
static int
is_turn(const struct attrib *a, size_t colon)
{
	static const char *const words[] = {"I", "I'd", "I'll", "I'm", "I've",
	    "I’d", "I’ll", "I’m", "I’ve", "We", "we", "we're", "we’re", "You",
	    "you", "you're", "you’re", "me", "my", "My", "our", "Our", "us",
	    "your", "Your", NULL};
	const struct view *w = &a->view;
	size_t i;

	if (!all_upper(w, colon))
		return 0;
	if (a->turns || w->v[0].end - w->v[0].at == 1)
		return 1;
	for (i = colon + 1; i < w->n; i++)
		if (view_among(w, i, words))
			return 1;
	return 0;
}

/* Whether the first `n` words are in capitals: ROE, Q, JANE ROE. */
static int
all_upper(const struct view *w, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if ((w->v[i].flags & TOK_UPPER) == 0 &&
		    w->v[i].end - w->v[i].at > 1)
			return 0;
	return 1;
}

/* Whether all from `from` on is one line with most words in capitals. */
static int
is_headline(const struct view *w, size_t from)
{
	size_t i, words = 0, capitals = 0;

	for (i = from; i < w->n; i++)
		if (w->v[i].kind == UNIT_WORD) {
			words++;
			capitals += (w->v[i].flags & TOK_CAPITAL) != 0;
		}
	return w->sentences == 1 && words >= 3 && capitals * 10 >= words * 6 &&
	       !view_mark(w, w->n - 1, '.');
}

/* A block without marks behind "Roe wrote:". */
static int
colon_block(struct attrib *a)
{
	const struct view *w = &a->view;

	if (!a->has_colon || a->colon.cue.n == 0 || w->spans.n > 0 ||
	    w->n < BLOCK_SENTENCE || !view_capital(w, 0) ||
	    (w->n < BLOCK_UNITS && !view_mark(w, w->n - 1, '.')))
		return 0;
	a->last = a->colon;
	report_add(a, 0, w->n, &a->last);
	return 1;
}

/* Whether the block's first quotation goes on from the block before or follows
 * its colon, and whose it is if no cue beside it tells. */
static int
goes_on(const struct attrib *a, struct attrib_source *source)
{
	const struct view *w = &a->view;

	if (w->n == 0 || !view_quote(w, 0) || (!a->open && !a->has_colon))
		return 0;
	*source = a->open ? a->v[a->n - 1].source : a->colon;
	return 1;
}

/* A cue may have claimed the block's first quotation, which goes on from
 * before; `before` is whose it is else. */
static void
continue_quote(
    struct attrib *a, struct report *r, const struct attrib_source *before)
{
	if (!report_add(a, 0, 1, before)) {
		if (a->open)
			join(a, r, before->group);
		return;
	}
	if (!a->open)
		a->last = *before;
	if (!a->has_local)
		a->local = *before;
	a->has_local = 1;
}

/* The quotation that the block before ended in, of this group, has its cue in
 * this block. */
static void
join(struct attrib *a, struct report *r, uint32_t group)
{
	size_t i = a->block_first;
	struct attrib_source source;
	uint32_t fresh;

	while (i < a->n && a->v[i].at != a->view.v[0].at)
		i++;
	/* Where both have a cue, another name is another quotation. */
	if (i == a->n ||
	    (group != a->guess && !is_pronoun(a, a->v[i].source.speaker)))
		return;
	source = a->v[i].source;
	fresh = source.group;
	source.group = group;
	for (i = a->block_first; i < a->n; i++)
		regroup(&a->v[i].source, fresh, group);
	regroup(&r->source, fresh, group);
	regroup(&a->last, fresh, group);
	regroup(&a->local, fresh, group);
	if (group != a->guess)
		return;
	a->guess = 0;
	for (i = a->block_first; i > 0 && a->v[i - 1].source.group == group;)
		a->v[--i].source = source;
}

static void
regroup(struct attrib_source *source, uint32_t from, uint32_t to)
{
	if (source->group == from)
		source->group = to;
}

static int
is_pronoun(const struct attrib *a, struct str speaker)
{
	return (word_classes(a->words, tok_hash(speaker)) & WORD_PRON) != 0;
}

/* The quotations of a sentence that no cue has claimed. */
static void
bare_quotes(struct attrib *a, struct report *r)
{
	const struct view *w = &a->view;
	int words = has_words(w, r->from, r->to);
	size_t i;

	for (i = r->from; i < r->to; i++)
		if (view_quote(w, i) && !w->v[i].taken)
			lone_quote(a, r, i, words);
}

static void
lone_quote(struct attrib *a, const struct report *r, size_t i, int words)
{
	const struct view *w = &a->view;
	struct attrib_source source = {.group = 0};
	struct speaker s;

	if (!words && a->has_local) {
		report_add(a, i, i + 1, &a->local);
		return;
	}
	if (!words) {
		if (!sounds_spoken(w, i))
			return;
		if (a->pendings == a->pending_cap)
			a->pending = mem_grow(a->pending, &a->pending_cap,
			    a->pendings + 1, sizeof(*a->pending));
		a->pending[a->pendings++] = (uint32_t)i;
		return;
	}
	if (!sounds_spoken(w, i) &&
	    (w->spans.v[w->v[i].hash].words < 4 || view_title(w, i)))
		return;
	if (r->found)
		source = r->source;
	else if (lead_speaker(w, r->from, i, &s))
		report_source(a, &source, s.from, s.to);
	else
		source = a->last;
	if (!r->found) {
		source.cue = (struct str){0};
		source.group = ++a->groups;
	}
	report_add(a, i, i + 1, &source);
}

/* Quotations that waited for a speaker have one. */
static void
give_pending(struct attrib *a, const struct attrib_source *source)
{
	struct attrib_source given = *source;
	size_t i;

	if (a->pendings > 0 && source == &a->last) {
		given.group = ++a->groups;
		a->guess = given.group;
	}
	for (i = 0; i < a->pendings; i++)
		report_add(a, a->pending[i], a->pending[i] + 1, &given);
	a->pendings = 0;
}

/* Whether a quotation is long enough, or ends like a sentence. */
static int
sounds_spoken(const struct view *w, size_t i)
{
	static const uint32_t ends[] = {
	    '.', ',', '!', '?', 0x2026, '-', 0x2014};
	const struct span *span = &w->spans.v[w->v[i].hash];
	const struct tok *t;
	size_t k;

	if (span->words >= 9)
		return 1;
	if (span->words < 2 || (span->words < 4 && !is_sentence(w, i)))
		return 0;
	t = &w->toks->v[span->to - 1 - (span->closed && span->to > 1)];
	for (k = 0; k < sizeof(ends) / sizeof(ends[0]); k++)
		if (t->kind == TOK_MARK && t->hash == ends[k])
			return 1;
	return 0;
}

/* Whether the quotation stands alone in its block or behind a colon, with its
 * own period: “It will fall.” */
static int
is_sentence(const struct view *w, size_t i)
{
	static const uint32_t ends[] = {'.', '!', '?', 0x2026};
	const struct span *span = &w->spans.v[w->v[i].hash];
	const struct tok *t = &w->toks->v[span->to - 1 - span->closed];
	size_t k;

	if (i > 0 ? !view_mark(w, i - 1, ':') : w->n > 1)
		return 0;
	for (k = 0; k < sizeof(ends) / sizeof(ends[0]); k++)
		if (t->kind == TOK_MARK && t->hash == ends[k])
			return 1;
	return 0;
}

static int
has_words(const struct view *w, size_t from, size_t to)
{
	size_t i;

	for (i = from; i < to; i++)
		if (w->v[i].kind == UNIT_WORD || w->v[i].kind == UNIT_NUMBER)
			return 1;
	return 0;
}

/* Remember who is about to speak in the next block. */
static void
note_colon(struct attrib *a, const struct report *r)
{
	const struct view *w = &a->view;
	struct speaker s;

	if (!view_mark(w, r->to - 1, ':'))
		return;
	a->has_colon = 1;
	a->colon = (struct attrib_source){.group = 0};
	if (r->found)
		a->colon = r->source;
	else if (lead_speaker(w, r->from, r->to, &s))
		report_source(a, &a->colon, s.from, s.to);
	a->colon.group = ++a->groups;
}

/* Whether the block ends inside a quotation that has been added. */
static int
ends_open(const struct attrib *a)
{
	const struct view *w = &a->view;

	return w->spans.n > 0 && !w->spans.v[w->spans.n - 1].closed &&
	       a->n > a->block_first &&
	       a->v[a->n - 1].end == w->v[w->n - 1].end;
}

/* Pending quotations were added late; mostly all is in order. */
static void
sort_block(struct attrib *a)
{
	size_t i;

	for (i = a->block_first + 1; i < a->n; i++) {
		if (a->v[i].at >= a->v[i - 1].at)
			continue;
		qsort(a->v + a->block_first, a->n - a->block_first,
		    sizeof(*a->v), by_place);
		return;
	}
}

static int
by_place(const void *x, const void *y)
{
	const struct attrib_quote *a = x, *b = y;

	return (a->at > b->at) - (a->at < b->at);
}
