/* SPDX-License-Identifier: ISC */
#ifndef DEDUPE_RUN_HASH_H
#define DEDUPE_RUN_HASH_H

#include <stddef.h>
#include <stdint.h>

#include "common/str.h"

/*
 * run_hash - a text as the hashes of its runs of RUN_HASH_WORDS words.
 *
 * A word is a run of letters and digits; letter case does not count.  The
 * text is gathered first, in lower case and without marks beyond ASCII, so
 * that words can then be cut and hashed without a look at where lines end.
 */

#define RUN_HASH_WORDS 3

/* A text.  All zero is empty and ready; reused from text to text. */
struct run_hash {
	/* After run_hash_end(), for each word the hash of the run that ends
	 * with it: those of the first two words tell what these are. */
	uint64_t *v;
	size_t n;

	size_t cap;
	unsigned char *text; /* a space, then the text */
	size_t text_n, text_cap;
};

void run_hash_begin(struct run_hash *);

/* Go on with the text.  No word goes on from one piece to the next. */
void run_hash_add(struct run_hash *, struct str);

/* Cost: linear. */
void run_hash_end(struct run_hash *);

void run_hash_free(struct run_hash *);

#endif
