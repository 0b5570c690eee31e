/* SPDX-License-Identifier: ISC */
#ifndef ENTITIES_VALUE_H
#define ENTITIES_VALUE_H

#include <stddef.h>
#include <stdint.h>

#include "common/day.h"
#include "common/mem.h"
#include "common/str.h"
#include "common/tok.h"

/*
 * value - dates, amounts and addresses in a block, found by their form.
 */

enum value_type {
	VALUE_DATE,
	VALUE_TIME,
	VALUE_MONEY,
	VALUE_PERCENT,
	VALUE_QUANTITY,
	VALUE_URL,
	VALUE_EMAIL,
	VALUE_HANDLE,
	VALUE_PHONE
};

/* What longer name wins over a day of the week, a month, or "today". */
enum value_yields {
	VALUE_STAYS,
	VALUE_OPENS, /* "Sunday": one that goes on, not "Abbas Sunday" */
	VALUE_PART   /* "Today": any */
};

struct value {
	uint32_t at, end;     /* bytes */
	struct str canonical; /* normalised; in the text or the arena */
	int type;             /* enum value_type */
	int yields;           /* enum value_yields */
};

/* The values of a text, by place, none overlapping.  All zero is empty. */
struct value_list {
	struct value *v;
	size_t n, cap;
};

/*
 * Replace the list by the values in `text`, whose tokens are `toks`.  `base` is
 * the day of the document, all 0 if it is not known: dates that count from it
 * are told then, and more are found (cmd/entities/relative.h).
 * Canonical forms that are no slice of the text live in `mem`.
 * Cost: linear.
 */
void value_find(struct value_list *, struct mem *mem, struct str text,
    const struct tok_list *toks, struct day base);

void value_free(struct value_list *);

#endif
