/* SPDX-License-Identifier: ISC */
#ifndef DEDUPE_DEDUPE_H
#define DEDUPE_DEDUPE_H

#include <stddef.h>
#include <stdint.h>

#include "common/doc.h"
#include "common/out.h"

#include "cmd/dedupe/journal.h"
#include "cmd/dedupe/spill.h"

/* dedupe - pass documents, or blocks, that were not seen before. */

enum dedupe_compare { DEDUPE_TEXT, DEDUPE_BYTES };

enum dedupe_show {
	DEDUPE_NEW,      /* pass what is new */
	DEDUPE_OLD,      /* pass what is a duplicate */
	DEDUPE_ALL,      /* pass all, with what it duplicates */
	DEDUPE_REPORT,   /* write duplicate rows instead */
	DEDUPE_CLUSTERS, /* write which text each belongs to instead */
};

enum dedupe_pass {
	DEDUPE_SINGLE, /* decide as documents come */
	DEDUPE_SKETCH, /* write the rows of sketch.h instead */
	DEDUPE_FIRST,  /* look at all documents */
	DEDUPE_SECOND  /* then decide; dedupe_turn() leads to it */
};

struct dedupe_options {
	enum dedupe_compare compare;
	enum dedupe_show show;
	int blocks;            /* decide block by block */
	int near;              /* near copies are duplicates too */
	enum dedupe_pass pass; /* other than single: documents, near */
	int longest;       /* in two passes: keep the longest, not the first */
	double similarity; /* then: from this on, 0 to 1 */
	size_t least;      /* equal ones that pass before one is a copy */
	int wide;          /* fingerprints of 128 bits, not 64 */
	int text;          /* write the text alone */
	int saved;         /* an index will be told what is new */
	int lines;         /* of plain text: no empty line between files */
	struct spill *spill; /* memory for near copies; NULL: no limit */
};

/* `docs` counts documents, or blocks when they are decided on. */
struct dedupe_counts {
	size_t docs, duplicates, index_bytes;
};

struct dedupe;

struct dedupe *dedupe_new(const struct dedupe_options *);

/* The options, with the pass that it is in. */
const struct dedupe_options *dedupe_how(const struct dedupe *);

/*
 * Decide on the document, or on each of its blocks, and write what passes;
 * `made` is what measure_doc() found.  The type is that of crew_finish.
 */
void
dedupe_doc(void *dedupe, const struct doc *, struct str made, struct out *);

/* Between two passes over the same input: find out who is a copy. */
void dedupe_turn(struct dedupe *);

/* Whether the second pass met other documents than the first. */
int dedupe_changed(const struct dedupe *);

/* The header of what dedupe_doc() writes, with what `doc` read of one. */
void dedupe_header(const struct dedupe *, const struct doc *, struct out *);

/*
 * What an index is made with, in `v`: one of other numbers is of no use.
 * An index of exact copies holds no names, so that `show` must be one of
 * DEDUPE_NEW and DEDUPE_OLD.
 */
void dedupe_parameters(
    const struct dedupe_options *, uint32_t v[JOURNAL_PARAMETERS]);

/* Remember what an index holds, which stays open.  Returns 1, or 0 if it
 * holds something else. */
int dedupe_load(struct dedupe *, struct journal *);

/* Add to the index what is new since.  Returns 0, or -1 with errno set. */
int dedupe_save(struct dedupe *, struct journal *);

struct dedupe_counts dedupe_counts(const struct dedupe *);

void dedupe_free(struct dedupe *);

#endif
