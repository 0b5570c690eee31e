/* SPDX-License-Identifier: ISC */
#ifndef DEDUPE_SKETCH_H
#define DEDUPE_SKETCH_H

#include <stdint.h>

#include "common/mem.h"
#include "common/out.h"
#include "common/set.h"
#include "common/str.h"

#include "cmd/dedupe/cover.h"
#include "cmd/dedupe/group.h"
#include "cmd/dedupe/shingle.h"

/*
 * sketch - near copies in steps that machines can share: rows of samples,
 * sorted; rows of who shares them, sorted; groups.
 *
 * 1. sketch_put(): `hash doc position count`, a row for each sample and one
 *    for the print of the text, whose hash begins with "=".  `count` is that
 *    of the text's runs of words.
 * 2. sketch_match(), of such rows sorted: `doc position count hash`, and then
 *    "*" if the sample is common or three columns, `doc position count`, for
 *    each text that has it too.  For equal texts `doc = count hash`, and the
 *    doc and count of the first of them.
 * 3. sketch_resolve(), of such rows sorted: groups.
 *
 * Sorted means by bytes, as LC_ALL=C sort(1) does.  Of two rows one after the
 * other the first columns are compared, so that no copy is lost in silence.
 */

/* More texts than this have a common sample, when copies count as well. */
#define SKETCH_COMMON 30

/* One row that is held until it is known how many there are of its hash. */
struct sketch_row {
	struct str doc, position, count; /* as they are in the row */
};

/* All zero is ready but for `least`; reused from row to row. */
struct sketch {
	size_t malformed; /* rows passed over; the caller takes it back */
	int unsorted;     /* the last row should have come earlier */

	/* matching: the hash at hand */
	struct str hash;
	struct sketch_row row[SKETCH_COMMON];
	size_t rows; /* that were seen of it */

	/* resolving: the document at hand, its samples, who shares them */
	struct str doc;
	uint32_t runs;
	struct cover_sample sample[SHINGLE_MOST];
	size_t samples;
	struct sketch_share *share;
	size_t shares, share_cap;
	struct set known; /* hash of a name to number in the group */
	double least;     /* similarity */

	struct mem mem; /* of the hash or the document */
};

/* Write the rows of a text. */
void sketch_put(const struct shingles *, struct str doc, struct out *);

/* Take the next sorted row of the first step, write what it completes.  A
 * line that is NULL ends the input. */
void sketch_match(struct sketch *, struct str line, struct out *);

/* Take the next sorted row of the second step; likewise. */
void sketch_resolve(struct sketch *, struct str line, struct group *);

void sketch_free(struct sketch *);

#endif
