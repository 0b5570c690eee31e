/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <string.h>

#include "cmd/docsplit/plain.h"
#include "cmd/docsplit/source.h"
#include "cmd/docsplit/text.h"

static int
parts(struct docsplit *, struct source *, struct text *, int, size_t);
static void skip(struct source *, const struct text *, size_t);

/*
 * Between two separators is a document, though it be empty; behind the last
 * one only if a byte follows.
 */
int
plain_read(struct docsplit *d, struct in *in, const struct reader_options *o)
{
	struct source source;
	struct text text;
	size_t seen = 0; /* bytes at hand that hold no separator */
	int got, left = 0;

	source_init(&source, in);
	text_init(&text, d);
	text_start(&text, 1, 1);
	do {
		if ((got = source_more(&source)) == -1)
			break;
		if (o->separator != READER_NO_BYTE) {
			int found =
			    parts(d, &source, &text, o->separator, seen);

			left = found == 1 && source_leave(&source, o);
			if (found == -1 || left)
				break;
		}
		/* Where lines part documents, lines begin them; a file that
		 * nothing parts is a document, though it be empty. */
		if ((source.rest.n > 0 || o->separator == READER_NO_BYTE) &&
		    docsplit_options(d)->separator == NULL)
			docsplit_begin(d);
		skip(&source, &text, text_take(&text, source.rest, got == 0));
		seen = source.rest.n;
	} while (got > 0 && !docsplit_stop(d));
	docsplit_end(d);
	docsplit_pass(d, source.line - 1);
	text_free(&text);
	if (got != -1 && docsplit_stop(d)) {
		errno = EILSEQ;
		return -1;
	}
	return got == -1 ? -1 : left;
}

/* Take the documents that end in the window.  Returns 1, 0 if there are none,
 * or -1 if it is to end here. */
static int
parts(struct docsplit *d, struct source *source, struct text *text,
    int separator, size_t seen)
{
	const unsigned char *at;
	int found = 0;

	while (source->rest.n > seen &&
	       (at = memchr(source->rest.p + seen, separator,
		    source->rest.n - seen)) != NULL) {
		size_t n = (size_t)(at - source->rest.p);

		docsplit_begin(d);
		text_take(text, str_sub(source->rest, 0, n), 1);
		docsplit_end(d);
		if (docsplit_stop(d))
			return -1;
		text_start(text, text->line, 1);
		skip(source, text, n + 1);
		found = 1;
		seen = 0;
	}
	return found;
}

/* Drop bytes that were taken as text. */
static void
skip(struct source *source, const struct text *text, size_t n)
{
	source_skip(source, n, text->line - source->line);
}
