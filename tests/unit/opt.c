/* SPDX-License-Identifier: ISC */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/opt.h"

#include "tests/unit/check.h"
#include "tests/unit/vary.h"

/* Where to go on when an argument is refused, if this does not end it all. */
static struct {
	jmp_buf to;
	int set;
} refusal;

/* Stands in for that of the C library: a million refusals want no processes. */
void
errx(int status, const char *format, ...)
{
	va_list args;

	if (refusal.set)
		longjmp(refusal.to, 1);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	exit(status);
}

static const struct opt_spec table[] = {
    {'c', "config", "FILE", "use the list in FILE"},
    {'n', "number", "N", "a number from 3 to 9"},
    {OPT_OWN, "size", "SIZE", "a size from 10 to 2G"},
    OPT_OFFSET_UNITS,
    OPT_ROWS,
    OPT_COMMON,
};

/* What a tool would do with its options: print what they said. */
static int
tool(int argc, char *argv[])
{
	struct opt opt;
	int ch;

	opt_init(&opt, "tool", "About it.", "[file ...]", table, argc, argv);
	while ((ch = opt_next(&opt)) != -1) {
		if (ch == 'c')
			printf("c=%s ", opt.arg);
		else if (ch == 'n')
			printf("n=%zu ", opt_size(&opt, 3, 9));
		else if (ch == OPT_OWN)
			printf(
			    "size=%zu ", opt_size(&opt, 10, (size_t)2 << 30));
		else
			printf("%d is not ours ", ch);
	}
	printf("f=%d H=%d o=%d m=%zu s=%d u=%d stats=%d", opt.format,
	    opt.header, opt.offsets, opt.max_doc, opt.strict, opt.unbuffered,
	    opt.stats);
	for (; *opt.rest != NULL; opt.rest++)
		printf(" %s", *opt.rest);
	return 0;
}

/* Run tool() on up to seven words; output, messages and status go to `to`. */
static struct str
run(const char *line, char to[8192])
{
	char words[200], *argv[9] = {NULL}, name[] = "/tmp/newsieve-opt.XXXXXX";
	int argc = 0, fd = mkstemp(name), status;
	ssize_t n;
	char *word;

	snprintf(
	    words, sizeof(words), "tool%s%s", line[0] == '\0' ? "" : " ", line);
	for (word = words; word != NULL && argc < 8; argc++) {
		argv[argc] = word;
		if ((word = strchr(word, ' ')) != NULL)
			*word++ = '\0';
	}
	fflush(stdout);
	if (fork() == 0) {
		dup2(fd, STDOUT_FILENO);
		dup2(fd, STDERR_FILENO);
		optind = 1;
		exit(tool(argc, argv));
	}
	wait(&status);
	n = pread(fd, to, 8000, 0);
	close(fd);
	unlink(name);
	n += snprintf(to + n, 100, " [%d]", WEXITSTATUS(status));
	return (struct str){(const unsigned char *)to, (size_t)n};
}

static void
expect(const char *line, const char *want)
{
	char buf[8192];

	CHECK_STR(run(line, buf), str_of(want));
}

/* Status 2 and a message that has `what` in it. */
static void
refuse(const char *line, const char *what)
{
	char buf[8192];
	struct str got = run(line, buf);

	if (!CHECK(str_ends(got, STR_LIT(" [2]")) && strstr(buf, what)))
		printf("# %s: %s\n", line, buf);
}

