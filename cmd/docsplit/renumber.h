/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_RENUMBER_H
#define DOCSPLIT_RENUMBER_H

#include <stddef.h>

#include "common/out.h"
#include "common/str.h"

/*
 * renumber - rows whose keys end in a number that turns out otherwise.
 *
 * Caller provides the struct, zeroed, and touches no field.
 */

struct renumber {
	struct renumber_span *v;
	size_t n, cap;
	size_t from, head; /* of the document at hand */
	int noted;
};

/* The rows of a document begin at byte `from` of what is written. */
void renumber_begin(struct renumber *, size_t from);

/* Its key has a number behind `head` bytes. */
void renumber_number(struct renumber *, size_t head);

/* Its rows end at byte `to`. */
void renumber_end(struct renumber *, size_t to);

/* Write all rows, `more` added to the numbers in keys, modulo the range of the
 * type. */
void renumber_write(
    const struct renumber *, struct out *, struct str rows, size_t more);

/* Forget what was noted. */
void renumber_clear(struct renumber *);

void renumber_free(struct renumber *);

#endif
