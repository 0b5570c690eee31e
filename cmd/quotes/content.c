/* SPDX-License-Identifier: ISC */
#include "common/str.h"

#include "cmd/quotes/clause.h"
#include "cmd/quotes/content.h"
#include "cmd/quotes/report.h"
#include "cmd/quotes/view.h"

/* Bounds in units between a cue and its marks, found on news. */
#define NEAR 12
#define FAR  16

static int reports_between(const struct view *, size_t from, size_t to);
static int replies_between(const struct view *, size_t from, size_t to);
static int is_clause(const struct view *, size_t from, size_t to);
static int quote_left(struct attrib *, struct report *, const struct claim *);
static int is_term(const struct view *, size_t from, size_t i);
static int as_said(struct attrib *, struct report *, const struct claim *);
static int interposed(struct attrib *, struct report *, const struct claim *);
static int quote_right(
    struct attrib *, struct report *, const struct claim *, size_t quote);
static int adds_more(const struct view *, size_t from, size_t last);
static int term_right(
    struct attrib *, struct report *, const struct claim *, size_t quote);
static int clause_right(struct attrib *, struct report *, const struct claim *);
static int
is_verb(const struct view *, const struct report *, const struct claim *);
static int leads_clause(const struct view *, size_t from, size_t last);
static int leads_to_that(
    const struct view *, const struct claim *, size_t from, size_t that);
static int no_clause(const struct view *, size_t);
static int
subordinate(const struct view *, const struct report *, const struct claim *);
static size_t find_that(const struct view *, size_t from, size_t last);
static size_t find_quote(const struct view *, size_t from, size_t last);

void
content_add(struct attrib *a, struct report *r, const struct claim *c)
{
	const struct view *w = &a->view;
	size_t that = find_that(w, c->after, r->to);
	size_t quote = find_quote(w, c->after, r->to);
	int got;

	if (quote_left(a, r, c) || as_said(a, r, c) || interposed(a, r, c) ||
	    (that == r->to && content_fronted(a, r, c))) {
		got = 1;
	} else if (c->cue->frame == CUE_TERM) {
		got = term_right(a, r, c, quote);
	} else if (quote < r->to && (that == r->to || quote < that) &&
		   !reports_between(w, c->after, quote) &&
		   (quote == c->after || view_mark(w, quote - 1, ':') ||
		       (!is_clause(w, c->after, quote) &&
			   (view_mark(w, quote - 1, ',') ||
			       view_dash(w, quote - 1))))) {
		got = quote_right(a, r, c, quote);
	} else {
		got = clause_right(a, r, c);
	}
	if (!got || r->source.speaker.n == 0)
		return;
	/* “...,” said X, who asked for it: X goes on. */
	if (c->relative && a->has_local &&
	    a->v[a->n - 1].kind == ATTRIB_INDIRECT)
		return;
	a->last = a->local = r->source;
	a->has_local = 1;
}

/* Whether a verb of speech stands in [from,to). */
static int
reports_between(const struct view *w, size_t from, size_t to)
{
	for (; from < to; from++)
		if (w->v[from].cue != 0 && view_cue(w, from)->core)
			return 1;
	return 0;
}

/* Whether one stands there and does not go on as "adding" does. */
static int
replies_between(const struct view *w, size_t from, size_t to)
{
	while (from < to && (!reports_between(w, from, from + 1) ||
				view_ends(w, from, STR_LIT("ing"))))
		from++;
	return from < to;
}

/* Whether a subject or verb stands in [from,to). */
static int
is_clause(const struct view *w, size_t from, size_t to)
{
	for (; from < to; from++)
		if (view_is(w, from, WORD_PRON | WORD_BE | WORD_AUX))
			return 1;
	return 0;
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
	    c->verb - c->start > NEAR || w->v[i].taken ||
	    (i + 1 == c->start && is_term(w, r->from, i)))
		return 0;
	/* What leads up to the marks is reported too: The plan is “dead,” he
	 * said. */
	from = i;
	for (k = r->from; k < i && words < 2; k++)
		words += w->v[k].kind != UNIT_MARK;
	if (r->limit <= r->from && words > 0 && !view_mark(w, i - 1, ',') &&
	    !view_mark(w, i - 1, ':'))
		from = r->from;
	report_add(a, from, i + 1, &r->source);
	for (k = 0; k < a->pendings; k++)
		report_add(a, a->pending[k], a->pending[k] + 1, &r->source);
	a->pendings = 0;
	r->limit = c->after;
	k = find_quote(w, c->after, r->to);
	if (k < r->to && k < c->after + NEAR &&
	    !replies_between(w, c->after, k) &&
	    (k == c->after || view_stop(w, k - 1))) {
		report_add(a, k, k + 1, &r->source);
		r->limit = k + 1;
	}
	return 1;
}

