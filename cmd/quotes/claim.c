/* SPDX-License-Identifier: ISC */
#include "common/str.h"

#include "cmd/quotes/claim.h"
#include "cmd/quotes/clause.h"
#include "cmd/quotes/lead.h"
#include "cmd/quotes/report.h"
#include "cmd/quotes/speaker.h"
#include "cmd/quotes/view.h"

/* Bound in units from a paper to what it says, found on news. */
#define PAPER_UNITS 14

static int is_plural(const struct view *, size_t);
static int is_gerund(const struct attrib *, const struct report *, size_t);
static int behind_paper(
    const struct view *, const struct report *, size_t, struct speaker *);
static void by_agent(const struct attrib *, struct attrib_source *,
    const struct speaker *, struct claim *);
static int subject_behind(const struct attrib *, const struct report *,
    struct claim *, struct speaker *);
static int
verb_first(const struct view *, const struct report *, const struct claim *);
static int subject_before(const struct attrib *, const struct report *,
    struct claim *, struct speaker *, struct attrib_source *);
static int shares_subject(const struct attrib *, const struct report *, size_t,
    struct attrib_source *);
static int so_speaker(const struct view *, const struct report *, size_t);
static int name_apposed(const struct view *, size_t from, size_t i);
static int inverted(
    const struct attrib *, const struct report *, size_t, struct speaker *);

/* Whether the cue at `i` is a noun or an infinitive by what stands before. */
int
claim_nominal(const struct attrib *a, const struct report *r, size_t i)
{
	const struct view *w = &a->view;

	/* A verb in capitals is part of a name: United States. */
	if (view_capital(w, i) &&
	    (!view_cue(w, i)->core || view_cue(w, i)->weight < CLAIM_LIKELY))
		return 1;
	/* "A cautious note": a noun more often than not. */
	if (i > r->from + 1 && i + 1 < r->to && !view_quote(w, i + 1) &&
	    !view_stop(w, i + 1) && !view_is(w, i + 1, WORD_THAT) &&
	    view_cue(w, i)->weight < CLAIM_LIKELY &&
	    view_is(w, i - 2, WORD_DET) && (w->v[i - 1].flags & TOK_LOWER) &&
	    !view_is(w, i - 1, WORD_ADV | WORD_PERSON))
		return 1;
	if (i > r->from && is_plural(w, i))
		return 1;
	if (i == r->from || !view_is(w, i - 1, WORD_NOMINAL))
		return 0;
	if (view_word(w, i - 1, "to") &&
	    view_cue(w, i)->weight >= CLAIM_LIKELY &&
	    (w->v[i].flags & TOK_LOWER) != 0)
		return 0;
	/* "That said it all", "another said", but never "the said". */
	return !view_cue(w, i)->core || !view_is(w, i - 1, WORD_STAND);
}

/* "These states", "two reports": behind a plural, a verb has no s. */
static int
is_plural(const struct view *w, size_t i)
{
	static const char *const plurals[] = {"these", "those", "some",
	    "several", "many", "most", "few", "both", "all", "two", "three",
	    "four", "five", "six", "other", NULL};

	return view_ends(w, i, STR_LIT("s")) &&
	       (view_among(w, i - 1, plurals) ||
		   w->v[i - 1].kind == UNIT_NUMBER);
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
	if (i > r->from + 1 && view_ends(w, i - 1, STR_LIT("ly")))
		i--;
	for (k = 0; before[k] != NULL; k++)
		if (view_word(w, i - 1, before[k]))
			return 1;
	/* "The town released a statement saying": no phrase, a sentence. */
	return !view_is(w, i - 1, WORD_BE | WORD_ADV) &&
	       speaker_left(w, r->from, i, &s) && s.from == r->from &&
	       s.to - s.from > 3;
}

/* The subject of "Roe issued a statement at the bridge in Oakton saying", where
 * a paper is the object of another verb.  Returns 1 or 0. */
