/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <string.h>

#include "common/out.h"
#include "common/utf.h"

#include "cmd/docsplit/address.h"
#include "cmd/docsplit/charset.h"
#include "cmd/docsplit/encword.h"
#include "cmd/docsplit/gather.h"
#include "cmd/docsplit/header.h"
#include "cmd/docsplit/mbox.h"
#include "cmd/docsplit/mime.h"
#include "cmd/docsplit/source.h"
#include "cmd/docsplit/text.h"

/* Bytes of a `From ` line that are looked at, and marks of a quoted one:
 * RFC 5322, section 2.1.1, has no longer lines. */
#define FROM_MAX 998

/* Bytes in front of the window that are remembered: CR LF and LF. */
#define PAST 3

enum event {
	NOTHING, /* up to there; what follows is not known yet */
	QUOTED,  /* a line `>From ` */
	BOUNDARY /* a line that begins a message */
};

struct mbox {
	struct docsplit *docsplit;
	struct source source;
	struct text text;
	struct mime mime;
	struct gather head;
	struct charset charset; /* of header fields */
	struct out flat, value; /* of a field: unfolded, decoded */
	int loose;
	unsigned char past[PAST]; /* the last bytes skipped */
};

static int read_messages(struct mbox *, const struct reader_options *);
static int skip_preamble(struct mbox *);
static int read_header(struct mbox *);
static void tell(struct mbox *);
static struct str unfolded(struct mbox *, struct str);
static struct str id_of(struct str);
static int read_plain(struct mbox *);
static int skip_body(struct mbox *, int);
static int read_lines(struct mbox *);
static int peek_line(struct mbox *, struct str *);
static enum event find(const struct mbox *, size_t, size_t *);
static enum event look(const struct mbox *, size_t, size_t, size_t *);
static int is_one_of(int, const char *);
static size_t line_start(const struct mbox *, size_t);
static int behind_blank(const struct mbox *, size_t);
static int before(const struct mbox *, size_t, size_t);
static void skip(struct mbox *, size_t, size_t);
static int stop(struct mbox *);

int
mbox_read(
    struct docsplit *d, struct in *in, const struct reader_options *options)
{
	struct mbox m = {
	    .docsplit = d,
	    .loose = options->loose,
	    .flat = {.fd = OUT_MEMORY},
	    .value = {.fd = OUT_MEMORY},
	    .past = {'\n', '\n', '\n'},
	};
	int got;

	source_init(&m.source, in);
	text_init(&m.text, d);
	mime_init(&m.mime, d, &m.text);
	gather_init(&m.head);
	charset_init(&m.charset);
	got = read_messages(&m, options);
	docsplit_end(d);
	docsplit_pass(d, m.source.line - 1);
	text_free(&m.text);
	mime_free(&m.mime);
	gather_free(&m.head);
	charset_free(&m.charset);
	out_close(&m.flat);
	out_close(&m.value);
	return got;
}

static int
read_messages(struct mbox *m, const struct reader_options *options)
{
	int got = skip_preamble(m);

	while (got > 0 && !source_leave(&m->source, options)) {
		enum mime_body body;

		docsplit_begin(m->docsplit);
		if (read_header(m) == -1)
			return -1;
		tell(m);
		body = mime_start(&m->mime, &m->head, m->source.line);
		if (stop(m))
			return -1;
		text_start(&m->text, m->source.line, body == MIME_PLAIN);
		if (body == MIME_PLAIN)
			got = read_plain(m);
		else if (body == MIME_NONE)
			got = skip_body(m, 0);
		else
			got = read_lines(m);
		if (got >= 0)
			docsplit_end(m->docsplit);
	}
	return got;
}

/* Go to the first message.  Returns 1, 0 if there is none, or -1. */
static int
skip_preamble(struct mbox *m)
{
	if (source_need(&m->source, 3) == -1)
		return -1;
	/* Some editors put a byte order mark there. */
	if (str_starts(m->source.rest, STR_LIT("\xef\xbb\xbf")))
		source_skip(&m->source, 3, 0);
	return skip_body(m, 1);
}

