/* SPDX-License-Identifier: ISC */
#ifndef DEDUPE_POSTING_H
#define DEDUPE_POSTING_H

#include <stddef.h>
#include <stdint.h>

/*
 * posting - which texts have a key, for finding candidates.
 *
 * Open addressing, a slot of 8 bytes for each pair of key and text, at most
 * 80 in a hundred used; grows by half, so 10 to 15 bytes for each of many
 * pairs.  All zero is empty and ready.
 */

struct posting_slot {
	uint32_t key, text; /* number of the text and 1, 0 for a free slot */
};

struct postings {
	struct posting_slot *slot;
	size_t n, cap;
	size_t limit; /* `n` at which it grows */
};

void posting_add(struct postings *, uint32_t key, uint32_t text);

/* Where to look for a key: pass it to posting_next(). */
size_t posting_first(const struct postings *, uint32_t key);

/*
 * Store the next text that has the key in `*text`, in the order they were
 * added as far as the table did not grow between.  Returns 1, or 0 at the end.
 */
int
posting_next(const struct postings *, uint32_t key, size_t *at, uint32_t *text);

/* Have the slot where a key belongs fetched from memory. */
void posting_prefetch(const struct postings *, uint32_t key);

/* Bytes of memory in use. */
size_t posting_bytes(const struct postings *);

void posting_free(struct postings *);

#endif
