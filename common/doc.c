/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "common/doc.h"
#include "common/row.h"
#include "common/utf.h"

/* One line that is a block, as it was read. */
struct doc_line {
	struct str row;  /* the whole line, or empty for plain text */
	struct str id;   /* inside `row`, escaped, or the name of the file */
	struct str text; /* inside `row`, escaped; of plain text as it is */
	size_t number;
	size_t file;
	int plain;
};

static int next(struct doc *, struct doc_line *);
static void hold(struct doc *, const struct doc_line *);
static int pull(struct doc *, struct doc_line *, int more);
static int refill(struct doc *);
static int next_file(struct doc *);
static void refuse(struct doc *, const char *);
static int first_line(struct doc *, struct str *);
static int is_header(struct str);
static int same_doc(const struct doc *, const struct doc_line *);
static int parse(struct doc *, struct str, struct doc_line *);
static struct str repair(struct doc *, struct str);
static struct str escape_returns(struct doc *, struct str);
static struct doc_line copy(struct mem *, const struct doc_line *);
static void append(struct doc *, const struct doc_line *, int own);
static void append_plain(struct doc *);
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
doc_look(struct doc *d)
{
	struct doc_line line;
	int got = pull(d, &line, 1);

	if (got > 0)
		hold(d, &line);
	return got;
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
	if ((got = next(d, &line)) <= 0)
		return got;
	d->serial += !d->part;
	d->first_file = line.file;
	d->id = mem_dup(&d->mem, line.id);
	do {
		append(d, &line, 1);
		bytes += line.row.n + line.text.n + sizeof(struct doc_block);
		/* A failure stays for the next call: here is a document. */
		if (pull(d, &line, 1) <= 0)
			return 1;
		same = same_doc(d, &line);
	} while (same && bytes <= d->options.max_doc);
	hold(d, &line);
	d->going_on = same;
	if (same)
		fault_add(&d->split, 1, d->in->name, d->number);
	return 1;
}

int
doc_rows(struct doc *d)
{
	struct doc_line line;
	/* The next document's first row will take the place of a held one. */
	int got, own = d->held != NULL;

	mem_reset(&d->mem);
	d->n = 0;
	if ((got = next(d, &line)) <= 0)
		return got;
	d->part = d->serial > 0 && same_doc(d, &line);
	if (!d->part) {
		d->serial++;
		d->row_id = mem_grow(d->row_id, &d->row_id_cap, line.id.n, 1);
		memcpy(d->row_id, line.id.p, line.id.n);
		d->id = (struct str){d->row_id, line.id.n};
		d->first_file = line.file;
	}
	for (;; own = 0) {
		append(d, &line, own);
		if (line.plain)
			append_plain(d);
		/* Reading more would overwrite what is at hand. */
		if (pull(d, &line, 0) <= 0)
			return 1; /* a fault stays, too */
		if (!same_doc(d, &line)) {
			hold(d, &line);
			return 1;
		}
	}
}

void
doc_take(struct doc *to, struct doc *from)
{
	struct doc old = *to;

	*to = (struct doc){.id = from->id,
	    .v = from->v,
	    .n = from->n,
	    .cap = from->cap,
	    .serial = from->serial,
	    .part = from->part,
	    .mem = from->mem};
	from->id = (struct str){NULL, 0};
	from->v = old.v;
	from->n = 0;
	from->cap = old.cap;
	from->mem = old.mem;
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
	size_t i;

	v[0] = &d->in->cut;
	v[1] = &d->malformed;
	v[2] = &d->repaired;
	v[3] = &d->unordered;
	v[4] = &d->split;
	for (i = 0; i < MAGIC_KINDS; i++)
		v[5 + i] = &d->foreign[i];
}

void
doc_free(struct doc *d)
{
	mem_free(&d->mem);
	mem_free(&d->scratch);
	mem_free(&d->hold);
	mem_free(&d->lasting);
	free(d->row_id);
	free(d->v);
	d->row_id = NULL;
	d->row_id_cap = 0;
	d->v = NULL;
	d->n = d->cap = 0;
}

/* The line that was held, or else the next one; returns as pull(). */
static int
next(struct doc *d, struct doc_line *line)
{
	if (d->held == NULL)
		return pull(d, line, 1);
	*line = *d->held;
	d->held = NULL;
	return 1;
}

/* Keep a line until next() gives it again. */
static void
hold(struct doc *d, const struct doc_line *line)
{
	mem_reset(&d->hold);
	d->held = mem_new(&d->hold, 1, sizeof(*d->held));
	*d->held = copy(&d->hold, line);
}

