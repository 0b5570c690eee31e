/* SPDX-License-Identifier: ISC */
#ifndef UNIT_WRITTEN_H
#define UNIT_WRITTEN_H

#include <stdlib.h>
#include <unistd.h>

#include "common/str.h"

/* written - a file for what is read by its name, written anew each time. */

struct written {
	char name[32];
	int fd;
};

static inline void
written_open(struct written *w)
{
	*w = (struct written){.name = "/tmp/newsieve-unit.XXXXXX"};
	w->fd = mkstemp(w->name);
	if (w->fd == -1)
		abort();
}

static inline void
written_put(const struct written *w, struct str s)
{
	/* To truncate to nothing first may wait for the disk. */
	if (pwrite(w->fd, s.p, s.n, 0) != (ssize_t)s.n ||
	    ftruncate(w->fd, (off_t)s.n) == -1)
		abort();
}

static inline void
written_close(const struct written *w)
{
	close(w->fd);
	unlink(w->name);
}

#endif
