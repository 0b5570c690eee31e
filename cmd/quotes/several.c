/* SPDX-License-Identifier: ISC */
#include "common/str.h"

#include "cmd/quotes/several.h"
#include "cmd/quotes/view.h"

/* Bounds in units before an "and", and in names before the last. */
#define JOINED 6
#define SERIES 8

static int joins_subjects(const struct view *, size_t first, size_t i);
static int is_nominal(const struct view *, size_t i);

int
several_and(const struct view *w, size_t i)
{
	struct str s = view_str(w, i, i + 1);

	return str_eq(s, STR_LIT("and")) || str_eq(s, STR_LIT("And")) ||
	       str_eq(s, STR_LIT("und"));
}

int
several_joined(const struct view *w, size_t first, size_t i, size_t n)
{
	if (i == first || i + 1 >= n)
		return 0;
	if (joins_subjects(w, first, i))
		return 1;
	return (view_capital(w, i - 1) && view_capital(w, i + 1)) ||
	       (view_is(w, i - 1, WORD_PERSON) && i + 2 < n &&
		   (view_is(w, i + 1, WORD_PERSON) || view_capital(w, i + 1)));
}

void
several_series(const struct view *w, size_t first, struct speaker *s)
{
	size_t i = s->from, k, names;

	for (k = i; k < s->to && !several_and(w, k); k++)
		;
	if (k == s->to && i > first + 1 && several_and(w, i - 1))
		i--;
	else if (k == s->to)
		return;
	for (names = 0; names < SERIES && i > first + 2; names++) {
		if (!view_mark(w, i - 1, ','))
			break;
		for (k = i - 1; k > first && view_capital(w, k - 1);)
			k--;
		if (i - 1 - k < 2 || view_is(w, k, WORD_PREP | WORD_DET) ||
		    (k > first && view_is(w, k - 1, WORD_PREP)))
			break;
		i = k;
		s->from = k;
	}
}

/* Whether what stands before the "and" at `i` is a subject as well, by that
 * a clause begins with it: "the mayor and the council said". */
static int
joins_subjects(const struct view *w, size_t first, size_t i)
{
	size_t low = i > first + JOINED ? i - JOINED : first, k = i;

	while (k > low && is_nominal(w, k - 1))
		k--;
	if (k == i || !(k == first || view_stop(w, k - 1) ||
			  view_is(w, k - 1, WORD_BREAK | WORD_THAT)))
		return 0;
	if (view_capital(w, i - 1) ||
	    view_is(w, i - 1, WORD_PERSON | WORD_GROUP | WORD_PAPER))
		return 1;
	/* "She and", "conservatives and", "many marchers and". */
	if (i - k == 1)
		return view_is(w, k, WORD_PRON) ||
		       view_ends(w, k, STR_LIT("s"));
	return view_ends(w, i - 1, STR_LIT("s")) &&
	       (view_is(w, k, WORD_DET) || !view_capital(w, k));
}

/* Whether the word at `i` may be part of a noun phrase. */
static int
is_nominal(const struct view *w, size_t i)
{
	if (w->v[i].kind != UNIT_WORD)
		return w->v[i].kind == UNIT_NUMBER;
	if (view_capital(w, i) || view_is(w, i, WORD_DET | WORD_PERSON))
		return !view_is(w, i, WORD_BREAK | WORD_PREP);
	return (w->v[i].classes &
		   ~(uint32_t)(WORD_GROUP | WORD_PAPER | WORD_TITLE |
			       WORD_PRON | WORD_HE | WORD_SHE | WORD_THEY |
			       WORD_IT)) == 0 &&
	       w->v[i].cue == 0 && !view_ends(w, i, STR_LIT("ed")) &&
	       !view_ends(w, i, STR_LIT("ing"));
}
