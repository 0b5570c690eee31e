/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_JSONL_H
#define DOCSPLIT_JSONL_H

#include <stddef.h>

#include "common/in.h"

#include "cmd/docsplit/docsplit.h"
#include "cmd/docsplit/reader.h"

/*
 * jsonl - a document from each JSON object: JSON Lines, and JSON text
 * sequences (RFC 7464).
 *
 * A record is a line.  One that begins with the byte 1E may run over several
 * lines: to the end of the line that its object ends on, or if that never
 * comes, to the next 1E.  Blank lines are no records.
 *
 * The text is the value under the path `key` of the options, see
 * cmd/docsplit/path.h, by default the first of text, content, raw_content,
 * maintext and body that has text, in this order.  It is a string, or an
 * array of nothing but strings, which are lines.  What the document table
 * says is found under a list of usual names.  Where a path occurs twice the
 * last value counts.
 *
 * Records that cannot be used are counted and skipped, and take no ordinal;
 * an empty text is a document.
 *
 * A record up to JSONL_WHOLE bytes is judged before any of it is written.  Of
 * a longer one only that much is looked at ahead.  If it has no text so far,
 * the first that comes is taken, whichever of the names it bears, and written
 * as it comes; if the record then proves to be damaged, what was written
 * stays, and it is counted as cut.  Values for the table behind the text are
 * too late to be the document's key there, and those over PICK_VALUE bytes
 * are left out.
 */

#define JSONL_WHOLE ((size_t)4 << 20)

int jsonl_read(struct docsplit *, struct in *, const struct reader_options *);

/* The same with `whole` in place of JSONL_WHOLE, for tests. */
int jsonl_read_long(struct docsplit *, struct in *,
    const struct reader_options *, size_t whole);

#endif
