/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "common/lattice.h"

#include "tests/unit/check.h"

#define MOST 12

static int16_t
random_int16(uint64_t *seed, int range)
{
	return (int16_t)((int)(check_random(seed) % (unsigned)(2 * range + 1)) -
			 range);
}

/* The labels by decode, with tokens around that are no name. */
static void
by_decode(struct decode *d, const struct lanes *sum, size_t n, int before,
    int behind, uint8_t *label)
{
	struct decode_score s[MOST + 2];
	uint8_t all[MOST + 2];
	size_t i, k;

	for (i = 0; i < n + 2; i++)
		for (k = 1, s[i].v[0] = 0; k < MODEL_LABELS; k++)
			s[i].v[k] = DECODE_NEVER;
	for (i = 0; i < n; i++)
		s[i + 1] = decode_lanes(sum[i]);
	decode_best(d, s + !before, n + (size_t)(before + behind), all);
	memcpy(label, all + before, n);
}

/* Scores of a small range have many that are equal. */
static void
as_decode(int range)
{
	struct decode d = {.cap = 0};
	struct lattice l = {.cap = 0};
	uint64_t seed = 7;
	size_t wrong = 0;
	int round;

	for (round = 0; round < 4000; round++) {
		int32_t move[MODEL_LABELS][MODEL_LABELS];
		uint32_t types = 1 + (uint32_t)(check_random(&seed) % 4);
		int around = (int)(check_random(&seed) % 4);
		size_t n = 1 + check_random(&seed) % MOST, i, k;
		struct lanes sum[MOST];
		uint8_t want[MOST], got[MOST];

		for (i = 0; i < MODEL_LABELS; i++)
			for (k = 0; k < MODEL_LABELS; k++)
				move[i][k] = random_int16(&seed, range);
		for (i = 0; i < n; i++)
			for (k = 0; k < LANES; k++)
				sum[i].v[k] = random_int16(&seed, range);
		decode_set(&d, types, move);
		lattice_set(&l, types, move);
		by_decode(&d, sum, n, around & 1, around >> 1, want);
		lattice_best(&l, sum, n, around & 1, around >> 1, got);
		wrong += memcmp(want, got, n) != 0;
	}
	CHECK_EQ(wrong, 0);
	lattice_best(&l, NULL, 0, 0, 0, NULL);
	decode_free(&d);
	lattice_free(&l);
	lattice_free(&l);
}

static void
equal_scores(void)
{
	as_decode(2);
}

static void
wide_scores(void)
{
	as_decode(INT16_MAX);
}

int
main(void)
{
	check_case("lattice: of equal sequences the one that decode takes",
	    equal_scores);
	check_case("lattice: scores of the whole range", wide_scores);
	return check_done();
}
