/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "common/mem.h"

#include "cmd/declutter/feature.h"
#include "cmd/declutter/score.h"

/*
 * The points of each signal, in log-odds.  They were fitted by logistic
 * regression on pages in many layouts and languages (data/SOURCE) and
 * rounded; S_CUE_COLON, too rare for that, was set by hand.
 */
static const float first_round[S_FIRST] = {
    [S_BIAS] = 0.89f,
    [S_LENGTH] = -0.02f,
    [S_TINY] = -0.31f,
    [S_FEW] = 0.29f,
    [S_SOME] = 0.69f,
    [S_MIDDLE] = 0.15f,
    [S_LONG] = -0.25f,
    [S_LONGER] = 0.05f,
    [S_LONGEST] = 0.26f,
    [S_END_SHORT] = 0.26f,
    [S_END_MIDDLE] = 0.25f,
    [S_END_LONG] = 1.14f,
    [S_NO_END] = -0.49f,
    [S_PER_SENTENCE] = 0.09f,
    [S_COLON] = 1.12f,
    [S_ELLIPSIS] = -1.36f,
    [S_QUESTION] = -0.68f,
    [S_BULLET] = 0.33f,
    [S_BULLET_LONG] = -0.15f,
    [S_BULLET_ENDS] = -0.03f,
    [S_SMALL] = -0.10f,
    [S_NUMBER] = 0.16f,
    [S_BRACKETS] = -0.43f,
    [S_QUOTED] = 0.03f,
    [S_CLOCK] = 0.01f,
    [S_STOP] = 0.44f,
    [S_LOWER] = 0.12f,
    [S_UPPER] = -0.12f,
    [S_TITLE] = -0.29f,
    [S_DIGIT] = -0.04f,
    [S_COMMA] = 0.70f,
    [S_BAR] = -0.16f,
    [S_YOU] = 0.28f,
    [S_ME] = -0.92f,
    [S_CUE_SHORT] = -0.21f,
    [S_CUES_SHORT] = -0.24f,
    [S_CUE_MIDDLE] = -0.66f,
    [S_CUES_LONG] = -0.09f,
    [S_SAID] = 0.32f,
    [S_DATE] = 0.10f,
    [S_BYLINE] = -0.06f,
    [S_NAV] = 0.10f,
    [S_SHARE] = -0.04f,
    [S_PROMO] = -0.22f,
    [S_LEGAL] = -0.56f,
    [S_CAPTION] = -0.57f,
    [S_COMMENT] = -0.07f,
    [S_TALK] = -0.10f,
    [S_TEASER] = -0.35f,
    [S_END] = -0.27f,
    [S_LEADS_TEASER] = -0.31f,
    [S_LEADS_PROMO] = -0.18f,
    [S_LEADS_CAPTION] = -0.01f,
    [S_LEADS_BYLINE] = -0.10f,
    [S_LEADS_OTHER] = -0.30f,
    [S_YOU_PROMO] = -0.05f,
    [S_BY_FIRST] = -0.38f,
    [S_DATE_LINE] = -0.84f,
    [S_CUE_COLON] = -0.50f,
    [S_PROMO_LONG] = -0.36f,
    [S_LEGAL_LONG] = -0.85f,
    [S_CAPTION_LONG] = -0.53f,
    [S_COPIED] = -0.43f,
    [S_EARLIER] = -0.35f,
    [S_SHARED] = -0.64f,
    [S_SEEN] = -0.63f,
    [S_GAP] = 0.13f,
    [S_GAP_AFTER] = 0.08f,
    [S_RUN] = 0.84f,
    [S_BEFORE_RUN] = -0.13f,
    [S_AFTER_RUN] = -0.21f,
    [S_PROSE] = -0.15f,
    [S_PROSE_LAST] = 0.07f,
    [S_PROSE_NEXT] = 0.25f,
    [S_PROSE_LAST2] = 0.14f,
    [S_PROSE_NEXT2] = 0.12f,
    [S_BETWEEN] = 0.17f,
    [S_LEADING] = -0.06f,
    [S_TRAILING] = -0.28f,
    [S_LENGTH_LAST] = 0.53f,
    [S_LENGTH_NEXT] = 0.08f,
    [S_DENSE2] = -0.13f,
    [S_DENSE5] = 0.57f,
    [S_DENSE10] = 0.34f,
    [S_DENSE20] = -0.13f,
    [S_BEFORE] = -0.93f,
    [S_AFTER] = 0.32f,
    [S_LOG_BEFORE] = 0.31f,
    [S_LOG_AFTER] = 0.33f,
    [S_FAR_LAST] = -0.36f,
    [S_FAR_NEXT] = 0.21f,
    [S_PLACE] = -0.10f,
    [S_PROSE_SHARE] = -0.45f,
    [S_PAGE_PROSE] = -1.78f,
    [S_PAGE_BLOCKS] = -1.35f,
    [S_TALKED] = -2.26f,
    [S_COMMENTS] = -1.10f,
    [S_TEASED] = -0.73f,
    [S_ENDED] = -0.31f,
    [S_TOPIC] = 1.01f,
    [S_NO_TOPIC] = 0.01f,
    [S_IS_TITLE] = -0.51f,
    [S_HEADLINE] = 0.93f,
    [S_HEADED] = -0.01f,
    [S_TITLE_COPY] = -0.55f,
    [S_ABOVE] = -0.44f,
    [S_INDENT] = -0.13f,
    [S_INDENTED] = -0.94f,
    [S_CROWD] = -1.06f,
    [S_LISTED] = 0.11f,
    [S_CAPTION_NEXT] = 0.12f,
};
static const float second_round[S_ALL] = {
    [S_BIAS] = 0.16f,
    [S_LENGTH] = 0.13f,
    [S_TINY] = -0.22f,
    [S_FEW] = -0.01f,
    [S_SOME] = 0.06f,
    [S_MIDDLE] = -0.03f,
    [S_LONG] = -0.04f,
    [S_LONGER] = 0.16f,
    [S_LONGEST] = 0.25f,
    [S_END_SHORT] = 0.14f,
    [S_END_MIDDLE] = 0.14f,
    [S_END_LONG] = 0.29f,
    [S_NO_END] = -0.03f,
    [S_SENTENCES] = 0.15f,
    [S_PER_SENTENCE] = 0.06f,
    [S_COLON] = 0.35f,
    [S_ELLIPSIS] = -0.17f,
    [S_QUESTION] = -0.30f,
    [S_BULLET] = -0.06f,
    [S_BULLET_LONG] = -0.04f,
    [S_BULLET_ENDS] = -0.07f,
    [S_SMALL] = 0.05f,
    [S_NUMBER] = 0.03f,
    [S_BRACKETS] = -0.39f,
    [S_QUOTED] = -0.08f,
    [S_CLOCK] = 0.06f,
    [S_STOP] = 0.18f,
    [S_LOWER] = -0.08f,
    [S_UPPER] = -0.15f,
    [S_TITLE] = -0.23f,
    [S_DIGIT] = 0.06f,
    [S_COMMA] = 0.29f,
    [S_BAR] = -0.09f,
    [S_ME] = -0.24f,
    [S_CUE_SHORT] = -0.04f,
    [S_CUES_SHORT] = -0.10f,
    [S_CUE_MIDDLE] = -0.34f,
    [S_CUES_LONG] = 0.21f,
    [S_SAID] = 0.23f,
    [S_DATE] = 0.16f,
    [S_BYLINE] = -0.02f,
    [S_NAV] = 0.17f,
    [S_SHARE] = 0.07f,
    [S_PROMO] = -0.11f,
    [S_LEGAL] = -0.15f,
    [S_CAPTION] = -0.41f,
    [S_COMMENT] = 0.02f,
    [S_TALK] = -0.02f,
    [S_TEASER] = -0.10f,
    [S_END] = -0.10f,
    [S_LEADS_TEASER] = -0.10f,
    [S_LEADS_PROMO] = -0.06f,
    [S_LEADS_CAPTION] = 0.01f,
    [S_LEADS_BYLINE] = -0.01f,
    [S_LEADS_OTHER] = -0.16f,
    [S_YOU_PROMO] = 0.05f,
    [S_BY_FIRST] = -0.22f,
    [S_DATE_LINE] = -0.37f,
    [S_CUE_COLON] = -1.00f,
    [S_PROMO_LONG] = -0.10f,
    [S_LEGAL_LONG] = -0.26f,
    [S_CAPTION_LONG] = -0.30f,
    [S_COPIED] = 0.07f,
    [S_EARLIER] = -0.13f,
    [S_SHARED] = 0.03f,
    [S_SEEN] = -0.32f,
    [S_GAP] = -0.06f,
    [S_GAP_AFTER] = -0.22f,
    [S_RUN] = -0.92f,
    [S_BEFORE_RUN] = 0.37f,
    [S_AFTER_RUN] = 0.53f,
    [S_PROSE] = 0.05f,
    [S_PROSE_LAST] = -0.27f,
    [S_PROSE_NEXT] = -0.18f,
    [S_PROSE_LAST2] = -0.32f,
    [S_PROSE_NEXT2] = -0.30f,
    [S_BETWEEN] = 0.01f,
    [S_LEADING] = -0.07f,
    [S_TRAILING] = -0.24f,
    [S_LENGTH_LAST] = 0.02f,
    [S_LENGTH_NEXT] = -0.41f,
    [S_DENSE2] = 0.29f,
    [S_DENSE5] = -0.37f,
    [S_DENSE10] = -0.80f,
    [S_DENSE20] = -1.06f,
    [S_BEFORE] = -0.26f,
    [S_AFTER] = -0.55f,
    [S_LOG_BEFORE] = -0.04f,
    [S_LOG_AFTER] = 0.26f,
    [S_FAR_LAST] = 0.26f,
    [S_FAR_NEXT] = 0.15f,
    [S_PLACE] = 0.32f,
    [S_PROSE_SHARE] = 0.24f,
    [S_PAGE_PROSE] = -0.10f,
    [S_PAGE_BLOCKS] = -0.45f,
    [S_TALKED] = -0.25f,
    [S_COMMENTS] = 0.26f,
    [S_TEASED] = 0.22f,
    [S_ENDED] = 0.16f,
    [S_TOPIC] = 0.82f,
    [S_NO_TOPIC] = 0.04f,
    [S_IS_TITLE] = -0.07f,
    [S_HEADLINE] = 0.17f,
    [S_HEADED] = -0.09f,
    [S_TITLE_COPY] = -0.26f,
    [S_ABOVE] = 0.12f,
    [S_INDENT] = -0.19f,
    [S_INDENTED] = -0.37f,
    [S_CROWD] = -0.17f,
    [S_LISTED] = -0.03f,
    [S_CAPTION_NEXT] = -0.04f,
    [S_ODDS] = 0.90f,
    [S_ODDS_LAST] = 0.67f,
    [S_ODDS_NEXT] = 0.82f,
    [S_ODDS_LAST2] = 0.67f,
    [S_ODDS_NEXT2] = 0.51f,
    [S_NEAR2] = 0.75f,
    [S_NEAR5] = 0.73f,
    [S_NEAR10] = 0.89f,
    [S_NEAR20] = 0.76f,
    [S_LAST5] = 0.01f,
    [S_NEXT5] = -0.04f,
    [S_LAST20] = 0.29f,
    [S_NEXT20] = 0.19f,
    [S_BEST] = -0.59f,
    [S_BEST_BEFORE] = -0.33f,
    [S_BEST_AFTER] = -0.39f,
    [S_BEST_FIT] = 0.08f,
    [S_KEPT_BEFORE] = 0.11f,
    [S_KEPT_AFTER] = -0.44f,
    [S_KEPT] = -0.44f,
    [S_KEPT_SHARE] = -0.22f,
    [S_SURE_LAST] = 0.33f,
    [S_SURE_NEXT] = 0.35f,
    [S_BEST_SHORT] = 0.57f,
    [S_BEST_CUE] = -0.32f,
    [S_BEST_ODDS] = 2.20f,
    [S_BEST_SURE] = 1.44f,
    [S_NONE_BEFORE] = -0.55f,
    [S_NONE_AFTER] = -0.63f,
    [S_AFTER_PROSE] = -0.47f,
    [S_ABOVE_PROSE] = 0.58f,
    [S_TOPIC_LONG] = -0.82f,
};

