/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "common/utf.h"

#include "cmd/docsplit/plain.h"

/*
 * A line that fits in a block with its neighbours is handled whole, as a
 * slice of the read buffer.  Of a longer one no more than this is kept back
 * in the hope of its end: then it goes out in pieces.
 */
#define LONG_LINE ((size_t)64 << 10)

struct plain {
	struct docsplit *docsplit;
	const struct plain_options *options;
	const char *path;
	size_t line;   /* lines of the file taken so far */
	int at_start;  /* of a document, where a byte order mark may be */
	int long_line; /* inside a line that goes out in pieces */
	int visible;   /* and more than white space of it was seen */
	unsigned char *clean; /* a repaired copy of what was damaged */
	size_t clean_cap;
	unsigned char *blank; /* white space a long line began with */
	size_t blank_n, blank_cap;
};

static int read_blocks(struct plain *, struct in *);
static int read_lines(struct plain *, struct in *);
static struct str parts(struct plain *, struct str);
static size_t usable(const struct plain *, struct str);
static void take(struct plain *, struct str);
static void take_text(struct plain *, struct str);
static void take_long(struct plain *, struct str, int);
static struct str clean(struct plain *, struct str);
static struct str drop_mark(struct plain *, struct str);
static struct str chomp(struct str);
static int damaged(const struct plain *);

int
plain_read(
    struct docsplit *d, struct in *in, const struct plain_options *options)
{
	struct plain plain = {
	    .docsplit = d,
	    .options = options,
	    .path = in->name,
	    .at_start = 1,
	};
	int got;

	got = options->whole ? read_lines(&plain, in) : read_blocks(&plain, in);
	docsplit_end(d);
	free(plain.clean);
	free(plain.blank);
	return got;
}

/* The fast way: blocks of many lines, validated at once. */
static int
read_blocks(struct plain *plain, struct in *in)
{
	struct str block;
	size_t keep = 0, n;
	int got;

	do {
		if ((got = in_block(in, &block, keep)) < 0)
			return -1;
		n = got > 0 ? usable(plain, block) : block.n;
		take(plain, str_sub(block, 0, n));
		if (plain->options->strict && damaged(plain)) {
			errno = EILSEQ;
			return -1;
		}
		keep = block.n - n;
	} while (got > 0);
	if (plain->long_line)
		take_long(plain, (struct str){NULL, 0}, 1);
	return 0;
}

/* The other way, for what looks at whole lines. */
static int
read_lines(struct plain *plain, struct in *in)
{
	struct docsplit_counts *counts = docsplit_counts(plain->docsplit);
	struct str s;
	int got;

	while ((got = in_line(in, &s)) > 0) {
		s = parts(plain, in->newline ? chomp(s) : s);
		if (!utf_blank(s))
			s = clean(plain, s);
		docsplit_line(plain->docsplit, drop_mark(plain, s), in->line);
		plain->line = in->line;
		if (plain->options->strict &&
		    (damaged(plain) || in->cut.n > 0)) {
			got = -1;
			errno = EILSEQ;
			break;
		}
	}
	fault_add(&counts->cut, in->cut.n, in->cut.file, in->cut.line);
	in->cut.n = 0;
	return got;
}

/* Take what of a line stands before separators; returns the rest. */
static struct str
parts(struct plain *plain, struct str s)
{
	const int separator = plain->options->separator;
	const unsigned char *at;

	while (separator != PLAIN_NO_BYTE && s.n > 0 &&
	       (at = memchr(s.p, separator, s.n)) != NULL) {
		size_t n = (size_t)(at - s.p);
		struct str part = clean(plain, str_sub(s, 0, n));

		docsplit_begin(plain->docsplit);
		docsplit_line(
		    plain->docsplit, drop_mark(plain, part), plain->line + 1);
		docsplit_end(plain->docsplit);
		plain->at_start = 1;
		s = str_sub(s, n + 1, s.n);
	}
	return s;
}

/* How much of a block to take now: whole lines, or a piece of a long one. */
static size_t
usable(const struct plain *plain, struct str block)
{
	size_t n = block.n;

	while (n > 0 && block.p[n - 1] != '\n' &&
	       block.p[n - 1] != plain->options->separator)
		n--;
	if (n > 0 || block.n <= LONG_LINE)
		return n;
	/* Leave what could be half a character or half a CRLF. */
	n = block.n - utf_tail(block);
	return n - (block.p[n - 1] == '\r');
}

