/* SPDX-License-Identifier: ISC */
#include <stdint.h>

#include "common/str.h"

#include "cmd/quotes/nearest.h"
#include "cmd/quotes/several.h"
#include "cmd/quotes/speaker.h"
#include "cmd/quotes/view.h"

/* Bounds in units, found on news: noun phrases, appositions. */
#define PHRASE     14
#define APPOSITION 25
#define WANTS      4 /* from "to" back to its subject */
#define BRACKETS   6

static void
relative(const struct view *, size_t first, size_t rel, struct speaker *);
static void take_brackets(const struct view *, size_t last, struct speaker *);
static size_t before_brackets(const struct view *, size_t first, size_t i);
static int is_between(const struct view *, size_t i);
static int is_adverb(const struct view *, size_t i);
static int
apposed(const struct view *, size_t first, size_t end, struct speaker *);
static int goes_on(
    const struct view *, size_t first, uint32_t mark, const struct speaker *);
static int is_name(const struct view *, size_t from, size_t to);
static int apposition(const struct view *, size_t from, size_t to);
static int
phrase_back(const struct view *, size_t first, size_t last, struct speaker *);
static int is_dated(const struct view *, size_t first, size_t i);
static int stops_back(const struct view *, size_t first, size_t i, size_t last);
static void cut_back(const struct view *, struct speaker *);
static int is_aside(const struct view *, size_t i, size_t to);
static int is_finite(const struct view *, const struct speaker *, size_t i);
static void cut_front(const struct view *, struct speaker *);
static int is_counted(const struct view *, const struct speaker *);
static void trim_front(const struct view *, struct speaker *);
static void drop_preposition(const struct view *, struct speaker *);
static int is_phrase(const struct view *, size_t from, size_t to);
static int has_verb(const struct view *, size_t from, size_t to);
static int ends_right(const struct view *, size_t i, int begun);

int
speaker_left(const struct view *w, size_t first, size_t verb, struct speaker *s)
{
	size_t j = verb;
	int passive = 0, found;

	*s = (struct speaker){.front = SIZE_MAX};
	while (j > first && (is_between(w, j - 1) || is_adverb(w, j - 1))) {
		if (view_is(w, j - 1, WORD_BE) && j == verb)
			passive = !view_ends(w, verb, STR_LIT("ing"));
		j--;
	}
	if (j == first)
		return 0;
	j--;
	if (view_is(w, j, WORD_REL)) {
		relative(w, first, j, s);
		s->passive = passive;
		return 1;
	}
	if ((j = before_brackets(w, first, j)) == SIZE_MAX)
		return 0;
	found = view_mark(w, j, ',') || view_dash(w, j)
		    ? apposed(w, first, j, s)
		    : phrase_back(w, first, j, s);
	s->passive = passive;
	if (found) {
		take_brackets(w, verb, s);
		several_series(w, first, s);
		if (s->from < s->front)
			s->front = s->from;
	}
	return found;
}

/* The noun before the relative pronoun at `rel`, or the pronoun if there is
 * none. */
static void
relative(const struct view *w, size_t first, size_t rel, struct speaker *s)
{
	size_t k = rel;

	if (k > first && view_mark(w, k - 1, ','))
		k--;
	if (k == first || !phrase_back(w, first, k - 1, s)) {
		s->from = rel;
		s->to = rel + 1;
	} else if (k < rel && s->from > first + 1 &&
		   view_is(w, s->from, WORD_DET) &&
		   view_mark(w, s->from - 1, ',') &&
		   view_capital(w, s->from - 2)) {
		/* "Jane Roe, a lawyer, who said". */
		(void)apposed(w, first, k, s);
	} else {
		nearest_noun(w, first, k, s);
	}
	s->front = s->from;
	s->relative = 1;
}

