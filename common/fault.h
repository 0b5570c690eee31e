/* SPDX-License-Identifier: ISC */
#ifndef COMMON_FAULT_H
#define COMMON_FAULT_H

#include <stddef.h>

/*
 * fault - one kind of trouble with the input: how often, and where first.
 *
 * Modules count faults; opt_report() says them at the end.
 */
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

#endif
