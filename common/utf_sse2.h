/* SPDX-License-Identifier: ISC */
#ifndef COMMON_UTF_SSE2_H
#define COMMON_UTF_SSE2_H

#include "common/str.h"

/* utf_sse2 - utf_clean() for x86-64: 16 ASCII bytes a step, else by hand. */

#if defined(__SSE2__) && !defined(UTF_PORTABLE)
#define UTF_SSE2 1
/* Length of a clean prefix, ending between characters; may be short. */
size_t utf_sse2_skip(struct str);
#endif

#endif