/* Whether a few words in marks are part of a noun phrase: the director of “The
 * Hours” said, the “so-called” expert said. */
static int
is_term(const struct view *w, size_t from, size_t i)
{
	const struct span *span = &w->spans.v[w->v[i].hash];

	return i > from && span->words < 4 && span->closed && span->to > 1 &&
	       w->toks->v[span->to - 2].kind != TOK_MARK &&
	       view_is(w, i - 1, WORD_DET | WORD_PREP);
}

/* As X said, the plan is dead. */
static int
as_said(struct attrib *a, struct report *r, const struct claim *c)
{
	const struct view *w = &a->view;

	if (c->start != r->from + 1 || !view_word(w, r->from, "As") ||
	    c->after + 3 >= r->to || !view_mark(w, c->after, ','))
		return 0;
	r->limit = clause_end(w, c->after + 1, r->to, 1);
	return report_add(a, c->after + 1, r->limit, &r->source);
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
	/* "In a statement, X said, “...”": the marks alone. */
	if (view_quote(w, after) && clause_adverbial(w, from, to))
		return 0;
	last =
	    view_quote(w, after) ? after + 1 : clause_end(w, after, r->to, 1);
	report_add(a, from, to, &r->source);
	report_add(a, after, last, &r->source);
	r->limit = last;
	return 1;
}

