/* SPDX-License-Identifier: ISC */
#ifndef DECLUTTER_TREE_H
#define DECLUTTER_TREE_H

#include <stddef.h>
#include <stdint.h>

#include "cmd/declutter/column.h"

/*
 * tree - sums over decision trees.
 *
 * All nodes of one level ask the same question, so a block's answers, one bit
 * each, are the number of its leaf, and many blocks are asked at a time.
 */

#define TREE_DEPTH  6
#define TREE_LEAVES (1 << TREE_DEPTH)

struct tree {
	uint8_t column[TREE_DEPTH]; /* enum column */
	int8_t step[TREE_DEPTH];    /* of the block so many away */
	uint8_t bound[TREE_DEPTH];  /* bit k: that number is not below */
	int8_t leaf[TREE_LEAVES];   /* log-odds, in 1/TREE_UNIT */
};

#define TREE_UNIT 256

struct tree_list {
	const struct tree *v;
	size_t n;
	int16_t base; /* log-odds to begin with */
};

/* The sums for blocks 0 to c->n of the page: `sum` has room for COLUMN_STEP
 * more, which are left undefined. */
void tree_sums(const struct tree_list *, const struct columns *c, int16_t *sum);

/* The same, without what this machine may have. */
void tree_sums_portable(
    const struct tree_list *, const struct columns *c, int16_t *sum);

#endif
