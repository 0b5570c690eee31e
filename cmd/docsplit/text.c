/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "common/utf.h"

#include "cmd/docsplit/text.h"

/* The white space that a long line may begin with, in bytes. */
#define BLANK_HELD ((size_t)1 << 20)

static size_t lines_at_hand(struct text *, struct str, int);
static void take(struct text *, struct str, int);
static void take_long(struct text *, struct str, int);
static struct str hold_blank(struct text *, struct str);
static void put_blank(struct text *);
static void take_lines(struct text *, struct str);
static size_t lines(struct str);
static void tell(struct text *);
static struct str clean(struct text *, struct str);
static struct str drop_mark(struct text *, struct str);

void
text_init(struct text *text, struct docsplit *docsplit)
{
	const struct docsplit_options *o = docsplit_options(docsplit);

	*text = (struct text){
	    .line = 1,
	    .docsplit = docsplit,
	    .held = {.fd = OUT_MEMORY},
	    .whole = o->separator != NULL || o->paragraphs || o->sentences,
	};
}

void
text_start(struct text *text, size_t line, int moving)
{
	text->line = line;
	text->moving = moving;
	text->at_start = 1;
	text->seen = 0;
}

size_t
text_take(struct text *text, struct str s, int last)
{
	const int strict = docsplit_options(text->docsplit)->strict;
	size_t n = lines_at_hand(text, s, last), used = 0;

	while (strict && used < n && !docsplit_stop(text->docsplit)) {
		const unsigned char *nl = memchr(s.p + used, '\n', n - used);
		size_t end = nl == NULL ? n : (size_t)(nl - s.p) + 1;

		take(text, str_sub(s, used, end), last && end == n);
		used = end;
	}
	if (!strict && n > 0) {
		take(text, str_sub(s, 0, n), last);
		used = n;
	}
	if (last && text->long_line)
		take_long(text, (struct str){NULL, 0}, 1);
	text->seen = s.n - used;
	return used;
}

void
text_push(struct text *text, struct str s)
{
	struct out *held = &text->held;
	size_t used;

	if (s.n == 0)
		return;
	if (held->n == 0) {
		used = text_take(text, s, 0);
		out_raw(held, str_sub(s, used, s.n));
		return;
	}
	out_raw(held, s);
	used = text_take(text, (struct str){held->buf, held->n}, 0);
	held->n -= used;
	memmove(held->buf, held->buf + used, held->n);
}

void
text_done(struct text *text)
{
	text_take(text, (struct str){text->held.buf, text->held.n}, 1);
	text->held.n = 0;
}

void
text_free(struct text *text)
{
	out_close(&text->held);
	free(text->clean);
	free(text->blank);
}

/* How much to take now: whole lines, and a piece of a long one. */
static size_t
lines_at_hand(struct text *text, struct str s, int last)
{
	/* A line to be kept whole must be seen to exceed a block. */
	const size_t most = text->whole ? DOCSPLIT_BLOCK_MAX + 8 : TEXT_HELD;
	size_t n = s.n, piece;

	if (last)
		return n;
	/* What was left the last time is known to have no line end. */
	while (n > text->seen && s.p[n - 1] != '\n')
		n--;
	if (n == text->seen)
		n = 0;
	if (s.n - n <= most && !text->long_line)
		return n;
	/* Leave what could be half a character or half a CRLF. */
	piece = s.n - utf_tail(s);
	piece -= piece > n && s.p[piece - 1] == '\r';
	return piece > n ? piece : n;
}

/* Take whole lines: many at once, and on their own those in the way. */
static void
take_lines(struct text *text, struct str s)
{
	struct docsplit *d = text->docsplit;

	while (s.n > 0) {
		size_t lines, n = docsplit_run(d, s, &lines);
		const unsigned char *nl;

		text->line += text->moving ? lines : 0;
		s = str_sub(s, n, s.n);
		if (s.n == 0)
			break;
		nl = memchr(s.p, '\n', s.n);
		n = (size_t)(nl - s.p) + 1;
		docsplit_line(
		    d, str_chomp(clean(text, str_sub(s, 0, n))), text->line);
		text->line += (size_t)text->moving;
		s = str_sub(s, n, s.n);
	}
}

/* How much of `s` is whole lines. */
static size_t
lines(struct str s)
{
	while (s.n > 0 && s.p[s.n - 1] != '\n')
		s.n--;
	return s.n;
}

