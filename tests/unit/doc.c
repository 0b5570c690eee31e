/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/doc.h"
#include "common/row.h"
#include "common/utf.h"

#include "tests/unit/check.h"

/* Text that grows: what was read, a line for each block. */
struct text {
	unsigned char *p;
	size_t n, cap;
};

static void
put(struct text *t, struct str s)
{
	t->p = mem_grow(t->p, &t->cap, t->n + s.n + 1, 1);
	if (s.n > 0)
		memcpy(t->p + t->n, s.p, s.n);
	t->n += s.n;
}

static void
put_block(struct text *t, int fresh, struct str id, size_t number, struct str s)
{
	char buf[32];

	if (fresh)
		put(t, STR_LIT("#\n"));
	put(t, id);
	snprintf(buf, sizeof(buf), "|%zu|", number);
	put(t, str_of(buf));
	put(t, s);
	put(t, STR_LIT("\n"));
}

static struct str
all(const struct text *t)
{
	return (struct str){t->p, t->n};
}

/* Give `s` on standard input, at most `step` bytes for each read(2). */
static pid_t
feed(struct str s, size_t step)
{
	int end[2];
	pid_t child;
	size_t i;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, end) == -1 ||
	    (child = fork()) == -1)
		abort();
	if (child == 0) {
		close(end[0]);
		for (i = 0; i < s.n; i += step)
			if (send(end[1], s.p + i,
				s.n - i < step ? s.n - i : step,
				MSG_NOSIGNAL) == -1)
				_exit(1);
		_exit(0);
	}
	dup2(end[0], STDIN_FILENO);
	close(end[0]);
	close(end[1]);
	return child;
}

/* Read `s` by doc_next() or by doc_rows(). */
static void
read_docs(struct str s, size_t step, struct doc_options options, int by_rows,
    struct text *to)
{
	char *none[] = {NULL};
	pid_t child = feed(s, step);
	struct doc doc;
	struct in in;
	size_t i;
	int got;

	to->n = 0;
	in_init(&in, none, IN_LINE_MAX);
	doc_init(&doc, &in, options);
	while ((got = by_rows ? doc_rows(&doc) : doc_next(&doc)) == 1) {
		CHECK(doc.n > 0);
		for (i = 0; i < doc.n; i++)
			put_block(to, i == 0 && !doc.part, doc.id,
			    doc.v[i].number, doc.v[i].text);
	}
	CHECK_EQ((size_t)got, 0);
	doc_free(&doc);
	in_free(&in);
	waitpid(child, NULL, 0);
}

/* One line of rows for the model. */
static void
model_row(struct str line, struct mem *mem, struct str *id, struct text *to)
{
	struct row row;

	if (!row_parse(line, &row))
		return;
	put_block(to, id->p == NULL || !str_eq(*id, row.doc), row.doc,
	    row.block, row_unescape(mem, row.text));
	*id = mem_dup(mem, row.doc);
}

/* What must come out, by the plainest reading of the header. */
static void
model(struct str s, int rows, struct mem *mem, struct text *to)
{
	struct str id = {NULL, 0};
	size_t at = 0, number = 0, n = 0;

	to->n = 0;
	while (at < s.n) {
		const unsigned char *nl = memchr(s.p + at, '\n', s.n - at);
		size_t end = nl == NULL ? s.n : (size_t)(nl - s.p);
		struct str line = str_sub(s, at, end);
		unsigned char *clean = mem_new(mem, 3 * line.n + 1, 1);

		number++;
		at = end + 1;
		if (nl != NULL && line.n > 0 && line.p[line.n - 1] == '\r')
			line.n--;
		if (!rows && utf_blank(line))
			continue;
		line = (struct str){clean, utf_repair(clean, line, &n)};
		if (number == 1 && str_starts(line, STR_LIT("\xef\xbb\xbf")))
			line = str_sub(line, 3, line.n);
		if (rows)
			model_row(line, mem, &id, to);
		else if (!utf_blank(line))
			put_block(to, to->n == 0, STR_LIT("-"), number, line);
	}
}

/* Lines that are rows, nearly rows, or text. */
static size_t
make_lines(unsigned char *to, size_t lines, uint64_t *seed)
{
	static const char *const line[] = {"a\t%zu\tone", "a\t%zu\ttw\\to\tx",
	    "a\t%zu\t\t\t", "b\t%zu\t\xd0\x96\\\\n", "b\t0\tzero", "c\td\te",
	    "", "plain text", "a\t%zu", "\t%zu\tx", "a\t%zu\tcut \xe2\x82",
	    "\xff\t%zu\tx", "b\t%zu\tcr\r", "  \t ", "\f", "long\t%zu\t%0200d"};
	size_t i, n = 0;

	for (i = 1; i <= lines; i++) {
		const char *form =
		    line[check_random(seed) % (sizeof(line) / sizeof(*line))];
		char text[300];
		const char *hole = strstr(form, "%zu");

		if (i == 1 && check_random(seed) % 2 == 0)
			hole = strstr(form = "a\t%zu\tfirst", "%zu");
		if (hole == NULL)
			snprintf(text, sizeof(text), "%s", form);
		else
			snprintf(text, sizeof(text), "%.*s%zu%s",
			    (int)(hole - form), form, i, hole + 3);
		memcpy(to + n, text, strlen(text));
		n += strlen(text);
		if (i < lines || check_random(seed) % 2 == 0)
			to[n++] = '\n';
	}
	return n;
}

