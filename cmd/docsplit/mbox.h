/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_MBOX_H
#define DOCSPLIT_MBOX_H

#include "cmd/docsplit/reader.h"

/*
 * mbox - mailboxes (RFC 4155, and what mboxo and mboxrd make of it).
 *
 * A message begins with a line `From ` that holds a time of day and a year,
 * at the start of the file or behind an empty line; with `loose`, with any
 * line `From `.  `Content-Length` is not trusted.  Of `>From `, with any
 * number of `>`, one is taken off.
 *
 * A document is the text of a message, see cmd/docsplit/mime.h; a message
 * without any keeps its number and is counted.  Its id is the Message-ID,
 * its url the sender, its title the subject.
 */

/* Whether the line that `s` begins with holds a time of day, 9:05 or 09:05:59,
 * and a year. */
int mbox_dated(struct str s);

int mbox_read(struct docsplit *, struct in *, const struct reader_options *);

#endif
