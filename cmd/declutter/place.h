/* SPDX-License-Identifier: ISC */
#ifndef DECLUTTER_PLACE_H
#define DECLUTTER_PLACE_H

#include <stddef.h>
#include <stdint.h>

#include "cmd/declutter/column.h"
#include "cmd/declutter/page.h"

/* place - the columns that tell where a block stands in its page. */

/* Sums over the blocks before block i, at [i]. */
enum place_sum {
	PLACE_PROSE,  /* words of prose */
	PLACE_OTHER,  /* weight of what is no prose */
	PLACE_WORDS,  /* all words */
	PLACE_NOTE,   /* blocks with comment furniture */
	PLACE_TALK,   /* heads of comments */
	PLACE_OVER,   /* ends of articles */
	PLACE_STAMP,  /* short blocks with a time */
	PLACE_ECHO,   /* short blocks that come often */
	PLACE_ME,     /* words for the writer */
	PLACE_YOU,    /* and for the reader */
	PLACE_PHRASE, /* phrase scores by weight, in 1/16; wraps, as signed */
	PLACE_WEIGHT, /* their weights */
	PLACE_SUMS
};

/* Scratch, kept from page to page.  All zero is ready. */
struct place {
	uint32_t *sum[PLACE_SUMS];
	size_t cap;
};

/* Needs the columns of own.c. */
void place_columns(struct place *, struct columns *, const struct page *);

void place_free(struct place *);

#endif
