/* SPDX-License-Identifier: ISC */
#ifndef COMMON_CLUE_H
#define COMMON_CLUE_H

#include <stdint.h>

#include "common/chunk.h"

/*
 * clue - what speaks for a possible name being a person, an organisation, a
 * place, something else with a name, or no name at all.
 *
 * Each clue bears points for the five (common/points.h), which are summed.
 */

enum clue {
	/* the whole of it is in the lists */
	CLUE_COUNTRY,
	CLUE_CITY,
	CLUE_TOWN,
	CLUE_PEOPLE,
	CLUE_EVENT,
	CLUE_MEDIA,
	CLUE_GOVERNMENT,
	CLUE_COMPANY,
	CLUE_SCHOOL,
	CLUE_PARTY,
	CLUE_TEAM,
	CLUE_ACRONYM,
	CLUE_KNOWN,    /* an acronym that everybody knows */
	CLUE_UNLISTED, /* one word, in no list at all */
	/* its words */
	CLUE_ONE,
	CLUE_TWO,
	CLUE_THREE,
	CLUE_MANY,         /* four or more */
	CLUE_GIVEN,        /* one word, a given name */
	CLUE_FAMILY,       /* one word, a family name */
	CLUE_RARE,         /* one word, a rare family name */
	CLUE_GIVEN_CITY,   /* one word, a person's name and a place */
	CLUE_GIVEN_FIRST,  /* two or more, the first a given name */
	CLUE_GIVEN_FAMILY, /* the first a given, the last a family name */
	CLUE_GIVEN_OTHER,  /* the first a given name, the last in no list */
	CLUE_FAMILY_LAST,  /* two or more, the last a family name */
	CLUE_RARE_LAST,
	CLUE_OTHER_LAST,    /* two or more, the last in no list */
	CLUE_OTHER_FIRST,   /* two or more, the first in no list */
	CLUE_COMMON,        /* one word, a common one */
	CLUE_DICTIONARY,    /* one word, in the dictionary */
	CLUE_FIRST_WORD,    /* two or more, the first in the dictionary */
	CLUE_LAST_WORD,     /* the last is in the dictionary */
	CLUE_ALL_WORDS,     /* all are */
	CLUE_WORD_AT_START, /* one word of the dictionary beginning a sentence */
	CLUE_NAME_AT_START, /* the same, also a given or family name */
	/* their shapes */
	CLUE_UPPER,       /* one word of two to five capitals */
	CLUE_UPPER_LONG,  /* one longer word in capitals */
	CLUE_UPPER_WORD,  /* one word in capitals, in the dictionary */
	CLUE_UPPER_FIRST, /* two or more, the first in capitals */
	CLUE_MIXED,       /* capitals inside: iPhone */
	CLUE_HYPHEN,
	CLUE_DIGIT,
	CLUE_NUMBER_LAST,  /* Apollo 11 */
	CLUE_INITIAL,      /* an initial inside: J. */
	CLUE_PARTICLE,     /* de, van, bin inside */
	CLUE_OF,           /* of, for inside */
	CLUE_AND,          /* and, & inside */
	CLUE_LIKE_PERSON,  /* ends like a family name: -enko */
	CLUE_LIKE_PLACE,   /* ends like a place: -ville */
	CLUE_LIKE_PEOPLE,  /* ends like a people: -ians */
	CLUE_LIKE_COMPANY, /* ends like a company: -soft */
	CLUE_LIKE_BELIEF,  /* ends like a belief: -ism */
	/* words in it that say what is named */
	CLUE_BODY_LAST,
	CLUE_BODY_ALONE,  /* one word: Parliament */
	CLUE_BODY_INSIDE, /* an earlier word does */
	CLUE_BODY_FIRST,  /* Ministry of */
	CLUE_FORM,        /* Inc. */
	CLUE_PLACE_LAST,
	CLUE_PLACE_ALONE,
	CLUE_PLACE_FIRST, /* Mount X */
	CLUE_NAMED_LAST,  /* X War, X Cup */
	CLUE_NAMED_ALONE,
	CLUE_NAMED_FIRST,  /* Hurricane X */
	CLUE_PEOPLE_FIRST, /* two or more, the first a demonym */
	CLUE_COUNTRY_FIRST,
	CLUE_CITY_FIRST,
	CLUE_COMPANY_FIRST,
	CLUE_DIRECTION, /* North X */
	/* what stands beside it */
	CLUE_IN_HEADLINE,
	CLUE_AT_START, /* of the sentence */
	CLUE_AFTER_MARK,
	CLUE_AFTER_COMMA,
	CLUE_AFTER_BRACKET,
	CLUE_AFTER_QUOTE,
	CLUE_AFTER_TITLE,
	CLUE_AFTER_MR,
	CLUE_AFTER_ROLE,
	CLUE_AFTER_IN,
	CLUE_AFTER_TO,
	CLUE_AFTER_BREAK,
	CLUE_AFTER_THE,
	CLUE_AFTER_A,
	CLUE_AFTER_OWNER,
	CLUE_AFTER_BODY,   /* newspaper X */
	CLUE_AFTER_NAMED,  /* film X */
	CLUE_AFTER_PLACE,  /* city of X */
	CLUE_AFTER_PEOPLE, /* Russian X */
	CLUE_AFTER_AND,
	CLUE_AFTER_OF,
	CLUE_BEFORE_PERSON, /* X laughed */
	CLUE_BEFORE_VERB,
	CLUE_BEFORE_BODY, /* X executives */
	CLUE_BEFORE_OWNER,
	CLUE_BEFORE_PLACE, /* X, France */
	CLUE_BEFORE_AREA,  /* X province */
	CLUE_BEFORE_NOUN,  /* X newspaper */
	CLUE_BEFORE_TITLE, /* X president */
	CLUE_BEFORE_AND,
	CLUE_BEFORE_COMMA,
	CLUE_BEFORE_BRACKET,
	CLUE_BEFORE_IN,
	CLUE_BEFORE_OF,
	CLUE_BEFORE_NUMBER,
	CLUE_BEFORE_AGE, /* X, 52, */
	CLUE_AT_END,     /* of the sentence */
	CLUE_PLAIN,      /* none of those beside it */
	CLUE_ALL
};

/* The clues of one possible name, a bit each. */
struct clue_set {
	uint64_t v[2];
};

/* Find the clues of chunk `c`; `headline` tells what sentence it is in. */
void clue_find(
    struct clue_set *, const struct chunk_text *, struct chunk c, int headline);

static inline int
clue_has(const struct clue_set *s, enum clue clue)
{
	return (int)(s->v[clue >> 6] >> (clue & 63) & 1);
}

#endif
