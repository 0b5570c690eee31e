/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_SENTENCE_H
#define DOCSPLIT_SENTENCE_H

#include <stddef.h>

#include "common/str.h"
#include "common/tok.h"

/*
 * sentence - the sentences of a block, one after the other.
 *
 * A struct that is all zero is empty and ready; its memory is reused from
 * block to block and does not grow with the block: of a long one a part of
 * 128 KiB is looked at, and a sentence that exceeds it ends there, at white
 * space if there is some near.
 */
struct sentence {
	struct str text;
	size_t from, end;     /* the part at hand */
	size_t next, settled; /* sentences of it; those sure to end as said */
	struct tok_list toks;
};

/* Begin with `text`, which is clean and outlives the calls of next. */
void sentence_start(struct sentence *, struct str text);

/*
 * Store the next sentence, a slice of the block, in `*s`.  All of the block
 * is in one, save the white space at its ends and between two.
 * Returns 1, or 0 when there is no more.
 * Cost: linear, 100 MB/s or more.
 */
int sentence_next(struct sentence *, struct str *s);

void sentence_free(struct sentence *);

#endif
