/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_SHARE_H
#define DOCSPLIT_SHARE_H

#include <stddef.h>

#include "common/in.h"
#include "common/out.h"

#include "cmd/docsplit/bound.h"
#include "cmd/docsplit/docsplit.h"
#include "cmd/docsplit/reader.h"

/*
 * share - files cut where documents end, their pieces shared out to several
 * threads.
 *
 * What is written and counted is the same as by a reader alone.
 */

struct share;

/* The most of a file that is held to find where it may be cut; a reader goes
 * on from there, to the end of the file or to where it can be cut again. */
#define SHARE_PIECE ((size_t)4 << 20)

/* Pieces that were given to threads and not yet written, in bytes of input. */
#define SHARE_BYTES ((size_t)16 << 20)

/*
 * Start `n` threads that split as `docsplit` does, which takes what they write
 * and outlives them; `table`: it has a document table.  Not for separators.
 * Returns NULL with errno set if a thread cannot be had.
 */
struct share *share_new(size_t n, struct docsplit *docsplit, int table);

struct share_file {
	const char *name;
	int several; /* as docsplit_file() says */
	reader_fn *read;
	bound_fn *bound; /* or NULL: the file is shared only as a whole */
	const struct reader_options *options;
};

/*
 * Read the rest of the current file of `in`, calling docsplit_file() when it
 * comes to that.  Returns 0, or -1 with errno set.
 */
int share_read(struct share *, struct in *, const struct share_file *);

/* Wait for all that was handed over to be written. */
void share_drain(struct share *);

/* The same, then end the threads and free. */
void share_free(struct share *);

#endif
