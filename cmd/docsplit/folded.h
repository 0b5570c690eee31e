/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_FOLDED_H
#define DOCSPLIT_FOLDED_H

#include <stddef.h>

#include "common/out.h"
#include "common/str.h"

/*
 * folded - a document in one row: `doc 1 text`, its lines joined by the escape
 * `\n`, blank ones too.
 *
 * A row that has FOLDED_MAX bytes of text ends with the block; the next one
 * bears the number of the line that it begins with.  All zero to begin with.
 */

#define FOLDED_MAX ((size_t)32 << 20)

struct folded {
	int open;
	size_t line;  /* the one that the row has come to */
	size_t bytes; /* of text in the row */
};

/* Block `number` of document `key` (escaped, with its tab) follows; its
 * text is then written to `out`. */
void folded_block(struct folded *, struct out *, struct str key, size_t number);

/* Count `n` bytes of its text. */
static inline void
folded_text(struct folded *fold, size_t n)
{
	fold->bytes += n;
}

/* The document ends. */
void folded_end(struct folded *, struct out *);

#endif