static void
taken(void)
{
	expect("", "f=0 H=0 o=0 m=67108864 s=0 u=0 stats=0 [0]");
	expect("-j 256 --progress=auto - a",
	    "f=0 H=0 o=0 m=67108864 s=0 u=0 stats=0 - a [0]");
	expect("-f rows -Hsu --stats a b",
	    "f=1 H=1 o=0 m=67108864 s=1 u=1 stats=1 a b [0]");
	expect("--format=plain --offsets utf16 --max-doc=8K -- -x",
	    "f=2 H=0 o=2 m=8192 s=0 u=0 stats=0 -x [0]");
	expect("-c x -cy a --config=z",
	    "c=x c=y c=z f=0 H=0 o=0 m=67108864 s=0 u=0 stats=0 a [0]");
	expect(
	    "-n 3 -n9", "n=3 n=9 f=0 H=0 o=0 m=67108864 s=0 u=0 stats=0 [0]");
	expect("--size 10 --size=2G --size=3M",
	    "size=10 size=2147483648 size=3145728 "
	    "f=0 H=0 o=0 m=67108864 s=0 u=0 stats=0 [0]");
	expect("- a", "f=0 H=0 o=0 m=67108864 s=0 u=0 stats=0 - a [0]");
}

static void
refused(void)
{
	static const char *const numbers[] = {"-n 2", "-n 10", "-n x", "-n 4x",
	    "-n -4", "-n +4", "-n 0x5", "-n 99999999999999999999", "-n ,"};
	static const char *const sizes[] = {"--size=9", "--size=3G",
	    "--size=1T", "--size=K", "--size=1KK", "--size=-1",
	    "--size=99999999999999999999", "--size=18446744073709551615G"};
	size_t i;

	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		refuse(numbers[i], ": not a size from 3 to 9 bytes; ");
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		refuse(sizes[i], "not a size from 10 to 2147483648 bytes");
	refuse("-f xml", "auto rows plain");
	refuse("--offsets=words", "--offsets=words: not one of points");
	refuse("-n x", "--number=x: not a size");
	refuse("-c a -n\x1b[2J\n\t\\ ",
	    "--number=\xef\xbf\xbd[2J\\n\\t\\: not a size");
	refuse("-n \xe9", "--number=\xef\xbf\xbd: not a size");
	refuse("-Q", "Try 'tool --help'");
	refuse("--quite", "Try 'tool --help'");
	refuse("-c", "Try 'tool --help'");
	refuse("--header=x", "Try 'tool --help'");
	refuse("--max-doc=1K", "not a size");
	refuse("-j 257", "not a number of threads from 0 to 256");
}

static void
help_and_version(void)
{
	char buf[8192];
	struct str got = run("--help", buf);

	CHECK(str_starts(got, STR_LIT("usage: tool [options] [file ...]\n")));
	CHECK(str_ends(got, STR_LIT(" [0]")));
	CHECK(strstr(buf, "\n  -c, --config=FILE        use the list") != NULL);
	CHECK(strstr(buf, "\n      --size=SIZE          a size") != NULL);
	CHECK(strstr(buf, "\n  -V, --version ") != NULL);
	got = run("-V", buf);
	CHECK(str_starts(got, STR_LIT("tool (newsieve) ")));
	CHECK(str_ends(got, STR_LIT("\n [0]")));
}

/* --help on a full disk is a write error. */
static void
full_disk(void)
{
	char name[] = "tool", help[] = "--help", *argv[] = {name, help, NULL};
	int status;

	fflush(stdout);
	if (fork() == 0) {
		dup2(open("/dev/full", O_WRONLY), STDOUT_FILENO);
		close(STDERR_FILENO);
		optind = 1;
		exit(tool(2, argv));
	}
	wait(&status);
	CHECK_EQ((size_t)WEXITSTATUS(status), 2);
}

/* Closed descriptors are not handed to the next file that is opened. */
static void
closed_descriptors(void)
{
	char name[] = "tool", *argv[] = {name, NULL};
	int status;

	fflush(stdout);
	if (fork() == 0) {
		struct opt opt;
		char c;
		int fd;

		close(0);
		close(1);
		close(2);
		opt_init(&opt, "tool", "", "", table, 1, argv);
		fd = open("/dev/null", O_RDWR);
		if (fd < 3 || read(0, &c, 1) != -1 || errno != EBADF)
			_exit(1);
		_exit(write(1, &c, 1) != -1 || errno != EBADF);
	}
	wait(&status);
	CHECK_EQ((size_t)WEXITSTATUS(status), 0);
}

