/* SPDX-License-Identifier: ISC */
#include "common/utf_sse2.h"

#ifdef UTF_SSE2
#include <emmintrin.h>

size_t
utf_sse2_skip(struct str s)
{
	const __m128i tab = _mm_set1_epi8('\t'), lf = _mm_set1_epi8('\n');
	const __m128i cr = _mm_set1_epi8('\r'), del = _mm_set1_epi8(0x7f);
	const __m128i space = _mm_set1_epi8(' ');
	size_t i;

	for (i = 0; i + 16 <= s.n; i += 16) {
		__m128i v = _mm_loadu_si128((const void *)(s.p + i));
		__m128i fine = _mm_or_si128(_mm_cmpeq_epi8(v, tab),
		    _mm_or_si128(_mm_cmpeq_epi8(v, lf), _mm_cmpeq_epi8(v, cr)));
		/* Signed, so this takes controls and non-ASCII alike. */
		__m128i bad = _mm_or_si128(
		    _mm_andnot_si128(fine, _mm_cmpgt_epi8(space, v)),
		    _mm_cmpeq_epi8(v, del));

		if (_mm_movemask_epi8(bad) != 0)
			break;
	}
	return i;
}
#else
/* ISO C wants a declaration in every file. */
typedef int utf_sse2_unused;
#endif
