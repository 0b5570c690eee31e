/* SPDX-License-Identifier: ISC */
#ifndef ENTITIES_DATE_H
#define ENTITIES_DATE_H

#include "common/day.h"

#include "cmd/entities/value.h"

/* date - days, months and years. */

/*
 * Look for one that token `i` tells, which is its first, or "yesterday" of "day
 * before yesterday".  Returns the token behind it and fills `*v`, or `i` if
 * there is none.  `base` is the day of the document, all
 * 0 if it is not known.
 */
size_t date_at(struct value *v, struct mem *mem, struct str text,
    const struct tok_list *l, size_t i, struct day base);

/* Whether the number at token `i` stands behind "in", "since" or "during": it
 * is a year then, whatever comes next. */
int date_after_in(struct str text, const struct tok_list *l, size_t i);

/*
 * Read "2025-09-11", with or without a time behind it, as docsplit(1) writes
 * the dates of documents, from the year 1000 to 2199.  Returns 0, or -1 if it
 * is none.
 */
int date_read(struct str, struct day *);

#endif
