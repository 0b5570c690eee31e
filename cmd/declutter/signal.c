/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"

#include "cmd/declutter/signal.h"

static void reserve(struct signal_look *, size_t);
static unsigned int main_indent(const struct page *);
static void move_on(struct signal_look *, size_t);
static void own_signals(const struct page_block *, float *);
static void cue_signals(const struct page_block *, float *);
static void near_signals(const struct signal_look *, size_t, float *);
static void page_signals(const struct signal_look *, size_t, float *);
static void sure_signals(struct signal_look *, size_t, float *);
static int sure(const struct signal_look *, size_t);
static float mean(const struct signal_look *, size_t, size_t);
static float odds_at(const struct signal_look *, size_t, int);
static float yes(int);
static float share(const float *, size_t, size_t, const float *);

void
signal_start(struct signal_look *l, const struct page *page)
{
	size_t i;
	int k;

	reserve(l, page->n);
	l->page = page;
	l->indent = main_indent(page);
	l->crowd = l->crowd_end = l->last = l->next = 0;
	l->best = l->best_end = l->sure_last = l->sure_next = 0;
	l->talked = 0;
	for (k = 0; k < SUMS; k++)
		l->sum[k][0] = 0;
	for (i = 0; i < page->n; i++) {
		const struct page_block *b = &page->v[i];
		float words = (float)(b->words < 1000 ? b->words : 1000);
		float add[SUMS] = {0};

		add[SUM_PROSE] = b->prose > 0.3f ? words : 0;
		if (b->prose <= 0)
			add[SUM_OTHER] = (words < 12 ? words : 12) + 2;
		add[SUM_WORDS] = words;
		add[SUM_COMMENT] =
		    yes(b->words < 30 && page_has(b, PAGE_COMMENT));
		/* "Related: a headline" stands inside articles too. */
		add[SUM_TEASER] =
		    yes(b->words < 9 && page_has(b, PAGE_TEASER) &&
			!((b->flags & PAGE_HEAD) != 0 && b->words > 4));
		add[SUM_END] = yes(b->words < 12 && page_has(b, PAGE_END));
		for (k = 0; k <= SUM_END; k++)
			l->sum[k][i + 1] = l->sum[k][i] + add[k];
	}
}

void
signal_first(struct signal_look *l, size_t i, float *x)
{
	const struct page_block *b = &l->page->v[i];

	memset(x, 0, S_FIRST * sizeof(*x));
	move_on(l, i);
	own_signals(b, x);
	cue_signals(b, x);
	near_signals(l, i, x);
	page_signals(l, i, x);
}

void
signal_turn(struct signal_look *l)
{
	const struct page *page = l->page;
	float best = 0, sum = 0;
	size_t i, from = 0;

	for (i = 0; i < page->n; i++) {
		float words = (float)page->v[i].words;
		float p = signal_chance(l->odds[i]);
		float weight = (words < 60 ? words : 60) + 1;
		float *const *v = l->sum;

		v[SUM_GAIN][i + 1] = v[SUM_GAIN][i] + p * weight;
		v[SUM_WEIGHT][i + 1] = v[SUM_WEIGHT][i] + weight;
		v[SUM_KEPT][i + 1] = v[SUM_KEPT][i] + (p > 0.5f ? words : 0);
		v[SUM_REFUSED][i + 1] = v[SUM_REFUSED][i];
		if (p < 0.3f)
			v[SUM_REFUSED][i + 1] += words < 30 ? words : 30;
		if (sum <= 0) {
			sum = 0;
			from = i;
		}
		sum += (p - 0.5f) * weight;
		if (sum > best) {
			best = sum;
			l->best = from;
			l->best_end = i + 1;
		}
	}
}

