/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"

#include "cmd/declutter/place.h"

#define PLACE_LONG 1000 /* words of a block that count */
/* Log of the words to a marker that the page does not have. */
#define PLACE_NEVER 255

static void reserve(struct place *, size_t);
static void sums(struct place *, const struct columns *, const struct page *);
static void lengths(const struct columns *, const struct page *);
static void indents(const struct columns *, const struct page *);
static void crowds(const struct columns *, const struct page *);
static void
distances(const struct place *, const struct columns *, const struct page *);
static int is_big(const struct page_block *);
static void dense(const struct place *, const struct columns *, size_t);
static void shares(const struct place *, const struct columns *, size_t);
static void
places(const struct place *, const struct columns *, const struct page *);
static void marker(const struct place *, const struct columns *, size_t,
    enum place_sum, enum column);
static void spoken(const struct place *, const struct columns *, size_t);
static void
phrases(const struct place *, const struct columns *, const struct page *);
static void fill(const struct columns *, enum column, uint8_t);

void
place_columns(struct place *p, struct columns *c, const struct page *page)
{
	reserve(p, page->n);
	sums(p, c, page);
	lengths(c, page);
	indents(c, page);
	crowds(c, page);
	distances(p, c, page);
	dense(p, c, page->n);
	shares(p, c, page->n);
	places(p, c, page);
	marker(p, c, page->n, PLACE_NOTE, COL_NOTE_SINCE);
	marker(p, c, page->n, PLACE_TALK, COL_TALK_SINCE);
	marker(p, c, page->n, PLACE_OVER, COL_OVER_SINCE);
	marker(p, c, page->n, PLACE_STAMP, COL_STAMP_SINCE);
	marker(p, c, page->n, PLACE_ECHO, COL_ECHO_SINCE);
	spoken(p, c, page->n);
	phrases(p, c, page);
}

void
place_free(struct place *p)
{
	int k;

	for (k = 0; k < PLACE_SUMS; k++)
		free(p->sum[k]);
	memset(p, 0, sizeof(*p));
}

static void
reserve(struct place *p, size_t n)
{
	size_t cap = p->cap;
	int k;

	if (n < p->cap)
		return;
	for (k = 0; k < PLACE_SUMS; k++) {
		cap = p->cap;
		p->sum[k] =
		    mem_grow(p->sum[k], &cap, n + 1, sizeof(*p->sum[k]));
	}
	p->cap = cap;
}

static void
sums(struct place *p, const struct columns *c, const struct page *page)
{
	const uint32_t ends = 1u << PAGE_TEASER | 1u << PAGE_END |
			      1u << PAGE_SHARE | 1u << PAGE_PROMO;
	uint8_t *phrase = column_at(c, COL_PHRASE);
	size_t i;
	int k;

	for (k = 0; k < PLACE_SUMS; k++)
		p->sum[k][0] = 0;
	for (i = 0; i < page->n; i++) {
		const struct page_block *b = &page->v[i];
		uint32_t words = b->words < PLACE_LONG ? b->words : PLACE_LONG;
		uint32_t weight = (words < 40 ? words : 40) + 1;
		int32_t score = (int32_t)(b->phrase * 16);
		uint32_t add[PLACE_SUMS] = {0};

		add[PLACE_PROSE] = b->prose > 0.3f ? words : 0;
		add[PLACE_OTHER] =
		    b->prose <= 0 ? (words < 12 ? words : 12) + 2 : 0;
		add[PLACE_WORDS] = words;
		add[PLACE_NOTE] = words < 30 && page_has(b, PAGE_COMMENT);
		add[PLACE_TALK] = words < 12 && page_has(b, PAGE_TALK);
		add[PLACE_OVER] = words < 9 && (b->kinds & ends) != 0;
		add[PLACE_STAMP] = words < 12 && (b->flags & PAGE_CLOCK) != 0;
		add[PLACE_ECHO] = words < 8 && b->copies > 2;
		add[PLACE_ME] = (uint32_t)(b->me * (float)words + 0.5f);
		add[PLACE_YOU] = (uint32_t)(b->you * (float)words + 0.5f);
		add[PLACE_PHRASE] = (uint32_t)score * weight;
		add[PLACE_WEIGHT] = weight;
		phrase[i] = column_signed((long)(b->phrase * 21));
		for (k = 0; k < PLACE_SUMS; k++)
			p->sum[k][i + 1] = p->sum[k][i] + add[k];
	}
}

