/* SPDX-License-Identifier: ISC */
#ifndef COMMON_ROW_H
#define COMMON_ROW_H

#include <stddef.h>

#include "common/mem.h"
#include "common/str.h"

/*
 * row - text rows: `doc TAB block TAB text [TAB extra...]`.
 *
 * TSV without quoting; TAB, LF, CR and backslash inside a field are written
 * \t \n \r \\ (Linear TSV, also the escapes of jq's @tsv and of Miller).
 */

struct row {
	struct str doc, text; /* as written, escapes kept; doc not empty */
	struct str extra;     /* further columns with their tabs, or empty */
	size_t block;         /* from 1 */
};

/*
 * Cut a line into a row.  Returns 1, or 0 if it is none: fewer than three
 * columns, an empty first one, or a second that is no decimal number from 1
 * to SIZE_MAX.  The slices lie in `line`.
 */
int row_parse(struct str line, struct row *);

/* The number of columns of a line: its tabs and one. */
size_t row_columns(struct str line);

/*
 * Undo the escapes of a field: the field itself if it has none, else a copy
 * in the arena.  A backslash before any other letter, or at the end, stands
 * for itself.
 */
struct str row_unescape(struct mem *, struct str s);

/*
 * A name as a doc column, in the arena: clean (common/utf.h), escaped, and
 * not empty ("-" then).
 */
struct str row_key(struct mem *, struct str name);

#endif
