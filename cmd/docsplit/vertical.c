/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <string.h>

#include "common/utf.h"

#include "cmd/docsplit/about.h"
#include "cmd/docsplit/entity.h"
#include "cmd/docsplit/markup.h"
#include "cmd/docsplit/vertical.h"

struct vertical_reader {
	struct docsplit *docsplit;
	struct sink *sink;
	struct about about;
	int paragraphs; /* are the blocks */
	size_t line;    /* of the file, being read */
	int stray;      /* text outside documents was counted */
	int column;     /* of a long line: still the first */
	int returned;   /* and a CR that may end it is held back */
	/* the document */
	int inside;   /* there is one */
	size_t first; /* line it begins on */
	int words;    /* the block has some */
	int blocks;   /* the paragraph has some */
	int glued;    /* no space before the next word */
};

static void read_line(struct vertical_reader *, struct str, int);
static int cut_tag(struct str *, struct markup *);
static int is_structure(struct str);
static void read_structure(struct vertical_reader *, struct str);
static void read_doc(struct vertical_reader *, const struct markup *);
static void open_doc(struct vertical_reader *, struct str);
static void close_doc(struct vertical_reader *);
static void cut_short(struct vertical_reader *);
static void end_block(struct vertical_reader *, int);
static void outside(struct vertical_reader *, struct str);
static void start_word(struct vertical_reader *);
static void put_column(struct vertical_reader *, struct str);
static struct str first_column(struct str);

enum vertical
vertical_look(struct str s, int last, int *tagged)
{
	size_t tokens = 0, tabs = 0, glue = 0, spaced = 0, uneven = 0;

	*tagged = 0;
	while (s.n > 0) {
		const unsigned char *nl = memchr(s.p, '\n', s.n);
		size_t n = nl == NULL ? s.n : (size_t)(nl - s.p), here = 0, i;
		struct str line;

		n += nl != NULL;
		line = str_chomp(str_sub(s, 0, n));
		s = str_sub(s, n, s.n);
		if (utf_blank(line) || (nl == NULL && !last && s.n == 0))
			continue;
		if (is_structure(line)) {
			struct markup m;

			while (cut_tag(&line, &m))
				glue += markup_is(m.name, "g") ||
					markup_is(m.name, "s");
			*tagged = 1;
			continue;
		}
		for (i = 0; i < line.n; i++) {
			here += line.p[i] == '\t';
			spaced += line.p[i] == '\t' || line.p[i] == ' ';
		}
		if (tokens++ == 0)
			tabs = here;
		uneven += here != tabs || line.p[0] == '\t';
	}
	if (tokens == 0)
		return VERTICAL_UNKNOWN;
	if ((uneven == 0 && tabs > 0) || (glue > 0 && spaced == 0))
		return VERTICAL_YES;
	return VERTICAL_NO;
}

int
vertical_read(struct docsplit *d, struct source *source, struct sink *sink)
{
	struct vertical_reader v = {
	    .docsplit = d,
	    .sink = sink,
	    .paragraphs = docsplit_options(d)->paragraphs,
	};
	struct str piece;
	int got, goes_on;

	about_init(&v.about, d);
	for (;;) {
		v.line = source->line;
		goes_on = source->inside;
		if (docsplit_stop(d)) {
			docsplit_end(d);
			errno = EILSEQ;
			return -1;
		}
		if ((got = source_line(source, &piece)) <= 0)
			break;
		read_line(&v, piece, goes_on);
	}
	if (v.inside && got == 0)
		cut_short(&v);
	close_doc(&v);
	return got;
}

/*
 * A line, or a piece of one if it is long.  Whether a long one comes in
 * pieces is chance, so it is a token as it is, even in one piece.
 */
static void
read_line(struct vertical_reader *v, struct str piece, int goes_on)
{
	struct str line = str_chomp(piece);
	unsigned char decoded[SOURCE_PIECE];

	if (!goes_on && line.n < SOURCE_PIECE) {
		if (utf_blank(line))
			return;
		if (is_structure(line)) {
			read_structure(v, line);
		} else if (v->inside) {
			line = first_column(line);
			line.n = entity_decode(decoded, line);
			start_word(v);
			sink_put(v->sink, (struct str){decoded, line.n});
		} else {
			outside(v, line);
		}
	} else if (v->inside) {
		if (!goes_on) {
			start_word(v);
			v->column = 1;
			v->returned = 0;
		}
		put_column(v, line);
	} else {
		outside(v, line);
	}
}

