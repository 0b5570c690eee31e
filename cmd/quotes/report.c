/* SPDX-License-Identifier: ISC */
#include "common/mem.h"

#include "cmd/quotes/clause.h"
#include "cmd/quotes/report.h"
#include "cmd/quotes/speaker.h"

/* Bounds in units between a cue and its marks, found on news. */
#define NEAR 12
#define FAR  16

/* Weights: below the first only marks and "that" are; from the second on a cue
 * leads a whole clause as verbs of speech do. */
#define LIKELY .5F
#define SURE   .85F

/* One cue with its subject. */
struct claim {
	const struct cue *cue;
	size_t verb;  /* unit of the cue */
	size_t start; /* where subject and cue begin, whichever is first */
	size_t after; /* behind both */
	int gerund;   /* "..., adding": speaker is that of the cue before */
	int inverted; /* "said X" */
	int relative; /* "X, who said ...," */
};

static void source_cue(struct attrib *, struct report *, size_t);
static int is_nominal(const struct attrib *, const struct report *, size_t);
static int is_gerund(const struct attrib *, const struct report *, size_t);
static int claim_of(struct attrib *, struct report *, size_t, struct claim *);
static void by_agent(const struct attrib *, struct attrib_source *,
    const struct speaker *, struct claim *);
static int inverted(
    const struct attrib *, const struct report *, size_t, struct speaker *);
static void content(struct attrib *, struct report *, const struct claim *);
static int quote_left(struct attrib *, struct report *, const struct claim *);
static int interposed(struct attrib *, struct report *, const struct claim *);
static int fronted(struct attrib *, struct report *, const struct claim *);
static int quote_right(
    struct attrib *, struct report *, const struct claim *, size_t quote);
static int clause_right(struct attrib *, struct report *, const struct claim *);
static int
subordinate(const struct view *, const struct report *, const struct claim *);
static int no_clause(const struct view *, size_t);
static size_t find_that(const struct view *, size_t from, size_t last);
static size_t find_quote(const struct view *, size_t from, size_t last);
static int word_is(const struct view *, size_t, const char *);
static int kind_of(const struct view *, size_t from, size_t to);

