/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "common/row.h"
#include "common/utf.h"

#include "cmd/docsplit/docsplit.h"
#include "cmd/docsplit/folded.h"
#include "cmd/docsplit/held.h"
#include "cmd/docsplit/kinds.h"
#include "cmd/docsplit/paragraph.h"
#include "cmd/docsplit/renumber.h"
#include "cmd/docsplit/run.h"
#include "cmd/docsplit/sentence.h"
#include "cmd/docsplit/table.h"

struct docsplit {
	struct docsplit_options options;
	struct docsplit_counts counts;
	struct out *out;
	struct table table;
	struct out held;  /* rows of a document whose key is its hash */
	struct out *rows; /* where rows go: `out` or `held` */
	struct mem mem;
	struct str prefix; /* of keys, clean and escaped */

	/* the file */
	struct mem file_mem;
	const char *path;
	struct str name;   /* as a key */
	struct str source; /* its path, clean and escaped */
	int several;       /* it may hold several documents */
	size_t ordinal;    /* documents begun in it */
	size_t passed;     /* lines of it that are behind where lines count */

	/* what is needed to join a piece of a file with what came before */
	size_t docs_before, ordinal_before;
	struct renumber numbered, numbered_table;

	/* the document */
	int open;
	struct out key;   /* with its tab; empty as long as it is not known */
	size_t line;      /* lines seen */
	size_t sentences; /* the number of the last one */
	int gap;          /* behind it is a blank line */
	size_t blocks, bytes;
	size_t piece; /* bytes of the unfinished line written */
	int unfinished;

	/* the paragraph: its lines, joined */
	struct out paragraph;
	size_t paragraph_line;

	struct sentence sentence; /* of the block at hand */
	struct folded fold;       /* the row that holds the document */

	/* what the readers of formats found at fault */
	struct kinds kinds;
};

static void count(struct docsplit *, struct fault *, size_t, size_t);
static void
take_rows(const struct renumber *, struct out *, struct out *, size_t);
static int is_separator(struct docsplit *, struct str, size_t);
static void gather(struct docsplit *, struct str, size_t);
static void end_paragraph(struct docsplit *);
static void put_block(struct docsplit *, struct str, size_t);
static void put_sentences(struct docsplit *, struct str);
static void start_row(struct docsplit *, size_t);
static void put_key(struct docsplit *, size_t);
static void put_text(struct docsplit *, struct str);
static void end_row(struct docsplit *);
static void name_document(struct docsplit *);
static void put_number(struct docsplit *, size_t);
static void bound_held(struct docsplit *);
static void name_by_hash(struct docsplit *);
static int name_natively(struct docsplit *);

struct docsplit *
docsplit_new(
    const struct docsplit_options *options, struct out *rows, struct out *table)
{
	size_t none = 0;
	struct docsplit *d = mem_grow(NULL, &none, 1, sizeof(*d));

	*d = (struct docsplit){
	    .options = *options,
	    .out = rows,
	    .rows = rows,
	    .held = {.fd = OUT_MEMORY},
	    .key = {.fd = OUT_MEMORY},
	    .paragraph = {.fd = OUT_MEMORY},
	    .counts =
		{
		    .repaired = {.what =
				     "bad UTF-8 or control character replaced"},
		    .cut = {.what = "block over 64 MiB cut", .status = 1},
		    .costly = {.what = "separator pattern too costly, "
				       "taken as no match",
			.status = 1},
		},
	};
	table_init(&d->table, table);
	if (options->prefix[0] != '\0')
		d->prefix = row_key(&d->mem, str_of(options->prefix));
	return d;
}

void
docsplit_file(struct docsplit *d, const char *name, int several)
{
	d->path = name;
	d->several = several;
	d->ordinal = d->passed = 0;
	mem_reset(&d->file_mem);
	d->source = d->name = row_key(&d->file_mem, str_of(name));
	if (d->options.name != NULL)
		d->name = row_key(&d->file_mem, str_of(d->options.name));
}

void
docsplit_pass(struct docsplit *d, size_t lines)
{
	d->passed += lines;
}

void
docsplit_piece_of(struct docsplit *d, size_t docs, size_t ordinal)
{
	struct docsplit_counts *c = &d->counts;

	c->docs = d->docs_before = docs;
	d->ordinal = d->ordinal_before = ordinal;
	c->rows = c->bytes = d->passed = 0;
	c->repaired.n = c->cut.n = c->costly.n = 0;
	d->kinds.n = 0;
	renumber_clear(&d->numbered);
	renumber_clear(&d->numbered_table);
}

