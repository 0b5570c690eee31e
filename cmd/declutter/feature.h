/* SPDX-License-Identifier: ISC */
#ifndef DECLUTTER_FEATURE_H
#define DECLUTTER_FEATURE_H

#include <stdint.h>

#include "common/blob.h"
#include "common/doc.h"
#include "common/tok.h"

#include "cmd/declutter/page.h"

/* feature - what the words of a block tell by themselves. */

/* The lists and the tokeniser's arrays, kept from page to page. */
struct feature {
	struct blob words;
	uint32_t kind[PAGE_KINDS]; /* bits of the list's kinds */
	uint32_t cue;              /* of all kinds of boilerplate */
	uint32_t when;             /* of dates and times */
	uint32_t open;             /* of what phrases begin with */
	struct tok_list toks;
};

void feature_init(struct feature *);

/* Fill in the blocks that join_rows() made, and page.term. */
void feature_page(struct feature *, struct page *, const struct doc *);

/*
 * How much the block looks like running text: 1 for whole sentences, below 0
 * for what stands in menus.  Needs what feature_page() and repeat_copies()
 * found.
 */
float feature_prose(const struct page_block *);

void feature_free(struct feature *);

#endif
