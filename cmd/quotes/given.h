/* SPDX-License-Identifier: ISC */
#ifndef QUOTES_GIVEN_H
#define QUOTES_GIVEN_H

#include <stddef.h>

#include "common/doc.h"
#include "common/tag.h"
#include "common/utf.h"

/*
 * given - the names of documents as rows of another program:
 * `doc block start end type text canonical [more...]`, documents, blocks and
 * places in the order of the text, as entities(1) writes them.
 *
 * Types other than PER, ORG, LOC and MISC are passed over, and so is a
 * header row.  Of names that overlap the first holds.
 */

struct given;

/* What went wrong; `line` is 0 when errno says it. */
struct given_error {
	const char *what; /* NULL if nothing */
	size_t line;
};

/* Read from the file `path`, "-" for standard input, offsets in `unit`.
 * Returns NULL with errno set if it cannot be opened. */
struct given *given_open(const char *path, enum utf_unit unit);

/*
 * Replace `names` by those given for `doc`; to be called for every document
 * in turn.  Slices in `names` are valid until the next call.  Returns 0, or
 * -1 with what is wrong: a row that is none, or a place where `doc` has not its
 * text.
 */
int given_doc(struct given *, const struct doc *doc, struct tag_names *names,
    struct given_error *);

/* At the end: -1 if a row is left, whose document did not come, or not in
 * this order. */
int given_end(struct given *, struct given_error *);

void given_free(struct given *);

#endif
