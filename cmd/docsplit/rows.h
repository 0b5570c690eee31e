/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_ROWS_H
#define DOCSPLIT_ROWS_H

#include <stddef.h>

#include "cmd/docsplit/reader.h"

/*
 * rows - rows as input: those to fold, and folded ones to unfold.
 *
 * Rows are `doc block text`; the key is kept as it is.  A header `doc block
 * text` on the first line is passed over; what is no row is skipped and
 * counted.  The input is to be prepared for lines of IN_ROW_MAX bytes.
 */

/* Blank lines between two blocks that folding keeps; a longer gap is closed
 * and counted. */
#define ROWS_GAP ((size_t)1 << 20)

/*
 * Read rows, a block each.  What folded text cannot hold is counted: further
 * columns, line ends inside a block, numbers that do not rise.
 */
int rows_read(struct docsplit *, struct in *, const struct reader_options *);

/*
 * Read folded rows, a document or part of one each: its lines, from line
 * `block` of the document on, joined by the escape `\n`.
 */
int rows_unfold(struct docsplit *, struct in *, const struct reader_options *);

#endif
