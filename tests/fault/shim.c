/* SPDX-License-Identifier: ISC */
/*
 * shim - a library to be preloaded that makes one call of the system fail.
 *
 * With FAULT_WRAP it is linked in, with --wrap, in builds with sanitizers,
 * which cannot have their memory taken from them; see the Makefile.
 *
 * FAULT_KIND   what is counted: "memory" for malloc(3) and its kin, "call"
 *              for the calls that open, read, write, sync and replace files
 * FAULT_AT     the number of the call that fails, from 1; 0 for none
 * FAULT_ERROR  errno it fails with; 0: it does less than asked, one byte
 * FAULT_REST   1: those behind it fail, too
 * FAULT_COUNT  a file that the number of calls is written to
 */
#define _GNU_SOURCE /* RTLD_NEXT */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum kind { NONE, MEMORY, CALL };

/* A library that is preloaded has nobody to hand its state to. */
static struct {
	enum kind kind;
	unsigned long at, n;
	int error, rest, fd;
} fault = {.fd = -1};

static unsigned long number(const char *);

/* Name a wrapper, and find the function that it stands before. */
#ifdef FAULT_WRAP
#define OUR(name) __wrap_##name
#define NEXT(name)                                                             \
	extern __typeof__(name) __real_##name;                                 \
	next = __real_##name
