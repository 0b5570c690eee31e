/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "common/lanes.h"

#include "tests/unit/check.h"

static void
both_are_equal(void)
{
	static const int16_t edge[] = {0, 1, -1, INT16_MAX, INT16_MIN,
	    INT16_MAX - 1, INT16_MIN + 1, 20000, -20000};
	const size_t edges = sizeof(edge) / sizeof(edge[0]);
	uint64_t seed = 3;
	int round, i;

	for (round = 0; round < 20000; round++) {
		struct lanes a, b, fast, slow;

		for (i = 0; i < LANES; i++) {
			a.v[i] = edge[check_random(&seed) % edges];
			b.v[i] = edge[check_random(&seed) % edges];
			if (round % 2 == 0)
				a.v[i] = (int16_t)check_random(&seed);
		}
		fast = lanes_add(a, b.v);
		slow = lanes_add_portable(a, b.v);
		if (!CHECK(memcmp(&fast, &slow, sizeof(fast)) == 0) ||
		    !CHECK(lanes_above(a, b.v[0]) ==
			   lanes_above_portable(a, b.v[0])))
			break;
	}
}

static void
rows_are_equal(void)
{
	static struct lanes table[64];
	uint64_t seed = 11;
	int round;
	size_t i, k;

	for (round = 0; round < 2000; round++) {
		uint32_t row[9];
		size_t n = check_random(&seed) % 10;
		struct lanes fast, slow;

		for (i = 0; i < 64; i++)
			for (k = 0; k < LANES; k++)
				table[i].v[k] = (int16_t)check_random(&seed);
		for (i = 0; i < n; i++)
			row[i] = (uint32_t)(check_random(&seed) % 64);
		fast = lanes_rows(table[0], table[0].v, row, n);
		slow = lanes_rows_portable(table[0], table[0].v, row, n);
		CHECK(memcmp(&fast, &slow, sizeof(fast)) == 0);
		fast = lanes_five(
		    &table[1], &table[2], &table[3], &table[4], &table[5]);
		slow = lanes_five_portable(
		    &table[1], &table[2], &table[3], &table[4], &table[5]);
		CHECK(memcmp(&fast, &slow, sizeof(fast)) == 0);
	}
}

static void
sums_stop_at_the_ends(void)
{
	struct lanes a = {{INT16_MAX, INT16_MIN, 5, -5, 0, 0, 0, 0}};
	struct lanes b = {{1, -1, 7, 7, 0, 0, 0, 0}};
	struct lanes sum = lanes_add(a, b.v);

	CHECK(sum.v[0] == INT16_MAX);
	CHECK(sum.v[1] == INT16_MIN);
	CHECK(sum.v[2] == 12);
	CHECK(sum.v[3] == 2);
}

int
main(void)
{
	check_case("lanes: both versions are equal", both_are_equal);
	check_case("lanes: both sums of many are equal", rows_are_equal);
	check_case("lanes: sums stop at the ends", sums_stop_at_the_ends);
	return check_done();
}
