/* SPDX-License-Identifier: ISC */
#include "common/utf_avx2.h"

#ifdef UTF_AVX2
UTF_AVX2_CODE static inline __m256i controls(__m256i);
static size_t back_up(const unsigned char *, size_t);

int
utf_avx2_here(void)
{
	return __builtin_cpu_supports("avx2") != 0;
}

UTF_AVX2_CODE size_t
utf_avx2_skip(struct str s)
{
	__m256i before = _mm256_setzero_si256();
	size_t i = 0;

	while (i + 64 <= s.n) {
		__m256i a = _mm256_loadu_si256((const void *)(s.p + i));
		__m256i b = _mm256_loadu_si256((const void *)(s.p + i + 32));
		__m256i bad = _mm256_or_si256(controls(a), controls(b));
		__m256i high = _mm256_or_si256(_mm256_or_si256(a, b), before);

		/* `before` may end in an open sequence: look at it as well. */
		if (_mm256_movemask_epi8(high) != 0) {
			bad = _mm256_or_si256(bad, utf_avx2_damage(a, before));
			bad = _mm256_or_si256(bad, utf_avx2_damage(b, a));
		}
		if (!_mm256_testz_si256(bad, bad))
			break;
		before = b;
		i += 64;
	}
	return back_up(s.p, i);
}

/*
 * Controls of one byte, TAB, LF and CR excepted.  Looked up by half byte, as
 * utf_avx2_damage() does: bit 0 is for 0x, bit 1 for 1x, bit 2 for 7F.  A byte
 * from 0x80 on finds nothing, as the shuffle gives 0 where the top bit is set.
 */
UTF_AVX2_CODE static inline __m256i
controls(__m256i v)
{
	const __m256i nibble = _mm256_set1_epi8(0x0f);
	__m256i high = _mm256_shuffle_epi8(
	    UTF_AVX2_TWICE(1, 2, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0),
	    _mm256_and_si256(_mm256_srli_epi16(v, 4), nibble));
	__m256i low = _mm256_shuffle_epi8(
	    UTF_AVX2_TWICE(3, 3, 3, 3, 3, 3, 3, 3, 3, 2, 2, 3, 3, 2, 3, 7), v);

	return _mm256_and_si256(high, low);
}

/* The last place at or before `i` that no sequence spans. */
static size_t
back_up(const unsigned char *p, size_t i)
{
	size_t k;

	for (k = 1; k <= 3 && k <= i; k++)
		if (p[i - k] >= 0xc0)
			return i - k;
		else if (p[i - k] < 0x80)
			break;
	return i;
}
#else
/* ISO C wants a declaration in every file. */
typedef int utf_avx2_unused;
#endif