void
signal_second(struct signal_look *l, size_t i, float *x)
{
	static const size_t reach[] = {2, 5, 10, 20};
	const struct page *page = l->page;
	const struct page_block *b = &page->v[i];
	const float *kept = l->sum[SUM_KEPT];
	float all = kept[page->n] + 1;
	size_t k, from, to;

	memset(x + S_FIRST, 0, (S_ALL - S_FIRST) * sizeof(*x));
	sure_signals(l, i, x);
	x[S_ODDS] = odds_at(l, i, 0);
	x[S_ODDS_LAST] = odds_at(l, i, -1);
	x[S_ODDS_NEXT] = odds_at(l, i, 1);
	x[S_ODDS_LAST2] = odds_at(l, i, -2);
	x[S_ODDS_NEXT2] = odds_at(l, i, 2);
	for (k = 0; k < 4; k++) {
		from = i < reach[k] ? 0 : i - reach[k];
		to = i + reach[k] + 1 < page->n ? i + reach[k] + 1 : page->n;
		x[S_NEAR2 + k] = mean(l, from, to);
		if (k == 1) {
			x[S_LAST5] = mean(l, from, i);
			x[S_NEXT5] = mean(l, i + 1, to);
		}
		if (k == 3) {
			x[S_LAST20] = mean(l, from, i);
			x[S_NEXT20] = mean(l, i + 1, to);
		}
	}
	x[S_BEST] = yes(i >= l->best && i < l->best_end);
	if (i < l->best)
		x[S_BEST_BEFORE] =
		    signal_clamp((float)(l->best - i), 0, 40) / 40;
	if (i >= l->best_end)
		x[S_BEST_AFTER] =
		    signal_clamp((float)(i + 1 - l->best_end), 0, 40) / 40;
	x[S_BEST_FIT] = (kept[l->best_end] - kept[l->best]) / all;
	x[S_KEPT_BEFORE] = kept[i] / all;
	x[S_KEPT_AFTER] = (kept[page->n] - kept[i + 1]) / all;
	x[S_KEPT] = signal_log2(all) / 10;
	x[S_KEPT_SHARE] = all / (l->sum[SUM_WORDS][page->n] + 1);
	x[S_BEST_SHORT] = yes(x[S_BEST] > 0 && b->words < 8);
	x[S_BEST_ODDS] = x[S_ODDS] * x[S_BEST_FIT];
	x[S_BEST_SURE] = x[S_BEST] * x[S_BEST_FIT];
	x[S_NONE_BEFORE] = yes(x[S_KEPT_BEFORE] < 0.02f);
	x[S_NONE_AFTER] = yes(x[S_KEPT_AFTER] < 0.02f);
	x[S_AFTER_PROSE] = b->prose > 0.4f ? x[S_BEST_AFTER] : 0;
	x[S_ABOVE_PROSE] = b->prose > 0.4f ? x[S_ABOVE] : 0;
	x[S_TOPIC_LONG] = x[S_TOPIC] * x[S_LENGTH];
	x[S_BEST_CUE] = yes(x[S_BEST] > 0 && b->cues > 0);
}

void
signal_free(struct signal_look *l)
{
	int i;

	for (i = 0; i < SUMS; i++)
		free(l->sum[i]);
	free(l->odds);
	memset(l, 0, sizeof(*l));
}

float
signal_log2(float x)
{
	union {
		float f;
		uint32_t bits;
	} u = {x < 0 ? 1 : x + 1};
	float whole = (float)(u.bits >> 23) - 127;

	u.bits = (u.bits & 0x7fffff) | 0x3f800000;
	return whole + (u.f - 1) * (1.3465f - 0.3465f * (u.f - 1));
}

float
signal_chance(float odds)
{
	union {
		uint32_t bits;
		float f;
	} u;
	/* exp(-odds) is 2 to `power`: a whole part for the exponent, and a
	 * polynomial on [0,1), exact to a thousandth. */
	float power = -1.442695f * signal_clamp(odds, -20, 20) + 64;
	uint32_t whole = (uint32_t)power;
	float part = power - (float)whole;

	u.bits = (whole + 127 - 64) << 23;
	return 1 / (1 + u.f * (1 + part * (0.6565f + 0.3435f * part)));
}

static void
reserve(struct signal_look *l, size_t n)
{
	size_t cap;
	int i;

	if (n < l->cap)
		return;
	for (i = 0; i < SUMS; i++) {
		cap = l->cap;
		l->sum[i] =
		    mem_grow(l->sum[i], &cap, n + 1, sizeof(*l->sum[i]));
	}
	cap = l->cap;
	l->odds = mem_grow(l->odds, &cap, n + 1, sizeof(*l->odds));
	l->cap = cap;
}

/* The indent under which most words of prose stand. */
static unsigned int
main_indent(const struct page *page)
{
	size_t words[100] = {0}, i, best = 0;

	for (i = 0; i < page->n; i++) {
		const struct page_block *b = &page->v[i];

		if (b->words >= 15 && b->prose > 0)
			words[b->indent] += b->words;
	}
	for (i = 1; i < 100; i++)
		if (words[i] > words[best])
			best = i;
	return (unsigned int)best;
}

