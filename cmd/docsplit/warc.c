/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "common/utf.h"

#include "cmd/docsplit/header.h"
#include "cmd/docsplit/http.h"
#include "cmd/docsplit/record.h"
#include "cmd/docsplit/source.h"
#include "cmd/docsplit/text.h"
#include "cmd/docsplit/warc.h"

/* The longest header of a record, and of a response in it. */
#define HEADER_MAX ((size_t)256 << 10)
/* How far behind what looks like a record the stated end of the body may be to
 * make it text. */
#define LOOK_AHEAD ((size_t)4 << 20)
/* Where the title is looked for. */
#define TITLE_MAX ((size_t)64 << 10)

/* The longest folded URI that is put together again. */
#define URI_MAX ((size_t)8 << 10)

#define NO_LENGTH SIZE_MAX

/* The fields that are looked at, and their names below, as most write them. */
enum { TYPE, LENGTH, MEDIA, ID, URL, DATE, LANG, FIELDS };

static const struct str names[FIELDS] = {
    [TYPE] = {(const void *)"WARC-Type", 9},
    [LENGTH] = {(const void *)"Content-Length", 14},
    [MEDIA] = {(const void *)"Content-Type", 12},
    [ID] = {(const void *)"WARC-Record-ID", 14},
    [URL] = {(const void *)"WARC-Target-URI", 15},
    [DATE] = {(const void *)"WARC-Date", 9},
    [LANG] = {(const void *)"WARC-Identified-Content-Language", 32},
};

enum what { IGNORED, SKIPPED, TEXT, DECODED, RESPONSE };

struct warc {
	struct docsplit *docsplit;
	struct source source;
	struct text text;
	struct http_decoder http;

	/* the record */
	struct {
		size_t at, n; /* in the window; n is 0 if it is not there */
	} fields[FIELDS];
	enum what what;
	size_t left; /* of its body, as the header says, or NO_LENGTH */
	size_t line; /* of the file, that it begins on */
};

static int find_record(struct warc *);
static int read_record(struct warc *);
static int read_header(struct warc *, size_t *, size_t *);
static int field(struct warc *, size_t, size_t, int);
static struct str value(const struct warc *, int);
static int next_line(struct source *, size_t, size_t *);
static void judge(struct warc *);
static void decode(struct warc *, struct str, int);
static void skip(struct warc *, enum http_body);
static int begins_like(struct str, const char *);
static size_t length(struct str);
static int read_response(struct warc *, size_t *, size_t *);
static void describe(struct warc *);
static void title(struct warc *);
static int read_body(struct warc *);
static int ends_well(struct source *, size_t);
static int ends_at(const struct source *, size_t);
static void take(struct warc *, size_t, int);
static void drop(struct source *, size_t);

int
warc_read(struct docsplit *d, struct in *in, const struct reader_options *o)
{
	struct warc warc = {.docsplit = d};
	int got, left = 0;

	source_init(&warc.source, in);
	text_init(&warc.text, d);
	http_init(&warc.http, &warc.text);
	while (!left && (got = find_record(&warc)) > 0 && !docsplit_stop(d) &&
	       (got = read_record(&warc)) == 0) {
		if (docsplit_stop(d))
			break;
		left = source_leave(&warc.source, o);
	}
	docsplit_end(d);
	docsplit_pass(d, warc.source.line - 1);
	http_free(&warc.http);
	text_free(&warc.text);
	if (got != -1 && docsplit_stop(d)) {
		errno = EILSEQ;
		return -1;
	}
	return got == -1 ? -1 : left;
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
		if (record_version(source->rest) > 0)
			return 1;
		if ((n = record_line_end(source->rest, 0)) == 0)
			break;
		drop(source, n);
	}
	docsplit_fault(
	    w->docsplit, "bytes between WARC records skipped", 1, source->line);
	for (;;) {
		n = record_search(
		    source->rest, source->inside, source->ended, &found);
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
	size_t n, lines;
	int got;

	w->line = w->source.line;
	if ((got = read_header(w, &n, &lines)) <= 0)
		return got;
	judge(w);
	if (w->what == RESPONSE && read_response(w, &n, &lines) == -1)
		return -1;
	if (w->what != TEXT && w->what != DECODED) {
		source_skip(&w->source, n, lines);
		return read_body(w);
	}
	docsplit_begin(w->docsplit);
	describe(w);
	source_skip(&w->source, n, lines);
	if (w->what == TEXT && docsplit_wants(w->docsplit, DOCSPLIT_TITLE)) {
		if (source_need(&w->source,
			w->left < TITLE_MAX ? w->left : TITLE_MAX) == -1)
			return -1;
		title(w);
	}
	text_start(&w->text, w->source.line, w->what == TEXT);
	got = read_body(w);
	if (w->what == DECODED && w->http.damaged)
		docsplit_fault(w->docsplit,
		    "damaged chunk in a response; the rest kept as it is", 1,
		    w->line);
	if (w->what == DECODED && w->http.unknown)
		docsplit_fault(w->docsplit,
		    "unknown character set; its text taken as UTF-8", 1,
		    w->line);
	docsplit_end(w->docsplit);
	return got;
}