void
docsplit_join(struct docsplit *d, const struct docsplit *piece)
{
	const size_t docs = d->counts.docs - piece->docs_before;
	const size_t ordinal = d->ordinal - piece->ordinal_before;
	const size_t more = d->options.id == DOCSPLIT_SEQ ? docs : ordinal;
	const struct docsplit_counts *c = &piece->counts;
	size_t i;

	take_rows(&piece->numbered, d->out, piece->out, more);
	if (d->table.out != NULL)
		take_rows(&piece->numbered_table, d->table.out,
		    piece->table.out, more);
	d->counts.docs = c->docs + docs;
	d->ordinal = piece->ordinal + ordinal;
	d->counts.rows += c->rows;
	d->counts.bytes += c->bytes;
	count(d, &d->counts.repaired, c->repaired.n, c->repaired.line);
	count(d, &d->counts.cut, c->cut.n, c->cut.line);
	count(d, &d->counts.costly, c->costly.n, c->costly.line);
	for (i = 0; i < piece->kinds.n; i++) {
		const struct fault *f = &piece->kinds.v[i];

		count(
		    d, kinds_of(&d->kinds, f->what, f->status), f->n, f->line);
	}
	docsplit_pass(d, piece->passed);
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
	if (s.n > DOCSPLIT_BLOCK_MAX) {
		count(d, &d->counts.cut, 1, line);
		s.n = DOCSPLIT_BLOCK_MAX;
		s.n -= utf_tail(s);
	}
	if (utf_blank(s)) {
		end_paragraph(d);
		d->gap = 1;
		return;
	}
	if (d->options.paragraphs) {
		gather(d, s, line);
		return;
	}
	put_block(d, s, d->line);
}

void
docsplit_skip(struct docsplit *d, size_t lines)
{
	if (lines == 0)
		return;
	docsplit_begin(d);
	end_paragraph(d);
	d->line += lines;
	d->gap = 1;
}

size_t
docsplit_run(struct docsplit *d, struct str s, size_t *lines)
{
	struct run run;
	size_t n;

	*lines = 0;
	if (d->options.separator != NULL || d->options.paragraphs ||
	    d->options.sentences || d->options.fold || d->rows->unbuf)
		return 0;
	docsplit_begin(d);
	if (d->rows == d->out && d->key.n == 0)
		name_document(d);
	if (!run_start(&run, (struct str){d->key.buf, d->key.n}, d->line))
		return 0;
	n = run_take(&run, d->rows, s);
	d->line += run.lines;
	d->blocks += run.blocks;
	d->bytes += run.bytes;
	*lines = run.lines;
	bound_held(d);
	return n;
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
			count(d, &d->counts.cut, 1, line);
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
	d->sentences = 0;
	d->gap = 0;
	d->ordinal++;
	d->counts.docs++;
	d->key.n = 0;
	if (d->options.id == DOCSPLIT_HASH)
		d->rows = &d->held;
	renumber_begin(&d->numbered, d->out->n);
	renumber_begin(&d->numbered_table, table_size(&d->table));
	table_clear(&d->table);
}

int
docsplit_wants(const struct docsplit *d, enum docsplit_field field)
{
	return d->table.out != NULL ||
	       (field == DOCSPLIT_ID && d->options.id == DOCSPLIT_NATIVE);
}

void
docsplit_about(struct docsplit *d, enum docsplit_field field, struct str s)
{
	if (docsplit_wants(d, field))
		table_note(&d->table, field, s);
}

void
docsplit_key(struct docsplit *d, struct str escaped)
{
	d->key.n = 0;
	out_raw(&d->key, escaped);
	out_raw(&d->key, STR_LIT("\t"));
}

void
docsplit_end(struct docsplit *d)
{
	if (!d->open)
		return;
	docsplit_end_line(d);
	end_paragraph(d);
	if (d->rows == &d->held)
		name_by_hash(d);
	else if (d->key.n == 0)
		name_document(d);
	folded_end(&d->fold, d->out);
	table_row(&d->table, (struct str){d->key.buf, d->key.n}, d->source,
	    d->blocks, d->bytes);
	if (d->out->fd == OUT_MEMORY) {
		renumber_end(&d->numbered, d->out->n);
		renumber_end(&d->numbered_table, table_size(&d->table));
	}
	d->counts.rows += d->blocks;
	d->counts.bytes += d->bytes;
	d->open = 0;
}

void
docsplit_fault(struct docsplit *d, const char *what, int status, size_t line)
{
	count(d, kinds_of(&d->kinds, what, status), 1, line);
}

void
docsplit_repaired(struct docsplit *d, size_t n, size_t line)
{
	count(d, &d->counts.repaired, n, line);
}

int
docsplit_stop(const struct docsplit *d)
{
	size_t bad = d->counts.repaired.n + d->counts.cut.n +
		     d->counts.costly.n + d->kinds.n;

	return (d->options.strict && bad > 0) || table_lost(&d->table, d->out);
}

const struct docsplit_counts *
docsplit_counts(const struct docsplit *d)
{
	return &d->counts;
}

size_t
docsplit_ordinal(const struct docsplit *d)
{
	return d->ordinal;
}

const struct docsplit_options *
docsplit_options(const struct docsplit *d)
{
	return &d->options;
}

size_t
docsplit_faults(const struct docsplit *d, const struct fault **v)
{
	size_t i, n = 0;

	v[n++] = &d->counts.cut;
	v[n++] = &d->counts.repaired;
	v[n++] = &d->counts.costly;
	for (i = 0; i < d->kinds.n; i++)
		v[n++] = &d->kinds.v[i];
	return n;
}

