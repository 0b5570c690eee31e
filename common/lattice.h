/* SPDX-License-Identifier: ISC */
#ifndef COMMON_LATTICE_H
#define COMMON_LATTICE_H

#include <stddef.h>
#include <stdint.h>

#include "common/decode.h"
#include "common/lanes.h"

/*
 * lattice - what decode does, for scores that are lanes: all types at once.
 */

/* One number for each type. */
typedef int32_t lattice_quad __attribute__((vector_size(16)));

_Static_assert(MODEL_TYPES == 4, "as many as a vector holds");

/* Moves to the begin of each type and to none carry in their lowest bits the
 * label that they come from. */
struct lattice {
	lattice_quad begin[MODEL_LABELS]; /* from each label to a begin */
	lattice_quad begin_none, on_none; /* from each type to none */
	lattice_quad begin_on, on_on;     /* to its own inside */
	int32_t none_none;
	lattice_quad unknown; /* added to types that the model lacks */
	lattice_quad *back;   /* of each token: the labels before */
	size_t cap;
};

/* Take the moves, which fit in 16 bits, as decode_set() does.  `l` is all zero
 * or in use. */
void lattice_set(struct lattice *l, uint32_t types,
    int32_t move[MODEL_LABELS][MODEL_LABELS]);

/*
 * Find the labels of `n` tokens, as decode_best() would: `before` and `behind`
 * tell whether a token that is no name stands there.  Cost: linear.
 */
void lattice_best(struct lattice *, const struct lanes *sum, size_t n,
    int before, int behind, uint8_t *label);

void lattice_free(struct lattice *);

#endif
