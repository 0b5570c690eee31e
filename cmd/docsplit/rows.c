/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "common/row.h"
#include "common/utf.h"

#include "cmd/docsplit/rows.h"

struct rows {
	struct docsplit *docsplit;
	struct in *in;
	struct mem mem;     /* of the row at hand */
	unsigned char *key; /* of the document */
	size_t key_n, key_cap;
	size_t last; /* the number of its last line */
	int inside;  /* there is one */
};

typedef void rows_take(struct rows *, const struct row *);

static int read_rows(struct docsplit *, struct in *, rows_take *);
static struct str repair(struct rows *, struct str);
static int is_header(struct str);
static void take_block(struct rows *, const struct row *);
static void take_folded(struct rows *, const struct row *);
static int same_doc(const struct rows *, struct str);
static void begin_doc(struct rows *, struct str);
static void put_line(struct rows *, struct str);
static void skip(struct rows *, size_t);
static void fault(struct rows *, const char *);
static size_t line_end(struct str);

int
rows_read(struct docsplit *d, struct in *in, const struct reader_options *o)
{
	(void)o;
	return read_rows(d, in, take_block);
}

int
rows_unfold(struct docsplit *d, struct in *in, const struct reader_options *o)
{
	(void)o;
	return read_rows(d, in, take_folded);
}

static int
read_rows(struct docsplit *d, struct in *in, rows_take *take)
{
	struct rows rows = {.docsplit = d, .in = in};
	struct str line;
	struct row row;
	int got, error;

	while ((got = in_line(in, &line)) > 0) {
		mem_reset(&rows.mem);
		line = repair(&rows, line);
		if (in->cut.n > 0) {
			fault(&rows, "row over 128 MiB cut");
			in->cut.n = 0;
		}
		if (row_parse(line, &row))
			take(&rows, &row);
		else if (in->line != 1 || !is_header(line))
			fault(&rows, "malformed row skipped");
		if (docsplit_stop(d)) {
			got = -1;
			errno = EILSEQ;
			break;
		}
	}
	error = errno;
	docsplit_end(d);
	docsplit_pass(d, in->line);
	free(rows.key);
	mem_free(&rows.mem);
	errno = error;
	return got;
}

/* The line at hand, clean; like all readers of rows it takes CR LF. */
static struct str
repair(struct rows *rows, struct str s)
{
	size_t n = 0, i;
	unsigned char *p, *w;

	s.n -= rows->in->newline && s.n > 0 && s.p[s.n - 1] == '\r';
	if (rows->in->line == 1 && str_starts(s, STR_LIT("\xef\xbb\xbf")))
		s = str_sub(s, 3, s.n);
	if (utf_clean(s) < s.n) {
		p = mem_new(&rows->mem, 3 * s.n, 1);
		s = (struct str){p, utf_repair(p, s, &n)};
		docsplit_repaired(rows->docsplit, n, rows->in->line);
	}
	if (s.n == 0 || memchr(s.p, '\r', s.n) == NULL)
		return s;
	/* A bare CR cannot stand in a row: what writes rows writes "\\r". */
	p = w = mem_new(&rows->mem, 2 * s.n, 1);
	for (i = 0; i < s.n; i++) {
		if (s.p[i] == '\r')
			*w++ = '\\';
		*w++ = s.p[i] == '\r' ? 'r' : s.p[i];
	}
	return (struct str){p, (size_t)(w - p)};
}

static int
is_header(struct str line)
{
	const struct str head = STR_LIT("doc\tblock\ttext");

	return str_starts(line, head) &&
	       (line.n == head.n || line.p[head.n] == '\t');
}

static void
take_block(struct rows *rows, const struct row *row)
{
	struct str text = row_unescape(&rows->mem, row->text);
	size_t number = row->block;

	if (!same_doc(rows, row->doc))
		begin_doc(rows, row->doc);
	if (row->extra.n > 0)
		fault(rows, "columns behind the text dropped");
	if (number <= rows->last) {
		fault(rows, "block number that does not rise changed");
		number = rows->last + 1;
	} else if (number - rows->last - 1 > ROWS_GAP) {
		fault(rows, "gap of more than 1048576 block numbers closed");
		number = rows->last + 1;
	}
	if (utf_blank(text))
		fault(rows, "blank block dropped");
	else if (docsplit_options(rows->docsplit)->fold && text.n > 0 &&
		 memchr(text.p, '\n', text.n) != NULL)
		fault(rows, "line end inside a block, of which unfolding makes "
			    "two");
	skip(rows, number - rows->last - 1);
	put_line(rows, text);
}

static void
take_folded(struct rows *rows, const struct row *row)
{
	struct str text = row->text;

	/* What goes on with a document has a higher number. */
	if (!same_doc(rows, row->doc) || row->block <= rows->last)
		begin_doc(rows, row->doc);
	if (row->extra.n > 0)
		fault(rows, "columns behind the text dropped");
	skip(rows, row->block - rows->last - 1);
	for (;;) {
		size_t n = line_end(text);

		put_line(rows, row_unescape(&rows->mem, str_sub(text, 0, n)));
		if (n == text.n)
			break;
		text = str_sub(text, n + 2, text.n);
	}
}

static int
same_doc(const struct rows *rows, struct str key)
{
	return rows->inside &&
	       str_eq(key, (struct str){rows->key, rows->key_n});
}

static void
begin_doc(struct rows *rows, struct str key)
{
	docsplit_end(rows->docsplit);
	docsplit_begin(rows->docsplit);
	docsplit_key(rows->docsplit, key);
	rows->key = mem_grow(rows->key, &rows->key_cap, key.n, 1);
	memcpy(rows->key, key.p, key.n);
	rows->key_n = key.n;
	rows->last = 0;
	rows->inside = 1;
}

static void
put_line(struct rows *rows, struct str s)
{
	docsplit_line(rows->docsplit, s, rows->in->line);
	rows->last++;
}

/* Blank lines. */
static void
skip(struct rows *rows, size_t lines)
{
	docsplit_skip(rows->docsplit, lines);
	rows->last += lines;
}

static void
fault(struct rows *rows, const char *what)
{
	docsplit_fault(rows->docsplit, what, 1, rows->in->line);
}

/* Where the first escaped line end is in escaped text, or its length. */
static size_t
line_end(struct str s)
{
	size_t at = 0;

	while (at < s.n) {
		const unsigned char *p = memchr(s.p + at, '\\', s.n - at);

		at = p == NULL ? s.n : (size_t)(p - s.p);
		if (at + 1 < s.n && s.p[at + 1] == 'n')
			return at;
		at += 2;
	}
	return s.n;
}
