/* SPDX-License-Identifier: ISC */
/* For O_PATH and dladdr(3).  NOLINTNEXTLINE(bugprone-reserved-identifier) */
#define _GNU_SOURCE

#include "common/sandbox.h"

#if defined(__has_feature)
#define SANDBOX_HAS(x) __has_feature(x)
#else
#define SANDBOX_HAS(x) 0
#endif

#if !defined(__linux__) || defined(__SANITIZE_ADDRESS__) ||                    \
    defined(__SANITIZE_THREAD__) || SANDBOX_HAS(address_sanitizer) ||          \
    SANDBOX_HAS(memory_sanitizer) || SANDBOX_HAS(thread_sanitizer)

int
sandbox_offers(void)
{
	return 0;
}

int
sandbox_enter(char *const *files, const char *keep, int may)
{
	(void)files;
	(void)keep;
	(void)may;
	return 0;
}

#else

#include <dlfcn.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <gnu/libc-version.h>
#endif

/* The rights of Landlock's first version, which all kernels that have it
 * know, and what later versions added (landlock(7), "ABI"). */
#define RIGHTS_1 ((UINT64_C(1) << 13) - 1)
#define REFER    (UINT64_C(1) << 13)
#define TRUNCATE (UINT64_C(1) << 14)
#define DEVICE   (UINT64_C(1) << 15)

#define LOOK LANDLOCK_ACCESS_FS_READ_FILE
#define LIST LANDLOCK_ACCESS_FS_READ_DIR
#define KEEP (LOOK | LANDLOCK_ACCESS_FS_WRITE_FILE | TRUNCATE)
#define MAKE                                                                   \
	(LIST | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REMOVE_FILE)

/* What cmd/filter wrote, from one name to the next; in machine code of the
 * kernel's own, so aligned. */
__asm__(".section .rodata\n"
	".balign 8\n"
	"sandbox_work:\n"
	".incbin \"data/work.filter\"\n"
	"sandbox_read:\n"
	".incbin \"data/read.filter\"\n"
	"sandbox_load:\n"
	".incbin \"data/load.filter\"\n"
	"sandbox_keep:\n"
	".incbin \"data/keep.filter\"\n"
	"sandbox_end:\n"
	".previous\n");
#define PROGRAM extern const unsigned char __attribute__((visibility("hidden")))
PROGRAM sandbox_work[], sandbox_read[], sandbox_load[], sandbox_keep[];
PROGRAM sandbox_end[];

static uint64_t known_rights(void);
static int confine_files(char *const *, const char *, int may);
static void allow(int rules, const char *, uint64_t file, uint64_t folder);
static void allow_folder(int rules, const char *, uint64_t);
static void allow_modules(int rules, uint64_t);
static int confine_calls(const unsigned char *from, const unsigned char *to);

int
sandbox_offers(void)
{
	return (known_rights() != 0 ? SANDBOX_FILES : 0) |
	       (prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0 ? SANDBOX_CALLS : 0);
}

int
sandbox_enter(char *const *files, const char *keep, int may)
{
	int held = 0, got;

	while (files != NULL && *files != NULL && strcmp(*files, "-") == 0)
		files++;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1)
		return 0;
	if (confine_files(files, keep, may))
		held |= SANDBOX_FILES;
	if (keep != NULL && (may & SANDBOX_LOOK) == 0)
		got = confine_calls(sandbox_keep, sandbox_end);
	else if ((may & SANDBOX_CONVERT) != 0)
		got = confine_calls(sandbox_load, sandbox_keep);
	else if ((files != NULL && *files != NULL) || keep != NULL || may != 0)
		got = confine_calls(sandbox_read, sandbox_load);
	else
		got = confine_calls(sandbox_work, sandbox_read);
	return held | (got ? SANDBOX_CALLS : 0);
}

/* What Landlock can hold back here, 0 without it. */
static uint64_t
known_rights(void)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, (size_t)0,
	    LANDLOCK_CREATE_RULESET_VERSION);

	if (version < 1)
		return 0;
	return RIGHTS_1 | (version >= 2 ? REFER : 0) |
	       (version >= 3 ? TRUNCATE : 0) | (version >= 5 ? DEVICE : 0);
}

