/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/ptrace.h>
#endif

#include "common/sandbox.h"

#include "tests/unit/check.h"

/* The working folder has the files "in", "other", and "folder/index". */
static char name_in[] = "in", name_dash[] = "-", name_dir[] = "folder";
static char name_fd[64];
static char *const no_files[] = {name_dash, NULL};
static char *const one_file[] = {name_in, NULL};
static char *const more_files[] = {name_dash, name_dir, name_fd, name_in, NULL};

/* Who enters, in a process of its own, and what is tried there: each returns
 * 0 or what errno said. */
static int
opened(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC, 0600);

	if (fd == -1)
		return errno;
	close(fd);
	return 0;
}

static int
read_in(void)
{
	return opened("in", O_RDONLY);
}

static int
read_other(void)
{
	return opened("other", O_RDONLY);
}

static int
write_in(void)
{
	return opened("in", O_WRONLY);
}

static int
make_file(void)
{
	return opened("made", O_WRONLY | O_CREAT);
}

static int
read_folder(void)
{
	char c;
	int fd = open("folder", O_RDONLY | O_CLOEXEC);
	int got = fd == -1 || read(fd, &c, 1) == -1 ? errno : 0;

	if (fd != -1)
		close(fd);
	return got;
}

static int
read_index(void)
{
	return opened("folder/index", O_RDONLY);
}

static int
write_index(void)
{
	return opened("folder/index", O_RDWR | O_CREAT);
}

static int
replace_index(void)
{
	int got = opened("folder/index.new", O_RDWR | O_CREAT | O_TRUNC);

	if (got != 0)
		return got;
	return rename("folder/index.new", "folder/index") == -1 ? errno : 0;
}

static int
remove_other(void)
{
	return unlink("other") == -1 ? errno : 0;
}

static int
make_socket(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) == -1 ? errno : 0;
}

static int
make_pair(void)
{
	int fd[2];

	return socketpair(AF_UNIX, SOCK_STREAM, 0, fd) == -1 ? errno : 0;
}

static int
make_process(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	return pid == -1 ? errno : 0;
}

static int
run_program(void)
{
	char *const words[] = {name_in, NULL};

	execve("/bin/true", words, words + 1);
	return errno;
}

static int
signal_parent(void)
{
	return kill(getppid(), 0) == -1 ? errno : 0;
}

static int
trace(void)
{
#ifdef __linux__
	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) == -1)
		return errno;
#endif
	return 0;
}

static int
make_code(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_EXEC,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return p == MAP_FAILED ? errno : 0;
}

static int
turn_into_code(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		return -1;
	return mprotect(p, 4096, PROT_READ | PROT_EXEC) == -1 ? errno : 0;
}

static int
use_pipe(void)
{
	return opened(name_fd, O_RDONLY);
}

/* Japanese needs two modules. */
static int
convert(void)
{
	char text[] = "\xa4\xa2", to[8], *in = text, *p = to;
	size_t left = 2, room = sizeof(to);
	iconv_t set = iconv_open("UTF-8", "EUC-JP");
	int got = 0;

	if ((size_t)set == (size_t)-1)
		return errno;
	if (iconv(set, &in, &left, &p, &room) == (size_t)-1 || p - to != 3 ||
	    memcmp(to, "\xe3\x81\x82", 3) != 0)
		got = -1;
	iconv_close(set);
	return got;
}

/* What the tools do all the time. */
static int
work(void)
{
	size_t n;
	char c;

	for (n = 1; n < 10000000; n *= 4) {
		char *p = malloc(n);

		if (p == NULL)
			return -1;
		memset(p, 1, n);
		free(p);
	}
	return read(STDIN_FILENO, &c, 1) == -1 ||
		       write(STDOUT_FILENO, "", 0) == -1
		   ? errno
		   : 0;
}

/* Enter as told in a new process and return what `try` said there. */
static size_t
inside(char *const *files, const char *keep, int may, int (*try)(void))
{
	int offers = sandbox_offers(), status = -1;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		if (sandbox_enter(files, keep, may) != offers)
			_exit(255);
		_exit(try() & 255);
	}
	if (pid == -1 || waitpid(pid, &status, 0) == -1 || !WIFEXITED(status))
		return 256;
	return (size_t)WEXITSTATUS(status);
}

static int
offered(int what)
{
	return (sandbox_offers() & what) == what;
}

/* Tell what errno Landlock or seccomp would give, if there is one. */
static size_t
by_files(void)
{
	return offered(SANDBOX_FILES) ? EACCES : 0;
}

static size_t
by_calls(size_t otherwise)
{
	return offered(SANDBOX_CALLS) ? EPERM : otherwise;
}

static void
nothing_gets_out(void)
{
	static int (*const tries[])(void) = {make_socket, make_pair,
	    make_process, run_program, signal_parent, trace};
	size_t i;

	if (!offered(SANDBOX_CALLS))
		return;
	for (i = 0; i < sizeof(tries) / sizeof(*tries); i++) {
		CHECK_EQ(inside(NULL, NULL, 0, tries[i]), EPERM);
		CHECK_EQ(inside(one_file, NULL, 0, tries[i]), EPERM);
		CHECK_EQ(inside(NULL, "folder/index", 0, tries[i]), EPERM);
		CHECK_EQ(inside(NULL, NULL, SANDBOX_CONVERT, tries[i]), EPERM);
		CHECK_EQ(inside(NULL, NULL, SANDBOX_READ, tries[i]), EPERM);
	}
	CHECK_EQ(inside(one_file, "folder/index", 0, make_code), EPERM);
	CHECK_EQ(inside(one_file, "folder/index", 0, turn_into_code), EPERM);
}

