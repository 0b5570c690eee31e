/* SPDX-License-Identifier: ISC */
#ifndef DEDUPE_TWOPASS_H
#define DEDUPE_TWOPASS_H

#include <stddef.h>
#include <stdint.h>

#include "cmd/dedupe/group.h"
#include "cmd/dedupe/shingle.h"

/*
 * twopass - near copies among all documents at once, in memory: the same
 * groups as the steps of sketch.h give.
 *
 * About 4.1 kilobytes for each document, and more for those that share samples.
 */

struct twopass_text {
	uint64_t print;
	size_t first; /* of its samples in `sample` */
	uint32_t n;
};

struct twopass_sample {
	uint64_t hash;
	uint32_t at; /* as in struct shingle */
};

/* All zero is empty and ready. */
struct twopass {
	struct group group; /* documents are numbered as they were added */
	struct twopass_text *text;
	size_t text_cap;
	struct twopass_sample *sample;
	size_t samples, sample_cap;
};

void twopass_add(struct twopass *, const struct shingles *, struct str doc);

/* Put together what is similar by `least` and settle the group. */
void twopass_settle(struct twopass *, double least, int longest);

/* Bytes of memory in use, or that were before the second pass. */
size_t twopass_bytes(const struct twopass *);

void twopass_free(struct twopass *);

#endif
