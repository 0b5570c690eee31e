/* SPDX-License-Identifier: ISC */
#include "cmd/quotes/nearest.h"
#include "cmd/quotes/several.h"
#include "cmd/quotes/view.h"

/* Bound in units of what is looked at. */
#define UNITS 14

static int is_apart(const struct view *, size_t low, size_t i);

void
nearest_noun(const struct view *w, size_t first, size_t to, struct speaker *s)
{
	size_t i = to, low = to > first + UNITS ? to - UNITS : first;

	while (i > low && view_capital(w, i - 1))
		i--;
	if (i < to) {
		if (!is_apart(w, low, i))
			return;
	} else {
		if (s->to == to || view_mark(w, s->to, ',') ||
		    view_is(w, to - 1, WORD_PAPER))
			return;
		while (i > low && (w->v[i - 1].flags & TOK_LOWER) != 0 &&
		       !view_is(w, i - 1, WORD_DET | WORD_PREP))
			i--;
		if (i == low || !view_is(w, i - 1, WORD_DET))
			return;
		i--;
	}
	s->from = i;
	s->to = to;
}

/* Whether a name at `i` stands alone: "met Roe", "by Roe", but not "mayor Roe",
 * "of Oakton", "the young Roe" or "Doe and Roe". */
static int
is_apart(const struct view *w, size_t low, size_t i)
{
	static const char *const before[] = {
	    "about", "against", "by", "including", "like", "to", "with", NULL};

	if (i < low + 2 || (w->v[i - 1].flags & TOK_LOWER) == 0 ||
	    several_and(w, i - 1))
		return 0;
	if (view_is(w, i - 1, WORD_PREP))
		return view_among(w, i - 1, before);
	return !view_is(w, i - 1, WORD_DET | WORD_PERSON) &&
	       !view_is(w, i - 2, WORD_DET) && !view_word(w, i - 2, "of");
}