/* The bar is looked for in steps of 1/64, between 0.08 and 0.5. */
enum { BAR_STEPS = 64, BAR_LOW = 5, BAR_HIGH = 32 };
/* What is lost at the bar costs a page more than the sums say: on pages with
 * known articles, four fifths of it gave the highest F1. */
#define BAR_EASE 0.8f
/* The bar of pages without any prose: verse passes, bare menus do not. */
#define BAR_BARE 0.7f

static void find_run(struct page *);
static void set_bar(struct score *, struct page *);
static float find_bar(const struct page *);
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
	repeat_drop(repeat, page);
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
 * is doubtful all over keeps its best blocks, and one with any prose never
 * comes out empty.
 */
static void
set_bar(struct score *s, struct page *page)
{
	float bar = find_bar(page), shift;
	size_t i;

	/* The log-odds of the bar, negative. */
	shift = -0.693147f * signal_log2(1 / bar - 2);
	for (i = 0; i < page->n; i++) {
		struct page_block *b = &page->v[i];
		int keep = b->score >= bar;

		/* A headline that stands there twice is the page's, not the
		 * article's. */
		if (page->titles > 1 && page_is_title(b))
			keep = 0;
		b->score = signal_chance(s->base[i] - shift);
		if (keep)
			b->score = b->score < 0.5f ? 0.5f : b->score;
		else
			b->score = b->score < 0.5f ? b->score : 0.499f;
	}
}

static float
find_bar(const struct page *page)
{
	float words[BAR_STEPS + 1] = {0}, good[BAR_STEPS + 1] = {0};
	float all = 0, kept = 0, right = 0, best = 0, bar = 0.5f, top = 0;
	size_t i;
	int k;

	for (i = 0; i < page->n; i++) {
		const struct page_block *b = &page->v[i];
		float n = (float)b->words;

		k = (int)(b->score * BAR_STEPS);
		words[k] += n;
		good[k] += n * b->score;
		all += n * b->score;
		if (b->prose > 0 && b->score > top)
			top = b->score;
	}
	for (k = BAR_STEPS; k >= BAR_LOW; k--) {
		kept += words[k];
		right += good[k];
		if (k <= BAR_HIGH && 2 * right > best * (kept + all)) {
			best = 2 * right / (kept + all);
			bar = BAR_EASE * (float)k / BAR_STEPS;
		}
	}
	if (top == 0)
		return BAR_BARE;
	return best == 0 ? top : bar;
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
