/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/hash.h"

#include "cmd/dedupe/shingle.h"

#define SHINGLE_MANTISSA 26

/* Runs that are looked at together. */
#define SHINGLE_BATCH ((size_t)256)

static void take(struct shingles *, size_t from, uint64_t limit);
static void add_sample(struct shingles *, uint64_t hash, uint32_t at);
static void round_places(struct shingles *);
static size_t slot_of(const struct shingles *, uint32_t key);

void
shingle_begin(struct shingles *s)
{
	s->n = 0;
	run_hash_begin(&s->words);
}

void
shingle_add(struct shingles *s, struct str text)
{
	run_hash_add(&s->words, text);
}

void
shingle_end(struct shingles *s)
{
	uint64_t limit = UINT64_MAX;
	size_t words, i;

	run_hash_end(&s->words);
	words = s->words.n;
	memset(s->slot, 0, sizeof(s->slot));
	s->print = hash_64((struct str){(const unsigned char *)s->words.v,
			       words * sizeof(*s->words.v)},
	    0);
	s->runs =
	    words < RUN_HASH_WORDS ? 0 : (uint32_t)(words - RUN_HASH_WORDS + 1);
	s->limit = shingle_limit(s->runs, SHINGLE_SAMPLES);
	if (s->runs > SHINGLE_SAMPLES)
		limit = UINT64_MAX / s->runs * SHINGLE_SAMPLES;
	for (i = 0; i < s->runs; i += SHINGLE_BATCH)
		take(s, i, limit);
	round_places(s);
}

/* Order of magnitude and leading bits; smaller for a smaller hash. */
uint32_t
shingle_key(uint64_t h)
{
	unsigned int zeros = (unsigned int)__builtin_clzll(h | 1);
	/* Without the leading one bit, which is always there. */
	uint64_t rest = h << zeros << 1;

	return (63 - zeros) << SHINGLE_MANTISSA |
	       (uint32_t)(rest >> (64 - SHINGLE_MANTISSA));
}

int
shingle_find(const struct shingles *s, uint32_t key)
{
	return (int)s->slot[slot_of(s, key)] - 1;
}

uint32_t
shingle_limit(uint32_t runs, uint32_t samples)
{
	if (runs <= samples)
		return UINT32_MAX;
	return shingle_key(UINT64_MAX / runs * samples);
}

unsigned int
shingle_step(uint32_t runs)
{
	unsigned int shift = 0;

	/* Four steps from sample to sample on the average. */
	while (runs >> shift > 4 * SHINGLE_SAMPLES)
		shift++;
	return shift;
}

void
shingle_free(struct shingles *s)
{
	run_hash_free(&s->words);
	*s = (struct shingles){0};
}

/* Take the samples of a batch of runs from `from` on. */
static void
take(struct shingles *s, size_t from, uint64_t limit)
{
	const uint64_t *run = s->words.v + RUN_HASH_WORDS - 1 + from;
	size_t runs = s->runs - from, n = 0, i;
	uint16_t picked[SHINGLE_BATCH];

	if (runs > SHINGLE_BATCH)
		runs = SHINGLE_BATCH;
	/* Without a branch, as chance decides. */
	for (i = 0; i < runs; i++) {
		picked[n] = (uint16_t)i;
		n += run[i] < limit;
	}
	for (i = 0; i < n; i++)
		add_sample(s, run[picked[i]], (uint32_t)(from + picked[i]));
}

static void
add_sample(struct shingles *s, uint64_t hash, uint32_t at)
{
	uint32_t key = shingle_key(hash);
	size_t slot = slot_of(s, key);

	if (s->slot[slot] != 0 || s->n == SHINGLE_MOST)
		return;
	s->v[s->n] = (struct shingle){key, at};
	s->hash[s->n] = hash;
	s->slot[slot] = (uint8_t)++s->n;
}

/* Round the places so that half a byte can hold the steps between two. */
static void
round_places(struct shingles *s)
{
	unsigned int shift = shingle_step(s->runs);
	uint32_t last = 0, place = 0;
	size_t i;

	for (i = 0; i < s->n; i++) {
		uint32_t now = s->v[i].at >> shift;

		place +=
		    now - last < SHINGLE_STEPS ? now - last : SHINGLE_STEPS;
		last = now;
		s->v[i].at = place << shift;
	}
}

/* The slot of a key, or the free one where it belongs. */
static size_t
slot_of(const struct shingles *s, uint32_t key)
{
	size_t i = key * 0x9e3779b1u >> 22; /* SHINGLE_SLOTS is 2^10 */

	while (s->slot[i] != 0 && s->v[s->slot[i] - 1U].key != key)
		i = (i + 1) % SHINGLE_SLOTS;
	return i;
}
