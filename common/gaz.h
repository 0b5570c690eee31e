/* SPDX-License-Identifier: ISC */
#ifndef COMMON_GAZ_H
#define COMMON_GAZ_H

#include <stddef.h>
#include <stdint.h>

#include "common/blob.h"
#include "common/str.h"
#include "common/tok.h"

/*
 * gaz - what the lists in common/data say about the words of a block.
 *
 * Two tables are embedded: names.tsv with english.tsv, and triggers.tsv.  The
 * bits below are the kinds of those files in the order in which pack meets
 * them; gaz_init() asserts that they agree.
 */

enum gaz_name {
	GAZ_ACRONYM = 1 << 0,     /* A: bodies, parties; case counts */
	GAZ_KNOWN = 1 << 1,       /* AA: the best known; case counts */
	GAZ_COUNTRY = 1 << 2,     /* C: countries, parts of the world */
	GAZ_PEOPLE = 1 << 3,      /* D: demonyms, peoples, languages */
	GAZ_EVENT = 1 << 4,       /* E: leagues, cups, religions */
	GAZ_GIVEN = 1 << 5,       /* F: given names */
	GAZ_CITY = 1 << 6,        /* G: large cities, provinces */
	GAZ_COMPANY = 1 << 7,     /* OB */
	GAZ_SCHOOL = 1 << 8,      /* OE */
	GAZ_GOVERNMENT = 1 << 9,  /* OG: and armed groups */
	GAZ_MEDIA = 1 << 10,      /* OM */
	GAZ_PARTY = 1 << 11,      /* OP */
	GAZ_TEAM = 1 << 12,       /* OT */
	GAZ_TOWN = 1 << 13,       /* P: smaller places, rivers */
	GAZ_FAMILY = 1 << 14,     /* S: common family names */
	GAZ_RARE_NAME = 1 << 15,  /* Z: other family names */
	GAZ_COMMON = 1 << 16,     /* W1: the commonest English words */
	GAZ_DICTIONARY = 1 << 17, /* W2: further English words */

	GAZ_PLACE = GAZ_COUNTRY | GAZ_CITY | GAZ_TOWN,
	GAZ_WORD = GAZ_COMMON | GAZ_DICTIONARY
};

enum gaz_trigger {
	GAZ_BEFORE_NAME = 1 << 0,  /* AD: north, new, upper */
	GAZ_BREAK = 1 << 1,        /* B: by, with, after: a name may follow */
	GAZ_DIRECTION = 1 << 2,    /* DR: north, southern, lower */
	GAZ_IN = 1 << 3,           /* I: in, near: a place follows */
	GAZ_TO = 1 << 4,           /* J: to, from: a place may follow */
	GAZ_STARTS = 1 << 5,       /* K: first word of a longer trigger */
	GAZ_PLACE_FIRST = 1 << 6,  /* LF: mount, gulf */
	GAZ_PLACE_LAST = 1 << 7,   /* LT: river, street */
	GAZ_OTHER_LAST = 1 << 8,   /* M: war, cup, prize */
	GAZ_OTHER_BEFORE = 1 << 9, /* MN: film, novel, ship */
	GAZ_NEVER = 1 << 10,       /* N: the, monday: never a name */
	GAZ_CALENDAR = 1 << 11,    /* NF: names of months and days */
	GAZ_BODY_OF = 1 << 12,     /* OF: ministry, bank: "of" may follow */
	GAZ_BODY_LAST = 1 << 13,   /* OH: agency, party */
	GAZ_BODY_BEFORE = 1 << 14, /* ON: newspaper, firm */
	GAZ_BODY_AFTER = 1 << 15,  /* OV: executives, shares */
	GAZ_FORM = 1 << 16,        /* OX: inc, gmbh */
	GAZ_OWNED = 1 << 17,       /* PO: people's, lloyd's */
	GAZ_PARTICLE = 1 << 18,    /* PT: de, van, bin */
	GAZ_PLACE_NOUN = 1 << 19,  /* Q: city, border */
	GAZ_ROLE = 1 << 20,        /* R: actor, lawyer */
	GAZ_TITLE = 1 << 21,       /* T: president, mr */
	GAZ_TITLE_WOMAN = 1 << 22, /* TF */
	GAZ_TITLE_MAN = 1 << 23,   /* TM */
	GAZ_VERB = 1 << 24,        /* V: said, won, was */
	GAZ_VERB_PERSON = 1 << 25, /* VX: said, married, smiled */
	GAZ_WOMAN = 1 << 26,       /* XF: women's given names */
	GAZ_MAN = 1 << 27          /* XM: men's given names */
};

struct gaz {
	struct blob names, triggers;
	size_t longest; /* phrase looked for, in tokens */
};

/* What is known about one token, and about the phrases that begin there. */
struct gaz_word {
	uint32_t names;    /* enum gaz_name, of the word alone */
	uint32_t triggers; /* enum gaz_trigger, of the word alone */
	uint32_t phrase;   /* of the longest phrase of two tokens or more */
	uint32_t title;    /* the same in the triggers */
	uint8_t phrase_n;  /* tokens of that phrase, 0 for none */
	uint8_t title_n;
	uint8_t name_like; /* a word with an upper-case letter */
};

void gaz_init(struct gaz *);

/*
 * Fill `v`, one for each token of `l`.  Names are looked up from words with
 * an upper-case letter only.  Cost: a few table looks a token.
 */
void gaz_block(const struct gaz *, struct str text, const struct tok_list *l,
    struct gaz_word *v);

#endif
