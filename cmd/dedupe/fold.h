/* SPDX-License-Identifier: ISC */
#ifndef DEDUPE_FOLD_H
#define DEDUPE_FOLD_H

#include <stddef.h>

#include "common/str.h"

/*
 * fold - text without what retyping, restyling or rewrapping changes: its
 * letters (lower case), digits and marks, one space between runs of them.
 */

/*
 * Append the folded `s` to `to`, which has room for 2 * s.n + 1 bytes.
 * Returns the bytes written, a space last if any.  So texts folded one
 * behind the other are the same as folded at once with a line between.
 */
size_t fold_text(unsigned char *to, struct str s);

#endif
