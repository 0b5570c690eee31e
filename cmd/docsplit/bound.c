/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "common/row.h"
#include "common/utf.h"

#include "cmd/docsplit/bound.h"
#include "cmd/docsplit/header.h"
#include "cmd/docsplit/mbox.h"
#include "cmd/docsplit/record.h"

/* Bytes of a `From ` line that are looked at, as cmd/docsplit/mbox.c does. */
#define FROM_MAX 998
/* A record of WARC with a longer header is left to the reader, and so is one
 * with a longer body, whose end the reader does not take for granted. */
#define HEADER_MAX ((size_t)64 << 10)
#define BODY_MAX   ((size_t)4 << 20)

static size_t warc_header(struct str, size_t *);
static int warc_length(struct str, size_t *);
static int begins_mail(struct str, size_t, int);
static int begins_conllu(struct str, size_t);
static int names_columns(struct str, size_t);
static size_t line_start(struct str, size_t);
static int row_at(struct str, struct row *);

/* Behind the last line: a record is a line.  Not in a sequence, where the byte
 * 1E begins records. */
static size_t
jsonl(struct str s, size_t seen, const struct reader_options *o, size_t *docs)
{
	const unsigned char *p = memchr(s.p + seen, '\x1e', s.n - seen), *nl;
	const int odd = p != NULL;
	size_t at = seen, end = 0;

	(void)o;
	*docs = 0;
	if (odd)
		s.n = (size_t)(p - s.p);
	while (at < s.n && (nl = memchr(s.p + at, '\n', s.n - at)) != NULL) {
		at = (size_t)(nl - s.p) + 1;
		end = at;
		++*docs;
	}
	return odd && end == 0 ? BOUND_ODD : end;
}

/* Behind the last byte that parts documents. */
static size_t
separated(
    struct str s, size_t seen, const struct reader_options *o, size_t *docs)
{
	const unsigned char *p;
	size_t at = seen;

	*docs = 0;
	while (at < s.n &&
	       (p = memchr(s.p + at, o->separator, s.n - at)) != NULL) {
		at = (size_t)(p - s.p) + 1;
		++*docs;
	}
	return *docs > 0 ? at : 0;
}

/* Behind a record whose length proves right, as the next one begins there, or
 * an empty line stands there: who waits for it need not wait for the next. */
static size_t
warc(struct str s, size_t seen, const struct reader_options *o, size_t *docs)
{
	size_t end = 0, at = 0, n, body, ends;
	int begins;

	(void)seen;
	(void)o;
	for (*docs = 0;; ++*docs) {
		for (ends = 0; (n = record_line_end(s, at)) > 0; ends++)
			at += n;
		begins = record_begins(str_sub(s, at, s.n)) > 0;
		if (begins || (ends > 1 && *docs > 0))
			end = at;
		if (!begins)
			break;
		n = warc_header(str_sub(s, at, s.n), &body);
		if (n == BOUND_ODD || body > BODY_MAX)
			return end > 0 ? end : BOUND_ODD;
		if (n == 0 || s.n - at - n < body)
			return end;
		at += n + body;
	}
	/* What follows the last one is not known yet, or is no record. */
	if (s.n - at >= RECORD_HEAD && end == 0)
		return BOUND_ODD;
	return end;
}

/* Before the last line that begins a message. */
static size_t
mbox(struct str s, size_t seen, const struct reader_options *o, size_t *docs)
{
	size_t at = seen > FROM_MAX ? seen - FROM_MAX : 1, end = 0;
	const unsigned char *p;

	*docs = 0;
	while (at < s.n && (p = memchr(s.p + at, 'F', s.n - at)) != NULL) {
		at = (size_t)(p - s.p);
		if (begins_mail(s, at, o->loose)) {
			end = at;
			++*docs;
		}
		at++;
	}
	return end;
}

/* Before a comment that begins a document, behind an empty line. */
static size_t
conllu(struct str s, size_t seen, const struct reader_options *o, size_t *docs)
{
	size_t at = seen > FROM_MAX ? seen - FROM_MAX : 0, end = 0;
	const unsigned char *p;

	(void)o;
	*docs = 0;
	while (at < s.n && (p = memchr(s.p + at, '#', s.n - at)) != NULL) {
		at = (size_t)(p - s.p);
		if (names_columns(s, at))
			return end > 0 ? end : BOUND_ODD;
		if (begins_conllu(s, at)) {
			end = at;
			++*docs;
		}
		at++;
	}
	return end;
}

/* Between two rows with different keys. */
static size_t
rows(struct str s, size_t seen, const struct reader_options *o, size_t *docs)
{
	struct row row, next = {.block = 0};
	size_t at = line_start(s, s.n), from;

	(void)seen;
	(void)o;
	*docs = 0;
	for (; at > 0; at = from, next = row) {
		from = line_start(s, at - 1);
		if (!row_at(str_sub(s, from, at), &row))
			row.doc.n = 0;
		if (row.doc.n > 0 && next.doc.n > 0 &&
		    !str_eq(row.doc, next.doc))
			return at;
	}
	return 0;
}

