/* SPDX-License-Identifier: ISC */
#ifndef COMMON_IN_H
#define COMMON_IN_H

#include <stddef.h>

#include "common/fault.h"
#include "common/str.h"

/*
 * in - read files in blocks, hand out lines.
 *
 * The files named by a NULL-ended operand list are read in order; "-" and an
 * empty list mean standard input.  Input is bytes: nothing here looks at
 * encoding.  Nothing here prints or exits.  Interrupted and short reads are
 * retried; a descriptor that is non-blocking is waited for.
 *
 * Caller provides the struct and touches no field but those said so.
 */

#define IN_BLOCK    ((size_t)256 << 10) /* bytes asked of each read(2) */
#define IN_LINE_MAX ((size_t)64 << 20)  /* the usual `max`, in bytes */
#define IN_ROW_MAX  (2 * IN_LINE_MAX + IN_BLOCK) /* such a line, escaped */
#define IN_PAD      ((size_t)64) /* readable bytes behind any slice */

struct in {
	const char *name;     /* current file, "-" for standard input */
	size_t line;          /* number of the last line returned, from 1 */
	int newline;          /* whether that line ended in one */
	struct fault cut;     /* lines longer than `max` */
	size_t bytes;         /* read so far, over all files */
	void (*idle)(void *); /* set it: called before a read that waits */
	void *idle_arg;
	/* Set it: called for a file that cannot be opened, with errno's value;
	 * returns whether to go on with the next one. */
	int (*missing)(void *, const char *name, int error);
	void *missing_arg;
	/* Set it: called after each read, and each second that one waits. */
	void (*tick)(void *);
	void *tick_arg;

	size_t max;
	char *const *args;
	unsigned char *buf;
	size_t cap, beg, end; /* buf[beg..end) is unread; end <= cap */
	int fd, eof;          /* fd -1 when no file is open */
};

/* Prepare to read `args`; opens nothing yet.  `max` must be at least 1. */
void in_init(struct in *, char *const *args, size_t max);

/*
 * Prepare to read `n` bytes that are at hand, as if they were the only file,
 * already open.  They need IN_PAD readable bytes behind them, must outlive the
 * struct, and are not freed: in_free() is not for this.
 */
void in_memory(struct in *, const char *name, unsigned char *p, size_t n);

/*
 * Open the next file.  Returns 1, 0 when there is none, or -1 with errno set,
 * EISDIR for a directory, unless `missing` has it go on.  What was left unread
 * of the last one is dropped.
 */
int in_next(struct in *);

/*
 * Store the next line of the current file, without its newline, in `*line`.
 * A last line that lacks a newline counts as a line; "\r" is left alone.  Of
 * a line longer than `max` the first `max` bytes are given, the rest is
 * passed over, and it is counted in `cut`.
 *
 * Returns 1 with a line, 0 at the end of the file, or -1 with errno set.
 * `*line` points into the buffer, is valid until the next in_ call, and has
 * IN_PAD readable bytes behind it.
 * Cost: one memchr(3) pass; a line cut by a block end is moved once.
 */
int in_line(struct in *, struct str *line);

/* The same for a list that a user wrote, as str_entry() says. */
int in_entry(struct in *, struct str *line);

/*
 * The same as in_line() for several lines: at least the next one, and those
 * behind it that are at hand, up to `most`, in `v`.  Returns their number, 0 or
 * -1.
 * `line` and `newline` tell of the last one; the others had their newlines.
 */
int in_lines(struct in *, struct str *v, int most);

/*
 * Read once and store the bytes at hand in `*block`: first the last `keep`
 * bytes of the block before, then new ones.  Not to be mixed with in_line()
 * on one file.  Returns 1, 0 at the end of the file with the kept bytes
 * alone, or -1 with errno set.  `*block` is valid until the next in_ call
 * and has IN_PAD readable bytes behind it.
 */
int in_block(struct in *, struct str *block, size_t keep);

/* Whether the current file is a regular one, whose end comes without a wait. */
int in_regular(const struct in *);

/*
 * Take the last block with its buffer, to be freed with free(3), and leave the
 * one at `*buf` of `*cap` bytes, or none, in its place, with the last `keep`
 * bytes of the block copied there, as the block before the next.  Returns them.
 */
struct str in_swap(struct in *, unsigned char **buf, size_t *cap, size_t keep);

/* Take back the last `n` bytes of the last block: they are unread again. */
void in_back(struct in *, size_t n);

/*
 * What the file begins with, without taking it: its first line with the
 * newline, or `want` bytes (at most IN_BLOCK) if those are fewer.  The same
 * however the bytes arrive.  Call it before other reads.  Returns 1, 0 for
 * an empty file, or -1 with errno set.
 */
int in_peek(struct in *, struct str *head, size_t want);

/* Close the current file and free the buffer.  Harmless when repeated. */
void in_free(struct in *);

#endif