/*
 * Go on to the next line that is a block: among those at hand, and if `more`
 * beyond them.  Returns 1, 0 if there is none, or -1.  The slices are valid
 * until lines are read.
 */
static int
pull(struct doc *d, struct doc_line *line, int more)
{
	struct str s;
	int got;

	for (;;) {
		if (d->error == 0 && d->options.strict && damaged(d))
			d->error = EILSEQ;
		if (d->error != 0) {
			errno = d->error;
			return -1;
		}
		if (d->next_line == d->lines) {
			if (!more)
				return 0;
			if ((got = refill(d)) == 0)
				return 0;
			if (got < 0) {
				d->error = errno;
				continue;
			}
		}
		s = d->line[d->next_line++];
		d->number++;
		if (d->next_line < d->lines || d->in->newline)
			s.n -= s.n > 0 && s.p[s.n - 1] == '\r';
		/* A form feed alone on its line is white, not damaged. */
		if (d->format == DOC_PLAIN && utf_blank(s))
			continue;
		if (s.p + s.n > d->clean)
			s = repair(d, s);
		if (d->number == 1 && first_line(d, &s))
			continue;
		if (d->format == DOC_PLAIN && s.n > IN_LINE_MAX) {
			if (!d->cut)
				fault_add(
				    &d->in->cut, 1, d->in->name, d->number);
			s.n = IN_LINE_MAX;
			s.n -= utf_tail(s);
		}
		if (parse(d, s, line))
			return 1;
	}
}

/* Read lines, from the next file if need be.  Returns 1, 0 or -1. */
static int
refill(struct doc *d)
{
	const size_t cut = d->in->cut.n;
	int got;

	mem_reset(&d->scratch);
	do {
		if (!d->open && (got = next_file(d)) <= 0)
			return got;
		if ((got = in_lines(d->in, d->line, DOC_BATCH)) < 0)
			return -1;
		d->open = got > 0;
	} while (got == 0);
	d->lines = got;
	d->next_line = 0;
	d->clean = d->line[0].p;
	d->cut = d->in->cut.n > cut;
	return 1;
}

/* Open the next file that may be text.  Returns 1, 0 at the end, or -1. */
static int
next_file(struct doc *d)
{
	const char *why;
	struct str head;
	int got;

	while ((got = in_next(d->in)) > 0) {
		d->file++;
		d->number = 0;
		d->format = d->options.format;
		if (d->format == DOC_AUTO &&
		    (got = in_peek(d->in, &head, MAGIC_HEAD)) > 0 &&
		    (why = magic_refuse(head)) != NULL) {
			refuse(d, why);
			if (!d->options.strict)
				continue;
			errno = EILSEQ;
			return -1;
		}
		if (got < 0)
			return -1;
		d->name = row_key(&d->lasting, str_of(d->in->name));
		return 1;
	}
	return got;
}

/* Count the current file, which is no text, among those of its kind. */
static void
refuse(struct doc *d, const char *why)
{
	struct fault *f = d->foreign;

	while (f->n > 0 && strcmp(f->what, why) != 0)
		f++;
	f->what = why;
	f->status = 1;
	fault_add(f, 1, d->in->name, 1);
}

/*
 * Tell rows from plain text by the first line, see newsieve(5),
 * and take a header.  Returns 1 if the line was one, perhaps not asked for,
 * which would make all rows behind it plain text.
 */
static int
first_line(struct doc *d, struct str *s)
{
	struct row row;
	int rows;

	if (str_starts(*s, STR_LIT("\xef\xbb\xbf")))
		*s = str_sub(*s, 3, s->n);
	if (d->options.header) {
		rows = row_columns(*s) >= 3;
	} else if (d->format == DOC_AUTO && is_header(*s)) {
		d->error = FAULT_HEADER;
		return 1;
	} else {
		rows = row_parse(*s, &row);
	}
	if (d->format == DOC_AUTO)
		d->format = rows ? DOC_ROWS : DOC_PLAIN;
	if (d->format == DOC_PLAIN || !d->options.header)
		return 0;
	if (d->header.n == 0) {
		d->header = mem_dup(&d->lasting, escape_returns(d, *s));
		return 1;
	}
	return str_starts(*s, d->header);
}

/* Whether the line names the columns of rows as docsplit and others do. */
static int
is_header(struct str s)
{
	const struct str names = STR_LIT("doc\tblock\ttext");

	return str_starts(s, names) && (s.n == names.n || s.p[names.n] == '\t');
}

