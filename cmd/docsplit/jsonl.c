/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <string.h>

#include "cmd/docsplit/json.h"
#include "cmd/docsplit/jsonl.h"
#include "cmd/docsplit/pick.h"
#include "cmd/docsplit/source.h"

#define SEPARATOR '\x1e' /* what RFC 7464 puts before each record */

struct jsonl {
	struct docsplit *docsplit;
	struct source source;
	struct pick pick;
	size_t whole; /* bytes up to which a record is kept */

	/* the record */
	size_t line;  /* it begins on */
	int sequence; /* it began with SEPARATOR */
	size_t lines; /* line ends scanned and not yet skipped */
};

/* What the next stretch of a record ends with. */
enum { AT_LINE, AT_SEPARATOR, AT_LIMIT, AT_END };

static int find_record(struct jsonl *);
static int record(struct jsonl *);
static int stretch(struct jsonl *, size_t, size_t *);
static size_t find_end(const struct jsonl *, struct str);
static enum json_kind scan(struct jsonl *, size_t, size_t, int);
static int whole_record(struct jsonl *);
static int long_record(struct jsonl *);
static int end_long(struct jsonl *, enum json_kind);
static int damaged(struct jsonl *, enum json_kind);
static const char *reason(const struct jsonl *, enum json_kind);
static int fault(struct jsonl *, const char *);
static int resync(struct jsonl *);
static void skip(struct jsonl *);
static int stopped(const struct jsonl *);

int
jsonl_read(
    struct docsplit *d, struct in *in, const struct reader_options *options)
{
	return jsonl_read_long(d, in, options, JSONL_WHOLE);
}

int
jsonl_read_long(struct docsplit *d, struct in *in,
    const struct reader_options *options, size_t whole)
{
	struct jsonl r = {.docsplit = d, .whole = whole};
	int got, error;

	pick_init(&r.pick, d, options->key);
	source_init(&r.source, in);
	/* RFC 8259, section 8.1: a byte order mark may be ignored. */
	got = source_need(&r.source, 3);
	if (got == 0 && !options->inside &&
	    str_starts(r.source.rest, STR_LIT("\xef\xbb\xbf")))
		source_skip(&r.source, 3, 0);
	while (got == 0 && (got = find_record(&r)) == 1)
		if ((got = record(&r)) == 0)
			got = source_leave(&r.source, options);
	error = errno;
	docsplit_pass(d, r.source.line - 1);
	pick_free(&r.pick);
	errno = error;
	return got;
}

/* Come to the next record.  Returns 1, 0 at the end, or -1. */
static int
find_record(struct jsonl *r)
{
	int got;

	r->sequence = 0;
	for (;;) {
		const struct str s = r->source.rest;
		size_t n = 0, lines = 0;

		while (n < s.n &&
		       (s.p[n] == '\n' || s.p[n] == '\r' || s.p[n] == ' ' ||
			   s.p[n] == '\t' || s.p[n] == SEPARATOR)) {
			lines += s.p[n] == '\n';
			r->sequence |= s.p[n] == SEPARATOR;
			n++;
		}
		source_skip(&r->source, n, lines);
		if (n < s.n)
			return 1;
		if ((got = source_more(&r->source)) <= 0)
			return got;
	}
}

/* Take the record that is at hand, or skip it. */
static int
record(struct jsonl *r)
{
	enum json_kind kind = JSON_MORE;
	size_t from = 0, to;
	int end = AT_LINE, last = 0;

	r->lines = 0;
	r->line = r->source.line;
	if (*r->source.rest.p != '{')
		return fault(r, "JSON record skipped: not an object");
	pick_start(&r->pick, r->line);
	while (end == AT_LINE && kind == JSON_MORE && !last) {
		if ((end = stretch(r, from, &to)) == -1)
			return -1;
		last = end == AT_LINE ? !r->sequence : end != AT_LIMIT;
		kind = scan(r, from, to, last);
		from = to;
	}
	if (end == AT_LIMIT &&
	    (kind == JSON_MORE ||
		(kind == JSON_DONE && r->pick.json.p == r->pick.json.end)))
		return long_record(r);
	return kind == JSON_DONE ? whole_record(r) : damaged(r, kind);
}

/*
 * See how far to scan: to the end of the line, of the record or of what is
 * kept of it, from offset `from`.  In a sequence a line has its newline.
 */
static int
stretch(struct jsonl *r, size_t from, size_t *to)
{
	size_t looked = from;

	for (;;) {
		struct str s = r->source.rest;
		size_t n = s.n < r->whole ? s.n : r->whole;

		*to = looked + find_end(r, str_sub(s, looked, n));
		if (*to < n && s.p[*to] == SEPARATOR)
			return AT_SEPARATOR;
		if (*to < n) {
			*to += (size_t)r->sequence;
			return AT_LINE;
		}
		if (s.n > r->whole)
			return AT_LIMIT;
		if (r->source.ended)
			return AT_END;
		looked = n;
		if (source_more(&r->source) == -1)
			return -1;
	}
}

