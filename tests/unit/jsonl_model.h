/* SPDX-License-Identifier: ISC */
#ifndef UNIT_JSONL_MODEL_H
#define UNIT_JSONL_MODEL_H

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "common/utf.h"

#include "cmd/docsplit/json.h"
#include "cmd/docsplit/jsonl.h"
#include "cmd/docsplit/text.h"

/*
 * jsonl_model - the reader of JSON Lines over again, short and slow: it has
 * all input in memory, looks at it byte by byte and by recursive descent, and
 * hands over whole texts.
 */

enum { MOST = 1 << 16, ITEMS = 1 << 14 };

/* A value under a path; an array has its elements scanned as well. */
struct item {
	char path[64];
	int kind;        /* of token that it begins with */
	size_t told;     /* the byte that shows what it is */
	size_t beg, end; /* the value, of a string the inside */
	int complete;
	int empty;     /* array: no element was seen */
	int by_string; /* array: the first element is a string */
	size_t other;  /* array: where one is no string, or SIZE_MAX */
};

static struct model {
	const unsigned char *s;
	size_t n, i; /* the input, and the place reached */
	int sequence;
	int complete, deep;
	struct item item[ITEMS];
	int items;
} model;

/* Bytes up to which a record is judged before any of it is written. */
static size_t whole = JSONL_WHOLE;

static int value(struct model *, const char *, int);

static int
at(const struct model *m)
{
	return m->i < m->n ? m->s[m->i] : -1;
}

static void
white(struct model *m)
{
	while (at(m) == ' ' || at(m) == '\t' || at(m) == '\r' ||
	       (at(m) == '\n' && m->sequence))
		m->i++;
}

static int
digit(int c)
{
	const char *all = "0123456789abcdefABCDEF";
	const char *p = c <= 0 ? NULL : strchr(all, c);

	return p == NULL ? -1 : (int)(p - all) - (p - all > 15 ? 6 : 0);
}

/* From behind the quote to the closing one; `*good` is where sense ends. */
static int
string(struct model *m, size_t *good)
{
	int i;

	for (;;) {
		*good = m->i;
		if (at(m) == '"')
			return 1;
		if (at(m) < ' ')
			return 0;
		if (m->s[m->i++] != '\\')
			continue;
		if (at(m) <= 0 || strchr("\"\\/bfnrtu", at(m)) == NULL)
			return 0;
		if (m->s[m->i++] != 'u')
			continue;
		for (i = 0; i < 4; i++, m->i++)
			if (digit(at(m)) < 0)
				return 0;
	}
}

static int
digits(struct model *m)
{
	size_t from = m->i;

	while (at(m) >= '0' && at(m) <= '9')
		m->i++;
	return m->i > from;
}

static int
number(struct model *m)
{
	m->i += at(m) == '-';
	if (at(m) == '0')
		m->i++;
	else if (!digits(m))
		return 0;
	if (at(m) == '.') {
		m->i++;
		if (!digits(m))
			return 0;
	}
	if (at(m) == 'e' || at(m) == 'E') {
		m->i++;
		m->i += at(m) == '+' || at(m) == '-';
		return digits(m);
	}
	return 1;
}

static int
word(struct model *m, const char *text)
{
	for (; *text != '\0'; text++, m->i++)
		if (at(m) != *text)
			return 0;
	return 1;
}

static int
array(struct model *m, struct item *item, int depth)
{
	m->i++;
	white(m);
	if (at(m) == ']')
		return 1;
	for (;;) {
		white(m);
		if (at(m) == '"') {
			item->by_string |= item->empty;
			item->empty = 0;
		} else if (item->other == SIZE_MAX) {
			item->empty = 0;
			item->other = m->i;
			if (at(m) == 't' || at(m) == 'n')
				item->other += 3;
			if (at(m) == 'f')
				item->other += 4;
		}
		if (!value(m, NULL, depth))
			return 0;
		white(m);
		if (at(m) == ']')
			return 1;
		if (at(m) != ',')
			return 0;
		m->i++;
	}
}