/* How long a block is among those of its page. */
static void
lengths(const struct columns *c, const struct page *page)
{
	uint8_t *rank = column_at(c, COL_LENGTH_RANK);
	uint8_t *most = column_at(c, COL_LENGTH_MAX);
	uint32_t at[PLACE_LONG + 1] = {0}, sum = 0, longest = 1;
	float all;
	size_t i;

	for (i = 0; i < page->n; i++) {
		uint32_t n = page->v[i].words;

		n = n < PLACE_LONG ? n : PLACE_LONG;
		at[n] += n;
		longest = n > longest ? n : longest;
	}
	for (i = 0; i <= longest; i++)
		at[i] = sum += at[i];
	all = 1 / (float)(sum + (sum == 0));
	for (i = 0; i < page->n; i++) {
		uint32_t n = page->v[i].words;

		n = n < PLACE_LONG ? n : PLACE_LONG;
		rank[i] = column_share((float)at[n] * all);
		most[i] = column_share((float)n / (float)longest);
	}
}

/* How far a block stands from the indent under which most prose does. */
static void
indents(const struct columns *c, const struct page *page)
{
	uint32_t words[100] = {0};
	uint8_t *off = column_at(c, COL_INDENT_OFF);
	size_t i, best = 0;

	for (i = 0; i < page->n; i++) {
		const struct page_block *b = &page->v[i];

		if (b->words >= 15 && b->prose > 0)
			words[b->indent] += b->words;
	}
	for (i = 1; i < 100; i++)
		if (words[i] > words[best])
			best = i;
	for (i = 0; i < page->n; i++)
		off[i] = column_signed((long)page->v[i].indent - (long)best);
}

static void
crowds(const struct columns *c, const struct page *page)
{
	uint8_t *v = column_at(c, COL_CROWD);
	size_t i, from, to;

	for (from = 0; from < page->n; from = to) {
		int few = page->v[from].words < 8;
		long n;

		for (to = from; to < page->n;)
			if ((page->v[to].words < 8) == few)
				to++;
			else
				break;
		n = (long)(to - from);
		for (i = from; i < to; i++)
			v[i] = column_signed(few ? n : -n);
	}
}

/* How much else stands between a block and the prose around it. */
static void
distances(
    const struct place *p, const struct columns *c, const struct page *page)
{
	uint8_t *last = column_at(c, COL_PROSE_LAST);
	uint8_t *next = column_at(c, COL_PROSE_NEXT);
	const uint32_t *other = p->sum[PLACE_OTHER];
	size_t i, from = 0, to = 0;

	for (i = 0; i < page->n; i++) {
		if (i > 0 && is_big(&page->v[i - 1]))
			from = i;
		last[i] = from == 0 ? PLACE_NEVER
				    : column_log(other[i] - other[from]);
		while (to < page->n && (to <= i || !is_big(&page->v[to])))
			to++;
		next[i] = to == page->n ? PLACE_NEVER
					: column_log(other[to] - other[i + 1]);
	}
}

static int
is_big(const struct page_block *b)
{
	return b->prose > 0.3f && b->words >= 25;
}

