/* SPDX-License-Identifier: ISC */
#ifndef COMMON_NEAR_H
#define COMMON_NEAR_H

#include "common/blob.h"
#include "common/hash.h"
#include "common/str.h"
#include "common/tok.h"

/*
 * near - the tokens around a place where a sentence may begin.
 */

#define NEAR_NONE ((size_t)-1)

struct near {
	const struct tok *v;
	size_t n;
	struct str text;
	size_t begin; /* the first token of this sentence */
	size_t word;  /* no word stands in it before this token */
	struct blob list;
};

/* The kinds of data/sentences.tsv, in its order, and their bits. */
enum near_kind {
	NEAR_NOTE = 1 << 0,        /* A: in [source needed] */
	NEAR_BRAND = 1 << 1,       /* B: "!" is part of it: Yahoo! */
	NEAR_CLOSING = 1 << 2,     /* C: ends a letter: regards */
	NEAR_SUFFIX = 1 << 3,      /* D: ends names of files: .Com */
	NEAR_MEASURE = 1 << 4,     /* E: may end before a capital: etc. */
	NEAR_ENDING = 1 << 5,      /* G: ends before S alone: Inc. */
	NEAR_ENDING_NAME = 1 << 6, /* H: the same with a capital: Mass. */
	NEAR_LABEL = 1 << 7,       /* L: before a colon: Photo */
	NEAR_MONTH = 1 << 8,       /* M: May */
	NEAR_NUMBERED = 1 << 9,    /* N: a number follows: No. */
	NEAR_LINKING = 1 << 10,    /* P: links a date: on */
	NEAR_STARTER = 1 << 11,    /* S: begins sentences: However */
	NEAR_TITLE = 1 << 12,      /* T: a name follows: Dr. */
	NEAR_REPORTING = 1 << 13,  /* V: said */
	NEAR_WEEKDAY = 1 << 14,    /* W: Sunday */
	NEAR_INSIDE = 1 << 15      /* X: never ends a sentence: e.g. */
};

static inline uint32_t
near_kinds(const struct near *t, size_t i)
{
	return blob_find(&t->list, hash_join(0, t->v[i].hash));
}

static inline int
near_mark(const struct near *t, size_t i, uint64_t code)
{
	return t->v[i].kind == TOK_MARK && t->v[i].hash == code;
}

static inline int
near_number(const struct near *t, size_t i)
{
	return t->v[i].kind == TOK_NUMBER;
}

static inline int
near_glued(const struct near *t, size_t i)
{
	return (t->v[i].flags & TOK_GLUED) != 0;
}

/* A word or number that begins with an upper-case letter. */
static inline int
near_capital(const struct near *t, size_t i)
{
	return t->v[i].kind != TOK_MARK && (t->v[i].flags & TOK_CAPITAL) != 0;
}

static inline int
near_lower(const struct near *t, size_t i)
{
	return t->v[i].kind == TOK_WORD && (t->v[i].flags & TOK_LOWER) != 0;
}

/* The bytes of a token without a period of its own. */
static inline struct str
near_letters(const struct near *t, size_t i)
{
	struct str word = tok_str(t->text, &t->v[i]);

	word.n -= (t->v[i].flags & TOK_DOT) != 0;
	return word;
}

/* Whether a word that begins sentences stands at `i`, behind up to two marks
 * that open. */
static inline int
near_starter(const struct near *t, size_t i)
{
	size_t k = i;

	while (k < t->n && k < i + 2 && t->v[k].kind == TOK_MARK &&
	       (t->v[k].hash == '"' || t->v[k].hash == '\'' ||
		   t->v[k].hash == '(' || t->v[k].hash == 0x2018 ||
		   t->v[k].hash == 0x201c))
		k++;
	return k < t->n && near_capital(t, k) &&
	       (near_kinds(t, k) & NEAR_STARTER) != 0;
}

#endif