static size_t unescape(unsigned char *, const unsigned char *, size_t);

/* `path` and a key, in `to`; a key that is too long makes it no path. */
static void
join(char *to, const char *path, const unsigned char *key, size_t n)
{
	unsigned char plain[MOST];
	size_t i, w = 0;

	n = unescape(plain, key, n < sizeof(plain) ? n : sizeof(plain));
	if (strlen(path) + n > 60) {
		memcpy(to, "\x01", 2);
		return;
	}
	w = strlen(path);
	memcpy(to, path, w);
	for (i = 0; i < n; i++)
		to[w++] = plain[i] == 0 ? 1 : (char)plain[i];
	to[w] = '\0';
}

static int
object(struct model *m, const char *path, int depth)
{
	char to[66];
	size_t from, good;

	m->i++;
	white(m);
	if (at(m) == '}')
		return 1;
	for (;;) {
		white(m);
		if (at(m) != '"')
			return 0;
		from = ++m->i;
		if (!string(m, &good))
			return 0;
		if (path != NULL)
			join(to, path, m->s + from, m->i - from);
		m->i++;
		white(m);
		if (at(m) != ':')
			return 0;
		m->i++;
		white(m);
		if (!value(m, path == NULL ? NULL : to, depth))
			return 0;
		white(m);
		if (at(m) == '}')
			return 1;
		if (at(m) != ',')
			return 0;
		m->i++;
	}
}

/* A value inside of `depth` containers; `path` is NULL inside of arrays. */
static int
value(struct model *m, const char *path, int depth)
{
	struct item none, *item = path == NULL ? &none : &m->item[m->items++];
	int c = at(m), good;

	memset(item, 0, sizeof(*item));
	item->beg = item->told = m->i;
	item->other = SIZE_MAX;
	item->empty = 1;
	if (path != NULL)
		snprintf(item->path, sizeof(item->path), "%s", path);
	if (c == '{' || c == '[') {
		char under[80] = "";

		item->kind = c == '{' ? JSON_OBJECT : JSON_ARRAY;
		m->deep = depth == JSON_DEPTH;
		if (m->deep)
			return 0;
		if (path != NULL)
			snprintf(under, sizeof(under), "%s%s", path,
			    depth == 0 ? "" : ".");
		good = c == '['
			   ? array(m, item, depth + 1)
			   : object(m, path == NULL ? NULL : under, depth + 1);
		item->end = m->i;
		m->i += good != 0;
		item->complete = good;
		return good;
	}
	if (c == '"') {
		item->kind = JSON_STRING;
		item->beg = ++m->i;
		good = string(m, &item->end);
		m->i += good != 0;
		item->complete = good;
		return good;
	}
	if (c == 't' || c == 'f' || c == 'n') {
		item->kind = JSON_WORD;
		good = word(m, c == 't' ? "true" : c == 'f' ? "false" : "null");
		item->told = good ? m->i - 1 : SIZE_MAX;
	} else {
		item->kind = JSON_NUMBER;
		good = number(m);
	}
	item->end = m->i;
	item->complete = good;
	return good;
}

static int32_t
unit(const unsigned char *s, size_t i, size_t n)
{
	int32_t c = 0;
	size_t k;

	if (i + 6 > n || s[i] != '\\' || s[i + 1] != 'u')
		return -1;
	for (k = 2; k < 6; k++)
		c = c * 16 + digit(s[i + k]);
	return c;
}

