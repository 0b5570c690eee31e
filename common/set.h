/* SPDX-License-Identifier: ISC */
#ifndef COMMON_SET_H
#define COMMON_SET_H

#include <stddef.h>
#include <stdint.h>

/*
 * set - a hash table from 64-bit hashes to 32-bit values.
 *
 * Keys are hashes already and two things of equal hash are one.  Open
 * addressing, at most three quarters full, 12 bytes a slot; grows by
 * doubling.  All zero is empty and ready.  Memory exhaustion ends the
 * program, as in mem.  Nothing is ordered: never walk it for output.
 */
struct set {
	uint64_t *key; /* 0 for a free slot */
	uint32_t *value;
	size_t n, cap; /* cap is 0 or a power of two */
};

/*
 * The value of `hash`, put in with value 0 if it was not there; `*fresh`
 * says which.  Valid until the next call.
 */
uint32_t *set_at(struct set *, uint64_t hash, int *fresh);

/* The value of `hash`, or NULL. */
const uint32_t *set_find(const struct set *, uint64_t hash);

/* Forget all keys, keep the memory.  Cost: the table's size. */
void set_clear(struct set *);

/* The same, but what a huge document has grown is given back. */
void set_forget(struct set *);

void set_free(struct set *);

#endif
