/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_TREC_H
#define DOCSPLIT_TREC_H

#include "cmd/docsplit/reader.h"

/*
 * trec - documents between `<DOC>` and `</DOC>`.
 *
 * The first `<DOC>` of a file decides what all of it is, in any case of its
 * letters, which the others then share:
 * - `<DOC>` alone: TREC.  `<DOCNO>` has the id; what has none is skipped.
 * - `<DOC id="...">`: NTCIR and Gigaword.  The attribute is the id.
 * - `<doc id="..." url="..." title="...">` in lower case, with a URL and
 *   without lines that are a tag: WikiExtractor.
 * - `<doc>` or `<doc ...>` in lower case, when what lines of text there are
 *   in the first document that has some, or its first TREC_LOOK bytes, are
 *   tokens: vertical, see cmd/docsplit/vertical.h.
 *
 * The text of TREC, NTCIR and Gigaword is what is left without tags,
 * comments, scripts, style sheets and the contents of `<DOCNO>` and
 * `<DOCHDR>`; `<DOCNO>` leaves a line end.  Line ends inside markup go with
 * it.  That of WikiExtractor is all there is.  In both, character references
 * are replaced.
 *
 * A document ends before a `<DOC` that begins a line, too.
 */

#define TREC_LOOK ((size_t)64 << 10) /* bytes that tell the form */

/* A comment that is not closed within these, or not before its document
 * ends, is text without its `<!--`. */
#define TREC_COMMENT ((size_t)256 << 10)

int trec_read(struct docsplit *, struct in *, const struct reader_options *);

#endif