static void
readers_agree(void)
{
	static const size_t steps[] = {1, 7, 64 << 10};
	struct doc_options plain = {.format = DOC_PLAIN, .max_doc = 1 << 20};
	struct doc_options rows = {.format = DOC_ROWS, .max_doc = 1 << 20};
	struct doc_options parts = {.format = DOC_ROWS, .max_doc = 100};
	struct text want = {NULL, 0, 0}, got = {NULL, 0, 0};
	struct mem mem = {NULL, NULL};
	unsigned char *text = malloc(1 << 20);
	uint64_t seed = 13;
	/* Each text has some hundred lines. */
	const size_t rounds = check_count() / 80;
	size_t round, by;

	if (text == NULL)
		abort();
	for (round = 0; round < rounds; round++) {
		size_t step = steps[round % 3];
		size_t n = make_lines(
		    text, check_random(&seed) % (step == 1 ? 30 : 300), &seed);
		unsigned char *tight = malloc(n + 1);
		struct str s = {tight, n};

		if (tight == NULL)
			abort();
		memcpy(tight, text, n);
		for (by = 0; by < 2; by++) {
			model(s, 1, &mem, &want);
			read_docs(s, step, rows, by == 1, &got);
			CHECK_STR(all(&got), all(&want));
			read_docs(s, step, parts, by == 1, &got);
			CHECK_STR(all(&got), all(&want));
			model(s, 0, &mem, &want);
			read_docs(s, step, plain, by == 1, &got);
			CHECK_STR(all(&got), all(&want));
		}
		mem_reset(&mem);
		free(tight);
	}
	free(text);
	free(want.p);
	free(got.p);
	mem_free(&mem);
}

static void
expect(const char *text, struct doc_options options, const char *want)
{
	struct text got = {NULL, 0, 0};

	if (options.max_doc == 0)
		options.max_doc = 1 << 20;
	read_docs(str_of(text), 100, options, 0, &got);
	CHECK_STR(all(&got), str_of(want));
	read_docs(str_of(text), 1, options, 1, &got);
	CHECK_STR(all(&got), str_of(want));
	free(got.p);
}

static void
rows_or_plain(void)
{
	struct doc_options any = {.format = DOC_AUTO};
	struct doc_options head = {.format = DOC_AUTO, .header = 1};

	expect("", any, "");
	expect("\n\n", any, "");
	expect("a\nb\n", any, "#\n-|1|a\n-|2|b\n");
	expect("a\n\n \nb", any, "#\n-|1|a\n-|4|b\n");
	expect(
	    "d\t5\tx\nd\t9\ty\ne\t1\tz\n", any, "#\nd|5|x\nd|9|y\n#\ne|1|z\n");
	/* The same key after another one is a new document. */
	expect("d\t1\tx\ne\t1\ty\nd\t2\tz\n", any,
	    "#\nd|1|x\n#\ne|1|y\n#\nd|2|z\n");
	expect("d\t0\tx\nd\t1\ty\n", any, "#\n-|1|d\t0\tx\n-|2|d\t1\ty\n");
	expect("d\tone\tx\n", any, "#\n-|1|d\tone\tx\n");
	expect("\xef\xbb\xbf"
	       "d\t1\tx\n",
	    any, "#\nd|1|x\n");
	expect("\xef\xbb\xbfhello\n", any, "#\n-|1|hello\n");
	expect("d\t1\tx\r\nd\t2\ty\r\n", any, "#\nd|1|x\nd|2|y\n");
	expect("one\r\ntwo\r\n", any, "#\n-|1|one\n-|2|two\n");
	expect("a\rb\n", any, "#\n-|1|a\rb\n");
	expect("d\t1\ta\rb\n", any, "#\nd|1|a\rb\n");
	expect("d\t1\tx\nbad\n\nd\t2\ty\n", any, "#\nd|1|x\nd|2|y\n");
	expect("doc\tblock\ttext\nd\t1\tx\n", head, "#\nd|1|x\n");
	expect("d\t1\t\\t\\\\n\n", any, "#\nd|1|\t\\n\n");
}

/* What was counted, for one input. */
static void
faults(struct str s, struct doc_options options, const size_t want[5], int end)
{
	char *none[] = {NULL};
	pid_t child = feed(s, 64);
	struct doc doc;
	struct in in;
	int got;

	if (options.max_doc == 0)
		options.max_doc = 1 << 20;
	in_init(&in, none, IN_LINE_MAX);
	doc_init(&doc, &in, options);
	while ((got = doc_next(&doc)) == 1)
		continue;
	CHECK(got == end);
	CHECK(got == 0 || errno == EILSEQ);
	CHECK_EQ(doc.malformed.n, want[0]);
	CHECK_EQ(doc.repaired.n, want[1]);
	CHECK_EQ(doc.unordered.n, want[2]);
	CHECK_EQ(doc.split.n, want[3]);
	CHECK_EQ(doc.malformed.n > 0 ? doc.malformed.line : 0, want[4]);
	doc_free(&doc);
	in_free(&in);
	waitpid(child, NULL, 0);
}

