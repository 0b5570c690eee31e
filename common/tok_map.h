/* SPDX-License-Identifier: ISC */
#ifndef COMMON_TOK_MAP_H
#define COMMON_TOK_MAP_H

#include <stdint.h>

#if defined(__SSE2__) && !defined(UTF_PORTABLE)
#include <emmintrin.h>
#endif

/*
 * tok_map - which of 64 bytes may belong to a word: ASCII letters, digits,
 * "_" and all bytes from 0x80 on (`word`), and the latter alone (`high`).
 * Bit i is byte i.  A test holds the two versions equal.
 */
struct tok_map {
	uint64_t word, high;
};

static inline struct tok_map
tok_map_portable(const unsigned char *p)
{
	struct tok_map m = {0, 0};
	int i;

	for (i = 0; i < 64; i++) {
		unsigned char c = p[i];
		unsigned char letter = (unsigned char)((c | 0x20) - 'a');
		unsigned char digit = (unsigned char)(c - '0');
		uint64_t high = c >= 0x80;

		m.high |= high << i;
		m.word |=
		    (uint64_t)(letter < 26 || digit < 10 || c == '_' || high)
		    << i;
	}
	return m;
}

#if defined(__SSE2__) && !defined(UTF_PORTABLE)
static inline struct tok_map
tok_map_64(const unsigned char *p)
{
	const __m128i space = _mm_set1_epi8(0x20), line = _mm_set1_epi8('_');
	struct tok_map m = {0, 0};
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
		__m128i word = _mm_or_si128(_mm_or_si128(letter, digit),
		    _mm_or_si128(_mm_cmpeq_epi8(v, line), v));

		m.word |= (uint64_t)(uint32_t)_mm_movemask_epi8(word) << 16 * i;
		m.high |= (uint64_t)(uint32_t)_mm_movemask_epi8(v) << 16 * i;
	}
	return m;
}
#else
#define tok_map_64 tok_map_portable
#endif

#endif
