/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_PLAIN_H
#define DOCSPLIT_PLAIN_H

#include "common/in.h"

#include "cmd/docsplit/docsplit.h"

/* plain - text as it is: lines, and bytes or lines that part documents. */

#define PLAIN_NO_BYTE (-1)

struct plain_options {
	int separator; /* a byte that parts documents, or PLAIN_NO_BYTE */
	int whole;     /* hand over whole lines, as docsplit_piece() asks */
	int strict;    /* end at the first fault */
};

/*
 * Read the rest of the current file of `in`.  Returns 0, or -1 with errno
 * set: EILSEQ for the first fault if strict, else what read(2) gave.
 */
int plain_read(struct docsplit *, struct in *, const struct plain_options *);

#endif