/* All of the sentence before: ..., X said on Monday. */
int
content_fronted(struct attrib *a, struct report *r, const struct claim *c)
{
	const struct view *w = &a->view;
	size_t comma = c->start, i, words = 0;
	/* "..., sources told the Star on Monday." */
	int told = c->cue->frame == CUE_HEARER && c->cue->core &&
		   c->cue->weight >= CLAIM_SURE && c->after < r->to &&
		   clause_behind_hearer(w, c->after, r->to) == r->to;

	/* An opening mark may be lost: It is old,” X said. */
	if (comma > r->from && view_stray(w, comma - 1))
		comma--;
	if ((c->cue->frame > CUE_COMMA && c->cue->frame != CUE_SO && !told) ||
	    c->gerund ||
	    comma <= r->from + (c->inverted || c->after + 1 >= r->to ? 3 : 5) ||
	    !view_mark(w, --comma, ',') || r->limit > comma ||
	    clause_adverbial(w, r->from, comma))
		return 0;
	for (i = c->after; i < r->to; i++)
		words += w->v[i].kind != UNIT_MARK;
	/* Behind the verb only when and where; behind "said X," anything. */
	if (!(c->inverted && words > 0 && view_mark(w, c->after, ',')) &&
	    words > 0 &&
	    (words > (c->cue->core ? NEAR : NEAR / 3) ||
		(!told && !view_is(w, c->after, WORD_PREP | WORD_TIME) &&
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
	if (next < r->to && !view_stop(w, next) && !adds_more(w, next, r->to))
		to = clause_last(w, next, r->to);
	r->limit = to > next ? r->to : next;
	return report_add(a, quote, to, &r->source);
}

/* “...,” further remarking “...”: the cue at `from` or behind it goes on. */
static int
adds_more(const struct view *w, size_t from, size_t last)
{
	size_t i;

	for (i = from; i < last && i < from + 3; i++)
		if (w->v[i].cue != 0 && view_cue(w, i)->core &&
		    view_ends(w, i, STR_LIT("ing")))
			return 1;
	return 0;
}

/* X called it “...”: in some languages the marks alone count. */
static int
term_right(
    struct attrib *a, struct report *r, const struct claim *c, size_t quote)
{
	const struct view *w = &a->view;

	if (quote == r->to || reports_between(w, c->after, quote))
		return 0;
	r->limit = quote + 1;
	return report_add(a, quote, quote + 1, &r->source);
}

/* X said (that) ... */
static int
clause_right(struct attrib *a, struct report *r, const struct claim *c)
{
	const struct view *w = &a->view;
	size_t from = c->after, that = find_that(w, from, r->to), to, start;
	int strong =
	    c->cue->core || c->cue->weight >= CLAIM_SURE ||
	    (c->cue->mind && c->cue->frame != CUE_OBJECT) ||
	    (c->cue->frame <= CUE_HEARER && leads_clause(w, from, r->to));

	/* Behind a colon what is said comes in the next block. */
	if (r->to - from < 2 || from >= r->to ||
	    (view_mark(w, r->to - 1, ':') && that == r->to))
		return 0;
	if ((that == r->to || !leads_to_that(w, c, from, that)) &&
	    (c->cue->frame == CUE_MARKS ||
		(c->cue->weight < CLAIM_LIKELY && !is_verb(w, r, c))))
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
		(c->start > r->from && view_word(w, c->start - 1, "what"))))
		return 0;
	from = clause_behind_place(w, from, r->to, c->cue->core);
	/* "(Roe said on Friday) and". */
	if (from < r->to && view_mark(w, from, ')'))
		return 0;
	/* "Described as “old”": the marks alone. */
	if (from + 1 < r->to && view_quote(w, from + 1) &&
	    (view_word(w, from, "as") || view_word(w, from, "of")))
		from++;
	start = from;
	if (that < r->to && leads_to_that(w, c, from, that))
		start = that;
	to = clause_end(w, from, r->to, strong);
	if (strong && (c->relative || subordinate(w, r, c)))
		to = clause_comma(w, from, to);
	if (to <= start)
		return 0;
	/* "Said on Monday", "told the Star in a letter". */
	if (c->cue->core && c->cue->frame != CUE_COMMA &&
	    !view_word(w, start, "to") && clause_adverbial(w, start, to))
		return 0;
	r->limit = to;
	return report_add(a, start, to, &r->source);
}

/* Whether a cue that is a noun as well is a verb by what stands beside it:
 * "Roe reports the", "she claims to". */
static int
is_verb(const struct view *w, const struct report *r, const struct claim *c)
{
	size_t i = c->verb;

	if (i == r->from || c->after >= r->to ||
	    c->cue->weight < CLAIM_PERHAPS || (w->v[i].flags & TOK_LOWER) == 0)
		return 0;
	if (!view_is(
		w, i - 1, WORD_PRON | WORD_PERSON | WORD_ADV | WORD_GROUP) &&
	    !(view_capital(w, i - 1) && i > r->from + 1))
		return 0;
	return view_is(w, c->after, WORD_DET | WORD_PRON) ||
	       view_capital(w, c->after) || w->v[c->after].kind == UNIT_NUMBER;
}

/* Whether what begins at `from` has a verb before its first comma. */
static int
leads_clause(const struct view *w, size_t from, size_t last)
{
	size_t i;

	for (i = from; i < last && i < from + FAR && !view_stop(w, i); i++)
		if (view_is(w, i, WORD_PRON | WORD_BE | WORD_AUX | WORD_THAT))
			return 1;
	return 0;
}

/* Whether the "that" belongs to the cue: "said on Monday that", not "said he
 * would go if". */
static int
leads_to_that(
    const struct view *w, const struct claim *c, size_t from, size_t that)
{
	size_t i;

	if (that == from || view_is(w, from, WORD_PREP | WORD_TIME))
		return 1;
	for (i = from; i < that; i++)
		if (view_is(w, i, WORD_PRON | WORD_BE | WORD_AUX))
			return 0;
	return that - from <= 9 && c->cue->core &&
	       (!view_word(w, that, "if") && !view_word(w, that, "whether"));
}

static int
no_clause(const struct view *w, size_t i)
{
	static const char *const words[] = {
	    "of", "for", "after", "before", "when", "while", "as", "by", NULL};
	size_t k;

	for (k = 0; words[k] != NULL; k++)
		if (view_word(w, i, words[k]))
			return 1;
	/* "Replied to the letter", not "vowed to fight". */
	return view_word(w, i, "to") && i + 1 < w->n &&
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
		if (view_word(w, r->from, openers[i]))
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
		if (view_quote(w, i) ||
		    (i > from && w->v[i].cue != 0 && view_cue(w, i)->core))
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
