/* SPDX-License-Identifier: ISC */
#ifndef COMMON_RE_H
#define COMMON_RE_H

#include <stddef.h>

#include "common/str.h"

/*
 * re - patterns that users write, by PCRE2.
 *
 * UTF mode with Unicode classes; PCRE2's own check of subjects is off: they
 * must be clean (common/utf.h).  Compiled by its JIT where there is one.
 * Every match is bounded, so that no pattern hangs a stream: at some 2 ms, and
 * in long texts at their bytes times those of the pattern.
 */

struct re;

/*
 * Compile `pattern`.  Returns NULL for a bad one, with what is wrong in
 * `why`, a buffer of at least 120 bytes, and the byte offset in `*at`.
 */
struct re *re_new(struct str pattern, char why[120], size_t *at);

/*
 * Find the first match in `text` at or after the byte offset `from`.
 * Returns 1 with its bytes in [*start,*end), 0 for none, or -1 when the
 * match ran into its limits (what users see as "pattern too costly").  All
 * matches in one text share its limits: begin with a `from` of 0.
 */
int
re_find(struct re *, struct str text, size_t from, size_t *start, size_t *end);

void re_free(struct re *);

#endif
