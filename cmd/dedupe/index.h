/* SPDX-License-Identifier: ISC */
#ifndef DEDUPE_INDEX_H
#define DEDUPE_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include "common/hash.h"

/*
 * index - fingerprints seen so far, each with a number.
 *
 * Open addressing, at most three quarters full, growing by doubling: 8 bytes
 * a slot, 16 with `wide`, and 4 more with `numbered`.  So 11 to 22 bytes for
 * each of many fingerprints of 64 bits.
 */

struct index {
	uint64_t *slot; /* one or two words each, all 0 for free */
	uint32_t *number;
	size_t n, cap; /* cap is 0 or a power of two */
	size_t limit;  /* `n` at which it grows */
	int wide, numbered;
};

/* An empty index.  Memory is had when the first fingerprint comes. */
void index_init(struct index *, int wide, int numbered);

/*
 * Put a fingerprint in.  Returns whether it is new; `*number` is what the
 * first of its kind brought along (0 if the index is not numbered).
 */
int index_add(struct index *, struct hash_128, uint32_t *number);

/* Have the memory where a fingerprint belongs fetched for index_add(). */
void index_prefetch(const struct index *, struct hash_128);

/* Bytes of memory in use. */
size_t index_bytes(const struct index *);

void index_free(struct index *);

#endif
