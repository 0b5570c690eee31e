/* SPDX-License-Identifier: ISC */
#ifndef DEDUPE_SHINGLE_H
#define DEDUPE_SHINGLE_H

#include <stddef.h>
#include <stdint.h>

#include "common/str.h"

#include "cmd/dedupe/run_hash.h"

/*
 * shingle - a text as some samples of its runs of three words.
 *
 * Every run of RUN_HASH_WORDS words has a hash; those below a limit that
 * depends on the number of runs are the samples, about SHINGLE_SAMPLES of
 * them whatever the length.  The samples of a long text that lie below the
 * limit of a longer one are what the longer one's limit would have picked, so
 * texts of all lengths compare at the lower limit of the two.
 */

#define SHINGLE_SAMPLES 112 /* wanted */
#define SHINGLE_MOST    255 /* kept: ten times as far off as chance goes */
#define SHINGLE_STEPS   15
#define SHINGLE_SLOTS   1024
#define SHINGLE_INDEX   20 /* wanted among the samples to be found by */

/*
 * One sample.  `key` orders samples as their hashes do: six bits for the
 * binary order of magnitude, then 26 leading bits.  `at` is the place of the
 * run in the text in words, rounded (see shingle_step()).
 */
struct shingle {
	uint32_t key, at;
};

/* The samples of one text, in its order, each key once.  All zero is empty
 * and ready; reused from text to text. */
struct shingles {
	struct shingle v[SHINGLE_MOST];
	uint64_t hash[SHINGLE_MOST]; /* of the same samples, whole */
	size_t n;
	uint64_t print; /* of all words in their order */
	uint32_t runs;  /* of RUN_HASH_WORDS words in the text */
	uint32_t limit; /* keys are below it */

	struct run_hash words;
	uint8_t slot[SHINGLE_SLOTS]; /* sample number and 1 by key, or 0 */
};

/* Begin a text. */
void shingle_begin(struct shingles *);

/* Go on with it.  Words do not go on from one piece to the next. */
void shingle_add(struct shingles *, struct str);

/* Take the samples of what was added.  Cost: linear. */
void shingle_end(struct shingles *);

/* The key of a sample with this hash. */
uint32_t shingle_key(uint64_t hash);

/* The number of the sample with this key, or -1. */
int shingle_find(const struct shingles *, uint32_t key);

/* The limit that picks about `samples` of so many runs. */
uint32_t shingle_limit(uint32_t runs, uint32_t samples);

/* Words by which places are rounded in a text of so many runs, as a power of
 * two; the distance of two samples is SHINGLE_STEPS times that at most. */
unsigned int shingle_step(uint32_t runs);

void shingle_free(struct shingles *);

#endif
