/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/in.h"

#include "tests/unit/check.h"

static char file[2][40];

/* Write the bytes into one of two scratch files; returns its name. */
static char *
save(int which, struct str s)
{
	int fd = open(file[which], O_WRONLY | O_CREAT, 0600);

	/* To truncate to nothing first may wait for the disk. */
	if (fd == -1 || write(fd, s.p, s.n) != (ssize_t)s.n ||
	    ftruncate(fd, (off_t)s.n) == -1)
		abort();
	close(fd);
	return file[which];
}

/* Put `s` on standard input in packets of `step` bytes: each read(2) of such
 * a socket gives one packet.  Returns the child that writes. */
static pid_t
feed(struct str s, size_t step)
{
	int end[2];
	pid_t child;
	size_t i;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, end) == -1)
		abort();
	child = fork();
	if (child == -1)
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

/* Read all lines with their limit, as "line\n" each, into `to`. */
static size_t
lines(struct in *in, unsigned char *to)
{
	struct str line;
	size_t n = 0, count = 0;
	int got;

	while ((got = in_line(in, &line)) == 1) {
		volatile unsigned char sink = 0;
		size_t i;

		CHECK_EQ(in->line, ++count);
		memcpy(to + n, line.p, line.n);
		n += line.n;
		to[n++] = '\n';
		/* The sanitizer sees whether the pad is there. */
		for (i = 0; i < IN_PAD; i++)
			sink = line.p[line.n + i];
		(void)sink;
	}
	CHECK_EQ((size_t)got, 0);
	return n;
}

/* The same by in_lines(), several at a time. */
static size_t
lines_together(struct in *in, unsigned char *to)
{
	struct str v[64];
	size_t n = 0, count = 0;
	int got, i;

	while ((got = in_lines(in, v, 1 + (int)(count % 64))) > 0) {
		count += (size_t)got;
		CHECK_EQ(in->line, count);
		for (i = 0; i < got; i++) {
			memcpy(to + n, v[i].p, v[i].n);
			n += v[i].n;
			to[n++] = '\n';
			/* They stand side by side. */
			CHECK(i == 0 || v[i].p == v[i - 1].p + v[i - 1].n + 1);
		}
	}
	CHECK_EQ((size_t)got, 0);
	return n;
}

/* What lines() must give: each line cut at `max`; `*cut` of them were. */
static size_t
model(struct str s, size_t max, unsigned char *to, size_t *cut)
{
	size_t i, n = 0, len = 0;

	*cut = 0;
	for (i = 0; i < s.n; i++) {
		if (s.p[i] == '\n' || len < max)
			to[n++] = s.p[i];
		else
			*cut += len == max;
		len = s.p[i] == '\n' ? 0 : len + 1;
	}
	if (len > 0)
		to[n++] = '\n';
	return n;
}

static void
compare_by(struct str s, size_t max, size_t step,
    size_t (*read_all)(struct in *, unsigned char *))
{
	unsigned char *got = malloc(s.n + 1), *want = malloc(s.n + 1);
	char *args[] = {NULL, NULL};
	size_t cut, n = 0;
	struct in in;
	pid_t child = 0;

	if (got == NULL || want == NULL)
		abort();
	if (step > 0)
		child = feed(s, step);
	else
		args[0] = save(0, s);
	in_init(&in, args, max);
	if (CHECK_EQ((size_t)in_next(&in), 1))
		n = read_all(&in, got);
	CHECK_STR(((struct str){got, n}),
	    ((struct str){want, model(s, max, want, &cut)}));
	CHECK_EQ(in.cut.n, cut);
	CHECK_EQ(in.bytes, s.n);
	CHECK_EQ((size_t)in_next(&in), 0);
	in_free(&in);
	in_free(&in);
	if (child != 0)
		waitpid(child, NULL, 0);
	free(got);
	free(want);
}

static void
compare(struct str s, size_t max, size_t step)
{
	compare_by(s, max, step, lines);
	compare_by(s, max, step, lines_together);
}

