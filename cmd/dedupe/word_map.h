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
/* Bytes of `v` that are `n` or less from `first` on. */
static inline __m128i
word_map_range(__m128i v, char first, char n)
{
	__m128i off = _mm_sub_epi8(v, _mm_set1_epi8(first));

	return _mm_cmpeq_epi8(_mm_min_epu8(off, _mm_set1_epi8(n)), off);
}

static inline uint64_t
word_map_16(const unsigned char *p)
{
	__m128i v = _mm_loadu_si128((const void *)p);
	__m128i low = _mm_or_si128(v, _mm_set1_epi8(0x20));
	__m128i word = _mm_or_si128(
	    word_map_range(low, 'a', 25), word_map_range(v, '0', 9));

	/* Bytes from 0x80 on are neither, and have the bit that counts. */
	return (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_or_si128(word, v));
}

static inline uint64_t
word_map_64(const unsigned char *p)
{
	return word_map_16(p) | word_map_16(p + 16) << 16 |
	       word_map_16(p + 32) << 32 | word_map_16(p + 48) << 48;
}
#else
#define word_map_64 word_map_portable
#endif

#endif
