/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <string.h>

#include "cmd/docsplit/plain.h"
#include "cmd/docsplit/source.h"
#include "cmd/docsplit/text.h"

static int
parts(struct docsplit *, struct source *, struct text *, int, size_t);

/*
 * Between two separators is a document, though it be empty; behind the last
 * one only if a byte follows.
 */
int
plain_read(struct docsplit *d, struct in *in, const struct reader_options *o)
{
	struct source source;
	struct text text;
	size_t seen = 0, used; /* bytes at hand that hold no separator */
	int got;

	source_init(&source, in);
	text_init(&text, d);
	text_start(&text, 1, 1);
	do {
		if ((got = source_more(&source)) == -1 ||
		    (o->separator != READER_NO_BYTE &&
			parts(d, &source, &text, o->separator, seen) == -1))
			break;
		/* Where lines part documents, lines begin them. */
		if (source.rest.n > 0 && docsplit_options(d)->separator == NULL)
			docsplit_begin(d);
		used = text_take(&text, source.rest, got == 0);
		source.rest = str_sub(source.rest, used, source.rest.n);
		seen = source.rest.n;
	} while (got > 0 && !docsplit_stop(d));
	docsplit_end(d);
	text_free(&text);
	if (got != -1 && docsplit_stop(d)) {
		errno = EILSEQ;
		return -1;
	}
	return got == -1 ? -1 : 0;
}

/* Take the documents that end in the window. */
static int
parts(struct docsplit *d, struct source *source, struct text *text,
    int separator, size_t seen)
{
	const unsigned char *at;

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
		source->rest = str_sub(source->rest, n + 1, source->rest.n);
		seen = 0;
	}
	return 0;
}
