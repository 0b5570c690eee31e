/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/decode.h"

#include "tests/unit/check.h"

static void
random_moves(uint64_t *seed, int32_t move[MODEL_LABELS][MODEL_LABELS])
{
	int i, k;

	for (i = 0; i < MODEL_LABELS; i++)
		for (k = 0; k < MODEL_LABELS; k++)
			move[i][k] = (int32_t)(check_random(seed) % 41) - 20;
}

/* The score of a sequence, or DECODE_NEVER if it is none. */
static int64_t
score_of(int32_t move[MODEL_LABELS][MODEL_LABELS], const struct decode_score *s,
    size_t n, const uint8_t *label)
{
	int64_t sum = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		int before = i == 0 ? 0 : label[i - 1], here = label[i];

		if (here > 0 && here % 2 == 0 && before != here &&
		    before != here - 1)
			return DECODE_NEVER;
		sum += s[i].v[here] + (i == 0 ? 0 : move[before][here]);
	}
	return sum;
}

/* Every sequence of up to four tokens is tried. */
static void
best_of_all(void)
{
	struct decode d = {.cap = 0};
	int32_t move[MODEL_LABELS][MODEL_LABELS];
	struct decode_score s[4];
	uint64_t seed = 5;
	int round;

	for (round = 0; round < 300; round++) {
		uint32_t types = 1 + (uint32_t)(check_random(&seed) % 4);
		uint32_t labels = 1 + 2 * types, all = 1, c;
		size_t n = 1 + check_random(&seed) % 4, i, k;
		int64_t most = INT64_MIN;
		uint8_t got[4], label[4];

		random_moves(&seed, move);
		for (i = 0; i < n; i++) {
			all *= labels;
			for (k = 0; k < MODEL_LABELS; k++)
				s[i].v[k] =
				    (int32_t)(check_random(&seed) % 101) - 50;
		}
		for (c = 0; c < all; c++) {
			uint32_t left = c;
			int64_t sum;

			for (i = 0; i < n; i++, left /= labels)
				label[i] = (uint8_t)(left % labels);
			sum = score_of(move, s, n, label);
			most = sum > most ? sum : most;
		}
		decode_set(&d, types, move);
		decode_best(&d, s, n, got);
		CHECK(score_of(move, s, n, got) == most);
		for (i = 0; i < n; i++)
			CHECK(got[i] < labels);
	}
	decode_best(&d, s, 0, NULL);
	decode_free(&d);
	decode_free(&d);
}

/* A sequence of a million tokens does not run over. */
static void
long_sequence(void)
{
	const size_t n = 1000000;
	struct decode d = {.cap = 0};
	int32_t move[MODEL_LABELS][MODEL_LABELS] = {{0}};
	struct decode_score *s = calloc(n, sizeof(*s));
	uint8_t *label = calloc(n, 1);
	size_t i, wrong = 0;

	if (s == NULL || label == NULL)
		abort();
	for (i = 0; i < n; i++)
		s[i].v[i % 2 == 0 ? 1 : 2] = 100000;
	decode_set(&d, 4, move);
	decode_best(&d, s, n, label);
	for (i = 0; i < n; i++)
		wrong += label[i] != 1 + i % 2;
	CHECK_EQ(wrong, 0);
	decode_free(&d);
	free(s);
	free(label);
}

static void
lead(void)
{
	struct decode_score s = {{0, 30, 10, 20, 25, -5, 0, 1, 2}};

	/* Of another type, not another label of the same. */
	CHECK(decode_lead(&s, 1) == 5);
	CHECK(decode_lead(&s, 2) == -15);
	CHECK(decode_lead(&s, 3) == -10);
}

int
main(void)
{
	check_case("decode: the best of all sequences", best_of_all);
	check_case("decode: long sequences do not run over", long_sequence);
	check_case("decode: how far a label is ahead", lead);
	return check_done();
}
