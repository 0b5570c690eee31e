/* SPDX-License-Identifier: ISC */
#ifndef COMMON_VOTE_H
#define COMMON_VOTE_H

#include <stddef.h>
#include <stdint.h>

#include "common/canon.h"
#include "common/set.h"

/*
 * vote - mentions of a document that share words settle their types together.
 */

struct vote_group;

/* All zero is empty and ready; reused from document to document. */
struct vote {
	struct vote_group *v;
	size_t n, cap;
	struct set by; /* hash of what a group has in common, to its index */
};

/*
 * Let mentions of the same words speak for each other, full names of persons
 * for their last words, and names of several words for their acronyms.  Of
 * `types` types of a model, `type[k]` is what type k is to others; it becomes
 * the type of each mention that is best spoken for as k.  Cost: linear.
 */
void vote_find(struct vote *, struct canon_mention *v, size_t n,
    const uint8_t *type, uint32_t types);

void vote_free(struct vote *);

#endif
