/* SPDX-License-Identifier: ISC */
#include "cmd/dedupe/cover.h"

/* Samples from one match to the next over which text counts as found: with
 * three words a run, one character in thirty damaged leaves every second run
 * whole, and six in a row are damaged once in a hundred places. */
#define COVER_BRIDGE 6

/* Words by which the distance of two matches may differ in the two texts,
 * besides a quarter of it. */
#define COVER_SLACK 10

/* What the share of found text weighs in a hundred, beside that of samples
 * found themselves; and how many samples not found each text is given, for a
 * few matches in a short text prove less.  Both fitted. */
#define COVER_WEIGHT 70
#define COVER_DOUBT  4

static int in_step(const struct cover_sample *, const struct cover_sample *);

double
cover_share(const struct cover_sample *v, size_t n, uint32_t limit)
{
	const struct cover_sample *last = NULL;
	size_t i, all = 0, last_at = 0, found = 0, held = 0;

	for (i = 0; i < n; i++) {
		if (v[i].common || v[i].shingle.key >= limit)
			continue;
		all++;
		if (!v[i].found)
			continue;
		found++;
		if (last != NULL && all - last_at <= COVER_BRIDGE &&
		    in_step(last, &v[i]))
			held += all - last_at;
		else
			held++;
		last = &v[i];
		last_at = all;
	}
	if (found < COVER_LEAST)
		return 0;
	return (double)(COVER_WEIGHT * held + (100 - COVER_WEIGHT) * found) /
	       (double)(100 * (all + COVER_DOUBT));
}

/* Whether two matches are about as far apart in both texts. */
static int
in_step(const struct cover_sample *a, const struct cover_sample *b)
{
	int64_t here = (int64_t)b->shingle.at - a->shingle.at;
	int64_t there = (int64_t)b->there - a->there;
	int64_t off = here > there ? here - there : there - here;

	return off <= COVER_SLACK + here / 4;
}
