/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_SEEK_H
#define DOCSPLIT_SEEK_H

#include <stddef.h>

#include "cmd/docsplit/source.h"

/*
 * seek - where some bytes come next in the window of a source, looking at
 * no byte twice however the window grows and moves.
 */

struct seek {
	struct str what; /* not empty */
	size_t at;       /* offset in the file: there, or none before it */
	int found;
};

#define SEEK_NONE ((size_t)-1)

/*
 * The first place in the window at or after `from`, where `offset` is that
 * of the window in the file; neither may go back from call to call.
 * SEEK_NONE if none ends before `to`.  Cost: linear over all calls.
 */
size_t seek_next(struct seek *, const struct source *, size_t offset,
    size_t from, size_t to);

#endif
