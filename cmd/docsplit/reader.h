/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_READER_H
#define DOCSPLIT_READER_H

#include "common/in.h"

#include "cmd/docsplit/docsplit.h"

/*
 * reader - what all readers of input formats have in common.
 *
 * X_read() reads the rest of the current file of `in` and hands its documents
 * over.  It returns 0, or -1 with errno set: EILSEQ for the first fault if
 * docsplit_stop() says so, else what read(2) gave.  Damage is counted with
 * docsplit_fault() and what follows it is read.
 *
 * With `least`, readers that can do so return 1 where a document ends behind
 * that many bytes or more; what follows is given back to `in`.  Those of
 * formats that cmd/docsplit/bound.h knows tell docsplit_pass() how many lines
 * they read.
 */

struct reader_options {
	int separator;   /* -f ff, nul: the byte that parts documents */
	const char *key; /* -k: path of the text in JSON, or NULL */
	int loose;       /* mbox: every "From " line parts messages */
	int inside;      /* the file began before: no byte order mark */
	size_t least;    /* bytes after which to return, or 0: all */
};

#define READER_NO_BYTE (-1)

typedef int
reader_fn(struct docsplit *, struct in *, const struct reader_options *);

#endif