/* Rows go on from file to file; a plain file is a document of its own. */
static int
same_doc(const struct doc *d, const struct doc_line *line)
{
	if (line->plain)
		return line->file == d->first_file;
	return str_eq(line->id, d->id);
}

/* Make a block of a line.  Returns 0 if it is blank or malformed. */
static int
parse(struct doc *d, struct str s, struct doc_line *line)
{
	struct row row;

	if (d->format != DOC_PLAIN)
		s = escape_returns(d, s);
	if (d->format == DOC_PLAIN) {
		/* pull() saw to blank lines; this was a byte order mark. */
		if (s.n == 0)
			return 0;
		*line = (struct doc_line){.id = d->name,
		    .text = s,
		    .number = d->number,
		    .file = d->file,
		    .plain = 1};
	} else if (row_parse(s, &row)) {
		*line = (struct doc_line){.id = row.doc,
		    .row = s,
		    .text = row.text,
		    .number = row.block,
		    .file = d->file};
	} else {
		fault_add(&d->malformed, 1, d->in->name, d->number);
		return 0;
	}
	d->rows++;
	return 1;
}

/* The line looked at, repaired if it needs to be. */
static struct str
repair(struct doc *d, struct str s)
{
	struct str last = d->line[d->lines - 1], rest = {s.p, 0};
	size_t n = 0;
	unsigned char *p;

	/* Lines stand in the buffer side by side: look ahead as well. */
	rest.n = (size_t)(last.p + last.n - s.p);
	d->clean = s.p + utf_clean(rest);
	if (s.p + s.n <= d->clean)
		return s;
	p = mem_new(&d->scratch, 3 * s.n, 1);
	s = (struct str){p, utf_repair(p, s, &n)};
	fault_add(&d->repaired, n, d->in->name, d->number);
	return s;
}

/* A bare CR cannot stand in a row: what writes rows writes "\\r". */
static struct str
escape_returns(struct doc *d, struct str s)
{
	unsigned char *p, *w;
	size_t i;

	if (s.n == 0 || memchr(s.p, '\r', s.n) == NULL)
		return s;
	p = w = mem_new(&d->scratch, 2 * s.n, 1);
	for (i = 0; i < s.n; i++) {
		if (s.p[i] == '\r')
			*w++ = '\\';
		*w++ = s.p[i] == '\r' ? 'r' : s.p[i];
	}
	return (struct str){p, (size_t)(w - p)};
}

static struct doc_line
copy(struct mem *mem, const struct doc_line *line)
{
	struct doc_line to = *line;

	if (line->plain) {
		to.text = mem_dup(mem, line->text);
		return to;
	}
	to.row = mem_dup(mem, line->row);
	to.id.p = to.row.p + (line->id.p - line->row.p);
	to.text.p = to.row.p + (line->text.p - line->row.p);
	return to;
}

static void
append(struct doc *d, const struct doc_line *line, int own)
{
	struct doc_line kept = own ? copy(&d->mem, line) : *line;

	if (d->n > 0 && kept.number <= d->v[d->n - 1].number)
		fault_add(&d->unordered, 1, d->in->name, d->number);
	if (d->n == d->cap)
		d->v = mem_grow(d->v, &d->cap, d->n + 1, sizeof(*d->v));
	d->v[d->n++] = (struct doc_block){
	    .row = kept.row,
	    .text = kept.plain ? kept.text : row_unescape(&d->mem, kept.text),
	    .number = kept.number,
	};
}

/*
 * The lines of plain text at hand, as far as nothing is the matter with them:
 * what pull() and append() would do, in a third of the time.
 */
static void
append_plain(struct doc *d)
{
	d->v = mem_grow(d->v, &d->cap, d->n + DOC_BATCH, sizeof(*d->v));
	while (d->next_line + 1 < d->lines) {
		struct str s = d->line[d->next_line];

		if (s.p + s.n > d->clean || s.n > IN_LINE_MAX)
			return;
		s.n -= s.n > 0 && s.p[s.n - 1] == '\r';
		d->next_line++;
		d->number++;
		if (utf_blank(s))
			continue;
		d->v[d->n++] =
		    (struct doc_block){.text = s, .number = d->number};
		d->rows++;
	}
}

static int
damaged(const struct doc *d)
{
	return d->malformed.n + d->repaired.n + d->unordered.n + d->in->cut.n >
	       0;
}
