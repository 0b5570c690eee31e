/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/hash.h"
#include "common/mem.h"
#include "common/row.h"
#include "common/utf.h"

#include "cmd/docsplit/docsplit.h"

struct docsplit {
	struct docsplit_options options;
	struct docsplit_counts counts;
	struct out *out, *table;
	struct out held;  /* rows of a document whose key is its hash */
	struct out *rows; /* where rows go: `out` or `held` */

	/* the file */
	struct mem file_mem;
	const char *path;
	struct str name; /* as a key */
	size_t ordinal;  /* documents begun in it */

	/* the document */
	int open;
	struct out key; /* with its tab */
	size_t line;    /* lines seen */
	size_t blocks, bytes;
	size_t piece; /* bytes of the unfinished line written */
	int unfinished;

	/* the paragraph: its lines, joined */
	struct out paragraph;
	size_t paragraph_line;
};

static int is_separator(struct docsplit *, struct str, size_t);
static void gather(struct docsplit *, struct str, size_t);
static void end_paragraph(struct docsplit *);
static void start_row(struct docsplit *, size_t);
static void put_text(struct docsplit *, struct str);
static void end_row(struct docsplit *);
static void memory(struct out *);
static void name_document(struct docsplit *);
static void name_by_hash(struct docsplit *);
static void put_table(struct docsplit *);

struct docsplit *
docsplit_new(
    const struct docsplit_options *options, struct out *rows, struct out *table)
{
	size_t none = 0;
	struct docsplit *d = mem_grow(NULL, &none, 1, sizeof(*d));

	*d = (struct docsplit){
	    .options = *options,
	    .out = rows,
	    .table = table,
	    .counts =
		{
		    .repaired = {.what =
				     "bad UTF-8 or control character replaced"},
		    .cut = {.what = "block over 64 MiB cut", .status = 1},
		    .costly = {.what = "separator pattern too costly, "
				       "taken as no match"},
		},
	};
	memory(&d->held);
	memory(&d->key);
	memory(&d->paragraph);
	d->rows = options->id == DOCSPLIT_HASH ? &d->held : rows;
	return d;
}

void
docsplit_file(struct docsplit *d, const char *name)
{
	d->path = name;
	d->ordinal = 0;
	mem_reset(&d->file_mem);
	if (d->options.name != NULL)
		name = d->options.name;
	d->name = row_key(&d->file_mem, str_of(name));
}

void
docsplit_line(struct docsplit *d, struct str s, size_t line)
{
	if (d->options.separator != NULL && is_separator(d, s, line)) {
		if (!d->options.keep_separator)
			docsplit_begin(d);
		docsplit_end(d);
		if (!d->options.keep_separator)
			return;
	}
	docsplit_begin(d);
	d->line++;
	/* Nearly every line begins with a visible ASCII character. */
	if (utf_blank(s)) {
		end_paragraph(d);
		return;
	}
	if (d->options.paragraphs) {
		gather(d, s, line);
		return;
	}
	start_row(d, d->line);
	put_text(d, s);
	end_row(d);
}

void
docsplit_piece(struct docsplit *d, struct str s, size_t line)
{
	size_t room;

	docsplit_begin(d);
	if (!d->unfinished) {
		d->unfinished = 1;
		d->piece = 0;
		d->line++;
		start_row(d, d->line);
	}
	/* One more than the limit says that the cut was counted. */
	room =
	    d->piece > DOCSPLIT_BLOCK_MAX ? 0 : DOCSPLIT_BLOCK_MAX - d->piece;
	if (s.n > room) {
		if (d->piece <= DOCSPLIT_BLOCK_MAX)
			fault_add(&d->counts.cut, 1, d->path, line);
		s.n = room;
		/* Never cut inside a character. */
		s.n -= utf_tail(s);
		d->piece = DOCSPLIT_BLOCK_MAX + 1;
	} else {
		d->piece += s.n;
	}
	put_text(d, s);
}

void
docsplit_end_line(struct docsplit *d)
{
	if (d->unfinished)
		end_row(d);
	d->unfinished = 0;
}

void
docsplit_begin(struct docsplit *d)
{
	if (d->open)
		return;
	d->open = 1;
	d->line = d->blocks = d->bytes = 0;
	d->ordinal++;
	d->counts.docs++;
	if (d->options.id != DOCSPLIT_HASH)
		name_document(d);
}

void
docsplit_end(struct docsplit *d)
{
	if (!d->open)
		return;
	docsplit_end_line(d);
	end_paragraph(d);
	if (d->options.id == DOCSPLIT_HASH)
		name_by_hash(d);
	if (d->table != NULL)
		put_table(d);
	d->counts.rows += d->blocks;
	d->counts.bytes += d->bytes;
	d->open = 0;
}

