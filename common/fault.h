/* SPDX-License-Identifier: ISC */
#ifndef COMMON_FAULT_H
#define COMMON_FAULT_H

#include <stddef.h>

/*
 * fault - one kind of trouble with the input: how often, and where first.
 *
 * Modules count faults; opt_report() says them at the end.  What ends a run
 * they give as errno, and opt_fail() says it.
 */
/* Values for errno that no call of the system gives. */
enum {
	FAULT_HEADER = -2, /* a file that begins with a header, unasked */
	FAULT_ORDER = -1   /* rows that should be sorted and are not */
};

struct fault {
	const char *what; /* "malformed row skipped" */
	int status;       /* exit status it leads to: 0 or 1 */
	size_t n;
	const char *file; /* of the first; lives as long as argv */
	size_t line;      /* of the first, from 1 */
};

static inline void
fault_add(struct fault *f, size_t n, const char *file, size_t line)
{
	if (n > 0 && f->n == 0) {
		f->file = file;
		f->line = line;
	}
	f->n += n;
}

/* Add what one of several workers counted.  The first place is that of the
 * lowest line, so that it does not depend on who was first. */
static inline void
fault_join(struct fault *f, const struct fault *more)
{
	if (more->n > 0 && (f->n == 0 || more->line < f->line)) {
		f->file = more->file;
		f->line = more->line;
	}
	f->n += more->n;
}

#endif
