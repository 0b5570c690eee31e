/* SPDX-License-Identifier: ISC */
#ifndef COMMON_BLOB_H
#define COMMON_BLOB_H

#include <stddef.h>
#include <stdint.h>

#include "common/str.h"

/*
 * blob - packed tables: phrases and what kinds they are, read in place.
 *
 * `pack` turns data/NAME.tsv, rows `kind TAB phrase`, into NAME.blob at build
 * time, and the linker embeds it (BLOB_EMBED).  A phrase is found by the hash
 * of its words (tok_phrase() and hash_join()), letter case folded; phrases of
 * the kinds that pack was told to keep exact are found by tok_exact() alone.
 *
 * Layout, integers in the machine's own order, as the file is built for it:
 * magic "nsblob1\0"; uint32 kinds, log2 of slots, phrases; `kinds` names of
 * 8 bytes, NUL-padded; slots of two uint32, upper half of the hash and a bit
 * for each kind, 0 for a free slot.
 */

#define BLOB_MAGIC "nsblob1"
#define BLOB_KINDS 32

struct blob_head {
	char magic[8];
	uint32_t kinds, log2, phrases;
};

struct blob_slot {
	uint32_t high, kinds;
};

struct blob {
	const struct blob_head *head;
	const char *kind; /* `kinds` names of 8 bytes */
	const struct blob_slot *slot;
};

/* Embed the file build/data/NAME.blob as blob_NAME, to be opened by it. */
#define BLOB_EMBED(name)                                                       \
	__asm__(".section .rodata\n"                                           \
		".balign 16\n"                                                 \
		"blob_" #name ":\n"                                            \
		".incbin \"data/" #name ".blob\"\n"                            \
		".previous\n");                                                \
	extern const unsigned char blob_##name[]                               \
	    __attribute__((visibility("hidden")))

/* Read a table in place; it must outlive the struct.  Trusted: built by us. */
void blob_open(struct blob *, const unsigned char *);

/* The bit of a kind, 0 if the table has none of that name. */
uint32_t blob_kind(const struct blob *, const char *name);

/* The kinds of the phrase with this hash, 0 if it is not in the table. */
static inline uint32_t
blob_find(const struct blob *b, uint64_t hash)
{
	uint32_t high = (uint32_t)(hash >> 32), found;
	size_t mask = ((size_t)1 << b->head->log2) - 1;
	size_t i = (size_t)hash & mask, k = (i + 1) & mask;

	/* Two slots at once, and no guess which of them it is: few phrases
	 * are farther from their place.  A free slot has no kinds. */
	found = (b->slot[i].high == high ? b->slot[i].kinds : 0) |
		(b->slot[k].high == high ? b->slot[k].kinds : 0);
	if ((found != 0) | (b->slot[i].kinds == 0) | (b->slot[k].kinds == 0))
		return found;
	do
		k = (k + 1) & mask;
	while ((b->slot[k].kinds != 0) & (b->slot[k].high != high));
	return b->slot[k].kinds;
}

#endif
