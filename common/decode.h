/* SPDX-License-Identifier: ISC */
#ifndef COMMON_DECODE_H
#define COMMON_DECODE_H

#include <stddef.h>
#include <stdint.h>

#include "common/model.h"

/*
 * decode - the best sequence of labels for a sequence of tokens (Viterbi).
 *
 * Label 0 is no name; of type t, 1 + 2t begins a name and 2 + 2t goes on.
 */

/* Scores of the labels of one token. */
struct decode_score {
	int32_t v[MODEL_LABELS];
};

struct decode {
	int32_t move[MODEL_LABELS][MODEL_LABELS];
	uint32_t labels; /* used, from 0 */
	uint8_t *back;   /* of each token and label: the label before */
	size_t cap;
};

/* A label that a token cannot have is given this score. */
#define DECODE_NEVER (-((int32_t)1 << 26))

/* Take the moves; those into a name's inside from another name or none are
 * never made, whatever they score.  `d` is all zero or in use. */
void decode_set(
    struct decode *d, uint32_t types, int32_t move[MODEL_LABELS][MODEL_LABELS]);

/* Find the labels of `n` tokens.  Scores and moves are added up as they are;
 * those of a token are less than 1 << 26.  Cost: linear. */
void decode_best(
    struct decode *, const struct decode_score *, size_t n, uint8_t *label);

/* The lanes of a token's sum as scores; that of no name is 0. */
static inline struct decode_score
decode_lanes(struct lanes sum)
{
	struct decode_score s;
	int i;

	s.v[0] = 0;
	for (i = 0; i < LANES; i++)
		s.v[i + 1] = sum.v[i];
	return s;
}

/* How far the type of a label is ahead of the best other, or of no name. */
int32_t decode_lead(const struct decode_score *, uint8_t label);

void decode_free(struct decode *);

#endif