/* "Jane Roe (D-Ohio)", "the Star Institute (SI)": no words of their own. */
static void
take_brackets(const struct view *w, size_t last, struct speaker *s)
{
	size_t i, end = last - s->to < BRACKETS ? last : s->to + BRACKETS;

	if (s->to >= last || !view_mark(w, s->to, '(') ||
	    !view_capital(w, s->to - 1))
		return;
	for (i = s->to + 1; i < end && !view_mark(w, i, ')'); i++)
		if (view_quote(w, i) || (w->v[i].flags & TOK_LOWER) != 0)
			return;
	if (i < end && i > s->to + 1)
		s->to = i + 1;
}

/* The unit before the brackets that end with unit `i`, or `i` if none do;
 * SIZE_MAX if nothing stands before them. */
static size_t
before_brackets(const struct view *w, size_t first, size_t i)
{
	size_t low = i > first + PHRASE ? i - PHRASE : first;

	if (!view_mark(w, i, ')'))
		return i;
	while (i > low && !view_mark(w, i, '('))
		i--;
	return i == low ? SIZE_MAX : i - 1;
}

/* What may stand between subject and verb: "he's"; "Long said" is a name. */
static int
is_between(const struct view *w, size_t i)
{
	if ((w->v[i].flags & TOK_OWNER) != 0)
		return i > 0 && view_is(w, i - 1, WORD_PRON);
	return view_is(w, i, WORD_ADV) &&
	       (!view_capital(w, i) || view_is(w, i, WORD_AUX | WORD_BE));
}

/* "Repeatedly", but not Kelly, family or ally. */
static int
is_adverb(const struct view *w, size_t i)
{
	return view_ends(w, i, STR_LIT("ly")) &&
	       (w->v[i].flags & TOK_LOWER) != 0 &&
	       !view_is(w, i, WORD_PERSON | WORD_GROUP);
}

/*
 * The speaker of "X, apposition, said": X; but the name of "the mayor of
 * Oakton, Jane Roe, said".  `end` is the mark before the verb.
 */
static int
apposed(const struct view *w, size_t first, size_t end, struct speaker *s)
{
	uint32_t mark = (uint32_t)w->v[end].hash;
	size_t low = end > first + APPOSITION ? end - APPOSITION : first;
	size_t i = end, inner = end;
	int found = 0;

	/* An apposition may hold such marks itself: go on to the left while
	 * what stands there is lower case too. */
	while (i > low) {
		struct speaker back;

		do
			i--;
		while (i > low && !view_mark(w, i, mark));
		/* "John Doe, 51, a lawyer": the age. */
		if (i > low + 2 && w->v[i - 1].kind == UNIT_NUMBER &&
		    view_mark(w, i - 2, mark))
			i -= 2;
		if (i <= low || !apposition(w, i + 1, end) ||
		    !phrase_back(w, first, i - 1, &back))
			break;
		found = 1;
		s->from = back.from;
		s->to = back.to;
		if (inner == end)
			inner = i;
		if (!goes_on(w, first, mark, &back))
			break;
		i = back.from;
	}
	if (found && is_name(w, inner + 1, end) &&
	    !is_name(w, s->from, s->to)) {
		s->front = s->from;
		s->from = inner + 1;
		s->to = end;
	}
	return found;
}

/* Whether the phrase found is rather a part of the apposition. */
static int
goes_on(
    const struct view *w, size_t first, uint32_t mark, const struct speaker *s)
{
	/* "Jane Roe, of the Star, a writer". */
	if (s->from > first + 1 && view_is(w, s->from - 1, WORD_PREP) &&
	    view_mark(w, s->from - 2, mark))
		return 1;
	if (s->from <= first + 1 || view_capital(w, s->from) ||
	    view_is(w, s->from, WORD_PRON))
		return 0;
	if (view_mark(w, s->from - 1, mark))
		return view_capital(w, s->from - 2);
	return several_and(w, s->from - 1);
}

/* Two or more words in capitals, perhaps after a lower-case title: a name. */
static int
is_name(const struct view *w, size_t from, size_t to)
{
	size_t i = to;

	while (i > from && view_capital(w, i - 1) &&
	       !view_is(w, i - 1, WORD_PREP | WORD_TIME))
		i--;
	if (to - i < 2 || to - i > 5 || view_is(w, i, WORD_DET))
		return 0;
	for (; i > from; i--)
		if (view_is(w, i - 1, WORD_DET | WORD_PREP | WORD_REL) ||
		    !(w->v[i - 1].flags & TOK_LOWER) ||
		    str_eq(view_str(w, i - 1, i), STR_LIT("of")))
			return 0;
	return 1;
}

