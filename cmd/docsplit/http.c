/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "cmd/docsplit/header.h"
#include "cmd/docsplit/http.h"

/* The longest size line of a chunk, with its extensions. */
#define SIZE_LINE_MAX 1024
/* More digits than this do not fit. */
#define DIGITS_MAX 15

static size_t empty_line(struct str, size_t *);
static int says(struct str, const char *, const char *);
static size_t size_line(struct str, size_t *);
static int hex(unsigned char);

void
http_head(struct http_head *head, struct str s)
{
	struct str value;

	*head = (struct http_head){.body = HTTP_NO_RESPONSE};
	if (!str_starts(s, STR_LIT("HTTP/")) ||
	    (head->n = empty_line(s, &head->lines)) == 0)
		return;
	s = str_sub(s, 0, head->n);
	head->chunked = says(s, "transfer-encoding", "chunked");
	head->body = HTTP_OTHER;
	if (header_find(s, "content-encoding", &value) &&
	    !says(s, "content-encoding", "identity"))
		return;
	if (header_find(s, "content-type", &value))
		head->body = http_type(value);
}

enum http_body
http_type(struct str value)
{
	unsigned char word[64];
	struct str type = {word, 0};

	if (value.n > sizeof(word))
		value.n = sizeof(word);
	type.n = header_word(word, value);
	if (str_eq(type, STR_LIT("text/plain")))
		return HTTP_TEXT;
	if (str_eq(type, STR_LIT("text/html")) ||
	    str_eq(type, STR_LIT("application/xhtml+xml")))
		return HTTP_HTML;
	return HTTP_OTHER;
}

int
http_is_chunked(struct str s)
{
	size_t n;

	return size_line(s, &n) > 0;
}

size_t
http_take(struct http_chunks *c, struct text *text, struct str s, int last,
    int *damaged)
{
	size_t used = 0, n, skip;

	while (used < s.n) {
		struct str rest = str_sub(s, used, s.n);

		switch (c->state) {
		case HTTP_SIZE:
			skip = size_line(rest, &c->left);
			if (skip == 0 && !last && rest.n < SIZE_LINE_MAX)
				return used;
			if (skip == 0) {
				*damaged = 1;
				c->state = HTTP_RAW;
				break;
			}
			used += skip;
			c->state = c->left > 0 ? HTTP_DATA : HTTP_TRAILER;
			break;
		case HTTP_DATA:
			n = rest.n < c->left ? rest.n : c->left;
			text_push(text, str_sub(rest, 0, n));
			used += n;
			c->left -= n;
			if (c->left == 0)
				c->state = HTTP_DATA_END;
			break;
		case HTTP_DATA_END:
			n = rest.p[0] == '\r';
			if (rest.n == n && !last)
				return used;
			if (rest.n > n && rest.p[n] == '\n') {
				used += n + 1;
				c->state = HTTP_SIZE;
			} else {
				*damaged = 1;
				c->state = HTTP_RAW;
			}
			break;
		case HTTP_TRAILER:
			/* Fields that are about the transfer. */
			used = s.n;
			break;
		case HTTP_RAW:
			text_push(text, rest);
			used = s.n;
			break;
		}
	}
	if (last && c->state != HTTP_TRAILER && c->state != HTTP_RAW)
		*damaged = 1;
	return used;
}

/* Length of what ends with the first empty line, and its lines; 0 if none. */
static size_t
empty_line(struct str s, size_t *lines)
{
	const unsigned char *nl;
	size_t at = 0;

	for (*lines = 1; at < s.n; ++*lines) {
		nl = memchr(s.p + at, '\n', s.n - at);
		if (nl == NULL)
			return 0;
		if (nl == s.p + at || (nl == s.p + at + 1 && s.p[at] == '\r'))
			return (size_t)(nl - s.p) + 1;
		at = (size_t)(nl - s.p) + 1;
	}
	return 0;
}

/* Whether field `name` is there and holds `word` alone. */
static int
says(struct str block, const char *name, const char *word)
{
	unsigned char text[64];
	struct str value;

	if (!header_find(block, name, &value) || value.n > sizeof(text))
		return 0;
	value.n = header_word(text, value);
	value.p = text;
	return str_eq(value, str_of(word));
}

/*
 * Length of the size line that `s` begins with, its size in `*size`; 0 if it
 * is none, or not whole.
 */
static size_t
size_line(struct str s, size_t *size)
{
	const unsigned char *nl;
	size_t i = 0, n;

	if (s.n > SIZE_LINE_MAX)
		s.n = SIZE_LINE_MAX;
	if (s.n == 0 || (nl = memchr(s.p, '\n', s.n)) == NULL)
		return 0;
	n = (size_t)(nl - s.p) + 1;
	*size = 0;
	while (hex(s.p[i]) >= 0 && i <= DIGITS_MAX)
		*size = *size << 4 | (size_t)hex(s.p[i++]);
	if (i == 0 || i > DIGITS_MAX)
		return 0;
	while (s.p[i] == ' ' || s.p[i] == '\t' || s.p[i] == '\r')
		i++;
	return s.p[i] == '\n' || s.p[i] == ';' ? n : 0;
}

static int
hex(unsigned char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}
