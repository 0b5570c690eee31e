/* SPDX-License-Identifier: ISC */
#ifndef DEDUPE_STORE_H
#define DEDUPE_STORE_H

#include <stddef.h>
#include <stdint.h>

#include "common/mem.h"
#include "common/str.h"

#include "cmd/dedupe/shingle.h"

/*
 * store - what is kept of each kept text, by number: its samples, its name.
 *
 * A record is bytes, integers lowest byte first, so that it may lie in a
 * file: print (8), runs (4), block (4), bytes of the name (4), samples (1);
 * their keys (4 each), their steps in the text (two a byte, the first one low),
 * the name.
 */

#define STORE_HEAD 21

/* A record, read. */
struct store_text {
	uint64_t print;
	uint32_t runs, block;
	struct str doc; /* as in rows */
	const unsigned char *key, *step;
	size_t n; /* samples */
};

/* All zero is empty and ready. */
struct store {
	const unsigned char **record;
	size_t n, cap;
	struct mem mem;
	unsigned char *chunk; /* what is left of the newest piece of `mem` */
	size_t left, bytes;
};

/* Add a record of samples, from document `doc` and its block `block`. */
void store_add(
    struct store *, const struct shingles *, struct str doc, size_t block);

/* Add a record that lies elsewhere and stays there. */
void store_refer(struct store *, const unsigned char *record);

/*
 * Read a record at `p`, of which `n` bytes are there.  Returns its length, or
 * 0 if it does not fit.
 */
size_t store_read(const unsigned char *p, size_t n, struct store_text *);

/* Read record `number`. */
void store_get(const struct store *, size_t number, struct store_text *);

/* The samples of a record, in the order of the text; room for SHINGLE_MOST. */
void store_samples(const struct store_text *, struct shingle *);

/* Bytes of memory in use. */
size_t store_bytes(const struct store *);

void store_free(struct store *);

#endif