struct docsplit_counts *
docsplit_counts(struct docsplit *d)
{
	return &d->counts;
}

void
docsplit_free(struct docsplit *d)
{
	if (d == NULL)
		return;
	out_close(&d->held);
	out_close(&d->key);
	out_close(&d->paragraph);
	mem_free(&d->file_mem);
	free(d);
}

static int
is_separator(struct docsplit *d, struct str s, size_t line)
{
	size_t start, end;
	int got = re_find(d->options.separator, s, 0, &start, &end);

	if (got < 0)
		fault_add(&d->counts.costly, 1, d->path, line);
	return got > 0;
}

/* Add a line to the paragraph, one space between two. */
static void
gather(struct docsplit *d, struct str s, size_t line)
{
	struct out *p = &d->paragraph;
	size_t from = 0;

	if (p->n == 0) {
		d->paragraph_line = d->line;
	} else {
		/* The indent of a wrapped line is no part of the text. */
		while (p->n > 0 &&
		       (p->buf[p->n - 1] == ' ' || p->buf[p->n - 1] == '\t'))
			p->n--;
		while (from < s.n && (s.p[from] == ' ' || s.p[from] == '\t'))
			from++;
		out_raw(p, STR_LIT(" "));
	}
	s = str_sub(s, from, s.n);
	if (s.n > DOCSPLIT_BLOCK_MAX - p->n) {
		fault_add(&d->counts.cut, 1, d->path, line);
		s.n = DOCSPLIT_BLOCK_MAX - p->n;
		s.n -= utf_tail(s);
	}
	out_raw(p, s);
}

static void
end_paragraph(struct docsplit *d)
{
	if (d->paragraph.n == 0)
		return;
	start_row(d, d->paragraph_line);
	put_text(d, (struct str){d->paragraph.buf, d->paragraph.n});
	end_row(d);
	d->paragraph.n = 0;
}

/* A row of `held` lacks its key, which is not known yet. */
static void
start_row(struct docsplit *d, size_t number)
{
	if (d->rows == d->out)
		out_raw(d->out, (struct str){d->key.buf, d->key.n});
	out_number(d->rows, number);
}

static void
put_text(struct docsplit *d, struct str s)
{
	out_text(d->rows, s);
	d->bytes += s.n;
}

static void
end_row(struct docsplit *d)
{
	out_newline(d->rows);
	d->blocks++;
}

static void
memory(struct out *out)
{
	*out = (struct out){.fd = OUT_MEMORY};
}

/* Prefix, then the file's name or a number over all, as newsieve(5) says. */
static void
name_document(struct docsplit *d)
{
	struct out *key = &d->key;

	key->n = 0;
	out_text(key, str_of(d->options.prefix));
	if (d->options.id == DOCSPLIT_SEQ) {
		out_number(key, d->counts.docs);
		return;
	}
	out_raw(key, d->name);
	if (d->options.several) {
		out_raw(key, STR_LIT(":"));
		out_number(key, d->ordinal);
	} else {
		out_raw(key, STR_LIT("\t"));
	}
}

/* Now that all rows are there: the key is their hash; write them out. */
static void
name_by_hash(struct docsplit *d)
{
	static const char digit[] = "0123456789abcdef";
	struct str rows = {d->held.buf, d->held.n};
	uint64_t hash = hash_64(rows, 0);
	unsigned char text[17];
	int i;

	for (i = 0; i < 16; i++)
		text[i] = (unsigned char)digit[hash >> (60 - 4 * i) & 15];
	text[16] = '\t';
	d->key.n = 0;
	out_text(&d->key, str_of(d->options.prefix));
	out_raw(&d->key, (struct str){text, sizeof(text)});
	while (rows.n > 0) {
		const unsigned char *nl = memchr(rows.p, '\n', rows.n);
		size_t n = (size_t)(nl - rows.p);

		out_raw(d->out, (struct str){d->key.buf, d->key.n});
		out_raw(d->out, str_sub(rows, 0, n));
		out_newline(d->out);
		rows = str_sub(rows, n + 1, rows.n);
	}
	d->held.n = 0;
}

/* doc id url date title type lang source blocks bytes */
static void
put_table(struct docsplit *d)
{
	struct out *t = d->table;

	out_raw(t, (struct str){d->key.buf, d->key.n});
	out_raw(t, STR_LIT("\t\t\t\ttext/plain\t\t"));
	out_field(t, str_of(d->path));
	out_number(t, d->blocks);
	out_number(t, d->bytes);
	out_endrow(t);
}
