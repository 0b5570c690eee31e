/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_HTTP_H
#define DOCSPLIT_HTTP_H

#include <stddef.h>

#include "common/str.h"

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
	int chunked; /* says so */
	size_t n;    /* bytes of the head with its empty line */
	size_t lines;
};

/* Read the head that `s` begins with. */
void http_head(struct http_head *, struct str s);

/* What a Content-Type says of a body: HTTP_TEXT, HTTP_HTML or HTTP_OTHER. */
enum http_body http_type(struct str content_type);

/* Whether `s`, the start of a body or all of it, is chunked indeed. */
int http_is_chunked(struct str s);

/* Undoes the chunks.  All zero to begin with. */
struct http_chunks {
	enum {
		HTTP_SIZE,     /* before a chunk's size line */
		HTTP_DATA,     /* inside a chunk */
		HTTP_DATA_END, /* before the line end behind it */
		HTTP_TRAILER,  /* behind the last one */
		HTTP_RAW       /* what is no chunk is taken as it is */
	} state;
	size_t left; /* of the chunk */
};

/*
 * Give text the data in `s`; returns the bytes used, which are all of them if
 * `last`, and else leaves no more than a size line.  Where the chunks are
 * damaged, what follows is taken as it is; `*damaged` is set to 1 then.
 */
size_t http_take(
    struct http_chunks *, struct text *, struct str s, int last, int *damaged);

#endif