void
report_sentence(struct attrib *a, struct report *r)
{
	const struct view *w = &a->view;
	size_t i;

	r->limit = r->from;
	r->found = 0;
	/* What X said, according to Y, is what Y said. */
	for (i = r->from; i < r->to; i++)
		if (w->v[i].cue != 0 && view_cue(w, i)->frame == CUE_SOURCE)
			source_cue(a, r, i);
	for (i = r->from; i < r->to; i++) {
		struct claim c = {0};

		if (w->v[i].cue == 0 || i < r->limit)
			continue;
		c.cue = view_cue(w, i);
		c.verb = i;
		if (c.cue->frame != CUE_SOURCE && !is_nominal(a, r, i) &&
		    claim_of(a, r, i, &c))
			content(a, r, &c);
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
		to = clause_last(w, from, r->to);
	} else {
		from = r->from;
		to = i;
	}
	got = from < to && report_add(a, from, to, &r->source);
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

/* Whether the cue at `i` is a noun or an infinitive by what stands before. */
static int
is_nominal(const struct attrib *a, const struct report *r, size_t i)
{
	const struct view *w = &a->view;

	/* A verb in capitals is part of a name: United States. */
	if (view_capital(w, i) &&
	    (!view_cue(w, i)->core || view_cue(w, i)->weight < LIKELY))
		return 1;
	/* "A cautious note": a noun more often than not. */
	if (i > r->from + 1 && i + 1 < r->to && !view_quote(w, i + 1) &&
	    !view_stop(w, i + 1) && view_cue(w, i)->weight < LIKELY &&
	    view_is(w, i - 2, WORD_DET) && (w->v[i - 1].flags & TOK_LOWER) &&
	    !view_is(w, i - 1, WORD_ADV | WORD_PERSON))
		return 1;
	if (i == r->from || !view_is(w, i - 1, WORD_NOMINAL))
		return 0;
	/* "That said it all", "another said", but never "the said". */
	return !view_cue(w, i)->core || !view_is(w, i - 1, WORD_STAND);
}

/* Whether the cue at `i` is "..., saying": its subject is that of the verb
 * before. */
static int
is_gerund(const struct attrib *a, const struct report *r, size_t i)
{
	static const char *const before[] = {
	    "by", "and", "while", "before", "after", "in", NULL};
	const struct view *w = &a->view;
	struct speaker s;
	size_t k;

	if (i == r->from || !view_ends(w, i, STR_LIT("ing")))
		return 0;
	if (view_mark(w, i - 1, ',') || view_quote(w, i - 1))
		return 1;
	for (k = 0; before[k] != NULL; k++)
		if (word_is(w, i - 1, before[k]))
			return 1;
	/* "The town released a statement saying": no phrase, a sentence. */
	return !view_is(w, i - 1, WORD_BE | WORD_ADV) &&
	       speaker_left(w, r->from, i, &s) && s.from == r->from &&
	       s.to - s.from > 3;
}

/* "Was called old by X": X speaks. */
static void
by_agent(const struct attrib *a, struct attrib_source *source,
    const struct speaker *s, struct claim *c)
{
	report_source(a, source, s->from, s->to);
	c->start = c->verb;
	c->after = s->to;
}

/* Find the subject; makes it the report's source.  Returns 1 or 0. */
static int
claim_of(struct attrib *a, struct report *r, size_t i, struct claim *c)
{
	const struct view *w = &a->view;
	struct attrib_source source = {.group = 0};
	size_t after = i + w->v[i].cue_length;
	struct speaker s;

	c->start = i;
	c->after = after;
	c->gerund = is_gerund(a, r, i);
	if (c->gerund) {
		if (r->found)
			source = r->source;
		else if (speaker_first(w, r->from, i, &s))
			report_source(a, &source, s.from, s.to);
	} else if (inverted(a, r, i, &s)) {
		c->inverted = 1;
		report_source(a, &source, s.from, s.to);
		c->after = s.to;
	} else if (speaker_left(w, r->from, i, &s)) {
		c->start = s.from;
		c->relative = s.relative;
		if (!s.passive)
			report_source(a, &source, s.from, s.to);
		else if (after + 1 < r->to && word_is(w, after, "by") &&
			 speaker_right(w, after + 1, r->to, &s))
			by_agent(a, &source, &s, c);
		/* Of those spoken to or of, only a clause tells that
		 * somebody spoke: "was told that". */
		else if (after >= r->to || !view_is(w, after, WORD_THAT))
			return 0;
	} else if (c->cue->frame == CUE_COMMA && after < r->to &&
		   speaker_right(w, after, r->to, &s)) {
		/* "Am Montag sagte X". */
		report_source(a, &source, s.from, s.to);
		c->after = s.to;
	} else if (i > r->from && r->found &&
		   (word_is(w, i - 1, "and") || word_is(w, i - 1, "but"))) {
		source = r->source;
	} else if (i > r->from && c->cue->core && word_is(w, i - 1, "and") &&
		   speaker_first(w, r->from, i, &s)) {
		report_source(a, &source, s.from, s.to);
	} else {
		return 0;
	}
	source.cue = view_str(w, i, after);
	source.group = ++a->groups;
	r->source = source;
	r->found = 1;
	return 1;
}

/* “...,” said X; “...” said X; ..., said X. */
static int
inverted(
    const struct attrib *a, const struct report *r, size_t i, struct speaker *s)
{
	const struct view *w = &a->view;
	size_t after = i + w->v[i].cue_length;
	int quote, comma;

	if (i == r->from)
		return 0;
	quote = view_quote(w, i - 1);
	comma = view_mark(w, i - 1, ',') || view_dash(w, i - 1);
	if (comma && i > r->from + 1)
		quote = quote || view_quote(w, i - 2);
	if ((!quote && !comma) || !speaker_right(w, after, r->to, s))
		return 0;
	return quote || (view_cue(w, i)->core && i > r->from + 3 &&
			    (s->to + 8 >= r->to || view_mark(w, s->to, ',')));
}

static void
content(struct attrib *a, struct report *r, const struct claim *c)
{
	const struct view *w = &a->view;
	size_t that = find_that(w, c->after, r->to);
	size_t quote = find_quote(w, c->after, r->to);
	int got;

	if (quote_left(a, r, c) || interposed(a, r, c) ||
	    (that == r->to && fronted(a, r, c))) {
		got = 1;
	} else if (quote < r->to && (that == r->to || quote < that) &&
		   (quote == c->after || view_mark(w, quote - 1, ',') ||
		       view_mark(w, quote - 1, ':') ||
		       view_dash(w, quote - 1))) {
		got = quote_right(a, r, c, quote);
	} else {
		got = clause_right(a, r, c);
	}
	if (!got || r->source.speaker.n == 0)
		return;
	a->last = a->local = r->source;
	a->has_local = 1;
}

/* “...,” X said; then “...,” X said, “...” */
static int
quote_left(struct attrib *a, struct report *r, const struct claim *c)
{
	const struct view *w = &a->view;
	size_t i = c->start, k, from, words = 0;

	if (i > r->from && view_mark(w, i - 1, ','))
		i--;
	if (i == r->from || !view_quote(w, --i) || c->gerund ||
	    c->verb - c->start > NEAR || w->v[i].taken)
		return 0;
	/* What leads up to the marks is reported too: The plan is “dead,” he
	 * said. */
	from = i;
	for (k = r->from; k < i && words < 2; k++)
		words += w->v[k].kind != UNIT_MARK;
	if (r->limit <= r->from && words > 1 && !view_mark(w, i - 1, ',') &&
	    !view_mark(w, i - 1, ':'))
		from = r->from;
	report_add(a, from, i + 1, &r->source);
	for (k = 0; k < a->pendings; k++)
		report_add(a, a->pending[k], a->pending[k] + 1, &r->source);
	a->pendings = 0;
	r->limit = c->after;
	k = find_quote(w, c->after, r->to);
	if (k < r->to && k < c->after + NEAR &&
	    (k == c->after || view_stop(w, k - 1))) {
		report_add(a, k, k + 1, &r->source);
		r->limit = k + 1;
	}
	return 1;
}

/* The plan, X said, is dead: what stands before and behind. */
static int
interposed(struct attrib *a, struct report *r, const struct claim *c)
{
	const struct view *w = &a->view;
	size_t from = r->limit, to = c->start, after = c->after, last;

	if (c->gerund || c->inverted || c->cue->frame > CUE_COMMA ||
	    to <= from + 1 || !view_mark(w, to - 1, ',') ||
	    view_is(w, c->start, WORD_REL))
		return 0;
	while (after < r->to && view_is(w, after, WORD_TIME))
		after++;
	if (after + 1 >= r->to || !view_mark(w, after, ','))
		return 0;
	after++;
	/* "..., he said, adding": the other case. */
	if ((w->v[after].cue != 0 && view_ends(w, after, STR_LIT("ing"))) ||
	    view_is(w, after, WORD_REL))
		return 0;
	last =
	    view_quote(w, after) ? after + 1 : clause_end(w, after, r->to, 1);
	report_add(a, from, to, &r->source);
	report_add(a, after, last, &r->source);
	r->limit = last;
	return 1;
}

/* All of the sentence before: ..., X said on Monday. */
static int
fronted(struct attrib *a, struct report *r, const struct claim *c)
{
	const struct view *w = &a->view;
	size_t comma = c->start, i, words = 0;

	if (c->cue->frame > CUE_COMMA || c->gerund ||
	    comma <= r->from + (c->inverted || c->after + 1 >= r->to ? 3 : 5) ||
	    !view_mark(w, --comma, ',') || r->limit > comma)
		return 0;
	for (i = c->after; i < r->to; i++)
		words += w->v[i].kind != UNIT_MARK;
	/* Behind the verb only when and where; behind "said X," anything. */
	if (!(c->inverted && words > 0 && view_mark(w, c->after, ',')) &&
	    words > 0 &&
	    (words > (c->cue->core ? NEAR : NEAR / 3) ||
		(!view_is(w, c->after, WORD_PREP | WORD_TIME) &&
		    !view_quote(w, c->after) && !view_stop(w, c->after))))
		return 0;
	i = find_quote(w, c->after, r->to);
	if (i < r->to && (view_mark(w, i - 1, ',') || view_mark(w, i - 1, ':')))
		return 0;
	if (r->limit < c->after)
		r->limit = c->after;
	return report_add(a, r->from, comma, &r->source);
}

/* X said, “...”; X said “...” would follow. */
static int
quote_right(
    struct attrib *a, struct report *r, const struct claim *c, size_t quote)
{
	const struct view *w = &a->view;
	size_t next = quote + 1, to = next;

	if (!c->cue->core && view_title(w, quote))
		return 0;
	if (next < r->to && !view_stop(w, next))
		to = clause_last(w, next, r->to);
	r->limit = to > next ? r->to : next;
	return report_add(a, quote, to, &r->source);
}

/* X said (that) ... */
static int
clause_right(struct attrib *a, struct report *r, const struct claim *c)
{
	const struct view *w = &a->view;
	size_t from = c->after, that = find_that(w, from, r->to), to, start;
	int strong = c->cue->core || c->cue->weight >= SURE;

	/* Behind a colon what is said comes in the next block. */
	if (r->to - from < 2 || from >= r->to ||
	    (view_mark(w, r->to - 1, ':') && that == r->to))
		return 0;
	if (that != from &&
	    (c->cue->frame == CUE_MARKS || c->cue->weight < LIKELY))
		return 0;
	if (c->cue->frame == CUE_HEARER && that == r->to) {
		from = clause_behind_hearer(w, from, r->to);
		if (from == r->to)
			return 0;
	}
	if (that == r->to && view_mark(w, from, ',') &&
	    c->cue->frame == CUE_COMMA && from + 2 < r->to)
		from++;
	if (that == r->to &&
	    (view_mark(w, from, '.') || view_mark(w, from, ';') ||
		view_mark(w, from, ',')))
		return 0;
	/* "Said of Roe", "said after she left". */
	if (that == r->to &&
	    ((c->cue->frame <= CUE_HEARER && no_clause(w, from)) ||
		(c->start > r->from && word_is(w, c->start - 1, "what"))))
		return 0;
	while (from + 2 < r->to && view_is(w, from, WORD_TIME))
		from++;
	/* "Described as “old”": the marks alone. */
	if (from + 1 < r->to && view_quote(w, from + 1) &&
	    (word_is(w, from, "as") || word_is(w, from, "of")))
		from++;
	start = from;
	if (that < r->to &&
	    (that == from || (that - from <= 9 && c->cue->core) ||
		view_is(w, from, WORD_PREP | WORD_TIME)))
		start = that;
	to = clause_end(w, from, r->to, strong);
	if (strong && (c->relative || subordinate(w, r, c)))
		to = clause_comma(w, from, to);
	if (to <= start)
		return 0;
	r->limit = to;
	return report_add(a, start, to, &r->source);
}

static int
no_clause(const struct view *w, size_t i)
{
	static const char *const words[] = {
	    "of", "for", "after", "before", "when", "while", "as", "by", NULL};
	size_t k;

	for (k = 0; words[k] != NULL; k++)
		if (word_is(w, i, words[k]))
			return 1;
	/* "Replied to the letter", not "vowed to fight". */
	return word_is(w, i, "to") && i + 1 < w->n &&
	       (view_is(w, i + 1, WORD_DET) || view_capital(w, i + 1));
}

/* When X said that ..., others laughed. */
static int
subordinate(const struct view *w, const struct report *r, const struct claim *c)
{
	static const char *const openers[] = {"When", "While", "As", "After",
	    "Although", "Though", "Because", "Since", "If", "Before", NULL};
	size_t i;

	for (i = 0; openers[i] != NULL; i++)
		if (word_is(w, r->from, openers[i]))
			break;
	if (openers[i] == NULL || c->verb > r->from + NEAR)
		return 0;
	for (i = r->from; i < c->start; i++)
		if (view_mark(w, i, ','))
			return 0;
	return 1;
}

static size_t
find_that(const struct view *w, size_t from, size_t last)
{
	size_t i;

	for (i = from; i < last && i < from + NEAR; i++) {
		if (view_quote(w, i))
			break;
		if (view_is(w, i, WORD_THAT))
			return i;
	}
	return last;
}

static size_t
find_quote(const struct view *w, size_t from, size_t last)
{
	size_t i;

	for (i = from; i < last && i < from + FAR; i++)
		if (view_quote(w, i))
			return i;
	return last;
}

static int
word_is(const struct view *w, size_t i, const char *word)
{
	return str_eq(view_str(w, i, i + 1), str_of(word));
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