static void
dense(const struct place *p, const struct columns *c, size_t n)
{
	static const size_t reach[] = {2, 5, 10, 20};
	const uint32_t *prose = p->sum[PLACE_PROSE];
	const uint32_t *other = p->sum[PLACE_OTHER];
	size_t i, k;

	for (k = 0; k < 4; k++) {
		uint8_t *v = column_at(c, COL_DENSE2 + (int)k);

		for (i = 0; i < n; i++) {
			size_t from = i < reach[k] ? 0 : i - reach[k];
			size_t to = i + reach[k] < n ? i + reach[k] + 1 : n;
			float a = (float)(prose[to] - prose[from]);
			float b = (float)(other[to] - other[from]);

			v[i] = column_share(a / (a + b + 1));
		}
	}
}

static void
shares(const struct place *p, const struct columns *c, size_t n)
{
	const uint32_t *prose = p->sum[PLACE_PROSE];
	const uint32_t *words = p->sum[PLACE_WORDS];
	uint8_t *words_before = column_at(c, COL_WORDS_BEFORE);
	uint8_t *before = column_at(c, COL_PROSE_BEFORE);
	uint8_t *after = column_at(c, COL_PROSE_AFTER);
	uint8_t *log_before = column_at(c, COL_LOG_BEFORE);
	uint8_t *log_after = column_at(c, COL_LOG_AFTER);
	float all = 1 / (float)(words[n] + 1);
	float prose_all = 1 / (float)(prose[n] + 1);
	size_t i;

	for (i = 0; i < n; i++) {
		uint32_t rest = prose[n] - prose[i + 1];

		words_before[i] = column_share((float)words[i] * all);
		before[i] = column_share((float)prose[i] * prose_all);
		after[i] = column_share((float)rest * prose_all);
		log_before[i] = column_log(prose[i]);
		log_after[i] = column_log(rest);
	}
	fill(c, COL_PAGE_PROSE, column_log(prose[n]));
	fill(c, COL_PAGE_BLOCKS, column_log((uint32_t)n));
	fill(c, COL_PROSE_SHARE, column_share((float)prose[n] * all));
}

static void
places(const struct place *p, const struct columns *c, const struct page *page)
{
	uint8_t *at = column_at(c, COL_PLACE), *first = column_at(c, COL_FIRST);
	uint8_t *last = column_at(c, COL_LAST), *run = column_at(c, COL_RUN);
	uint8_t *start = column_at(c, COL_RUN_START);
	uint8_t *end = column_at(c, COL_RUN_END);
	uint8_t *title = column_at(c, COL_TITLE_AT);
	const uint32_t *words = p->sum[PLACE_WORDS];
	size_t i, n = page->n;
	float step = 1 / (float)n;

	for (i = 0; i < n; i++) {
		at[i] = column_share((float)i * step);
		first[i] = column_count(i);
		last[i] = column_count(n - 1 - i);
		run[i] = i >= page->run && i < page->run_end;
		start[i] = column_signed((long)i - (long)page->run);
		end[i] = column_signed((long)page->run_end - 1 - (long)i);
		title[i] = page->title == n
			       ? 0
			       : column_signed((long)i - (long)page->title);
	}
	fill(c, COL_TITLES, column_count(page->titles < 9 ? page->titles : 9));
	fill(c, COL_NAV_WORDS,
	    column_share((float)words[page->run] / (float)(words[n] + 1)));
}

/* The columns of one kind of marker, which stand behind one another. */
static void
marker(const struct place *p, const struct columns *c, size_t n,
    enum place_sum sum, enum column column)
{
	const uint32_t *marks = p->sum[sum], *words = p->sum[PLACE_WORDS];
	const uint32_t *prose = p->sum[PLACE_PROSE];
	uint8_t *since = column_at(c, (int)column);
	uint8_t *to = column_at(c, (int)column + 1);
	uint8_t *before = column_at(c, (int)column + 2);
	uint8_t *near = column_at(c, (int)column + 3);
	float all = 1 / (float)(prose[n] + 1);
	int has_share = sum == PLACE_TALK || sum == PLACE_OVER;
	uint8_t *share = has_share ? near + c->stride : NULL;
	size_t i, last = n, next = 0;