void
docsplit_free(struct docsplit *d)
{
	if (d == NULL)
		return;
	table_free(&d->table);
	out_close(&d->held);
	out_close(&d->key);
	out_close(&d->paragraph);
	renumber_free(&d->numbered);
	renumber_free(&d->numbered_table);
	sentence_free(&d->sentence);
	mem_free(&d->file_mem);
	mem_free(&d->mem);
	free(d);
}

static void
count(struct docsplit *d, struct fault *fault, size_t n, size_t line)
{
	fault_add(fault, n, d->path, d->passed + line);
}

static void
take_rows(const struct renumber *numbered, struct out *out, struct out *rows,
    size_t more)
{
	renumber_write(numbered, out, (struct str){rows->buf, rows->n}, more);
	rows->n = 0;
}

static int
is_separator(struct docsplit *d, struct str s, size_t line)
{
	size_t start, end;
	int got = re_find(d->options.separator, s, 0, &start, &end);

	if (got < 0)
		count(d, &d->counts.costly, 1, line);
	return got > 0;
}

static void
gather(struct docsplit *d, struct str s, size_t line)
{
	if (d->paragraph.n == 0)
		d->paragraph_line = d->line;
	if (paragraph_add(&d->paragraph, s))
		count(d, &d->counts.cut, 1, line);
}

static void
end_paragraph(struct docsplit *d)
{
	if (d->paragraph.n == 0)
		return;
	put_block(d, (struct str){d->paragraph.buf, d->paragraph.n},
	    d->paragraph_line);
	d->paragraph.n = 0;
}

static void
put_block(struct docsplit *d, struct str s, size_t number)
{
	if (d->options.sentences) {
		put_sentences(d, s);
		return;
	}
	start_row(d, number);
	put_text(d, s);
	end_row(d);
}

/* Sentences are counted, not lines; a gap says that blank lines part two. */
static void
put_sentences(struct docsplit *d, struct str s)
{
	struct str part;

	if (d->gap && d->sentences > 0)
		d->sentences++;
	d->gap = 0;
	sentence_start(&d->sentence, s);
	while (sentence_next(&d->sentence, &part)) {
		start_row(d, ++d->sentences);
		put_text(d, part);
		end_row(d);
	}
}

/* A row of `held` lacks its key, which is not known yet. */
static void
start_row(struct docsplit *d, size_t number)
{
	if (d->rows == d->out) {
		if (d->key.n == 0)
			name_document(d);
		put_key(d, number);
	} else {
		out_number(d->rows, number);
	}
}

/* What a row has before its text. */
static void
put_key(struct docsplit *d, size_t number)
{
	struct str key = {d->key.buf, d->key.n};

	if (d->options.fold) {
		folded_block(&d->fold, d->out, key, number);
	} else {
		out_raw(d->out, key);
		out_number(d->out, number);
	}
}

static void
put_text(struct docsplit *d, struct str s)
{
	out_text(d->rows, s);
	d->bytes += s.n;
	folded_text(&d->fold, s.n);
}

static void
end_row(struct docsplit *d)
{
	if (!d->options.fold || d->rows != d->out)
		out_newline(d->rows);
	d->blocks++;
	bound_held(d);
}

/* Prefix, then the file's name or a number over all, as docsplit(1) says. */
static void
name_document(struct docsplit *d)
{
	struct out *key = &d->key;

	key->n = 0;
	out_raw(key, d->prefix);
	if (d->options.id == DOCSPLIT_SEQ) {
		put_number(d, d->counts.docs);
		return;
	}
	if (d->options.id == DOCSPLIT_NATIVE && name_natively(d))
		return;
	out_raw(key, d->name);
	if (d->several) {
		out_raw(key, STR_LIT(":"));
		put_number(d, d->ordinal);
	} else {
		out_raw(key, STR_LIT("\t"));
	}
}

static void
put_number(struct docsplit *d, size_t number)
{
	renumber_number(&d->numbered, d->key.n);
	renumber_number(&d->numbered_table, d->key.n);
	out_number(&d->key, number);
}

/* The key that the document brings along, if it does. */
static int
name_natively(struct docsplit *d)
{
	const struct str id = table_known(&d->table, DOCSPLIT_ID);

	if (id.n == 0)
		return 0;
	out_field(&d->key, id);
	return 1;
}

/* Who holds rows back holds no more than tell the key. */
static void
bound_held(struct docsplit *d)
{
	if (d->rows == &d->held && d->held.n >= HELD_MAX)
		name_by_hash(d);
}

/* The key is the hash of the rows that are held: write them out, and those to
 * come at once. */
static void
name_by_hash(struct docsplit *d)
{
	struct str rows = {d->held.buf, d->held.n}, text;
	size_t number;

	d->key.n = 0;
	out_raw(&d->key, d->prefix);
	out_hash(&d->key, held_hash(rows));
	while (held_next(&rows, &number, &text)) {
		put_key(d, number);
		out_raw(d->out, text);
		folded_text(&d->fold, text.n);
		if (!d->options.fold)
			out_newline(d->out);
	}
	d->held.n = 0;
	d->rows = d->out;
}
