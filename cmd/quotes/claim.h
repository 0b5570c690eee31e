/* SPDX-License-Identifier: ISC */
#ifndef QUOTES_CLAIM_H
#define QUOTES_CLAIM_H

#include <stddef.h>

#include "cmd/quotes/attrib.h"
#include "cmd/quotes/cue.h"
#include "cmd/quotes/report.h"

/* claim - a cue that is a verb, and its subject. */

/* Weights: below the first only marks and "that" are, below the second what
 * looks like the object of a verb too; from the third on a cue leads a whole
 * clause as verbs of speech do. */
#define CLAIM_PERHAPS .35F
#define CLAIM_LIKELY  .5F
#define CLAIM_SURE    .85F

struct claim {
	const struct cue *cue;
	size_t verb;  /* unit of the cue */
	size_t start; /* where subject and cue begin, whichever is first */
	size_t after; /* behind both */
	int gerund;   /* "..., adding": speaker is that of the cue before */
	int inverted; /* "said X" */
	int relative; /* "X, who said ...," */
};

/* Whether the cue at unit `i` is a noun by what stands before it. */
int claim_nominal(const struct attrib *, const struct report *, size_t i);

/*
 * Find the subject of the verb at unit `i`; it becomes the report's source.
 * `*c` is all zero but for its cue and verb.  Returns 1, or 0 if it has none.
 */
int claim_of(struct attrib *, struct report *, size_t i, struct claim *c);

#endif
