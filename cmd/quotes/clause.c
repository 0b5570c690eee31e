/* SPDX-License-Identifier: ISC */
#include "common/str.h"

#include "cmd/quotes/claim.h"
#include "cmd/quotes/clause.h"
#include "cmd/quotes/speaker.h"
#include "cmd/quotes/view.h"

/* Bound in units of what tells where something was said, found on news. */
#define PLACE 9

/* The same of what stands in front of a sentence. */
#define ADVERBIAL 16

static size_t strong_end(const struct view *, size_t from, size_t last);
static size_t weak_end(const struct view *, size_t from, size_t last);
static int another_report(const struct view *, size_t from, size_t i);
static int is_last_apposition(const struct view *, size_t comma, size_t last);
static int reports_soon(const struct view *, size_t i, size_t last);
static int takes_object(const struct view *, size_t i, size_t last);
static int reports(const struct view *, size_t);
static int in_series(const struct view *, size_t comma, size_t last);

size_t
clause_end(const struct view *w, size_t from, size_t last, int strong)
{
	return strong ? strong_end(w, from, last) : weak_end(w, from, last);
}

size_t
clause_behind_hearer(const struct view *w, size_t from, size_t last)
{
	static const char *const opens[] = {
	    "how", "why", "what", "when", "where", "not", NULL};
	static const char *const hearers[] = {
	    "me", "us", "him", "her", "them", "you", NULL};
	size_t i, end = last - from < 8 ? last : from + 8;

	for (i = from; i < end; i++) {
		if (view_is(w, i, WORD_THAT) || view_quote(w, i) ||
		    view_among(w, i, opens))
			return i;
		if (i == from)
			continue;
		/* "Told me": one word is the whole hearer. */
		if (i == from + 1 && view_among(w, from, hearers))
			return i;
		/* A clause begins with a pronoun or another noun phrase. */
		if (view_is(w, i, WORD_PRON) ||
		    str_eq(view_str(w, i, i + 1), STR_LIT("to")) ||
		    str_eq(view_str(w, i, i + 1), STR_LIT("there")))
			return i;
		if (view_is(w, i, WORD_DET) &&
		    !view_is(w, i - 1, WORD_PREP | WORD_DET))
			return i;
		if (view_capital(w, i) && !view_capital(w, i - 1) &&
		    !view_is(w, i, WORD_TIME) &&
		    !view_is(w, i - 1, WORD_DET | WORD_PREP))
			return i;
	}
	return last;
}

size_t
clause_behind_place(const struct view *w, size_t from, size_t last, int sure)
{
	static const char *const leads[] = {
	    "on", "at", "about", "against", "with", NULL};
	size_t i;

	/* "Monday", but not the "night of the fire". */
	while (
	    from + 2 < last && !view_word(w, from + 1, "of") &&
	    (view_is(w, from, WORD_TIME) ||
		(view_ends(w, from, STR_LIT("ly")) && !view_capital(w, from))))
		from++;
	if (from + 3 < last && view_is(w, from, WORD_PREP) &&
	    view_is(w, from + 1, WORD_TIME))
		return from + 2;
	if (sure && from + 2 < last && view_is(w, from, WORD_PREP)) {
		for (i = from + 1; i + 3 < last && i < from + PLACE; i++)
			if (view_stop(w, i) || view_quote(w, i))
				break;
		if (i + 3 < last && i < from + PLACE && view_mark(w, i, ','))
			return i + 1;
	}
	if (from + 2 < last && view_among(w, from, leads))
		from++;
	return from;
}

size_t
clause_last(const struct view *w, size_t from, size_t last)
{
	while (last > from &&
	       (view_mark(w, last - 1, '.') || view_mark(w, last - 1, ';') ||
		   view_mark(w, last - 1, ':')))
		last--;
	return last;
}

size_t
clause_comma(const struct view *w, size_t from, size_t last)
{
	size_t i;

	for (i = from + 1; i < last; i++)
		if (view_mark(w, i, ',') && !in_series(w, i, last))
			return i;
	return last;
}

int
clause_adverbial(const struct view *w, size_t from, size_t to)
{
	size_t i;
	int begins = 1;

	if (to - from > ADVERBIAL)
		return 0;
	for (i = from; i < to; i++) {
		if (view_quote(w, i) || view_is(w, i, WORD_BE | WORD_AUX))
			return 0;
		if (begins && !view_is(w, i, WORD_PREP | WORD_TIME))
			return 0;
		begins = view_mark(w, i, ',') && i + 1 < to;
	}
	return from < to;
}