/* Read the `From ` line and the header, with the empty line behind it. */
static int
read_header(struct mbox *m)
{
	enum gather_got kind = GATHER_MORE;
	struct str s, rest;
	int got, first = 1;

	gather_start(&m->head);
	while (kind == GATHER_MORE && (got = peek_line(m, &s)) > 0) {
		int starts = before(m, 0, 1) == '\n';

		if (first) {
			first = s.p[s.n - 1] != '\n';
			skip(m, s.n, (size_t)!first);
			continue;
		}
		if (starts && m->loose && str_starts(s, STR_LIT("From ")))
			return 1;
		/* All lines at hand, if none of them can begin a message. */
		if (!m->loose)
			s = m->source.rest;
		rest = s;
		kind = gather_lines(&m->head, &rest, starts);
		s.n -= rest.n;
		skip(m, s.n, str_lines(s));
	}
	if (got == 0)
		docsplit_fault(m->docsplit, "mail ends within its header", 1,
		    m->source.line);
	if (m->head.cut)
		docsplit_fault(m->docsplit, "mail header over 1 MiB cut", 1,
		    m->source.line);
	return got;
}

/* Say what the header tells of the document. */
static void
tell(struct mbox *m)
{
	static const enum docsplit_field fields[] = {DOCSPLIT_ID, DOCSPLIT_URL,
	    DOCSPLIT_DATE, DOCSPLIT_TITLE, DOCSPLIT_LANG};
	const struct str names[] = {STR_LIT("message-id"), STR_LIT("from"),
	    STR_LIT("date"), STR_LIT("subject"), STR_LIT("content-language")};
	enum { N = sizeof(names) / sizeof(*names) };
	struct str value[N], s;
	size_t i, wanted = 0;

	for (i = 0; i < N; i++)
		wanted += (size_t)docsplit_wants(m->docsplit, fields[i]);
	if (wanted == 0)
		return;
	header_pick(gather_block(&m->head), names, value, N);
	for (i = 0; i < N; i++) {
		if (value[i].n == 0 || !docsplit_wants(m->docsplit, fields[i]))
			continue;
		s = unfolded(m, value[i]);
		m->value.n = 0;
		if (fields[i] == DOCSPLIT_URL)
			address_list(&m->charset, &m->value, s);
		else if (fields[i] == DOCSPLIT_TITLE)
			encword_decode(&m->charset, &m->value, s);
		else
			out_raw(
			    &m->value, fields[i] == DOCSPLIT_ID ? id_of(s) : s);
		docsplit_about(m->docsplit, fields[i],
		    (struct str){m->value.buf, m->value.n});
	}
}

static struct str
unfolded(struct mbox *m, struct str value)
{
	m->flat.n = 0;
	m->flat.n = header_unfold(out_room(&m->flat, value.n), value);
	return (struct str){m->flat.buf, m->flat.n};
}

/* What stands between `<` and `>`, or all of it. */
static struct str
id_of(struct str s)
{
	const unsigned char *open = memchr(s.p, '<', s.n), *close;

	if (open == NULL)
		return s;
	s = str_sub(s, (size_t)(open + 1 - s.p), s.n);
	if ((close = memchr(s.p, '>', s.n)) != NULL)
		s.n = (size_t)(close - s.p);
	return s;
}

/* A body that is the text as it stands: many lines at once. */
static int
read_plain(struct mbox *m)
{
	size_t seen = 0, at, used, line;

	for (;;) {
		enum event event = find(m, seen, &at);
		int last =
		    event == BOUNDARY || (event == NOTHING && m->source.ended);

		line = m->text.line;
		used =
		    text_take(&m->text, str_sub(m->source.rest, 0, at), last);
		skip(m, used, m->text.line - line);
		if (stop(m))
			return -1;
		seen = at - used;
		if (last)
			return event == BOUNDARY;
		if (event == QUOTED) {
			skip(m, 1, 0);
			seen = 0;
		} else if (source_more(&m->source) == -1) {
			return -1;
		}
	}
}