static size_t
unescape(unsigned char *to, const unsigned char *s, size_t n)
{
	size_t i = 0, w = 0;

	while (i < n) {
		int32_t c = unit(s, i, n), low;
		const char *p;

		if (s[i] != '\\') {
			to[w++] = s[i++];
			continue;
		}
		if (c < 0) {
			p = strchr("\"\"\\\\//b\bf\fn\nr\rt\t", s[i + 1]);
			/* Every second one is what the one before means. */
			to[w++] = (unsigned char)p[1];
			i += 2;
			continue;
		}
		i += 6;
		low = unit(s, i, n);
		if (c >= 0xd800 && c <= 0xdbff && low >= 0xdc00 &&
		    low <= 0xdfff) {
			i += 6;
			c = 0x10000 + (c - 0xd800) * 0x400 + low - 0xdc00;
		}
		if (c >= 0xd800 && c <= 0xdfff)
			to[w++] = 0xff;
		else
			w += utf_put(to + w, c);
	}
	return w;
}

/* The text of an item, as far as it goes. */
static struct str
text_of(struct model *m, const struct item *item)
{
	static unsigned char buf[MOST];
	const size_t back = m->i;
	size_t w = 0, good;
	int first = 1;

	if (item->kind == JSON_STRING)
		return (struct str){buf,
		    unescape(buf, m->s + item->beg, item->end - item->beg)};
	m->i = item->beg + 1;
	for (;;) {
		size_t from;
		int whole_string;

		white(m);
		if (at(m) != '"')
			break;
		from = ++m->i;
		if (!first)
			buf[w++] = '\n';
		first = 0;
		whole_string = string(m, &good);
		w += unescape(buf + w, m->s + from, good - from);
		m->i++;
		white(m);
		if (!whole_string || at(m) != ',')
			break;
		m->i++;
	}
	m->i = back;
	return (struct str){buf, w};
}

static const char *const names[] = {
    "text", "content", "raw_content", "maintext", "body"};

static int
is_text_path(const char *key, const char *path)
{
	size_t i;

	if (key != NULL)
		return strcmp(key, path) == 0;
	for (i = 0; i < 5; i++)
		if (strcmp(names[i], path) == 0)
			return 1;
	return 0;
}

/* The last value told before `limit` under this path. */
static const struct item *
last_item(const struct model *m, const char *path, size_t limit)
{
	int i;

	for (i = m->items - 1; i > 0; i--)
		if (m->item[i].told < limit &&
		    strcmp(m->item[i].path, path) == 0)
			return &m->item[i];
	return NULL;
}

/* What serves as text: what is there up to `limit`, or what follows. */
static const struct item *
text_item(const struct model *m, const char *key, size_t limit, int is_long)
{
	const struct item *item;
	int i;

	for (i = 0; i < (key == NULL ? 5 : 1); i++) {
		item = last_item(m, key == NULL ? names[i] : key, limit);
		if (item == NULL || !item->complete || item->end >= limit)
			continue;
		if (item->kind == JSON_STRING ||
		    (item->kind == JSON_ARRAY && item->other >= item->end))
			return item;
	}
	for (i = 1; is_long && i < m->items; i++) {
		item = &m->item[i];
		if (!is_text_path(key, item->path) ||
		    (item->complete && item->end < limit))
			continue;
		if (item->kind == JSON_STRING ||
		    (item->kind == JSON_ARRAY && item->other >= limit &&
			(item->by_string || (item->empty && item->complete))))
			return item;
	}
	return NULL;
}

