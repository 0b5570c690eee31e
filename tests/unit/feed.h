/* SPDX-License-Identifier: ISC */
#ifndef UNIT_FEED_H
#define UNIT_FEED_H

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/in.h"
#include "common/out.h"

#include "cmd/docsplit/docsplit.h"
#include "cmd/docsplit/reader.h"

/*
 * feed - what docsplit makes of some bytes, for the tests of its readers.
 *
 * Input of up to some 100,000 bytes: it is put whole into a socket.
 */

#define FEED_PACKETS 64

struct feed {
	struct out rows, table; /* as written, in memory */
	size_t faults;          /* how often readers found something at fault */
	size_t kinds;           /* and how many kinds of that */
	int got, error;         /* what the reader returned, and errno */
};

/* Read `s`, at most `step` bytes for each read(2), as a file called "-". */
static inline void
feed(struct feed *feed, reader_fn *read, struct str s, size_t step,
    const struct docsplit_options *split, const struct reader_options *options)
{
	static char *const none[] = {NULL};
	const struct fault *faults[DOCSPLIT_FAULTS_ALL];
	struct docsplit *d;
	struct in in;
	int end[2];
	pid_t child = -1;
	size_t i, n;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, end) == -1)
		abort();
	/* A socket holds only so many packets: then someone else writes. */
	if (s.n / step > FEED_PACKETS && (child = fork()) == -1)
		abort();
	while (child <= 0 && s.n > 0) {
		n = s.n < step ? s.n : step;
		if (write(end[0], s.p, n) != (ssize_t)n)
			abort();
		s = str_sub(s, n, s.n);
	}
	if (child == 0)
		_exit(0);
	close(end[0]);
	if (dup2(end[1], STDIN_FILENO) == -1)
		abort();
	close(end[1]);
	*feed = (struct feed){
	    .rows = {.fd = OUT_MEMORY}, .table = {.fd = OUT_MEMORY}};
	d = docsplit_new(split, &feed->rows, &feed->table);
	in_init(&in, none, DOCSPLIT_BLOCK_MAX);
	if (in_next(&in) != 1)
		abort();
	docsplit_file(d, in.name, 1);
	feed->got = read(d, &in, options);
	feed->error = feed->got == -1 ? errno : 0;
	n = docsplit_faults(d, faults);
	/* The first three are not the readers'. */
	for (i = 3; i < n; i++) {
		feed->faults += faults[i]->n;
		feed->kinds++;
	}
	in_free(&in);
	docsplit_free(d);
	if (child != -1)
		waitpid(child, NULL, 0);
}

static inline struct str
feed_rows(const struct feed *feed)
{
	return (struct str){feed->rows.buf, feed->rows.n};
}

static inline struct str
feed_table(const struct feed *feed)
{
	return (struct str){feed->table.buf, feed->table.n};
}

static inline void
feed_free(struct feed *feed)
{
	out_close(&feed->rows);
	out_close(&feed->table);
}

#endif
