/* SPDX-License-Identifier: ISC */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/escape.h"
#include "common/opt.h"
#include "common/sandbox.h"
#include "common/utf.h"

#define OPT_MAX     64 /* options in one table */
#define OPT_VERSION "0.1.0"

/* Bytes of a message: a name as long as any may be, and what is said of it. */
#define OPT_SAID (4096 + 1024)

static void clean(char to[6 * OPT_SAID + 1], const char *format, va_list)
    __attribute__((format(printf, 2, 0)));
static int missing(void *, const char *file, int error);
static const char *called(const char *by, const char *name);
static void no_file(const struct opt *);
static int common(struct opt *, int);
static size_t jobs(const struct opt *);
static int progress(const struct opt *);
static void at_terminal(const struct opt *);
static void guard_descriptors(void);
static void help(const struct opt *);
static int sandbox_wanted(void);
static void version(const struct opt *);
static void flush_stdout(void);

static const char *const formats[] = {"auto", "rows", "plain", NULL};
static const char *const units[] = {"points", "bytes", "utf16", NULL};

void
opt_init(struct opt *opt, const char *name, const char *about,
    const char *operands, const struct opt_spec *spec, int argc, char *argv[])
{
	*opt = (struct opt){
	    .name = name,
	    .tool = called(argv[0], name),
	    .about = about,
	    .operands = operands,
	    .formats = formats,
	    .spec = spec,
	    .argc = argc,
	    .argv = argv,
	    .jobs = 1,
	    .max_doc = (size_t)64 << 20,
	};
	guard_descriptors();
	signal(SIGXFSZ, SIG_IGN);
}

int
opt_next(struct opt *opt)
{
	struct option longs[OPT_MAX + 1] = {{NULL, 0, NULL, 0}};
	char shorts[2 * OPT_MAX + 1];
	size_t i, n = 0;
	int ch;

	for (i = 0; i < OPT_MAX && opt->spec[i].name != NULL; i++) {
		const struct opt_spec *o = &opt->spec[i];

		longs[i] = (struct option){o->name,
		    o->arg == NULL     ? no_argument
		    : o->arg[0] == '[' ? optional_argument
				       : required_argument,
		    NULL, o->ch};
		if (o->ch < 256) {
			shorts[n++] = (char)o->ch;
			if (o->arg != NULL)
				shorts[n++] = ':';
		}
	}
	shorts[n] = '\0';
	do {
		ch = getopt_long(opt->argc, opt->argv, shorts, longs, NULL);
		opt->ch = ch;
		opt->arg = optarg;
		opt->rest = opt->argv + optind;
		if (ch == '?')
			opt_usage(opt, NULL);
		no_file(opt);
	} while (ch != -1 && common(opt, ch));
	if (ch == -1)
		at_terminal(opt);
	return ch;
}

int
opt_choice(const struct opt *opt, const char *const *words)
{
	char list[256] = "";
	size_t n = 0;
	int i;

	for (i = 0; words[i] != NULL; i++) {
		if (strcmp(opt->arg, words[i]) == 0)
			return i;
		if (n < sizeof(list))
			n += (size_t)snprintf(
			    list + n, sizeof(list) - n, " %s", words[i]);
	}
	opt_bad(opt, "not one of%s", list);
}

size_t
opt_size(const struct opt *opt, size_t min, size_t max)
{
	static const char suffix[] = "KMG";
	uintmax_t number;
	const char *unit;
	int shift = 0;
	char *end;

	errno = 0;
	number = strtoumax(opt->arg, &end, 10);
	if (*end != '\0' && (unit = strchr(suffix, *end)) != NULL) {
		shift = 10 * (int)(unit - suffix + 1);
		end++;
	}
	if (opt->arg[0] < '0' || opt->arg[0] > '9' || *end != '\0' ||
	    errno != 0 || number > (max >> shift) || number << shift < min)
		opt_bad(opt,
		    "not a size from %zu to %zu bytes; it may end in K, M or G",
		    min, max);
	return (size_t)(number << shift);
}

double
opt_number(const struct opt *opt, double low, double high)
{
	const char *p = opt->arg;
	double value = 0, unit = 1;
	int minus = *p == '-', digits = 0;

	p += *p == '-' || *p == '+';
	for (; *p >= '0' && *p <= '9'; p++, digits++)
		value = 10 * value + (*p - '0');
	p += *p == '.';
	for (; *p >= '0' && *p <= '9'; p++, digits++)
		value += (unit /= 10) * (*p - '0');
	value = minus ? -value : value;
	if (digits == 0 || *p != '\0' || value < low || value > high)
		opt_bad(opt, "not a number from %g to %g", low, high);
	return value;
}