static int
apposition(const struct view *w, size_t from, size_t to)
{
	return from < to &&
	       (view_is(w, from, WORD_DET | WORD_REL) ||
		   w->v[from].kind == UNIT_NUMBER ||
		   (w->v[from].flags & TOK_LOWER) != 0 || to - from <= 6 ||
		   (w->v[from + 1].flags & TOK_OWNER) != 0);
}

/* The noun phrase that ends with unit `last`, or before the time and place
 * that do: "Mr. Roe on Friday said". */
static int
phrase_back(const struct view *w, size_t first, size_t last, struct speaker *s)
{
	size_t low, i;

	if ((last = before_brackets(w, first, last)) == SIZE_MAX)
		return 0;
	while (last > first && view_is(w, last, WORD_TIME | WORD_AUX) &&
	       !is_dated(w, first, last)) {
		last--;
		/* "On Friday", "this week". */
		if (last > first &&
		    (view_is(w, last, WORD_PREP) || view_word(w, last, "this")))
			last--;
	}
	low = last > first + PHRASE ? last - PHRASE : first;
	i = last + 1;
	while (i > low && !stops_back(w, first, i - 1, last))
		i--;
	s->from = i;
	s->to = last + 1;
	if (i > last || view_is(w, last, WORD_PREP) ||
	    (view_is(w, last, WORD_TIME) && !is_dated(w, first, last)))
		return 0;
	trim_front(w, s);
	if (s->from < s->to)
		drop_preposition(w, s);
	/* "In Oakton he": the pronoun alone. */
	if (s->to - s->from > 1 && view_is(w, s->to - 1, WORD_PRON))
		s->from = s->to - 1;
	cut_back(w, s);
	cut_front(w, s);
	if (s->from >= s->to || !is_phrase(w, s->from, s->to))
		return 0;
	/* "Jane Roe, mayor of Oakton said", without the second comma. */
	while (first + 2 < s->from &&
	       (view_quote(w, first) || view_mark(w, first, ',') ||
		   w->v[first].cue != 0))
		first++;
	if (s->from > first + 2 && view_mark(w, s->from - 1, ',') &&
	    s->to - s->from > 1 && is_name(w, first, s->from - 1) &&
	    !is_name(w, s->from, s->to)) {
		s->to = s->from - 1;
		s->from = first;
	}
	return 1;
}

/* Of a phrase that holds a verb or tells when, keep what stands before:
 * "She sent a note saying", "Roe in a statement said". */
static void
cut_back(const struct view *w, struct speaker *s)
{
	static const char *const times[] = {
	    "during", "after", "before", "amid", NULL};
	size_t i;

	if (s->to - s->from > 1 && view_is(w, s->from, WORD_PRON) &&
	    view_is(w, s->from, WORD_HE | WORD_SHE | WORD_THEY) &&
	    !several_and(w, s->from + 1)) {
		s->to = s->from + 1;
		return;
	}
	for (i = s->from + 1; i < s->to; i++)
		if (view_among(w, i, times) || is_aside(w, i, s->to) ||
		    is_finite(w, s, i))
			s->to = i;
}

/* "Roe in a statement". */
static int
is_aside(const struct view *w, size_t i, size_t to)
{
	static const char *const articles[] = {"a", "an", NULL};

	return i + 1 < to && view_word(w, i, "in") &&
	       view_among(w, i + 1, articles) && view_capital(w, i - 1);
}

/* "Roe did not release a note", "the mayor opened a fair". */
static int
is_finite(const struct view *w, const struct speaker *s, size_t i)
{
	if (i + 1 >= s->to || (w->v[i].flags & TOK_LOWER) == 0)
		return 0;
	if (view_is(w, i, WORD_BE | WORD_AUX))
		return !view_is(w, s->from, WORD_PREP);
	return view_ends(w, i, STR_LIT("ed")) && view_is(w, i + 1, WORD_DET);
}