/*
 * Read the header: its fields, its length with the first and the empty line,
 * and how many lines that is.  Returns 1, or 0 if there is no whole header:
 * then it has been passed over.
 */
static int
read_header(struct warc *w, size_t *length, size_t *lines)
{
	struct source *source = &w->source;
	int last = FIELDS;
	size_t at = 0, n;

	memset(w->fields, 0, sizeof(w->fields));
	for (*lines = 1;; ++*lines) {
		if (next_line(source, at, &n) == -1)
			return -1;
		if (n == 0)
			break;
		if (record_line_end(source->rest, at) == n) {
			*length = at + n;
			return 1;
		}
		/* A header that is cut off does not eat the next record. */
		if (at > 0 && n > 5 && source->rest.p[at + 4] == '/') {
			if (source_need(source, at + RECORD_HEAD) == -1)
				return -1;
			if (record_begins(
				str_sub(source->rest, at, source->rest.n)) > 0)
				break;
		}
		last = field(w, at, n, last);
		at += n;
	}
	docsplit_fault(w->docsplit,
	    "WARC record without a whole header skipped", 1, w->line);
	drop(source,
	    n == 0 && source->rest.n <= HEADER_MAX ? source->rest.n : at);
	return 0;
}

/*
 * Note where the value of a field is, if it is the first of its name; `last`
 * is the field before, which a folded line goes on with.  Returns the field.
 */
static int
field(struct warc *w, size_t at, size_t n, int last)
{
	const struct str line = str_sub(w->source.rest, at, at + n);
	const unsigned char *colon;
	struct str name = line;
	int i;

	if (line.p[0] == ' ' || line.p[0] == '\t') {
		if (last < FIELDS)
			w->fields[last].n = at + n - w->fields[last].at;
		return last;
	}
	if ((colon = memchr(line.p, ':', n)) == NULL)
		return FIELDS;
	name.n = (size_t)(colon - line.p);
	while (name.n > 0 && line.p[name.n - 1] <= ' ')
		name.n--;
	for (i = 0; i < FIELDS; i++)
		if (name.n == names[i].n &&
		    (str_eq(name, names[i]) || header_same(name, names[i])))
			break;
	if (i == FIELDS || w->fields[i].n > 0)
		return FIELDS;
	w->fields[i].at = at + (size_t)(colon - line.p) + 1;
	w->fields[i].n = at + n - w->fields[i].at;
	return i;
}

/* The value of a field without the white space around it, or nothing. */
static struct str
value(const struct warc *w, int i)
{
	const size_t at = w->fields[i].at;
	struct str s = str_sub(w->source.rest, at, at + w->fields[i].n);

	while (s.n > 0 && s.p[s.n - 1] <= ' ')
		s.n--;
	while (s.n > 0 && s.p[0] <= ' ')
		s = str_sub(s, 1, s.n);
	return s;
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

		/* However much of what follows is at hand. */
		*n = 0;
		if (nl != NULL && (size_t)(nl - rest.p) < HEADER_MAX)
			*n = (size_t)(nl - rest.p) + 1 - at;
		if (nl != NULL || source->ended || rest.n > HEADER_MAX)
			return 0;
		seen = rest.n > at ? rest.n : at;
		if (source_more(source) == -1)
			return -1;
	}
}

/* What is to be done with the record, by its header. */
static void
judge(struct warc *w)
{
	const struct str types[] = {
	    STR_LIT("conversion"), STR_LIT("resource"), STR_LIT("response")};
	const struct str media = value(w, MEDIA), url = value(w, URL);
	const struct str type = value(w, TYPE);
	size_t i = 0;

	w->left = length(value(w, LENGTH));
	if (w->left == NO_LENGTH)
		docsplit_fault(w->docsplit,
		    "WARC record without a length; read up to the next", 1,
		    w->line);
	while (i < 3 && !str_eq(type, types[i]) && !header_same(type, types[i]))
		i++;
	/* What the crawler notes down about itself is no document. */
	w->what = IGNORED;
	if (header_same(type, STR_LIT("continuation")))
		docsplit_fault(w->docsplit,
		    "rest of a record in segments skipped", 1, w->line);
	if (i == 3 || begins_like(url, "dns:") || begins_like(url, "metadata:"))
		return;
	w->what = TEXT;
	if (begins_like(media, "application/http"))
		w->what = RESPONSE;
	else if (media.n > 0 || i > 0)
		skip(w, http_type(media));
	if (w->what == TEXT)
		decode(w, media, i > 0);
}

