/* SPDX-License-Identifier: ISC */
#ifndef QUOTES_SPAN_H
#define QUOTES_SPAN_H

#include <stddef.h>
#include <stdint.h>

#include "common/str.h"
#include "common/tok.h"

/*
 * span - what stands between quotation marks in one block.
 *
 * All marks of Latin script and the corner brackets are known; marks inside
 * others are part of the outer quotation.  Apostrophes, the marks of feet and
 * inches, and marks around no word are none.  A double mark that is not
 * closed reaches to the end of the block, or to the mark that opens anew.
 */

struct span {
	uint32_t from, to; /* tokens [from,to), the marks included */
	uint32_t words;    /* words and numbers inside */
	uint8_t closed;    /* the closing mark is there */
};

struct span_mark;

/* All zero is empty and ready; the arrays are reused. */
struct span_list {
	struct span *v;
	size_t n, cap;
	struct span_mark *mark;
	size_t marks, mark_cap;
};

/* Replace the list by the quotations among the tokens of `text`, in order.
 * Linear. */
void span_find(struct span_list *, const struct tok_list *, struct str text);

void span_free(struct span_list *);

#endif