static void
reports(void)
{
	struct fault none = {"never said", 1, 0, NULL, 0};
	struct fault one = {"odd", 0, 1, "a.txt", 3};
	struct fault more = {"bad", 1, 7, "b\n\033.txt", 9};
	const struct fault *v[] = {&none, &one, &more};
	char gone[] = "/nonexistent/c.txt", *files[] = {gone, NULL};
	struct opt opt = {.rest = files};
	struct opt strict = {.rest = files, .strict = 1};
	struct opt reread = {.rest = files, .reread = 1};
	struct in in;
	char name[] = "/tmp/newsieve-opt.XXXXXX", buf[400] = "";
	int fd = mkstemp(name), old = dup(STDERR_FILENO);

	dup2(fd, STDERR_FILENO);
	CHECK_EQ((size_t)opt_report(&opt, v, 1), 0);
	CHECK_EQ((size_t)opt_report(&opt, v, 2), 0);
	CHECK_EQ((size_t)opt_report(&opt, v, 3), 1);
	opt_input(&opt, &in);
	CHECK_EQ((size_t)in_next(&in), 0);
	CHECK_EQ((size_t)opt_report(&opt, v, 1), 2);
	opt_input(&strict, &in);
	CHECK(in_next(&in) == -1 && errno == ENOENT);
	CHECK_EQ((size_t)opt_report(&strict, v, 1), 0);
	opt_input(&reread, &in);
	CHECK(in_next(&in) == -1 && errno == ENOENT);
	CHECK_EQ((size_t)opt_report(&reread, v, 1), 0);
	dup2(old, STDERR_FILENO);
	CHECK(pread(fd, buf, sizeof(buf) - 1, 0) > 0);
	CHECK(strstr(buf, ": a.txt:3: odd\n") != NULL);
	CHECK(strstr(buf, ": b\\n\xef\xbf\xbd.txt:9: bad (first of 7)\n") !=
	      NULL);
	CHECK(strstr(buf, "/c.txt: No such file") == strrchr(buf, '/'));
	CHECK(strstr(buf, "never") == NULL);
	close(fd);
	unlink(name);
}

/* How many digits there are. */
static size_t
digits(const char *s)
{
	return strspn(s, "0123456789");
}

/* The number of `n` digits, SIZE_MAX if it is that or larger. */
static size_t
model_integer(const char *s, size_t n)
{
	size_t value = 0;

	for (; n > 0; n--, s++) {
		if (value > (SIZE_MAX - (size_t)(*s - '0')) / 10)
			return SIZE_MAX;
		value = 10 * value + (size_t)(*s - '0');
	}
	return value;
}

/* Whether a size is good, and what it is. */
static int
model_size(const char *s, size_t min, size_t max, size_t *value)
{
	size_t n = digits(s), unit = 1;

	if (n == 0 || strlen(s) > n + 1)
		return 0;
	if (s[n] != '\0') {
		if (!strchr("KMG", s[n]))
			return 0;
		unit = s[n] == 'K' ? 1024 : s[n] == 'M' ? 1048576 : 1073741824;
	}
	*value = model_integer(s, n);
	if (*value > max / unit)
		return 0;
	*value *= unit;
	return *value >= min;
}

static int
model_number(const char *s, double low, double high, double *value)
{
	const char *p = s + (*s == '-' || *s == '+');
	size_t before = digits(p), after = 0;

	p += before;
	if (*p == '.') {
		p++;
		after = digits(p);
		p += after;
	}
	if (before + after == 0 || *p != '\0')
		return 0;
	*value = strtod(s, NULL);
	return *value >= low && *value <= high;
}

