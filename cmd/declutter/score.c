/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "common/mem.h"

#include "cmd/declutter/feature.h"
#include "cmd/declutter/score.h"

/*
 * The points of each signal, in log-odds.  They were fitted by logistic
 * regression on pages in many layouts and languages, and rounded.
 */
static const float first_round[S_FIRST] = {
    [S_BIAS] = 0.51f,
    [S_LENGTH] = -0.24f,
    [S_TINY] = -0.45f,
    [S_FEW] = 0.29f,
    [S_SOME] = 0.65f,
    [S_MIDDLE] = 0.07f,
    [S_LONG] = -0.26f,
    [S_LONGER] = 0.06f,
    [S_LONGEST] = 0.14f,
    [S_END_SHORT] = 0.16f,
    [S_END_MIDDLE] = 0.11f,
    [S_END_LONG] = 0.97f,
    [S_NO_END] = -0.41f,
    [S_SENTENCES] = -0.05f,
    [S_PER_SENTENCE] = -0.04f,
    [S_COLON] = 0.56f,
    [S_ELLIPSIS] = -1.10f,
    [S_QUESTION] = -0.70f,
    [S_BULLET] = 0.22f,
    [S_BULLET_LONG] = -0.14f,
    [S_BULLET_ENDS] = -0.12f,
    [S_SMALL] = -0.26f,
    [S_NUMBER] = 0.21f,
    [S_BRACKETS] = -0.26f,
    [S_QUOTED] = 0.07f,
    [S_CLOCK] = -0.10f,
    [S_STOP] = 0.10f,
    [S_LOWER] = 0.40f,
    [S_UPPER] = 0.05f,
    [S_TITLE] = -0.02f,
    [S_DIGIT] = -0.44f,
    [S_COMMA] = 0.49f,
    [S_BAR] = -0.12f,
    [S_YOU] = 0.51f,
    [S_ME] = -0.98f,
    [S_CUE_SHORT] = -0.23f,
    [S_CUES_SHORT] = -0.17f,
    [S_CUE_MIDDLE] = -0.58f,
    [S_CUES_LONG] = -0.12f,
    [S_SAID] = 0.09f,
    [S_DATE] = -0.32f,
    [S_BYLINE] = -0.05f,
    [S_NAV] = 0.01f,
    [S_SHARE] = -0.05f,
    [S_PROMO] = -0.28f,
    [S_LEGAL] = -0.44f,
    [S_CAPTION] = -0.33f,
    [S_COMMENT] = -0.06f,
    [S_TALK] = -0.08f,
    [S_TEASER] = -0.47f,
    [S_END] = -0.22f,
    [S_PROMO_LONG] = -0.51f,
    [S_LEGAL_LONG] = -0.88f,
    [S_CAPTION_LONG] = -0.28f,
    [S_COPIED] = -0.31f,
    [S_EARLIER] = -0.31f,
    [S_SHARED] = -0.60f,
    [S_SEEN] = -0.62f,
    [S_GAP] = -0.20f,
    [S_GAP_AFTER] = -0.12f,
    [S_RUN] = 0.75f,
    [S_BEFORE_RUN] = 0.01f,
    [S_AFTER_RUN] = -0.11f,
    [S_PROSE] = 0.13f,
    [S_PROSE_LAST] = 0.04f,
    [S_PROSE_NEXT] = 0.20f,
    [S_PROSE_LAST2] = 0.17f,
    [S_PROSE_NEXT2] = 0.13f,
    [S_BETWEEN] = 0.29f,
    [S_LEADING] = 0.03f,
    [S_TRAILING] = -0.08f,
    [S_LENGTH_LAST] = 0.30f,
    [S_LENGTH_NEXT] = -0.16f,
    [S_DENSE2] = 0.07f,
    [S_DENSE5] = 0.41f,
    [S_DENSE10] = 0.27f,
    [S_DENSE20] = -0.10f,
    [S_BEFORE] = -0.67f,
    [S_AFTER] = 0.45f,
    [S_LOG_BEFORE] = 0.15f,
    [S_LOG_AFTER] = 0.24f,
    [S_FAR_LAST] = -0.30f,
    [S_FAR_NEXT] = -0.05f,
    [S_PLACE] = 0.34f,
    [S_PROSE_SHARE] = -0.29f,
    [S_PAGE_PROSE] = -1.10f,
    [S_PAGE_BLOCKS] = -0.97f,
    [S_TALKED] = -2.12f,
    [S_COMMENTS] = -0.75f,
    [S_TEASED] = -0.67f,
    [S_ENDED] = -0.21f,
    [S_TOPIC] = 0.65f,
    [S_NO_TOPIC] = -0.06f,
    [S_IS_TITLE] = -0.28f,
    [S_HEADLINE] = 0.67f,
    [S_HEADED] = 0.24f,
    [S_TITLE_COPY] = -0.34f,
    [S_ABOVE] = -0.22f,
    [S_INDENT] = -0.16f,
    [S_INDENTED] = -0.94f,
    [S_CROWD] = -0.94f,
    [S_CAPTION_NEXT] = 0.14f,
};
static const float second_round[S_ALL] = {
    [S_BIAS] = 0.0f,
};