void
opt_reread(struct opt *opt)
{
	char dash[] = "-", *none[] = {dash, NULL};
	char **p = *opt->rest == NULL ? none : opt->rest;

	opt->reread = 1;
	for (; *p != NULL; p++) {
		struct stat st = {.st_mode = 0};

		if (strcmp(*p, "-") != 0 && stat(*p, &st) == -1)
			opt_fail(errno, *p, 0);
		if (!S_ISREG(st.st_mode))
			opt_die("%s: --two-pass reads each file twice, which "
				"must be a regular one",
			    *p);
	}
}

void
opt_input(struct opt *opt, struct in *in)
{
	in_init(in, opt->rest, IN_ROW_MAX);
	in->missing = missing;
	in->missing_arg = opt;
}

void
opt_sandbox(const struct opt *opt, const char *keep, int may)
{
	if (sandbox_wanted())
		(void)sandbox_enter(opt->rest, keep, may);
}

_Noreturn void
opt_usage(const struct opt *opt, const char *message)
{
	if (message != NULL)
		warnx("%s", message);
	fprintf(stderr,
	    "usage: %s [options] %s\nTry '%s --help' for the options.\n",
	    opt->tool, opt->operands, opt->tool);
	exit(2);
}

_Noreturn void
opt_fail(int error, const char *file, size_t line)
{
	const char *why = error == FAULT_ORDER
			      ? "not sorted: sort with LC_ALL=C"
			      : strerror(error);

	/* It is on the first line, and more may have been read. */
	if (error == FAULT_HEADER)
		opt_die("%s:1: looks like a header: -H reads it as one", file);
	if (line == 0)
		opt_die("%s: %s", file, why);
	opt_die("%s:%zu: %s", file, line, why);
}

_Noreturn void
opt_bad(const struct opt *opt, const char *format, ...)
{
	const struct opt_spec *o = opt->spec;
	char why[OPT_SAID];
	va_list args;

	while (o->ch != opt->ch && o->name != NULL)
		o++;
	va_start(args, format);
	vsnprintf(why, sizeof(why), format, args);
	va_end(args);
	opt_die("--%s=%s: %s", o->name, opt->arg, why);
}

_Noreturn void
opt_die(const char *format, ...)
{
	char said[6 * OPT_SAID + 1];
	va_list args;

	va_start(args, format);
	clean(said, format, args);
	va_end(args);
	errx(2, "%s", said);
}

void
opt_warn(const char *format, ...)
{
	char said[6 * OPT_SAID + 1];
	va_list args;

	va_start(args, format);
	clean(said, format, args);
	va_end(args);
	warnx("%s", said);
}

int
opt_report(const struct opt *opt, const struct fault *const *faults, size_t n)
{
	int status = opt->missing ? 2 : 0;
	size_t i;

	for (i = 0; i < n; i++) {
		const struct fault *f = faults[i];

		if (f->n == 0)
			continue;
		if (f->n == 1)
			opt_warn("%s:%zu: %s", f->file, f->line, f->what);
		else
			opt_warn("%s:%zu: %s (first of %zu)", f->file, f->line,
			    f->what, f->n);
		if (f->status > status)
			status = f->status;
	}
	return status;
}

void
opt_stats(const struct opt *opt, const struct opt_count *v, size_t n)
{
	size_t i;

	if (!opt->stats)
		return;
	fprintf(stderr, "%s:", opt->tool);
	for (i = 0; i < n; i++)
		fprintf(stderr, " %s=%zu", v[i].key, v[i].value);
	fputc('\n', stderr);
}

/* Whether a run goes on after a file that cannot be opened. */
static int
missing(void *arg, const char *file, int error)
{
	struct opt *opt = arg;

	if (opt->strict || opt->reread)
		return 0;
	opt->missing = 1;
	opt_warn("%s: %s%s", file, strerror(error),
	    error == EISDIR ? ": name the files in it" : "");
	return 1;
}

/* What is said, for a terminal: a name in it may hold any byte but NUL. */
static void
clean(char to[6 * OPT_SAID + 1], const char *format, va_list args)
{
	unsigned char said[OPT_SAID], line[2 * OPT_SAID];
	size_t i, n = 0, none = 0;

	vsnprintf((char *)said, sizeof(said), format, args);
	for (i = 0; said[i] != '\0'; i++) {
		unsigned char letter = escape_letter(said[i]);

		/* Patterns would be hard to read with each backslash twice. */
		if (said[i] == '\\')
			letter = 0;
		if (letter != 0)
			line[n++] = '\\';
		line[n++] = letter != 0 ? letter : said[i];
	}
	n = utf_repair((unsigned char *)to, (struct str){line, n}, &none);
	to[n] = '\0';
}

/* The last part of the path `by`, or `name` where there is none. */
static const char *
called(const char *by, const char *name)
{
	const char *slash = by == NULL ? NULL : strrchr(by, '/');

	if (slash != NULL)
		by = slash + 1;
	return by == NULL || *by == '\0' ? name : by;
}

