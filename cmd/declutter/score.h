/* SPDX-License-Identifier: ISC */
#ifndef DECLUTTER_SCORE_H
#define DECLUTTER_SCORE_H

#include <stddef.h>

#include "cmd/declutter/page.h"
#include "cmd/declutter/repeat.h"
#include "cmd/declutter/signal.h"

/*
 * score - decide which blocks of a page are its article.
 *
 * Two rounds of adding points for signals, turned into a number from 0 to 1.
 * The first round sees a block, its neighbours and the longest run of prose;
 * the second sees in addition what the first made of the whole page.
 */

/* Scratch, kept from page to page.  All zero is ready. */
struct score {
	struct signal_look look;
	float *base; /* log-odds of each block */
	size_t cap;
};

/* Fill in prose, topic, headline and score of each block. */
void score_page(struct score *, struct page *, struct repeat *);

void score_free(struct score *);

#endif
