/* SPDX-License-Identifier: ISC */
#ifndef COMMON_OPT_H
#define COMMON_OPT_H

#include <stddef.h>

#include "common/fault.h"
#include "common/in.h"

/*
 * opt - one table of options drives getopt_long(3), --help and the tests
 * that hold it against the manual; and the last words of a run.
 *
 * A table is sorted by name and ends with OPT_COMMON; OPT_ROWS comes before
 * that in the tools that read rows.  The options of both are handled here
 * and end up in the fields of struct opt.  Besides main() this is the only
 * module that prints or exits for the user's mistakes (status 2).
 */

struct opt_spec {
	int ch;           /* short letter, or 256 and above for none */
	const char *name; /* long name */
	const char *arg;  /* name of the argument, in [] if it may be left
			   * out, NULL for none */
	const char *help; /* one line, no capital, no full stop */
};

/* Option codes without a letter; a tool's own start at OPT_OWN. */
enum { OPT_STATS = 256, OPT_MAX_DOC, OPT_OFFSETS, OPT_PROGRESS, OPT_OWN };

#define OPT_JOBS_MAX 256

/* How a tool that reads rows is told to take its input. */
#define OPT_ROWS                                                               \
	{'f', "format", "FMT", "input is auto (default), rows or plain"},      \
	    {'H', "header", NULL, "first input row is a header; write one"},   \
	    {'j', "jobs", "N", "work with N threads; 0: one per core"},        \
	{                                                                      \
		OPT_MAX_DOC, "max-doc", "SIZE",                                \
		    "handle longer documents in parts (default 64M)"           \
	}

#define OPT_OFFSET_UNITS                                                       \
	{                                                                      \
		OPT_OFFSETS, "offsets", "UNIT",                                \
		    "count offsets in points (default), bytes or utf16"        \
	}

#define OPT_COMMON                                                             \
	{'h', "help", NULL, "print this help"},                                \
	    {OPT_PROGRESS, "progress", "[WHEN]",                               \
		"say how far it is, auto (default) or always"},                \
	    {OPT_STATS, "stats", NULL, "print counts on stderr at the end"},   \
	    {'s', "strict", NULL, "stop at the first damaged input"},          \
	    {'u', "unbuffered", NULL, "write out after every row"},            \
	    {'V', "version", NULL, "print the version"},                       \
	{                                                                      \
		0, NULL, NULL, NULL                                            \
	}

struct opt {
	int ch;          /* the option just returned, as opt_next() gave it */
	const char *arg; /* its argument, or NULL */
	char **rest;     /* operands, NULL-ended, after the last option */
	/* what the common options said */
	int format;  /* index into `formats`; rows tools: enum doc_format */
	int header;  /* -H */
	size_t jobs; /* -j: threads that work, 1 to OPT_JOBS_MAX */
	int offsets; /* 0 points, 1 bytes, 2 utf16: enum utf_unit */
	int stats;
	int strict;
	int unbuffered;
	int progress;   /* 0 none, 1 line, 2 log: enum progress_how */
	size_t max_doc; /* bytes */

	int reread;  /* opt_reread() was called */
	int missing; /* some operand could not be opened */

	/* the words -f takes; set it before opt_next() to take others */
	const char *const *formats;

	const char *name; /* of the tool */
	const char *tool; /* what it was called by, for messages */
	const char *about, *operands;
	const struct opt_spec *spec;
	int argc;
	char **argv;
};

/*
 * Start on the arguments of main() of the tool `name`.  Messages, as those of
 * err(3), and usage go by what it was called, which make install may have
 * changed (PROGPREFIX); --version by `name`.  `about` is one line, `operands`
 * what follows the options in the usage line.  Also readies the process:
 * standard descriptors that are closed give errors instead of being taken by a
 * file, a file size limit gives EFBIG instead of a signal.
 */
void opt_init(struct opt *, const char *name, const char *about,
    const char *operands, const struct opt_spec *, int argc, char *argv[]);

/*
 * The next of the tool's own options: its `ch`, or -1 at the end.  At the end
 * tells a user whose terminal is going to be read what is waited for.
 */
int opt_next(struct opt *);

/* Index of the current argument among the NULL-ended `words`, or exit. */
int opt_choice(const struct opt *, const char *const *words);

/* The current argument as a number of bytes from `min` to `max`, with an
 * optional suffix K, M or G (powers of 1024), or exit. */
size_t opt_size(const struct opt *, size_t min, size_t max);

/* The current argument as a decimal number from `low` to `high`, whatever the
 * locale, or exit. */
double opt_number(const struct opt *, double low, double high);

/* For --two-pass, before input is read: exit unless each operand is a regular
 * file, which can be read again from its start.  It has to be there then. */
void opt_reread(struct opt *);

/*
 * Ready `in` for the operands, after the last option.  One that cannot be
 * opened is said, and the run goes on to the next; opt_report() has status 2
 * for it.  Under -s, and after opt_reread(), in_next() fails instead.
 */
void opt_input(struct opt *, struct in *);

/*
 * Call it after the last option, before input is read: sandbox_enter() with
 * the operands as files, unless NEWSIEVE_SANDBOX=0 is in the environment.
 */
void opt_sandbox(const struct opt *, const char *keep, int may);

/* Exit with status 2 and a usage hint after printing `message`. */
_Noreturn void opt_usage(const struct opt *, const char *message);

/* Exit with status 2 for what errno value `error`, perhaps one of
 * common/fault.h, says of a file; line 0 is not said. */
_Noreturn void opt_fail(int error, const char *file, size_t line);

/* Exit with status 2 for the argument of the option just returned:
 * "tool: --name=argument: what the format says". */
_Noreturn void opt_bad(const struct opt *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * Exit with status 2, or go on, after printing "tool: message".  What is said
 * is one clean line, whatever the names of files in it hold: TAB, LF and CR
 * are escaped as in rows, other control characters and ill-formed bytes
 * become U+FFFD.
 */
_Noreturn void
opt_die(const char *format, ...) __attribute__((format(printf, 1, 2)));
void opt_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Say every fault that occurred.  Returns the highest of their statuses, 2 if
 * files could not be opened. */
int opt_report(const struct opt *, const struct fault *const *, size_t n);

/* With --stats, print "tool: key=value ..."; keys and values alternate. */
struct opt_count {
	const char *key;
	size_t value;
};
void opt_stats(const struct opt *, const struct opt_count *, size_t n);

#endif
