/* SPDX-License-Identifier: ISC */
#include "cmd/docsplit/json_avx2.h"

#ifdef JSON_AVX2
#include <immintrin.h>
#include <stdint.h>

#define AVX2 __attribute__((target("avx2")))

/* Classes of byte, as classify() finds them. */
enum {
	LETTERS = 0x0f, /* may follow a backslash: one bit for each high half */
	HEX = 0x30      /* digits, and letters */
};

/* The bytes of 64 that are something, one bit each, the first lowest. */
typedef uint64_t map;

#define TWICE(...) _mm256_setr_epi8(__VA_ARGS__, __VA_ARGS__)

AVX2 static inline int all_plain(__m256i, __m256i);
AVX2 static inline map match(__m256i, __m256i, char);
AVX2 static inline map controls(__m256i, __m256i);
AVX2 static inline __m256i classify(__m256i);
AVX2 static inline map having(__m256i, __m256i, char);
static inline map after_backslash(map);

int
json_avx2_here(void)
{
	return __builtin_cpu_supports("avx2") != 0;
}

AVX2 size_t
json_avx2_skip(struct str s, int *escaped)
{
	size_t i = 0;

	while (s.n - i >= 64) {
		__m256i a = _mm256_loadu_si256((const void *)(s.p + i));
		__m256i b = _mm256_loadu_si256((const void *)(s.p + i + 32));
		map backslash, stop, after, u, digits, before, cut;

		if (all_plain(a, b)) {
			i += 64;
			continue;
		}
		backslash = match(a, b, '\\');
		stop = match(a, b, '"') | controls(a, b);
		if (backslash == 0)
			return i + (size_t)__builtin_ctzll(stop);
		after = after_backslash(backslash);
		u = match(a, b, 'u') & after;
		digits = u << 1 | u << 2 | u << 3 | u << 4;
		stop &= ~after;
		/* All bits up to the lowest one of `stop`, with it. */
		before = stop ^ (stop - 1);
		a = classify(a);
		b = classify(b);
		if (((after & ~having(a, b, LETTERS)) |
			(digits & ~having(a, b, HEX))) &
		    before)
			break;
		*escaped |= (backslash & before) != 0;
		if (stop != 0)
			return i + (size_t)__builtin_ctzll(stop);
		/* An escape that the block's end cuts begins the next. */
		cut = backslash & ~after & (u >> 1 | (map)1 << 63) &
		      ~(map)0 << 59;
		i += cut == 0 ? 64 : (size_t)__builtin_ctzll(cut);
	}
	return i;
}

AVX2 size_t
json_avx2_copy(unsigned char *to, struct str s)
{
	const __m256i quote = _mm256_set1_epi8('"');
	const __m256i backslash = _mm256_set1_epi8('\\');
	const __m256i control = _mm256_set1_epi8(0x1f);
	size_t i;

	for (i = 0; s.n - i >= 32; i += 32) {
		__m256i v = _mm256_loadu_si256((const void *)(s.p + i));
		__m256i hit =
		    _mm256_or_si256(_mm256_or_si256(_mm256_cmpeq_epi8(v, quote),
					_mm256_cmpeq_epi8(v, backslash)),
			_mm256_cmpeq_epi8(_mm256_min_epu8(v, control), v));
		int found = _mm256_movemask_epi8(hit);

		_mm256_storeu_si256((void *)(to + i), v);
		if (found != 0)
			return i + (size_t)__builtin_ctz((unsigned int)found);
	}
	return i;
}

/* Whether none of the bytes is a quote, a backslash or a control. */
AVX2 static inline int
all_plain(__m256i a, __m256i b)
{
	const __m256i quote = _mm256_set1_epi8('"');
	const __m256i backslash = _mm256_set1_epi8('\\');
	const __m256i control = _mm256_set1_epi8(0x1f);
	__m256i least = _mm256_min_epu8(a, b);
	__m256i found =
	    _mm256_or_si256(_mm256_or_si256(_mm256_cmpeq_epi8(a, quote),
				_mm256_cmpeq_epi8(b, quote)),
		_mm256_or_si256(_mm256_cmpeq_epi8(a, backslash),
		    _mm256_cmpeq_epi8(b, backslash)));

	found = _mm256_or_si256(
	    found, _mm256_cmpeq_epi8(_mm256_min_epu8(least, control), least));
	return _mm256_testz_si256(found, found);
}

/* Given all backslashes: the bytes that are escaped by one before them. */
static inline map
after_backslash(map backslash)
{
	const map odd = 0xaaaaaaaaaaaaaaaa;
	map next = backslash << 1;

	/* The carry of the subtraction runs through each row of them. */
	return (((next | odd) - backslash) ^ odd ^ backslash) & next;
}

AVX2 static inline map
match(__m256i a, __m256i b, char c)
{
	const __m256i v = _mm256_set1_epi8(c);
	map low = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, v));
	map high = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(b, v));

	return low | high << 32;
}

AVX2 static inline map
controls(__m256i a, __m256i b)
{
	const __m256i most = _mm256_set1_epi8(0x1f);
	map low = (uint32_t)_mm256_movemask_epi8(
	    _mm256_cmpeq_epi8(_mm256_min_epu8(a, most), a));
	map high = (uint32_t)_mm256_movemask_epi8(
	    _mm256_cmpeq_epi8(_mm256_min_epu8(b, most), b));

	return low | high << 32;
}

/*
 * Bits of LETTERS for the bytes `"` (1), `\` (2), b f (4), n r t u (8 and 4),
 * `/` (1); bits of HEX for 0 to 9 and A to F.  Looked up by half byte; a byte
 * from 0x80 on finds nothing, as the shuffle gives 0 where the top bit is set.
 */
AVX2 static inline __m256i
classify(__m256i v)
{
	const __m256i nibble = _mm256_set1_epi8(0x0f);
	__m256i high = _mm256_shuffle_epi8(
	    TWICE(0, 0, 1, 0x10, 0x20, 2, 0x24, 8, 0, 0, 0, 0, 0, 0, 0, 0),
	    _mm256_and_si256(_mm256_srli_epi16(v, 4), nibble));
	__m256i low =
	    _mm256_shuffle_epi8(TWICE(0x10, 0x30, 0x3d, 0x30, 0x38, 0x38, 0x34,
				    0x10, 0x10, 0x10, 0, 0, 2, 0, 4, 1),
		v);

	return _mm256_and_si256(high, low);
}

AVX2 static inline map
having(__m256i a, __m256i b, char bits)
{
	const __m256i v = _mm256_set1_epi8(bits), zero = _mm256_setzero_si256();
	map low = (uint32_t)_mm256_movemask_epi8(
	    _mm256_cmpeq_epi8(_mm256_and_si256(a, v), zero));
	map high = (uint32_t)_mm256_movemask_epi8(
	    _mm256_cmpeq_epi8(_mm256_and_si256(b, v), zero));

	return ~(low | high << 32);
}
#else
/* ISO C wants a declaration in every file. */
typedef int json_avx2_unused;
#endif