#else
#define OUR(name) name
#define NEXT(name)                                                             \
	do {                                                                   \
		if (next == NULL) {                                            \
			void *p = dlsym(RTLD_NEXT, #name);                     \
			memcpy(&next, &p, sizeof(p));                          \
		}                                                              \
	} while (0)
#endif

__attribute__((constructor)) static void
start(void)
{
	const char *kind = getenv("FAULT_KIND"), *to = getenv("FAULT_COUNT");

	fault.at = number("FAULT_AT");
	fault.error = (int)number("FAULT_ERROR");
	fault.rest = (int)number("FAULT_REST");
	/* Opened now: later the tool may open nothing. */
	if (to != NULL)
		fault.fd = open(to, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	if (kind != NULL)
		fault.kind = strcmp(kind, "memory") == 0 ? MEMORY : CALL;
}

__attribute__((destructor)) static void
end(void)
{
	char text[32];
	int n = snprintf(text, sizeof(text), "%lu\n", fault.n);

	fault.kind = NONE;
	if (fault.fd != -1 && write(fault.fd, text, (size_t)n) != n)
		_exit(99);
}

static unsigned long
number(const char *name)
{
	const char *value = getenv(name);

	return value == NULL ? 0 : strtoul(value, NULL, 10);
}

/* Count a call.  Returns 1 if it is to fail. */
static int
fails(enum kind kind)
{
	if (fault.kind != kind)
		return 0;
	fault.n++;
	if (fault.n != fault.at && !(fault.rest && fault.n > fault.at))
		return 0;
	if (fault.at == 0)
		return 0;
	errno = fault.error;
	return 1;
}

/* Memory. */

#ifndef FAULT_WRAP
/* dlsym(3) asks for memory before it can say where memory is had. */
static struct {
	_Alignas(16) unsigned char v[8192];
	size_t n;
} early;

static void *
early_piece(size_t n)
{
	void *p = early.v + early.n;

	n = (n + 15) / 16 * 16;
	if (sizeof(early.v) - early.n < n)
		return NULL;
	early.n += n;
	return p;
}

static int
is_early(const void *p)
{
	return (uintptr_t)p >= (uintptr_t)early.v &&
	       (uintptr_t)p < (uintptr_t)early.v + sizeof(early.v);
}

void
free(void *p)
{
	static void (*next)(void *);

	if (is_early(p))
		return;
	NEXT(free);
	next(p);
}
#endif

void *
OUR(malloc)(size_t n)
{
	static void *(*next)(size_t);

	NEXT(malloc);
	return fails(MEMORY) ? NULL : next(n);
}

void *
OUR(calloc)(size_t n, size_t size)
{
	static void *(*next)(size_t, size_t);
#ifndef FAULT_WRAP
	static int busy;

	if (busy)
		return early_piece(n * size);
	busy = 1;
#endif
	NEXT(calloc);
#ifndef FAULT_WRAP
	busy = 0;
#endif
	return fails(MEMORY) ? NULL : next(n, size);
}

void *
OUR(realloc)(void *p, size_t n)
{
	static void *(*next)(void *, size_t);

	NEXT(realloc);
	return fails(MEMORY) ? NULL : next(p, n);
}

int
OUR(posix_memalign)(void **p, size_t align, size_t n)
{
	static int (*next)(void **, size_t, size_t);

	NEXT(posix_memalign);
	return fails(MEMORY) ? ENOMEM : next(p, align, n);
}

void *
OUR(aligned_alloc)(size_t align, size_t n)
{
	static void *(*next)(size_t, size_t);

	NEXT(aligned_alloc);
	return fails(MEMORY) ? NULL : next(align, n);
}

/* Files. */

ssize_t
OUR(read)(int fd, void *to, size_t n)
{
	static ssize_t (*next)(int, void *, size_t);

	NEXT(read);
	if (!fails(CALL))
		return next(fd, to, n);
	return fault.error == 0 && n > 0 ? next(fd, to, 1) : -1;
}

ssize_t
OUR(write)(int fd, const void *from, size_t n)
{
	static ssize_t (*next)(int, const void *, size_t);

	NEXT(write);
	if (!fails(CALL))
		return next(fd, from, n);
	return fault.error == 0 && n > 0 ? next(fd, from, 1) : -1;
}

int
OUR(open)(const char *path, int flags, ...)
{
	static int (*next)(const char *, int, ...);
	mode_t mode = 0;
	va_list list;

	if ((flags & O_CREAT) != 0) {
		va_start(list, flags);
		mode = va_arg(list, mode_t);
		va_end(list);
	}
	NEXT(open);
	return fails(CALL) && fault.error != 0 ? -1 : next(path, flags, mode);
}

int
OUR(close)(int fd)
{
	static int (*next)(int);
	int fail = fails(CALL) && fault.error != 0;

	/* As Linux does it: closed it is in any case. */
	NEXT(close);
	return next(fd) == -1 || fail ? -1 : 0;
}

/* The rest do their work or fail, as a whole. */
#define WRAP(name, take, give)                                                 \
	int OUR(name) take                                                     \
	{                                                                      \
		static int(*next) take;                                        \
                                                                               \
		NEXT(name);                                                    \
		return fails(CALL) && fault.error != 0 ? -1 : next give;       \
	}

WRAP(fsync, (int fd), (fd))
WRAP(fdatasync, (int fd), (fd))
WRAP(ftruncate, (int fd, off_t n), (fd, n))
WRAP(rename, (const char *from, const char *to), (from, to))
WRAP(unlink, (const char *path), (path))
WRAP(flock, (int fd, int how), (fd, how))
WRAP(fstat, (int fd, struct stat *st), (fd, st))
WRAP(stat, (const char *path, struct stat *st), (path, st))
WRAP(futimens, (int fd, const struct timespec t[2]), (fd, t))
WRAP(poll, (struct pollfd * v, nfds_t n, int wait), (v, n, wait))

off_t
OUR(lseek)(int fd, off_t at, int from)
{
	static off_t (*next)(int, off_t, int);

	NEXT(lseek);
	return fails(CALL) && fault.error != 0 ? -1 : next(fd, at, from);
}

void *
OUR(mmap)(void *at, size_t n, int rights, int flags, int fd, off_t from)
{
	static void *(*next)(void *, size_t, int, int, int, off_t);

	NEXT(mmap);
	/* Without a file it is memory, and that is not asked for here. */
	if (fd != -1 && fails(CALL) && fault.error != 0)
		return MAP_FAILED;
	return next(at, n, rights, flags, fd, from);
}
