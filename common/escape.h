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

#if defined(__SSE2__) && !defined(UTF_PORTABLE)
/* A bit for each of 16 bytes that needs an escape. */
static inline unsigned int
escape_map(__m128i v)
{
	__m128i hit =
	    _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\t')),
			     _mm_cmpeq_epi8(v, _mm_set1_epi8('\n'))),
		_mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\r')),
		    _mm_cmpeq_epi8(v, _mm_set1_epi8('\\'))));

	return (unsigned int)_mm_movemask_epi8(hit);
}
#endif

/*
 * Copy `s` to `to`, which has room for 2 * s.n + 16 bytes, escaping what
 * needs it.  Returns the bytes written.  Copying and looking are one pass.
 */
static inline size_t
escape_copy(unsigned char *to, struct str s)
{
	unsigned char *w = to;
	size_t i = 0;

#if defined(__SSE2__) && !defined(UTF_PORTABLE)
	while (i + 16 <= s.n) {
		__m128i v = _mm_loadu_si128((const void *)(s.p + i));
		unsigned int found = escape_map(v);
		size_t n = found == 0 ? 16 : (size_t)__builtin_ctz(found);

		_mm_storeu_si128((void *)w, v);
		w += n;
		i += n;
		if (found != 0) {
			*w++ = '\\';
			*w++ = escape_letter(s.p[i++]);
		}
	}
	if (i < s.n) {
		unsigned char tail[16] = {0};
		__m128i v;

		memcpy(tail, s.p + i, s.n - i);
		v = _mm_loadu_si128((const void *)tail);
		if (escape_map(v) == 0) {
			_mm_storeu_si128((void *)w, v);
			return (size_t)(w - to) + s.n - i;
		}
	}
#endif
	for (; i < s.n; i++) {
		unsigned char letter = escape_letter(s.p[i]);

		if (letter != 0)
			*w++ = '\\';
		*w++ = letter != 0 ? letter : s.p[i];
	}
	return (size_t)(w - to);
}

#endif
