/* SPDX-License-Identifier: ISC */
#ifndef DEDUPE_STEPS_H
#define DEDUPE_STEPS_H

#include "common/fault.h"
#include "common/in.h"
#include "common/out.h"

/* steps - files of sorted rows, taken through the last two steps of
 * sketch.h. */

struct steps;

/* Texts that are similar by `least` are copies; `strict`: a malformed row ends
 * a step with EILSEQ. */
struct steps *steps_new(double least, int strict);

/* Match the rows of all files.  Returns 0, or -1 with errno set, FAULT_ORDER
 * for a row that should have come earlier. */
int steps_match(struct steps *, struct in *, struct out *);

/* Likewise, group the documents that matches speak of. */
int steps_resolve(struct steps *, struct in *);

/* Write the groups, once, as group_settle() and group_put() say. */
void steps_put(struct steps *, int longest, int clusters, struct out *);

/* What was read and, by steps_put(), found. */
struct steps_counts {
	size_t rows, docs, duplicates;
};
struct steps_counts steps_counts(const struct steps *);

/* Rows that were passed over; it lives as long as the struct. */
const struct fault *steps_malformed(const struct steps *);

void steps_free(struct steps *);

#endif
