/* SPDX-License-Identifier: ISC */
#ifndef COMMON_LABELS_H
#define COMMON_LABELS_H

#include <stddef.h>
#include <stdint.h>

#include "common/lanes.h"
#include "common/lattice.h"
#include "common/model.h"
#include "common/trait.h"

/* labels - the label of each token of a piece, as common/decode.h has them. */

/* All zero is empty; the arrays are reused. */
struct labels {
	uint8_t *v;        /* of each token, and 0 behind the last */
	struct lanes *sum; /* of each token: what its words say, and all else
	                    * where that was asked, as of all that is named */
	uint8_t *glance;
	size_t cap, sum_cap, glance_cap;
	struct lattice lattice;
};

void labels_init(struct labels *, const struct model *);

/* Replace the labels by those of a piece.  Cost: linear. */
void
labels_piece(struct labels *, const struct trait *, const struct trait_piece *);

void labels_free(struct labels *);

#endif
