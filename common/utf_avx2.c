/* SPDX-License-Identifier: ISC */
#include "common/utf_avx2.h"

#ifdef UTF_AVX2
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))

/* What two neighbouring bytes can be guilty of, one bit each (the paper's
 * table 8); an error needs all three lookups to agree. */
enum {
	TOO_SHORT = 1,
	TOO_LONG = 2,
	OVERLONG_3 = 4,
	TOO_LARGE = 8,
	SURROGATE = 16,
	OVERLONG_2 = 32,
	TOO_LARGE_1000 = 64,
	OVERLONG_4 = 64,
	TWO_CONTS = 128,
	CARRY = TOO_SHORT | TOO_LONG | TWO_CONTS
};

#define TWICE(...) _mm256_setr_epi8(__VA_ARGS__, __VA_ARGS__)
#define BITS(x)    ((char)(unsigned char)(x))

AVX2 static inline __m256i damage(__m256i, __m256i);
AVX2 static inline __m256i controls(__m256i);
static size_t back_up(const unsigned char *, size_t);

int
utf_avx2_here(void)
{
	return __builtin_cpu_supports("avx2") != 0;
}

AVX2 size_t
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
			bad = _mm256_or_si256(bad, damage(a, before));
			bad = _mm256_or_si256(bad, damage(b, a));
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
 * damage() does: bit 0 is for 0x, bit 1 for 1x, bit 2 for 7F.  A byte from
 * 0x80 on finds nothing, as the shuffle gives 0 where the top bit is set.
 */
AVX2 static inline __m256i
controls(__m256i v)
{
	const __m256i nibble = _mm256_set1_epi8(0x0f);
	__m256i high = _mm256_shuffle_epi8(
	    TWICE(1, 2, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0),
	    _mm256_and_si256(_mm256_srli_epi16(v, 4), nibble));
	__m256i low = _mm256_shuffle_epi8(
	    TWICE(3, 3, 3, 3, 3, 3, 3, 3, 3, 2, 2, 3, 3, 2, 3, 7), v);

	return _mm256_and_si256(high, low);
}

/* Non-zero where `v`, which follows `before`, is ill-formed or has C1. */
AVX2 static inline __m256i
damage(__m256i v, __m256i before)
{
	const __m256i nibble = _mm256_set1_epi8(0x0f);
	__m256i join = _mm256_permute2x128_si256(before, v, 0x21);
	__m256i p1 = _mm256_alignr_epi8(v, join, 15);
	__m256i p2 = _mm256_alignr_epi8(v, join, 14);
	__m256i p3 = _mm256_alignr_epi8(v, join, 13);
	__m256i p1_high = _mm256_shuffle_epi8(
	    TWICE(TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
		TOO_LONG, TOO_LONG, BITS(TWO_CONTS), BITS(TWO_CONTS),
		BITS(TWO_CONTS), BITS(TWO_CONTS), TOO_SHORT | OVERLONG_2,
		TOO_SHORT, TOO_SHORT | OVERLONG_3 | SURROGATE,
		TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4),
	    _mm256_and_si256(_mm256_srli_epi16(p1, 4), nibble));
	__m256i p1_low = _mm256_shuffle_epi8(
	    TWICE(BITS(CARRY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4),
		BITS(CARRY | OVERLONG_2), BITS(CARRY), BITS(CARRY),
		BITS(CARRY | TOO_LARGE),
		BITS(CARRY | TOO_LARGE | TOO_LARGE_1000),
		BITS(CARRY | TOO_LARGE | TOO_LARGE_1000),
		BITS(CARRY | TOO_LARGE | TOO_LARGE_1000),
		BITS(CARRY | TOO_LARGE | TOO_LARGE_1000),
		BITS(CARRY | TOO_LARGE | TOO_LARGE_1000),
		BITS(CARRY | TOO_LARGE | TOO_LARGE_1000),
		BITS(CARRY | TOO_LARGE | TOO_LARGE_1000),
		BITS(CARRY | TOO_LARGE | TOO_LARGE_1000),
		BITS(CARRY | TOO_LARGE | TOO_LARGE_1000 | SURROGATE),
		BITS(CARRY | TOO_LARGE | TOO_LARGE_1000),
		BITS(CARRY | TOO_LARGE | TOO_LARGE_1000)),
	    _mm256_and_si256(p1, nibble));
	__m256i v_high = _mm256_shuffle_epi8(
	    TWICE(TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
		TOO_SHORT, TOO_SHORT, TOO_SHORT,
		BITS(TOO_LONG | OVERLONG_2 | TWO_CONTS | OVERLONG_3 |
		     TOO_LARGE_1000 | OVERLONG_4),
		BITS(
		    TOO_LONG | OVERLONG_2 | TWO_CONTS | OVERLONG_3 | TOO_LARGE),
		BITS(TOO_LONG | OVERLONG_2 | TWO_CONTS | SURROGATE | TOO_LARGE),
		BITS(TOO_LONG | OVERLONG_2 | TWO_CONTS | SURROGATE | TOO_LARGE),
		TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT),
	    _mm256_and_si256(_mm256_srli_epi16(v, 4), nibble));
	__m256i pair =
	    _mm256_and_si256(_mm256_and_si256(p1_high, p1_low), v_high);
	/* Third and fourth bytes must be, and alone may be, TWO_CONTS. */
	__m256i third = _mm256_subs_epu8(p2, _mm256_set1_epi8(0x60));
	__m256i fourth = _mm256_subs_epu8(p3, _mm256_set1_epi8(0x70));
	__m256i must = _mm256_and_si256(
	    _mm256_or_si256(third, fourth), _mm256_set1_epi8(BITS(0x80)));
	/* C2 80 to C2 9F are the C1 controls. */
	__m256i c1 = _mm256_and_si256(
	    _mm256_cmpeq_epi8(p1, _mm256_set1_epi8(BITS(0xc2))),
	    _mm256_cmpgt_epi8(_mm256_set1_epi8(BITS(0xa0)), v));

	return _mm256_or_si256(_mm256_xor_si256(must, pair), c1);
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
