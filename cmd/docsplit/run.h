/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_RUN_H
#define DOCSPLIT_RUN_H

#include <stddef.h>

#include "common/out.h"
#include "common/str.h"

#include "cmd/docsplit/run_wide.h"

/*
 * run - many lines as rows at once: finding the line ends, looking for what is
 * not clean, escaping and copying are one pass over the text.
 *
 * Caller provides the struct; run_start() sets it up.
 */

#define RUN_HEAD ((size_t)512) /* longer keys are for others to write */

struct run {
	size_t lines, blocks, bytes; /* taken: blank ones too; rows; text */

	unsigned char head[RUN_HEAD]; /* key TAB number TAB of the next line */
	size_t key;                   /* bytes of the key with its tab */
	size_t n;                     /* bytes of the head */
	run_wide_fn *wide;            /* or NULL */
};

/*
 * Rows of the document `key` (escaped, with its tab, or empty for none)
 * follow its line `number`, which is 0 before the first.  Returns 0 if the
 * key is too long for this.
 */
int run_start(struct run *, struct str key, size_t number);

/*
 * Write the lines that `s` begins with; it consists of whole lines.  Returns
 * the bytes taken: less than all if a line is in the way that is not clean
 * (common/utf.h), or is to be looked at on its own for other reasons; then
 * run_start() comes again.
 */
size_t run_take(struct run *, struct out *, struct str s);

#endif
