/* SPDX-License-Identifier: ISC */
#ifndef DECLUTTER_SCORE_H
#define DECLUTTER_SCORE_H

#include <stddef.h>
#include <stdint.h>

#include "cmd/declutter/again.h"
#include "cmd/declutter/column.h"
#include "cmd/declutter/page.h"
#include "cmd/declutter/phrase.h"
#include "cmd/declutter/place.h"
#include "cmd/declutter/repeat.h"
#include "cmd/declutter/tree.h"

/*
 * score - decide which blocks of a page are its article.
 *
 * Two rounds of decision trees.  The first sees a block, its neighbours and
 * the page; the second sees in addition what the first made of the page.
 * Then as many of the best blocks are kept as promise the best page.
 */

struct score_model {
	const struct phrase_table *phrases;
	const struct tree_list *first, *second;
};

extern const struct score_model score_built_in;

/* Scratch, kept from page to page.  All zero is ready. */
struct score {
	struct columns columns;
	struct place place;
	struct again again;
	int16_t *odds; /* log-odds of each block, in 1/TREE_UNIT */
	float *chance;
	uint8_t *core; /* whether it is likely */
	size_t cap;
	float bias; /* added to the log-odds of every block */
};

/*
 * Fill in prose, topic, headline and score of each block; those of 0.5 and
 * more are kept.  Needs what feature.c and repeat_copies() found.
 */
void score_page(
    struct score *, const struct score_model *, struct page *, struct repeat *);

/* The steps of it, for the trainer: what stands before the first round, the
 * columns of the second from `odds`, and the decision by these. */
void score_start(struct score *, const struct phrase_table *, struct page *,
    struct repeat *);
void score_turn(struct score *, const struct page *, struct repeat *);
void score_decide(struct score *, struct page *, struct repeat *);

void score_free(struct score *);

#endif
