/* SPDX-License-Identifier: ISC */
#ifndef COMMON_UTF_AVX2_H
#define COMMON_UTF_AVX2_H

#include "common/str.h"

/*
 * utf_avx2 - utf_clean() in 32-byte steps, by table lookup.
 *
 * The method is that of Keiser and Lemire, "Validating UTF-8 in less than
 * one instruction per byte", Software: Practice and Experience 51 (2021).
 */

#if defined(__x86_64__) && defined(__GNUC__) && !defined(UTF_PORTABLE)
#define UTF_AVX2 1
/* Length of a clean prefix, ending between characters; may be short. */
size_t utf_avx2_skip(struct str);

/* Whether this machine has what utf_avx2_skip() uses. */
int utf_avx2_here(void);
#endif

#endif
