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

#include <immintrin.h>

#define UTF_AVX2_CODE __attribute__((target("avx2")))

/* Length of a clean prefix, ending between characters; may be short. */
size_t utf_avx2_skip(struct str);

/* Whether this machine has what these functions use. */
int utf_avx2_here(void);

/* What two neighbouring bytes can be guilty of, one bit each (the paper's
 * table 8); an error needs all three lookups to agree. */
enum {
	UTF_TOO_SHORT = 1,
	UTF_TOO_LONG = 2,
	UTF_OVERLONG_3 = 4,
	UTF_TOO_LARGE = 8,
	UTF_SURROGATE = 16,
	UTF_OVERLONG_2 = 32,
	UTF_TOO_LARGE_1000 = 64,
	UTF_OVERLONG_4 = 64,
	UTF_TWO_CONTS = 128,
	UTF_CARRY = UTF_TOO_SHORT | UTF_TOO_LONG | UTF_TWO_CONTS
};

#define UTF_AVX2_TWICE(...) _mm256_setr_epi8(__VA_ARGS__, __VA_ARGS__)
#define UTF_AVX2_BITS(x)    ((char)(unsigned char)(x))

/* Non-zero where `v`, which follows `before`, is ill-formed or has C1. */
UTF_AVX2_CODE static inline __m256i
utf_avx2_damage(__m256i v, __m256i before)
{
	const __m256i nibble = _mm256_set1_epi8(0x0f);
	__m256i join = _mm256_permute2x128_si256(before, v, 0x21);
	__m256i p1 = _mm256_alignr_epi8(v, join, 15);
	__m256i p2 = _mm256_alignr_epi8(v, join, 14);
	__m256i p3 = _mm256_alignr_epi8(v, join, 13);
	__m256i p1_high = _mm256_shuffle_epi8(
	    UTF_AVX2_TWICE(UTF_TOO_LONG, UTF_TOO_LONG, UTF_TOO_LONG,
		UTF_TOO_LONG, UTF_TOO_LONG, UTF_TOO_LONG, UTF_TOO_LONG,
		UTF_TOO_LONG, UTF_AVX2_BITS(UTF_TWO_CONTS),
		UTF_AVX2_BITS(UTF_TWO_CONTS), UTF_AVX2_BITS(UTF_TWO_CONTS),
		UTF_AVX2_BITS(UTF_TWO_CONTS), UTF_TOO_SHORT | UTF_OVERLONG_2,
		UTF_TOO_SHORT, UTF_TOO_SHORT | UTF_OVERLONG_3 | UTF_SURROGATE,
		UTF_TOO_SHORT | UTF_TOO_LARGE | UTF_TOO_LARGE_1000 |
		    UTF_OVERLONG_4),
	    _mm256_and_si256(_mm256_srli_epi16(p1, 4), nibble));
	__m256i p1_low = _mm256_shuffle_epi8(
	    UTF_AVX2_TWICE(UTF_AVX2_BITS(UTF_CARRY | UTF_OVERLONG_3 |
					 UTF_OVERLONG_2 | UTF_OVERLONG_4),
		UTF_AVX2_BITS(UTF_CARRY | UTF_OVERLONG_2),
		UTF_AVX2_BITS(UTF_CARRY), UTF_AVX2_BITS(UTF_CARRY),
		UTF_AVX2_BITS(UTF_CARRY | UTF_TOO_LARGE),
		UTF_AVX2_BITS(UTF_CARRY | UTF_TOO_LARGE | UTF_TOO_LARGE_1000),
		UTF_AVX2_BITS(UTF_CARRY | UTF_TOO_LARGE | UTF_TOO_LARGE_1000),
		UTF_AVX2_BITS(UTF_CARRY | UTF_TOO_LARGE | UTF_TOO_LARGE_1000),
		UTF_AVX2_BITS(UTF_CARRY | UTF_TOO_LARGE | UTF_TOO_LARGE_1000),
		UTF_AVX2_BITS(UTF_CARRY | UTF_TOO_LARGE | UTF_TOO_LARGE_1000),
		UTF_AVX2_BITS(UTF_CARRY | UTF_TOO_LARGE | UTF_TOO_LARGE_1000),
		UTF_AVX2_BITS(UTF_CARRY | UTF_TOO_LARGE | UTF_TOO_LARGE_1000),
		UTF_AVX2_BITS(UTF_CARRY | UTF_TOO_LARGE | UTF_TOO_LARGE_1000),
		UTF_AVX2_BITS(UTF_CARRY | UTF_TOO_LARGE | UTF_TOO_LARGE_1000 |
			      UTF_SURROGATE),
		UTF_AVX2_BITS(UTF_CARRY | UTF_TOO_LARGE | UTF_TOO_LARGE_1000),
		UTF_AVX2_BITS(UTF_CARRY | UTF_TOO_LARGE | UTF_TOO_LARGE_1000)),
	    _mm256_and_si256(p1, nibble));
	__m256i v_high = _mm256_shuffle_epi8(
	    UTF_AVX2_TWICE(UTF_TOO_SHORT, UTF_TOO_SHORT, UTF_TOO_SHORT,
		UTF_TOO_SHORT, UTF_TOO_SHORT, UTF_TOO_SHORT, UTF_TOO_SHORT,
		UTF_TOO_SHORT,
		UTF_AVX2_BITS(UTF_TOO_LONG | UTF_OVERLONG_2 | UTF_TWO_CONTS |
			      UTF_OVERLONG_3 | UTF_TOO_LARGE_1000 |
			      UTF_OVERLONG_4),
		UTF_AVX2_BITS(UTF_TOO_LONG | UTF_OVERLONG_2 | UTF_TWO_CONTS |
			      UTF_OVERLONG_3 | UTF_TOO_LARGE),
		UTF_AVX2_BITS(UTF_TOO_LONG | UTF_OVERLONG_2 | UTF_TWO_CONTS |
			      UTF_SURROGATE | UTF_TOO_LARGE),
		UTF_AVX2_BITS(UTF_TOO_LONG | UTF_OVERLONG_2 | UTF_TWO_CONTS |
			      UTF_SURROGATE | UTF_TOO_LARGE),
		UTF_TOO_SHORT, UTF_TOO_SHORT, UTF_TOO_SHORT, UTF_TOO_SHORT),
	    _mm256_and_si256(_mm256_srli_epi16(v, 4), nibble));
	__m256i pair =
	    _mm256_and_si256(_mm256_and_si256(p1_high, p1_low), v_high);
	/* Third and fourth bytes must be, and alone may be, UTF_TWO_CONTS. */
	__m256i third = _mm256_subs_epu8(p2, _mm256_set1_epi8(0x60));
	__m256i fourth = _mm256_subs_epu8(p3, _mm256_set1_epi8(0x70));
	__m256i must = _mm256_and_si256(_mm256_or_si256(third, fourth),
	    _mm256_set1_epi8(UTF_AVX2_BITS(0x80)));
	/* C2 80 to C2 9F are the C1 controls. */
	__m256i c1 = _mm256_and_si256(
	    _mm256_cmpeq_epi8(p1, _mm256_set1_epi8(UTF_AVX2_BITS(0xc2))),
	    _mm256_cmpgt_epi8(_mm256_set1_epi8(UTF_AVX2_BITS(0xa0)), v));

	return _mm256_or_si256(_mm256_xor_si256(must, pair), c1);
}
#endif

#endif
