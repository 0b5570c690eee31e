/* SPDX-License-Identifier: ISC */
#ifndef COMMON_CANON_H
#define COMMON_CANON_H

#include <stddef.h>
#include <stdint.h>

#include "common/doc.h"
#include "common/set.h"

/*
 * canon - which mentions of a document mean the same person, body or place.
 */

/* The types whose short forms are known; others are 4 and above. */
enum canon_type { CANON_PER, CANON_ORG, CANON_LOC, CANON_MISC };

#define CANON_TYPES 4

enum canon_gender { CANON_UNKNOWN, CANON_FEMALE, CANON_MALE };

/* A surname has so many words more than one at most: Ponce de la Vega. */
#define CANON_ENDS 3

/* One name, with what the document will need to know of it. */
struct canon_mention {
	uint64_t name;       /* hash of all its words, see canon_first() */
	uint64_t head, tail; /* of the first and the last */
	uint64_t ends[CANON_ENDS]; /* of a person's last two, three, four words
	                            * if there are more, else 0 */
	uint64_t junior;           /* of "Jr." or "II" behind a person, or 0 */
	uint64_t initials; /* up to eight capitals its words begin with */
	uint32_t block;    /* index into doc.v */
	uint32_t at, end;  /* bytes */
	uint32_t role_at, role_end; /* title words before it; equal: none */
	float score;                /* 0..1, how sure, or 0 */
	int32_t say[CANON_TYPES];   /* what speaks for each type of a model */
	uint16_t words;             /* no more than tag.c allows */
	uint8_t type;               /* enum canon_type */
	uint8_t gender;             /* enum canon_gender */
	uint8_t middle;   /* first letter of a person's second word of three */
	uint8_t bracket;  /* stands in brackets behind the mention before it */
	uint8_t particle; /* begins in lower case: van den Berg */
	uint8_t acronym;  /* three capitals or more */
	uint8_t known_head; /* its first word alone could be a name */
};

/* What the mentions of one thing share; see struct tag_entity. */
struct canon_entity {
	struct str name, role;
	uint32_t count;
	uint8_t type, gender;
	uint8_t middle; /* as mentions have them, once one has */
	uint64_t junior;
};

/* At least the number of short forms that canon.c lists. */
#define CANON_SAME 16

struct canon {
	struct canon_entity *v; /* of the document */
	size_t n, cap;
	uint32_t *entity; /* of each mention: index into `v` */
	size_t mention_cap;
	uint64_t same_full[CANON_SAME];
	struct set same; /* well-known short form to index of the full */
	struct set name; /* name and type to entity */
	struct set ends; /* last words of longer names of persons */
	struct set tail; /* last words of a person to first entity */
	struct set head; /* first word to entity */
	struct set last; /* last word of a body to entity, if to one */
	struct set pair; /* ends of a person, initials of a body, to entity */
};

/*
 * The hash that those of a name's further words are joined to: of the first
 * word, or of what it is short for, so that the U.S. Congress is the United
 * States Congress.  `low` is the word's, see lexeme.h.
 */
uint64_t canon_first(struct canon *, uint64_t low);

/*
 * Find the entities of `n` mentions of `doc`, in their order, and fill `v` and
 * `entity`.  Cost: linear.
 */
void canon_find(
    struct canon *, const struct doc *, const struct canon_mention *, size_t n);

void canon_free(struct canon *);

#endif