static void
small_inputs(void)
{
	static const char *const text[] = {"", "\n", "a", "a\n", "a\nb", "\n\n",
	    "a\r\nb\r\n", "abcdefgh\nx\n", "abcdefghijklmnop", "\nabcdefghij\n",
	    "abcdefghi\nabcdefghi\nab\n"};
	size_t i, max;

	for (i = 0; i < sizeof(text) / sizeof(text[0]); i++)
		for (max = 1; max < 12; max++) {
			compare(str_of(text[i]), max, 0);
			compare(str_of(text[i]), max, 1);
		}
}

/* Newlines and ends of file on all sides of the block's edge. */
static void
block_edges(void)
{
	enum { N = 3 * (256 << 10) };
	unsigned char *p = malloc(N + 8);
	size_t at, shift, step;

	if (p == NULL)
		abort();
	for (at = IN_BLOCK - 3; at <= IN_BLOCK + 3; at++) {
		memset(p, 'x', N);
		p[at] = '\n';
		p[2 * IN_BLOCK + 1] = '\n';
		for (shift = 0; shift < 4; shift++)
			compare((struct str){p, at + shift}, 1 << 20, 0);
		compare((struct str){p, N}, 1 << 20, 0);
		compare((struct str){p, N}, IN_BLOCK, 0);
		compare((struct str){p, N}, 1000, 0);
	}
	for (step = 4093; step < 70000; step += 30011)
		compare((struct str){p, N}, IN_BLOCK + 1, step);
	free(p);
}

static void
random_lines(void)
{
	/* Several blocks, unless few inputs are asked for. */
	size_t n = check_count() < 20000 ? 90000 : 900000;
	unsigned char *p = malloc(n);
	uint64_t seed = 4;
	size_t i, round, density, max;

	if (p == NULL)
		abort();
	for (round = 0; round < 12; round++) {
		density = (size_t)1 << round * 2;
		for (i = 0; i < n; i++)
			p[i] = check_random(&seed) % density == 0 ? '\n' : 'a';
		for (max = 7; max < 3000000; max *= 41)
			compare((struct str){p, n}, max, 0);
		compare((struct str){p, 5000}, 100, 1);
		compare((struct str){p, n < 200000 ? n : 200000}, 5000, 777);
	}
	free(p);
}

static void
files_in_turn(void)
{
	char dash[] = "-", none[] = "/nonexistent/file", dir[] = "/";
	char *args[] = {save(0, STR_LIT("a\nb")), dash, save(1, STR_LIT("d")),
	    none, dir, NULL};
	pid_t child = feed(STR_LIT("c\n"), 1);
	struct str line;
	struct in in;

	in_init(&in, args, 100);
	CHECK_EQ((size_t)in_next(&in), 1);
	CHECK(in_line(&in, &line) == 1 && in.newline);
	CHECK(in_line(&in, &line) == 1 && !in.newline);
	CHECK_STR(line, STR_LIT("b"));
	CHECK_EQ((size_t)in_line(&in, &line), 0);
	CHECK_EQ((size_t)in_line(&in, &line), 0);
	CHECK_EQ((size_t)in_next(&in), 1);
	CHECK(strcmp(in.name, "-") == 0);
	CHECK(in_line(&in, &line) == 1 && str_eq(line, STR_LIT("c")));
	CHECK_EQ(in.line, 1);
	CHECK_EQ((size_t)in_next(&in), 1);
	CHECK(in_line(&in, &line) == 1 && str_eq(line, STR_LIT("d")));
	CHECK(in_next(&in) == -1 && errno == ENOENT);
	CHECK(strcmp(in.name, none) == 0);
	CHECK(in_next(&in) == -1 && errno == EISDIR);
	CHECK_EQ((size_t)in_next(&in), 0);
	in_free(&in);
	waitpid(child, NULL, 0);
}

/* Count what is missing, up to two files. */
static int
count_missing(void *arg, const char *name, int error)
{
	size_t *n = arg;

	CHECK(strcmp(name, *n == 1 ? "/" : "/nonexistent/file") == 0);
	CHECK_EQ((size_t)error, *n == 1 ? EISDIR : ENOENT);
	errno = 0;
	return ++*n < 3;
}

