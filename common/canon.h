/* SPDX-License-Identifier: ISC */
#ifndef COMMON_CANON_H
#define COMMON_CANON_H

#include <stddef.h>
#include <stdint.h>

#include "common/doc.h"
#include "common/points.h"
#include "common/set.h"
#include "common/tag.h"

/*
 * canon - which mentions of a document mean the same person, body or place.
 */

/* One possible name, with what the document will need to know of it. */
struct canon_mention {
	uint64_t name;       /* hash of all its words */
	uint64_t head, tail; /* of the first and the last */
	uint64_t initials;   /* up to eight capitals its words begin with */
	uint32_t block;      /* index into doc.v */
	uint32_t at, end;    /* bytes */
	uint32_t role_at, role_end; /* title words before it; equal: none */
	uint32_t full_at;           /* with "de", "bin" or "The" before it */
	uint32_t group;             /* mentions of the same words */
	int32_t points[POINTS_N];
	uint16_t words;
	uint8_t type; /* POINTS_PER to POINTS_NONE */
	uint8_t gender;
	uint8_t bracket;  /* stands in brackets behind the mention before it */
	uint8_t place;    /* its first word is a country or large city */
	uint8_t doubtful; /* a common word that begins a sentence */
	uint8_t known_head; /* its first word alone could be a name */
};

struct canon {
	struct set name;  /* name and type to entity + 1 */
	struct set tail;  /* last word of a person to last entity + 1 */
	struct set head;  /* first word to entity + 1 */
	struct set pair;  /* first and last word of a person to entity + 1 */
	uint32_t *entity; /* of each mention */
	size_t cap;
};

/*
 * Fill `names` with the mentions that are names, in their order, and with the
 * entities they belong to.  Cost: linear.
 */
void canon_names(struct canon *, const struct doc *,
    const struct canon_mention *, size_t n, struct tag_names *names);

void canon_free(struct canon *);

#endif
