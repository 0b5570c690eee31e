/* SPDX-License-Identifier: ISC */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/in.h"
#include "common/mem.h"

static int open_file(const char *);
static int fill(struct in *);
static int make_room(struct in *);
static int skip_rest(struct in *);
static void wait_readable(struct in *);

void
in_init(struct in *in, char *const *args, size_t max)
{
	static char dash[] = "-";
	static char *const only_stdin[] = {dash, NULL};

	*in = (struct in){
	    .args = *args == NULL ? only_stdin : args,
	    .max = max,
	    .name = "-",
	    .fd = -1,
	    .cut = {.what = "over-long line cut", .status = 1},
	};
}

void
in_memory(struct in *in, const char *name, unsigned char *p, size_t n)
{
	static char *const none[] = {NULL};

	in_init(in, none, IN_ROW_MAX);
	in->args = none;
	in->name = name;
	in->buf = p;
	in->cap = in->end = n;
}

int
in_next(struct in *in)
{
	int error;

	if (in->fd > STDIN_FILENO)
		close(in->fd);
	in->fd = -1;
	in->beg = in->end = 0;
	in->eof = 0;
	in->line = 0;
	while (*in->args != NULL) {
		in->name = *in->args++;
		if ((in->fd = open_file(in->name)) != -1)
			return 1;
		error = errno;
		if (in->missing != NULL &&
		    in->missing(in->missing_arg, in->name, error))
			continue;
		errno = error;
		return -1;
	}
	return 0;
}

int
in_line(struct in *in, struct str *line)
{
	size_t seen = 0;
	int got;

	for (;;) {
		unsigned char *p = in->buf == NULL ? NULL : in->buf + in->beg;
		size_t n = in->end - in->beg;
		unsigned char *nl = p != NULL && n > seen
					? memchr(p + seen, '\n', n - seen)
					: NULL;

		if (nl != NULL && (size_t)(nl - p) <= in->max) {
			*line = (struct str){p, (size_t)(nl - p)};
			in->beg += line->n + 1;
			in->newline = 1;
			break;
		}
		if (n > in->max) {
			fault_add(&in->cut, 1, in->name, in->line + 1);
			*line = (struct str){p, in->max};
			if (skip_rest(in) == -1)
				return -1;
			line->p = in->buf;
			in->newline = 0;
			in->line++;
			return 1;
		}
		seen = n;
		if ((got = fill(in)) < 0)
			return -1;
		if (got == 0 && n == 0)
			return 0;
		if (got == 0) {
			*line = (struct str){in->buf + in->beg, n};
			in->beg += n;
			in->newline = 0;
			break;
		}
	}
	in->line++;
	return 1;
}

int
in_entry(struct in *in, struct str *line)
{
	int got = in_line(in, line);

	if (got == 1)
		*line = str_entry(*line);
	return got;
}

int
in_lines(struct in *in, struct str *v, int most)
{
	int n = in_line(in, v);

	/* Without a newline it was the last one, or cut and moved. */
	if (n <= 0 || !in->newline)
		return n;
	while (n < most) {
		unsigned char *p = in->buf + in->beg;
		unsigned char *nl = memchr(p, '\n', in->end - in->beg);

		if (nl == NULL || (size_t)(nl - p) > in->max)
			break;
		v[n++] = (struct str){p, (size_t)(nl - p)};
		in->beg += (size_t)(nl - p) + 1;
		in->line++;
	}
	return n;
}

int
in_block(struct in *in, struct str *block, size_t keep)
{
	int got;

	assert(keep <= in->beg);
	in->beg -= keep;
	/* What in_peek() read ahead is a block like any other. */
	got = in->end - in->beg > keep ? 1 : fill(in);
	*block = (struct str){
	    in->buf == NULL ? NULL : in->buf + in->beg, in->end - in->beg};
	in->beg = in->end;
	return got < 0 ? -1 : got > 0;
}

int
in_regular(const struct in *in)
{
	struct stat st;

	return fstat(in->fd, &st) == 0 && S_ISREG(st.st_mode);
}

struct str
in_swap(struct in *in, unsigned char **buf, size_t *cap, size_t keep)
{
	unsigned char *old = in->buf;
	size_t old_cap = in->cap;

	assert(keep <= in->beg && in->beg == in->end);
	*buf = mem_grow(*buf, cap, keep + IN_PAD, 1);
	if (keep > 0)
		memcpy(*buf, old + in->end - keep, keep);
	in->buf = *buf;
	in->cap = *cap;
	in->beg = in->end = keep;
	*buf = old;
	*cap = old_cap;
	return (struct str){in->buf, keep};
}

void
in_back(struct in *in, size_t n)
{
	assert(n <= in->beg);
	in->beg -= n;
}

