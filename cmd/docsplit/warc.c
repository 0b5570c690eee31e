/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "common/utf.h"

#include "cmd/docsplit/header.h"
#include "cmd/docsplit/http.h"
#include "cmd/docsplit/source.h"
#include "cmd/docsplit/text.h"
#include "cmd/docsplit/warc.h"

/* The longest header of a record, and of a response in it. */
#define HEADER_MAX ((size_t)256 << 10)
/* A body up to this length is judged whole, before any of it is written; of
 * a longer one, what looks like the next record is, with this much behind. */
#define LOOK_AHEAD ((size_t)4 << 20)
/* Enough to see that a line and the next begin a record. */
#define RECORD_HEAD ((size_t)24)
/* Where the title is looked for. */
#define TITLE_MAX ((size_t)64 << 10)

#define NO_LENGTH SIZE_MAX

enum what { IGNORED, SKIPPED, TEXT, CHUNKED, RESPONSE };

struct warc {
	struct docsplit *docsplit;
	struct source source;
	struct text text;
	struct http_chunks chunks;

	/* the record */
	enum what what;
	size_t left; /* of its body, as the header says, or NO_LENGTH */
	size_t line; /* of the file, that it begins on */
	int damaged; /* its chunks are */
};

static int find_record(struct warc *);
static int read_record(struct warc *);
static int read_header(struct warc *, size_t *);
static int next_line(struct source *, size_t, size_t *);
static void judge(struct warc *, struct str);
static void skip(struct warc *, enum http_body);
static int begins_like(struct str, const char *);
static size_t length(struct str);
static int read_response(struct warc *, size_t);
static void describe(struct warc *, struct str);
static void title(struct warc *);
static int read_body(struct warc *);
static int ends_at(const struct source *, size_t);
static void take(struct warc *, size_t, int);
static void drop(struct source *, size_t);
static size_t search(struct str, int, int, int *);
static int begins_record(struct str);
static size_t version_line(struct str);
static size_t line_end(struct str, size_t);

int
warc_read(struct docsplit *d, struct in *in, const struct reader_options *o)
{
	struct warc warc = {.docsplit = d};
	int got;

	(void)o;
	source_init(&warc.source, in);
	text_init(&warc.text, d);
	while ((got = find_record(&warc)) > 0 && !docsplit_stop(d) &&
	       (got = read_record(&warc)) == 0)
		if (docsplit_stop(d))
			break;
	docsplit_end(d);
	text_free(&warc.text);
	if (got != -1 && docsplit_stop(d)) {
		errno = EILSEQ;
		return -1;
	}
	return got == -1 ? -1 : 0;
}

/* Pass over what is between records.  Returns 1 at one, 0 at the end. */
static int
find_record(struct warc *w)
{
	struct source *source = &w->source;
	int found = 0;
	size_t n;

	for (;;) {
		if (source_need(source, RECORD_HEAD) == -1)
			return -1;
		if (source->rest.n == 0)
			return 0;
		/* Where one is due, its first line is enough. */
		if (version_line(source->rest) > 0)
			return 1;
		if ((n = line_end(source->rest, 0)) == 0)
			break;
		drop(source, n);
	}
	docsplit_fault(
	    w->docsplit, "bytes between WARC records skipped", 1, source->line);
	for (;;) {
		n = search(source->rest, source->inside, source->ended, &found);
		drop(source, n);
		if (found || source->ended)
			return found;
		if (source_more(source) == -1)
			return -1;
	}
}

