/* SPDX-License-Identifier: ISC */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "common/hash.h"

uint64_t
hash_64(struct str s, uint64_t seed)
{
	return XXH3_64bits_withSeed(s.p, s.n, seed);
}

struct hash_128
hash_128(struct str s)
{
	XXH128_hash_t h = XXH3_128bits(s.p, s.n);

	return (struct hash_128){h.low64, h.high64};
}