/* "Nothing the president said": a determiner after a noun begins anew. */
static void
cut_front(const struct view *w, struct speaker *s)
{
	size_t i;

	for (i = s->to; i > s->from + 1; i--) {
		if (!view_is(w, i - 1, WORD_DET) ||
		    view_is(w, i - 2, WORD_DET | WORD_PREP | WORD_ADV) ||
		    (w->v[i - 2].flags & TOK_LOWER) == 0 ||
		    view_ends(w, i - 2, STR_LIT("ing")) ||
		    view_ends(w, i - 2, STR_LIT("ed")) ||
		    several_and(w, i - 2) || view_word(w, i - 2, "of"))
			continue;
		s->from = i - 1;
		return;
	}
}

/* "A poll released Friday": whether the day at `i` belongs to it. */
static int
is_dated(const struct view *w, size_t first, size_t i)
{
	return i > first && view_ends(w, i - 1, STR_LIT("ed")) &&
	       (w->v[i - 1].flags & TOK_LOWER) != 0 &&
	       w->v[i - 1].end - w->v[i - 1].at > 4;
}

static int
stops_back(const struct view *w, size_t first, size_t i, size_t last)
{
	if (view_quote(w, i) || view_stop(w, i) || view_is(w, i, WORD_BREAK) ||
	    view_stray(w, i))
		return 1;
	if (several_and(w, i))
		return !several_joined(w, first, i, last + 1);
	return i < last && w->v[i].cue != 0 && view_cue(w, i)->weight > .8F &&
	       (w->v[i].flags & TOK_LOWER) != 0;
}

/* "Both parties", "all the voters", "First Lady Jane Roe". */
static int
is_counted(const struct view *w, const struct speaker *s)
{
	static const char *const counts[] = {
	    "both", "Both", "all", "All", NULL};
	static const char *const first[] = {"first", "First", NULL};
	static const char *const offices[] = {
	    "lady", "Lady", "ladies", "minister", "Minister", NULL};

	return s->to - s->from > 1 &&
	       (view_among(w, s->from, counts) ||
		   (view_among(w, s->from, first) &&
		       view_among(w, s->from + 1, offices)));
}

/* Take adverbs and days off the front: "Perhaps", "This Wednesday", "The next
 * day". */
static void
trim_front(const struct view *w, struct speaker *s)
{
	static const char *const days[] = {
	    "day", "days", "time", "week", "year", "month", NULL};
	static const char *const which[] = {
	    "same", "next", "following", "previous", NULL};
	size_t i;

	while (s->from < s->to && !is_counted(w, s) &&
	       (view_is(w, s->from, WORD_ADV) || several_and(w, s->from)))
		s->from++;
	i = s->from;
	if (i + 2 >= s->to || !view_is(w, i, WORD_DET))
		return;
	if (view_among(w, i + 1, which))
		i++;
	else if (!view_word(w, i, "this") && !view_word(w, i, "This"))
		return;
	i++;
	if (i + 1 < s->to &&
	    (view_among(w, i, days) || view_is(w, i, WORD_TIME)) &&
	    (view_capital(w, i + 1) || view_is(w, i + 1, WORD_DET)))
		s->from = i + 1;
}

/*
 * Of a phrase that begins with a preposition keep the last noun phrase:
 * "In a statement the company", "During a rally Monday Mr. Roe".
 */
static void
drop_preposition(const struct view *w, struct speaker *s)
{
	size_t i = s->to - 1;

	if (!view_is(w, s->from, WORD_PREP) || s->to - s->from < 2)
		return;
	if (view_capital(w, i)) {
		while (i > s->from && view_capital(w, i - 1) &&
		       !view_is(w, i - 1, WORD_TIME | WORD_PREP))
			i--;
		s->from = i;
		return;
	}
	while (i > s->from && !view_is(w, i, WORD_DET | WORD_PRON))
		i--;
	if (i > s->from + 1)
		s->from = i;
}

