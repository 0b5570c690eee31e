/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/in.h"

#include "tests/unit/check.h"

/* Input that has to be waited for. */

static void
count_call(void *n)
{
	++*(size_t *)n;
}

/* Before a read that waits `idle` is called; before others it is not. */
static void
idle_calls(void)
{
	char name[] = "/tmp/newsieve-wait.XXXXXX";
	char *none[] = {NULL}, *args[] = {name, NULL};
	struct str line;
	struct in in;
	size_t calls = 0;
	int end[2], fd = mkstemp(name);

	if (fd == -1 || write(fd, "a\nb\n", 4) != 4)
		abort();
	close(fd);
	in_init(&in, args, 100);
	in.idle = count_call;
	in.idle_arg = &calls;
	CHECK_EQ((size_t)in_next(&in), 1);
	while (in_line(&in, &line) == 1)
		continue;
	CHECK_EQ(calls, 0);
	in_free(&in);
	unlink(name);

	if (pipe(end) == -1 || write(end[1], "a\n", 2) != 2)
		abort();
	dup2(end[0], STDIN_FILENO);
	in_init(&in, none, 100);
	in.idle = count_call;
	in.idle_arg = &calls;
	CHECK(in_next(&in) == 1 && in_line(&in, &line) == 1);
	CHECK_EQ(calls, 0);
	if (fork() == 0) {
		poll(NULL, 0, 50);
		_exit(write(end[1], "b\n", 2) != 2);
	}
	close(end[1]);
	CHECK(in_line(&in, &line) == 1 && str_eq(line, STR_LIT("b")));
	CHECK_EQ(calls, 1);
	wait(NULL);
	in_free(&in);
}

/* Read what comes a little at a time, with these flags of the descriptor. */
static void
slow_writer(int flags)
{
	char *none[] = {NULL};
	struct str line;
	struct in in;
	int end[2];

	if (pipe(end) == -1)
		abort();
	dup2(end[0], STDIN_FILENO);
	fcntl(STDIN_FILENO, F_SETFL, flags);
	if (fork() == 0) {
		usleep(20000);
		if (write(end[1], "a", 1) != 1)
			_exit(1);
		usleep(20000);
		_exit(write(end[1], "b\n", 2) != 2);
	}
	close(end[1]);
	in_init(&in, none, 100);
	CHECK_EQ((size_t)in_next(&in), 1);
	CHECK(in_line(&in, &line) == 1 && str_eq(line, STR_LIT("ab")));
	CHECK_EQ((size_t)in_line(&in, &line), 0);
	while (wait(NULL) == -1 && errno == EINTR)
		continue;
	in_free(&in);
}

/* A descriptor that someone made non-blocking is waited for. */
static void
non_blocking(void)
{
	slow_writer(O_NONBLOCK);
}

static void
nothing(int signal)
{
	(void)signal;
}

/* Signals that come while it waits are no errors. */
static void
interrupted(void)
{
	struct sigaction act = {.sa_handler = nothing}, old;
	struct itimerval often = {{0, 3000}, {0, 3000}}, never = {0};

	sigaction(SIGALRM, &act, &old);
	setitimer(ITIMER_REAL, &often, NULL);
	slow_writer(0);
	slow_writer(O_NONBLOCK);
	setitimer(ITIMER_REAL, &never, NULL);
	sigaction(SIGALRM, &old, NULL);
}

/* After each read, and each second that one takes. */
static void
tick_calls(void)
{
	char *none[] = {NULL};
	struct str line;
	struct in in;
	size_t calls = 0;
	int end[2];

	if (pipe(end) == -1 || write(end[1], "a\n", 2) != 2)
		abort();
	dup2(end[0], STDIN_FILENO);
	in_init(&in, none, 100);
	in.tick = count_call;
	in.tick_arg = &calls;
	CHECK(in_next(&in) == 1 && !in_regular(&in));
	CHECK_EQ((size_t)in_line(&in, &line), 1);
	CHECK_EQ(calls, 1);
	if (fork() == 0) {
		poll(NULL, 0, 1200);
		_exit(write(end[1], "b\n", 2) != 2);
	}
	close(end[1]);
	CHECK(in_line(&in, &line) == 1 && str_eq(line, STR_LIT("b")));
	/* Other work may have kept the writer. */
	CHECK(calls >= 3);
	wait(NULL);
	CHECK_EQ((size_t)in_line(&in, &line), 0);
	in_free(&in);
}

int
main(void)
{
	check_case("in_wait: idle before waiting", idle_calls);
	check_case("in_wait: non-blocking descriptors", non_blocking);
	check_case("in_wait: signals while it waits", interrupted);
	check_case("in_wait: ticks", tick_calls);
	return check_done();
}