	for (i = 0; i < n; i++) {
		size_t low = i < 10 ? 0 : i - 10,
		       high = i + 11 < n ? i + 11 : n;

		if (marks[i + 1] > marks[i])
			last = i;
		while (next < n && (next < i || marks[next + 1] == marks[next]))
			next++;
		since[i] = last == n ? PLACE_NEVER
				     : column_log(words[i] - words[last]);
		to[i] = next == n ? PLACE_NEVER
				  : column_log(words[next] - words[i]);
		before[i] = column_count(marks[i] < 20 ? marks[i] : 20);
		near[i] = column_count(marks[high] - marks[low]);
		if (share != NULL)
			share[i] =
			    last == n
				? 0
				: (uint8_t)(1 + column_share(
						    (float)prose[last] * all));
	}
}

/* How much is spoken of writer and reader around: comments do. */
static void
spoken(const struct place *p, const struct columns *c, size_t n)
{
	const uint32_t *words = p->sum[PLACE_WORDS];
	const uint32_t *me = p->sum[PLACE_ME], *you = p->sum[PLACE_YOU];
	uint8_t *me5 = column_at(c, COL_ME5), *you5 = column_at(c, COL_YOU5);
	size_t i;

	for (i = 0; i < n; i++) {
		size_t a = i < 5 ? 0 : i - 5, b = i + 6 < n ? i + 6 : n;
		float all = 5 / (float)(words[b] - words[a] + 1);

		me5[i] = column_share((float)(me[b] - me[a]) * all);
		you5[i] = column_share((float)(you[b] - you[a]) * all);
	}
}

static void
phrases(const struct place *p, const struct columns *c, const struct page *page)
{
	const uint32_t *sum = p->sum[PLACE_PHRASE];
	const uint32_t *weight = p->sum[PLACE_WEIGHT];
	uint8_t *four = column_at(c, COL_PHRASE4);
	uint8_t *ten = column_at(c, COL_PHRASE10);
	uint8_t *before = column_at(c, COL_PHRASE_BEFORE);
	uint8_t *after = column_at(c, COL_PHRASE_AFTER);
	uint8_t *run = column_at(c, COL_PHRASE_RUN);
	uint8_t *start = column_at(c, COL_PHRASE_START);
	uint8_t *end = column_at(c, COL_PHRASE_END);
	size_t i, n = page->n, from = 0, to = 0, low = 0;
	int32_t best = 0;

	/* The run of highest sum: from the lowest sum so far to here. */
	for (i = 0; i < n; i++) {
		if ((int32_t)sum[i] < (int32_t)sum[low])
			low = i;
		if ((int32_t)(sum[i + 1] - sum[low]) > best) {
			best = (int32_t)(sum[i + 1] - sum[low]);
			from = low;
			to = i + 1;
		}
	}
	for (i = 0; i < n; i++) {
		size_t a = i < 4 ? 0 : i - 4, b = i + 5 < n ? i + 5 : n;
		float x = (float)(int32_t)(sum[b] - sum[a]);

		four[i] = column_signed(
		    (long)(x * 1.3125f / (float)(weight[b] - weight[a])));
		a = i < 10 ? 0 : i - 10;
		b = i + 11 < n ? i + 11 : n;
		x = (float)(int32_t)(sum[b] - sum[a]);
		ten[i] = column_signed(
		    (long)(x * 1.3125f / (float)(weight[b] - weight[a])));
		before[i] = column_signed((int32_t)sum[i] / 512);
		after[i] = column_signed((int32_t)(sum[n] - sum[i + 1]) / 512);
		run[i] = i >= from && i < to;
		start[i] = column_signed((long)i - (long)from);
		end[i] = column_signed((long)to - 1 - (long)i);
	}
}

static void
fill(const struct columns *c, enum column column, uint8_t v)
{
	memset(column_at(c, (int)column), v, c->n);
}
