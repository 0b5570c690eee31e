/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "common/progress.h"

#define FIRST      1000  /* ms: shorter runs need no progress */
#define EVERY_LINE 250   /* ms: four times a second can still be read */
#define EVERY_LOG  10000 /* ms */
#define LINE_BYTES 128   /* a line, with room for what erases the rest */

struct line {
	char s[LINE_BYTES];
	size_t n;
};

static uint64_t now(void);
static size_t total(const struct in *);
static size_t width(int fd);
static void tick(void *);
static void draw(struct progress *, uint64_t elapsed, int last);
static void
put(struct line *, const char *, ...) __attribute__((format(printf, 2, 3)));
static void put_bytes(struct line *, double, const char *unit);
static void put_time(struct line *, double seconds);

void
progress_init(struct progress *progress, const char *tool,
    enum progress_how how, struct in *in, const size_t *docs, int fd)
{
	*progress = (struct progress){.how = how};
	if (how == PROGRESS_NONE)
		return;
	*progress = (struct progress){
	    .tool = tool,
	    .docs = docs,
	    .in = in,
	    .how = how,
	    .fd = fd,
	    .total = total(in),
	    .columns = how == PROGRESS_LINE ? width(fd) : 100,
	    .began = now(),
	};
	progress->due =
	    progress->began + (how == PROGRESS_LINE ? FIRST : EVERY_LOG);
	in->tick = tick;
	in->tick_arg = progress;
}

void
progress_end(struct progress *progress)
{
	if (progress->how == PROGRESS_NONE)
		return;
	progress->in->tick = NULL;
	if (progress->how == PROGRESS_LOG || progress->drawn)
		draw(progress, now() - progress->began, 1);
	progress->how = PROGRESS_NONE;
}

static uint64_t
now(void)
{
	struct timespec t;

	if (clock_gettime(CLOCK_MONOTONIC, &t) == -1)
		return 0;
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

/* The bytes of all files together, 0 if one of them is no regular file. */
static size_t
total(const struct in *in)
{
	char *const *arg;
	size_t sum = 0;

	for (arg = in->args; *arg != NULL; arg++) {
		struct stat st;
		off_t at = 0;

		if (strcmp(*arg, "-") == 0) {
			/* Something before may have read part of it. */
			if (fstat(STDIN_FILENO, &st) == -1 ||
			    (at = lseek(STDIN_FILENO, 0, SEEK_CUR)) == -1)
				return 0;
		} else if (stat(*arg, &st) == -1) {
			return 0;
		}
		if (!S_ISREG(st.st_mode))
			return 0;
		sum += st.st_size > at ? (size_t)(st.st_size - at) : 0;
	}
	return sum;
}

static size_t
width(int fd)
{
	struct winsize size;

	/* A line that fills the last column would begin another. */
	if (ioctl(fd, TIOCGWINSZ, &size) == -1 || size.ws_col < 20)
		return 79;
	return size.ws_col < 100 ? size.ws_col - 1U : 100;
}

static void
tick(void *arg)
{
	struct progress *progress = arg;
	uint64_t time = now();

	if (time < progress->due)
		return;
	draw(progress, time - progress->began, 0);
	progress->due =
	    time + (progress->how == PROGRESS_LINE ? EVERY_LINE : EVERY_LOG);
}

static void
draw(struct progress *progress, uint64_t elapsed, int last)
{
	double bytes = (double)progress->in->bytes;
	double seconds = elapsed == 0 ? 0.001 : (double)elapsed / 1000;
	double all = (double)progress->total;
	struct line line = {.n = 0}, out = {.n = 0};
	ssize_t done;

	put(&line, "%s: ", progress->tool);
	put_bytes(&line, bytes, "B");
	put(&line, ", ");
	put_bytes(&line, bytes / seconds, "B/s");
	if (progress->docs != NULL)
		put(&line, ", %zu docs", *progress->docs);
	/* A file that has grown since is past its whole. */
	if (all > 0 && bytes <= all && !last) {
		put(&line, ", %.0f %%, ", 100 * bytes / all);
		put_time(&line, bytes > 0 ? seconds * (all / bytes - 1) : 0);
		put(&line, " left");
	}
	if (last) {
		put(&line, ", in ");
		put_time(&line, seconds);
	}
	if (line.n > progress->columns)
		line.n = progress->columns;
	/* Erase what is behind it, and go back: what comes is written over. */
	if (progress->how == PROGRESS_LINE)
		put(&out, "%.*s\033[K%s", (int)line.n, line.s,
		    last ? "\n" : "\r");
	else
		put(&out, "%.*s\n", (int)line.n, line.s);
	done = write(progress->fd, out.s, out.n);
	(void)done;
	progress->drawn = 1;
}

/* Append; what exceeds the line is cut. */
static void
put(struct line *line, const char *format, ...)
{
	size_t room = sizeof(line->s) - line->n;
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(line->s + line->n, room, format, ap);
	va_end(ap);
	if (n > 0)
		line->n += (size_t)n < room ? (size_t)n : room - 1;
}

static void
put_bytes(struct line *line, double number, const char *unit)
{
	static const char prefix[] = " kMGTPE";
	size_t i = 0;

	while (number >= 999.95 && i + 2 < sizeof(prefix)) {
		number /= 1000;
		i++;
	}
	if (i == 0)
		put(line, "%.0f %s", number, unit);
	else
		put(line, "%.1f %c%s", number, prefix[i], unit);
}

/* Hours, minutes and seconds. */
static void
put_time(struct line *line, double seconds)
{
	/* A rate of nothing gives no time worth telling. */
	unsigned long s = seconds < 3.6e6 ? (unsigned long)seconds : 3599999;

	put(line, "%lu:%02lu:%02lu", s / 3600, s / 60 % 60, s % 60);
}
