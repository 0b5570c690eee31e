/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"

#include "cmd/declutter/again.h"

#define AGAIN_LONG 1000 /* words of a block that count */
#define EVEN       128  /* a chance of one half */
#define SURE       154  /* of 0.6 */
#define UNLIKELY   77   /* of 0.3 */

/* A stretch of blocks [from,to) and its sum. */
struct stretch {
	size_t from, to;
	int32_t sum;
};

static void reserve(struct again *, size_t);
static void sums(struct again *, const struct columns *, const struct page *,
    const int16_t *);
static void means(const struct again *, const struct columns *, size_t);
static void kept(const struct again *, const struct columns *, size_t);
static void best(
    const struct again *, const struct columns *, size_t, int32_t, enum column);
static struct stretch find(const struct again *, size_t, size_t, int32_t);
static void
sure(const struct again *, const struct columns *, const struct page *);
static void
offs(const struct again *, const struct columns *, const struct page *);

void
again_columns(struct again *a, struct columns *c, const struct page *page,
    const int16_t *odds)
{
	reserve(a, page->n);
	sums(a, c, page, odds);
	means(a, c, page->n);
	kept(a, c, page->n);
	best(a, c, page->n, UNLIKELY, COL_BEST);
	best(a, c, page->n, EVEN, COL_MID);
	best(a, c, page->n, 256 - UNLIKELY, COL_HIGH);
	sure(a, c, page);
	offs(a, c, page);
}

void
again_free(struct again *a)
{
	int k;

	for (k = 0; k < AGAIN_SUMS; k++)
		free(a->sum[k]);
	free(a->chance);
	memset(a, 0, sizeof(*a));
}

float
again_chance(float odds)
{
	union {
		uint32_t bits;
		float f;
	} u;
	float bound = odds > 20 ? 20 : odds < -20 ? -20 : odds;
	/* exp(-odds) is 2 to `power`: a whole part for the exponent, and a
	 * polynomial on [0,1). */
	float power = -1.442695f * bound + 64;
	uint32_t whole = (uint32_t)power;
	float part = power - (float)whole;

	u.bits = (whole + 127 - 64) << 23;
	return 1 / (1 + u.f * (1 + part * (0.6565f + 0.3435f * part)));
}

static void
reserve(struct again *a, size_t n)
{
	size_t cap = a->cap;
	int k;

	if (n < a->cap)
		return;
	for (k = 0; k < AGAIN_SUMS; k++) {
		cap = a->cap;
		a->sum[k] =
		    mem_grow(a->sum[k], &cap, n + 1, sizeof(*a->sum[k]));
	}
	cap = a->cap;
	a->chance = mem_grow(a->chance, &cap, n + 1, sizeof(*a->chance));
	a->cap = cap;
}

static void
sums(struct again *a, const struct columns *c, const struct page *page,
    const int16_t *odds)
{
	uint8_t *v = column_at(c, COL_ODDS);
	size_t i;
	int k;

	for (k = 0; k < AGAIN_SUMS; k++)
		a->sum[k][0] = 0;
	for (i = 0; i < page->n; i++) {
		uint32_t words = page->v[i].words;
		uint32_t p =
		    (uint32_t)(again_chance((float)odds[i] / AGAIN_ODDS) * 256);
		uint32_t add[AGAIN_SUMS];

		words = words < AGAIN_LONG ? words : AGAIN_LONG;
		add[AGAIN_WEIGHT] = (words < 60 ? words : 60) + 1;
		add[AGAIN_GAIN] = p * add[AGAIN_WEIGHT];
		add[AGAIN_KEPT] = p > EVEN ? words : 0;
		add[AGAIN_HOPED] = p * words;
		add[AGAIN_REFUSED] = 0;
		if (p < UNLIKELY)
			add[AGAIN_REFUSED] = words < 30 ? words : 30;
		for (k = 0; k < AGAIN_SUMS; k++)
			a->sum[k][i + 1] = a->sum[k][i] + add[k];
		a->chance[i] = (uint16_t)p;
		v[i] = column_signed(odds[i] / (AGAIN_ODDS / 16));
	}
}

