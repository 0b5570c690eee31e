/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "common/utf.h"

#include "cmd/docsplit/header.h"
#include "cmd/docsplit/mime.h"

/* Text handed on at once: some hundred lines. */
#define STEP ((size_t)64 << 10)

/* A boundary with white space behind it is no longer than a line may be
 * (RFC 5322, section 2.1.1). */
#define LINE_MAX 1000

/* The fields that tell what a body is. */
enum { TYPE, ENCODING, DISPOSITION, FIELDS };

static void look(struct mime *, const struct gather *, int, size_t);
static int is_message(struct str);
static void look_text(struct mime *, const struct str *, size_t);
static void look_message(struct mime *, const struct str *, size_t);
static void look_multipart(struct mime *, struct str, int, size_t);
static struct str word(struct mime *, struct str);
static int parameter(struct mime *, struct str, const char *, struct str *);
static int find_boundary(const struct mime *, struct str, size_t *, int *);
static int is_padding(int);
static int is_boundary(struct mime *, struct str, size_t);
static void part(struct mime *, size_t, int, size_t);
static void leave(struct mime *, size_t, size_t);
static void without_parts(struct mime *, size_t);
static void end_header(struct mime *, size_t);
static void end_part(struct mime *, size_t);
static void put_line(struct mime *, struct str, size_t);
static void put(struct mime *, struct str, size_t);
static void note(struct mime *, size_t, size_t);
static void check(struct mime *, size_t);
static void hand_on(struct mime *, size_t, int);
static void fault(struct mime *, const char *, size_t);
static void no_text(struct mime *, size_t);

void
mime_init(struct mime *m, struct docsplit *docsplit, struct text *text)
{
	*m = (struct mime){
	    .docsplit = docsplit,
	    .text = text,
	    .out = {.fd = OUT_MEMORY},
	};
	gather_init(&m->head);
	charset_init(&m->charset);
}

enum mime_body
mime_start(struct mime *m, const struct gather *head, size_t line)
{
	m->depth = 0;
	m->found = m->html = m->told = m->inner = 0;
	m->out.n = m->checked = m->end_n = 0;
	m->full = STEP;
	m->damaged = m->inside = 0;
	m->bad = 0;
	look(m, head, 0, line);
	if (m->state == MIME_OTHER) {
		no_text(m, line);
		return MIME_NONE;
	}
	if (m->state == MIME_TEXT && m->transfer.kind == TRANSFER_NONE &&
	    m->charset.raw)
		return MIME_PLAIN;
	return MIME_LINES;
}

void
mime_line(struct mime *m, struct str s, int starts, size_t line)
{
	enum gather_got got = GATHER_BODY;
	struct str rest = s;
	int headers = 0;

	if (starts && is_boundary(m, s, line))
		return;
	/* A line that ends a header may be the first of the body, and that
	 * body a message with its own header. */
	for (; m->state == MIME_HEADER && got == GATHER_BODY; headers++) {
		got = gather_lines(&m->head, &rest, starts);
		if (got != GATHER_MORE)
			end_header(m, line);
	}
	if (got != GATHER_BODY)
		return;
	/* Or the first boundary of a multipart. */
	if (m->state == MIME_BETWEEN && headers > 0 && starts)
		is_boundary(m, s, line);
	else if (m->state == MIME_TEXT)
		put_line(m, s, line);
}

void
mime_end(struct mime *m, size_t line)
{
	if (m->state == MIME_HEADER)
		end_header(m, line);
	/* No boundary follows, so the last line end is of the text. */
	if (m->state == MIME_TEXT)
		put(m, (struct str){m->end, m->end_n}, line);
	end_part(m, line);
	/* Who is strict gets what was there before it ends too early. */
	hand_on(m, line, 1);
	docsplit_repaired(m->docsplit, m->bad, m->bad_line);
	leave(m, 0, line);
	if (!m->found)
		no_text(m, line);
}