/*
 * Go to the next message.  `tell`: what stands before it is no message, and
 * counted if it is visible.  Returns 1, 0 if there is none, or -1.
 */
static int
skip_body(struct mbox *m, int tell_of)
{
	size_t at, i;

	for (;;) {
		enum event event = find(m, 0, &at);
		struct str s = str_sub(m->source.rest, 0, at);

		for (i = 0; tell_of && i < s.n && s.p[i] <= ' '; i++)
			;
		if (tell_of && i < s.n) {
			tell_of = 0;
			docsplit_fault(m->docsplit,
			    "text before the first mail skipped", 1,
			    m->source.line + str_lines(str_sub(s, 0, i)));
			if (stop(m))
				return -1;
		}
		skip(m, at, str_lines(s));
		if (event == BOUNDARY)
			return 1;
		if (event == QUOTED)
			skip(m, 1, 0);
		else if (m->source.ended)
			return 0;
		else if (source_more(&m->source) == -1)
			return -1;
	}
}

/* A body that has to be looked at line by line. */
static int
read_lines(struct mbox *m)
{
	struct str s;
	int got;

	while ((got = peek_line(m, &s)) > 0) {
		int starts = before(m, 0, 1) == '\n';
		enum event event = NOTHING;
		size_t n = s.n, i = 0;

		while (starts && i < n && i < FROM_MAX && s.p[i] == '>')
			i++;
		if (starts && i < n && s.p[i] == 'F')
			event = look(m, 0, i, &i);
		if (event == BOUNDARY)
			break;
		if (event == QUOTED)
			s = str_sub(s, 1, n);
		mime_line(&m->mime, s, starts, m->source.line);
		if (stop(m))
			return -1;
		skip(m, n, s.p[s.n - 1] == '\n');
	}
	if (got >= 0) {
		mime_end(&m->mime, m->source.line);
		if (stop(m))
			return -1;
	}
	return got;
}

/*
 * Look at the next line, or a piece of at least SOURCE_PIECE of a long one,
 * without taking it.  Returns 1, 0 at the end, or -1.
 */
static int
peek_line(struct mbox *m, struct str *line)
{
	const unsigned char *nl;
	size_t seen = 0;

	for (;;) {
		struct str rest = m->source.rest;

		nl = rest.n > seen ? memchr(rest.p + seen, '\n', rest.n - seen)
				   : NULL;
		if (nl != NULL)
			rest.n = (size_t)(nl - rest.p) + 1;
		*line = rest;
		if (nl != NULL || rest.n >= SOURCE_PIECE || m->source.ended)
			return rest.n > 0;
		seen = rest.n;
		if (source_more(&m->source) == -1)
			return -1;
	}
}

/*
 * Find the next event in the window, looking from offset `from` on; `*at` is
 * the offset of its line.  For NOTHING, that is where to go on when there is
 * more: the end, or the start of a line that may become an event.
 *
 * The letter F is rare, so memchr(3) passes over most of the text at once.
 */
static enum event
find(const struct mbox *m, size_t from, size_t *at)
{
	struct str rest = m->source.rest;
	const unsigned char *f;
	size_t q;

	while (from < rest.n &&
	       (f = memchr(rest.p + from, 'F', rest.n - from)) != NULL) {
		enum event event = NOTHING;

		from = (size_t)(f - rest.p);
		q = line_start(m, from);
		*at = rest.n;
		if (before(m, q, 1) == '\n')
			event = look(m, q, from, at);
		if (event != NOTHING || *at < rest.n)
			return event;
		from++;
	}
	*at = rest.n;
	/* Marks whose line may go on with "From ". */
	q = line_start(m, rest.n);
	if (!m->source.ended && before(m, q, 1) == '\n')
		*at = q;
	return NOTHING;
}

