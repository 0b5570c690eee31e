/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_FORMAT_H
#define DOCSPLIT_FORMAT_H

#include "common/str.h"

#include "cmd/docsplit/reader.h"

/* format - the formats that docsplit reads, and how a file shows its own. */

/* In the order of format_names, the words that -f takes. */
enum format {
	FORMAT_AUTO,
	FORMAT_PLAIN,
	FORMAT_FF,
	FORMAT_NUL,
	FORMAT_WARC,
	FORMAT_MBOX,
	FORMAT_JSONL,
	FORMAT_TREC,
	FORMAT_CONLLU,
	FORMAT_ROWS
};

extern const char *const format_names[];

/* The bytes of a file, or its first line, that format_of() wants to see. */
#define FORMAT_HEAD 1024

/* What begins with `head`; FORMAT_PLAIN where nothing else is plain to see. */
enum format format_of(struct str head);

/* What reads a format, other than FORMAT_AUTO. */
reader_fn *format_reader(enum format);

/* The byte that parts its documents, or READER_NO_BYTE. */
int format_separator(enum format);

/* Whether any bytes at all are a file of it: none is refused for its first. */
int format_any(enum format);

/* Whether a file of it may hold several documents. */
int format_several(enum format);

#endif