/* Words that are numbers, or nearly. */
static const char *
make_number(struct vary *v)
{
	static const char *const signs[] = {"", "", "", "-", "+", " "};
	static const char *const wholes[] = {"0", "1", "9", "3", "10", "256",
	    "257", "4096", "", "18446744073709551615", "18446744073709551616",
	    "2147483648", "2147483649", "17179869184", "0009", "2097152"};
	static const char *const ends[] = {
	    "", "", "K", "M", "G", "T", ".", ".5", ".25", ".0", "e1", "KK"};

	v->n = 0;
	vary_word(v, signs, sizeof(signs) / sizeof(signs[0]));
	vary_word(v, wholes, sizeof(wholes) / sizeof(wholes[0]));
	vary_word(v, ends, sizeof(ends) / sizeof(ends[0]));
	vary_spoil(v, 0, STR_LIT("0123456789.-+KMG xe,"));
	vary_byte(v, '\0');
	return (const char *)v->p;
}

/* What one of the readers makes of an argument, or that it is refused. */
static int
reads(struct opt *opt, size_t min, size_t max, size_t *size)
{
	if (setjmp(refusal.to) != 0)
		return 0;
	*size = opt_size(opt, min, max);
	return 1;
}

static int
reads_number(struct opt *opt, double low, double high, double *number)
{
	if (setjmp(refusal.to) != 0)
		return 0;
	*number = opt_number(opt, low, high);
	return 1;
}

static int
reads_jobs(const char *arg, size_t *jobs)
{
	char name[] = "tool", letter[] = "-j", word[64];
	char *argv[] = {name, letter, word, NULL};
	struct opt opt;

	snprintf(word, sizeof(word), "%s", arg);
	if (setjmp(refusal.to) != 0)
		return 0;
	optind = 1;
	opt_init(&opt, name, "", "", table, 3, argv);
	CHECK(opt_next(&opt) == -1);
	*jobs = opt.jobs;
	return 1;
}

static void
numbers_equal_model(void)
{
	static const size_t ranges[][2] = {{3, 9}, {10, (size_t)2 << 30},
	    {0, SIZE_MAX - 1}, {4096, (size_t)1 << 31}, {0, 256}};
	static const double spans[][2] = {{0, 1}, {-9, 9}, {0.25, 256}};
	const size_t rounds = check_count();
	struct vary v = {.state = 31};
	size_t i, taken = 0;

	refusal.set = 1;
	for (i = 0; i < rounds; i++) {
		const size_t *r = ranges[vary_below(&v, 5)];
		const double *span = spans[vary_below(&v, 3)];
		struct opt opt = {
		    .spec = table, .ch = 'n', .arg = make_number(&v)};
		double got = 0, want = 0;
		size_t size = 0, model = 0;
		int good = model_size(opt.arg, r[0], r[1], &model);

		CHECK(reads(&opt, r[0], r[1], &size) == good);
		CHECK_EQ(size, good ? model : 0);
		taken += (size_t)good;
		good = model_number(opt.arg, span[0], span[1], &want);
		if (!CHECK(reads_number(&opt, span[0], span[1], &got) == good))
			printf("# %s\n", opt.arg);
		if (good)
			CHECK(fabs(got - want) <= 1e-12 * (1 + fabs(want)));
		taken += (size_t)good;
		good = digits(opt.arg) == strlen(opt.arg) &&
		       model_size(opt.arg, 0, OPT_JOBS_MAX, &model);
		if (i % 8 == 0) {
			CHECK(reads_jobs(opt.arg, &size) == good);
			if (good)
				CHECK(model == 0 ? size >= 1 : size == model);
		}
	}
	refusal.set = 0;
	CHECK(taken > rounds / 10 && taken < rounds);
}

int
main(void)
{
	check_case("opt: options are taken", taken);
	check_case("opt: bad ones are refused", refused);
	check_case("opt: help and version", help_and_version);
	check_case("opt: help on a full disk", full_disk);
	check_case("opt: closed descriptors", closed_descriptors);
	check_case("opt: reports", reports);
	check_case("opt: numbers equal the model", numbers_equal_model);
	return check_done();
}
