/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_CHARSET_H
#define DOCSPLIT_CHARSET_H

#include <stddef.h>

#include "common/out.h"
#include "common/str.h"

/*
 * charset - text of named character sets as UTF-8, through iconv(3), as the
 * bytes come.  What comes out does not depend on how they were cut.
 *
 * US-ASCII and UTF-8 pass as they are: what is bad in them is for the reader
 * of the text to repair.  So does text of a set that iconv does not know.
 */

#define CHARSET_NAME 40 /* bytes of the longest name */
#define CHARSET_HELD 16 /* bytes of a character that is not complete */

struct charset {
	char name[CHARSET_NAME + 1]; /* of the one that is open */
	void *convert;               /* its iconv_t, or NULL */
	int raw;                     /* bytes pass as they are */
	size_t unit;                 /* bytes passed over where one is bad */
	int yen;                     /* Shift_JIS: see charset.c */
	unsigned char held[CHARSET_HELD];
	size_t held_n;
	size_t bad; /* times U+FFFD was put since charset_start() */
};

void charset_init(struct charset *);

/*
 * Text of the set called `name` (MIME names, common aliases, any case)
 * follows.  Returns 1, or 0 if it is unknown and will pass as it is.
 */
int charset_start(struct charset *, struct str name);

/* Append some more text to `to`, whose descriptor is OUT_MEMORY. */
void charset_put(struct charset *, struct out *to, struct str s);

/* The text has ended: an incomplete character is replaced. */
void charset_end(struct charset *, struct out *to);

void charset_free(struct charset *);

#endif