/* Mean chances around, before and behind each block. */
static void
means(const struct again *a, const struct columns *c, size_t n)
{
	static const size_t reach[] = {2, 5, 10, 20, 40};
	const uint32_t *g = a->sum[AGAIN_GAIN], *w = a->sum[AGAIN_WEIGHT];
	const float unit = 1.0f / 256;
	size_t i, k;

	for (k = 0; k < 5; k++) {
		uint8_t *near = column_at(c, COL_NEAR2 + (int)k);
		uint8_t *last = column_at(c, COL_LAST2 + (int)k);
		uint8_t *next = column_at(c, COL_NEXT2 + (int)k);

		for (i = 0; i < n; i++) {
			size_t from = i < reach[k] ? 0 : i - reach[k];
			size_t to = i + reach[k] < n ? i + reach[k] + 1 : n;

			near[i] = column_share(unit * (float)(g[to] - g[from]) /
					       (float)(w[to] - w[from]));
			last[i] = column_share(unit * (float)(g[i] - g[from]) /
					       (float)(w[i] - w[from] + 1));
			next[i] =
			    column_share(unit * (float)(g[to] - g[i + 1]) /
					 (float)(w[to] - w[i + 1] + 1));
		}
	}
}

/* How much is kept of the page, and how much before and behind a block. */
static void
kept(const struct again *a, const struct columns *c, size_t n)
{
	const uint32_t *k = a->sum[AGAIN_KEPT], *h = a->sum[AGAIN_HOPED];
	uint8_t *before = column_at(c, COL_KEPT_BEFORE);
	uint8_t *after = column_at(c, COL_KEPT_AFTER);
	uint8_t *hoped_before = column_at(c, COL_HOPED_BEFORE);
	uint8_t *hoped_after = column_at(c, COL_HOPED_AFTER);
	uint8_t *log_before = column_at(c, COL_KEPT_LOG_BEFORE);
	uint8_t *log_after = column_at(c, COL_KEPT_LOG_AFTER);
	float all = 1 / (float)(k[n] + 1), hoped = 1 / (float)(h[n] + 1);
	size_t i;

	for (i = 0; i < n; i++) {
		uint32_t rest = k[n] - k[i + 1];

		before[i] = column_share((float)k[i] * all);
		after[i] = column_share((float)rest * all);
		hoped_before[i] = column_share((float)h[i] * hoped);
		hoped_after[i] = column_share((float)(h[n] - h[i + 1]) * hoped);
		log_before[i] = column_log(k[i]);
		log_after[i] = column_log(rest);
	}
	memset(column_at(c, COL_KEPT), column_log(k[n]), n);
	memset(column_at(c, COL_HOPED), column_log(h[n] / 256), n);
	memset(column_at(c, COL_KEPT_SHARE),
	    column_share((float)k[n] / (float)(a->sum[AGAIN_WEIGHT][n] + 1)),
	    n);
}

/* The stretch of blocks that are more likely than `bar`, and the next best:
 * the six columns from `column` on. */
static void
best(const struct again *a, const struct columns *c, size_t n, int32_t bar,
    enum column column)
{
	const uint32_t *k = a->sum[AGAIN_KEPT];
	uint8_t *in = column_at(c, (int)column);
	uint8_t *start = column_at(c, (int)column + 1);
	uint8_t *end = column_at(c, (int)column + 2);
	struct stretch top = find(a, 0, n, bar);
	struct stretch other = find(a, 0, top.from, bar);
	struct stretch more = find(a, top.to, n, bar);
	size_t i;

