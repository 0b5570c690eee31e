/* SPDX-License-Identifier: ISC */
#ifndef DEDUPE_POSTING_H
#define DEDUPE_POSTING_H

#include <stddef.h>
#include <stdint.h>

#include "common/mem.h"

/*
 * posting - which texts have a key, for finding candidates.
 *
 * Open addressing, for each pair of key and text a slot of 5 bytes: one of the
 * key's hash, and the text.  So one text in 255 that is met on the way to the
 * end of a search is a wrong one.  All zero is empty and ready.
 */

struct postings {
	unsigned char *tag; /* 0 for a free slot */
	uint32_t *text;     /* its number */
	size_t n, cap;      /* slots used, and all */
	struct mem mem;
};

/* Forget all and make room for slots, of which some must stay free. */
void posting_clear(struct postings *, size_t cap);

void posting_add(struct postings *, uint32_t key, uint32_t text);

/* Bytes of memory in use. */
size_t posting_bytes(const struct postings *);

void posting_free(struct postings *);

/* Where to look for a key: pass it to posting_next(). */
static inline size_t
posting_first(const struct postings *p, uint32_t key)
{
	/* The upper half of the product: from 0 to cap, whatever cap is. */
	uint64_t spread = key * 0xbf58476d1ce4e5b9u >> 32;

	return (size_t)(spread * p->cap >> 32);
}

/* What tells keys apart that meet in a slot. */
static inline unsigned char
posting_tag(uint32_t key)
{
	/* From 1 to 255. */
	return (unsigned char)(1 + ((key * 0x9e3779b1u >> 16) * 255 >> 16));
}

/*
 * Store the next text that may have the key in `*text`, in the order they were
 * added.  Returns 1, or 0 at the end.
 */
static inline int
posting_next(const struct postings *p, uint32_t key, size_t *at, uint32_t *text)
{
	unsigned char tag = posting_tag(key);
	size_t i = *at;

	if (p->cap == 0)
		return 0;
	while (p->tag[i] != 0) {
		size_t here = i;

		i = i + 1 == p->cap ? 0 : i + 1;
		if (p->tag[here] == tag) {
			*text = p->text[here];
			*at = i;
			return 1;
		}
	}
	return 0;
}

/* Have the slot where a key belongs fetched from memory. */
static inline void
posting_prefetch(const struct postings *p, uint32_t key)
{
	if (p->cap > 0)
		__builtin_prefetch(&p->tag[posting_first(p, key)]);
}

#endif
