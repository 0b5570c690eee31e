/* SPDX-License-Identifier: ISC */
#ifndef DEDUPE_STORE_H
#define DEDUPE_STORE_H

#include <stddef.h>
#include <stdint.h>

#include "common/str.h"

#include "cmd/dedupe/shingle.h"
#include "cmd/dedupe/spill.h"

/*
 * store - what is kept of each kept text, by number: its samples, its name.
 *
 * A record is bytes, so that it may lie in a file:
 * - the print (8, lowest byte first);
 * - runs, block, bytes of the name, samples, bytes of the rest, each seven
 *   bits a byte, the lowest first, all but the last byte with the eighth bit;
 * - the samples in the order of the text (4 each, lowest byte first): by how
 *   many steps one is behind the one before (4 bits, the lowest), and by how
 *   much the key is below the limit for so many runs: its low 26 bits, and the
 *   high bits, 3 for all from 3 on;
 * - the rest: for each sample whose high bits were 3 or more as many zero bits
 *   as they are above 3, and a one bit, from the lowest bit of a byte on;
 * - the name.
 * Half of all samples have the high bits 0 or 1, and every further one halves
 * their number: so 112 samples take 14 bytes, 448 and about 4.
 */

#define STORE_HEAD 33 /* bytes before the samples, at most */

/* A record, read. */
struct store_text {
	uint64_t print;
	uint32_t runs, block;
	uint32_t limit; /* keys are at most this */
	struct str doc; /* as in rows */
	const unsigned char *sample, *rest;
	size_t n, rest_n; /* samples, bytes */
};

/* All zero is empty and ready but for `spill`, which has the memory. */
struct store {
	struct spill *spill;
	const unsigned char **record;
	size_t n, cap;
	unsigned char *chunk; /* what is left of the newest one */
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

/* The keys of a record's samples, in the order of the text; room for
 * SHINGLE_MOST. */
void store_keys(const struct store_text *, uint32_t *);

/* The samples of a record with their places, likewise. */
void store_samples(const struct store_text *, struct shingle *);

/* How many samples have keys up to `key`, at least; those far below the limit
 * are all counted. */
size_t store_below(const struct store_text *, uint32_t key);

/* Bytes of memory in use, or in files in place of it. */
size_t store_bytes(const struct store *);

void store_free(struct store *);

#endif
