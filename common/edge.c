/* SPDX-License-Identifier: ISC */
#include "common/edge.h"

static size_t address_end(const struct near *, size_t);
static size_t label(const struct near *, size_t);
static size_t stamp(const struct near *, size_t);
static int stamp_numbers(const struct near *, size_t);
static size_t closing(const struct near *, size_t);
static size_t date(const struct near *, size_t);

size_t
edge_colon(const struct near *t, size_t i, size_t *skip)
{
	size_t next;

	*skip = address_end(t, i);
	if (*skip > i + 1)
		return *skip < t->n && edge_address(t, *skip) ? *skip
							      : NEAR_NONE;
	next = label(t, i);
	return next != NEAR_NONE ? next : stamp(t, i);
}

size_t
edge_comma(const struct near *t, size_t i)
{
	size_t next = closing(t, i);

	return next != NEAR_NONE ? next : date(t, i);
}

size_t
edge_rule(const struct near *t, size_t i, size_t *skip)
{
	size_t k = i + 1;

	while (k < t->n && near_glued(t, k) && near_mark(t, k, t->v[i].hash))
		k++;
	*skip = k;
	if (k == t->n || near_glued(t, k))
		return NEAR_NONE;
	/* Three of them apart from all words part what is around them. */
	if (t->v[k - 1].end - t->v[i].at >= EDGE_RULE ||
	    (k - i == 3 && !near_glued(t, i)))
		return k;
	return NEAR_NONE;
}

int
edge_address(const struct near *t, size_t i)
{
	if (str_starts(tok_str(t->text, &t->v[i]), STR_LIT("www.")))
		return 1;
	return i + 2 < t->n && near_mark(t, i + 1, ':') &&
	       near_glued(t, i + 1) && near_mark(t, i + 2, '/') &&
	       near_glued(t, i + 2);
}

/* The end of the web address whose colon stands at `i`, or `i` + 1.  Marks
 * that it ends in are not its own. */
static size_t
address_end(const struct near *t, size_t i)
{
	size_t end = i + 1, k = end;

	if (k == t->n || !near_mark(t, k, '/'))
		return end;
	for (; k < t->n && near_glued(t, k); k++)
		if (t->v[k].kind != TOK_MARK || t->v[k].hash == '/')
			end = k + 1;
	return end;
}

/* "A house by the sea Photo: Jane Hall" */
static size_t
label(const struct near *t, size_t i)
{
	if (i < t->begin + 2 || !near_glued(t, i) || near_glued(t, i - 1) ||
	    !near_capital(t, i - 1) || (near_kinds(t, i - 1) & NEAR_LABEL) == 0)
		return NEAR_NONE;
	return i - 1;
}

/*
 * Mails and posts that were joined to one line have a stamp of their own
 * line, as 03/27/2001 09:11 AM, whose first colon stands at `i`.
 */
static size_t
stamp(const struct near *t, size_t i)
{
	size_t k = i + 2, from = i - 6;
	struct str half;

	if (i < t->begin + 6 || k >= t->n || !stamp_numbers(t, i))
		return NEAR_NONE;
	if (k + 2 < t->n && near_mark(t, k, ':') && near_number(t, k + 1))
		k += 2; /* the seconds */
	half = tok_str(t->text, &t->v[k]);
	if (!str_eq(half, STR_LIT("AM")) && !str_eq(half, STR_LIT("PM")))
		return NEAR_NONE;
	k++;
	/* Behind a small word, as in "on 03/27/2001", it is not alone. */
	if (from > t->begin && !near_lower(t, from - 1) &&
	    !near_mark(t, from - 1, ',') && !near_mark(t, from - 1, '('))
		return from;
	if (k < t->n && (near_capital(t, k) ||
			    (from == t->begin && t->v[k].kind != TOK_MARK)))
		return k;
	return NEAR_NONE;
}

static int
stamp_numbers(const struct near *t, size_t i)
{
	return near_number(t, i - 6) && near_mark(t, i - 5, '/') &&
	       near_number(t, i - 4) && near_mark(t, i - 3, '/') &&
	       near_number(t, i - 2) && near_number(t, i - 1) &&
	       near_glued(t, i) && near_number(t, i + 1) &&
	       near_glued(t, i + 1);
}

/* "Best regards, Jane Hall": the name begins what follows. */
static size_t
closing(const struct near *t, size_t i)
{
	size_t k = i + 1, end = k;

	if (i == t->begin || i > t->begin + 3 || k == t->n ||
	    !near_capital(t, k) || (near_kinds(t, i - 1) & NEAR_CLOSING) == 0 ||
	    near_starter(t, k))
		return NEAR_NONE;
	while (end < t->n && end < k + 2 && near_capital(t, end))
		end++;
	return end == t->n || end == k + 2 || near_mark(t, end, '-')
		   ? k
		   : NEAR_NONE;
}

/* The date below a headline, as Sunday, May 3, 2015, at either end of the
 * block and not linked to its words. */
static size_t
date(const struct near *t, size_t i)
{
	size_t from = i - 1, end = i + 5;

	if (i == t->begin || end > t->n || !near_number(t, i + 2) ||
	    !near_mark(t, i + 3, ',') || !near_number(t, i + 4) ||
	    (near_kinds(t, from) & NEAR_WEEKDAY) == 0 ||
	    (near_kinds(t, i + 1) & NEAR_MONTH) == 0)
		return NEAR_NONE;
	if (from == 0)
		return end < t->n && near_capital(t, end) ? end : NEAR_NONE;
	if (from == t->begin || end < t->n || t->v[from - 1].kind == TOK_MARK ||
	    (near_kinds(t, from - 1) & NEAR_LINKING) != 0)
		return NEAR_NONE;
	return from;
}
