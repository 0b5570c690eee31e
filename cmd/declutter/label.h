/* SPDX-License-Identifier: ISC */
#ifndef DECLUTTER_LABEL_H
#define DECLUTTER_LABEL_H

#include <stddef.h>

#include "common/str.h"

#include "cmd/declutter/page.h"

/* label - what a block seems to be; of dropped ones, why they are. */

enum label {
	LABEL_TEXT,
	LABEL_HEADLINE,
	LABEL_LIST,
	LABEL_QUOTE,
	LABEL_CAPTION,
	LABEL_COMMENT,
	LABEL_LEGAL,
	LABEL_NAV,
	LABEL_PROMO,
	LABEL_REPEAT,
	LABEL_SHARE,
	LABEL_TEMPLATE,
	LABEL_OTHER,
	LABELS
};

/* Where the article of a page is, for the labels of what is around. */
struct label_page {
	size_t first, last; /* blocks kept; first > last for none */
	size_t talk;        /* head of the comments behind it, or page.n */
};

struct label_page label_start(const struct page *);

/* The label of block `i` as one that is kept, or not. */
enum label label_of(const struct page *, struct label_page, size_t i, int keep);

struct str label_name(enum label);

/* The label of that name, or LABELS. */
enum label label_find(struct str name);

#endif
