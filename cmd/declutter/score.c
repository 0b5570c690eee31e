/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "common/mem.h"

#include "cmd/declutter/feature.h"
#include "cmd/declutter/own.h"
#include "cmd/declutter/score.h"

/* Written by the trainer (data/SOURCE). */
static const struct tree first_trees[] = {
#include "cmd/declutter/data/trees1.inc"
};
static const struct tree second_trees[] = {
#include "cmd/declutter/data/trees2.inc"
};
static const struct tree_list first = {
    first_trees, sizeof(first_trees) / sizeof(first_trees[0]), FIRST_BASE};
static const struct tree_list second = {
    second_trees, sizeof(second_trees) / sizeof(second_trees[0]), SECOND_BASE};
const struct score_model score_built_in = {&phrase_built_in, &first, &second};

/* Log-odds of a chance of 0.6, in 1/TREE_UNIT. */
#define LIKELY 104
/* The bar is looked for in steps of 1/64, between 0.03 and 0.5. */
enum { BAR_STEPS = 64, BAR_LOW = 2, BAR_HIGH = 32 };
/* How much recall counts beside precision. */
#define BAR_RECALL 0.9f
/* A page keeps so many words, if that takes a bar of no less than this. */
#define BAR_FLOOR      40
#define BAR_FLOOR_STEP 16
/* Date lines and the like hardly count for that sum, but are seen by readers:
 * their bar is no lower than this. */
#define BAR_MARKED 0.6f
/* The bar of pages without any prose: verse passes, bare menus do not. */
#define BAR_BARE 0.25f

static void find_run(struct page *);
static float find_bar(const struct score *, const struct page *);
static int is_marked(const struct page_block *);
static float log_odds(float);

void
score_page(struct score *s, const struct score_model *m, struct page *page,
    struct repeat *repeat)
{
	score_start(s, m->phrases, page, repeat);
	tree_sums(m->first, &s->columns, s->odds);
	score_turn(s, page, repeat);
	tree_sums(m->second, &s->columns, s->odds);
	score_decide(s, page, repeat);
}

void
score_start(struct score *s, const struct phrase_table *phrases,
    struct page *page, struct repeat *repeat)
{
	size_t i, need = page->n + COLUMN_STEP, cap = s->cap;

	s->odds = mem_grow(s->odds, &cap, need, sizeof(*s->odds));
	cap = s->cap;
	s->chance = mem_grow(s->chance, &cap, need, sizeof(*s->chance));
	cap = s->cap;
	s->core = mem_grow(s->core, &cap, need, 1);
	s->cap = cap;
	for (i = 0; i < page->n; i++)
		page->v[i].prose = feature_prose(&page->v[i]);
	find_run(page);
	repeat_topic(repeat, page);
	repeat_title(repeat, page);
	phrase_scores(phrases, page);
	column_start(&s->columns, page->n);
	own_columns(&s->columns, page);
	place_columns(&s->place, &s->columns, page);
}

void
score_turn(struct score *s, const struct page *page, struct repeat *repeat)
{
	uint8_t *topic = column_at(&s->columns, COL_KEPT_TOPIC);
	size_t i;

	again_columns(&s->again, &s->columns, page, s->odds);
	for (i = 0; i < page->n; i++)
		s->core[i] = s->odds[i] > LIKELY;
	repeat_core(repeat, page, s->core, s->chance);
	for (i = 0; i < page->n; i++)
		topic[i] = column_share(s->chance[i] + 0.2f);
}

/*
 * Move the odds so that 0.5 is the bar of this page: the one that makes the
 * expected precision and recall of the words kept highest together.  With p
 * the chance of each block, they are sum(p of kept) / (number kept) and
 * sum(p of kept) / sum(p of all); on pages with known articles this gave more
 * of either than the bar of the highest expected F1.  So a page that is
 * doubtful all over keeps its best blocks, and one with any prose never comes
 * out empty.
 */
void
score_decide(struct score *s, struct page *page, struct repeat *repeat)
{
	float bar, high, shift, shift_high;
	size_t i;

	for (i = 0; i < page->n; i++)
		s->chance[i] = again_chance(
		    (float)s->odds[i] / TREE_UNIT + page->v[i].shift);
	bar = find_bar(s, page);
	high = bar > BAR_MARKED ? bar : BAR_MARKED;
	shift = s->bias - log_odds(bar);
	shift_high = s->bias - log_odds(high);
	for (i = 0; i < page->n; i++) {
		struct page_block *b = &page->v[i];
		int marked = is_marked(b);
		int keep = s->chance[i] >= (marked ? high : bar);

		b->score =
		    again_chance((float)s->odds[i] / TREE_UNIT + b->shift +
				 (marked ? shift_high : shift));
		/* Rounding must not move a block over the bar. */
		if (s->bias == 0 && keep != (b->score >= 0.5f))
			b->score = keep ? 0.5f : 0.499f;
	}
	repeat_drop(repeat, page);
}

void
score_free(struct score *s)
{
	column_free(&s->columns);
	place_free(&s->place);
	again_free(&s->again);
	free(s->odds);
	free(s->chance);
	free(s->core);
	*s = (struct score){.cap = 0};
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

static float
find_bar(const struct score *s, const struct page *page)
{
	float words[BAR_STEPS + 1] = {0}, good[BAR_STEPS + 1] = {0};
	float all = 0, kept = 0, right = 0, top = 0;
	float best = 0, worth, bar = 0.5f;
	size_t i;
	int k;

	for (i = 0; i < page->n; i++) {
		float n = (float)page->v[i].words, p = s->chance[i];

		k = (int)(p * BAR_STEPS);
		words[k] += n;
		good[k] += n * p;
		all += n * p;
		if (page->v[i].prose > 0 && p > top)
			top = p;
	}
	if (top == 0)
		return BAR_BARE;
	for (k = BAR_STEPS; k >= BAR_LOW; k--) {
		int few = kept < BAR_FLOOR && k >= BAR_FLOOR_STEP;

		kept += words[k];
		right += good[k];
		if (k > BAR_HIGH || kept <= 0)
			continue;
		worth = right / kept + BAR_RECALL * right / all;
		if (few || worth > best) {
			best = worth;
			bar = (float)k / BAR_STEPS;
		}
	}
	/* Whatever else, the best of the prose is kept. */
	return bar < top ? bar : top;
}

/* Date lines, and "Related: ..." or "Photo: ...". */
static int
is_marked(const struct page_block *b)
{
	if (b->words < 10 && b->stamp >= 0.5f && page_has(b, PAGE_DATE))
		return 1;
	return b->words < 30 && (b->flags & PAGE_HEAD) != 0 &&
	       (page_leads(b, PAGE_TEASER) || page_leads(b, PAGE_CAPTION));
}

static float
log_odds(float p)
{
	float low = -8, high = 8;
	int k;

	for (k = 0; k < 24; k++) {
		float middle = (low + high) / 2;

		if (again_chance(middle) < p)
			low = middle;
		else
			high = middle;
	}
	return low;
}
