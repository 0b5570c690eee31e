/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_RUN_AVX2_H
#define DOCSPLIT_RUN_AVX2_H

#include <stddef.h>

#include "common/utf_avx2.h"

/* run_avx2 - copying and looking in 64-byte steps; utf_avx2_here() allows. */

#ifdef UTF_AVX2
/*
 * Copy from `*p` to `*w` up to the first control character or backslash
 * before `stop`, and move both there.  Returns 1, or 0 if there is none as far
 * as was looked, to less than 64 bytes before `stop`.  Up to 64 bytes more are
 * written.  `*doubt` is set to 1 if what was copied may not be clean.
 */
int run_avx2_copy(unsigned char **w, const unsigned char **p,
    const unsigned char *stop, int *doubt);
#endif

#endif
