/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_GUESS_H
#define DOCSPLIT_GUESS_H

#include <stddef.h>

#include "cmd/docsplit/reader.h"

/*
 * guess - plain text that is web pages one behind the other, as `w3m -dump`
 * and `lynx -dump` give them, parted where one seems to end and the next to
 * begin.
 *
 * A guess: a line is taken for the first of a page when what stands before it
 * looks like the foot of a page, and it and what follows like a head, or like
 * the head of an earlier page; more so than any line nearby.  It depends on
 * GUESS_AHEAD lines behind it, blank ones aside, and on what came before.
 */

#define GUESS_AHEAD 30                 /* lines */
#define GUESS_HELD  ((size_t)1 << 20)  /* bytes that these are at most */
#define GUESS_LONG  ((size_t)64 << 10) /* a line this long ends the view */

int guess_read(struct docsplit *, struct in *, const struct reader_options *);

#endif
