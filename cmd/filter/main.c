/* SPDX-License-Identifier: ISC */
/*
 * filter - write what the kernel is to hold a tool to (common/sandbox.h), at
 * build time.  At run time libseccomp would take as long as all the rest of
 * the start, and memory that may be missing.
 *
 * Usage: filter work|read|load|keep > program
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

/* Descriptors alone; files to be read; modules of iconv(3), too; files to be
 * written and replaced. */
enum { WORK = 1, READ = 2, LOAD = 4, KEEP = 8 };
static const char *const levels[] = {"work", "read", "load", "keep"};

#define ALL  (WORK | READ | LOAD | KEEP)
#define OPEN (READ | LOAD | KEEP)

/* Bits of open(2) that ask for more than reading. */
#define WRITES (O_ACCMODE | O_CREAT | O_TRUNC)

/* What makes a thread of clone(2), and no process. */
#define THREAD ((unsigned long)CLONE_THREAD | CLONE_VM)

/*
 * What reading, working and writing come down to; calls that a machine lacks
 * are passed over.  sysinfo(2) is how qsort(3) asks how much memory there is,
 * tgkill(2) how abort(3) ends.
 */
static const struct {
	int levels, call;
	unsigned arg;              /* plus 1; the call is allowed if */
	unsigned long mask, value; /* the argument's bits are so */
} calls[] = {
    {ALL, SCMP_SYS(brk), 0, 0, 0},
    {ALL, SCMP_SYS(clock_gettime), 0, 0, 0},
    {ALL, SCMP_SYS(clone), 1, THREAD, THREAD},
    {ALL, SCMP_SYS(close), 0, 0, 0},
    {ALL, SCMP_SYS(exit), 0, 0, 0},
    {ALL, SCMP_SYS(exit_group), 0, 0, 0},
    {ALL, SCMP_SYS(fstat), 0, 0, 0},
    {ALL, SCMP_SYS(fstat64), 0, 0, 0},
    {ALL, SCMP_SYS(fstatat64), 0, 0, 0},
    {ALL, SCMP_SYS(futex), 0, 0, 0},
    {ALL, SCMP_SYS(getpid), 0, 0, 0},
    {ALL, SCMP_SYS(getrandom), 0, 0, 0},
    {ALL, SCMP_SYS(gettid), 0, 0, 0},
    {ALL, SCMP_SYS(ioctl), 2, ~0UL, TIOCGWINSZ},
    {ALL, SCMP_SYS(_llseek), 0, 0, 0},
    {ALL, SCMP_SYS(lseek), 0, 0, 0},
    {ALL, SCMP_SYS(madvise), 0, 0, 0},
    {ALL, SCMP_SYS(mremap), 0, 0, 0},
    {ALL, SCMP_SYS(munmap), 0, 0, 0},
    {ALL, SCMP_SYS(newfstatat), 0, 0, 0},
    {ALL, SCMP_SYS(poll), 0, 0, 0},
    {ALL, SCMP_SYS(ppoll), 0, 0, 0},
    {ALL, SCMP_SYS(read), 0, 0, 0},
    {ALL, SCMP_SYS(restart_syscall), 0, 0, 0},
    {ALL, SCMP_SYS(rseq), 0, 0, 0},
    {ALL, SCMP_SYS(rt_sigaction), 0, 0, 0},
    {ALL, SCMP_SYS(rt_sigprocmask), 0, 0, 0},
    {ALL, SCMP_SYS(rt_sigreturn), 0, 0, 0},
    {ALL, SCMP_SYS(set_robust_list), 0, 0, 0},
    {ALL, SCMP_SYS(sigreturn), 0, 0, 0},
    {ALL, SCMP_SYS(statx), 0, 0, 0},
    {ALL, SCMP_SYS(sysinfo), 0, 0, 0},
    {ALL, SCMP_SYS(tgkill), 3, ~0UL, SIGABRT},
    {ALL, SCMP_SYS(write), 0, 0, 0},
    {ALL, SCMP_SYS(writev), 0, 0, 0},
    {OPEN, SCMP_SYS(flock), 0, 0, 0},
    {OPEN, SCMP_SYS(stat), 0, 0, 0},
    {OPEN, SCMP_SYS(stat64), 0, 0, 0},
    {READ | LOAD, SCMP_SYS(open), 2, WRITES, O_RDONLY},
    {READ | LOAD, SCMP_SYS(openat), 3, WRITES, O_RDONLY},
    /* Memory to run code from is for modules alone. */
    {WORK | READ | KEEP, SCMP_SYS(mmap), 3, PROT_EXEC, 0},
    {WORK | READ | KEEP, SCMP_SYS(mmap2), 3, PROT_EXEC, 0},
    {WORK | READ | KEEP, SCMP_SYS(mprotect), 3, PROT_EXEC, 0},
    {LOAD, SCMP_SYS(mmap), 0, 0, 0},
    {LOAD, SCMP_SYS(mmap2), 0, 0, 0},
    {LOAD, SCMP_SYS(mprotect), 0, 0, 0},
    {LOAD, SCMP_SYS(pread64), 0, 0, 0},
    {KEEP, SCMP_SYS(fdatasync), 0, 0, 0},
    {KEEP, SCMP_SYS(fsync), 0, 0, 0},
    {KEEP, SCMP_SYS(ftruncate), 0, 0, 0},
    {KEEP, SCMP_SYS(ftruncate64), 0, 0, 0},
    {KEEP, SCMP_SYS(open), 0, 0, 0},
    {KEEP, SCMP_SYS(openat), 0, 0, 0},
    {KEEP, SCMP_SYS(rename), 0, 0, 0},
    {KEEP, SCMP_SYS(renameat), 0, 0, 0},
    {KEEP, SCMP_SYS(renameat2), 0, 0, 0},
    {KEEP, SCMP_SYS(unlink), 0, 0, 0},
    {KEEP, SCMP_SYS(unlinkat), 0, 0, 0},
    {KEEP, SCMP_SYS(utimensat), 0, 0, 0},
    {KEEP, SCMP_SYS(utimensat_time64), 0, 0, 0},
};

static int
level_of(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(levels) / sizeof(*levels); i++)
		if (name != NULL && strcmp(name, levels[i]) == 0)
			return 1 << i;
	errx(2, "usage: filter work|read|load|keep > program");
}

int
main(int argc, char *argv[])
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int level = level_of(argc == 2 ? argv[1] : NULL), got = 0;
	size_t i;

	if (filter == NULL)
		errx(2, "out of memory");
	for (i = 0; i < sizeof(calls) / sizeof(*calls) && got == 0; i++) {
		const struct scmp_arg_cmp bits = {
		    .arg = calls[i].arg - 1,
		    .op = SCMP_CMP_MASKED_EQ,
		    .datum_a = calls[i].mask,
		    .datum_b = calls[i].value,
		};

		if ((calls[i].levels & level) != 0)
			got = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW,
			    calls[i].call, calls[i].arg > 0, &bits);
	}
	/* It takes a struct, into which no filter sees: clone(2) stands in. */
	if (got == 0)
		got = seccomp_rule_add_array(
		    filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0, NULL);
	if (got == 0)
		got = seccomp_export_bpf(filter, STDOUT_FILENO);
	seccomp_release(filter);
	if (got < 0) {
		errno = -got;
		err(2, "%s", argv[1]);
	}
	return 0;
}