/* After a verb of speech nearly all of the sentence is reported. */
static size_t
strong_end(const struct view *w, size_t from, size_t last)
{
	static const char *const asides[] = {"something", "noting", "even",
	    "after", "although", "though", "which", "while", NULL};
	static const char *const joints[] = {
	    "but", "and", "while", "however", NULL};
	size_t i, k;

	for (i = from + 2; i + 1 < last; i++) {
		if (i > from + 4 && (view_dash(w, i) || view_mark(w, i, ';')))
			return i;
		if (view_among(w, i, joints) &&
		    (reports(w, i + 1) || reports_soon(w, i + 1, last) ||
			takes_object(w, i + 1, last)))
			return i;
		if (!view_mark(w, i, ','))
			continue;
		if (w->v[i + 1].cue != 0 &&
		    (reports(w, i + 1) || view_ends(w, i + 1, STR_LIT("ing")) ||
			view_cue(w, i + 1)->frame == CUE_SOURCE))
			return i;
		if (i > from + 3 && (view_among(w, i + 1, asides) ||
					is_last_apposition(w, i, last)))
			return i;
		if (!view_among(w, i + 1, joints))
			continue;
		for (k = i + 2; k < last && k < i + 7; k++)
			if (reports(w, k))
				return i;
	}
	return clause_last(w, from, last);
}

static size_t
weak_end(const struct view *w, size_t from, size_t last)
{
	static const char *const joints[] = {"while", "after", "before", "but",
	    "though", "although", "even", "because", "when", "until", NULL};
	static const char *const verbs[] = {
	    "said", "told", "wrote", "made", "was", "is", "has", NULL};
	size_t i;

	for (i = from + 1; i < last; i++) {
		if (another_report(w, from, i))
			break;
		if (i + 1 >= last)
			continue;
		if (view_mark(w, i, ',') && in_series(w, i, last))
			continue;
		if (view_mark(w, i, '(')) {
			while (i + 1 < last && !view_mark(w, i, ')'))
				i++;
			continue;
		}
		if (view_mark(w, i, ',') || view_mark(w, i, ';') ||
		    view_mark(w, i, '(') || view_dash(w, i) ||
		    (view_mark(w, i, ':') &&
			(w->v[i + 1].flags & TOK_GLUED) == 0))
			return i;
		if (i > from + 1 && view_among(w, i, joints))
			return i;
		if (str_eq(view_str(w, i, i + 1), STR_LIT("and")) &&
		    (view_among(w, i + 1, verbs) ||
			view_ends(w, i + 1, STR_LIT("ed"))))
			return i;
	}
	if (i < last) {
		struct speaker s;

		if (speaker_left(w, from, i, &s) && s.from > from)
			i = s.from;
		if (view_among(w, i - 1, joints) || view_word(w, i - 1, "and"))
			i--;
		return view_stop(w, i - 1) ? i - 1 : i;
	}
	return clause_last(w, from, last);
}

/* Whether a verb of speech at `i` has a subject of its own. */
static int
another_report(const struct view *w, size_t from, size_t i)
{
	struct speaker s;

	if (!reports(w, i))
		return 0;
	return view_mark(w, i - 1, ',') ||
	       (speaker_left(w, from, i, &s) && s.from > from);
}

/* Whether the comma opens an apposition that ends the sentence: ..., a move
 * that nobody expected. */
static int
is_last_apposition(const struct view *w, size_t comma, size_t last)
{
	static const char *const articles[] = {"a", "an", NULL};
	size_t i;

	if (!view_among(w, comma + 1, articles))
		return 0;
	for (i = comma + 2; i < last; i++)
		if (view_mark(w, i, ','))
			return 0;
	return 1;
}

/* Whether a subject in capitals or with "the" and its verb of speech begin at
 * `i`: the White House claimed. */
static int
reports_soon(const struct view *w, size_t i, size_t last)
{
	size_t k;

	if (!view_capital(w, i) && !view_is(w, i, WORD_DET | WORD_PRON))
		return 0;
	for (k = i + 1; k < last && k < i + 5; k++) {
		if (reports(w, k))
			return 1;
		if (w->v[k].kind != UNIT_WORD || view_is(w, k, WORD_PREP))
			return 0;
	}
	return 0;
}

/* "..., and questioned why", "and called for the": the subject goes on with a
 * verb that tells more often than not. */
static int
takes_object(const struct view *w, size_t i, size_t last)
{
	static const char *const opens[] = {"to", "there", NULL};
	size_t after = i + w->v[i].cue_length;

	if (w->v[i].cue == 0 || after >= last ||
	    view_cue(w, i)->weight < CLAIM_LIKELY ||
	    !view_ends(w, i, STR_LIT("ed")))
		return 0;
	return view_quote(w, after) || view_capital(w, after) ||
	       view_among(w, after, opens) ||
	       view_ends(w, after, STR_LIT("s")) ||
	       view_is(w, after,
		   WORD_DET | WORD_THAT | WORD_BREAK | WORD_HE | WORD_SHE |
		       WORD_THEY | WORD_IT | WORD_PRON);
}

static int
reports(const struct view *w, size_t i)
{
	return w->v[i].cue != 0 && view_cue(w, i)->core &&
	       view_cue(w, i)->frame != CUE_SOURCE &&
	       !view_ends(w, i, STR_LIT("ing"));
}

/* Whether the comma stands in a list of names: Utah, Ohio and Maine. */
static int
in_series(const struct view *w, size_t comma, size_t last)
{
	size_t i;

	if (comma + 2 >= last || !view_capital(w, comma + 1))
		return 0;
	for (i = comma + 2; i < last && i < comma + 5; i++)
		if (view_mark(w, i, ',') ||
		    str_eq(view_str(w, i, i + 1), STR_LIT("and")))
			return 1;
	return 0;
}
