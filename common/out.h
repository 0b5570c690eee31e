/* SPDX-License-Identifier: ISC */
#ifndef COMMON_OUT_H
#define COMMON_OUT_H

#include <stddef.h>
#include <stdint.h>

#include "common/str.h"

/*
 * out - buffered rows on a descriptor, mostly standard output.
 *
 * With the descriptor OUT_MEMORY nothing is written: the buffer grows, and
 * its owner takes the rows from `buf` and sets `n` back.
 *
 * The first write error is kept in `err` and everything after it is dropped;
 * loops look at `err` now and then, out_close() tells for sure.  Short and
 * interrupted writes are gone on with; a non-blocking descriptor is waited
 * for.  A row is its fields, each ended by a tab, and out_endrow(), which
 * turns the last tab into the newline.
 */

#define OUT_BLOCK  ((size_t)128 << 10) /* bytes gathered for each write(2) */
#define OUT_MEMORY (-1)

struct out {
	unsigned char *buf;
	size_t n, cap;
	int fd;
	int err;   /* errno of the first failed write, or 0 */
	int unbuf; /* flush after each row */
};

/* Returns 0, or -1 with errno set when the buffer cannot be had. */
int out_init(struct out *, int fd, int unbuf);

/* Append bytes as they are. */
void out_raw(struct out *, struct str);

/* Append text, escaping tab, newline, CR and backslash. */
void out_text(struct out *, struct str);

/* The same as a field: with a tab behind it. */
void out_field(struct out *, struct str);

/* Append a decimal number; then a tab. */
void out_number(struct out *, size_t);

/* Append a number as sixteen hexadecimal digits, lower-case; then a tab. */
void out_hash(struct out *, uint64_t);

/* Append a number from 0 to 1 with three decimals; then a tab. */
void out_score(struct out *, double);

/* Turn the last field's tab into the row's newline. */
void out_endrow(struct out *);

/* End a line of text that is no row. */
void out_newline(struct out *);

/* What out_room() does when the buffer is full. */
void out_more(struct out *, size_t n);

/*
 * Make sure of room for `n` <= OUT_BLOCK bytes and return where they go; the
 * caller writes there and adds what it wrote to `n` of the struct.  Flushes
 * late, so that out_endrow() still finds its tab.
 */
static inline unsigned char *
out_room(struct out *out, size_t n)
{
	if (out->cap - out->n < n)
		out_more(out, n);
	return out->buf + out->n;
}

/* Write out what is held.  `out_idle` is the same for in's `idle`. */
void out_flush(struct out *);
void out_idle(void *);

/*
 * Flush and free; the descriptor stays open.  Returns 0, or -1 with errno of
 * the first failed write.
 */
int out_close(struct out *);

#endif
