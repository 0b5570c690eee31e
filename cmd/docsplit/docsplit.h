/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_DOCSPLIT_H
#define DOCSPLIT_DOCSPLIT_H

#include <stddef.h>

#include "common/fault.h"
#include "common/in.h"
#include "common/out.h"
#include "common/re.h"
#include "common/str.h"

/*
 * docsplit - documents and their blocks as rows: names the documents,
 * numbers the blocks, keeps the document table.
 *
 * A reader of some input format hands over lines and says where documents
 * end; they begin by themselves.
 */

enum docsplit_id { DOCSPLIT_NAME, DOCSPLIT_SEQ, DOCSPLIT_HASH };

/* The longest block, in bytes: what the tools behind a pipe accept. */
#define DOCSPLIT_BLOCK_MAX IN_LINE_MAX

struct docsplit_options {
	enum docsplit_id id;
	const char *prefix;   /* before every key, "" for none */
	const char *name;     /* in place of the file's name, or NULL */
	struct re *separator; /* a line it matches parts documents, or NULL */
	int keep_separator;   /* such a line begins the next document */
	int several;          /* a file may hold several documents */
	int paragraphs;       /* blocks are paragraphs, not lines */
};

/* So far; `costly` is lines on which the separator ran into its limits. */
struct docsplit_counts {
	size_t docs, rows, bytes;
	struct fault repaired, cut, costly;
};

struct docsplit;

/* `table` is the document table, or NULL.  Both outlive the struct. */
struct docsplit *docsplit_new(
    const struct docsplit_options *, struct out *rows, struct out *table);

/* Start on the file called `name`, which lives as long as argv. */
void docsplit_file(struct docsplit *, const char *name);

/*
 * One line of clean text without its newline; blank ones are only counted.
 * `line` is its number in the file, for messages.
 */
void docsplit_line(struct docsplit *, struct str, size_t line);

/*
 * A line of any length, not blank, in pieces: one call for each, and for the
 * end.  What exceeds DOCSPLIT_BLOCK_MAX is cut and counted.  Not for
 * paragraphs or with a separator.
 */
void docsplit_piece(struct docsplit *, struct str, size_t line);
void docsplit_end_line(struct docsplit *);

/* A document is at hand, even if no line of it follows. */
void docsplit_begin(struct docsplit *);

/* End the document, if one has begun. */
void docsplit_end(struct docsplit *);

struct docsplit_counts *docsplit_counts(struct docsplit *);

void docsplit_free(struct docsplit *);

#endif
