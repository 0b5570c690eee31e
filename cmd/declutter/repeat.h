/* SPDX-License-Identifier: ISC */
#ifndef DECLUTTER_REPEAT_H
#define DECLUTTER_REPEAT_H

#include <stdint.h>

#include "common/set.h"

#include "cmd/declutter/page.h"

/* repeat - what the blocks of a page have in common. */

/* One table for all questions, kept from page to page: each question joins
 * a salt of its own to the hashes, so nothing has to be emptied between. */
struct repeat {
	struct set set;
	uint64_t salt;
};

/* Find copies and shared word triples: `copies` to `seen` of each block. */
void repeat_copies(struct repeat *, struct page *);

/* Compare all blocks with the prose of the page's run: `topic`. */
void repeat_topic(struct repeat *, struct page *);

/*
 * Guess the headline among the blocks before the run (`page.title`) and
 * compare all blocks with it: `headline`, `headed` and `page.titles`.
 */
void repeat_title(struct repeat *, struct page *);

/*
 * Once the blocks have scores: of several copies of a sentence or more that
 * would be kept, leave the first.
 */
void repeat_drop(struct repeat *, struct page *);

void repeat_free(struct repeat *);

#endif
