/* SPDX-License-Identifier: ISC */
#ifndef COMMON_TRIGGER_H
#define COMMON_TRIGGER_H

#include <stdint.h>

#include "common/blob.h"

/*
 * trigger - words that tell what a name beside them is, or one they are in.
 *
 * The bits are the kinds of data/triggers.tsv in the order in which pack meets
 * them; trigger_init() asserts that they agree.
 */

enum trigger {
	TRIGGER_BEFORE_NAME = 1 << 0,  /* AD: north, new, upper */
	TRIGGER_BREAK = 1 << 1,        /* B: by, with, after */
	TRIGGER_DIRECTION = 1 << 2,    /* DR: north, southern, lower */
	TRIGGER_IN = 1 << 3,           /* I: in, near: a place follows */
	TRIGGER_TO = 1 << 4,           /* J: to, from: a place may follow */
	TRIGGER_STARTS = 1 << 5,       /* K: first word of a longer one */
	TRIGGER_PLACE_FIRST = 1 << 6,  /* LF: mount, gulf */
	TRIGGER_PLACE_LAST = 1 << 7,   /* LT: river, street */
	TRIGGER_OTHER_LAST = 1 << 8,   /* M: war, cup, prize */
	TRIGGER_OTHER_BEFORE = 1 << 9, /* MN: film, novel, ship */
	TRIGGER_NEVER = 1 << 10,       /* N: the, monday: never a name */
	TRIGGER_CALENDAR = 1 << 11,    /* NF: names of months and days */
	TRIGGER_BODY_OF = 1 << 12,     /* OF: ministry, bank */
	TRIGGER_BODY_LAST = 1 << 13,   /* OH: agency, party */
	TRIGGER_BODY_BEFORE = 1 << 14, /* ON: newspaper, firm */
	TRIGGER_BODY_AFTER = 1 << 15,  /* OV: executives, shares */
	TRIGGER_FORM = 1 << 16,        /* OX: inc, gmbh */
	TRIGGER_OWNED = 1 << 17,       /* PO: people's, lloyd's */
	TRIGGER_PARTICLE = 1 << 18,    /* PT: de, van, bin */
	TRIGGER_PLACE_NOUN = 1 << 19,  /* Q: city, border */
	TRIGGER_ROLE = 1 << 20,        /* R: actor, lawyer */
	TRIGGER_TITLE = 1 << 21,       /* T: president, mr */
	TRIGGER_TITLE_WOMAN = 1 << 22, /* TF */
	TRIGGER_TITLE_MAN = 1 << 23,   /* TM */
	TRIGGER_VERB = 1 << 24,        /* V: said, won, was */
	TRIGGER_VERB_PERSON = 1 << 25, /* VX: said, married, smiled */
	TRIGGER_WOMAN = 1 << 26,       /* XF: women's given names */
	TRIGGER_MAN = 1 << 27          /* XM: men's given names */
};

struct trigger_list {
	struct blob blob;
};

void trigger_init(struct trigger_list *);

/* The kinds of the word that tok_hash() gave this hash. */
uint32_t trigger_find(const struct trigger_list *, uint64_t hash);

#endif
