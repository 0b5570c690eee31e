/* SPDX-License-Identifier: ISC */
#ifndef TRAIN_BOOST_H
#define TRAIN_BOOST_H

#include <stddef.h>
#include <stdint.h>

#include "cmd/declutter/tree.h"

/* boost - learn trees that add up to the log-odds of a block. */

/* What a tree may ask: a column, of a neighbour perhaps. */
struct boost_feature {
	uint8_t column;
	int8_t step;
};

struct boost_data {
	const struct boost_feature *feature;
	size_t features;
	uint8_t **x; /* x[feature][row] */
	uint8_t *label;
	float *weight;
	uint8_t *fold;
	size_t rows;
};

struct boost_options {
	size_t trees;
	float rate;     /* of what a leaf learns */
	float smooth;   /* weight that pulls each leaf to 0 */
	float sample;   /* share of rows that a tree is grown from */
	float features; /* share of features that it may ask */
	uint64_t seed;
};

/* Learn from the rows of all folds but `without` (-1: from all).  `tree` has
 * room for all trees.  Returns the log-odds to begin with. */
int16_t boost_fit(const struct boost_data *, const struct boost_options *,
    int without, struct tree *tree);

#endif
