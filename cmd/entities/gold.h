/* SPDX-License-Identifier: ISC */
#ifndef ENTITIES_GOLD_H
#define ENTITIES_GOLD_H

#include <stddef.h>
#include <stdint.h>

#include "common/mem.h"
#include "common/set.h"
#include "common/str.h"

#include "cmd/entities/plan.h"

/*
 * gold - the names marked in a set of texts, rows `doc block start end type`,
 * offsets in code points, by document and block.
 */

struct gold_name {
	uint32_t start, end; /* code points */
	uint32_t type;       /* index into plan.type */
	uint32_t next;       /* index of the next of its block + 1, or 0 */
};

/* All zero is empty. */
struct gold {
	struct gold_name *v;
	size_t n, cap;
	struct set by_block; /* of doc and block: index of its last + 1 */
};

/*
 * Read the rows of a file; those of types that the plan lacks are passed
 * over.  Returns 0, or -1 with the line in `*line` (0: errno says it).
 */
int gold_load(struct gold *, const struct plan *, char *path, size_t *line);

/* The first name of a block, or NULL; then by `next`. */
const struct gold_name *
gold_block(const struct gold *, struct str doc, size_t block);

const struct gold_name *
gold_next(const struct gold *, const struct gold_name *);

void gold_free(struct gold *);

#endif
