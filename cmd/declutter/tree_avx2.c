/* SPDX-License-Identifier: ISC */
#include "cmd/declutter/tree_avx2.h"

#ifdef TREE_AVX2
#include <immintrin.h>

#define CODE __attribute__((target("avx2")))

CODE static inline __m256i
leaves(const struct tree *, const struct columns *, const uint8_t *);
CODE static inline __m256i sixteen(const int8_t *, __m256i);

int
tree_avx2_here(void)
{
	return __builtin_cpu_supports("avx2") != 0;
}

CODE void
tree_avx2_sums(const struct tree_list *l, const struct columns *c, int16_t *sum)
{
	size_t i, k;

	for (i = 0; i < c->n; i += COLUMN_STEP) {
		const uint8_t *v = column_at(c, 0) + i;
		__m256i low = _mm256_set1_epi16(l->base), high = low;

		for (k = 0; k < l->n; k++) {
			__m256i x = leaves(&l->v[k], c, v);

			low = _mm256_add_epi16(low,
			    _mm256_cvtepi8_epi16(_mm256_castsi256_si128(x)));
			high = _mm256_add_epi16(
			    high, _mm256_cvtepi8_epi16(
				      _mm256_extracti128_si256(x, 1)));
		}
		_mm256_storeu_si256((void *)(sum + i), low);
		_mm256_storeu_si256((void *)(sum + i + 16), high);
	}
}

/* What a tree says of 32 blocks; column 0 of the first is at `v`. */
CODE static inline __m256i
leaves(const struct tree *t, const struct columns *c, const uint8_t *v)
{
	__m256i leaf = _mm256_setzero_si256(), low, high, x;
	int k;

	for (k = 0; k < TREE_DEPTH; k++) {
		__m256i bound = _mm256_set1_epi8((char)t->bound[k]);

		x = _mm256_loadu_si256(
		    (const void *)(v + t->column[k] * c->stride + t->step[k]));
		x = _mm256_cmpeq_epi8(_mm256_max_epu8(x, bound), x);
		leaf = _mm256_or_si256(leaf,
		    _mm256_and_si256(x, _mm256_set1_epi8((char)(1 << k))));
	}
	/* The lower four bits pick from each sixteen leaves, then bits 4 and 5
	 * pick among these: moved up to where a blend looks. */
	x = _mm256_slli_epi16(leaf, 3);
	low = _mm256_blendv_epi8(
	    sixteen(t->leaf, leaf), sixteen(t->leaf + 16, leaf), x);
	high = _mm256_blendv_epi8(
	    sixteen(t->leaf + 32, leaf), sixteen(t->leaf + 48, leaf), x);
	return _mm256_blendv_epi8(low, high, _mm256_slli_epi16(leaf, 2));
}

/* Bits 0 to 3 of the index count; a shuffle also heeds bit 7, which is 0. */
CODE static inline __m256i
sixteen(const int8_t *leaf, __m256i index)
{
	return _mm256_shuffle_epi8(
	    _mm256_broadcastsi128_si256(_mm_loadu_si128((const void *)leaf)),
	    index);
}
#endif