/* Bring what depends on the place up to block `i`. */
static void
move_on(struct signal_look *l, size_t i)
{
	const struct page *page = l->page;
	const struct page_block *b = &page->v[i];
	const float *prose = l->sum[SUM_PROSE];

	if (i > 0 && page->v[i - 1].prose > 0.3f && page->v[i - 1].words >= 25)
		l->last = i;
	while (l->next < page->n &&
	       (l->next <= i || page->v[l->next].prose <= 0.3f ||
		   page->v[l->next].words < 25))
		l->next++;
	if (i >= l->crowd_end) {
		l->crowd = i;
		while (l->crowd_end < page->n &&
		       (page->v[l->crowd_end].words < 8) == (b->words < 8))
			l->crowd_end++;
	}
	if (b->words < 12 && page_has(b, PAGE_TALK))
		l->talked = prose[i] / (prose[page->n] + 1);
}

static void
own_signals(const struct page_block *b, float *x)
{
	static const unsigned int limits[] = {2, 5, 9, 14, 24, 39};
	unsigned int n = b->words;
	bool ends = (b->flags & PAGE_ENDS) != 0;
	int k;

	x[S_BIAS] = 1;
	x[S_LENGTH] = signal_log2((float)n) / 8;
	for (k = 0; k < 6 && n > limits[k];)
		k++;
	x[S_TINY + k] = 1;
	x[S_END_SHORT] = yes(ends && n < 6);
	x[S_END_MIDDLE] = yes(ends && n >= 6 && n < 15);
	x[S_END_LONG] = yes(ends && n >= 15);
	x[S_NO_END] = yes(!ends && n >= 6);
	x[S_SENTENCES] = (float)(b->sentences < 4 ? b->sentences : 4) / 4;
	x[S_PER_SENTENCE] =
	    signal_log2(
		(float)n / (float)(b->sentences == 0 ? 1 : b->sentences)) /
	    6;
	x[S_COLON] = yes((b->flags & PAGE_COLON) != 0);
	x[S_ELLIPSIS] = yes((b->flags & PAGE_ELLIPSIS) != 0);
	x[S_QUESTION] = yes((b->flags & PAGE_QUESTION) != 0);
	if ((b->flags & PAGE_BULLET) != 0) {
		x[S_BULLET] = 1;
		x[S_BULLET_LONG] = yes(n >= 12);
		x[S_BULLET_ENDS] = yes(ends);
	}
	x[S_SMALL] = yes((b->flags & PAGE_LOWER) != 0);
	x[S_NUMBER] = yes((b->flags & PAGE_NUMBER) != 0);
	x[S_BRACKETS] = yes((b->flags & PAGE_BRACKETS) != 0);
	x[S_QUOTED] = yes((b->flags & PAGE_QUOTED) != 0);
	x[S_CLOCK] = yes(n < 12 && (b->flags & PAGE_CLOCK) != 0);
	x[S_STOP] = signal_clamp(2 * b->stop, 0, 1);
	x[S_LOWER] = b->lower;
	x[S_UPPER] = b->upper;
	x[S_TITLE] = b->title;
	x[S_DIGIT] = signal_clamp(3 * b->digit, 0, 1);
	x[S_COMMA] = signal_clamp(4 * b->comma, 0, 1);
	x[S_BAR] = signal_clamp(2 * b->bar, 0, 1);
	x[S_YOU] = signal_clamp(8 * b->you, 0, 1);
	x[S_ME] = signal_clamp(8 * b->me, 0, 1);
	x[S_COPIED] = yes(b->copies > 1);
	x[S_EARLIER] = yes(b->earlier > 0);
	x[S_SHARED] = b->shared;
	x[S_SEEN] = b->seen;
	x[S_PROSE] = b->prose;
}

