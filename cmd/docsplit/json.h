/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_JSON_H
#define DOCSPLIT_JSON_H

#include <stddef.h>
#include <stdint.h>

#include "common/str.h"

/*
 * json - the tokens of one JSON value (RFC 8259), fed in pieces of any size.
 *
 * The whole grammar is checked, save that strings may hold any bytes from
 * 0x80 on: whether those are UTF-8 is for others to say.  Nothing is
 * allocated; nesting is limited, and nothing else.
 *
 * Caller provides the struct; json_init() sets it up.  It may set `watch`
 * and `to`, and read `p` and `depth`.
 */

#define JSON_DEPTH 1024 /* open containers */

enum json_kind {
	JSON_MORE, /* the piece is used up */
	JSON_DONE, /* so it is, and the value was complete before */
	JSON_BAD,  /* not JSON, from `p` on */
	JSON_DEEP, /* nested deeper than JSON_DEPTH */
	JSON_KEY,
	JSON_STRING,
	JSON_NUMBER,
	JSON_WORD, /* true, false, null */
	JSON_OBJECT,
	JSON_ARRAY,
	JSON_CLOSE
};

/*
 * Keys, strings and numbers that the end of a piece cuts come in parts, the
 * last of which may be empty, and so do those that are damaged or cut off,
 * but without a last part.  No part ends within an escape or between the two
 * halves of a surrogate pair.
 */
struct json_token {
	enum json_kind kind;
	struct str raw; /* as written, without the quotes */
	int escaped;    /* a backslash is in it */
	int begins;     /* it is the first part */
	int ends;       /* it is the last part */
	/* Where the meaning of a whole string ends, if `to` was set for it. */
	const unsigned char *meant;
};

struct json {
	const unsigned char *p; /* what follows in the piece */
	const unsigned char *end;
	int last;           /* no piece follows */
	unsigned int depth; /* open containers */
	unsigned int watch; /* the depth down to which tokens are told */
	/* Set it after a key: a string that is its value is unescaped to here
	 * while it is read.  There is room for what is left of the piece and
	 * UNESCAPE_ROOM.  Another key, string or piece clears it. */
	unsigned char *to;
	int fast; /* use json_avx2_skip(); a test may clear it */
	int state;
	int number;                        /* state inside of a number */
	int in_object;                     /* what the innermost container is */
	uint64_t objects[JSON_DEPTH / 64]; /* bit n: container n is one */
};

/* Begin a value; tokens of all depths are told. */
void json_init(struct json *);

/*
 * Go on with `s`; when `last`, with nothing behind it.  What json_next() left
 * from `p` on (less than a dozen bytes) is given again in front of the next
 * piece.
 */
void json_feed(struct json *, struct str s, int last);

/*
 * Store the next token in `*token` and return its kind; the first four kinds
 * come without a token, and after JSON_BAD and JSON_DEEP nothing follows.
 * JSON_MORE in the last piece means that the value is cut off.
 *
 * Containers inside a container that is deeper than `watch` are passed over,
 * with all they hold; opening and closing of one at `watch` is still told.
 * `depth` counts a container from its opening to before its closing.
 */
enum json_kind json_next(struct json *, struct json_token *token);

/* Whether the value is complete, whatever follows it. */
int json_complete(const struct json *);

#endif