/*
 * What the line at offset `q` is, that has an F at offset `f` behind marks or
 * none.  `*at` becomes `q`, also when that cannot be told yet; else, for
 * NOTHING, it is left alone.
 */
static enum event
look(const struct mbox *m, size_t q, size_t f, size_t *at)
{
	const struct str from = STR_LIT("From ");
	struct str s = str_sub(m->source.rest, f, m->source.rest.n);
	const int all = m->source.ended;
	const unsigned char *nl;

	if (s.n < from.n) {
		if (!all && memcmp(s.p, from.p, s.n) == 0)
			*at = q;
		return NOTHING;
	}
	if (!str_starts(s, from))
		return NOTHING;
	if (q < f || m->loose) {
		*at = q;
		return q < f ? QUOTED : BOUNDARY;
	}
	if (!behind_blank(m, q))
		return NOTHING;
	if (s.n > FROM_MAX)
		s.n = FROM_MAX;
	if ((nl = memchr(s.p, '\n', s.n)) != NULL)
		s.n = (size_t)(nl - s.p);
	else if (s.n < FROM_MAX && !all) {
		*at = q;
		return NOTHING;
	}
	if (!mbox_dated(s))
		return NOTHING;
	*at = q;
	return BOUNDARY;
}

int
mbox_dated(struct str s)
{
	int time = 0, year = 0;
	size_t i, n;

	for (i = 1; i < s.n; i += n + 1) {
		const unsigned char *p = s.p + i;
		int last = p[-1], next;

		n = 0;
		if (p[0] == '\n')
			break;
		if (p[0] < '0' || p[0] > '9')
			continue;
		for (; i + n < s.n && p[n] >= '0' && p[n] <= '9'; n++)
			;
		next = i + n < s.n ? p[n] : ' ';
		if ((n == 1 || n == 2) && next == ':' && s.n - i - n > 2 &&
		    p[n + 1] >= '0' && p[n + 1] <= '5' && p[n + 2] >= '0' &&
		    p[n + 2] <= '9' && last != ':')
			time = 1;
		/* "+0200" is a zone. */
		if (n == 4 &&
		    (memcmp(p, "19", 2) == 0 || memcmp(p, "20", 2) == 0) &&
		    is_one_of(last, " \t-/,.:") &&
		    is_one_of(next, " \t\r\n-/,.:T"))
			year = 1;
	}
	return time && year;
}

static int
is_one_of(int c, const char *list)
{
	return c != '\0' && strchr(list, c) != NULL;
}

/* The offset of the first of the marks that stand before `f`. */
static size_t
line_start(const struct mbox *m, size_t f)
{
	size_t q = f;

	while (q > 0 && f - q < FROM_MAX && m->source.rest.p[q - 1] == '>')
		q--;
	return q;
}

static int
behind_blank(const struct mbox *m, size_t q)
{
	int c = before(m, q, 2);

	return c == '\n' || (c == '\r' && before(m, q, 3) == '\n');
}

/* The byte `n` in front of offset `i`, at most PAST before the window. */
static int
before(const struct mbox *m, size_t i, size_t n)
{
	return i >= n ? m->source.rest.p[i - n] : m->past[PAST + i - n];
}

/* Drop `n` bytes, which hold `lines` line ends. */
static void
skip(struct mbox *m, size_t n, size_t lines)
{
	size_t keep = n < PAST ? n : PAST;

	memmove(m->past, m->past + keep, PAST - keep);
	if (keep > 0)
		memcpy(
		    m->past + PAST - keep, m->source.rest.p + n - keep, keep);
	source_skip(&m->source, n, lines);
}

static int
stop(struct mbox *m)
{
	if (!docsplit_stop(m->docsplit))
		return 0;
	errno = EILSEQ;
	return 1;
}