/* Returns 1 when files are out of reach, 0 if the kernel would not. */
static int
confine_files(char *const *files, const char *keep, int may)
{
	struct landlock_ruleset_attr attr = {
	    .handled_access_fs = known_rights()};
	uint64_t known = attr.handled_access_fs;
	uint64_t held = (may & SANDBOX_LOOK) != 0 ? LOOK : KEEP & known;
	int rules, got;

	if (known == 0)
		return 0;
	rules =
	    (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof(attr), 0);
	if (rules == -1)
		return 0;
	/* A directory is to fail as one: when it is read. */
	for (; files != NULL && *files != NULL; files++)
		if (strcmp(*files, "-") != 0)
			allow(rules, *files, LOOK, LIST);
	if (keep != NULL)
		allow(rules, keep, held, LIST);
	if (keep != NULL && (may & SANDBOX_LOOK) == 0)
		allow_folder(rules, keep, held | MAKE);
	if ((may & SANDBOX_CONVERT) != 0)
		allow_modules(rules, LOOK | LIST);
	if ((may & SANDBOX_READ) != 0)
		allow(rules, "/", LOOK, LOOK | LIST);
	got = (int)syscall(SYS_landlock_restrict_self, rules, 0);
	(void)close(rules);
	return got == 0;
}

/*
 * Allow one file, or what lies in one folder.  What cannot be had now cannot
 * be had later: then that is said.  Pipes behind /dev/fd take no rule and
 * need none.
 */
static void
allow(int rules, const char *path, uint64_t file, uint64_t folder)
{
	struct landlock_path_beneath_attr rule;
	struct stat st;
	int fd = open(path, O_PATH | O_CLOEXEC);

	if (fd == -1)
		return;
	if (fstat(fd, &st) == 0) {
		rule = (struct landlock_path_beneath_attr){
		    .allowed_access = S_ISDIR(st.st_mode) ? folder : file,
		    .parent_fd = fd};
		(void)syscall(SYS_landlock_add_rule, rules,
		    LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	}
	(void)close(fd);
}

/* Allow what lies in the folder of a file. */
static void
allow_folder(int rules, const char *path, uint64_t rights)
{
	const char *slash = strrchr(path, '/');
	char folder[4096] = "."; /* PATH_MAX of Linux: longer ones fail */
	size_t n;

	if (slash != NULL) {
		n = (size_t)(slash - path) + 1;
		if (n >= sizeof(folder))
			return;
		memcpy(folder, path, n);
		folder[n] = '\0';
	}
	allow(rules, folder, 0, rights);
}

/* The modules of glibc's iconv(3) lie beside the C library, in "gconv"; other
 * libraries have none. */
static void
allow_modules(int rules, uint64_t rights)
{
#ifdef __GLIBC__
	static const char name[] = "gconv";
	char folder[4096];
	const char *slash;
	Dl_info info;
	size_t n;

	/* A string of the C library's tells where that was loaded from. */
	if (dladdr(gnu_get_libc_version(), &info) == 0 ||
	    (slash = strrchr(info.dli_fname, '/')) == NULL)
		return;
	n = (size_t)(slash - info.dli_fname) + 1;
	if (n + sizeof(name) > sizeof(folder))
		return;
	memcpy(folder, info.dli_fname, n);
	memcpy(folder + n, name, sizeof(name));
	allow(rules, folder, 0, rights);
#else
	(void)rules;
	(void)rights;
#endif
}

/* Returns 1 when calls are refused, 0 if the kernel would not. */
static int
confine_calls(const unsigned char *from, const unsigned char *to)
{
	struct sock_fprog program = {0, NULL};
	const void *filter = from;

	program.len =
	    (unsigned short)((size_t)(to - from) / sizeof(*program.filter));
	/* It is declared without const, but not written to. */
	memcpy(&program.filter, &filter, sizeof(filter));
	/* Before Linux 5.16 a filter would slow the whole program down, to
	 * keep it from spying on itself; before 4.17 there was no flag. */
	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
		   SECCOMP_FILTER_FLAG_SPEC_ALLOW, &program) == 0 ||
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

#endif
