/* SPDX-License-Identifier: ISC */
#ifndef COMMON_CHUNK_H
#define COMMON_CHUNK_H

#include <stddef.h>
#include <stdint.h>

#include "common/gaz.h"
#include "common/set.h"
#include "common/tok.h"

/*
 * chunk - where names may stand in a block: runs of capitalised words with
 * the small words that belong inside ("University of X", "de Gaulle"), cut
 * where one name ends and the next begins, titles left out.
 */

/* What is looked at: the tokens of a block and what the lists say. */
struct chunk_text {
	struct str text;
	const struct tok *tok;
	const struct gaz_word *word;
	size_t n;
};

/* A possible name: tokens [from,to). */
struct chunk {
	uint32_t from, to;
};

struct chunks {
	struct chunk *v;
	size_t n, cap;
};

/*
 * Add the possible names in tokens [from,to), a sentence, to `chunks`.
 * If `headline`, ordinary words are capitalised or everything is: then words
 * of the dictionary are taken for a name only if `seen` holds their hash.
 * Cost: linear.
 */
void chunk_sentence(struct chunks *, const struct chunk_text *, size_t from,
    size_t to, int headline, const struct set *seen);

/* Whether the sentence is set like a headline: ordinary words capitalised. */
int chunk_headline(const struct chunk_text *, size_t from, size_t to);

void chunk_free(struct chunks *);

#endif
