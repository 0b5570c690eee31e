/* SPDX-License-Identifier: ISC */
#ifndef COMMON_PROGRESS_H
#define COMMON_PROGRESS_H

#include <stddef.h>
#include <stdint.h>

#include "common/in.h"

/*
 * progress - say on a terminal how far a run is.
 *
 *   quotes: 12.3 MB, 11.8 MB/s, 1234 docs, 45 %, 0:01:23 left
 *
 * Bytes are those read, MB are millions of them; the rate is that of the whole
 * run.  Share and time left are told if all input is regular files.  The line
 * is drawn when input was read, and while a read has to wait: there are no
 * threads and no signals.  This is the one module that looks at a clock, and
 * no output of a tool depends on it.
 *
 * Caller provides the struct, which must not move while the input is read.
 */

enum progress_how {
	PROGRESS_NONE,
	PROGRESS_LINE, /* one line, drawn again and again, for a terminal */
	PROGRESS_LOG   /* a line every ten seconds, for a file */
};

struct progress {
	const char *tool;
	const size_t *docs;
	struct in *in;
	enum progress_how how;
	int fd;
	size_t total;   /* bytes of all files, 0 if not known */
	size_t columns; /* of the terminal */
	uint64_t began; /* milliseconds of the monotonic clock */
	uint64_t due;   /* when to draw next */
	int drawn;      /* whether something was written */
};

/*
 * Watch `in`, which in_init() has readied, and `*docs`, the documents so far,
 * or NULL; both outlive the struct or progress_end().  Lines go to the
 * descriptor `fd`; what cannot be written is dropped.  Files are looked at
 * here, none later.
 * Without need (PROGRESS_NONE) this does nothing and costs nothing.
 *
 * Cost: a look at the clock for each block read (IN_BLOCK bytes).
 */
void progress_init(struct progress *, const char *tool, enum progress_how how,
    struct in *in, const size_t *docs, int fd);

/* Draw for the last time, if there was time to draw before. */
void progress_end(struct progress *);

#endif
