/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/escape.h"
#include "common/out.h"

#include "tests/unit/check.h"

enum { ROWS = 20000 };

/* Rows of many lengths, some longer than the buffer; the same each call. */
static void
write_rows(struct out *out)
{
	static unsigned char text[300000];
	uint64_t seed = 6;
	size_t i, k;

	for (i = 0; i < sizeof(text); i++)
		text[i] = (unsigned char)("\t\n\r\\abcdefghijkl"[i * i % 16]);
	for (i = 0; i < ROWS; i++) {
		k = check_random(&seed) % (i % 1000 == 0 ? sizeof(text) : 200);
		out_number(out, i);
		out_field(out, (struct str){text, k});
		out_raw(out, STR_LIT("raw\t"));
		out_score(out, (double)(i % 1001) / 1000);
		out_endrow(out);
	}
}

/* All of a file or pipe; the caller frees it with drop(). */
static struct str
slurp(int fd)
{
	size_t n = 0, cap = 1 << 24;
	unsigned char *p = malloc(cap);
	ssize_t got;

	if (p == NULL)
		abort();
	while ((got = read(fd, p + n, cap - n)) > 0)
		n += (size_t)got;
	return (struct str){p, n};
}

static void
drop(struct str s)
{
	/* A slice is read-only; this one came from malloc(3). */
	free((void *)(uintptr_t)s.p);
}

static void
fields(void)
{
	char name[] = "/tmp/newsieve-out.XXXXXX";
	int fd = mkstemp(name);
	struct out out;
	struct str got;

	CHECK_EQ((size_t)out_init(&out, fd, 0), 0);
	out_field(&out, STR_LIT("a\tb\nc\rd\\e"));
	out_field(&out, STR_LIT(""));
	out_number(&out, 0);
	out_number(&out, (size_t)-1);
	out_hash(&out, 0x0123456789abcdef);
	out_score(&out, 0);
	out_score(&out, 1);
	out_score(&out, 0.0004);
	out_score(&out, 0.9996);
	out_score(&out, 0.0375);
	out_endrow(&out);
	out_raw(&out, STR_LIT("x"));
	out_newline(&out);
	CHECK_EQ((size_t)out_close(&out), 0);
	lseek(fd, 0, SEEK_SET);
	got = slurp(fd);
	CHECK_STR(got,
	    STR_LIT(
		"a\\tb\\nc\\rd\\\\e\t\t0\t18446744073709551615\t"
		"0123456789abcdef\t0.000\t1.000\t0.000\t1.000\t0.038\nx\n"));
	drop(got);
	close(fd);
	unlink(name);
}

/* Through a slow, small, non-blocking pipe come the same bytes. */
static void
short_writes(void)
{
	char name[] = "/tmp/newsieve-out.XXXXXX";
	int fd = mkstemp(name), end[2], round;
	struct out out;
	struct str want, got;

	CHECK_EQ((size_t)out_init(&out, fd, 0), 0);
	write_rows(&out);
	CHECK_EQ((size_t)out_close(&out), 0);
	lseek(fd, 0, SEEK_SET);
	want = slurp(fd);
	for (round = 0; round < 3; round++) {
		if (pipe(end) == -1)
			abort();
		if (round > 0)
			fcntl(end[1], F_SETFL, O_NONBLOCK);
		if (fork() == 0) {
			close(end[0]);
			out_init(&out, end[1], round == 2);
			write_rows(&out);
			_exit(out_close(&out) == -1);
		}
		close(end[1]);
		got = slurp(end[0]);
		CHECK_STR(got, want);
		wait(NULL);
		close(end[0]);
		drop(got);
	}
	drop(want);
	close(fd);
	unlink(name);
}

static void
unbuffered(void)
{
	unsigned char buf[100];
	struct out out;
	int end[2];

	if (pipe(end) == -1)
		abort();
	CHECK_EQ((size_t)out_init(&out, end[1], 1), 0);
	out_field(&out, STR_LIT("a"));
	out_endrow(&out);
	CHECK_EQ((size_t)read(end[0], buf, sizeof(buf)), 2);
	CHECK_EQ((size_t)out_close(&out), 0);

	CHECK_EQ((size_t)out_init(&out, end[1], 0), 0);
	out_field(&out, STR_LIT("b"));
	out_endrow(&out);
	fcntl(end[0], F_SETFL, O_NONBLOCK);
	CHECK(read(end[0], buf, sizeof(buf)) == -1);
	out_idle(&out);
	CHECK_EQ((size_t)read(end[0], buf, sizeof(buf)), 2);
	CHECK_EQ((size_t)out_close(&out), 0);
	close(end[0]);
	close(end[1]);
}

static void
errors_are_kept(void)
{
	int fd = open("/dev/full", O_WRONLY);
	struct out out;

	CHECK_EQ((size_t)out_init(&out, fd, 0), 0);
	write_rows(&out);
	CHECK_EQ((size_t)out.err, ENOSPC);
	CHECK(out_close(&out) == -1 && errno == ENOSPC);
	/* A single row fails at the close at the latest. */
	CHECK_EQ((size_t)out_init(&out, fd, 0), 0);
	out_field(&out, STR_LIT("a"));
	out_endrow(&out);
	CHECK(out_close(&out) == -1 && errno == ENOSPC);
	close(fd);
	CHECK_EQ((size_t)out_init(&out, fd, 1), 0);
	out_field(&out, STR_LIT("a"));
	out_endrow(&out);
	CHECK(out_close(&out) == -1 && errno == EBADF);
}

static void
in_memory(void)
{
	struct out out;
	size_t i;

	CHECK_EQ((size_t)out_init(&out, OUT_MEMORY, 0), 0);
	for (i = 0; i < 100000; i++)
		out_text(&out, STR_LIT("1234567\t"));
	CHECK_EQ(out.n, 900000);
	CHECK(memcmp(out.buf + 899991, "1234567\\t", 9) == 0);
	out.n = 0;
	CHECK_EQ((size_t)out_close(&out), 0);
}

/* Escaped copies against a model that goes a byte at a time, in exactly the
 * room that is asked for. */
static void
escape_copies(void)
{
	uint64_t seed = 12;
	int round;

	for (round = 0; round < 50000; round++) {
		size_t n = check_random(&seed) % 80, i, k = 0, got;
		unsigned char *p = malloc(n + 1), *to = malloc(2 * n + 16);
		unsigned char want[160];

		if (p == NULL || to == NULL)
			abort();
		for (i = 0; i < n; i++)
			p[i] = check_random(&seed) % 40 == 0
				   ? (unsigned char)"\t\n\r\\"[i % 4]
				   : (unsigned char)check_random(&seed);
		for (i = 0; i < n; i++) {
			static const char from[] = "\t\n\r\\";
			const char *at =
			    p[i] == '\0' ? NULL : strchr(from, p[i]);

			if (at != NULL)
				want[k++] = '\\';
			want[k++] = at == NULL
					? p[i]
					: (unsigned char)"tnr\\"[at - from];
		}
		got = escape_copy(to, (struct str){p, n});
		CHECK_EQ(got, k);
		CHECK(memcmp(to, want, k) == 0);
		free(p);
		free(to);
	}
}

int
main(void)
{
	check_case("out: fields, numbers, scores", fields);
	check_case("out: short and waiting writes", short_writes);
	check_case("out: unbuffered and idle", unbuffered);
	check_case("out: the first error is kept", errors_are_kept);
	check_case("out: rows in memory", in_memory);
	check_case("out: escaped copies", escape_copies);
	return check_done();
}
