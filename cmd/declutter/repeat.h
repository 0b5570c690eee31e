/* SPDX-License-Identifier: ISC */
#ifndef DECLUTTER_REPEAT_H
#define DECLUTTER_REPEAT_H

#include <stddef.h>
#include <stdint.h>

#include "cmd/declutter/page.h"

/* repeat - what the blocks of a page have in common. */

/* What a question knows of a hash: its upper half, never 0, and a number. */
struct repeat_slot {
	uint32_t tag, value;
};

/*
 * One table for all questions, kept from page to page: each question joins
 * a salt of its own to the hashes, so nothing has to be emptied between.
 * The content words of a page are numbered once, from 0 on.
 */
struct repeat {
	struct repeat_slot *slot;
	size_t used, cap; /* cap is 0 or a power of two */
	uint64_t salt;
	uint32_t *number; /* of each of page.content */
	size_t number_cap;
	uint32_t *seen; /* by such a number: what a question knows of it */
	size_t seen_cap, numbers;
};

/* Ready the table for a page and number its content words: first, before all
 * that follows. */
void repeat_start(struct repeat *, const struct page *);

/* Find copies and shared word triples: `copies` to `seen` of each block. */
void repeat_copies(struct repeat *, struct page *);

/* Compare all blocks with the prose of the page's run: `topic`. */
void repeat_topic(struct repeat *, struct page *);

/* Compare all blocks with those that `core` marks: shares into `topic`. */
void repeat_core(
    struct repeat *, const struct page *, const uint8_t *core, float *topic);

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
