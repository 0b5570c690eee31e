/* SPDX-License-Identifier: ISC */
#ifndef COMMON_ESCAPE_H
#define COMMON_ESCAPE_H

#include "common/str.h"

#if defined(__SSE2__) && !defined(UTF_PORTABLE)
#include <emmintrin.h>
#endif

/* escape - the four bytes that a field of a row may not hold as they are. */

/* The letter that stands for `c` behind a backslash, 0 if it needs none. */
static inline unsigned char
escape_letter(unsigned char c)
{
	switch (c) {
	case '\t':
		return 't';
	case '\n':
		return 'n';
	case '\r':
		return 'r';
	case '\\':
		return '\\';
	default:
		return 0;
	}
}

/* The length of what `s` begins with and needs no escape. */
static inline size_t
escape_run(struct str s)
{
	size_t i = 0;

#if defined(__SSE2__) && !defined(UTF_PORTABLE)
	for (; i + 16 <= s.n; i += 16) {
		__m128i v = _mm_loadu_si128((const void *)(s.p + i));
		__m128i hit = _mm_or_si128(
		    _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\t')),
			_mm_cmpeq_epi8(v, _mm_set1_epi8('\n'))),
		    _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\r')),
			_mm_cmpeq_epi8(v, _mm_set1_epi8('\\'))));
		unsigned int found = (unsigned int)_mm_movemask_epi8(hit);

		if (found != 0)
			return i + (size_t)__builtin_ctz(found);
	}
#endif
	while (i < s.n && escape_letter(s.p[i]) == 0)
		i++;
	return i;
}

#endif
