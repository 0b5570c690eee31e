/* SPDX-License-Identifier: ISC */
#ifndef DEDUPE_TALLY_H
#define DEDUPE_TALLY_H

#include <stddef.h>
#include <stdint.h>

/*
 * tally - in how many texts a sample was seen, up to 15.
 *
 * Counters of four bits, found by a hash of the key and shared by keys that
 * meet there, so a count may be too high, by chance and seldom: with as many
 * keys as counters, one key in ten thousand is taken for common that is not.
 * All zero is empty and ready.
 */

struct tally {
	unsigned char *pair; /* two counters each */
	size_t n;            /* keys counted */
	unsigned int log2;   /* of the number of counters */
};

/* Whether it is to grow before one more text is counted. */
int tally_full(const struct tally *);

/* Forget all counts and make room for `keys` of them. */
void tally_clear(struct tally *, size_t keys);

void tally_add(struct tally *, uint32_t key);

unsigned int tally_count(const struct tally *, uint32_t key);

/* Have the counter fetched from memory. */
void tally_prefetch(const struct tally *, uint32_t key);

/* Bytes of memory in use. */
size_t tally_bytes(const struct tally *);

void tally_free(struct tally *);

#endif