/* The record that the window begins with. */
static int
read_record(struct warc *w)
{
	size_t header, n;
	int got;

	if ((got = read_header(w, &header)) <= 0)
		return got;
	w->line = w->source.line;
	n = header;
	judge(w, str_sub(w->source.rest, 0, header));
	if (w->what == RESPONSE) {
		if ((got = read_response(w, header)) == -1)
			return -1;
		n += (size_t)got;
	}
	if (w->what != TEXT && w->what != CHUNKED) {
		drop(&w->source, n);
		return read_body(w);
	}
	docsplit_end(w->docsplit);
	docsplit_begin(w->docsplit);
	describe(w, str_sub(w->source.rest, 0, header));
	drop(&w->source, n);
	if (w->what == TEXT && docsplit_wants(w->docsplit, DOCSPLIT_TITLE)) {
		if (source_need(&w->source,
			w->left < TITLE_MAX ? w->left : TITLE_MAX) == -1)
			return -1;
		title(w);
	}
	text_start(&w->text, w->source.line, w->what == TEXT);
	w->chunks = (struct http_chunks){0};
	w->damaged = 0;
	got = read_body(w);
	if (w->damaged)
		docsplit_fault(w->docsplit,
		    "damaged chunk in a response; the rest kept as it is", 1,
		    w->source.line);
	docsplit_end(w->docsplit);
	return got;
}

/*
 * Store the length of the header, with its first and its empty line.  Returns
 * 1, or 0 if there is no whole header: then it has been passed over.
 */
static int
read_header(struct warc *w, size_t *length)
{
	struct source *source = &w->source;
	size_t at = 0, n;

	for (;;) {
		if (next_line(source, at, &n) == -1)
			return -1;
		if (n == 0)
			break;
		if (line_end(source->rest, at) == n) {
			*length = at + n;
			return 1;
		}
		/* A header that is cut off does not eat the next record. */
		if (source_need(source, at + RECORD_HEAD) == -1)
			return -1;
		if (at > 0 && begins_record(str_sub(
				  source->rest, at, source->rest.n)) > 0)
			break;
		at += n;
	}
	docsplit_fault(w->docsplit,
	    "WARC record without a whole header skipped", 1, source->line);
	drop(source, n == 0 && source->ended ? source->rest.n : at);
	return 0;
}

/* Store the length of the line at `at` of the window; 0 if it has no end
 * within what a header may have. */
static int
next_line(struct source *source, size_t at, size_t *n)
{
	size_t seen = at;

	for (;;) {
		const struct str rest = source->rest;
		const unsigned char *nl =
		    rest.n > seen ? memchr(rest.p + seen, '\n', rest.n - seen)
				  : NULL;

		*n = nl == NULL ? 0 : (size_t)(nl - rest.p) + 1 - at;
		if (nl != NULL || source->ended || rest.n > HEADER_MAX)
			return 0;
		seen = rest.n > at ? rest.n : at;
		if (source_more(source) == -1)
			return -1;
	}
}

/* What is to be done with the record, by its header. */
static void
judge(struct warc *w, struct str header)
{
	struct str type = {NULL, 0}, media, url = {NULL, 0}, value;
	const struct str types[] = {
	    STR_LIT("conversion"), STR_LIT("resource"), STR_LIT("response")};
	size_t i = 0;

	w->left = NO_LENGTH;
	if (header_find(header, "content-length", &value))
		w->left = length(value);
	if (w->left == NO_LENGTH)
		docsplit_fault(w->docsplit,
		    "WARC record without a length; read up to the next", 1,
		    w->line);
	header_find(header, "warc-target-uri", &url);
	header_find(header, "warc-type", &type);
	while (i < 3 && !header_same(type, types[i]))
		i++;
	/* What the crawler notes down about itself is no document. */
	w->what = IGNORED;
	if (i == 3 || begins_like(url, "dns:") || begins_like(url, "metadata:"))
		return;
	w->what = TEXT;
	if (!header_find(header, "content-type", &media)) {
		if (i > 0)
			skip(w, HTTP_OTHER);
	} else if (begins_like(media, "application/http")) {
		w->what = RESPONSE;
	} else {
		skip(w, http_type(media));
	}
}

/* Leave out what is not plain text. */
static void
skip(struct warc *w, enum http_body body)
{
	if (body == HTTP_TEXT)
		return;
	w->what = SKIPPED;
	docsplit_fault(w->docsplit,
	    body == HTTP_HTML ? "HTML skipped; take the WET files, or turn it "
				"into text (trafilatura, w3m -dump)"
			      : "WARC record that is no plain text skipped",
	    1, w->line);
}

