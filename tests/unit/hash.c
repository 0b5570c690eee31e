/* SPDX-License-Identifier: ISC */
#include "common/hash.h"

#include "tests/unit/check.h"

/*
 * The bytes and the values of xxHash's own sanity check
 * (cli/xsum_sanity_check.c and tests/sanity_test_vectors.h, release 0.8): byte
 * i is the top byte of a 64-bit generator that starts at PRIME32 and is
 * multiplied by PRIME64.
 */
static void
fill(unsigned char *p, size_t n)
{
	uint64_t x = 2654435761u;
	size_t i;

	for (i = 0; i < n; i++) {
		p[i] = (unsigned char)(x >> 56);
		x *= 11400714785074694797u;
	}
}

static void
known_values(void)
{
	static const struct {
		size_t n;
		uint64_t seed, hash;
	} v[] = {
	    {0, 0, 0x2d06800538d394c2u},
	    {0, 0x9e3779b185ebca8du, 0xa8a6b918b2f0364au},
	    {1, 0, 0xc44bdff4074eecdbu},
	    {1, 0x9e3779b185ebca8du, 0x032be332dd766ef8u},
	    {6, 0, 0x27b56a84cd2d7325u},
	    {12, 0, 0xa713daf0dfbb77e7u},
	    {24, 0, 0xa3fe70bf9d3510ebu},
	    {48, 0, 0x397da259ecba1f11u},
	    {80, 0, 0xbcdefbbb2c47c90au},
	    {195, 0, 0xcd94217ee362ec3au},
	    {403, 0, 0xcdeb804d65c6dea4u},
	    {512, 0, 0x617e49599013cb6bu},
	    {2048, 0, 0xdd59e2c3a5f038e0u},
	    {2099, 0, 0xc6b9d9b3fc9ac765u},
	};
	unsigned char p[4096];
	struct hash_128 h;
	size_t i;

	fill(p, sizeof(p));
	for (i = 0; i < sizeof(v) / sizeof(v[0]); i++)
		if (!CHECK(hash_64((struct str){p, v[i].n}, v[i].seed) ==
			   v[i].hash))
			printf("# %zu bytes: %016llx\n", v[i].n,
			    (unsigned long long)hash_64(
				(struct str){p, v[i].n}, v[i].seed));
	h = hash_128((struct str){p, 0});
	CHECK(h.low == 0x6001c324468d497fu && h.high == 0x99aa06d3014798d8u);
	h = hash_128((struct str){p, 1});
	CHECK(h.low == 0xc44bdff4074eecdbu && h.high == 0xa6cd5e9392000f6au);
}

static void
joined(void)
{
	CHECK(hash_join(0, 1) != hash_join(0, 2));
	CHECK(hash_join(hash_join(0, 1), 2) != hash_join(hash_join(0, 2), 1));
	/* The first output of splitmix64 for seed 0, its published value. */
	CHECK(hash_join(1, 0) == 0xe220a8397b1dcdafu);
}

int
main(void)
{
	check_case("hash: known values of XXH3", known_values);
	check_case("hash: joined in order", joined);
	return check_done();
}
