/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_RUN_WIDE_H
#define DOCSPLIT_RUN_WIDE_H

#include "common/utf_avx2.h"

/*
 * run_wide - copying and looking in 64-byte steps, where the machine can.
 *
 * Copy from `*from` to `*to` up to the first control character, DEL or
 * backslash before `stop`, and move both there.  Returns 1, or 0 if there is
 * none as far as was looked, to less than 64 bytes before `stop`.  Up to 64
 * bytes more are written.  `*doubt` is set to 1 if what was copied may not be
 * clean.
 */
typedef int run_wide_fn(unsigned char **to, const unsigned char **from,
    const unsigned char *stop, int *doubt);

/* What this machine can do: AVX-512, AVX2, or NULL for neither. */
run_wide_fn *run_wide_here(void);

/* The same by number, for the test that holds them equal; NULL where the
 * machine cannot. */
enum { RUN_WIDE_AVX2, RUN_WIDE_AVX512, RUN_WIDES };
run_wide_fn *run_wide_by(int which);

#endif
