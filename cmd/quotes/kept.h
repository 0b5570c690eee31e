/* SPDX-License-Identifier: ISC */
#ifndef QUOTES_KEPT_H
#define QUOTES_KEPT_H

#include <stddef.h>
#include <stdint.h>

#include "common/str.h"
#include "common/tok.h"

/*
 * kept - the tokens of a document's blocks, so that each is cut but once,
 * whoever asks for them.
 */

/* What is kept at most; the blocks of longer documents are cut anew. */
#define KEPT_BLOCKS 4096
#define KEPT_TOKENS ((size_t)64 << 10)

/* All zero is empty and ready; reused from document to document. */
struct kept {
	struct tok *v;
	size_t n, cap;
	uint32_t from[KEPT_BLOCKS], to[KEPT_BLOCKS]; /* in `v`, of a block */
	size_t blocks;       /* of the document, at most KEPT_BLOCKS */
	struct tok_list cut; /* what is not kept */
	struct tok_list found;
};

/* Begin a document of so many blocks. */
void kept_clear(struct kept *, size_t blocks);

/* Keep the tokens of a block, as stop_text() gives them. */
void kept_add(struct kept *, size_t block, const struct tok_list *);

/*
 * The tokens of a block without their list of sentences, or NULL if they are
 * not kept or there are none.  Valid until another block is asked for or kept.
 */
const struct tok_list *kept_find(struct kept *, size_t block);

/* The same, but what is not kept is cut, and kept if there is room. */
const struct tok_list *kept_cut(struct kept *, size_t block, struct str text);

void kept_free(struct kept *);

#endif