void
mime_free(struct mime *m)
{
	gather_free(&m->head);
	charset_free(&m->charset);
	out_close(&m->out);
	free(m->word);
	free(m->plain);
	m->word = m->plain = NULL;
}

/* See what the body is that a header stands before, and ready for it. */
static void
look(struct mime *m, const struct gather *head, int digest, size_t line)
{
	const struct str names[FIELDS] = {
	    [TYPE] = STR_LIT("content-type"),
	    [ENCODING] = STR_LIT("content-transfer-encoding"),
	    [DISPOSITION] = STR_LIT("content-disposition"),
	};
	struct str field[FIELDS] = {{NULL, 0}}, type;

	m->state = MIME_OTHER;
	if (head->content)
		header_pick(gather_block(head), names, field, FIELDS);
	/* Whatever it is, with all that is in it. */
	if (str_eq(word(m, field[DISPOSITION]), STR_LIT("attachment")))
		return;
	type = word(m, field[TYPE]);
	if (field[TYPE].p == NULL && digest)
		type = STR_LIT("message/rfc822");
	/* What is no type is text (RFC 2045, section 5.2). */
	if (type.n == 0 || memchr(type.p, '/', type.n) == NULL)
		type = STR_LIT("text/plain");

	if (str_starts(type, STR_LIT("multipart/"))) {
		digest = str_eq(type, STR_LIT("multipart/digest"));
		look_multipart(m, field[TYPE], digest, line);
	} else if (is_message(type)) {
		look_message(m, field, line);
	} else if (str_eq(type, STR_LIT("text/plain"))) {
		look_text(m, field, line);
	} else {
		m->html |= str_eq(type, STR_LIT("text/html"));
	}
}

/* Other types of `message` are data: the fields of a report, or those that tell
 * where the body is (RFC 2046, section 5.2.4). */
static int
is_message(struct str type)
{
	const struct str types[] = {STR_LIT("message/rfc822"),
	    STR_LIT("message/global"), STR_LIT("message/news"),
	    STR_LIT("message/partial")};
	size_t i = 0;

	while (i < 4 && !str_eq(type, types[i]))
		i++;
	return i < 4;
}

static void
look_text(struct mime *m, const struct str *field, size_t line)
{
	enum transfer_kind kind = transfer_kind(word(m, field[ENCODING]));
	struct str charset;

	/* The part before ends its last line, if there is one. */
	if (m->inside)
		out_raw(&m->out, STR_LIT("\n"));
	if (kind == TRANSFER_UNKNOWN) {
		fault(m, "text in an unknown transfer encoding kept as it is",
		    line);
		kind = TRANSFER_NONE;
	}
	transfer_start(&m->transfer, kind);
	if (!parameter(m, field[TYPE], "charset", &charset))
		charset.n = 0;
	if (!charset_start(&m->charset, charset))
		fault(m, "text in an unknown charset taken as UTF-8", line);
	m->state = MIME_TEXT;
	m->found = 1;
	m->end_n = 0;
}

/* A message inside the message. */
static void
look_message(struct mime *m, const struct str *field, size_t line)
{
	/* RFC 2046, section 5.2.1, forbids it. */
	if (transfer_kind(word(m, field[ENCODING])) == TRANSFER_BASE64) {
		fault(m, "message encoded inside a mail skipped", line);
		m->told = 1;
		return;
	}
	m->state = MIME_HEADER;
	m->inner = 1;
	gather_start(&m->head);
}

