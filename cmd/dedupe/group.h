/* SPDX-License-Identifier: ISC */
#ifndef DEDUPE_GROUP_H
#define DEDUPE_GROUP_H

#include <stddef.h>
#include <stdint.h>

#include "common/mem.h"
#include "common/out.h"
#include "common/str.h"

/*
 * group - which documents belong together when some are copies of others,
 * and which one of each group is kept.  Nothing depends on the order in which
 * links are made.
 */

/* A document. */
struct group_doc {
	struct str name;  /* as in rows */
	uint32_t above;   /* a document of its group; itself at the top */
	uint32_t runs;    /* of words: its length */
	uint32_t keeper;  /* after group_settle(): who is kept of its group */
	float similarity; /* to what it is most similar to in its group */
};

/* All zero is empty and ready. */
struct group {
	struct group_doc *v;
	size_t n, cap;
	struct mem names;
};

/* Add a document; its number counts from 0. */
uint32_t group_add(struct group *, struct str name, uint32_t runs);

/* One of the two is a copy of the other. */
void group_link(struct group *, uint32_t, uint32_t, double similarity);

/*
 * Choose who is kept: of each group the document whose name sorts first by
 * bytes, or if `longest` the longest one, and of those the first.
 */
void group_settle(struct group *, int longest);

/*
 * After group_settle(): write `doc keeper similarity` for each document that
 * is not kept, or, if `clusters`, `doc keeper` for each; sorted by name.
 */
void group_put(const struct group *, int clusters, struct out *);

void group_free(struct group *);

#endif
