/* SPDX-License-Identifier: ISC */
#ifndef COMMON_MODEL_H
#define COMMON_MODEL_H

#include <stddef.h>
#include <stdint.h>

#include "common/lanes.h"

/*
 * model - what the name tagger has learnt, one file that is read in place.
 *
 * `entities --train` writes it.  Integers are in the machine's own order.  A
 * head (struct model_head) is followed, each from a multiple of 64 bytes on,
 * by
 * - rows: eight int16 for each slot of hashed features.  Of type t, lane 2t
 *   is the weight of a name of that type beginning at a token, lane 2t + 1 of
 *   one going on; that of no name is 0.
 * - names: a table of listed names and of what they begin with, by the hash
 *   of their words; slots of 32 bits, the upper 16 bits of the hash and the
 *   index of the set of kinds that they are of, 0 for a free slot.
 * - words: the same for word classes.
 * - sets: uint64 with a bit for each kind of list.
 * - paths: struct model_path of each word class.
 */

#define MODEL_MAGIC   "nsnames" /* with its NUL */
#define MODEL_ORDER   0x01020304U
#define MODEL_VERSION 1

#define MODEL_TYPES  (LANES / 2)
#define MODEL_LABELS (LANES + 1) /* no name, then one a lane */
#define MODEL_KINDS  62

/* In a set: listed names go on from here. */
#define MODEL_GOES_ON ((uint64_t)1 << 63)

/* No way from a label to another. */
#define MODEL_NEVER (-16384)

struct model_head {
	char magic[8];
	uint32_t order, version;
	uint64_t size; /* of all, bytes */
	uint64_t sum;  /* hash_64() of what follows this field */
	uint32_t types, kinds;
	uint32_t log2_rows, log2_names, log2_words; /* of slots */
	uint32_t sets, paths;
	uint32_t reserved;
	char type[MODEL_TYPES][16];  /* PER, NUL-padded */
	uint64_t speak[MODEL_TYPES]; /* kinds whose names are mostly of it */
	uint64_t sure[MODEL_TYPES];  /* kinds whose names always are */
	uint64_t alone[MODEL_TYPES]; /* that are, if no other kind speaks */
	/* From label to label, as in rows; 0 is no name. */
	int16_t move[MODEL_LABELS][MODEL_LABELS + 7];
	/* A name whose worst token is ahead by m is right with odds of
	 * exp((base + m * step) / 65536). */
	int32_t base, step;
};

/* A word class: the way to it in a tree of classes, the first bit lowest. */
struct model_path {
	uint32_t bits, length;
};

struct model {
	const struct model_head *head;
	const int16_t *row;
	const uint32_t *name, *word;
	const uint64_t *set;
	const struct model_path *path;
	void *map; /* of a file, else NULL */
};

/*
 * Open the model in the file `path`, or the built-in one if that is NULL.
 * Returns 0, or -1 with what is wrong in `*why`, or NULL there and errno set.
 */
int model_open(struct model *, const char *path, const char **why);

void model_close(struct model *);

/* Where the sections begin, and all ends, in bytes. */
struct model_layout {
	size_t row, name, word, set, path, end;
};
struct model_layout model_layout(const struct model_head *);

/* The value of a hash in a table of 1 << log2 slots, 0 if there is none. */
static inline uint32_t
model_find(const uint32_t *slot, uint32_t log2, uint64_t hash)
{
	uint32_t high = (uint32_t)(hash >> 48) << 16;
	size_t mask = ((size_t)1 << log2) - 1, i = (size_t)hash & mask, n;

	/* A table that is full ends somewhere too. */
	for (n = 0; slot[i] != 0 && n <= mask; n++) {
		if ((slot[i] & 0xffff0000U) == high)
			return slot[i] & 0xffff;
		i = (i + 1) & mask;
	}
	return 0;
}

/* The kinds of the phrase with this hash, and whether listed ones go on. */
static inline uint64_t
model_kinds(const struct model *m, uint64_t hash)
{
	uint32_t i = model_find(m->name, m->head->log2_names, hash);

	return i < m->head->sets ? m->set[i] : 0;
}

/* Which types the kinds of a name speak for: a bit each. */
static inline uint8_t
model_speakers(const struct model *m, uint64_t kinds)
{
	uint8_t all = 0;
	unsigned i;

	for (i = 0; i < MODEL_TYPES; i++)
		all |= (uint8_t)(((kinds & m->head->speak[i]) != 0) << i);
	return all;
}

/* Have what it looks up on its way. */
static inline void
model_fetch_kinds(const struct model *m, uint64_t hash)
{
	size_t mask = ((size_t)1 << m->head->log2_names) - 1;

	__builtin_prefetch(&m->name[(size_t)hash & mask]);
}

/* The class of a word, one of length 0 if it has none. */
static inline struct model_path
model_class(const struct model *m, uint64_t hash)
{
	uint32_t i = model_find(m->word, m->head->log2_words, hash);

	return m->path[i < m->head->paths ? i : 0];
}

#endif
