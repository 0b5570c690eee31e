/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_HINT_H
#define DOCSPLIT_HINT_H

#include <stddef.h>
#include <stdint.h>

#include "common/str.h"

/*
 * hint - what a line of a web page's text says about where the page begins
 * or ends, by general phrases (cmd/docsplit/data/guess.tsv) and by its shape.
 */

#define HINT_MOST 400 /* bytes of a line that are looked at */

enum hint_flag {
	HINT_FOOT = 1,   /* a copyright with its year, rights reserved */
	HINT_LEGAL = 2,  /* links that stand in feet */
	HINT_TAIL = 4,   /* what comes behind feet */
	HINT_SKIP = 8,   /* a link past the menu */
	HINT_HEAD = 16,  /* a word of menus, alone */
	HINT_LINKS = 32, /* what lynx writes first: the page's own feeds */
	HINT_ITEM = 64,  /* of a list */
	HINT_EMPTY = 128 /* less than two bytes but for bullets */
};

struct hint {
	uint64_t hash;   /* of the line without bullets and white space */
	uint16_t length; /* characters of the line, HINT_MOST at most */
	uint16_t text;   /* bytes without bullets */
	uint8_t flags;
};

struct hint_phrase {
	struct str text;
	uint16_t flag;
	int16_t next; /* of the same first byte, or -1 */
};

#define HINT_PHRASES 192

struct hint_list {
	struct hint_phrase phrase[HINT_PHRASES];
	int16_t first[256]; /* by first byte, -1 for none */
	size_t n;
};

void hint_init(struct hint_list *);

/* Look at a line, any bytes.  Cost: linear, bounded by HINT_MOST. */
void hint_line(const struct hint_list *, struct str line, struct hint *);

#endif
