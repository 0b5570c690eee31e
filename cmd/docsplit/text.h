/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_TEXT_H
#define DOCSPLIT_TEXT_H

#include <stddef.h>

#include "common/out.h"
#include "common/str.h"

#include "cmd/docsplit/docsplit.h"

/*
 * text - the bytes of a document, made clean and cut into lines.
 *
 * Lines end with LF or CR LF.  What is not clean UTF-8 is repaired and
 * counted; a byte order mark at the start of a document goes.  A line of any
 * length passes in bounded memory, unless blocks are paragraphs or sentences
 * or a pattern parts documents, which look at whole lines.
 *
 * Caller provides the struct and touches no field but `line`.
 */

struct text {
	size_t line; /* of the file, that the next byte is on, from 1 */

	struct docsplit *docsplit;
	int moving;           /* lines of the text are lines of the file */
	int at_start;         /* where a byte order mark may be */
	int long_line;        /* inside a line that goes out in pieces */
	int visible;          /* and more than white space of it was seen */
	int whole;            /* lines are looked at whole */
	size_t untold;        /* repairs in a long line, counted at its end */
	size_t seen;          /* bytes given again that hold no line end */
	unsigned char *clean; /* a repaired copy of what was damaged */
	size_t clean_cap;
	unsigned char *blank; /* white space a long line began with */
	size_t blank_n, blank_cap;
	int blank_cut;   /* there was more of it than is kept */
	struct out held; /* what text_push() was left with */
};

void text_init(struct text *, struct docsplit *);

/*
 * The text of a document starts on `line` of the file.  `moving`: its line
 * ends are those of the file; else it was decoded from something else, and
 * faults in it are said to be on `line`.
 */
void text_start(struct text *, size_t line, int moving);

/*
 * Take the whole lines that `s` begins with, or a piece if the first line is
 * long; returns the number of bytes taken.  The caller gives the rest again,
 * in front of what follows it.  The rest is shorter than TEXT_HELD bytes
 * unless whole lines are looked at; there it is at most a block.  `last`:
 * nothing follows, all is taken, and the document's text has ended.
 *
 * If docsplit_stop() holds afterwards, the damaged line was the last taken.
 */
#define TEXT_HELD ((size_t)64 << 10)
size_t text_take(struct text *, struct str s, int last);

/*
 * The same for who cannot give the rest again: it is kept here.  text_take()
 * or text_push(), not both; text_done() ends what was pushed.
 */
void text_push(struct text *, struct str s);
void text_done(struct text *);

void text_free(struct text *);

#endif