static void
look_multipart(struct mime *m, struct str type, int digest, size_t line)
{
	struct mime_level *level;
	struct str s;

	if (!parameter(m, type, "boundary", &s))
		s.n = 0;
	while (s.n > 0 && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
		s.n--;
	if (s.n == 0 || s.n > MIME_BOUNDARY_MAX) {
		fault(m, "multipart without a usable boundary skipped", line);
		m->told = 1;
		return;
	}
	if (m->depth == MIME_DEPTH_MAX) {
		fault(m, "multipart too deep in others skipped", line);
		m->told = 1;
		return;
	}
	level = &m->level[m->depth++];
	level->boundary[0] = level->boundary[1] = '-';
	memcpy(level->boundary + 2, s.p, s.n);
	level->n = s.n + 2;
	level->digest = digest;
	level->begun = 0;
	m->state = MIME_BETWEEN;
}

/* The word that a value begins with; valid until the next of them. */
static struct str
word(struct mime *m, struct str value)
{
	m->word = mem_grow(m->word, &m->word_cap, value.n + 1, 1);
	return (struct str){m->word, header_word(m->word, value)};
}

static int
parameter(struct mime *m, struct str value, const char *name, struct str *to)
{
	size_t n;
	int found;

	m->word = mem_grow(m->word, &m->word_cap, value.n + 1, 1);
	found = header_parameter(m->word, &n, value, name);
	*to = (struct str){m->word, n};
	return found;
}

/* Whether a line is a boundary, of which level, and the last one there. */
static int
find_boundary(const struct mime *m, struct str s, size_t *level, int *close)
{
	size_t i = m->depth;

	if (s.n < 2 || s.p[0] != '-' || s.p[1] != '-' || s.n > LINE_MAX)
		return 0;
	while (i-- > 0) {
		const struct mime_level *l = &m->level[i];
		struct str rest;

		if (!str_starts(s, (struct str){l->boundary, l->n}))
			continue;
		rest = str_sub(s, l->n, s.n);
		*level = i;
		*close = str_starts(rest, STR_LIT("--"));
		if (*close)
			rest = str_sub(rest, 2, rest.n);
		while (rest.n > 0 && is_padding(rest.p[0]))
			rest = str_sub(rest, 1, rest.n);
		if (rest.n == 0)
			return 1;
	}
	return 0;
}

/* What RFC 2046, 5.1.1, lets stand behind a boundary, and the line's end. */
static int
is_padding(int c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Whether a line is a boundary, and if so what follows from it. */
static int
is_boundary(struct mime *m, struct str s, size_t line)
{
	size_t level;
	int close;

	if (!find_boundary(m, s, &level, &close))
		return 0;
	part(m, level, close, line);
	return 1;
}

/* A boundary: a part ends and the next begins, or the multipart ends. */
static void
part(struct mime *m, size_t level, int close, size_t line)
{
	if (m->state == MIME_HEADER)
		end_header(m, line);
	end_part(m, line);
	leave(m, level + 1, line);
	m->state = MIME_BETWEEN;
	if (close) {
		if (!m->level[level].begun)
			without_parts(m, line);
		m->depth = level;
		return;
	}
	m->level[level].begun = 1;
	m->state = MIME_HEADER;
	m->inner = 0;
	gather_start(&m->head);
}

/* Leave multiparts that have no end of their own. */
static void
leave(struct mime *m, size_t depth, size_t line)
{
	for (; m->depth > depth; m->depth--) {
		if (m->level[m->depth - 1].begun)
			fault(m, "multipart without its end", line);
		else
			without_parts(m, line);
	}
}

static void
without_parts(struct mime *m, size_t line)
{
	fault(m, "multipart without parts", line);
	m->told = 1;
}

static void
end_header(struct mime *m, size_t line)
{
	int digest = m->depth > 0 && m->level[m->depth - 1].digest;

	if (m->head.cut)
		fault(m, "mail header over 1 MiB cut", line);
	digest = digest && !m->inner;
	m->inner = 0;
	look(m, &m->head, digest, line);
}

static void
end_part(struct mime *m, size_t line)
{
	size_t bad = m->charset.bad, n;

	if (m->state != MIME_TEXT)
		return;
	m->state = MIME_BETWEEN;
	m->plain = mem_grow(m->plain, &m->plain_cap, TRANSFER_HELD, 1);
	n = transfer_end(&m->transfer, m->plain);
	charset_put(&m->charset, &m->out, (struct str){m->plain, n});
	charset_end(&m->charset, &m->out);
	note(m, m->charset.bad - bad, line);
	check(m, line);
	if (m->transfer.cut)
		fault(m, "base64 text ends too early", line);
	if (m->transfer.trailing)
		fault(m, "text behind the end of base64 skipped", line);
}

/* A line of text; its end may turn out to belong to a boundary. */
static void
put_line(struct mime *m, struct str s, size_t line)
{
	size_t n = 0;

	if (m->transfer.kind == TRANSFER_BASE64) {
		put(m, s, line);
		return;
	}
	if (m->end_n == 1 && m->end[0] == '\r' && str_eq(s, STR_LIT("\n"))) {
		m->end[m->end_n++] = '\n';
		return;
	}
	put(m, (struct str){m->end, m->end_n}, line - (m->end_n > 0));
	if (s.n > 0 && s.p[s.n - 1] == '\n')
		n++;
	/* The CR of a piece may be half of a line end. */
	if (s.n > n && s.p[s.n - n - 1] == '\r')
		n++;
	memcpy(m->end, s.p + s.n - n, n);
	m->end_n = n;
	put(m, str_sub(s, 0, s.n - n), line);
}

/* Undo the encodings of some bytes and add them to the text. */
static void
put(struct mime *m, struct str s, size_t line)
{
	size_t bad = m->charset.bad;

	if (m->transfer.kind != TRANSFER_NONE) {
		m->plain =
		    mem_grow(m->plain, &m->plain_cap, s.n + TRANSFER_HELD, 1);
		s.n = transfer_put(&m->transfer, m->plain, s);
		s.p = m->plain;
	}
	charset_put(&m->charset, &m->out, s);
	note(m, m->charset.bad - bad, line);
	check(m, line);
	if (m->out.n >= m->full)
		hand_on(m, line, 0);
}

/* Who is strict stops when it is counted: not within the text, of which it
 * is chance how much is at hand. */
static void
note(struct mime *m, size_t bad, size_t line)
{
	if (m->bad == 0)
		m->bad_line = line;
	m->bad += bad;
}

/*
 * Damage in the text is to be told with the line of the file that it comes
 * from, so what is damaged is handed on at once.
 */
static void
check(struct mime *m, size_t line)
{
	struct str s = {m->out.buf, m->out.n};

	if (s.n == m->checked)
		return;
	m->inside = s.p[s.n - 1] != '\n';
	s.n -= utf_tail(s);
	if (s.n <= m->checked)
		return;
	s = str_sub(s, m->checked, s.n);
	if (utf_clean(s) < s.n) {
		hand_on(m, line, 0);
		m->damaged = m->out.n > 0;
	} else {
		m->checked += s.n;
	}
}

/* Give the whole lines that are there to the text, or all that is left. */
static void
hand_on(struct mime *m, size_t line, int last)
{
	struct out *out = &m->out;
	size_t used;

	if (!m->damaged)
		m->text->line = line;
	used = text_take(m->text, (struct str){out->buf, out->n}, last);
	out->n -= used;
	if (used > 0 && out->n > 0)
		memmove(out->buf, out->buf + used, out->n);
	if (used > 0)
		m->damaged = 0;
	m->checked = out->n - utf_tail((struct str){out->buf, out->n});
	m->full = out->n + STEP;
}

/* Count a fault, the text before it handed on. */
static void
fault(struct mime *m, const char *what, size_t line)
{
	if (m->out.n > 0)
		hand_on(m, line, 0);
	docsplit_fault(m->docsplit, what, 1, line);
}

static void
no_text(struct mime *m, size_t line)
{
	if (m->told)
		return;
	fault(m,
	    m->html ? "HTML mail skipped: an HTML extractor makes text of it"
		    : "mail without a text part",
	    line);
}
