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
    [S_BIAS] = 6.96f,
    [S_LENGTH] = -4.80f,
    [S_TINY] = 0.26f,
    [S_FEW] = 1.56f,
    [S_SOME] = 1.05f,
    [S_MIDDLE] = 0.60f,
    [S_LONG] = 0.53f,
    [S_LONGER] = 1.27f,
    [S_LONGEST] = 1.70f,
    [S_END_SHORT] = 0.54f,
    [S_END_MIDDLE] = 1.72f,
    [S_END_LONG] = 2.69f,
    [S_NO_END] = 0.74f,
    [S_SENTENCES] = 0.29f,
    [S_PER_SENTENCE] = 0.45f,
    [S_COLON] = 1.22f,
    [S_ELLIPSIS] = -2.13f,
    [S_QUESTION] = -1.27f,
    [S_BULLET] = 0.27f,
    [S_BULLET_LONG] = -0.15f,
    [S_BULLET_ENDS] = -0.45f,
    [S_SMALL] = -0.32f,
    [S_NUMBER] = 0.44f,
    [S_BRACKETS] = -2.09f,
    [S_QUOTED] = 0.05f,
    [S_CLOCK] = 0.14f,
    [S_STOP] = 0.32f,
    [S_LOWER] = 0.33f,
    [S_UPPER] = 0.10f,
    [S_TITLE] = -0.07f,
    [S_DIGIT] = -1.11f,
    [S_COMMA] = 0.72f,
    [S_BAR] = -0.39f,
    [S_YOU] = 0.56f,
    [S_ME] = -1.32f,
    [S_CUE_SHORT] = 0.16f,
    [S_CUES_SHORT] = 0.03f,
    [S_CUE_MIDDLE] = -2.72f,
    [S_CUES_LONG] = 0.24f,
    [S_SAID] = 0.14f,
    [S_DATE] = -0.91f,
    [S_BYLINE] = 0.01f,
    [S_NAV] = 0.18f,
    [S_SHARE] = 0.05f,
    [S_PROMO] = -0.34f,
    [S_LEGAL] = -0.67f,
    [S_CAPTION] = -1.20f,
    [S_COMMENT] = 0.25f,
    [S_TALK] = -0.11f,
    [S_TEASER] = -1.12f,
    [S_END] = -0.43f,
    [S_PROMO_LONG] = -0.88f,
    [S_LEGAL_LONG] = -1.88f,
    [S_CAPTION_LONG] = -1.10f,
    [S_COPIED] = -0.29f,
    [S_EARLIER] = -0.49f,
    [S_SHARED] = -0.65f,
    [S_SEEN] = -1.01f,
    [S_GAP] = -0.49f,
    [S_GAP_AFTER] = -0.10f,
    [S_RUN] = 0.70f,
    [S_BEFORE_RUN] = 0.35f,
    [S_AFTER_RUN] = 0.07f,
    [S_PROSE] = -0.24f,
    [S_PROSE_LAST] = -0.05f,
    [S_PROSE_NEXT] = 0.27f,
    [S_PROSE_LAST2] = 0.12f,
    [S_PROSE_NEXT2] = 0.09f,
    [S_BETWEEN] = 0.25f,
    [S_LEADING] = -0.07f,
    [S_TRAILING] = -0.31f,
    [S_LENGTH_LAST] = 0.58f,
    [S_LENGTH_NEXT] = -0.78f,
    [S_DENSE2] = 0.05f,
    [S_DENSE5] = 0.57f,
    [S_DENSE10] = 0.27f,
    [S_DENSE20] = -0.42f,
    [S_BEFORE] = -3.80f,
    [S_AFTER] = -2.45f,
    [S_LOG_BEFORE] = 1.38f,
    [S_LOG_AFTER] = 1.72f,
    [S_FAR_LAST] = -0.31f,
    [S_FAR_NEXT] = -0.07f,
    [S_PLACE] = 0.71f,
    [S_PROSE_SHARE] = -1.26f,
    [S_PAGE_PROSE] = -2.89f,
    [S_PAGE_BLOCKS] = -4.74f,
    [S_TALKED] = -5.59f,
    [S_COMMENTS] = -0.91f,
    [S_TEASED] = -0.96f,
    [S_ENDED] = -0.21f,
    [S_TOPIC] = 1.25f,
    [S_NO_TOPIC] = -0.12f,
    [S_IS_TITLE] = -0.85f,
    [S_HEADLINE] = 0.75f,
    [S_HEADED] = 0.30f,
    [S_TITLE_COPY] = -0.97f,
    [S_ABOVE] = -0.38f,
    [S_INDENT] = -0.71f,
    [S_INDENTED] = -2.78f,
    [S_CROWD] = -1.49f,
    [S_LISTED] = 0.11f,
    [S_CAPTION_NEXT] = 0.19f,
};
static const float second_round[S_ALL] = {
    [S_BIAS] = 1.69f,
    [S_LENGTH] = -0.73f,
    [S_TINY] = -0.68f,
    [S_FEW] = 0.23f,
    [S_SOME] = 0.59f,
    [S_MIDDLE] = 0.17f,
    [S_LONG] = 0.04f,
    [S_LONGER] = 0.57f,
    [S_LONGEST] = 0.78f,
    [S_END_SHORT] = 0.60f,
    [S_END_MIDDLE] = 0.78f,
    [S_END_LONG] = 1.57f,
    [S_NO_END] = -0.20f,
    [S_SENTENCES] = -0.03f,
    [S_PER_SENTENCE] = 0.44f,
    [S_COLON] = 1.15f,
    [S_ELLIPSIS] = -0.77f,
    [S_QUESTION] = -1.05f,
    [S_BULLET] = 0.11f,
    [S_BULLET_LONG] = 0.07f,
    [S_BULLET_ENDS] = -0.29f,
    [S_SMALL] = -0.02f,
    [S_NUMBER] = 0.24f,
    [S_BRACKETS] = -2.20f,
    [S_QUOTED] = -0.05f,
    [S_CLOCK] = 0.31f,
    [S_STOP] = 0.28f,
    [S_LOWER] = -0.02f,
    [S_UPPER] = -0.06f,
    [S_TITLE] = -0.42f,
    [S_DIGIT] = -0.90f,
    [S_COMMA] = 0.69f,
    [S_BAR] = -0.11f,
    [S_YOU] = 0.22f,
    [S_ME] = -1.01f,
    [S_CUE_SHORT] = 0.29f,
    [S_CUES_SHORT] = 0.19f,
    [S_CUE_MIDDLE] = -2.66f,
    [S_CUES_LONG] = 0.54f,
    [S_SAID] = 0.42f,
    [S_DATE] = -0.35f,
    [S_BYLINE] = -0.27f,
    [S_NAV] = 0.29f,
    [S_SHARE] = 0.22f,
    [S_PROMO] = -0.35f,
    [S_LEGAL] = -0.21f,
    [S_CAPTION] = -1.32f,
    [S_COMMENT] = 0.25f,
    [S_TALK] = -0.35f,
    [S_TEASER] = -0.81f,
    [S_END] = -0.31f,
    [S_PROMO_LONG] = -0.47f,
    [S_LEGAL_LONG] = -1.06f,
    [S_CAPTION_LONG] = -0.94f,
    [S_COPIED] = 0.02f,
    [S_EARLIER] = -0.35f,
    [S_SHARED] = -0.29f,
    [S_SEEN] = -1.03f,
    [S_GAP] = -0.11f,
    [S_GAP_AFTER] = -0.04f,
    [S_RUN] = 0.31f,
    [S_BEFORE_RUN] = 1.82f,
    [S_AFTER_RUN] = 1.54f,
    [S_PROSE] = -0.17f,
    [S_PROSE_LAST] = -0.38f,
    [S_PROSE_NEXT] = -0.01f,
    [S_PROSE_LAST2] = -0.21f,
    [S_PROSE_NEXT2] = -0.24f,
    [S_LEADING] = -0.34f,
    [S_TRAILING] = -0.64f,
    [S_LENGTH_LAST] = 0.76f,
    [S_LENGTH_NEXT] = -0.92f,
    [S_DENSE2] = 1.17f,
    [S_DENSE5] = 0.08f,
    [S_DENSE10] = -1.92f,
    [S_DENSE20] = -4.69f,
    [S_BEFORE] = -2.83f,
    [S_AFTER] = -3.01f,
    [S_LOG_BEFORE] = 0.34f,
    [S_LOG_AFTER] = 0.80f,
    [S_FAR_LAST] = -0.25f,
    [S_FAR_NEXT] = -0.11f,
    [S_PLACE] = 0.28f,
    [S_PROSE_SHARE] = 0.13f,
    [S_PAGE_PROSE] = -0.76f,
    [S_PAGE_BLOCKS] = 0.76f,
    [S_TALKED] = 0.26f,
    [S_COMMENTS] = 0.56f,
    [S_TEASED] = 0.03f,
    [S_ENDED] = 0.13f,
    [S_TOPIC] = 1.20f,
    [S_NO_TOPIC] = 0.06f,
    [S_IS_TITLE] = -0.37f,
    [S_HEADLINE] = 0.43f,
    [S_HEADED] = -0.01f,
    [S_TITLE_COPY] = -0.70f,
    [S_ABOVE] = -0.01f,
    [S_INDENT] = -0.25f,
    [S_INDENTED] = -1.05f,
    [S_CROWD] = -0.29f,
    [S_LISTED] = 0.13f,
    [S_CAPTION_NEXT] = 0.26f,
    [S_ODDS] = -0.67f,
    [S_ODDS_LAST] = 0.77f,
    [S_ODDS_NEXT] = 0.89f,
    [S_ODDS_LAST2] = 0.68f,
    [S_ODDS_NEXT2] = 0.47f,
    [S_NEAR2] = -0.16f,
    [S_NEAR5] = 1.14f,
    [S_NEAR10] = 3.28f,
    [S_NEAR20] = 5.09f,
    [S_LAST5] = -0.46f,
    [S_NEXT5] = -0.68f,
    [S_LAST20] = -0.07f,
    [S_NEXT20] = 0.96f,
    [S_BEST] = -0.29f,
    [S_BEST_BEFORE] = -0.67f,
    [S_BEST_AFTER] = -0.93f,
    [S_BEST_FIT] = -0.13f,
    [S_KEPT_BEFORE] = -1.58f,
    [S_KEPT_AFTER] = -2.47f,
    [S_KEPT] = 0.15f,
    [S_KEPT_SHARE] = -0.51f,
    [S_SURE_LAST] = -0.02f,
    [S_SURE_NEXT] = -0.46f,
    [S_BEST_SHORT] = 0.95f,
    [S_BEST_CUE] = -0.46f,
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