bound_fn *
bound_of(enum format format)
{
	static bound_fn *const bounds[] = {
	    [FORMAT_FF] = separated,
	    [FORMAT_NUL] = separated,
	    [FORMAT_WARC] = warc,
	    [FORMAT_MBOX] = mbox,
	    [FORMAT_JSONL] = jsonl,
	    [FORMAT_TREC] = NULL,
	    [FORMAT_CONLLU] = conllu,
	    [FORMAT_ROWS] = rows,
	};

	return bounds[format];
}

/*
 * The length of a plain header with its empty line, and that of the body.
 * Returns 0 if the header goes on, or BOUND_ODD.
 */
static size_t
warc_header(struct str s, size_t *body)
{
	size_t at = record_version(s), n;
	const unsigned char *nl;
	int known = 0;

	*body = 0;
	for (; at < s.n; at += n) {
		struct str line = str_sub(s, at, s.n);

		if (record_line_end(line, 0) > 0)
			return known ? at + record_line_end(line, 0)
				     : BOUND_ODD;
		if ((nl = memchr(line.p, '\n', line.n)) == NULL)
			break;
		n = line.n = (size_t)(nl - line.p) + 1;
		/* Folded, or the next record. */
		if (at + n > HEADER_MAX || line.p[0] <= ' ' ||
		    str_starts(line, STR_LIT("WARC/")))
			return BOUND_ODD;
		if (line.n < 14 || (line.p[0] | 0x20) != 'c' ||
		    !header_same(
			str_sub(line, 0, 14), STR_LIT("content-length")))
			continue;
		if (known || !warc_length(str_sub(line, 14, line.n), body))
			return BOUND_ODD;
		known = 1;
	}
	return s.n > HEADER_MAX ? BOUND_ODD : 0;
}

/* Read what stands behind the name of the field. */
static int
warc_length(struct str s, size_t *n)
{
	size_t i = 1;

	s = str_chomp(s);
	if (s.n < 2 || s.p[0] != ':')
		return 0;
	i += s.p[1] == ' ';
	if (s.n == i || s.n - i > 9)
		return 0;
	for (*n = 0; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++)
		*n = 10 * *n + s.p[i] - '0';
	return i == s.n;
}

/* Whether the F at `at`, which is not 0, begins a message, and the header of
 * that before has ended, with the empty line if not sooner. */
static int
begins_mail(struct str s, size_t at, int loose)
{
	struct str line = str_sub(s, at, s.n);
	const unsigned char *nl;

	if (s.p[at - 1] != '\n' || !str_starts(line, STR_LIT("From ")))
		return 0;
	if (at < 2 || (s.p[at - 2] != '\n' &&
			  (at < 3 || memcmp(s.p + at - 3, "\n\r", 2) != 0)))
		return 0;
	if (loose)
		return 1;
	if (line.n > FROM_MAX)
		line.n = FROM_MAX;
	if ((nl = memchr(line.p, '\n', line.n)) != NULL)
		line.n = (size_t)(nl - line.p);
	else if (line.n < FROM_MAX)
		return 0;
	return mbox_dated(line);
}

/* Whether the `#` at `at` begins a document, behind an empty line. */
static int
begins_conllu(struct str s, size_t at)
{
	struct str line = str_sub(s, at, s.n);
	size_t i = 1;

	if (at < 2 || s.p[at - 1] != '\n' ||
	    (s.p[at - 2] != '\n' &&
		(at < 3 || memcmp(s.p + at - 3, "\n\r", 2) != 0)))
		return 0;
	i += line.n > 1 && line.p[1] == ' ';
	line = str_sub(line, i, line.n);
	return str_starts(line, STR_LIT("newdoc")) && line.n > 6 &&
	       (line.p[6] == ' ' || line.p[6] == '\n') &&
	       memchr(line.p, '\n', line.n < FROM_MAX ? line.n : FROM_MAX) !=
		   NULL;
}

/* Whether the `#` at `at` may say which columns there are, up to the end of the
 * file. */
static int
names_columns(struct str s, size_t at)
{
	const struct str name = STR_LIT("global.columns");
	size_t i = at + 1;

	while (i < s.n && i - at < FROM_MAX && s.p[i] <= ' ' && s.p[i] != '\n')
		i++;
	return i - at == FROM_MAX || str_starts(str_sub(s, i, s.n), name);
}

/* Where the line begins that `at` is in. */
static size_t
line_start(struct str s, size_t at)
{
	while (at > 0 && s.p[at - 1] != '\n')
		at--;
	return at;
}

/* Whether the line is a row, and its key what readers will take it for. */
static int
row_at(struct str line, struct row *row)
{
	return row_parse(str_chomp(line), row) && row->doc.p[0] != 0xef &&
	       memchr(row->doc.p, '\r', row->doc.n) == NULL &&
	       utf_clean(row->doc) == row->doc.n;
}