/* Take text that may hold separators. */
static void
take(struct plain *plain, struct str s)
{
	const int separator = plain->options->separator;
	const unsigned char *at;

	while (separator != PLAIN_NO_BYTE && s.n > 0 &&
	       (at = memchr(s.p, separator, s.n)) != NULL) {
		size_t n = (size_t)(at - s.p);

		docsplit_begin(plain->docsplit);
		take_text(plain, str_sub(s, 0, n));
		if (plain->long_line)
			take_long(plain, (struct str){NULL, 0}, 1);
		docsplit_end(plain->docsplit);
		plain->at_start = 1;
		s = str_sub(s, n + 1, s.n);
	}
	take_text(plain, s);
}

/* Take text of one document; it ends with a line, a separator or a piece. */
static void
take_text(struct plain *plain, struct str s)
{
	const unsigned char *nl;

	if (s.n == 0)
		return;
	s = drop_mark(plain, clean(plain, s));
	docsplit_begin(plain->docsplit);
	if (plain->long_line) {
		nl = s.n == 0 ? NULL : memchr(s.p, '\n', s.n);
		if (nl == NULL) {
			take_long(plain, s, 0);
			return;
		}
		take_long(plain, chomp(str_sub(s, 0, (size_t)(nl - s.p))), 1);
		s = str_sub(s, (size_t)(nl - s.p) + 1, s.n);
	}
	while (s.n > 0 && (nl = memchr(s.p, '\n', s.n)) != NULL) {
		size_t n = (size_t)(nl - s.p);

		plain->line++;
		docsplit_line(
		    plain->docsplit, chomp(str_sub(s, 0, n)), plain->line);
		s = str_sub(s, n + 1, s.n);
	}
	/* What is left lacks its newline, so a CR belongs to it. */
	if (s.n > LONG_LINE) {
		plain->long_line = 1;
		plain->visible = 0;
		take_long(plain, s, 0);
	} else if (s.n > 0) {
		plain->line++;
		docsplit_line(plain->docsplit, s, plain->line);
	}
}

/*
 * A piece of a long line; `last` if the line ends behind it.  White space
 * that it begins with is held until something visible follows.
 */
static void
take_long(struct plain *plain, struct str s, int last)
{
	struct docsplit *d = plain->docsplit;

	if (!plain->visible && utf_blank(s) &&
	    s.n <= DOCSPLIT_BLOCK_MAX - plain->blank_n) {
		plain->blank = mem_grow(
		    plain->blank, &plain->blank_cap, plain->blank_n + s.n, 1);
		if (s.n > 0)
			memcpy(plain->blank + plain->blank_n, s.p, s.n);
		plain->blank_n += s.n;
	} else {
		if (plain->blank_n > 0)
			docsplit_piece(d,
			    (struct str){plain->blank, plain->blank_n},
			    plain->line + 1);
		docsplit_piece(d, s, plain->line + 1);
		plain->visible = 1;
		plain->blank_n = 0;
	}
	if (!last)
		return;
	plain->line++;
	if (plain->visible)
		docsplit_end_line(d);
	else
		docsplit_line(d, (struct str){NULL, 0}, plain->line);
	plain->long_line = 0;
	plain->blank_n = 0;
}

/* The text itself if it is clean, else a repaired copy. */
static struct str
clean(struct plain *plain, struct str s)
{
	struct docsplit_counts *counts = docsplit_counts(plain->docsplit);
	size_t good = utf_clean(s), line = plain->line, n, w = 0;

	if (good == s.n)
		return s;
	plain->clean = mem_grow(plain->clean, &plain->clean_cap, 3 * s.n, 1);
	while (s.n > 0) {
		const unsigned char *nl = memchr(s.p, '\n', s.n);
		size_t len = nl == NULL ? s.n : (size_t)(nl - s.p) + 1;
		struct str part = str_sub(s, 0, len);

		line++;
		n = 0;
		/* White space that is a control makes a line blank, not
		 * damaged; a blank line is not looked at again. */
		if (nl != NULL && utf_blank(part))
			plain->clean[w++] = '\n';
		else
			w += utf_repair(plain->clean + w, part, &n);
		fault_add(&counts->repaired, n, plain->path, line);
		s = str_sub(s, len, s.n);
	}
	return (struct str){plain->clean, w};
}

/* Drop a byte order mark from the start of a document. */
static struct str
drop_mark(struct plain *plain, struct str s)
{
	if (plain->at_start && str_starts(s, STR_LIT("\xef\xbb\xbf")))
		s = str_sub(s, 3, s.n);
	plain->at_start = 0;
	return s;
}

/* Drop the CR of a line that ended in CR LF. */
static struct str
chomp(struct str s)
{
	s.n -= s.n > 0 && s.p[s.n - 1] == '\r';
	return s;
}

static int
damaged(const struct plain *plain)
{
	const struct docsplit_counts *counts = docsplit_counts(plain->docsplit);

	return counts->repaired.n + counts->cut.n + counts->costly.n > 0;
}
