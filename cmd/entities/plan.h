/* SPDX-License-Identifier: ISC */
#ifndef ENTITIES_PLAN_H
#define ENTITIES_PLAN_H

#include <stddef.h>
#include <stdint.h>

#include "common/mem.h"
#include "common/model.h"
#include "common/str.h"

/*
 * plan - what a model is to be learnt from: a file that the user writes, of
 * rows of words, described in entities(1) under TRAINING.
 */

/* Texts with marked names. */
struct plan_set {
	char *records, *gold; /* files */
	uint32_t weight;      /* times it is gone through */
	uint32_t domain;      /* 0, or one that has its own questions */
	uint32_t unmarked;    /* types that are not marked: a bit each */
	uint32_t capitals;    /* one block in so many is gone through once
			       * more, set in capitals; 0 for none */
};

struct plan {
	struct str type[MODEL_TYPES];
	uint32_t types;
	struct str kind[MODEL_KINDS];
	uint32_t kinds;
	uint64_t speak[MODEL_TYPES], sure[MODEL_TYPES], alone[MODEL_TYPES];
	uint64_t exact; /* kinds whose letter case counts */
	char **names;   /* files of listed names */
	size_t lists, list_cap;
	char *classes; /* file of word classes, or NULL */
	struct plan_set *set;
	size_t sets, set_cap;
	uint32_t rounds, log2_rows, margin, seed;
	struct mem mem;
};

/*
 * Read a plan.  Returns 0, or -1 with what is wrong in `why` and the line in
 * `*line` (0: errno says it).
 */
int plan_load(struct plan *, const char *path, char why[160], size_t *line);

/* The index of a type or kind, UINT32_MAX if the plan has none. */
uint32_t plan_type(const struct plan *, struct str);
uint32_t plan_kind(const struct plan *, struct str);

void plan_free(struct plan *);

#endif
