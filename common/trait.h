/* SPDX-License-Identifier: ISC */
#ifndef COMMON_TRAIT_H
#define COMMON_TRAIT_H

#include <stddef.h>
#include <stdint.h>

#include "common/doc.h"
#include "common/lexeme.h"
#include "common/memo.h"
#include "common/model.h"
#include "common/tok.h"

/*
 * trait - the tokens of a part of a document, and what is known of each: its
 * word, the run of capitals and the listed names it is in, how its sentence is
 * written, what the rest of the part does with the same word.
 *
 * Documents are looked at in parts of about TRAIT_PART bytes, so that what is
 * kept for each token is bounded; an article is a part.
 */

#define TRAIT_PART ((size_t)256 << 10)

#define TRAIT_NONE UINT32_MAX

struct trait_token {
	uint64_t over;         /* kinds of phrases of several words over it */
	uint64_t longest;      /* kinds of the longest listed name it is in */
	uint32_t word;         /* index into lexicon.v */
	uint32_t memo;         /* index into memo.v, or TRAIT_NONE */
	uint32_t first;        /* of the run of capitalised words it is in */
	uint32_t left;         /* the same over marks that join */
	uint32_t last;         /* of that run */
	uint32_t reach;        /* the same over "of", "for", "and", "the" */
	struct lexeme_form is; /* of its word */
	uint8_t roles;         /* enum lexeme_role of the words up to `reach` */
	uint8_t place;  /* in `longest`: 0 first, 1 inside, 2 last, 3 all */
	uint8_t words;  /* of `longest`, at most 3; 0 if there is none */
	uint8_t speaks; /* for what types `longest` does: a bit each */
	uint8_t start;  /* 1 first of the piece, 2 of a sentence */
	uint8_t style;  /* of its sentence: enum trait_style */
};

enum trait_style { TRAIT_PLAIN, TRAIT_CAPITALS, TRAIT_TITLE };

/* Tokens [from,to) are of block `block`; names never cross its ends. */
struct trait_piece {
	uint32_t block, from, to;
};

/* Who else looks at the tokens; all zero for nobody. */
struct trait_watch {
	/* Called with those of each piece in turn, as stop_text() gives them;
	 * `text` begins at byte `from` of block `block`. */
	void (*piece)(void *arg, size_t block, size_t from, struct str text,
	    const struct tok_list *);
	/* If not NULL: those of a whole block where it has them, else NULL.
	 * They stay until the next call of it. */
	const struct tok_list *(*cut)(void *arg, size_t block);
	void *arg;
};

struct trait {
	const struct model *model;
	struct trait_watch watch;
	struct lexicon lexicon;
	struct tok_list raw, cut;
	struct tok *tok; /* places are bytes of the block's text */
	struct trait_token *v;
	size_t n, tok_cap, cap;
	struct trait_piece *piece;
	size_t pieces, piece_cap;
	struct memo memo;
	int foreign; /* the part seems not to be English */
};

/* Where in a document the next part begins. */
struct trait_at {
	size_t block, byte;
};

/* `keep`: for training, see lexeme_init(). */
void trait_init(struct trait *, const struct model *, int keep);

/*
 * Look at the part of `doc` that begins at `*at`, all zero at first, and move
 * `*at` on.  Returns 1, or 0 at the end.  Cost: linear.
 */
int trait_part(struct trait *, const struct doc *, struct trait_at *at);

/* The word of token `i`. */
static inline const struct lexeme *
trait_word(const struct trait *t, size_t i)
{
	return &t->lexicon.v[t->v[i].word];
}

void trait_free(struct trait *);

#endif