static void
work_goes_on(void)
{
	CHECK_EQ(inside(NULL, NULL, 0, work), 0);
	CHECK_EQ(inside(one_file, "folder/index", 0, work), 0);
	CHECK_EQ(inside(NULL, NULL, SANDBOX_CONVERT, work), 0);
}

static void
nothing_is_opened_without_files(void)
{
	if (!offered(SANDBOX_CALLS))
		return;
	CHECK_EQ(inside(NULL, NULL, 0, read_in), EPERM);
	CHECK_EQ(inside(no_files, NULL, 0, read_in), EPERM);
	CHECK_EQ(inside(no_files, NULL, 0, make_file), EPERM);
	CHECK_EQ(inside(no_files, NULL, 0, remove_other), EPERM);
}

static void
named_files_alone_are_read(void)
{
	CHECK_EQ(inside(one_file, NULL, 0, read_in), 0);
	CHECK_EQ(inside(one_file, NULL, 0, read_other), by_files());
	CHECK_EQ(inside(more_files, NULL, 0, read_in), 0);
	CHECK_EQ(inside(more_files, NULL, 0, use_pipe), 0);
	CHECK_EQ(inside(more_files, NULL, 0, read_folder), EISDIR);
	CHECK_EQ(inside(more_files, NULL, 0, read_index), by_files());
	if (offered(SANDBOX_CALLS)) {
		CHECK_EQ(inside(one_file, NULL, 0, write_in), EPERM);
		CHECK_EQ(inside(one_file, NULL, 0, make_file), EPERM);
		CHECK_EQ(inside(one_file, NULL, 0, remove_other), EPERM);
	}
}

static void
a_kept_file_is_replaced_in_its_folder(void)
{
	CHECK_EQ(inside(NULL, "folder/index", 0, write_index), 0);
	CHECK_EQ(inside(NULL, "folder/index", 0, replace_index), 0);
	if (!offered(SANDBOX_FILES))
		return;
	CHECK_EQ(inside(NULL, "folder/index", 0, read_in), EACCES);
	CHECK_EQ(inside(NULL, "folder/index", 0, make_file), EACCES);
	CHECK_EQ(inside(NULL, "folder/index", 0, remove_other), EACCES);
	CHECK_EQ(inside(one_file, "folder/index", 0, read_in), 0);
	CHECK_EQ(inside(one_file, "folder/index", 0, write_in), EACCES);
}

static void
a_file_to_look_at_is_not_written(void)
{
	CHECK_EQ(inside(NULL, "folder/index", SANDBOX_LOOK, read_index), 0);
	CHECK_EQ(inside(NULL, "folder/index", SANDBOX_LOOK, write_index),
	    by_calls(by_files()));
	CHECK_EQ(
	    inside(NULL, "folder/index", SANDBOX_LOOK, read_in), by_files());
}

static void
modules_of_iconv_are_loaded(void)
{
	CHECK_EQ(inside(NULL, NULL, SANDBOX_CONVERT, convert), 0);
	CHECK_EQ(inside(one_file, NULL, SANDBOX_CONVERT, convert), 0);
	CHECK_EQ(inside(NULL, NULL, SANDBOX_CONVERT, read_in), by_files());
	CHECK_EQ(inside(NULL, NULL, SANDBOX_CONVERT, make_file), by_calls(0));
}

static void
any_file_may_be_read(void)
{
	CHECK_EQ(inside(NULL, NULL, SANDBOX_READ, read_other), 0);
	CHECK_EQ(inside(NULL, NULL, SANDBOX_READ, write_in), by_calls(0));
}

int
main(void)
{
	char folder[] = "/tmp/newsieve-sandbox.XXXXXX";
	int fd[2];

	if (mkdtemp(folder) == NULL || chdir(folder) == -1 ||
	    mkdir("folder", 0700) == -1 ||
	    opened("in", O_WRONLY | O_CREAT) != 0 ||
	    opened("other", O_WRONLY | O_CREAT) != 0 ||
	    opened("folder/index", O_WRONLY | O_CREAT) != 0 || pipe(fd) == -1)
		return 2;
	snprintf(name_fd, sizeof(name_fd), "/dev/fd/%d", fd[0]);
	if (sandbox_offers() == 0)
		printf("# nothing to hold on to here\n");

	check_case("sandbox: nothing gets out", nothing_gets_out);
	check_case("sandbox: work goes on", work_goes_on);
	check_case("sandbox: nothing is opened without files",
	    nothing_is_opened_without_files);
	check_case(
	    "sandbox: named files alone are read", named_files_alone_are_read);
	check_case("sandbox: a kept file is replaced in its folder",
	    a_kept_file_is_replaced_in_its_folder);
	check_case("sandbox: a file to look at is not written",
	    a_file_to_look_at_is_not_written);
	check_case("sandbox: modules of iconv are loaded",
	    modules_of_iconv_are_loaded);
	check_case("sandbox: any file may be read", any_file_may_be_read);

	unlink("made");
	unlink("in");
	unlink("other");
	unlink("folder/index");
	rmdir("folder");
	if (chdir("/") == -1 || rmdir(folder) == -1)
		return 2;
	return check_done();
}