static void
faults_are_counted(void)
{
	struct doc_options rows = {.format = DOC_ROWS};
	struct doc_options strict = {.format = DOC_ROWS, .strict = 1};
	struct doc_options parts = {.format = DOC_ROWS, .max_doc = 1};

	faults(STR_LIT("d\t1\tx\n"), rows, (size_t[]){0, 0, 0, 0, 0}, 0);
	faults(STR_LIT("d\t1\tx\n\nd\n"), rows, (size_t[]){2, 0, 0, 0, 2}, 0);
	faults(STR_LIT("d\t1\tx\nd\n"), strict, (size_t[]){1, 0, 0, 0, 2}, -1);
	faults(STR_LIT("d\t1\t\xff\xfe\n"), rows, (size_t[]){0, 2, 0, 0, 0}, 0);
	faults(STR_LIT("d\t1\t\xff\n"), strict, (size_t[]){0, 1, 0, 0, 0}, -1);
	faults(STR_LIT("d\t2\tx\nd\t2\ty\nd\t1\tz\n"), rows,
	    (size_t[]){0, 0, 2, 0, 0}, 0);
	faults(STR_LIT("d\t2\tx\nd\t3\ty\ne\t1\tz\n"), parts,
	    (size_t[]){0, 0, 0, 1, 0}, 0);
}

/* Rows go out as they came in; plain text as docsplit would write it. */
static void
rows_put_back(void)
{
	static const struct {
		const char *in, *out;
	} v[] = {
	    {"d\t1\ta\\tb\textra\t\n", "d\t1\ta\\tb\textra\t\n"},
	    {"d\t007\tx\r\n", "d\t007\tx\n"},
	    {"d\t1\tx\ry\tz\r\r\n", "d\t1\tx\\ry\tz\\r\n"},
	    {"d\t1\t\xff\n", "d\t1\t\xef\xbf\xbd\n"},
	    {"a\\b\tc\n", "-\t1\ta\\\\b\\tc\n"},
	    {"\n\nx\ry\n", "-\t3\tx\\ry\n"},
	};
	char *none[] = {NULL};
	size_t i, k;

	for (i = 0; i < sizeof(v) / sizeof(v[0]); i++) {
		pid_t child = feed(str_of(v[i].in), 3);
		struct doc doc;
		struct out out;
		struct in in;

		in_init(&in, none, 1000);
		doc_init(&doc, &in, (struct doc_options){.max_doc = 100});
		out_init(&out, OUT_MEMORY, 0);
		while (doc_next(&doc) == 1)
			for (k = 0; k < doc.n; k++) {
				doc_put(&doc, k, &out);
				out_endrow(&out);
			}
		CHECK_STR(((struct str){out.buf, out.n}), str_of(v[i].out));
		doc_free(&doc);
		in_free(&in);
		out_close(&out);
		waitpid(child, NULL, 0);
	}
}

/* Each plain file is a document; rows go on from file to file. */
static void
several_files(void)
{
	char a[] = "/tmp/newsieve-doc-a.XXXXXX",
	     b[] = "/tmp/newsieve-doc-b.XXXXXX";
	char *args[] = {a, b, a, NULL};
	struct doc doc;
	struct in in;
	size_t docs = 0, blocks = 0;
	int fa = mkstemp(a), fb = mkstemp(b), rows;

	for (rows = 0; rows < 2; rows++) {
		struct str s = rows ? STR_LIT("d\t1\tx\n") : STR_LIT("x\n\n");

		if (pwrite(fa, s.p, s.n, 0) != (ssize_t)s.n ||
		    pwrite(fb, s.p, s.n, 0) != (ssize_t)s.n)
			abort();
		in_init(&in, args, 1000);
		doc_init(&doc, &in, (struct doc_options){.max_doc = 1 << 20});
		for (docs = blocks = 0; doc_next(&doc) == 1; docs++) {
			blocks += doc.n;
			CHECK_STR(
			    doc.id, rows ? STR_LIT("d") : str_of(args[docs]));
		}
		CHECK_EQ(docs, rows ? 1 : 3);
		CHECK_EQ(blocks, 3);
		CHECK_EQ(doc.serial, docs);
		doc_free(&doc);
		in_free(&in);
	}
	close(fa);
	close(fb);
	unlink(a);
	unlink(b);
}

int
main(void)
{
	check_case("doc: both readers equal the model", readers_agree);
	check_case("doc: rows or plain text", rows_or_plain);
	check_case("doc: faults are counted", faults_are_counted);
	check_case("doc: rows put back", rows_put_back);
	check_case("doc: several files", several_files);
	return check_done();
}
