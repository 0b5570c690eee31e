/* SPDX-License-Identifier: ISC */
#ifndef QUOTES_CUE_H
#define QUOTES_CUE_H

#include <stddef.h>
#include <stdint.h>

#include "common/set.h"
#include "common/str.h"
#include "common/tok.h"

#include "cmd/quotes/glance.h"

/*
 * cue - the words that report speech.
 *
 * A list has rows `form TAB weight TAB frame TAB class`.  `form` is one to
 * four words, letter case apart.  `weight`, 0 to 1, is how often the form
 * reports something where it occurs.  `frame` says what stands around it,
 * `class` whether it is a plain verb of speech, `core`, one of belief or
 * intention, `mind`, or another, `other`.
 * Empty lines and lines that begin with "#" are passed over.
 */

enum cue_frame {
	CUE_CLAUSE, /* what is said, before or after: said, added */
	CUE_COMMA,  /* the same with a comma between: sagte, er komme */
	CUE_HEARER, /* who is told, then what: told, asked */
	CUE_MARKS,  /* nothing but a quotation in marks: quipped, began */
	CUE_OBJECT, /* what is spoken of: praised, denied, called */
	CUE_SOURCE, /* the speaker: according to */
	CUE_AIM,    /* an infinitive: wants to go, declined to say */
	CUE_NOUN,   /* a noun whose owner speaks: her support for */
	CUE_SEEM,   /* what seems so to nobody in particular: is expected */
	CUE_SO,     /* between what is said and the speaker alone: so */
	CUE_TERM    /* marks, but anywhere behind it: nannte */
};

struct cue {
	float weight;
	uint8_t frame; /* enum cue_frame */
	uint8_t core;  /* a plain verb of speech */
	uint8_t mind;  /* tells what is thought or wanted, not what is said */
};

#define CUE_WORDS 4     /* longest form */
#define CUE_FIRST 16384 /* bits, for some 1,500 words */

struct cue_list {
	struct cue *v;
	size_t n, cap;
	int speech;                     /* leave out those of class `mind` */
	struct set set;                 /* of phrases and their beginnings */
	uint64_t first[CUE_FIRST / 64]; /* bits of the hashes of first words */
	struct glance glance;
	struct tok_list toks;
};

/* Read the built-in list. */
void cue_init(struct cue_list *);

/*
 * Take rows from `text` besides those at hand; of two rows of one form the
 * later holds.  Returns 0, or -1 with what is wrong in `why` and the number
 * of the line in `*line`.
 */
int cue_read(struct cue_list *, struct str text, char why[120], size_t *line);

/* Forget all rows. */
void cue_clear(struct cue_list *);

/* Whether a cue may begin with the word of this hash; most words begin none. */
static inline int
cue_may_begin(const struct cue_list *l, uint64_t hash)
{
	size_t k = (size_t)(hash % CUE_FIRST);

	return (l->first[k / 64] >> k % 64 & 1) != 0;
}

/*
 * The longest cue among the `n` tokens at `t`: 1 + its index, 0 for none.
 * `*len` is the number of its tokens.
 */
size_t
cue_at(const struct cue_list *, const struct tok *t, size_t n, size_t *len);

void cue_free(struct cue_list *);

#endif
