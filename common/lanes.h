/* SPDX-License-Identifier: ISC */
#ifndef COMMON_LANES_H
#define COMMON_LANES_H

#include <stdint.h>

#if defined(__SSE2__) && !defined(UTF_PORTABLE)
#include <emmintrin.h>
#endif

/*
 * lanes - eight 16-bit integers side by side: what the tagger adds up.  Sums
 * stop at the ends of the range.  A test holds the two versions equal.
 */

#define LANES 8

struct lanes {
	_Alignas(16) int16_t v[LANES];
};

static inline struct lanes
lanes_add_portable(struct lanes a, const int16_t *row)
{
	int i;

	for (i = 0; i < LANES; i++) {
		int sum = a.v[i] + row[i];

		a.v[i] = (int16_t)(sum > INT16_MAX   ? INT16_MAX
				   : sum < INT16_MIN ? INT16_MIN
						     : sum);
	}
	return a;
}

/* Whether any of the eight is above `least`. */
static inline int
lanes_above_portable(struct lanes a, int16_t least)
{
	int i, any = 0;

	for (i = 0; i < LANES; i++)
		any |= a.v[i] > least;
	return any;
}

/* Add eight integers that begin at a multiple of 16 bytes. */
#if defined(__SSE2__) && !defined(UTF_PORTABLE)
static inline struct lanes
lanes_add(struct lanes a, const int16_t *row)
{
	_mm_store_si128(
	    (void *)a.v, _mm_adds_epi16(_mm_load_si128((const void *)a.v),
			     _mm_load_si128((const void *)row)));
	return a;
}

static inline int
lanes_above(struct lanes a, int16_t least)
{
	return _mm_movemask_epi8(_mm_cmpgt_epi16(
		   _mm_load_si128((const void *)a.v), _mm_set1_epi16(least))) !=
	       0;
}
#else
#define lanes_add   lanes_add_portable
#define lanes_above lanes_above_portable
#endif

#endif
