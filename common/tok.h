/* SPDX-License-Identifier: ISC */
#ifndef COMMON_TOK_H
#define COMMON_TOK_H

#include <stddef.h>
#include <stdint.h>

#include "common/str.h"

/*
 * tok - the words of one block of text, for all tools alike.
 *
 * A token is
 * - a word: letters, digits and marks, joined inside by apostrophe, hyphen,
 *   ampersand, and by the periods of U.S. or a.m.; the period of a known
 *   abbreviation (Mr. Inc. Sept.) or of an initial belongs to it.  The
 *   possessive 's is a token of its own.
 * - a number: starts with a digit; 3,000 and 10.5 and 1990s are one token.
 * - a mark: one character that is none of these; "..." and "--" are one.
 */

enum tok_kind { TOK_WORD, TOK_NUMBER, TOK_MARK };

enum tok_flag {
	TOK_CAPITAL = 1, /* the first letter is upper case */
	TOK_UPPER = 2,   /* two letters or more, all upper case */
	TOK_LOWER = 4,   /* no upper-case letter; needs a letter */
	TOK_DIGIT = 8,   /* holds a digit */
	TOK_DOT = 16,    /* ends in a period of its own */
	TOK_GLUED = 32,  /* no white space before it */
	TOK_OWNER = 64,  /* the possessive 's */
	TOK_FIRST = 128  /* first token of a sentence */
};

struct tok {
	uint64_t hash;    /* of the lower-cased form, as tok_hash() gives it;
	                * for marks the code point of the (first) character */
	uint32_t at, end; /* bytes [at,end) of the text */
	uint8_t kind;
	uint8_t flags;
};

struct tok_list {
	struct tok *v;
	size_t n, cap;
	uint32_t *sentence; /* index in v of the first token of each */
	size_t sentences, sentence_cap;
};

/*
 * Replace the list by the tokens of `text`, which is clean and shorter than
 * 4 GiB, without sentences (common/stop.h finds those).  A list that is all
 * zero is empty and ready; its arrays are reused.
 * Cost: linear, some 150 to 200 MB/s.
 */
void tok_text(struct tok_list *, struct str text);

void tok_free(struct tok_list *);

/* The bytes of a token, or of tokens [from,to) with what is between them. */
static inline struct str
tok_str(struct str text, const struct tok *t)
{
	return (struct str){text.p + t->at, t->end - t->at};
}

static inline struct str
tok_span(struct str text, const struct tok_list *l, size_t from, size_t to)
{
	return (struct str){
	    text.p + l->v[from].at, l->v[to - 1].end - l->v[from].at};
}

/*
 * The hash of a word: letter case folded, curly apostrophes as straight ones,
 * other hyphens as "-", a final period left out.  So a list may hold "mr" and
 * find "Mr.".
 */
uint64_t tok_hash(struct str s);

/* The hash of the bytes as they are. */
uint64_t tok_exact(struct str s);

/*
 * The hash of a phrase: those of its tokens, marks too, joined by hash_join()
 * from 0 on.  `*words` is their number.  Works through `list`.
 */
uint64_t tok_phrase(struct tok_list *list, struct str phrase, size_t *words);

#endif