/* The bar is looked for in steps of 1/64, between 0.08 and 0.5. */
enum { BAR_STEPS = 64, BAR_LOW = 5, BAR_HIGH = 32 };

static void find_run(struct page *);
static void set_bar(struct score *, struct page *);
static float points(const float *, const float *, size_t);

void
score_page(struct score *s, struct page *page, struct repeat *repeat)
{
	struct signal_look *look = &s->look;
	float x[S_ALL], odds;
	size_t i;

	s->base = mem_grow(s->base, &s->cap, page->n, sizeof(*s->base));
	for (i = 0; i < page->n; i++)
		page->v[i].prose = feature_prose(&page->v[i]);
	find_run(page);
	repeat_topic(repeat, page);
	repeat_title(repeat, page);
	signal_start(look, page);
	for (i = 0; i < page->n; i++) {
		signal_first(look, i, x);
		odds = points(x, first_round, S_FIRST);
		look->odds[i] = signal_clamp(odds, -6, 6);
		s->base[i] = points(x, second_round, S_FIRST);
	}
	signal_turn(look);
	for (i = 0; i < page->n; i++) {
		signal_second(look, i, x);
		s->base[i] += points(
		    x + S_FIRST, second_round + S_FIRST, S_ALL - S_FIRST);
		page->v[i].score = signal_chance(s->base[i]);
	}
	set_bar(s, page);
}

void
score_free(struct score *s)
{
	signal_free(&s->look);
	free(s->base);
	s->base = NULL;
	s->cap = 0;
}

/*
 * The stretch of blocks with most prose: words of prose count for it, the
 * others against it (maximum-sum run, Kadane).
 */
static void
find_run(struct page *page)
{
	float best = 0, sum = 0;
	size_t i, from = 0;

	page->run = page->run_end = 0;
	for (i = 0; i < page->n; i++) {
		const struct page_block *b = &page->v[i];
		float words = (float)b->words, gain;

		if (b->prose > 0)
			gain = (words < 120 ? words : 120) * b->prose;
		else
			gain = words < 18 ? -3 - 0.6f * words : -14;
		if (sum <= 0) {
			sum = 0;
			from = i;
		}
		sum += gain;
		if (sum > best) {
			best = sum;
			page->run = from;
			page->run_end = i + 1;
		}
	}
}

/*
 * Move the odds so that 0.5 is the bar of this page: the one that makes the
 * expected F1 of the words kept highest.  With p the chance of each block,
 * that is 2 sum(p of kept) / (number kept + sum(p of all)).  So a page that
 * is doubtful all over keeps its best blocks and never comes out empty.
 */
static void
set_bar(struct score *s, struct page *page)
{
	float words[BAR_STEPS + 1] = {0}, good[BAR_STEPS + 1] = {0};
	float all = 0, kept = 0, right = 0, best = 0, bar = 0.5f;
	size_t i;
	int k;

	for (i = 0; i < page->n; i++) {
		const struct page_block *b = &page->v[i];
		float n = (float)b->words;

		k = (int)(b->score * BAR_STEPS);
		words[k] += n;
		good[k] += n * b->score;
		all += n * b->score;
	}
	for (k = BAR_STEPS; k >= BAR_LOW; k--) {
		kept += words[k];
		right += good[k];
		if (k <= BAR_HIGH && 2 * right > best * (kept + all)) {
			best = 2 * right / (kept + all);
			bar = (float)k / BAR_STEPS;
		}
	}
	for (i = 0; i < page->n; i++) {
		struct page_block *b = &page->v[i];

		b->score = signal_chance(
		    s->base[i] + signal_log2(1 / bar - 2) * 0.693147f);
		/* A headline that stands there twice is the page's, not the
		 * article's. */
		if (page->titles > 1 && page_is_title(b) && b->score > 0.4f)
			b->score = 0.4f;
	}
}

/* Four sums at once, as one would wait for each of its additions. */
static float
points(const float *signal, const float *point, size_t n)
{
	float sum[4] = {0, 0, 0, 0};
	size_t i, k;

	for (i = 0; i + 4 <= n; i += 4)
		for (k = 0; k < 4; k++)
			sum[k] += signal[i + k] * point[i + k];
	for (; i < n; i++)
		sum[0] += signal[i] * point[i];
	return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}
