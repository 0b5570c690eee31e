/* SPDX-License-Identifier: ISC */
#ifndef COMMON_PIECE_H
#define COMMON_PIECE_H

#include <stddef.h>

#include "common/str.h"

/*
 * piece - blocks of absurd length in parts, so that what is kept for each
 * token is bounded.  No article has such a block; names are not looked for
 * across the seam.
 */

#define PIECE_MAX ((size_t)128 << 10) /* bytes */

/*
 * The end of the part of clean text that begins at `from`: the end of the
 * text if that is near, else behind white space where there is some in the
 * last kilobyte, else between two characters.
 */
size_t piece_end(struct str text, size_t from);

#endif
