/* SPDX-License-Identifier: ISC */
#include "cmd/dedupe/index.h"

#include "tests/unit/check.h"

#define N 3000

/* Each fingerprint of `n` is new once; its first number stays with it. */
static void
equals_list(int wide, int numbered)
{
	static uint32_t first[N][2];
	static int seen[N][2];
	struct index index;
	uint64_t state = 3;
	size_t i, all = 0;

	memset(seen, 0, sizeof(seen));
	index_init(&index, wide, numbered);
	CHECK_EQ(index_bytes(&index), 0);
	index_prefetch(&index, (struct hash_128){0, 0});
	for (i = 0; i < (size_t)6 * N; i++) {
		size_t low = check_random(&state) % N;
		size_t high = check_random(&state) % 2;
		/* Close together and far apart; 0 is a slot that is free. */
		struct hash_128 h = {low % 4 == 3 ? low << 32 : low, high};
		uint32_t number = (uint32_t)i + 1;
		int fresh;

		/* Of which 0 and 1 are one. */
		if (h.low == 1)
			low = 0;
		if (!wide)
			high = 0;
		index_prefetch(&index, h);
		fresh = index_add(&index, h, &number);
		CHECK(fresh == !seen[low][high]);
		if (!seen[low][high])
			first[low][high] = (uint32_t)i + 1;
		CHECK_EQ(
		    number, numbered || fresh ? first[low][high] : (uint32_t)0);
		all += !seen[low][high];
		seen[low][high] = 1;
		CHECK_EQ(index.n, all);
		CHECK(4 * index.n <= 3 * index.cap);
		CHECK(index.cap == 1024 || 8 * index.n >= 3 * index.cap);
	}
	CHECK_EQ(index_bytes(&index),
	    index.cap * ((wide ? 16u : 8u) + (numbered ? 4u : 0u)));
	index_free(&index);
	CHECK_EQ(index_bytes(&index), 0);
	CHECK(index.wide == wide && index.numbered == numbered);
	index_free(&index);
}

static void
narrow(void)
{
	equals_list(0, 0);
	equals_list(0, 1);
}

static void
wide(void)
{
	equals_list(1, 0);
	equals_list(1, 1);
}

int
main(void)
{
	check_case("index: 64 bits equal a list", narrow);
	check_case("index: 128 bits equal a list", wide);
	return check_done();
}
