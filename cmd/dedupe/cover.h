/* SPDX-License-Identifier: ISC */
#ifndef DEDUPE_COVER_H
#define DEDUPE_COVER_H

#include <stddef.h>
#include <stdint.h>

#include "cmd/dedupe/shingle.h"

/*
 * cover - how much of one text stands in another.
 *
 * Samples that many texts have say nothing and are passed over.  Between two
 * that both texts have, not far apart and about as far in the one as in the
 * other, what lies between counts as found too: so words changed here and
 * there hardly matter, and a new half of the story does.
 */

#define COVER_COMMON 10 /* more texts than this have a common sample */
#define COVER_LEAST  3  /* shared samples, else nothing is said */

/* What is known of one sample of the text that is looked for. */
struct cover_sample {
	struct shingle shingle;
	int common;
	int found;      /* whether the other text has it */
	uint32_t there; /* its place there, in words */
};

/*
 * The share, 0 to 1, of the text with these samples that the other text
 * holds, by the samples whose keys are below `limit`, the lower one of the
 * two texts'.  `v` is in the order of the text.
 */
double cover_share(const struct cover_sample *v, size_t n, uint32_t limit);

#endif