static void
missing_files(void)
{
	char none[] = "/nonexistent/file", dir[] = "/";
	char *args[] = {none, dir, save(0, STR_LIT("a")), none,
	    save(1, STR_LIT("b")), NULL};
	struct str line;
	struct in in;
	size_t n = 0;

	in_init(&in, args, 100);
	in.missing = count_missing;
	in.missing_arg = &n;
	CHECK_EQ((size_t)in_next(&in), 1);
	CHECK_EQ(n, 2);
	CHECK(in_line(&in, &line) == 1 && str_eq(line, STR_LIT("a")));
	CHECK(in_next(&in) == -1 && errno == ENOENT);
	CHECK_EQ(n, 3);
	CHECK_EQ((size_t)in_next(&in), 1);
	CHECK(in_line(&in, &line) == 1 && str_eq(line, STR_LIT("b")));
	CHECK_EQ((size_t)in_next(&in), 0);
	in_free(&in);
}

/* Gather the file by in_block(), which keeps some bytes each time. */
static void
blocks(struct str s, size_t step, size_t keep, size_t want)
{
	unsigned char *all = malloc(s.n + 1);
	char *none[] = {NULL};
	struct str block, head, first;
	pid_t child = feed(s, step);
	const unsigned char *nl =
	    s.n == 0 ? NULL : memchr(s.p, '\n', s.n < want ? s.n : want);
	size_t n = 0, kept = 0;
	struct in in;
	int got;

	if (all == NULL)
		abort();
	in_init(&in, none, 100);
	CHECK_EQ((size_t)in_next(&in), 1);
	if (want > 0) {
		first = str_sub(s, 0,
		    nl != NULL   ? (size_t)(nl + 1 - s.p)
		    : s.n < want ? s.n
				 : want);
		CHECK_EQ((size_t)in_peek(&in, &head, want), s.n > 0);
		CHECK_STR(head, first);
	}
	while ((got = in_block(&in, &block, kept)) == 1) {
		CHECK(block.n > kept);
		CHECK(n + block.n - kept <= s.n);
		CHECK(memcmp(all + n - kept, block.p, kept) == 0);
		memcpy(all + n, block.p + kept, block.n - kept);
		n += block.n - kept;
		kept = block.n < keep ? block.n : keep;
	}
	CHECK_EQ((size_t)got, 0);
	CHECK_EQ(block.n, kept);
	CHECK_STR(((struct str){all, n}), s);
	in_free(&in);
	waitpid(child, NULL, 0);
	free(all);
}

static void
blocks_and_peek(void)
{
	enum { N = 700000 };
	unsigned char *p = malloc(N);
	uint64_t seed = 8;
	size_t i, keep, want;

	if (p == NULL)
		abort();
	for (i = 0; i < N; i++)
		p[i] = (unsigned char)check_random(&seed);
	p[300] = '\n';
	for (keep = 0; keep < 5; keep++)
		for (want = 0; want < 400; want += 133) {
			blocks((struct str){p, N}, 50000, keep, want);
			blocks((struct str){p, 500}, 1, keep, want);
			blocks((struct str){p, keep}, 1, keep, want);
		}
	free(p);
}

/* Bytes at hand are like one file; in_free() is not for them. */
static void
memory(void)
{
	unsigned char p[4 + IN_PAD] = "a\nbc";
	struct str line, v[4];
	struct in in;

	in_memory(&in, "name", p, 4);
	CHECK(strcmp(in.name, "name") == 0);
	CHECK(in_line(&in, &line) == 1 && in.newline && in.line == 1);
	CHECK_STR(line, STR_LIT("a"));
	CHECK(in_lines(&in, v, 4) == 1 && !in.newline && in.line == 2);
	CHECK_STR(v[0], STR_LIT("bc"));
	CHECK_EQ((size_t)in_line(&in, &line), 0);
	CHECK_EQ((size_t)in_next(&in), 0);
	in_memory(&in, "name", p, 4);
	CHECK_EQ((size_t)in_next(&in), 0);
	CHECK_EQ((size_t)in_line(&in, &line), 0);
}

