/* SPDX-License-Identifier: ISC */
#ifndef ENTITIES_META_H
#define ENTITIES_META_H

#include <stddef.h>
#include <stdint.h>

#include "common/day.h"
#include "common/set.h"
#include "common/str.h"

/*
 * meta - the days of documents, from a document table: rows
 * `doc id url date ...`, as docsplit -m writes them.
 */

/* All zero is empty and ready. */
struct meta {
	struct set days; /* hash of a document's key to its packed day */
};

/*
 * Take the days of a table.  Rows whose date is empty or no day are passed
 * over, as is a header; of two rows for one document the first holds.
 * Returns 0, or -1 with what is wrong in `*why` and the line in `*line`, or
 * NULL there and errno set.  Cost: linear, some 20 bytes for each document.
 */
int meta_load(struct meta *, const char *path, const char **why, size_t *line);

/* The day of the document with that key, as it is escaped in rows, or
 * `other`. */
struct day meta_day(const struct meta *, struct str key, struct day other);

void meta_free(struct meta *);

#endif
