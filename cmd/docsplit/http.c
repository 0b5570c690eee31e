/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "cmd/docsplit/header.h"
#include "cmd/docsplit/http.h"

/* The longest size line of a chunk, with its extensions. */
#define SIZE_LINE_MAX 1024
/* The longest Content-Type of which all is looked at. */
#define TYPE_MAX 256
/* More digits than this do not fit. */
#define DIGITS_MAX 15

static size_t take(struct http_decoder *, struct str, int);
static void put(struct http_decoder *, struct str);
static size_t empty_line(struct str, size_t *);
static int encoded(struct str, const char *);
static int says(struct str, const char *, const char *);
static size_t size_line(struct str, size_t *);
static int hex(unsigned char);

void
http_head(struct http_head *head, struct str s)
{
	size_t n, lines;

	*head = (struct http_head){.body = HTTP_NO_RESPONSE};
	if (!str_starts(s, STR_LIT("HTTP/")) ||
	    (n = empty_line(s, &lines)) == 0)
		return;
	head->n = n;
	head->lines = lines;
	s = str_sub(s, 0, head->n);
	head->chunked = says(s, "transfer-encoding", "chunked");
	head->body = HTTP_OTHER;
	if (encoded(s, "content-encoding") ||
	    (!head->chunked && encoded(s, "transfer-encoding")))
		return;
	if (header_find(s, "content-type", &head->type))
		head->body = http_type(head->type);
}

enum http_body
http_type(struct str content_type)
{
	unsigned char word[64];
	struct str type = {word, 0};

	if (content_type.n > sizeof(word))
		content_type.n = sizeof(word);
	type.n = header_word(word, content_type);
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

void
http_init(struct http_decoder *h, struct text *text)
{
	*h = (struct http_decoder){
	    .text = text, .converted = {.fd = OUT_MEMORY}};
	charset_init(&h->charset);
}

void
http_start(struct http_decoder *h, int chunked, struct str type)
{
	unsigned char name[TYPE_MAX];
	struct str charset = {name, 0};

	h->state = chunked ? HTTP_SIZE : HTTP_RAW;
	h->damaged = 0;
	if (type.n > TYPE_MAX)
		type.n = TYPE_MAX;
	if (!header_parameter(name, &charset.n, type, "charset"))
		charset = STR_LIT("utf-8");
	h->unknown = !charset_start(&h->charset, charset);
}

size_t
http_take(struct http_decoder *h, struct str s, int last)
{
	size_t used = 0, n = 1;

	while (used < s.n && n > 0) {
		n = take(h, str_sub(s, used, s.n), last);
		used += n;
	}
	if (!last)
		return used;
	h->damaged |= h->state != HTTP_TRAILER && h->state != HTTP_RAW;
	charset_end(&h->charset, &h->converted);
	put(h, (struct str){NULL, 0});
	text_done(h->text);
	docsplit_repaired(h->text->docsplit, h->charset.bad, h->text->line);
	return used;
}

void
http_free(struct http_decoder *h)
{
	charset_free(&h->charset);
	out_close(&h->converted);
}

/* Take what comes next in the chunks; returns its length, 0 if it is not
 * whole yet. */
static size_t
take(struct http_decoder *h, struct str s, int last)
{
	size_t n = 0;

	switch (h->state) {
	case HTTP_SIZE:
		n = size_line(s, &h->left);
		h->state = h->left > 0 ? HTTP_DATA : HTTP_TRAILER;
		if (n > 0)
			return n;
		h->state = HTTP_SIZE;
		if (!last && s.n < SIZE_LINE_MAX &&
		    memchr(s.p, '\n', s.n) == NULL)
			return 0;
		break;
	case HTTP_DATA:
		n = s.n < h->left ? s.n : h->left;
		put(h, str_sub(s, 0, n));
		h->left -= n;
		if (h->left == 0)
			h->state = HTTP_DATA_END;
		return n;
	case HTTP_DATA_END:
		n = s.p[0] == '\r';
		if (s.n == n && !last)
			return 0;
		if (s.n > n && s.p[n] == '\n') {
			h->state = HTTP_SIZE;
			return n + 1;
		}
		break;
	case HTTP_TRAILER:
		/* Fields about the transfer. */
		return s.n;
	case HTTP_RAW:
		put(h, s);
		return s.n;
	}
	h->damaged = 1;
	h->state = HTTP_RAW;
	put(h, s);
	return s.n;
}

/* Hand on some of the data, as UTF-8. */
static void
put(struct http_decoder *h, struct str s)
{
	struct out *out = &h->converted;

	if (h->charset.raw) {
		text_push(h->text, s);
		return;
	}
	charset_put(&h->charset, out, s);
	text_push(h->text, (struct str){out->buf, out->n});
	out->n = 0;
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

/* Whether field `name` is there and says that something is to be undone. */
static int
encoded(struct str block, const char *name)
{
	struct str value;

	return header_find(block, name, &value) &&
	       !says(block, name, "identity");
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