/* Take whole lines, and behind them a piece of a long one unless `last`. */
static void
take(struct text *text, struct str s, int last)
{
	const unsigned char *nl;
	size_t n;

	s = drop_mark(text, s);
	if (text->long_line) {
		nl = s.n == 0 ? NULL : memchr(s.p, '\n', s.n);
		if (nl == NULL) {
			take_long(text, clean(text, s), last);
			return;
		}
		n = (size_t)(nl - s.p) + 1;
		take_long(text, str_chomp(clean(text, str_sub(s, 0, n))), 1);
		text->line += (size_t)text->moving;
		s = str_sub(s, n, s.n);
	}
	n = lines(s);
	take_lines(text, str_sub(s, 0, n));
	s = str_sub(s, n, s.n);
	/* White space that is a control damages no blank line. */
	if (!last || !utf_blank(s))
		s = clean(text, s);
	/* What is left lacks its newline, so a CR belongs to it. */
	if (s.n > 0 && last && s.n <= DOCSPLIT_BLOCK_MAX) {
		docsplit_line(text->docsplit, s, text->line);
		tell(text);
	} else if (s.n > 0) {
		text->long_line = 1;
		text->visible = 0;
		take_long(text, s, last);
	}
}

/*
 * A piece of a long line; `last` if the line ends behind it.  White space
 * that it begins with is held until something visible follows.
 */
static void
take_long(struct text *text, struct str s, int last)
{
	struct docsplit *d = text->docsplit;

	if (text->whole) {
		/* It exceeds a block, so its first piece is all of it. */
		if (!text->visible)
			docsplit_line(d, s, text->line);
		text->visible = 1;
	} else {
		if (!text->visible)
			s = hold_blank(text, s);
		if (s.n > 0) {
			put_blank(text);
			docsplit_piece(d, s, text->line);
			text->visible = 1;
		}
	}
	if (!last)
		return;
	if (!text->visible)
		docsplit_line(d, (struct str){NULL, 0}, text->line);
	else if (!text->whole)
		docsplit_end_line(d);
	tell(text);
	text->long_line = 0;
	text->blank_n = 0;
	text->blank_cut = 0;
}

/* Keep the white space that a long line begins with, to a point; returns what
 * follows it in `s`. */
static struct str
hold_blank(struct text *text, struct str s)
{
	size_t len;

	while (s.n > 0 && utf_class(utf_at(s.p, &len)) == UTF_SPACE) {
		text->blank_cut |= text->blank_n + len > BLANK_HELD;
		if (!text->blank_cut) {
			text->blank = mem_grow(text->blank, &text->blank_cap,
			    text->blank_n + len, 1);
			memcpy(text->blank + text->blank_n, s.p, len);
			text->blank_n += len;
		}
		s = str_sub(s, len, s.n);
	}
	return s;
}

/* It turns out to be the start of a block. */
static void
put_blank(struct text *text)
{
	if (text->blank_n > 0)
		docsplit_piece(text->docsplit,
		    (struct str){text->blank, text->blank_n}, text->line);
	if (text->blank_cut)
		docsplit_fault(text->docsplit,
		    "white space over 1 MiB before a block's text cut", 1,
		    text->line);
	text->blank_n = 0;
	text->blank_cut = 0;
}

/* Count what was repaired in a line that had not ended. */
static void
tell(struct text *text)
{
	docsplit_repaired(text->docsplit, text->untold, text->line);
	text->untold = 0;
}

/* The text itself if it is clean, else a repaired copy. */
static struct str
clean(struct text *text, struct str s)
{
	size_t line = text->line, n, w = 0;

	if (utf_clean(s) == s.n)
		return s;
	text->clean = mem_grow(text->clean, &text->clean_cap, 3 * s.n, 1);
	while (s.n > 0) {
		const unsigned char *nl = memchr(s.p, '\n', s.n);
		size_t len = nl == NULL ? s.n : (size_t)(nl - s.p) + 1;
		struct str part = str_sub(s, 0, len);

		n = 0;
		/* White space that is a control makes a line blank, not
		 * damaged; a blank line is not looked at again. */
		if (nl != NULL && !text->long_line && utf_blank(part))
			text->clean[w++] = '\n';
		else
			w += utf_repair(text->clean + w, part, &n);
		/* Who is strict stops there: not within a line, as it is
		 * chance how much of a long one is at hand. */
		if (nl == NULL)
			text->untold += n;
		else
			docsplit_repaired(text->docsplit, n, line);
		line += (size_t)text->moving;
		s = str_sub(s, len, s.n);
	}
	return (struct str){text->clean, w};
}

/* Drop a byte order mark from the start of a document. */
static struct str
drop_mark(struct text *text, struct str s)
{
	if (text->at_start && str_starts(s, STR_LIT("\xef\xbb\xbf")))
		s = str_sub(s, 3, s.n);
	text->at_start = 0;
	return s;
}