/* Bytes that are given back come again, before others are read. */
static void
taken_back(void)
{
	char *args[] = {save(0, STR_LIT("abcdef")), NULL};
	struct str block;
	struct in in;

	in_init(&in, args, 100);
	CHECK(in_next(&in) == 1 && in_regular(&in));
	CHECK(in_block(&in, &block, 0) == 1);
	CHECK_STR(block, STR_LIT("abcdef"));
	in_back(&in, 2);
	CHECK(in_block(&in, &block, 1) == 1);
	CHECK_STR(block, STR_LIT("def"));
	in_back(&in, 3);
	CHECK(in_line(&in, &block) == 1);
	CHECK_STR(block, STR_LIT("def"));
	CHECK_EQ((size_t)in_line(&in, &block), 0);
	in_free(&in);
}

/* A buffer that is taken stays as it is while another one is read into. */
static void
swapped(void)
{
	enum { N = 3 * (256 << 10) };
	unsigned char *p = malloc(N), *buf = NULL, *older;
	char *args[] = {NULL, NULL};
	struct str block, rest;
	struct in in;
	uint64_t seed = 6;
	size_t cap = 0, at = 0, keep = 0, i;

	if (p == NULL)
		abort();
	for (i = 0; i < N; i++)
		p[i] = (unsigned char)check_random(&seed);
	args[0] = save(0, (struct str){p, N});
	in_init(&in, args, 100);
	CHECK(in_next(&in) == 1);
	while (in_block(&in, &block, keep) == 1) {
		CHECK_STR(block, str_sub((struct str){p, N}, at - keep,
				     at - keep + block.n));
		at += block.n - keep;
		keep = check_random(&seed) % 1000;
		older = in.buf;
		rest = in_swap(&in, &buf, &cap, keep);
		CHECK(buf == older && cap >= block.n + IN_PAD);
		CHECK(rest.p != block.p + block.n - keep);
		CHECK_STR(rest, str_sub(block, block.n - keep, block.n));
	}
	CHECK_EQ(at, N);
	CHECK_STR(block, str_sub((struct str){p, N}, N - keep, N));
	in_free(&in);
	free(buf);
	free(p);
}

/* The buffer grows by doubling, up to what the longest line may take. */
static void
buffer_is_bounded(void)
{
	enum { N = 3 << 20 };
	unsigned char *p = malloc(N);
	char *args[] = {NULL, NULL};
	struct str line = {NULL, 0};
	struct in in;
	size_t max;

	if (p == NULL)
		abort();
	memset(p, 'x', N);
	args[0] = save(0, (struct str){p, N});
	for (max = 1000; max < N; max *= 10) {
		in_init(&in, args, max);
		CHECK(in_next(&in) == 1 && in_line(&in, &line) == 1);
		CHECK_EQ(line.n, max);
		CHECK_EQ(in.cut.n, 1);
		CHECK_EQ((size_t)in_line(&in, &line), 0);
		CHECK(in.cap <= max + 2 * IN_BLOCK + IN_PAD);
		in_free(&in);
	}
	free(p);
}

int
main(void)
{
	int i;

	for (i = 0; i < 2; i++) {
		strcpy(file[i], "/tmp/newsieve-in.XXXXXX");
		close(mkstemp(file[i]));
	}
	check_case("in: small inputs, small limits", small_inputs);
	check_case("in: lines at block edges", block_edges);
	check_case("in: random lines equal the model", random_lines);
	check_case("in: files in turn", files_in_turn);
	check_case("in: files that are missing", missing_files);
	check_case("in: blocks that keep, and peek", blocks_and_peek);
	check_case("in: bytes in memory", memory);
	check_case("in: bytes taken back", taken_back);
	check_case("in: buffers that are taken", swapped);
	check_case("in: buffers of long lines", buffer_is_bounded);
	unlink(file[0]);
	unlink(file[1]);
	return check_done();
}