static void
about(struct model *m, struct docsplit *d)
{
	static const struct {
		enum docsplit_field field;
		const char *path;
	} all[] = {{DOCSPLIT_ID, "id"}, {DOCSPLIT_ID, "_id"},
	    {DOCSPLIT_ID, "warc_headers.warc-record-id"}, {DOCSPLIT_ID, "url"},
	    {DOCSPLIT_URL, "url"},
	    {DOCSPLIT_URL, "warc_headers.warc-target-uri"},
	    {DOCSPLIT_URL, "source"}, {DOCSPLIT_DATE, "date"},
	    {DOCSPLIT_DATE, "timestamp"}, {DOCSPLIT_TITLE, "title"},
	    {DOCSPLIT_LANG, "lang"}, {DOCSPLIT_LANG, "language"}};
	static unsigned char buf[MOST];
	int told[DOCSPLIT_FIELDS] = {0};
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		const struct item *item = last_item(m, all[i].path, SIZE_MAX);
		struct str s = {buf, 0};

		if (item == NULL || told[all[i].field] ||
		    (item->kind != JSON_STRING && item->kind != JSON_NUMBER))
			continue;
		s.n = unescape(buf, m->s + item->beg, item->end - item->beg);
		if (strncmp(all[i].path, "warc", 4) == 0 && s.n > 1 &&
		    s.p[0] == '<' && s.p[s.n - 1] == '>')
			s = str_sub(s, 1, s.n - 1);
		if (utf_blank(s) || (strcmp(all[i].path, "source") == 0 &&
					!str_starts(s, STR_LIT("http://")) &&
					!str_starts(s, STR_LIT("https://"))))
			continue;
		docsplit_about(d, all[i].field, s);
		told[all[i].field] = 1;
	}
}

static void
write_text(struct model *m, struct docsplit *d, const struct item *item)
{
	struct text text;
	struct str s = text_of(m, item);

	docsplit_begin(d);
	about(m, d);
	text_init(&text, d);
	text_start(&text, 1, 0);
	text_take(&text, s, 1);
	text_free(&text);
	docsplit_end(d);
}

/* One record from `m->i` on; leaves that where the next is looked for. */
static void
model_record(struct model *m, struct docsplit *d, const char *key)
{
	const size_t start = m->i;
	const struct item *item;
	int sound, is_long, c;
	size_t limit;

	m->items = m->deep = 0;
	if (at(m) != '{') {
		docsplit_fault(d, "no object", 1, 1);
		sound = 0;
		goto next;
	}
	m->complete = value(m, "", 0);
	while (m->complete && (at(m) == ' ' || at(m) == '\t' || at(m) == '\r'))
		m->i++;
	c = at(m);
	sound = m->complete && (c == -1 || c == '\n' || c == 0x1e);
	is_long = m->i - start >= whole + (c == -1);
	limit = is_long ? start + whole : SIZE_MAX;
	item = text_item(m, key, limit, is_long);
	if (!sound && (!is_long || item == NULL))
		docsplit_fault(d,
		    m->deep ? "deep"
		    : c == -1 || c == 0x1e || (c == '\n' && !m->sequence)
			? "incomplete"
		    : m->complete ? "follows"
				  : "malformed",
		    1, 1);
	else if (item == NULL)
		docsplit_fault(d, "no text", 1, 1);
	else
		write_text(m, d, item);
	if (item != NULL && is_long &&
	    (!sound || (item->other >= limit && item->other != SIZE_MAX)))
		docsplit_fault(d, "cut", 1, 1);
next:
	while (!sound && at(m) != -1 && at(m) != 0x1e &&
	       (m->sequence || at(m) != '\n'))
		m->i++;
}

static int
model_read(
    struct docsplit *d, struct in *in, const struct reader_options *options)
{
	static unsigned char all[MOST];
	struct model *m = &model;
	struct str block;

	m->s = all;
	m->n = m->i = 0;
	while (in_block(in, &block, 0) > 0) {
		memcpy(all + m->n, block.p, block.n);
		m->n += block.n;
	}
	if (m->n >= 3 && memcmp(all, "\xef\xbb\xbf", 3) == 0)
		m->i = 3;
	for (;;) {
		m->sequence = 0;
		while (at(m) != -1 && strchr(" \t\r\n\x1e", at(m)) != NULL &&
		       at(m) != 0)
			m->sequence |= m->s[m->i++] == 0x1e;
		if (at(m) == -1)
			return 0;
		model_record(m, d, options->key);
		if (docsplit_stop(d)) {
			errno = EILSEQ;
			return -1;
		}
	}
}

#endif
