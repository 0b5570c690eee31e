/* SPDX-License-Identifier: ISC */
#ifndef COMMON_TOK_MAP_H
#define COMMON_TOK_MAP_H

#include <stdint.h>

#if defined(__SSE2__) && !defined(UTF_PORTABLE)
#include <emmintrin.h>
#endif

/*
 * tok_map - what 64 bytes are; bit i is byte i.  A test holds the two
 * versions equal.
 */
struct tok_map {
	uint64_t word;  /* ASCII letters, digits and "_" */
	uint64_t upper; /* of them, A to Z */
	uint64_t digit; /* of them, 0 to 9 */
	uint64_t line;  /* of them, "_" */
	uint64_t blank; /* space, tab, line feed, carriage return */
	uint64_t high;  /* 0x80 and above */
};

static inline struct tok_map
tok_map_portable(const unsigned char *p)
{
	struct tok_map m = {0, 0, 0, 0, 0, 0};
	int i;

	for (i = 0; i < 64; i++) {
		unsigned char c = p[i];
		uint64_t bit = (uint64_t)1 << i;

		if (c >= 0x80)
			m.high |= bit;
		if (c >= 'A' && c <= 'Z')
			m.upper |= bit;
		if (c >= '0' && c <= '9')
			m.digit |= bit;
		if (c == '_')
			m.line |= bit;
		if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
			m.blank |= bit;
		if (c >= 'a' && c <= 'z')
			m.word |= bit;
	}
	m.word |= m.upper | m.digit | m.line;
	return m;
}

#if defined(__SSE2__) && !defined(UTF_PORTABLE)
/* The bytes in [low,high], both ASCII.  Compares are signed: bytes from 0x80
 * on are below all others. */
static inline __m128i
tok_map_range(__m128i v, char low, char high)
{
	return _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8((char)(low - 1))),
	    _mm_cmplt_epi8(v, _mm_set1_epi8((char)(high + 1))));
}

static inline uint64_t
tok_map_bits(__m128i v, int at)
{
	return (uint64_t)(uint32_t)_mm_movemask_epi8(v) << at;
}

static inline struct tok_map
tok_map_64(const unsigned char *p)
{
	struct tok_map m = {0, 0, 0, 0, 0, 0};
	int i;

	for (i = 0; i < 64; i += 16) {
		__m128i v = _mm_loadu_si128((const void *)(p + i));
		__m128i digit = tok_map_range(v, '0', '9');
		__m128i line = _mm_cmpeq_epi8(v, _mm_set1_epi8('_'));
		__m128i letter = tok_map_range(
		    _mm_or_si128(v, _mm_set1_epi8(0x20)), 'a', 'z');
		__m128i upper = tok_map_range(v, 'A', 'Z');
		/* Of 9 to 13, all but two. */
		__m128i gap = _mm_or_si128(tok_map_range(v, '\t', '\n'),
		    _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(' ')),
			_mm_cmpeq_epi8(v, _mm_set1_epi8('\r'))));

		m.word |= tok_map_bits(
		    _mm_or_si128(letter, _mm_or_si128(digit, line)), i);
		m.upper |= tok_map_bits(upper, i);
		m.digit |= tok_map_bits(digit, i);
		m.line |= tok_map_bits(line, i);
		m.blank |= tok_map_bits(gap, i);
		m.high |= tok_map_bits(v, i);
	}
	return m;
}
#else
#define tok_map_64 tok_map_portable
#endif

#endif