	if (more.sum > other.sum)
		other = more;
	for (i = 0; i < n; i++) {
		start[i] = column_signed((long)i - (long)top.from);
		end[i] = column_signed((long)top.to - 1 - (long)i);
	}
	memset(in, 0, n);
	memset(in + other.from, 1, other.to - other.from);
	memset(in + top.from, 2, top.to - top.from);
	memset(column_at(c, (int)column + 3),
	    column_log((uint32_t)top.sum / 256), n);
	memset(column_at(c, (int)column + 4),
	    column_share((float)other.sum / ((float)top.sum + 256)), n);
	memset(column_at(c, (int)column + 5),
	    column_share((float)(k[top.to] - k[top.from]) / (float)(k[n] + 1)),
	    n);
}

/* The stretch in [from,to) of the highest sum (chance - bar) by weight. */
static struct stretch
find(const struct again *a, size_t from, size_t to, int32_t bar)
{
	const uint32_t *g = a->sum[AGAIN_GAIN], *w = a->sum[AGAIN_WEIGHT];
	struct stretch best_yet = {from, from, 0};
	int32_t low = (int32_t)g[from] - bar * (int32_t)w[from];
	size_t i, at = from;

	for (i = from + 1; i <= to; i++) {
		int32_t v = (int32_t)g[i] - bar * (int32_t)w[i];

		if (v - low > best_yet.sum)
			best_yet = (struct stretch){at, i, v - low};
		if (v < low) {
			low = v;
			at = i;
		}
	}
	return best_yet;
}

/* How far it is to the sure blocks around. */
static void
sure(const struct again *a, const struct columns *c, const struct page *page)
{
	uint8_t *last = column_at(c, COL_SURE_LAST);
	uint8_t *next = column_at(c, COL_SURE_NEXT);
	uint8_t *refused_last = column_at(c, COL_REFUSED_LAST);
	uint8_t *refused_next = column_at(c, COL_REFUSED_NEXT);
	const uint32_t *refused = a->sum[AGAIN_REFUSED];
	size_t i, n = page->n, from = 0, to = 0;

	for (i = 0; i < n; i++) {
		if (i > 0 && a->chance[i - 1] > SURE &&
		    page->v[i - 1].words >= 8)
			from = i;
		while (to < n && (to <= i || a->chance[to] <= SURE ||
				     page->v[to].words < 8))
			to++;
		last[i] = from == 0 ? 255 : column_count(i - from);
		next[i] = to == n ? 255 : column_count(to - i);
		refused_last[i] =
		    from == 0 ? 255 : column_log(refused[i] - refused[from]);
		refused_next[i] =
		    to == n ? 255 : column_log(refused[to] - refused[i + 1]);
	}
}

/* How far a block is from what the likely ones are like. */
static void
offs(const struct again *a, const struct columns *c, const struct page *page)
{
	static const int of[] = {COL_INDENT, COL_LENGTH_RANK, COL_GAP,
	    COL_BULLET, COL_LOWER, COL_LETTERS, COL_STOP, COL_ME, COL_YOU,
	    COL_TOPIC};
	const uint32_t *k = a->sum[AGAIN_KEPT];
	size_t i, j, n = page->n;
	uint64_t squares = 0;

	for (j = 0; j < sizeof(of) / sizeof(of[0]); j++) {
		const uint8_t *v = column_at(c, of[j]);
		uint8_t *off = column_at(c, COL_OFF_INDENT + (int)j);
		uint64_t sum = 0;
		long mean = 0;

		for (i = 0; i < n; i++)
			sum += (uint64_t)v[i] * (k[i + 1] - k[i]);
		if (k[n] > 0)
			mean = (long)(sum / k[n]);
		for (i = 0; i < n; i++)
			off[i] = column_signed((long)v[i] - mean);
	}
	for (i = 0; i < n; i++) {
		uint64_t words = k[i + 1] - k[i];

		squares += words * words;
	}
	memset(column_at(c, COL_KEPT_LENGTH),
	    k[n] == 0 ? 0 : column_log((uint32_t)(squares / k[n])), n);
}
