/* SPDX-License-Identifier: ISC */
#include "cmd/docsplit/run_avx2.h"

#ifdef UTF_AVX2
#include <stdint.h>

UTF_AVX2_CODE static inline uint32_t stops(__m256i);
UTF_AVX2_CODE static inline uint32_t not_zero(__m256i);

UTF_AVX2_CODE int
run_avx2_copy(unsigned char **to, const unsigned char **from,
    const unsigned char *stop, int *doubt)
{
	const unsigned char *p = *from;
	unsigned char *w = *to;
	const __m256i del = _mm256_set1_epi8(0x7f);
	__m256i before = _mm256_setzero_si256(), most = before;
	uint64_t found = 0, bad = 0;

	while (found == 0 && stop - p >= 64) {
		__m256i a = _mm256_loadu_si256((const void *)p);
		__m256i b = _mm256_loadu_si256((const void *)(p + 32));
		__m256i high = _mm256_or_si256(_mm256_or_si256(a, b), before);
		uint64_t wrong = 0;
		size_t n = 64;

		_mm256_storeu_si256((void *)w, a);
		_mm256_storeu_si256((void *)(w + 32), b);
		most = _mm256_max_epi8(most, _mm256_max_epi8(a, b));
		found = stops(a) | (uint64_t)stops(b) << 32;
		if (_mm256_movemask_epi8(high) != 0)
			wrong = not_zero(utf_avx2_damage(a, before)) |
				(uint64_t)not_zero(utf_avx2_damage(b, a)) << 32;
		if (found != 0) {
			n = (size_t)__builtin_ctzll(found);
			/* A sequence that the stop cuts is wrong there. */
			wrong &= ((uint64_t)2 << n) - 1;
		}
		bad |= wrong;
		before = b;
		p += n;
		w += n;
	}
	*from = p;
	*to = w;
	*doubt |= bad != 0 || not_zero(_mm256_cmpeq_epi8(most, del)) != 0;
	/* What may be open at the end is for the caller to look at. */
	*doubt |= found == 0 && _mm256_movemask_epi8(before) != 0;
	return found != 0;
}

/* A bit for each of 32 bytes that is a control character or a backslash. */
UTF_AVX2_CODE static inline uint32_t
stops(__m256i v)
{
	const __m256i last = _mm256_set1_epi8(0x1f);
	__m256i hit =
	    _mm256_or_si256(_mm256_cmpeq_epi8(_mm256_min_epu8(v, last), v),
		_mm256_cmpeq_epi8(v, _mm256_set1_epi8('\\')));

	return (uint32_t)_mm256_movemask_epi8(hit);
}
/* A bit for each of 32 bytes that is not zero. */
UTF_AVX2_CODE static inline uint32_t
not_zero(__m256i v)
{
	const __m256i zero = _mm256_setzero_si256();

	return ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(v, zero));
}
#else
/* A source file must hold something. */
typedef int run_avx2_unused;
#endif
