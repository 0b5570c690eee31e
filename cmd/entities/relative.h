/* SPDX-License-Identifier: ISC */
#ifndef ENTITIES_RELATIVE_H
#define ENTITIES_RELATIVE_H

#include <stddef.h>

#include "common/day.h"
#include "common/mem.h"
#include "common/str.h"
#include "common/tok.h"

/*
 * relative - dates that count from the day of the document, `base`; its month
 * is 0 if that is not known.
 */

/* The text and its tokens, of which those from `i` on are looked at. */
struct relative {
	struct str text;
	const struct tok_list *l;
	size_t i;
	struct day base;
};

/*
 * Look for "today", "tomorrow", "yesterday" and "tonight" at token `i`, and if
 * `base` is known for "last week", "this month", "next year", "two days ago"
 * and their like too.  Returns the token behind it, or `i` if there is none.
 * `*from` is its first token: `i`, or that of "day before yesterday" or "day
 * after tomorrow".  Its date as ISO 8601 has it goes to `*iso`: a day, a month,
 * a year, a week ("2025-W37"), or from the first day of a weekend to its last;
 * left alone if it is not known.
 */
size_t relative_at(
    const struct relative *, struct mem *, size_t *from, struct str *iso);

/*
 * The date of the day of the week (1 for Monday) that is named at token `i`:
 * the last one before `base` or on it, or the next one if the words before
 * speak of what is to come.  `base` is known.
 */
struct day relative_weekday(const struct relative *, int weekday);

/*
 * The year of the month that is named at token `i`, and of its day `d.day`
 * unless that is 0: the one nearest to `base`, or as "last" or "next" before
 * it says; if `weekday` is not 0, one in which the day falls on it, if any is
 * near.  `base` is known.
 */
int relative_year(const struct relative *, struct day d, int weekday);

#endif