/* What was extracted is UTF-8 unless it says something else. */
static void
decode(struct warc *w, struct str media, int captured)
{
	if (!captured && memchr(media.p, ';', media.n) == NULL)
		return;
	http_start(&w->http, 0, media);
	if (captured || !w->http.charset.raw || w->http.unknown)
		w->what = DECODED;
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
 * Look at the head of the response behind the `*n` bytes of the header, and
 * add its length.  Returns 0, or -1.
 */
static int
read_response(struct warc *w, size_t *n, size_t *lines)
{
	size_t most = w->left < HEADER_MAX ? w->left : HEADER_MAX;
	struct http_head head;
	struct str s;

	if (source_need(&w->source, *n + most) == -1)
		return -1;
	s = str_sub(w->source.rest, *n, w->source.rest.n);
	/* What is behind the record is none of its chunks. */
	if (s.n > w->left)
		s.n = w->left;
	http_head(&head, str_sub(s, 0, s.n < most ? s.n : most));
	w->what = DECODED;
	skip(w, head.body);
	if (w->left != NO_LENGTH)
		w->left -= head.n;
	*n += head.n;
	*lines += head.lines;
	/* Some archives undo the chunks and leave the field. */
	if (w->what == DECODED)
		http_start(&w->http,
		    head.chunked && http_is_chunked(str_sub(s, head.n, s.n)),
		    head.type);
	return 0;
}

/* Say what the header says of the document. */
static void
describe(struct warc *w)
{
	static const struct {
		enum docsplit_field field;
		int name;
	} said[] = {
	    {DOCSPLIT_ID, ID},
	    {DOCSPLIT_URL, URL},
	    {DOCSPLIT_DATE, DATE},
	    {DOCSPLIT_LANG, LANG},
	};
	unsigned char buf[URI_MAX];
	struct str s;
	size_t i, k, n;

	for (i = 0; i < sizeof(said) / sizeof(said[0]); i++) {
		if (!docsplit_wants(w->docsplit, said[i].field))
			continue;
		s = value(w, said[i].name);
		if (s.n > 1 && s.p[0] == '<' && s.p[s.n - 1] == '>')
			s = str_sub(s, 1, s.n - 1);
		/* A folded line of a URI, or of what has no spaces either. */
		if (s.n <= sizeof(buf) && memchr(s.p, '\n', s.n) != NULL) {
			for (n = 0, k = 0; k < s.n; k++)
				if (s.p[k] > ' ')
					buf[n++] = s.p[k];
			s = (struct str){buf, n};
		}
		docsplit_about(w->docsplit, said[i].field, s);
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
 * follows it; else the body ends before what looks like a record, and so does
 * one whose stated end is too far behind that to be looked at.
 */
static int
read_body(struct warc *w)
{
	struct source *source = &w->source;
	int found, wrong = 0, cut = 0;
	size_t n;

	while (!docsplit_stop(w->docsplit)) {
		int in_sight = w->left <= LOOK_AHEAD;

		if (!in_sight) {
			n = record_search(source->rest, source->inside,
			    source->ended, &found);
			in_sight = w->left <= source->rest.n &&
				   (!found || n >= w->left);
		}
		if (in_sight) {
			if ((found = ends_well(source, w->left)) == -1)
				return -1;
			if (found) {
				take(w, w->left, 1);
				return 0;
			}
			wrong = 1;
			cut = source->rest.n < w->left;
			w->left = NO_LENGTH;
			continue;
		}
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

/*
 * Whether a body may end at `n`, or -1.  No more is read than tells: who waits
 * for a document need not wait for the next.
 */
static int
ends_well(struct source *source, size_t n)
{
	while (!ends_at(source, n)) {
		if (source->ended || source->rest.n >= n + RECORD_HEAD)
			return 0;
		if (source_more(source) == -1)
			return -1;
	}
	return 1;
}

/* Whether a body may end at `n`, by what follows it so far. */
static int
ends_at(const struct source *source, size_t n)
{
	const struct str rest = source->rest;
	size_t ends = 0, len;

	if (rest.n < n)
		return 0;
	for (; ends < 2 && (len = record_line_end(rest, n)) > 0; ends++)
		n += len;
	return ends == 2 || (n == rest.n && source->ended) ||
	       record_begins(str_sub(rest, n, rest.n)) > 0;
}

/*
 * Take `n` bytes of the body, or the whole lines of them unless `last`, which
 * ends it.
 */
static void
take(struct warc *w, size_t n, int last)
{
	const struct str s = str_sub(w->source.rest, 0, n);
	const size_t line = w->text.line;
	size_t used = n;

	if (w->what == TEXT)
		used = text_take(&w->text, s, last);
	else if (w->what == DECODED)
		used = http_take(&w->http, s, last);
	if (w->left != NO_LENGTH)
		w->left -= used;
	if (w->what == TEXT)
		source_skip(&w->source, used, w->text.line - line);
	else
		drop(&w->source, used);
}

/* Take `n` bytes off the window and count their lines. */
static void
drop(struct source *source, size_t n)
{
	source_skip(source, n, str_lines(str_sub(source->rest, 0, n)));
}
