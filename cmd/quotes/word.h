/* SPDX-License-Identifier: ISC */
#ifndef QUOTES_WORD_H
#define QUOTES_WORD_H

#include <stdint.h>

#include "common/blob.h"

/* word - the small words of grammar, and nouns for people, by class. */

/* Bits, in the order of the kinds in data/grammar.tsv, which is sorted. */
enum word_class {
	WORD_ADV = 1 << 0,      /* may stand between subject and verb */
	WORD_AUX = 1 << 1,      /* have, will, did */
	WORD_BE = 1 << 2,       /* forms of "be" */
	WORD_BREAK = 1 << 3,    /* begins another clause */
	WORD_DET = 1 << 4,      /* begins a noun phrase */
	WORD_GROUP = 1 << 5,    /* several who may speak: police, people */
	WORD_HE = 1 << 6,       /* stands for a man */
	WORD_IT = 1 << 7,       /* stands for a body */
	WORD_JOIN = 1 << 8,     /* and, or */
	WORD_LABEL = 1 << 9,    /* before a colon, but speaks not: Photo */
	WORD_NOMINAL = 1 << 10, /* before it a cue is a noun or infinitive */
	WORD_PAPER = 1 << 11,   /* what somebody speaks through: letter */
	WORD_PERSON = 1 << 12,  /* noun for a person: leader, spokesman */
	WORD_PREP = 1 << 13,    /* preposition */
	WORD_PRON = 1 << 14,    /* personal pronoun as a subject */
	WORD_REL = 1 << 15,     /* who, which */
	WORD_SHE = 1 << 16,     /* stands for a woman */
	WORD_STAND = 1 << 17,   /* determiner that may be a subject */
	WORD_THAT = 1 << 18,    /* opens a reported clause: that, dass */
	WORD_THEY = 1 << 19,    /* stands for several */
	WORD_TIME = 1 << 20,    /* Monday, June, yesterday */
	WORD_TITLE = 1 << 21    /* Mr., Sen. */
};

struct word_list {
	struct blob blob;
};

void word_open(struct word_list *);

/* The classes of the word with this hash (tok_hash()). */
uint32_t word_classes(const struct word_list *, uint64_t hash);

#endif
