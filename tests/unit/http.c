/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "cmd/docsplit/http.h"
#include "cmd/docsplit/warc.h"

#include "tests/unit/check.h"
#include "tests/unit/feed.h"
#include "tests/unit/vary.h"

/* The longest coding that is looked at. */
#define CHUNKED                                                                \
	"chunked (it takes comments, and this makes it sixty-four bytes )"
#define HEAD                                                                   \
	"HTTP/1.1 200 OK\r\nTransfer-Encoding: " CHUNKED "\r\n"                \
	"Content-Type: text/plain\r\n\r\n"

/* What a body comes to. */
struct model {
	unsigned char text[1024];
	size_t n;
	int damaged;
	char rows[4096];
	size_t rows_n;
};

/* The bytes of the size line at `at`, 0 if there is none. */
static size_t
size_line(struct str s, size_t at, size_t *size)
{
	char line[64] = "";
	size_t n = 0, digits, skip;

	while (at + n < s.n && s.p[at + n] != '\n')
		n++;
	if (at + n == s.n)
		return 0;
	memcpy(line, s.p + at, n < sizeof(line) ? n : sizeof(line) - 1);
	digits = strspn(line, "0123456789abcdefABCDEF");
	skip = digits + strspn(line + digits, " \t\r");
	if (digits == 0 || digits > 15 || (skip < n && line[skip] != ';'))
		return 0;
	*size = strtoul(line, NULL, 16);
	return n + 1;
}

static void
keep(struct model *m, struct str s)
{
	memcpy(m->text + m->n, s.p, s.n);
	m->n += s.n;
}

/* RFC 9112, section 7.1; from what is no chunk on all is text. */
static void
model_body(struct model *m, struct str s)
{
	size_t at = 0, n, size;

	*m = (struct model){.n = 0};
	if (size_line(s, 0, &size) == 0) {
		keep(m, s);
		return;
	}
	for (;;) {
		n = size_line(s, at, &size);
		if (n == 0)
			break;
		at += n;
		if (size == 0)
			return;
		n = s.n - at < size ? s.n - at : size;
		keep(m, str_sub(s, at, at + n));
		at += n;
		n = at < s.n && s.p[at] == '\r';
		if (at + n >= s.n || s.p[at + n] != '\n')
			break;
		at += n + 1;
	}
	m->damaged = 1;
	keep(m, str_sub(s, at, s.n));
}

/* The rows of the text: its lines that are not blank. */
static void
model_rows(struct model *m)
{
	size_t from, to, i, line = 0;

	for (from = 0; from < m->n; from = to + 1) {
		size_t n = m->rows_n;
		int blank = 1;

		for (to = from; to < m->n && m->text[to] != '\n'; to++)
			blank &= m->text[to] <= ' ';
		line++;
		if (blank)
			continue;
		n += (size_t)sprintf(m->rows + n, "-:1\t%zu\t", line);
		for (i = from; i < to; i++) {
			int c = m->text[i];

			if (c == '\r' && i + 1 == to && to < m->n)
				continue;
			if (c == '\t' || c == '\r' || c == '\\')
				m->rows[n++] = '\\';
			m->rows[n++] = (char)(c == '\t'   ? 't'
					      : c == '\r' ? 'r'
							  : c);
		}
		m->rows[n++] = '\n';
		m->rows_n = n;
	}
}

static void
make(struct vary *v)
{
	static const char *const texts[] = {
	    "a", "b c", "a\nb", "\n", "0\r\n", "7", "text\r\n"};
	static const char *const before[] = {"", "", "0", "0000000000000"};
	static const char *const behind[] = {
	    "\r\n", "\n", " \r\n", ";a=b\r\n", "\t\n", ";\n"};
	static const char *const ends[] = {"\r\n", "\n"};
	size_t chunks = 1 + vary_below(v, 4);
	char line[64];

	for (v->n = 0; chunks > 0; chunks--) {
		size_t i, n = 1 + vary_below(v, 8), at;
		struct vary data = {.state = check_random(&v->state)};

		for (i = 0; i < n; i++)
			vary_word(&data, texts, 7);
		snprintf(line, sizeof(line),
		    vary_below(v, 2) == 0 ? "%zx" : "%zX", data.n);
		at = v->n;
		vary_word(v, before, 4);
		vary_add(v, str_of(line));
		vary_word(v, behind, 6);
		vary_add(v, vary_str(&data));
		vary_word(v, ends, 2);
		if (vary_below(v, 8) == 0)
			vary_spoil(v, at, STR_LIT("0123fF;\r\n a"));
	}
	if (vary_below(v, 8) > 0)
		vary_add(v, STR_LIT("0\r\n\r\n"));
	/* Other bytes do not come back as they were. */
	for (chunks = 0; chunks < v->n; chunks++) {
		const int c = v->p[chunks];

		if ((c < ' ' && c != '\t' && c != '\r' && c != '\n') || c > '~')
			v->p[chunks] = '0';
	}
}

/* Put the body into a record, and read that. */
static void
read_body(struct feed *got, struct str body, size_t step)
{
	static const struct docsplit_options split = {.prefix = ""};
	static const struct reader_options options = {
	    .separator = READER_NO_BYTE};
	unsigned char record[2048];
	size_t n = (size_t)sprintf((char *)record,
	    "WARC/1.0\r\nWARC-Type: response\r\n"
	    "Content-Type: application/http\r\n"
	    "Content-Length: %zu\r\n\r\n" HEAD,
	    sizeof(HEAD) - 1 + body.n);

	memcpy(record + n, body.p, body.n);
	n += body.n;
	n += (size_t)sprintf((char *)record + n, "\r\n\r\n");
	feed(got, warc_read, (struct str){record, n}, step, &split, &options);
}

static void
equals_model(void)
{
	static const size_t steps[] = {100000, 1, 7, 64};
	const size_t rounds = check_count();
	struct vary v = {.state = 59};
	size_t i, damaged = 0;

	for (i = 0; i < rounds; i++) {
		struct model m;
		struct feed got;
		struct str rows;

		make(&v);
		model_body(&m, vary_str(&v));
		model_rows(&m);
		rows.p = (const unsigned char *)m.rows;
		rows.n = m.rows_n;
		/* Small reads take long. */
		read_body(
		    &got, vary_str(&v), steps[i % 64 < 3 ? 1 + i % 64 : 0]);
		CHECK_EQ(got.faults, (size_t)m.damaged);
		CHECK_STR(feed_rows(&got), rows);
		if (check.failures > 0 && check.failures < 10)
			printf("# %.*s\n", (int)v.n, (const char *)v.p);
		damaged += (size_t)m.damaged;
		feed_free(&got);
	}
	CHECK(damaged > rounds / 10 && damaged < rounds / 2);
}

int
main(void)
{
	check_case("http: chunked bodies equal the model", equals_model);
	return check_done();
}
