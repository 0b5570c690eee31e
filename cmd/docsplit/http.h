/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_HTTP_H
#define DOCSPLIT_HTTP_H

#include <stddef.h>

#include "common/out.h"
#include "common/str.h"

#include "cmd/docsplit/charset.h"
#include "cmd/docsplit/text.h"

/*
 * http - a response as web archives keep it: RFC 9110 (fields), RFC 9112
 * (message head, chunked transfer coding).
 */

enum http_body {
	HTTP_TEXT,       /* plain text */
	HTTP_HTML,       /* HTML or XHTML */
	HTTP_OTHER,      /* something else, or compressed */
	HTTP_NO_RESPONSE /* no status line, or a head without end */
};

struct http_head {
	enum http_body body;
	int chunked;     /* says so */
	struct str type; /* its Content-Type, in the head */
	size_t n;        /* bytes of the head with its empty line */
	size_t lines;
};

/* Read the head that `s` begins with. */
void http_head(struct http_head *, struct str s);

/* What a Content-Type says of a body: HTTP_TEXT, HTTP_HTML or HTTP_OTHER. */
enum http_body http_type(struct str content_type);

/* Whether `s`, the start of a body or all of it, is chunked indeed. */
int http_is_chunked(struct str s);

/* Undoes chunks and character set. */
struct http_decoder {
	enum {
		HTTP_SIZE,     /* before a chunk's size line */
		HTTP_DATA,     /* inside a chunk */
		HTTP_DATA_END, /* before the line end behind it */
		HTTP_TRAILER,  /* behind the last one */
		HTTP_RAW       /* what is no chunk is taken as it is */
	} state;
	size_t left; /* of the chunk */
	int damaged; /* chunks were, and what followed was taken as it is */
	int unknown; /* the character set is; its text passed as it is */
	struct charset charset;
	struct out converted;
	struct text *text; /* where it all goes */
};

void http_init(struct http_decoder *, struct text *);

/* A body follows, of what its Content-Type says. */
void http_start(struct http_decoder *, int chunked, struct str content_type);

/*
 * Take some of the body; returns the bytes used, which are all of them if
 * `last`, and else leaves no more than a size line.
 */
size_t http_take(struct http_decoder *, struct str s, int last);

void http_free(struct http_decoder *);

#endif
