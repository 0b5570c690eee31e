/* SPDX-License-Identifier: ISC */
#ifndef DEDUPE_POSTING_H
#define DEDUPE_POSTING_H

#include <stddef.h>
#include <stdint.h>

/*
 * posting - which texts have a key, for finding candidates.
 *
 * Open addressing, for each pair of key and text a slot of 4 bytes: the text's
 * number and 1 in the low bits, what is left for bits of the key's hash.  With
 * 20 of 32 bits for the number, one text in 4,000 that is met on the way to the
 * end of a search is a wrong one.  All zero slots find nothing.
 */

struct postings {
	uint32_t *slot; /* which the caller has; 0 for a free one */
	size_t cap;     /* slots, of which some must stay free */
	uint32_t mask;  /* of the bits of the number */
};

/* Add a text with a key, which belongs `at` what posting_first() gave. */
void posting_add(struct postings *, uint32_t key, size_t at, uint32_t text);

/*
 * Where to look for a key: pass it to posting_next().  Keys come in the order
 * of the places of their counters (tally.h), so that a part of the one table
 * goes with a part of the other.
 */
static inline size_t
posting_first(const struct postings *p, uint32_t key)
{
	/* The upper half of the product: from 0 to cap, whatever cap is. */
	uint64_t spread = key * 0x9e3779b97f4a7c15u >> 32;

	return (size_t)(spread * p->cap >> 32);
}

/* What tells keys apart that meet in a slot. */
static inline uint32_t
posting_tag(uint32_t key)
{
	return (uint32_t)(key * 0xbf58476d1ce4e5b9u >> 32);
}

/*
 * Store the next text that may have the key in `*text`, in the order they were
 * added.  Returns 1, or 0 at the end.
 */
static inline int
posting_next(const struct postings *p, uint32_t key, size_t *at, uint32_t *text)
{
	uint32_t tag = posting_tag(key), slot;
	size_t i = *at;

	while ((slot = p->slot[i]) != 0) {
		i = i + 1 == p->cap ? 0 : i + 1;
		if (((slot ^ tag) & ~p->mask) == 0) {
			*text = (slot & p->mask) - 1;
			*at = i;
			return 1;
		}
	}
	return 0;
}

/* Have a slot fetched from memory. */
static inline void
posting_prefetch(const struct postings *p, size_t at)
{
	__builtin_prefetch(&p->slot[at]);
}

#endif
