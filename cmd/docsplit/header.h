/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_HEADER_H
#define DOCSPLIT_HEADER_H

#include <stddef.h>

#include "common/str.h"

/*
 * header - the fields `Name: value` of mail, HTTP and WARC headers.
 *
 * A header block is lines that end with LF or CR LF; one that begins with
 * space or tab goes on with the field before it (it is folded).  An empty
 * line ends the block.  Names are compared without regard to ASCII case.
 * Everything here works on slices and costs one pass over them.
 */

struct header_field {
	struct str name;
	struct str value; /* no white space at its ends; folds are in it */
};

/*
 * Length of the field name that a line begins with; 0 if it begins with none.
 * White space before the colon, an obsolete form, is allowed.
 */
size_t header_name(struct str line);

/*
 * Take the next field off the front of `*block`.  Lines that are no field, and
 * what is folded behind them, are passed over.  Returns 1, or 0 when there is
 * none left.
 */
int header_next(struct str *block, struct header_field *);

/* The value of the first field called `name`.  Returns 1, or 0 if none is. */
int header_find(struct str block, const char *name, struct str *value);

/*
 * The values of the first fields called by each of the `n` names (lower
 * case), in one pass; a pointer that is NULL says that there is none.
 */
void header_pick(
    struct str block, const struct str *name, struct str *value, size_t n);

/* Whether two names are equal but for ASCII case. */
int header_same(struct str, struct str);

/* Copy a value without its line ends, as RFC 5322, 2.2.3, unfolds it; `to` has
 * room for value.n bytes.  Returns the bytes written. */
size_t header_unfold(unsigned char *to, struct str value);

/*
 * What a structured value begins with, up to `;`: "Text/Plain (any); x=y" gives
 * "text/plain".  Comments and white space are left out, ASCII letters become
 * lower case.  `to` has room for value.n bytes.  Returns the bytes written.
 */
size_t header_word(unsigned char *to, struct str value);

/*
 * Parameter `name` (lower case) of a structured value, the first if there are
 * several: `charset="utf-8"`, RFC 2231's `charset*=us-ascii'en'utf-8` and its
 * parts `charset*0=ut; charset*1=f-8`.  Quotes, escapes, comments, percent
 * encoding, character set and language are undone or left out.  `to` has room
 * for value.n bytes.  Returns 1 and the bytes written in `*n`, or 0 if the
 * value has no such parameter.
 */
int header_parameter(
    unsigned char *to, size_t *n, struct str value, const char *name);

#endif
