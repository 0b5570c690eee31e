/* SPDX-License-Identifier: ISC */
#ifndef COMMON_ROW_H
#define COMMON_ROW_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

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

/* The fields of a line, to be taken off one by one: tabs and one, so that an
 * empty line has one, which is empty. */
struct row_fields {
	struct str rest; /* not yet taken */
	int left;        /* whether a field is left in it */
};

static inline struct row_fields
row_fields(struct str line)
{
	return (struct row_fields){line, 1};
}

/* Take the next one, as written.  Returns 1, or 0 if none is left. */
static inline int
row_field(struct row_fields *fields, struct str *field)
{
	const struct str rest = fields->rest;
	const unsigned char *tab;

	if (!fields->left)
		return 0;
	tab = rest.n == 0 ? NULL : memchr(rest.p, '\t', rest.n);
	if (tab == NULL) {
		*field = rest;
		fields->rest.n = 0;
		fields->left = 0;
	} else {
		*field = str_sub(rest, 0, (size_t)(tab - rest.p));
		fields->rest = str_sub(rest, field->n + 1, rest.n);
	}
	return 1;
}

/*
 * Read a field that is decimal digits alone, one or more, as a number from 0
 * to `most`.  Returns 1, or 0 if it is none; `*value` is left alone then.
 */
int row_number(struct str field, size_t most, size_t *value);

/* The same for fewer bits. */
int row_number32(struct str field, uint32_t most, uint32_t *value);

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
