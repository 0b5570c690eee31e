/* SPDX-License-Identifier: ISC */
#ifndef DECLUTTER_AGAIN_H
#define DECLUTTER_AGAIN_H

#include <stddef.h>
#include <stdint.h>

#include "cmd/declutter/column.h"
#include "cmd/declutter/page.h"

/* again - the columns that tell what the first round made of the page. */

/* Sums over the blocks before block i, at [i]. */
enum again_sum {
	AGAIN_GAIN,    /* chance by weight, in 1/256 */
	AGAIN_WEIGHT,  /* words, of long blocks less, and one */
	AGAIN_KEPT,    /* words of likely blocks */
	AGAIN_HOPED,   /* words by chance, in 1/256 */
	AGAIN_REFUSED, /* words of unlikely blocks, of long ones less */
	AGAIN_SUMS
};

/* Scratch, kept from page to page.  All zero is ready. */
struct again {
	uint32_t *sum[AGAIN_SUMS];
	uint16_t *chance; /* of each block, in 1/256 */
	size_t cap;
};

/* `odds` are the log-odds of the blocks, in 1/AGAIN_ODDS. */
#define AGAIN_ODDS 256
void again_columns(
    struct again *, struct columns *, const struct page *, const int16_t *odds);

void again_free(struct again *);

/* 1 / (1 + exp(-odds)), to a thousandth, the same on every machine. */
float again_chance(float odds);

#endif