/* Exit if a file is to be named and is not: by a script's unset variable. */
static void
no_file(const struct opt *opt)
{
	const struct opt_spec *o = opt->spec;

	while (o->name != NULL && o->ch != opt->ch)
		o++;
	if (o->name != NULL && o->arg != NULL && opt->arg != NULL &&
	    opt->arg[0] == '\0' &&
	    (strcmp(o->arg, "FILE") == 0 || strcmp(o->arg, "PLAN") == 0))
		opt_bad(opt, "no name of a file");
}

/* Take one of the options that all tools share.  Returns 0 for others. */
static int
common(struct opt *opt, int ch)
{
	switch (ch) {
	case 'f':
		opt->format = opt_choice(opt, opt->formats);
		return 1;
	case 'H':
		opt->header = 1;
		return 1;
	case 'j':
		opt->jobs = jobs(opt);
		return 1;
	case OPT_MAX_DOC:
		/* A document must at least hold a line worth the name. */
		opt->max_doc = opt_size(opt, 4096, (size_t)1 << 31);
		return 1;
	case OPT_OFFSETS:
		opt->offsets = opt_choice(opt, units);
		return 1;
	case OPT_PROGRESS:
		opt->progress = progress(opt);
		return 1;
	case OPT_STATS:
		opt->stats = 1;
		return 1;
	case 's':
		opt->strict = 1;
		return 1;
	case 'u':
		opt->unbuffered = 1;
		return 1;
	case 'h':
		help(opt);
		flush_stdout();
		exit(0);
	case 'V':
		version(opt);
		flush_stdout();
		exit(0);
	default:
		return 0;
	}
}

static size_t
jobs(const struct opt *opt)
{
	unsigned long n;
	char *end;
	long cores;

	errno = 0;
	n = strtoul(opt->arg, &end, 10);
	if (opt->arg[0] < '0' || opt->arg[0] > '9' || *end != '\0' ||
	    errno != 0 || n > OPT_JOBS_MAX)
		opt_bad(
		    opt, "not a number of threads from 0 to %d", OPT_JOBS_MAX);
	if (n > 0)
		return n;
	cores = sysconf(_SC_NPROCESSORS_ONLN);
	if (cores < 1)
		return 1;
	return cores < OPT_JOBS_MAX ? (size_t)cores : OPT_JOBS_MAX;
}

/*
 * How to show progress: a line on a terminal, unless rows go there as well;
 * else nothing, or lines now and then if that is asked for.
 */
static int
progress(const struct opt *opt)
{
	static const char *const words[] = {"auto", "always", NULL};
	int always = opt->arg != NULL && opt_choice(opt, words) == 1;

	if (isatty(STDERR_FILENO) && (always || !isatty(STDOUT_FILENO)))
		return 1;
	return always ? 2 : 0;
}

static void
at_terminal(const struct opt *opt)
{
	if (*opt->rest == NULL && isatty(STDIN_FILENO))
		warnx("no file is named: type or paste text, then Ctrl-D "
		      "(or see %s --help)",
		    opt->tool);
}

/*
 * A closed standard descriptor would be given to the next file opened.  Put
 * /dev/null there, opened so that using it fails with EBADF.
 */
static void
guard_descriptors(void)
{
	int fd;

	for (fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) == -1 && errno == EBADF &&
		    open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd)
			_exit(2);
}

static void
help(const struct opt *opt)
{
	const struct opt_spec *o;

	printf("usage: %s [options] %s\n%s\n\n", opt->tool, opt->operands,
	    opt->about);
	for (o = opt->spec; o->name != NULL; o++) {
		char left[64];

		const char *arg = o->arg == NULL ? "" : o->arg;
		int may = arg[0] == '[';

		snprintf(left, sizeof(left), "%c%c%s --%s%s%s%s",
		    o->ch < 256 ? '-' : ' ', o->ch < 256 ? o->ch : ' ',
		    o->ch < 256 ? "," : " ", o->name, may ? "[" : "",
		    o->arg == NULL ? "" : "=", arg + may);
		printf("  %-24s %s\n", left, o->help);
	}
	printf("\nSee the manual %s(1), and newsieve(7) for the whole.\n",
	    opt->tool);
}

/* Who hunts a fault with a debugger's help may do without. */
static int
sandbox_wanted(void)
{
	const char *said = getenv("NEWSIEVE_SANDBOX");

	return said == NULL || strcmp(said, "0") != 0;
}

static void
version(const struct opt *opt)
{
	static const char *const what[] = {
	    "none", "Landlock", "seccomp", "Landlock, seccomp"};

	printf("%s (newsieve) %s\nsandbox: %s\n", opt->name, OPT_VERSION,
	    sandbox_wanted() ? what[sandbox_offers()]
			     : "off (NEWSIEVE_SANDBOX=0)");
}

static void
flush_stdout(void)
{
	if (fflush(stdout) == EOF || ferror(stdout))
		err(2, "stdout");
}
