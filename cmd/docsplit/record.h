/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_RECORD_H
#define DOCSPLIT_RECORD_H

#include <stddef.h>

#include "common/str.h"

/*
 * record - where WARC records begin: a line `WARC/1.0`, whatever the version,
 * and a line that begins with `WARC-`.
 */

/* Enough to see that a record begins. */
#define RECORD_HEAD ((size_t)24)

/*
 * The number of bytes before the first record in `s`; if none is found, in
 * how many of them none begins, as far as can be seen.  `inside`: `s` begins
 * within a line.  `ended`: nothing follows it.
 */
size_t record_search(struct str s, int inside, int ended, int *found);

/* Whether a record begins here: 1, 0, or -1 if that cannot be seen yet. */
int record_begins(struct str);

/* Length of the line `WARC/1.0` with its end; 0 if there is none. */
size_t record_version(struct str);

/* Length of the LF or CR LF at `at`; 0 if there is none. */
size_t record_line_end(struct str, size_t at);

#endif
