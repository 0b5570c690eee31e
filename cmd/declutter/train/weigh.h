/* SPDX-License-Identifier: ISC */
#ifndef TRAIN_WEIGH_H
#define TRAIN_WEIGH_H

#include <stddef.h>
#include <stdint.h>

#include "cmd/declutter/phrase.h"

/* weigh - learn which phrases speak for an article, and how much. */

struct weigh_block {
	const uint32_t *key; /* hashes of its phrases */
	uint32_t keys;
	uint32_t host;
	float weight;
	uint8_t label, fold;
};

struct weigh_options {
	size_t phrases;  /* so many at most */
	uint32_t blocks; /* a phrase stands in so many at least, ... */
	uint32_t hosts;  /* on so many hosts */
};

/* Learn from the blocks of all folds but `without` (-1: from all); `slot`
 * has PHRASE_SLOTS.  Returns the score to begin with. */
float weigh_fit(const struct weigh_block *, size_t n,
    const struct weigh_options *, int without, uint32_t *slot);

#endif
