/* SPDX-License-Identifier: ISC */
#include <stdint.h>

#include "cmd/docsplit/run_wide.h"

#ifdef UTF_AVX2
#define AVX512 __attribute__((target("avx2,avx512f,avx512bw")))

static run_wide_fn by_avx2, by_avx512;
UTF_AVX2_CODE static inline uint64_t pair(__m256i, __m256i);
UTF_AVX2_CODE static inline __m256i stops(__m256i);
UTF_AVX2_CODE static inline uint64_t wrong(__m256i, __m256i, __m256i);

run_wide_fn *
run_wide_here(void)
{
	run_wide_fn *best = run_wide_by(RUN_WIDE_AVX512);

	return best != NULL ? best : run_wide_by(RUN_WIDE_AVX2);
}

run_wide_fn *
run_wide_by(int which)
{
	if (which == RUN_WIDE_AVX2 && utf_avx2_here())
		return by_avx2;
	if (which == RUN_WIDE_AVX512 && utf_avx2_here() &&
	    __builtin_cpu_supports("avx512f") &&
	    __builtin_cpu_supports("avx512bw"))
		return by_avx512;
	return NULL;
}

UTF_AVX2_CODE static int
by_avx2(unsigned char **to, const unsigned char **from,
    const unsigned char *stop, int *doubt)
{
	const unsigned char *p = *from;
	unsigned char *w = *to;
	__m256i before = _mm256_setzero_si256();
	uint64_t found = 0, bad = 0;

	while (found == 0 && stop - p >= 64) {
		__m256i a = _mm256_loadu_si256((const void *)p);
		__m256i b = _mm256_loadu_si256((const void *)(p + 32));
		__m256i high = _mm256_or_si256(_mm256_or_si256(a, b), before);
		uint64_t here = 0;
		size_t n = 64;

		_mm256_storeu_si256((void *)w, a);
		_mm256_storeu_si256((void *)(w + 32), b);
		found = pair(stops(a), stops(b));
		if (_mm256_movemask_epi8(high) != 0)
			here = wrong(a, b, before);
		if (found != 0) {
			n = (size_t)__builtin_ctzll(found);
			/* A sequence that the stop cuts is wrong there. */
			here &= ((uint64_t)2 << n) - 1;
		}
		bad |= here;
		before = b;
		p += n;
		w += n;
	}
	*from = p;
	*to = w;
	/* What may be open at the end is for the caller to look at. */
	*doubt |= bad != 0 || (found == 0 && _mm256_movemask_epi8(before) != 0);
	return found != 0;
}

/* The same; what is not ASCII is still looked at by AVX2. */
AVX512 static int
by_avx512(unsigned char **to, const unsigned char **from,
    const unsigned char *stop, int *doubt)
{
	const __m512i low = _mm512_set1_epi8(0x20);
	const __m512i slash = _mm512_set1_epi8('\\');
	const __m512i del = _mm512_set1_epi8(0x7f);
	const unsigned char *p = *from;
	unsigned char *w = *to;
	__m256i before = _mm256_setzero_si256();
	uint64_t found = 0, bad = 0, open = 0;

	while (found == 0 && stop - p >= 64) {
		__m512i v = _mm512_loadu_si512((const void *)p);
		uint64_t high = _mm512_movepi8_mask(v), here = 0;
		size_t n = 64;

		_mm512_storeu_si512((void *)w, v);
		found = _mm512_cmplt_epu8_mask(v, low) |
			_mm512_cmpeq_epi8_mask(v, slash) |
			_mm512_cmpeq_epi8_mask(v, del);
		if ((high | open) != 0) {
			__m256i a = _mm512_castsi512_si256(v);
			__m256i b = _mm512_extracti64x4_epi64(v, 1);

			here = wrong(a, b, before);
			before = b;
		} else {
			before = _mm256_setzero_si256();
		}
		if (found != 0) {
			n = (size_t)__builtin_ctzll(found);
			here &= ((uint64_t)2 << n) - 1;
		}
		bad |= here;
		open = high >> 61;
		p += n;
		w += n;
	}
	*from = p;
	*to = w;
	*doubt |= bad != 0 || (found == 0 && open != 0);
	return found != 0;
}

/* The top bits of 64 bytes. */
UTF_AVX2_CODE static inline uint64_t
pair(__m256i a, __m256i b)
{
	return (uint32_t)_mm256_movemask_epi8(a) |
	       (uint64_t)(uint32_t)_mm256_movemask_epi8(b) << 32;
}

/* FF where a byte is a control character, DEL or a backslash. */
UTF_AVX2_CODE static inline __m256i
stops(__m256i v)
{
	const __m256i last = _mm256_set1_epi8(0x1f);
	__m256i named =
	    _mm256_or_si256(_mm256_cmpeq_epi8(v, _mm256_set1_epi8('\\')),
		_mm256_cmpeq_epi8(v, _mm256_set1_epi8(0x7f)));

	return _mm256_or_si256(
	    named, _mm256_cmpeq_epi8(_mm256_min_epu8(v, last), v));
}

/* A bit for each byte of `a` and `b`, which follow `before`, that is not
 * clean. */
UTF_AVX2_CODE static inline uint64_t
wrong(__m256i a, __m256i b, __m256i before)
{
	const __m256i zero = _mm256_setzero_si256();

	return ~pair(_mm256_cmpeq_epi8(utf_avx2_damage(a, before), zero),
	    _mm256_cmpeq_epi8(utf_avx2_damage(b, a), zero));
}
#else
run_wide_fn *
run_wide_here(void)
{
	return NULL;
}

run_wide_fn *
run_wide_by(int which)
{
	(void)which;
	return NULL;
}
#endif