static int
behind_paper(
    const struct view *w, const struct report *r, size_t i, struct speaker *s)
{
	/* "Fired off a response saying". */
	static const char *const particles[] = {"off", "out", "back", NULL};
	size_t low = i > r->from + PAPER_UNITS ? i - PAPER_UNITS : r->from + 3;

	if (!view_ends(w, i, STR_LIT("ing")))
		return 0;
	for (; i > low; i--) {
		if (view_mark(w, i - 1, ';') || view_quote(w, i - 1) ||
		    view_is(w, i - 1, WORD_BE | WORD_REL | WORD_AUX))
			return 0;
		if (view_is(w, i - 1, WORD_PAPER) &&
		    view_is(w, i - 2, WORD_DET))
			break;
	}
	if (i <= low)
		return 0;
	i -= 3;
	if (i > r->from + 1 && view_among(w, i, particles))
		i--;
	return !view_is(w, i, WORD_PREP) && speaker_left(w, r->from, i, s) &&
	       !s->passive;
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

int
claim_of(struct attrib *a, struct report *r, size_t i, struct claim *c)
{
	const struct view *w = &a->view;
	struct attrib_source source = {.group = 0};
	size_t after = i + w->v[i].cue_length;
	struct speaker s;

	c->start = i;
	c->after = after;
	c->gerund = is_gerund(a, r, i);
	if (c->cue->frame == CUE_SO && !so_speaker(w, r, i))
		return 0;
	if (i > r->from + 1 && view_word(w, i - 1, "to")) {
		if (!speaker_wants(w, r->from, i - 1, &s))
			return 0;
		report_source(a, &source, s.from, s.to);
	} else if (behind_paper(w, r, i, &s)) {
		report_source(a, &source, s.from, s.to);
		c->gerund = 1;
	} else if (c->gerund) {
		if (r->found)
			source = r->source;
		else if (lead_speaker(w, r->from, i, &s))
			report_source(a, &source, s.from, s.to);
	} else if (subject_behind(a, r, c, &s)) {
		report_source(a, &source, s.from, s.to);
		c->after = s.to;
	} else if (speaker_left(w, r->from, i, &s)) {
		if (!subject_before(a, r, c, &s, &source))
			return 0;
	} else if (!shares_subject(a, r, i, &source)) {
		return 0;
	}
	source.cue = view_str(w, i, after);
	source.group = ++a->groups;
	r->source = source;
	r->found = 1;
	return 1;
}

/* Whether the subject stands behind the verb: “...,” said X; am Montag sagte
 * X. */
static int
subject_behind(const struct attrib *a, const struct report *r, struct claim *c,
    struct speaker *s)
{
	const struct view *w = &a->view;

	if (inverted(a, r, c->verb, s)) {
		c->inverted = 1;
		return 1;
	}
	return verb_first(w, r, c) && speaker_right(w, c->after, r->to, s);
}

/* Whether the language lets the verb come first: a preposition begins the
 * sentence, or nothing before the verb could be its subject. */
static int
verb_first(const struct view *w, const struct report *r, const struct claim *c)
{
	struct speaker s;

	if ((c->cue->frame != CUE_COMMA && c->cue->frame != CUE_TERM) ||
	    c->after >= r->to)
		return 0;
	return view_is(w, r->from, WORD_PREP) ||
	       !speaker_left(w, r->from, c->verb, &s);
}

/* Take the subject `s` that stands before the verb.  Returns 1, or 0 if it
 * is that of a passive which does not tell who spoke. */
static int
subject_before(const struct attrib *a, const struct report *r, struct claim *c,
    struct speaker *s, struct attrib_source *source)
{
	const struct view *w = &a->view;
	size_t after = c->after;

	c->start = s->front;
	c->relative = s->relative;
	if (!s->passive) {
		report_source(a, source, s->from, s->to);
		return 1;
	}
	if (after + 1 < r->to && view_word(w, after, "by") &&
	    speaker_right(w, after + 1, r->to, s)) {
		by_agent(a, source, s, c);
		return 1;
	}
	/* Of those spoken to or of, only a clause tells that somebody spoke:
	 * "was told that". */
	return after < r->to && view_is(w, after, WORD_THAT);
}

/* "X denied it, called it old and has since said": the subject is that of the
 * verb before. */
static int
shares_subject(const struct attrib *a, const struct report *r, size_t i,
    struct attrib_source *source)
{
	const struct view *w = &a->view;
	struct speaker s;
	size_t k = i;
	int joined;

	while (k > r->from && view_is(w, k - 1, WORD_ADV))
		k--;
	if (k == r->from)
		return 0;
	joined = view_word(w, k - 1, "and") || view_word(w, k - 1, "but");
	if (r->found && joined) {
		*source = r->source;
		return 1;
	}
	if (!view_cue(w, i)->core && view_cue(w, i)->weight < CLAIM_LIKELY)
		return 0;
	if (!joined && !view_word(w, k - 1, "then") &&
	    !view_mark(w, k - 1, ','))
		return 0;
	if (!lead_speaker(w, r->from, i, &s))
		return 0;
	report_source(a, source, s.from, s.to);
	return 1;
}

/* „...“, so X; ..., so der X: elsewhere the word is no cue. */
static int
so_speaker(const struct view *w, const struct report *r, size_t i)
{
	static const char *const articles[] = {
	    "der", "die", "das", "ein", "eine", NULL};

	if (i < r->from + 2 || i + 1 >= r->to || !view_mark(w, i - 1, ','))
		return 0;
	return view_among(w, i + 1, articles) ||
	       (view_quote(w, i - 2) && view_capital(w, i + 1));
}

/* Whether "Jane Roe, a lawyer," or "A lawyer, Jane Roe," stands before the
 * verb at `i`, and nothing before it but when and where. */
static int
name_apposed(const struct view *w, size_t from, size_t i)
{
	struct speaker s;
	size_t k;

	if (!speaker_left(w, from, i, &s) ||
	    (s.front > from && !(view_mark(w, s.front - 1, ',') &&
				   clause_adverbial(w, from, s.front - 1))))
		return 0;
	if (s.front == s.from)
		return s.to - s.from > 1 && s.to + 2 < i &&
		       view_capital(w, s.from) && view_capital(w, s.to - 1) &&
		       view_mark(w, s.to, ',') &&
		       view_is(w, s.to + 1, WORD_DET);
	for (k = s.front; k + 1 < s.from && !view_is(w, k, WORD_PREP); k++)
		if (view_is(w, k, WORD_PERSON))
			return view_is(w, s.front, WORD_DET);
	return 0;
}

/* “...,” said X; “...” said X; ..., said X. */
static int
inverted(
    const struct attrib *a, const struct report *r, size_t i, struct speaker *s)
{
	const struct view *w = &a->view;
	const struct cue *cue = view_cue(w, i);
	size_t after = i + w->v[i].cue_length;
	int quote, comma;

	if (i > r->from + 1 && view_stray(w, i - 1))
		i--;
	if (i == r->from)
		return 0;
	quote = view_quote(w, i - 1);
	comma = view_mark(w, i - 1, ',') || view_dash(w, i - 1);
	if (comma && i > r->from + 1)
		quote = quote || view_quote(w, i - 2);
	if ((!quote && !comma) || !speaker_right(w, after, r->to, s))
		return 0;
	/* "X, a lawyer, announced the sale" has its subject on the left, and
	 * so has "X, a lawyer, told the Star". */
	if (!quote && (!speaker_names(w, s) || name_apposed(w, r->from, i)))
		return 0;
	if (cue->frame == CUE_HEARER && comma && !quote)
		return 0;
	return quote || (cue->core && i > r->from + 3 &&
			    (s->to + 8 >= r->to || view_mark(w, s->to, ',')));
}
