/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_FOLD_H
#define DOCSPLIT_FOLD_H

#include <stddef.h>

#include "common/out.h"
#include "common/str.h"

/*
 * fold - a document in one row: `doc 1 text`, its lines joined by the escape
 * `\n`, blank ones too.
 *
 * A row that has FOLD_MAX bytes of text ends with the block; the next one
 * bears the number of the line that it begins with.  All zero to begin with.
 */

#define FOLD_MAX ((size_t)32 << 20)

struct fold {
	int open;
	size_t line;  /* the one that the row has come to */
	size_t bytes; /* of text in the row */
};

/* Block `number` of document `key` (escaped, with its tab) follows; its
 * text is then written to `out`. */
void fold_block(struct fold *, struct out *, struct str key, size_t number);

/* Count `n` bytes of its text. */
static inline void
fold_text(struct fold *fold, size_t n)
{
	fold->bytes += n;
}

/* The document ends. */
void fold_end(struct fold *, struct out *);

#endif
