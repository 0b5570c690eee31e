/* SPDX-License-Identifier: ISC */
#ifndef DEDUPE_MATCH_H
#define DEDUPE_MATCH_H

#include <stddef.h>
#include <stdint.h>

#include "common/str.h"

#include "cmd/dedupe/cover.h"
#include "cmd/dedupe/posting.h"
#include "cmd/dedupe/shingle.h"
#include "cmd/dedupe/spill.h"
#include "cmd/dedupe/store.h"
#include "cmd/dedupe/tally.h"

/*
 * match - near copies: which text that was kept is a new one a copy of?
 *
 * Candidates are texts that share two of some twenty samples by which they
 * can be found and that are not common; the share of the one text that stands
 * in the other, or the other way round if that is more, is the similarity
 * (cover.h).  Only kept texts are counted when samples are called common, for
 * a story is no less rare when copied often.
 *
 * For each kept text its record (store.h), some 470 bytes and its name;
 * in tables 145 to 182 bytes, as they grow by a quarter, and 8 to find it.
 */

/*
 * A copy less similar than this is to be kept too, under the name of the text
 * it is a copy of: what is a copy of it in turn is found, and what a frame of
 * links and notices made alike makes the frame common.
 */
#define MATCH_SURE 0.85

/* A sample may be in so many lists of candidates. */
#define MATCH_CANDIDATES ((size_t)SHINGLE_MOST * (COVER_COMMON + 1))

/* Of the kept texts that one is a copy of, so many are told. */
#define MATCH_FOUND 8

/* Others than the most similar one are told if they are more similar than is
 * asked for by this: what joins two kept texts should be sure.  Fitted. */
#define MATCH_MARGIN 0.06

/* A kept text that another is a copy of. */
struct match_found {
	struct str doc; /* valid as long as the struct match */
	size_t block;
	double similarity; /* 0 to 1 */
};

struct match {
	int mutual;          /* whether both texts must stand in each other */
	struct spill *spill; /* has the memory */
	struct spill own;    /* if the caller gave none */
	struct store store;
	struct postings postings;
	struct tally tally;
	size_t size;        /* of both, in slots */
	size_t listed;      /* texts that are in both of them */
	size_t keys, slots; /* what all texts need there */

	/* the text at hand and its candidates */
	struct cover_sample here[SHINGLE_MOST], there[SHINGLE_MOST];
	int16_t other[SHINGLE_MOST];
	uint32_t rare[SHINGLE_MOST]; /* keys that few texts have */
	uint32_t candidate[MATCH_CANDIDATES];
	size_t candidates;

	/* What match_find() found, the most similar one first. */
	struct match_found found[MATCH_FOUND];
	size_t founds;
};

/*
 * An empty struct; free it with match_free().  If `mutual`, the share of the
 * text of which less is found is the similarity, and one text is told: a
 * paragraph does not repeat a longer one that says more.  Memory is had from
 * `spill`, which outlives it, or, if that is NULL, without a limit.
 */
struct match *match_new(int mutual, struct spill *spill);

/*
 * Find the texts that are similar by `least` at least, the most similar one,
 * or the first one of several, first; texts of the same words have the
 * similarity 1.  Returns how many were found, 0 for none.
 */
size_t match_find(struct match *, const struct shingles *, double least);

/* Keep a text: others can be copies of it from now on, and are reported as
 * copies of what is named here. */
void match_keep(
    struct match *, const struct shingles *, struct str doc, size_t block);

/*
 * Keep a text again that match_record() gave in another run: the `n` bytes at
 * `p` begin with it, and stay there.  Returns its length, or 0 if it is none.
 * Records given in their order lead to the state they came from.
 */
size_t match_load(struct match *, const unsigned char *p, size_t n);

/* What there is to remember of text `number`, counted from 0. */
struct str match_record(const struct match *, size_t number);

/* How many texts are kept. */
size_t match_texts(const struct match *);

/* Bytes of memory in use, or in files in place of it. */
size_t match_bytes(const struct match *);

void match_free(struct match *);

#endif
