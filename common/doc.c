/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "common/doc.h"
#include "common/row.h"
#include "common/utf.h"

/* One line that is a block, as it was read. */
struct doc_line {
	struct str id;   /* escaped */
	struct str row;  /* the whole line, or empty for plain text */
	struct str text; /* inside `row`, escaped; of plain text as it is */
	size_t number;
	size_t file;
	int plain;
};

static int pull(struct doc *, struct doc_line *);
static int next_file(struct doc *);
static int first_line(struct doc *, struct str *);
static int same_doc(const struct doc *, const struct doc_line *);
static int parse(struct doc *, struct str, struct doc_line *);
static struct str repair(struct doc *, struct str);
static struct str escape(struct mem *, struct str);
static struct doc_line copy(struct mem *, const struct doc_line *);
static void append(struct doc *, const struct doc_line *);
static int damaged(const struct doc *);

void
doc_init(struct doc *d, struct in *in, struct doc_options options)
{
	*d = (struct doc){
	    .in = in,
	    .options = options,
	    .malformed = {.what = "malformed row skipped", .status = 1},
	    .repaired = {.what = "bad UTF-8 or control character replaced"},
	    .unordered = {.what = "block number does not rise"},
	    .split = {.what = "document over --max-doc read in parts"},
	};
}

int
doc_next(struct doc *d)
{
	struct doc_line line;
	size_t bytes = 0;
	int got, same;

	mem_reset(&d->mem);
	d->n = 0;
	d->part = d->going_on;
	d->going_on = 0;
	if (d->held != NULL) {
		line = *d->held;
		d->held = NULL;
	} else if ((got = pull(d, &line)) <= 0) {
		return got;
	}
	d->serial += !d->part;
	d->row_file = line.file;
	d->id = mem_dup(&d->mem, line.id);
	do {
		append(d, &line);
		bytes += line.row.n + line.text.n + sizeof(struct doc_block);
		if ((got = pull(d, &line)) <= 0)
			return got < 0 ? got : 1;
		same = same_doc(d, &line);
	} while (same && bytes <= d->options.max_doc);
	mem_reset(&d->hold);
	d->held = mem_new(&d->hold, 1, sizeof(*d->held));
	*d->held = copy(&d->hold, &line);
	d->going_on = same;
	if (same)
		fault_add(&d->split, 1, d->in->name, d->in->line);
	return 1;
}

int
doc_row(struct doc *d)
{
	struct doc_line line;
	int got;

	mem_reset(&d->mem);
	d->n = 0;
	if ((got = pull(d, &line)) <= 0)
		return got;
	d->part = d->serial > 0 && str_eq(line.id, d->id) &&
		  (!line.plain || line.file == d->row_file);
	if (!d->part) {
		d->serial++;
		mem_reset(&d->hold);
		d->id = mem_dup(&d->hold, line.id);
		d->row_file = line.file;
	}
	if (d->cap == 0)
		d->v = mem_grow(d->v, &d->cap, 1, sizeof(*d->v));
	d->v[0] = (struct doc_block){
	    .row = line.row,
	    .text = line.plain ? line.text : row_unescape(&d->mem, line.text),
	    .number = line.number,
	};
	d->n = 1;
	return 1;
}

void
doc_put(const struct doc *d, size_t i, struct out *out)
{
	const struct doc_block *b = &d->v[i];

	if (b->row.n > 0) {
		out_raw(out, b->row);
		out_raw(out, STR_LIT("\t"));
		return;
	}
	out_raw(out, d->id);
	out_raw(out, STR_LIT("\t"));
	out_number(out, b->number);
	out_field(out, b->text);
}

void
doc_put_header(const struct doc *d, struct out *out)
{
	out_raw(out, d->header.n > 0 ? d->header : STR_LIT("doc\tblock\ttext"));
	out_raw(out, STR_LIT("\t"));
}

void
doc_put_text(const struct doc *d, size_t i, struct out *out, size_t *last)
{
	if (*last != 0 && *last != d->serial)
		out_newline(out);
	*last = d->serial;
	out_raw(out, d->v[i].text);
	out_newline(out);
}

void
doc_faults(const struct doc *d, const struct fault *v[DOC_FAULTS])
{
	v[0] = &d->in->cut;
	v[1] = &d->malformed;
	v[2] = &d->repaired;
	v[3] = &d->unordered;
	v[4] = &d->split;
}

void
doc_free(struct doc *d)
{
	mem_free(&d->mem);
	mem_free(&d->scratch);
	mem_free(&d->hold);
	mem_free(&d->lasting);
	free(d->v);
	d->v = NULL;
	d->n = d->cap = 0;
}

/*
 * Read on to the next line that is a block.  Returns 1, 0 at the end of all
 * files, or -1.  The slices are valid until the next call.
 */