static int
is_phrase(const struct view *w, size_t from, size_t to)
{
	size_t i;

	if (view_is(w, from, WORD_PRON | WORD_DET))
		return 1;
	for (i = from; i < to; i++)
		if (view_capital(w, i) || view_mark(w, i, '@') ||
		    view_is(w, i, WORD_PERSON | WORD_GROUP))
			return 1;
	return (to - from <= 4 || w->v[from].kind == UNIT_NUMBER) &&
	       view_ends(w, to - 1, STR_LIT("s"));
}

int
speaker_wants(const struct view *w, size_t first, size_t to, struct speaker *s)
{
	size_t i = to, low = to > first + WANTS ? to - WANTS : first;

	while (i > low && (w->v[i - 1].flags & TOK_LOWER) != 0 &&
	       !view_is(w, i - 1, WORD_PRON | WORD_PERSON | WORD_GROUP))
		i--;
	return i > low && speaker_left(w, first, i, s) && !s->passive &&
	       speaker_names(w, s) && !has_verb(w, s->from, s->to);
}

static int
has_verb(const struct view *w, size_t from, size_t to)
{
	for (; from < to; from++)
		if (view_is(w, from, WORD_BE | WORD_AUX))
			return 1;
	return 0;
}

int
speaker_right(const struct view *w, size_t from, size_t last, struct speaker *s)
{
	size_t i = from, end;

	s->passive = 0;
	while (
	    i < last && view_ends(w, i, STR_LIT("ly")) && !view_capital(w, i))
		i++;
	s->from = i;
	end = last - i < PHRASE ? last : i + PHRASE;
	while (i < end && !ends_right(w, i, i > s->from))
		i++;
	while (i > s->from && view_is(w, i - 1, WORD_PREP))
		i--;
	s->to = i;
	if (i == s->from ||
	    view_is(w, s->from, WORD_THAT | WORD_PREP | WORD_TIME))
		return 0;
	take_brackets(w, last, s);
	/* "The mayor, a Republican, said there is hope": a clause. */
	return !has_verb(w, s->from, s->to) && is_phrase(w, s->from, s->to);
}

int
speaker_names(const struct view *w, const struct speaker *s)
{
	size_t i;

	if (view_is(w, s->from, WORD_PRON))
		return s->to - s->from == 1;
	/* What stands behind "of" is not the head. */
	for (i = s->from; i < s->to && !view_is(w, i, WORD_PREP); i++)
		if (view_capital(w, i) || view_mark(w, i, '@') ||
		    view_is(w, i, WORD_PERSON | WORD_GROUP | WORD_PAPER))
			return 1;
	return 0;
}

static int
ends_right(const struct view *w, size_t i, int begun)
{
	if (view_quote(w, i) || view_stop(w, i) ||
	    view_is(w, i, WORD_REL | WORD_THAT | WORD_BREAK))
		return !(view_is(w, i, WORD_THAT) && !begun &&
			 view_is(w, i, WORD_DET));
	if (!begun)
		return 0;
	if (view_is(w, i, WORD_TIME) ||
	    (w->v[i].cue != 0 && view_cue(w, i)->core))
		return 1;
	return view_is(w, i, WORD_PREP) &&
	       !str_eq(view_str(w, i, i + 1), STR_LIT("of")) &&
	       !str_eq(view_str(w, i, i + 1), STR_LIT("for")) &&
	       !str_eq(view_str(w, i, i + 1), STR_LIT("von"));
}

int
speaker_source(
    const struct view *w, size_t from, size_t last, struct speaker *s)
{
	size_t end = last - from < APPOSITION ? last : from + APPOSITION, i;

	for (i = from; i < end; i++)
		if (view_quote(w, i) || view_stop(w, i) ||
		    view_is(w, i, WORD_REL | WORD_BREAK | WORD_AUX | WORD_BE))
			break;
	/* "officials on Thursday". */
	while (i > from && view_is(w, i - 1, WORD_TIME | WORD_PREP))
		i--;
	*s = (struct speaker){.from = from, .to = i};
	if (i > from)
		take_brackets(w, last, s);
	return i > from;
}
