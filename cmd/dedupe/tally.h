/* SPDX-License-Identifier: ISC */
#ifndef DEDUPE_TALLY_H
#define DEDUPE_TALLY_H

#include <stddef.h>
#include <stdint.h>

#include "common/mem.h"

/*
 * tally - in how many texts a sample was seen, up to 15.
 *
 * Counters of four bits, found by a hash of the key and shared by keys that
 * meet there, so a count may be too high, by chance and seldom: with as many
 * keys as counters, one key in ten thousand is taken for common that is not.
 * All zero is empty and ready.
 */

struct tally {
	unsigned char *pair; /* two counters each */
	size_t n;            /* keys counted */
	size_t cap;          /* counters; keys to be counted at most */
	struct mem mem;
};

/* Forget all counts and make room for `cap` of them, an even number. */
void tally_clear(struct tally *, size_t cap);

void tally_add(struct tally *, uint32_t key);

/* Bytes of memory in use. */
size_t tally_bytes(const struct tally *);

void tally_free(struct tally *);

/* The place of the counter of a key. */
static inline size_t
tally_place(const struct tally *t, uint32_t key)
{
	/* The upper half of the product: from 0 to cap, whatever cap is. */
	uint64_t spread = key * 0x9e3779b97f4a7c15u >> 32;

	return (size_t)(spread * t->cap >> 32);
}

static inline unsigned int
tally_count(const struct tally *t, uint32_t key)
{
	size_t i;

	if (t->cap == 0)
		return 0;
	i = tally_place(t, key);
	return t->pair[i / 2] >> 4 * (i & 1) & 15;
}

/* Have the counter fetched from memory. */
static inline void
tally_prefetch(const struct tally *t, uint32_t key)
{
	if (t->cap > 0)
		__builtin_prefetch(&t->pair[tally_place(t, key) / 2]);
}

#endif
