/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_JSON_AVX2_H
#define DOCSPLIT_JSON_AVX2_H

#include <stddef.h>

#include "common/str.h"

/*
 * json_avx2 - passing over the inside of JSON strings in 64-byte steps,
 * escapes included, without a branch for each.
 *
 * The search for escaped characters is that of Langdale and Lemire, "Parsing
 * gigabytes of JSON per second", VLDB Journal 28 (2019), section 3.1.1.
 */

#if defined(__x86_64__) && defined(__GNUC__) && !defined(UTF_PORTABLE)
#define JSON_AVX2 1
/*
 * The length of a piece of string that `s`, which is inside a string and not
 * inside an escape, begins with; it ends outside of escapes.  May be short,
 * but if a quote, that ends the string, is found, it is up to there.  Sets
 * `*escaped` if the piece has a backslash.
 */
size_t json_avx2_skip(struct str s, int *escaped);

/*
 * Copy to `to` what `s` begins with, up to a quote, backslash or control, or
 * up to less than 32 bytes before its end.  Returns the bytes copied; up to
 * 31 more are written.
 */
size_t json_avx2_copy(unsigned char *to, struct str s);

/* Whether this machine has what these use. */
int json_avx2_here(void);
#endif

#endif
