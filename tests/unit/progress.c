/* SPDX-License-Identifier: ISC */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common/in.h"
#include "common/progress.h"

#include "tests/unit/check.h"

static char path[] = "/tmp/progress-XXXXXX";
static char said[4096];
static char *const files[] = {path, NULL};
static int file, heard[2];
static const size_t docs = 7;

/* What was written to the pipe since, as a string. */
static const char *
hear(void)
{
	ssize_t n = read(heard[0], said, sizeof(said) - 1);

	said[n > 0 ? n : 0] = '\0';
	return said;
}

/* Watch a run over `args` that has read `bytes` when the line is due. */
static void
run(struct progress *progress, struct in *in, char *const *args, size_t bytes,
    enum progress_how how, const size_t *count)
{
	struct timespec wait = {1, 10000000}; /* a bit over a second */

	in_init(in, args, IN_LINE_MAX);
	progress_init(progress, "tool", how, in, count, heard[1]);
	in->bytes = bytes;
	if (in->tick != NULL)
		in->tick(in->tick_arg);
	nanosleep(&wait, NULL);
	if (in->tick != NULL)
		in->tick(in->tick_arg);
}

static void
a_file(void)
{
	struct progress progress;
	struct in in;

	run(&progress, &in, files, 1000000, PROGRESS_LINE, &docs);
	hear();
	CHECK(strncmp(said, "tool: 1.0 MB, ", 14) == 0);
	CHECK(
	    strstr(said, " kB/s, 7 docs, 25 %, 0:00:03 left\033[K\r") != NULL);
	in.tick(in.tick_arg);
	CHECK(*hear() == '\0'); /* the next line is not due */
	progress_end(&progress);
	CHECK(strstr(hear(), " docs, in 0:00:01\033[K\n") != NULL);
	progress_end(&progress);
	CHECK(*hear() == '\0');
	CHECK(in.tick == NULL);

	/* A file that has grown has no share. */
	run(&progress, &in, files, 5000000, PROGRESS_LINE, NULL);
	hear();
	CHECK(strstr(said, "%") == NULL);
	CHECK(strstr(said, "docs") == NULL);
	progress_end(&progress);
	hear();
}

static void
standard_input(void)
{
	struct progress progress;
	struct in in;

	CHECK(dup2(heard[0], STDIN_FILENO) != -1);
	run(&progress, &in, files + 1, 999, PROGRESS_LINE, &docs);
	hear();
	CHECK(strncmp(said, "tool: 999 B, ", 13) == 0);
	CHECK(strstr(said, "left") == NULL);
	progress_end(&progress);
	hear();

	/* A file, part of which was read before. */
	CHECK(dup2(file, STDIN_FILENO) != -1);
	CHECK(lseek(STDIN_FILENO, 2000000, SEEK_SET) == 2000000);
	run(&progress, &in, files + 1, 1000000, PROGRESS_LINE, &docs);
	CHECK(strstr(hear(), " 50 %, ") != NULL);
	progress_end(&progress);
	hear();
}

static void
a_log(void)
{
	struct progress progress;
	struct in in;

	run(&progress, &in, files, 1, PROGRESS_LOG, &docs);
	CHECK(*hear() == '\0'); /* it has ten seconds */
	progress_end(&progress);
	CHECK(strstr(hear(), " docs, in 0:00:01\n") != NULL);
}

static void
nothing(void)
{
	struct progress progress;
	struct in in;

	run(&progress, &in, files, 1, PROGRESS_NONE, &docs);
	progress_end(&progress);
	CHECK(*hear() == '\0');
	CHECK(in.tick == NULL);

	progress_init(&progress, "tool", PROGRESS_LINE, &in, &docs, heard[1]);
	progress_end(&progress);
	CHECK(*hear() == '\0');
}

int
main(void)
{
	file = mkstemp(path);
	if (file == -1 || ftruncate(file, 4000000) == -1 || pipe(heard) == -1 ||
	    fcntl(heard[0], F_SETFL, O_NONBLOCK) == -1)
		abort();
	check_case("progress: of a file", a_file);
	check_case("progress: of standard input", standard_input);
	check_case("progress: in a log", a_log);
	check_case("progress: none unasked, none of short runs", nothing);
	unlink(path);
	return check_done();
}
