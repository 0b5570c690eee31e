/* SPDX-License-Identifier: ISC */
#ifndef COMMON_DOC_H
#define COMMON_DOC_H

#include <stddef.h>

#include "common/fault.h"
#include "common/in.h"
#include "common/magic.h"
#include "common/mem.h"
#include "common/out.h"
#include "common/str.h"

/*
 * doc - rows or plain text, read as documents.
 *
 * Rows are `doc block text [extra...]` (common/row.h); the longest run of
 * rows with one first column is a document.  Of plain text each file is a
 * document under its own name, each non-blank line a block numbered by its
 * line.  Everything handed out is clean (common/utf.h).
 */

enum doc_format { DOC_AUTO, DOC_ROWS, DOC_PLAIN };

struct doc_options {
	enum doc_format format;
	int header;     /* the first line of rows is a header */
	int strict;     /* end at the first fault */
	size_t max_doc; /* bytes; longer documents come in parts */
};

struct doc_block {
	struct str row;  /* the line as it came; empty for plain text */
	struct str text; /* unescaped */
	size_t number;   /* the block column, from 1 */
};

/* Lines looked at together; enough to hide the latency of a lookup each. */
#define DOC_BATCH 64

struct doc {
	struct str id; /* the doc column, escaped as in rows */
	struct doc_block *v;
	size_t n;
	size_t serial; /* number of the document, from 1; parts share it */
	int part;      /* 0, or 1 for a later part of a long document */
	/* The header row that was read, without newline, or empty. */
	struct str header;

	/* What was wrong so far; `in.cut` of the input is another. */
	struct fault malformed; /* rows skipped */
	struct fault repaired;  /* characters replaced */
	struct fault unordered; /* block numbers that do not rise */
	struct fault split;     /* documents read in parts */
	/* Files skipped, as magic_refuse() says; first come, first. */
	struct fault foreign[MAGIC_KINDS];
	size_t rows; /* read so far, without skipped ones */

	struct doc_options options;
	struct in *in;
	enum doc_format format; /* of the current file */
	size_t file;            /* its number, from 1 */
	int open;               /* whether it has more to give */
	struct str name;        /* its name, escaped */
	size_t first_file;      /* the file in which the document began */
	int going_on;           /* the next doc_next() is a later part */
	int error;              /* errno of a failure, which ends it */
	struct doc_line *held;  /* first row of the next document, or NULL */
	size_t cap;

	/* lines read but not yet looked at */
	struct str line[DOC_BATCH];
	int lines, next_line;
	const unsigned char *clean; /* up to here they are known to be */
	size_t number;              /* of the line looked at last */
	int cut;                    /* the one line is, and counted */

	struct mem mem;        /* of the document */
	struct mem scratch;    /* of the line just read */
	struct mem hold;       /* of `held` */
	struct mem lasting;    /* of header and name */
	unsigned char *row_id; /* the id that doc_rows() gave */
	size_t row_id_cap;
};

/* Read from `in`, which in_init() has readied and which outlives `doc`. */
void doc_init(struct doc *, struct in *in, struct doc_options);

/*
 * Read ahead to the first block, so that `format` tells what the first file
 * holds and `header` what was read of one.  Returns 1, 0 if there is no
 * block at all, or -1 as doc_next().  To be called first, or never.
 */
int doc_look(struct doc *);

/*
 * Read the next document, or the next part of at least one row of a long one.
 * Returns 1, 0 at the end, or -1 with errno set: EILSEQ for the first fault
 * under `strict`, FAULT_HEADER for a file that begins with the header of rows
 * if neither format nor header was asked for, otherwise what open(2), read(2)
 * or malloc(3) gave.  What was
 * read of a document before a failure is handed out first.  All it stores is
 * valid until the next call.
 */
int doc_next(struct doc *);

/*
 * The same for the rows that are at hand, one at least, so that nothing has
 * to be gathered: `part` tells whether they go on with the document before.
 */
int doc_rows(struct doc *);

/*
 * Let `to`, all zero or so filled before, have the document that doc_next()
 * gave.  `from` gets the storage of `to` and can only read on.  For doc_put(),
 * doc_put_text() and doc_free().
 */
void doc_take(struct doc *to, struct doc *from);

/*
 * Write block `i` as the row it came from, or for plain text as the row that
 * docsplit would write, up to and with the tab after the last column.
 */
void doc_put(const struct doc *, size_t i, struct out *);

/* Write the header read, or the standard one, the same way. */
void doc_put_header(const struct doc *, struct out *);

/*
 * For `-o text`: write the text of block `i` and a newline, before it an
 * empty line if an earlier document wrote some.  `*last` is the caller's, 0
 * at first: the serial that wrote last.
 */
void doc_put_text(const struct doc *, size_t i, struct out *, size_t *last);

/* All kinds of fault the input can have, `in.cut` among them. */
#define DOC_FAULTS (5 + MAGIC_KINDS)
void doc_faults(const struct doc *, const struct fault *v[DOC_FAULTS]);

void doc_free(struct doc *);

#endif
