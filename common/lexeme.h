/* SPDX-License-Identifier: ISC */
#ifndef COMMON_LEXEME_H
#define COMMON_LEXEME_H

#include <stddef.h>
#include <stdint.h>

#include "common/hash.h"
#include "common/lanes.h"
#include "common/model.h"
#include "common/set.h"
#include "common/str.h"
#include "common/tok.h"
#include "common/trigger.h"

/*
 * lexeme - what the tagger knows of a word by itself, kept for its next
 * occurrence: most of what the model is asked about a token hangs on one of
 * the five words around it alone, and is added up once for each word.
 */

/* Where a word stands, seen from the token that is asked about. */
enum lexeme_place {
	LEXEME_HERE,
	LEXEME_LEFT,
	LEXEME_RIGHT,
	LEXEME_LEFT2,
	LEXEME_RIGHT2,
	LEXEME_PLACES
};

#define LEXEME_LINKS 3

/* What a word makes of a name it is in or near, from its triggers. */
enum lexeme_role {
	LEXEME_BODY = 1 << 0,      /* party, ministry, inc */
	LEXEME_TITLE = 1 << 1,     /* president, mr, actor */
	LEXEME_LAND = 1 << 2,      /* river, mount, city */
	LEXEME_VERB = 1 << 3,      /* said */
	LEXEME_NEAR_BODY = 1 << 4, /* newspaper, employees */
	LEXEME_OTHER = 1 << 5,     /* war, prize, film */
	LEXEME_DATE = 1 << 6,      /* monday, the */
	LEXEME_SIDE = 1 << 7       /* north, southern */
};

/* How a word is written, and what follows from that. */
struct lexeme_form {
	unsigned capital : 1; /* a word that begins with one */
	unsigned upper : 1;   /* all of it capitals */
	unsigned digit : 1;   /* holds one */
	unsigned mark : 1;    /* is no word */
	unsigned joins : 1;   /* a mark that names go on over */
	unsigned links : 1;   /* a word inside names of bodies: of, for */
	unsigned known : 1;   /* has a class */
};

/* What is looked at of every token stands first, the rest last. */
struct lexeme {
	uint32_t group; /* of the words that differ in case alone */
	struct lexeme_form is;
	uint8_t role;                  /* enum lexeme_role */
	uint8_t counts[LEXEME_PLACES]; /* of rows for each place */
	uint64_t low;                  /* of its letters without case */
	uint64_t shape; /* of its sequence of letter cases and marks */
	uint64_t named; /* kinds of it as a listed name */
	uint64_t end;   /* of its last three letters */
	struct lanes sum[LEXEME_PLACES];
	struct model_path way; /* to its class */
	uint32_t triggers;     /* enum trigger */
	uint32_t rows;         /* its first in lexicon.row, if they are kept */
	uint64_t key;          /* of its bytes */
	uint64_t exact;        /* tok_exact() */
	uint64_t kinds;        /* as a name, case folded; with MODEL_GOES_ON */
	uint64_t exact_kinds;  /* the same of kinds whose case counts */
	uint64_t letters;      /* its ASCII capitals, the first eight */
};

struct lexeme_slot {
	uint32_t check; /* the upper half of the key */
	uint32_t at;    /* index into `v` + 1, or 0 */
};

struct lexicon {
	const struct model *model;
	struct trigger_list triggers;
	struct lexeme *v;
	size_t n, cap;
	struct set by_low; /* `low` to group */
	struct lexeme_slot *slot;
	size_t slots; /* a power of two, or 0 */
	/* For training: keep the rows of each word instead of their sums. */
	int keep;
	uint32_t *row;
	size_t rows, row_cap;
	uint64_t link[LEXEME_LINKS]; /* hashes of of, for, and */
};

void lexeme_init(struct lexicon *, const struct model *, int keep);

/* Forget all words, or only if they have become too many to keep. */
void lexeme_clear(struct lexicon *);
void lexeme_trim(struct lexicon *);

/*
 * Store the indices of the words that `n` tokens of `text` are in `word`;
 * they are looked up together to hide the latency of each.  Words found
 * before may move.
 */
#define LEXEME_BATCH 16
void lexeme_find(struct lexicon *, struct str text, const struct tok *t,
    size_t n, uint32_t word[LEXEME_BATCH]);

/* The `low` of token `t`. */
static inline uint64_t
lexeme_low(const struct tok *t)
{
	return t->kind == TOK_MARK ? hash_join(t->hash, t->end - t->at)
				   : t->hash;
}

/* The first `n` bits of the way to the word's class, and how many there are;
 * 0 if it has no class. */
static inline uint64_t
lexeme_class(const struct lexeme *x, uint32_t n)
{
	if (x->way.length == 0)
		return 0;
	if (x->way.length < n)
		n = x->way.length;
	return ((uint64_t)x->way.bits & (((uint64_t)1 << n) - 1)) << 8 | n;
}

/* The hash of a question and its answer; either half of splitmix64's mixer is
 * enough for answers that are hashes or small numbers. */
static inline uint64_t
lexeme_asked(uint64_t question, uint64_t answer)
{
	uint64_t x =
	    (answer ^ question * 0x9e3779b97f4a7c15u) * 0xbf58476d1ce4e5b9u;

	return (x ^ x >> 32) * 0x94d049bb133111ebu;
}

/* The row that they fall on, by the upper bits. */
static inline uint32_t
lexeme_row(const struct model *m, uint64_t question, uint64_t answer)
{
	return (uint32_t)(lexeme_asked(question, answer) >>
			  (64 - m->head->log2_rows));
}

void lexeme_free(struct lexicon *);

#endif
