/* SPDX-License-Identifier: ISC */
#ifndef COMMON_HASH_H
#define COMMON_HASH_H

#include <stddef.h>
#include <stdint.h>

#include "common/str.h"

/*
 * hash - fingerprints of bytes, the same on every machine.
 *
 * The function is XXH3 of libxxhash 0.8, whose output is fixed by its
 * specification.  Not for adversaries who choose both texts to collide.
 */

uint64_t hash_64(struct str s, uint64_t seed);

struct hash_128 {
	uint64_t low, high;
};

struct hash_128 hash_128(struct str s);

/*
 * Join the hash of one more word to that of the words before it, 0 for none:
 * the hash of a phrase from those of its words.  (The mixer of splitmix64.)
 */
static inline uint64_t
hash_join(uint64_t before, uint64_t word)
{
	uint64_t x = before * 0x9e3779b97f4a7c15u + word;

	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
	x = (x ^ x >> 27) * 0x94d049bb133111ebu;
	return x ^ x >> 31;
}

#endif
