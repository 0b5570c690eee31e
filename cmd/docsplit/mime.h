/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_MIME_H
#define DOCSPLIT_MIME_H

#include <stddef.h>

#include "common/out.h"
#include "common/str.h"

#include "cmd/docsplit/charset.h"
#include "cmd/docsplit/docsplit.h"
#include "cmd/docsplit/gather.h"
#include "cmd/docsplit/text.h"
#include "cmd/docsplit/transfer.h"

/*
 * mime - the text of a mail: its text/plain parts, decoded, one after the
 * other (RFC 2045, 2046, 2183).
 *
 * Parts are taken from multiparts of any kind and from messages inside the
 * message; not if they are attachments.  Each ends a line.  Faults are
 * counted with docsplit_fault().
 *
 * Caller provides the struct and touches no field.
 */

/* Multiparts inside each other; a mail program makes three or four. */
#define MIME_DEPTH_MAX 32

/* Bytes of a boundary; RFC 2046 allows 70. */
#define MIME_BOUNDARY_MAX 256

enum mime_state {
	MIME_BETWEEN, /* before the first part or behind the last */
	MIME_HEADER,  /* in the header of a part */
	MIME_TEXT,    /* in a part that is text */
	MIME_OTHER    /* in one that is not */
};

struct mime_level {
	unsigned char boundary[MIME_BOUNDARY_MAX + 2]; /* with its "--" */
	size_t n;
	int digest; /* parts that do not say so are messages */
	int begun;  /* its first part was seen */
};

struct mime {
	struct docsplit *docsplit;
	struct text *text;

	enum mime_state state;
	struct mime_level level[MIME_DEPTH_MAX];
	size_t depth;
	int found, html;     /* a part was text, or HTML */
	int told;            /* why there is no text was counted */
	struct gather head;  /* of the part */
	int inner;           /* it is that of a message in a part */
	unsigned char *word; /* what a field says */
	size_t word_cap;

	struct transfer transfer;
	struct charset charset;
	unsigned char end[2]; /* a line end that may belong to a boundary */
	size_t end_n;
	size_t bad;           /* characters that are none in their set, */
	size_t bad_line;      /* and where first: counted behind the mail */
	unsigned char *plain; /* a line without its transfer encoding */
	size_t plain_cap;

	struct out out; /* text in UTF-8, not yet taken */
	size_t full;    /* bytes of it that are worth handing on */
	size_t checked; /* bytes of it looked at for damage */
	int damaged;    /* what was found */
	int inside;     /* the text so far ends within a line */
};

enum mime_body {
	MIME_PLAIN, /* the body is the text as it stands */
	MIME_NONE,  /* it holds no text that can be had */
	MIME_LINES  /* mime_line() shall look at it */
};

void mime_init(struct mime *, struct docsplit *, struct text *);

/*
 * Start on a mail with this header; its body begins on `line` of the file.
 * Only MIME_LINES asks for mime_line() and mime_end(), after text_start().
 */
enum mime_body
mime_start(struct mime *, const struct gather *head, size_t line);

/*
 * Take a line of the body with its line end, or a piece of a long one;
 * `starts` says whether the line begins with it.  `line` is its number.
 */
void mime_line(struct mime *, struct str s, int starts, size_t line);

/* The mail has ended, on `line` or before it. */
void mime_end(struct mime *, size_t line);

void mime_free(struct mime *);

#endif
