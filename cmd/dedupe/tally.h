/* SPDX-License-Identifier: ISC */
#ifndef DEDUPE_TALLY_H
#define DEDUPE_TALLY_H

#include <stddef.h>
#include <stdint.h>

/*
 * tally - in how many texts a sample was seen, up to 15.
 *
 * Counters of four bits, found by a hash of the key and shared by keys that
 * meet there, so a count may be too high, by chance and seldom: with three keys
 * to two counters, one key in ten thousand is taken for common that is not.
 * All zero counts nothing, and has no place yet.
 */

struct tally {
	unsigned char *pair; /* two counters each, which the caller has */
	size_t cap;          /* counters, an even number */
};

/* The place of the counter of a key. */
static inline size_t
tally_place(const struct tally *t, uint32_t key)
{
	/* The upper half of the product: from 0 to cap, whatever cap is. */
	uint64_t spread = key * 0x9e3779b97f4a7c15u >> 32;

	return (size_t)(spread * t->cap >> 32);
}

static inline unsigned int
tally_count(const struct tally *t, size_t place)
{
	return t->pair[place / 2] >> 4 * (place & 1) & 15;
}

static inline void
tally_add(struct tally *t, size_t place)
{
	unsigned int shift = 4 * (place & 1);
	unsigned int pair = t->pair[place / 2];

	t->pair[place / 2] =
	    (unsigned char)(pair + ((unsigned int)((pair >> shift & 15) < 15)
				       << shift));
}

/* Have the counter fetched from memory. */
static inline void
tally_prefetch(const struct tally *t, size_t place)
{
	__builtin_prefetch(&t->pair[place / 2]);
}

#endif
