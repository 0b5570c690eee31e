/* SPDX-License-Identifier: ISC */
#ifndef UNIT_FEED_H
#define UNIT_FEED_H

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/in.h"
#include "common/out.h"

#include "cmd/docsplit/docsplit.h"
#include "cmd/docsplit/reader.h"

/*
 * feed - what docsplit makes of some bytes, for the tests of its readers.
 */

/* The most that goes into a socket at once. */
#define FEED_PACKET ((size_t)100000)

struct feed {
	struct out rows, table; /* as written, in memory */
	struct docsplit_counts counts;
	size_t faults;  /* how often readers found something at fault */
	size_t kinds;   /* and how many kinds of that */
	int got, error; /* what the reader returned, and errno */

	struct str rest; /* of the input */
	size_t step;
	int to;  /* the socket's end that is written to, or -1 */
	int bad; /* what cannot be read, to stand at the end, or -1 */
};

/* The reader is about to wait: give it the next packet, or the end. */
static inline void
feed_more(void *arg)
{
	struct feed *feed = arg;
	const struct str s = feed->rest;
	size_t n = s.n < feed->step ? s.n : feed->step;

	if (feed->to == -1)
		return;
	if (n == 0) {
		close(feed->to);
		feed->to = -1;
		if (feed->bad != -1)
			dup2(feed->bad, STDIN_FILENO);
	} else if (write(feed->to, s.p, n) != (ssize_t)n) {
		abort();
	}
	feed->rest = str_sub(s, n, s.n);
}

/* Make standard input something that gives one packet for each read(2). */
static inline void
feed_open(struct feed *feed, struct str s, size_t step)
{
	int end[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, end) == -1 ||
	    dup2(end[1], STDIN_FILENO) == -1)
		abort();
	close(end[1]);
	*feed = (struct feed){
	    .rows = {.fd = OUT_MEMORY},
	    .table = {.fd = OUT_MEMORY},
	    .rest = s,
	    .step = step < FEED_PACKET ? step : FEED_PACKET,
	    .to = end[0],
	};
}

/*
 * Read `s`, at most `step` bytes for each read(2), as a file called "-".
 * Behind it the descriptor `bad` is read, unless it is -1.
 */
static inline void
feed_until(struct feed *feed, reader_fn *read, struct str s, size_t step,
    const struct docsplit_options *split, const struct reader_options *options,
    int bad)
{
	static char *const none[] = {NULL};
	const struct fault *faults[DOCSPLIT_FAULTS_ALL];
	struct docsplit *d;
	struct in in;
	size_t i, n;

	feed_open(feed, s, step);
	feed->bad = bad;
	d = docsplit_new(split, &feed->rows, &feed->table);
	in_init(&in, none, DOCSPLIT_BLOCK_MAX);
	in.idle = feed_more;
	in.idle_arg = feed;
	if (in_next(&in) != 1)
		abort();
	docsplit_file(d, in.name, 1);
	feed->got = read(d, &in, options);
	feed->error = feed->got == -1 ? errno : 0;
	feed->counts = *docsplit_counts(d);
	n = docsplit_faults(d, faults);
	/* The first three are not the readers'. */
	for (i = 3; i < n; i++) {
		feed->faults += faults[i]->n;
		feed->kinds++;
	}
	in_free(&in);
	docsplit_free(d);
	if (feed->to != -1)
		close(feed->to);
}

/* The same, and then the end of the file. */
static inline void
feed(struct feed *feed, reader_fn *read, struct str s, size_t step,
    const struct docsplit_options *split, const struct reader_options *options)
{
	feed_until(feed, read, s, step, split, options, -1);
}

/* What was written, which is not NULL. */
static inline struct str
feed_out(const struct out *out)
{
	return out->n == 0 ? STR_LIT("") : (struct str){out->buf, out->n};
}

static inline struct str
feed_rows(const struct feed *feed)
{
	return feed_out(&feed->rows);
}

static inline struct str
feed_table(const struct feed *feed)
{
	return feed_out(&feed->table);
}

static inline void
feed_free(struct feed *feed)
{
	out_close(&feed->rows);
	out_close(&feed->table);
}

#endif