int
in_peek(struct in *in, struct str *head, size_t want)
{
	const unsigned char *nl = NULL;
	size_t n = 0;
	int got = 1;

	while (got > 0 && nl == NULL && n < want) {
		got = in->end - in->beg > n ? 1 : fill(in);
		n = in->end - in->beg;
		nl = n == 0 ? NULL : memchr(in->buf + in->beg, '\n', n);
	}
	if (got < 0)
		return -1;
	if (nl != NULL)
		n = (size_t)(nl + 1 - (in->buf + in->beg));
	*head = (struct str){
	    n == 0 ? NULL : in->buf + in->beg, n < want ? n : want};
	return n > 0;
}

void
in_free(struct in *in)
{
	if (in->fd > STDIN_FILENO)
		close(in->fd);
	free(in->buf);
	in->buf = NULL;
	in->cap = in->beg = in->end = 0;
	in->fd = -1;
}

/* A directory can be opened, but would fail when it is read. */
static int
open_file(const char *name)
{
	struct stat st;
	int fd = STDIN_FILENO;

	if (strcmp(name, "-") != 0)
		fd = open(name, O_RDONLY | O_CLOEXEC);
	if (fd == -1 || fstat(fd, &st) == -1 || !S_ISDIR(st.st_mode))
		return fd;
	if (fd > STDIN_FILENO)
		close(fd);
	errno = EISDIR;
	return -1;
}

/* Read one block after what is unread.  Returns 1, 0 at the end, or -1. */
static int
fill(struct in *in)
{
	ssize_t got;

	if (in->eof || in->fd == -1)
		return 0;
	if (make_room(in) == -1)
		return -1;
	for (;;) {
		wait_readable(in);
		got = read(in->fd, in->buf + in->end, IN_BLOCK);
		if (got >= 0)
			break;
		if (errno == EAGAIN || errno == EWOULDBLOCK) {
			struct pollfd fd = {.fd = in->fd, .events = POLLIN};

			if (poll(&fd, 1, -1) == -1 && errno != EINTR)
				return -1;
		} else if (errno != EINTR) {
			return -1;
		}
	}
	in->eof = got == 0;
	in->end += (size_t)got;
	in->bytes += (size_t)got;
	if (in->tick != NULL)
		in->tick(in->tick_arg);
	return got > 0;
}

/*
 * Move what is unread to the front of the buffer and see that one block and
 * the pad fit behind it.  The buffer doubles, up to the longest line.
 */
static int
make_room(struct in *in)
{
	size_t held = in->end - in->beg;
	size_t need = held + IN_BLOCK + IN_PAD;

	if (in->beg > 0) {
		memmove(in->buf, in->buf + in->beg, held);
		in->end = held;
		in->beg = 0;
	}
	if (in->cap < need) {
		size_t cap = in->cap == 0 ? need : 2 * in->cap;
		unsigned char *buf;

		/* A line is cut once it passes max, so no more is needed. */
		if (cap > in->max + 2 * IN_BLOCK + IN_PAD)
			cap = in->max + 2 * IN_BLOCK + IN_PAD;
		if (cap < need)
			cap = need;
		if ((buf = realloc(in->buf, cap)) == NULL)
			return -1;
		in->buf = buf;
		in->cap = cap;
	}
	return 0;
}

/* Let the caller write out what it holds when input is not at hand. */
static void
wait_readable(struct in *in)
{
	struct pollfd fd = {.fd = in->fd, .events = POLLIN};

	if (in->idle != NULL && poll(&fd, 1, 0) == 0)
		in->idle(in->idle_arg);
	while (in->tick != NULL && poll(&fd, 1, 1000) == 0)
		in->tick(in->tick_arg);
}

/*
 * The line that starts at `beg` is over-long.  Keep its first `max` bytes at
 * the front of the buffer and pass over the rest, up to its newline.
 */
static int
skip_rest(struct in *in)
{
	size_t max = in->max;
	int got = 1;

	assert(in->buf != NULL);
	memmove(in->buf, in->buf + in->beg, in->end - in->beg);
	in->end -= in->beg;
	in->beg = max;
	while (got > 0) {
		size_t n = in->end - in->beg;
		unsigned char *nl = memchr(in->buf + in->beg, '\n', n);

		if (nl != NULL) {
			in->beg += (size_t)(nl + 1 - (in->buf + in->beg));
			return 0;
		}
		/* Hide the kept bytes from fill(), which moves the rest. */
		in->end = in->beg;
		if (in->cap - in->end < IN_BLOCK + IN_PAD) {
			unsigned char *buf =
			    realloc(in->buf, in->end + IN_BLOCK + IN_PAD);

			if (buf == NULL)
				return -1;
			in->buf = buf;
			in->cap = in->end + IN_BLOCK + IN_PAD;
		}
		in->beg = 0;
		got = fill(in);
		in->beg = max;
	}
	return got;
}