/* The offset of the first newline, or of a separator in a sequence. */
static size_t
find_end(const struct jsonl *r, struct str s)
{
	/* Two searches side by side must not look far beyond the result. */
	const size_t most = r->sequence ? 4096 : s.n;
	const unsigned char *at;
	size_t i, n;

	for (i = 0; i < s.n; i += n) {
		n = s.n - i < most ? s.n - i : most;
		at = memchr(s.p + i, '\n', n);
		if (r->sequence) {
			size_t before = at == NULL ? n : (size_t)(at - s.p) - i;
			const unsigned char *separator =
			    memchr(s.p + i, SEPARATOR, before);

			at = separator != NULL ? separator : at;
		}
		if (at != NULL)
			return (size_t)(at - s.p);
	}
	return s.n;
}

/* Look at the bytes [from, to) of the window. */
static enum json_kind
scan(struct jsonl *r, size_t from, size_t to, int last)
{
	const struct json *json = &r->pick.json;
	enum json_kind kind =
	    pick_scan(&r->pick, str_sub(r->source.rest, 0, to), from, last);

	/* A new record begins wherever its mark is. */
	if (kind == JSON_BAD && *json->p == SEPARATOR && json_complete(json))
		kind = JSON_DONE;
	if (kind <= JSON_DONE && to > from && json->p == json->end)
		r->lines += json->p[-1] == '\n';
	return kind;
}

/* The record is sound, and is still there. */
static int
whole_record(struct jsonl *r)
{
	if (!pick_write(&r->pick))
		docsplit_fault(r->docsplit, r->pick.none, 1, r->line);
	skip(r);
	return stopped(r);
}

/* The record exceeds JSONL_WHOLE bytes, and so much was scanned. */
static int
long_record(struct jsonl *r)
{
	enum json_kind kind;
	size_t left, to;
	int last, line;

	pick_stream(&r->pick);
	do {
		const unsigned char *nl;

		left = (size_t)(r->pick.json.end - r->pick.json.p);
		skip(r);
		if (r->source.rest.n == left && source_more(&r->source) == -1)
			return -1;
		to = r->source.rest.n;
		nl = to == 0 ? NULL : memchr(r->source.rest.p, '\n', to);
		line = nl != NULL;
		if (line)
			to = (size_t)(nl - r->source.rest.p) +
			     (size_t)r->sequence;
		last = line ? !r->sequence : r->source.ended;
		kind = scan(r, 0, to, last);
		if (docsplit_stop(r->docsplit)) {
			pick_end(&r->pick);
			return stopped(r);
		}
	} while (!last && (kind == JSON_MORE ||
			      (kind == JSON_DONE && !line &&
				  r->pick.json.p == r->pick.json.end)));
	return end_long(r, kind);
}

static int
end_long(struct jsonl *r, enum json_kind kind)
{
	const int sound = kind == JSON_DONE, written = pick_end(&r->pick);

	if (!written && !sound)
		return damaged(r, kind);
	if (!written)
		docsplit_fault(r->docsplit, r->pick.none, 1, r->line);
	else if (!sound || written < 0)
		docsplit_fault(
		    r->docsplit, "damaged JSON record cut", 1, r->line);
	skip(r);
	if (stopped(r) == -1)
		return -1;
	return sound ? 0 : resync(r);
}

/* Nothing of the record was written; go on behind it. */
static int
damaged(struct jsonl *r, enum json_kind kind)
{
	const char *why = reason(r, kind);

	skip(r);
	return fault(r, why);
}

static const char *
reason(const struct jsonl *r, enum json_kind kind)
{
	if (kind == JSON_DEEP)
		return "JSON record skipped: nested too deep";
	if (kind == JSON_MORE || *r->pick.json.p == SEPARATOR)
		return "JSON record skipped: incomplete";
	if (json_complete(&r->pick.json))
		return "JSON record skipped: something follows the object";
	return "JSON record skipped: malformed";
}

static int
fault(struct jsonl *r, const char *what)
{
	docsplit_fault(r->docsplit, what, 1, r->line);
	return stopped(r) == -1 ? -1 : resync(r);
}

/* Pass over the rest of a record that is no good. */
static int
resync(struct jsonl *r)
{
	int got;

	for (;;) {
		const struct str s = r->source.rest;
		const unsigned char *nl = NULL, *separator = NULL, *p;
		size_t n = s.n, lines = 0;

		if (n > 0 && !r->sequence)
			nl = memchr(s.p, '\n', n);
		if (nl != NULL)
			n = (size_t)(nl - s.p) + 1;
		if (n > 0)
			separator = memchr(s.p, SEPARATOR, n);
		if (separator != NULL)
			n = (size_t)(separator - s.p);
		for (p = s.p;
		     n > 0 && p < s.p + n &&
		     (p = memchr(p, '\n', (size_t)(s.p + n - p))) != NULL;
		     p++)
			lines++;
		source_skip(&r->source, n, lines);
		if (nl != NULL || separator != NULL)
			return 0;
		if ((got = source_more(&r->source)) <= 0)
			return got;
	}
}

/* Drop what was scanned. */
static void
skip(struct jsonl *r)
{
	source_skip(
	    &r->source, (size_t)(r->pick.json.p - r->source.rest.p), r->lines);
	r->lines = 0;
}

static int
stopped(const struct jsonl *r)
{
	if (!docsplit_stop(r->docsplit))
		return 0;
	errno = EILSEQ;
	return -1;
}
