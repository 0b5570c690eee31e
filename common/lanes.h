/* SPDX-License-Identifier: ISC */
#ifndef COMMON_LANES_H
#define COMMON_LANES_H

#include <stddef.h>
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

/* Add the rows of `table` that `row` lists, one after the other. */
static inline struct lanes
lanes_rows_portable(
    struct lanes a, const int16_t *table, const uint32_t *row, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		a = lanes_add_portable(a, table + (size_t)row[i] * LANES);
	return a;
}

/* Add five, from the first on. */
static inline struct lanes
lanes_five_portable(const struct lanes *a, const struct lanes *b,
    const struct lanes *c, const struct lanes *d, const struct lanes *e)
{
	struct lanes sum = lanes_add_portable(*a, b->v);

	sum = lanes_add_portable(sum, c->v);
	sum = lanes_add_portable(sum, d->v);
	return lanes_add_portable(sum, e->v);
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

static inline __m128i
lanes_load(const int16_t *row)
{
	return _mm_load_si128((const void *)row);
}

/* The sum stays in a register. */
static inline struct lanes
lanes_rows(struct lanes a, const int16_t *table, const uint32_t *row, size_t n)
{
	__m128i sum = lanes_load(a.v);
	size_t i;

	for (i = 0; i < n; i++)
		sum = _mm_adds_epi16(
		    sum, lanes_load(table + (size_t)row[i] * LANES));
	_mm_store_si128((void *)a.v, sum);
	return a;
}

static inline struct lanes
lanes_five(const struct lanes *a, const struct lanes *b, const struct lanes *c,
    const struct lanes *d, const struct lanes *e)
{
	struct lanes all;
	__m128i sum = lanes_load(a->v);

	sum = _mm_adds_epi16(sum, lanes_load(b->v));
	sum = _mm_adds_epi16(sum, lanes_load(c->v));
	sum = _mm_adds_epi16(sum, lanes_load(d->v));
	sum = _mm_adds_epi16(sum, lanes_load(e->v));
	_mm_store_si128((void *)all.v, sum);
	return all;
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
#define lanes_rows  lanes_rows_portable
#define lanes_five  lanes_five_portable
#define lanes_above lanes_above_portable
#endif

#endif
