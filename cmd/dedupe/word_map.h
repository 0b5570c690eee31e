/* SPDX-License-Identifier: ISC */
#ifndef DEDUPE_WORD_MAP_H
#define DEDUPE_WORD_MAP_H

#include <stdint.h>

#if defined(__SSE2__) && !defined(UTF_PORTABLE)
#include <emmintrin.h>
#endif

/*
 * word_map - which of 64 bytes belong to a word of folded text: ASCII letters
 * and digits, and all bytes from 0x80 on.  Bit i is byte i.  A test holds the
 * two versions equal.
 */
static inline uint64_t
word_map_portable(const unsigned char *p)
{
	uint64_t map = 0;
	int i;

	for (i = 0; i < 64; i++) {
		unsigned char letter = (unsigned char)((p[i] | 0x20) - 'a');
		unsigned char digit = (unsigned char)(p[i] - '0');

		map |= (uint64_t)(letter < 26 || digit < 10 || p[i] >= 0x80)
		       << i;
	}
	return map;
}

#if defined(__SSE2__) && !defined(UTF_PORTABLE)
static inline uint64_t
word_map_64(const unsigned char *p)
{
	const __m128i space = _mm_set1_epi8(0x20);
	uint64_t map = 0;
	int i;

	for (i = 0; i < 4; i++) {
		__m128i v = _mm_loadu_si128((const void *)(p + 16 * i));
		__m128i low = _mm_or_si128(v, space);
		/* Signed compares: bytes from 0x80 on fail both and are
		 * taken from the sign bit. */
		__m128i letter =
		    _mm_and_si128(_mm_cmpgt_epi8(low, _mm_set1_epi8('a' - 1)),
			_mm_cmplt_epi8(low, _mm_set1_epi8('z' + 1)));
		__m128i digit =
		    _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8('0' - 1)),
			_mm_cmplt_epi8(v, _mm_set1_epi8('9' + 1)));
		__m128i word = _mm_or_si128(_mm_or_si128(letter, digit), v);

		map |= (uint64_t)(uint32_t)_mm_movemask_epi8(word) << 16 * i;
	}
	return map;
}
#else
#define word_map_64 word_map_portable
#endif

#endif
