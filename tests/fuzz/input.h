/* SPDX-License-Identifier: ISC */
#ifndef TESTS_FUZZ_INPUT_H
#define TESTS_FUZZ_INPUT_H

/* input - the bytes of a fuzzer as what the code under test reads.  Needs
 * _GNU_SOURCE for memfd_create(2). */

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "common/str.h"

/* Report `what` unless it holds. */
#define MUST(x, what)                                                          \
	do {                                                                   \
		if (!(x))                                                      \
			return (what);                                         \
	} while (0)

/* Bytes as a file with a name, and as a list of names to be read. */
struct file {
	int fd;
	char name[40];
	char *args[2];
};

static inline void
file_of(struct file *f, struct str s)
{
	f->fd = memfd_create("fuzz", 0);
	if (f->fd == -1 || write(f->fd, s.p, s.n) != (ssize_t)s.n)
		abort();
	snprintf(f->name, sizeof(f->name), "/proc/self/fd/%d", f->fd);
	f->args[0] = f->name;
	f->args[1] = NULL;
}

/* The first byte of an input chooses; 0 if there is none. */
static inline unsigned
choice(struct str *s)
{
	unsigned first = s->n == 0 ? 0 : s->p[0];

	*s = str_sub(*s, s->n > 0, s->n);
	return first;
}

#endif
