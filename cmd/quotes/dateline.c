/* SPDX-License-Identifier: ISC */
#include "cmd/quotes/dateline.h"
#include "cmd/quotes/view.h"

/* Longest dateline in units, brackets included. */
#define UNITS 16

static int may_stand_in(const struct view *, size_t i);
static int upper(const struct view *, size_t from, size_t to);

size_t
dateline_end(const struct view *w, size_t from, size_t last)
{
	size_t i = from, end = last - from < UNITS ? last : from + UNITS;

	while (i < end && may_stand_in(w, i))
		i++;
	if (i == from || i + 2 >= last || (w->v[i + 1].flags & TOK_LOWER) != 0)
		return from;
	/* "OAKTON -", "Oakton (Star) -", not "Roe - a lawyer - said". */
	if (view_dash(w, i) &&
	    (upper(w, from, from + 1) || view_mark(w, i - 1, ')')))
		return i + 1;
	/* Behind "ROE:" what stands in marks is hers. */
	return view_mark(w, i, ':') && upper(w, from, i) &&
		       !view_quote(w, i + 1)
		   ? i + 1
		   : from;
}

/* Whether all of [from,to) is in capitals. */
static int
upper(const struct view *w, size_t from, size_t to)
{
	while (from < to && (w->v[from].flags & TOK_UPPER) != 0)
		from++;
	return from == to;
}

/* Names, dates and what parts them. */
static int
may_stand_in(const struct view *w, size_t i)
{
	return view_capital(w, i) || w->v[i].kind == UNIT_NUMBER ||
	       view_mark(w, i, ',') || view_mark(w, i, '.') ||
	       view_mark(w, i, '/') || view_mark(w, i, '(') ||
	       view_mark(w, i, ')');
}
