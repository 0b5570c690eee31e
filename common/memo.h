/* SPDX-License-Identifier: ISC */
#ifndef COMMON_MEMO_H
#define COMMON_MEMO_H

#include <stddef.h>
#include <stdint.h>

/*
 * memo - what a part of a document does with each of its words: whether it
 * is written in lower case elsewhere, what longer name it is part of, what
 * stands beside it where it is capitalised.
 */

/* Neighbours remembered for each word, on each side. */
#define MEMO_BESIDE 4

struct memo_word {
	uint32_t group; /* of the word, see common/lexeme.h */
	uint64_t run;   /* hash of the longest run of capitals with it */
	uint64_t first; /* kinds of the first word of that, if another */
	uint64_t last;  /* hash of the last word of that, if another */
	uint64_t next[MEMO_BESIDE], before[MEMO_BESIDE];
	uint32_t n, capitals, lower; /* occurrences; inside sentences */
	uint8_t run_words, has_first, nexts, befores;
};

struct memo {
	struct memo_word *v;
	size_t n, cap;
	uint32_t *of; /* of each group: index into `v` + 1, or 0 */
	size_t groups, of_cap;
};

void memo_clear(struct memo *);

/* The index of a word by its group, which is added if it is new. */
uint32_t memo_at(struct memo *, uint32_t group);

/* Have it on its way. */
static inline void
memo_fetch(const struct memo *m, uint32_t group)
{
	if (group < m->groups)
		__builtin_prefetch(&m->of[group]);
}

void memo_free(struct memo *);

#endif
