/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_SOURCE_H
#define DOCSPLIT_SOURCE_H

#include <stddef.h>

#include "common/in.h"
#include "common/str.h"

#include "cmd/docsplit/docsplit.h"
#include "cmd/docsplit/reader.h"

/*
 * source - the bytes of a file as a window that moves forward, for readers
 * of formats.  Memory is what the reader leaves in the window, and a block.
 */

struct source {
	struct in *in;
	struct str rest; /* bytes read and not yet taken */
	int ended;       /* nothing follows `rest` */
	size_t line;     /* of the file, that `rest` begins on, from 1 */
	int inside;      /* `rest` begins within a line */
	size_t taken;    /* bytes, so far */
};

/* Start on the current file of `in`. */
void source_init(struct source *, struct in *);

/* Read some more behind `rest`, which may move.  Returns 1, 0 if nothing
 * follows, or -1 with errno set. */
int source_more(struct source *);

/* See that `rest` holds `n` bytes or all there are.  Returns 0 or -1. */
int source_need(struct source *, size_t n);

/* Drop the first `n` bytes of `rest`, which hold `lines` line ends. */
void source_skip(struct source *, size_t n, size_t lines);

/*
 * Take the next line with its newline, if it has one, or of a line longer
 * than SOURCE_PIECE some piece of at least that length without the end.
 * `inside` tells before the call whether the piece goes on with a line.
 * `line` counts up with the newline.  Valid until the next source_ call.
 * Returns 1, 0 at the end, or -1 with errno set.
 */
#define SOURCE_PIECE ((size_t)64 << 10)
int source_line(struct source *, struct str *);

/* Whether so much is taken that a reader is to return, as cmd/docsplit/reader.h
 * says: then `rest` is given back to `in`. */
int source_leave(struct source *, const struct reader_options *);

#endif