static void
cue_signals(const struct page_block *b, float *x)
{
	unsigned int n = b->words;
	int k;

	if (n < 10) {
		x[S_CUE_SHORT] = yes(b->cues == 1);
		x[S_CUES_SHORT] = yes(b->cues > 1);
	}
	if (n < 30)
		x[S_CUE_MIDDLE] =
		    signal_clamp(2 * (float)b->cues / (float)(n + 1), 0, 1);
	else
		x[S_CUES_LONG] = yes(b->cues > 1);
	x[S_SAID] = yes(page_has(b, PAGE_SAID));
	x[S_DATE] = yes(n < 15 && page_has(b, PAGE_DATE));
	x[S_BYLINE] = yes(n < 15 && page_has(b, PAGE_BYLINE));
	for (k = PAGE_NAV; n < 30 && k <= PAGE_END; k++)
		x[S_NAV + (k - PAGE_NAV)] = yes(page_has(b, k));
	if (n < 30) {
		x[S_LEADS_TEASER] = 3 * yes(page_leads(b, PAGE_TEASER));
		x[S_LEADS_PROMO] = 3 * yes(page_leads(b, PAGE_PROMO));
		x[S_LEADS_CAPTION] = 3 * yes(page_leads(b, PAGE_CAPTION));
		x[S_LEADS_BYLINE] = 3 * yes(page_leads(b, PAGE_BYLINE));
		x[S_LEADS_OTHER] =
		    yes(page_leads(b, PAGE_NAV) || page_leads(b, PAGE_SHARE) ||
			page_leads(b, PAGE_LEGAL) || page_leads(b, PAGE_END));
		x[S_CUE_COLON] = yes((b->flags & PAGE_HEAD) != 0 &&
				     (page_leads(b, PAGE_TEASER) ||
					 page_leads(b, PAGE_CAPTION)));
	}
	if (n < 8 && (b->flags & PAGE_ENDS) == 0)
		x[S_BY_FIRST] = 3 * yes((b->flags & PAGE_BY_FIRST) != 0);
	if (n < 12)
		x[S_DATE_LINE] =
		    3 * yes(page_has(b, PAGE_DATE) && b->digit > 0.1f);
	x[S_YOU_PROMO] = 3 * yes(b->you > 0 && page_has(b, PAGE_PROMO));
	if (n >= 30) {
		x[S_PROMO_LONG] = yes(page_has(b, PAGE_PROMO));
		x[S_LEGAL_LONG] = yes(page_has(b, PAGE_LEGAL));
		x[S_CAPTION_LONG] = yes(page_has(b, PAGE_CAPTION));
	}
}

static void
near_signals(const struct signal_look *l, size_t i, float *x)
{
	static const size_t reach[] = {2, 5, 10, 20};
	const struct page *page = l->page;
	const struct page_block *b = &page->v[i];
	const struct page_block *last = i > 0 ? b - 1 : NULL;
	const struct page_block *next = i + 1 < page->n ? b + 1 : NULL;
	size_t k, from, to;

	x[S_GAP] = (float)(b->gap < 2 ? b->gap : 2) / 2;
	x[S_GAP_AFTER] =
	    next == NULL || next->gap > 1 ? 1 : (float)next->gap / 2;
	x[S_PROSE_LAST] = last == NULL ? -1 : last->prose;
	x[S_PROSE_NEXT] = next == NULL ? -1 : next->prose;
	x[S_PROSE_LAST2] = i < 2 ? -1 : b[-2].prose;
	x[S_PROSE_NEXT2] = i + 2 >= page->n ? -1 : b[2].prose;
	if (b->words < 12 && b->prose <= 0) {
		int before = x[S_PROSE_LAST] > 0.4f;
		int behind = x[S_PROSE_NEXT] > 0.4f;

		x[S_BETWEEN] = yes(before && behind);
		x[S_LEADING] = yes(!before && behind);
		x[S_TRAILING] = yes(before && !behind);
	}
	x[S_LENGTH_LAST] =
	    last == NULL ? 0 : signal_log2((float)last->words) / 8;
	x[S_LENGTH_NEXT] =
	    next == NULL ? 0 : signal_log2((float)next->words) / 8;
	for (k = 0; k < 4; k++) {
		from = i < reach[k] ? 0 : i - reach[k];
		to = i + reach[k] + 1 < page->n ? i + reach[k] + 1 : page->n;
		x[S_DENSE2 + k] =
		    share(l->sum[SUM_PROSE], from, to, l->sum[SUM_OTHER]);
	}
	x[S_LISTED] = yes((b->flags & PAGE_BULLET) != 0 && last != NULL &&
			  next != NULL && (last->flags & PAGE_BULLET) != 0 &&
			  (next->flags & PAGE_BULLET) != 0);
	x[S_CAPTION_NEXT] = yes(
	    (last != NULL && last->words < 30 &&
		page_has(last, PAGE_CAPTION)) ||
	    (next != NULL && next->words < 30 && page_has(next, PAGE_CAPTION)));
	from = i < 10 ? 0 : i - 10;
	to = i + 11 < page->n ? i + 11 : page->n;
	x[S_COMMENTS] = signal_clamp(
	    (l->sum[SUM_COMMENT][to] - l->sum[SUM_COMMENT][from]) / 5, 0, 1);
	x[S_TEASED] = yes(l->sum[SUM_TEASER][i] > l->sum[SUM_TEASER][from]);
	x[S_ENDED] = yes(l->sum[SUM_END][i] > l->sum[SUM_END][from]);
	x[S_CROWD] = signal_clamp((float)(l->crowd_end - l->crowd), 0, 40) / 40;
	if (b->words >= 8)
		x[S_CROWD] = -x[S_CROWD];
}

