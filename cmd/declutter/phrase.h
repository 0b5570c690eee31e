/* SPDX-License-Identifier: ISC */
#ifndef DECLUTTER_PHRASE_H
#define DECLUTTER_PHRASE_H

#include <stddef.h>
#include <stdint.h>

#include "cmd/declutter/page.h"

/*
 * phrase - how much the words of a block are those of articles.
 *
 * A table of hashed phrases of one and two words, each with a weight that was
 * learnt (data/SOURCE).
 */

/* A slot is the upper 24 bits of a hash and a weight as int8_t, in
 * 1/PHRASE_UNIT; 0 is free.  A phrase is at its hash, or in the next slots. */
#define PHRASE_SLOTS ((size_t)1 << 15)
#define PHRASE_UNIT  16
#define PHRASE_LIMIT 6 /* of scores, to either side */

struct phrase_table {
	const uint32_t *slot; /* PHRASE_SLOTS of them */
	float base;           /* the score of no phrase */
};

extern const struct phrase_table phrase_built_in;

/* Fill in `phrase` of the page's blocks. */
void phrase_scores(const struct phrase_table *, struct page *);

/* Where in the table a hash is first looked for. */
static inline size_t
phrase_slot(uint32_t hash)
{
	return (hash >> 8) & (PHRASE_SLOTS - 1);
}

#endif
