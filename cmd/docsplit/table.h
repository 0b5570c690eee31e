/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_TABLE_H
#define DOCSPLIT_TABLE_H

#include <stddef.h>

#include "common/out.h"
#include "common/str.h"

#include "cmd/docsplit/docsplit.h"

/*
 * table - the document table: what is known of the document at hand, and its
 * row.
 *
 * Caller provides the struct and touches no field.
 */

struct table {
	struct out *out;                   /* or NULL: no table is wanted */
	struct out field[DOCSPLIT_FIELDS]; /* clean, not escaped */
};

/* `out` must outlive the struct. */
void table_init(struct table *, struct out *);

/* Forget what is known. */
void table_clear(struct table *);

/* Note what docsplit_about() was told. */
void table_note(struct table *, enum docsplit_field, struct str);

/* What is known; empty if nothing.  Valid until it is noted anew. */
struct str table_known(const struct table *, enum docsplit_field);

/* Write the row, if there is a table; `key` and `source` are clean and escaped,
 * `key` has its tab. */
void table_row(struct table *, struct str key, struct str source, size_t blocks,
    size_t bytes);

/* Bytes of rows in memory; 0 without a table. */
size_t table_size(const struct table *);

/* Whether rows of it, or those of the blocks, could not be written. */
int table_lost(const struct table *, const struct out *blocks);

void table_free(struct table *);

#endif