static void
page_signals(const struct signal_look *l, size_t i, float *x)
{
	const struct page *page = l->page;
	const struct page_block *b = &page->v[i];
	const float *prose = l->sum[SUM_PROSE], *other = l->sum[SUM_OTHER];
	float all = prose[page->n] + 1;
	int indent = (int)b->indent - (int)l->indent;

	x[S_RUN] = yes(i >= page->run && i < page->run_end);
	if (i < page->run)
		x[S_BEFORE_RUN] =
		    signal_clamp((float)(page->run - i), 0, 30) / 30;
	if (i >= page->run_end)
		x[S_AFTER_RUN] =
		    signal_clamp((float)(i + 1 - page->run_end), 0, 30) / 30;
	x[S_BEFORE] = prose[i] / all;
	x[S_AFTER] = (prose[page->n] - prose[i + 1]) / all;
	x[S_LOG_BEFORE] = signal_log2(prose[i]) / 10;
	x[S_LOG_AFTER] = signal_log2(prose[page->n] - prose[i + 1]) / 10;
	x[S_FAR_LAST] =
	    l->last == 0 ? 1 : signal_log2(other[i] - other[l->last]) / 8;
	x[S_FAR_NEXT] = l->next >= page->n
			    ? 1
			    : signal_log2(other[l->next] - other[i + 1]) / 8;
	x[S_PLACE] = (float)i / (float)page->n;
	x[S_PROSE_SHARE] = all / (l->sum[SUM_WORDS][page->n] + 1);
	x[S_PAGE_PROSE] = signal_log2(all) / 10;
	x[S_PAGE_BLOCKS] = signal_log2((float)page->n) / 10;
	x[S_TALKED] = l->talked;
	x[S_TOPIC] = signal_clamp(b->topic, 0, 1);
	x[S_NO_TOPIC] = yes(b->topic < 0);
	x[S_IS_TITLE] = yes(i == page->title);
	x[S_HEADLINE] = b->headline;
	x[S_HEADED] = b->headed;
	x[S_TITLE_COPY] = yes(page_is_title(b) && page->titles > 1);
	x[S_ABOVE] = yes(page->title < page->n && i < page->title);
	x[S_INDENT] = yes(indent == 0);
	x[S_INDENTED] = signal_clamp((float)indent, 0, 10) / 10;
}

/* How much was refused since the last sure block, and to the next one. */
static void
sure_signals(struct signal_look *l, size_t i, float *x)
{
	const float *refused = l->sum[SUM_REFUSED];
	const struct page *page = l->page;

	if (i > 0 && sure(l, i - 1))
		l->sure_last = i;
	while (l->sure_next < page->n &&
	       (l->sure_next <= i || !sure(l, l->sure_next)))
		l->sure_next++;
	x[S_SURE_LAST] =
	    l->sure_last == 0
		? 1
		: signal_log2(refused[i] - refused[l->sure_last]) / 10;
	x[S_SURE_NEXT] =
	    l->sure_next == page->n
		? 1
		: signal_log2(refused[l->sure_next] - refused[i + 1]) / 10;
}

static int
sure(const struct signal_look *l, size_t i)
{
	return l->odds[i] > 0.5f && l->page->v[i].words >= 8;
}

static float
mean(const struct signal_look *l, size_t from, size_t to)
{
	const float *gain = l->sum[SUM_GAIN], *weight = l->sum[SUM_WEIGHT];

	return from >= to
		   ? 0
		   : (gain[to] - gain[from]) / (weight[to] - weight[from]);
}

/* The odds of the block `step` away, in the range -1 to 1. */
static float
odds_at(const struct signal_look *l, size_t i, int step)
{
	if ((step < 0 && i < (size_t)-step) ||
	    (step > 0 && i + (size_t)step >= l->page->n))
		return -1;
	return signal_clamp(l->odds[(size_t)((long)i + step)], -5, 5) / 5;
}

/* Of two sums over the blocks [from,to), the part of the first. */
static float
share(const float *sum, size_t from, size_t to, const float *other)
{
	float a = sum[to] - sum[from], b = other[to] - other[from];

	return a / (a + b + 1);
}

static float
yes(int holds)
{
	return holds ? 1 : 0;
}
