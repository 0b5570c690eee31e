/* SPDX-License-Identifier: ISC */
#ifndef DEDUPE_MEASURE_H
#define DEDUPE_MEASURE_H

#include <stddef.h>

#include "common/doc.h"
#include "common/hash.h"
#include "common/out.h"
#include "common/str.h"

#include "cmd/dedupe/dedupe.h"
#include "cmd/dedupe/shingle.h"

/*
 * measure - what there is to know of texts by themselves, before they are
 * compared: threads can share this part of the work.
 */

struct measure {
	const struct dedupe_options *options;
	struct shingles shingles;
	unsigned char *text; /* what is being compared */
	size_t cap;
};

/* All zero but for `options`, which outlive it, is ready. */

/*
 * Append what dedupe_doc() wants to know of the document: for each text that
 * is decided on its fingerprint or its samples, or for DEDUPE_SKETCH rows.
 * The type is that of crew_work.
 */
void measure_doc(void *measure, const struct doc *, struct out *made);

/* Take a fingerprint, or samples, off the front of `made`. */
struct hash_128 measure_print(struct str *made);
void measure_samples(struct str *made, struct shingles *);

void measure_free(struct measure *);

#endif