static int
pull(struct doc *d, struct doc_line *line)
{
	struct str s;
	int got;

	for (;;) {
		if (d->options.strict && damaged(d)) {
			errno = EILSEQ;
			return -1;
		}
		if (d->file == d->closed && (got = next_file(d)) <= 0)
			return got;
		if ((got = in_line(d->in, &s)) < 0)
			return -1;
		if (got == 0) {
			d->closed = d->file;
			continue;
		}
		mem_reset(&d->scratch);
		s = repair(d, s);
		if (d->in->line == 1 && first_line(d, &s))
			continue;
		if (s.n > 0 && s.p[s.n - 1] == '\r')
			s.n--;
		if (parse(d, s, line))
			return 1;
	}
}

static int
next_file(struct doc *d)
{
	int got = in_next(d->in);

	if (got <= 0)
		return got;
	d->file++;
	d->format = d->options.format;
	d->name = escape(&d->lasting, str_of(d->in->name));
	return 1;
}

/*
 * Tell rows from plain text by the first line, see newsieve(5),
 * and take a header.  Returns 1 if the line was one.
 */
static int
first_line(struct doc *d, struct str *s)
{
	struct row row;
	int rows;

	if (str_starts(*s, STR_LIT("\xef\xbb\xbf")))
		*s = str_sub(*s, 3, s->n);
	if (d->options.header)
		rows = row_columns(*s) >= 3;
	else
		rows = row_parse(*s, &row);
	if (d->format == DOC_AUTO)
		d->format = rows ? DOC_ROWS : DOC_PLAIN;
	if (d->format == DOC_PLAIN || !d->options.header)
		return 0;
	if (d->header.n == 0) {
		d->header = mem_dup(&d->lasting, *s);
		if (d->header.n > 0 && s->p[s->n - 1] == '\r')
			d->header.n--;
		return 1;
	}
	return str_starts(*s, d->header);
}

/* Rows go on from file to file; a plain file is a document of its own. */
static int
same_doc(const struct doc *d, const struct doc_line *line)
{
	return str_eq(line->id, d->id) &&
	       (!line->plain || line->file == d->row_file);
}

/* Make a block of a line.  Returns 0 if it is blank or malformed. */
static int
parse(struct doc *d, struct str s, struct doc_line *line)
{
	struct row row;

	if (d->format == DOC_PLAIN) {
		if (utf_blank(s))
			return 0;
		*line = (struct doc_line){.id = d->name,
		    .text = s,
		    .number = d->in->line,
		    .file = d->file,
		    .plain = 1};
	} else if (row_parse(s, &row)) {
		*line = (struct doc_line){.id = row.doc,
		    .row = s,
		    .text = row.text,
		    .number = row.block,
		    .file = d->file};
	} else {
		fault_add(&d->malformed, 1, d->in->name, d->in->line);
		return 0;
	}
	d->rows++;
	return 1;
}

static struct str
repair(struct doc *d, struct str s)
{
	size_t n = 0, good = utf_clean(s);
	unsigned char *p;

	if (good == s.n)
		return s;
	p = mem_new(&d->scratch, 3 * s.n, 1);
	s = (struct str){p, utf_repair(p, s, &n)};
	fault_add(&d->repaired, n, d->in->name, d->in->line);
	return s;
}

/* A file's name as a doc column: clean, and escaped like text. */
static struct str
escape(struct mem *mem, struct str s)
{
	unsigned char *clean = mem_new(mem, 3 * s.n, 1), *p, *w;
	size_t i, n = 0;

	s = (struct str){clean, utf_repair(clean, s, &n)};
	p = w = mem_new(mem, 2 * s.n, 1);
	for (i = 0; i < s.n; i++) {
		static const char from[] = "\t\n\r\\", to[] = "tnr\\";
		const char *at = strchr(from, s.p[i]);

		if (at != NULL)
			*w++ = '\\';
		*w++ = at != NULL ? (unsigned char)to[at - from] : s.p[i];
	}
	return (struct str){p, (size_t)(w - p)};
}

static struct doc_line
copy(struct mem *mem, const struct doc_line *line)
{
	struct doc_line to = *line;

	to.id = mem_dup(mem, line->id);
	to.row = mem_dup(mem, line->row);
	if (line->plain)
		to.text = mem_dup(mem, line->text);
	else if (line->text.n > 0)
		to.text.p = to.row.p + (line->text.p - line->row.p);
	return to;
}

static void
append(struct doc *d, const struct doc_line *line)
{
	struct doc_line kept = copy(&d->mem, line);

	if (d->n > 0 && kept.number <= d->v[d->n - 1].number)
		fault_add(&d->unordered, 1, d->in->name, d->in->line);
	if (d->n == d->cap)
		d->v = mem_grow(d->v, &d->cap, d->n + 1, sizeof(*d->v));
	d->v[d->n++] = (struct doc_block){
	    .row = kept.row,
	    .text = kept.plain ? kept.text : row_unescape(&d->mem, kept.text),
	    .number = kept.number,
	};
}

static int
damaged(const struct doc *d)
{
	return d->malformed.n + d->repaired.n + d->unordered.n + d->in->cut.n >
	       0;
}