/* Cut the next tag of a line off it.  Returns 0 if there is none. */
static int
cut_tag(struct str *line, struct markup *m)
{
	while (line->n > 0 && line->p[0] <= ' ')
		*line = str_sub(*line, 1, line->n);
	if (line->n == 0 || line->p[0] != '<')
		return 0;
	markup_read(m, *line, 1);
	if (m->kind == MARKUP_NONE)
		return 0;
	/* A comment is taken to be all of its line. */
	if (m->kind == MARKUP_COMMENT)
		m->n = line->n;
	*line = str_sub(*line, m->n, line->n);
	return 1;
}

/* Whether a line is tags and nothing else. */
static int
is_structure(struct str line)
{
	struct markup m;

	while (cut_tag(&line, &m))
		;
	return line.n == 0;
}

static void
read_structure(struct vertical_reader *v, struct str line)
{
	struct markup m;

	while (cut_tag(&line, &m) && !docsplit_stop(v->docsplit)) {
		if (m.kind != MARKUP_START && m.kind != MARKUP_END)
			continue;
		if (markup_is(m.name, "doc"))
			read_doc(v, &m);
		else if (markup_is(m.name, "g"))
			v->glued = 1;
		else if (markup_is(m.name, "s"))
			end_block(v, 0);
		else if (markup_is(m.name, "p") || markup_is(m.name, "head"))
			end_block(v, 1);
	}
}

static void
read_doc(struct vertical_reader *v, const struct markup *m)
{
	if (v->inside && m->kind == MARKUP_START)
		cut_short(v);
	close_doc(v);
	if (m->kind == MARKUP_START && !docsplit_stop(v->docsplit))
		open_doc(v, m->inner);
}

static void
open_doc(struct vertical_reader *v, struct str attributes)
{
	v->inside = 1;
	v->first = v->line;
	v->words = v->blocks = v->glued = 0;
	docsplit_begin(v->docsplit);
	about_clear(&v->about);
	about_attributes(&v->about, attributes);
	sink_start(v->sink, v->line, 0);
}

static void
close_doc(struct vertical_reader *v)
{
	int cut;

	if (!v->inside)
		return;
	end_block(v, 0);
	cut = about_tell(&v->about);
	sink_end(v->sink);
	if (cut)
		docsplit_fault(v->docsplit,
		    "title, date or URL over 4 KiB left out", 1, v->first);
	docsplit_end(v->docsplit);
	v->inside = v->stray = 0;
}

/* The text is over, though no tag says so. */
static void
cut_short(struct vertical_reader *v)
{
	end_block(v, 0);
	sink_end(v->sink);
	docsplit_fault(v->docsplit, "document without end tag", 1, v->first);
}

/* A block ends here, and with it perhaps a paragraph. */
static void
end_block(struct vertical_reader *v, int paragraph)
{
	int lines = v->words;

	v->blocks |= v->words;
	if (paragraph && v->paragraphs)
		lines += v->blocks;
	if (paragraph)
		v->blocks = 0;
	for (; lines > 0; lines--)
		sink_put(v->sink, STR_LIT("\n"));
	v->words = v->glued = 0;
}

static void
outside(struct vertical_reader *v, struct str s)
{
	size_t i;

	for (i = 0; i < s.n && !v->stray; i++) {
		if (s.p[i] <= ' ')
			continue;
		docsplit_fault(
		    v->docsplit, "text outside documents skipped", 1, v->line);
		v->stray = 1;
	}
}

static void
start_word(struct vertical_reader *v)
{
	if (!v->words)
		sink_at(v->sink, v->line);
	else if (!v->glued)
		sink_put(v->sink, STR_LIT(" "));
	v->words = 1;
	v->glued = 0;
}

/* What of a piece of a long line belongs to its first column. */
static void
put_column(struct vertical_reader *v, struct str s)
{
	struct str column = first_column(s);

	if (v->column && v->returned && s.n > 0)
		sink_put(v->sink, STR_LIT("\r"));
	v->returned =
	    column.n > 0 && column.p[column.n - 1] == '\r' && column.n == s.n;
	column.n -= (size_t)v->returned;
	if (v->column)
		sink_put(v->sink, column);
	v->column &= column.n + (size_t)v->returned == s.n;
}

static struct str
first_column(struct str s)
{
	const unsigned char *tab = s.n == 0 ? NULL : memchr(s.p, '\t', s.n);

	if (tab != NULL)
		s.n = (size_t)(tab - s.p);
	return s;
}
