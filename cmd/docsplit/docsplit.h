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
 * A reader of some input format says where documents begin and end and what
 * is known about them, and hands over their text, as a rule through
 * cmd/docsplit/text.h.
 */

enum docsplit_id {
	DOCSPLIT_NAME,
	DOCSPLIT_SEQ,
	DOCSPLIT_NATIVE,
	DOCSPLIT_HASH
};

/* What the document table says of a document, in this order. */
enum docsplit_field {
	DOCSPLIT_ID,
	DOCSPLIT_URL,
	DOCSPLIT_DATE,
	DOCSPLIT_TITLE,
	DOCSPLIT_TYPE, /* "text/plain" where nothing is said */
	DOCSPLIT_LANG,
	DOCSPLIT_FIELDS
};

/* The longest block, in bytes: what the tools behind a pipe accept. */
#define DOCSPLIT_BLOCK_MAX IN_LINE_MAX

struct docsplit_options {
	enum docsplit_id id;
	const char *prefix;   /* before every key, "" for none */
	const char *name;     /* in place of the file's name, or NULL */
	struct re *separator; /* a line it matches parts documents, or NULL */
	int keep_separator;   /* such a line begins the next document */
	int paragraphs;       /* blocks are paragraphs, not lines */
	int sentences;        /* blocks are the sentences of those */
	int fold;             /* a document is one row */
	int strict;           /* docsplit_stop() at the first fault */
};

/* So far; `costly` is lines on which the separator ran into its limits. */
struct docsplit_counts {
	size_t docs, rows, bytes;
	struct fault repaired, cut, costly;
};

/* Kinds of fault that readers of formats may count besides. */
#define DOCSPLIT_FAULTS 64

struct docsplit;

/* `table` is the document table, or NULL.  Both outlive the struct. */
struct docsplit *docsplit_new(
    const struct docsplit_options *, struct out *rows, struct out *table);

/*
 * Start on the file called `name`, which lives as long as argv.  `several`:
 * it may hold several documents, so that their keys need an ordinal.
 */
void docsplit_file(struct docsplit *, const char *name, int several);

/* `lines` lines of the file are behind: those that are told from now on count
 * from there. */
void docsplit_pass(struct docsplit *, size_t lines);

/*
 * Work on a piece of a file by itself: what was counted before is forgotten,
 * and documents are numbered as if `docs` had begun before in all, and
 * `ordinal` of them in this file.
 */
void docsplit_piece_of(struct docsplit *, size_t docs, size_t ordinal);

/*
 * Go on behind `piece`: write the rows that it has written to memory, numbered
 * as they would be here, and take them from there, and add what it counted,
 * the lines that it passed, too.
 */
void docsplit_join(struct docsplit *, const struct docsplit *piece);

/*
 * A document is at hand, even if no line of it follows.  Nothing happens if
 * one is open.
 */
void docsplit_begin(struct docsplit *);

/*
 * Say something about the document that is open: any bytes; they are copied
 * and repaired, white space at the ends is dropped but for titles.  Dates
 * become ISO 8601 in UTC if they can be read as one, and stay as they are if
 * not.  What was said before of the same field is replaced.  The id must be
 * said before the first line to serve as the key.
 */
void docsplit_about(struct docsplit *, enum docsplit_field, struct str);

/* Whether anything comes of docsplit_about(), or it may be left out. */
int docsplit_wants(const struct docsplit *, enum docsplit_field);

/* The document that is open goes by this key, clean and escaped, whatever the
 * options say.  To be said before its first line. */
void docsplit_key(struct docsplit *, struct str escaped);

/*
 * One line of clean text without its newline; blank ones are only counted.
 * `line` is its number in the file, for messages.
 */
void docsplit_line(struct docsplit *, struct str, size_t line);

/*
 * Many lines at once: those that `s`, which is whole lines with LF or CR LF,
 * begins with and that are clean.  Returns the bytes taken, and their lines;
 * the line behind them is to be cleaned and given to docsplit_line().
 */
size_t docsplit_run(struct docsplit *, struct str s, size_t *lines);

/*
 * A line of any length, not blank, in pieces: one call for each, and for the
 * end.  What exceeds DOCSPLIT_BLOCK_MAX is cut and counted.  Not for
 * paragraphs or sentences or with a separator.
 */
void docsplit_piece(struct docsplit *, struct str, size_t line);
void docsplit_end_line(struct docsplit *);

/* `lines` blank ones. */
void docsplit_skip(struct docsplit *, size_t lines);

/* End the document, if one has begun. */
void docsplit_end(struct docsplit *);

/*
 * Count a fault of the current file that a format alone knows: `what` is one
 * string literal for each kind ("JSON line skipped"), `status` the exit status
 * it leads to, 0 or 1, `line` where it is.
 */
void
docsplit_fault(struct docsplit *, const char *what, int status, size_t line);

/* Count `n` characters replaced in a line of the text. */
void docsplit_repaired(struct docsplit *, size_t n, size_t line);

/* Whether to end now with EILSEQ: something was at fault, and strict; or what
 * is written, rows or table, is lost, which their `out` tells. */
int docsplit_stop(const struct docsplit *);

const struct docsplit_counts *docsplit_counts(const struct docsplit *);

/* Documents that have begun in the file. */
size_t docsplit_ordinal(const struct docsplit *);

const struct docsplit_options *docsplit_options(const struct docsplit *);

/* Store pointers to all kinds of fault, for opt_report(); returns how many. */
#define DOCSPLIT_FAULTS_ALL (DOCSPLIT_FAULTS + 3)
size_t docsplit_faults(const struct docsplit *, const struct fault **);

void docsplit_free(struct docsplit *);

#endif