static int
begins_like(struct str s, const char *head)
{
	size_t n = strlen(head);

	return s.n >= n && header_same(str_sub(s, 0, n), str_of(head));
}

/* A number of bytes; what is none, or beyond all files, is NO_LENGTH. */
static size_t
length(struct str s)
{
	size_t i, n = 0;

	for (i = 0; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++) {
		if (n > (NO_LENGTH - 10) / 10)
			return NO_LENGTH - 1;
		n = 10 * n + s.p[i] - '0';
	}
	return i == 0 || i < s.n ? NO_LENGTH : n;
}

/*
 * Look at the head of the response behind the header.  Returns its length,
 * or -1.
 */
static int
read_response(struct warc *w, size_t header)
{
	size_t most = w->left < HEADER_MAX ? w->left : HEADER_MAX;
	struct http_head head;
	struct str s;

	if (source_need(&w->source, header + most) == -1)
		return -1;
	s = str_sub(w->source.rest, header, w->source.rest.n);
	http_head(&head, str_sub(s, 0, s.n < most ? s.n : most));
	w->what = TEXT;
	if (head.body == HTTP_NO_RESPONSE) {
		skip(w, HTTP_OTHER);
		return 0;
	}
	skip(w, head.body);
	if (w->left != NO_LENGTH)
		w->left -= head.n;
	/* Some archives undo the chunks and leave the field. */
	s = str_sub(s, head.n, s.n);
	if (w->what == TEXT && head.chunked && http_is_chunked(s))
		w->what = CHUNKED;
	return (int)head.n;
}

/* Say what the header says of the document. */
static void
describe(struct warc *w, struct str header)
{
	static const struct {
		enum docsplit_field field;
		const char *name;
	} said[] = {
	    {DOCSPLIT_ID, "warc-record-id"},
	    {DOCSPLIT_URL, "warc-target-uri"},
	    {DOCSPLIT_DATE, "warc-date"},
	    {DOCSPLIT_LANG, "warc-identified-content-language"},
	};
	struct str value;
	size_t i;

	for (i = 0; i < sizeof(said) / sizeof(said[0]); i++) {
		if (!docsplit_wants(w->docsplit, said[i].field) ||
		    !header_find(header, said[i].name, &value))
			continue;
		if (value.n > 1 && value.p[0] == '<' &&
		    value.p[value.n - 1] == '>')
			value = str_sub(value, 1, value.n - 1);
		docsplit_about(w->docsplit, said[i].field, value);
	}
}

/* The first line of extracted text is the title of the page. */
static void
title(struct warc *w)
{
	struct str s = w->source.rest;

	if (s.n > w->left)
		s.n = w->left;
	if (s.n > TITLE_MAX)
		s.n = TITLE_MAX;
	while (s.n > 0) {
		const unsigned char *nl = memchr(s.p, '\n', s.n);
		size_t n = nl == NULL ? s.n : (size_t)(nl - s.p);
		struct str line = str_sub(s, 0, n);

		line.n -= n > 0 && s.p[n - 1] == '\r';
		if (!utf_blank(line)) {
			docsplit_about(w->docsplit, DOCSPLIT_TITLE, line);
			return;
		}
		s = str_sub(s, nl == NULL ? n : n + 1, s.n);
	}
}

/*
 * Take the body.  Its length is trusted if a blank line, a record or nothing
 * follows it; else, and where it is far off, the body ends before what looks
 * like a record.
 */
static int
read_body(struct warc *w)
{
	struct source *source = &w->source;
	int found, wrong = 0, cut = 0;
	size_t n;

	while (!docsplit_stop(w->docsplit)) {
		if (w->left <= LOOK_AHEAD || w->left <= source->rest.n) {
			if (source_need(source, w->left + RECORD_HEAD) == -1)
				return -1;
			if (ends_at(source, w->left)) {
				take(w, w->left, 1);
				return 0;
			}
			wrong = 1;
			cut = source->rest.n < w->left;
			w->left = NO_LENGTH;
		}
		n = search(source->rest, source->inside, source->ended, &found);
		if (found && n == 0) {
			take(w, 0, 1);
			wrong |= w->left != NO_LENGTH;
			cut = 0;
			break;
		}
		if (!found && source->ended) {
			take(w, n, 1);
			cut |= w->left != NO_LENGTH;
			break;
		}
		take(w, n, 0);
		if (!found && source_more(source) == -1)
			return -1;
	}
	if (cut)
		docsplit_fault(w->docsplit,
		    "WARC record cut off by the end of the file", 1, w->line);
	else if (wrong)
		docsplit_fault(w->docsplit,
		    "WARC record of a wrong length; read up to the next", 1,
		    w->line);
	return 0;
}

