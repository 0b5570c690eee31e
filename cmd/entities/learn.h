/* SPDX-License-Identifier: ISC */
#ifndef ENTITIES_LEARN_H
#define ENTITIES_LEARN_H

#include <stddef.h>
#include <stdint.h>

#include "common/model.h"

/*
 * learn - a structured averaged perceptron (Collins 2002) with a margin: of
 * each sequence in turn the best labels are found under the weights so far; if
 * they are wrong, what speaks for them loses and what speaks for the right
 * ones gains.  The weights that count are the mean of those at all times.
 * All is done with integers: the same input and seed give the same weights.
 */

/* Tokens [from,to), which are looked at together. */
struct learn_part {
	uint32_t from, to;
	uint32_t unmarked; /* types that may stand where no name is marked */
	uint32_t weight;   /* times it is seen in each round */
	uint32_t fold;     /* of the document, 0 .. LEARN_FOLDS - 1 */
};

#define LEARN_FOLDS 10

/* All zero is empty; learn_free() frees it. */
struct learn {
	uint32_t *row; /* of all tokens */
	size_t rows, row_cap;
	size_t *begin;  /* of each token: its first row; one more at the end */
	uint8_t *label; /* right ones, as in common/decode.h */
	size_t tokens, begin_cap, label_cap;
	struct learn_part *part;
	size_t parts, part_cap;
};

/* Rows from 1 << log2_rows on, this many, are for learning alone: what is
 * learnt of them is not stored. */
#define LEARN_MORE_LOG2 20
#define LEARN_MORE      ((size_t)1 << LEARN_MORE_LOG2)

struct learn_options {
	uint32_t types, log2_rows, rounds, margin, seed;
};

/* Add a token, then rows to it; the tokens of a part stand together. */
void learn_begin(struct learn *, uint8_t label);
void learn_rows(struct learn *, const uint32_t *row, size_t n);

/*
 * Learn from all parts, or from all but those of fold `without`, and store
 * the weights and moves.  `rounds` is told of after each one, with the
 * share of wrong tokens, if it is not NULL.
 */
void learn_run(const struct learn *, struct learn_options, uint32_t without,
    int16_t *row, int16_t move[MODEL_LABELS][MODEL_LABELS + 7],
    void (*told)(uint32_t round, double wrong));

/*
 * How sure weights are: the odds of a name being right as a function of how
 * far its worst token is ahead, fitted on the parts of a fold that they have
 * not seen.
 */
void learn_sure(const struct learn *, struct learn_options, uint32_t fold,
    const int16_t *row, int16_t move[MODEL_LABELS][MODEL_LABELS + 7],
    int32_t *base, int32_t *step);

void learn_free(struct learn *);

#endif