/* Whether a body may end at `n`, by what follows it. */
static int
ends_at(const struct source *source, size_t n)
{
	const struct str rest = source->rest;
	size_t ends = 0, len;

	if (rest.n < n)
		return 0;
	for (; ends < 2 && (len = line_end(rest, n)) > 0; ends++)
		n += len;
	return ends == 2 || (n == rest.n && source->ended) ||
	       begins_record(str_sub(rest, n, rest.n)) > 0;
}

/*
 * Take `n` bytes of the body, or the whole lines of them unless `last`, which
 * ends it.
 */
static void
take(struct warc *w, size_t n, int last)
{
	const struct str s = str_sub(w->source.rest, 0, n);
	size_t used = n;

	if (w->what == TEXT)
		used = text_take(&w->text, s, last);
	else if (w->what == CHUNKED)
		used = http_take(&w->chunks, &w->text, s, last, &w->damaged);
	if (w->what == CHUNKED && last)
		text_done(&w->text);
	if (w->left != NO_LENGTH)
		w->left -= used;
	drop(&w->source, used);
}

/* Take `n` bytes off the window and count their lines. */
static void
drop(struct source *source, size_t n)
{
	const unsigned char *p = source->rest.p, *end = p + n;
	size_t lines = 0;

	while (p < end && (p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		lines++;
		p++;
	}
	source_skip(source, n, lines);
}

/*
 * The number of bytes before the first record in `s`; if none is found, in
 * how many of them none begins, as far as can be seen.  `inside`: `s` begins
 * within a line.
 */
static size_t
search(struct str s, int inside, int ended, int *found)
{
	const unsigned char *p;
	size_t at = 0;

	*found = 0;
	while (at < s.n && (p = memchr(s.p + at, 'W', s.n - at)) != NULL) {
		at = (size_t)(p - s.p);
		if (at == 0 ? !inside : p[-1] == '\n') {
			int begins = begins_record(str_sub(s, at, s.n));

			*found = begins > 0;
			if (begins > 0 || (begins < 0 && !ended))
				return at;
		}
		at++;
	}
	return s.n;
}

/* Whether a record begins here: 1, 0, or -1 if that cannot be seen yet. */
static int
begins_record(struct str s)
{
	static const unsigned char next[] = "WARC-";
	size_t n = version_line(s), i;

	if (n == 0)
		return s.n < RECORD_HEAD && memchr(s.p, '\n', s.n) == NULL &&
			       memcmp(s.p, "WARC/", s.n < 5 ? s.n : 5) == 0
			   ? -1
			   : 0;
	for (i = 0; i < 5; i++) {
		if (n + i == s.n)
			return -1;
		if (s.p[n + i] != next[i])
			return 0;
	}
	return 1;
}

/* Length of the line `WARC/1.0` with its end, whatever the version; or 0. */
static size_t
version_line(struct str s)
{
	size_t n;

	if (s.n < 9 || !str_starts(s, STR_LIT("WARC/")) || s.p[5] < '0' ||
	    s.p[5] > '9' || s.p[6] != '.' || s.p[7] < '0' || s.p[7] > '9' ||
	    (n = line_end(s, 8)) == 0)
		return 0;
	return 8 + n;
}

/* Length of the line end at `at`; 0 if there is none. */
static size_t
line_end(struct str s, size_t at)
{
	const size_t cr = at < s.n && s.p[at] == '\r';

	return at + cr < s.n && s.p[at + cr] == '\n' ? cr + 1 : 0;
}
