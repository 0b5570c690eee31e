/* SPDX-License-Identifier: ISC */
#ifndef UNIT_CHECK_H
#define UNIT_CHECK_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/str.h"

/*
 * check - what a unit test needs: CHECK, named cases, seeded random numbers.
 *
 * A test is a program that calls check_case() for each of its cases and ends
 * with check_done().  It prints `ok` or `not ok` and the name for each case,
 * and file, line and condition for what failed, on standard output.
 *
 * What compares with a slow model does so for check_count() random inputs:
 * `make models COUNT=1000000` asks for more of them.
 */

#define CHECK(x)        check_that((x) != 0, #x, __FILE__, __LINE__)
#define CHECK_EQ(a, b)  check_equal((a), (b), #a, __FILE__, __LINE__)
#define CHECK_STR(a, b) check_same((a), (b), #a, __FILE__, __LINE__)

struct check {
	size_t failures; /* of the case under way */
	int bad;         /* whether any case failed */
};

/* One program, one test: a static saves handing it to every function. */
static struct check check;

static inline int
check_that(int holds, const char *what, const char *file, int line)
{
	/* A broken loop would say the same thing a million times. */
	if (!holds && check.failures++ < 10)
		printf("# %s:%d: %s\n", file, line, what);
	return holds;
}

static inline int
check_equal(size_t a, size_t b, const char *what, const char *file, int line)
{
	if (a != b && check.failures++ < 10)
		printf("# %s:%d: %s is %zu, not %zu\n", file, line, what, a, b);
	return a == b;
}

static inline int
check_same(
    struct str a, struct str b, const char *what, const char *file, int line)
{
	int holds = str_eq(a, b);

	if (!holds && check.failures++ < 10)
		printf("# %s:%d: %s is \"%.*s\", not \"%.*s\"\n", file, line,
		    what, (int)(a.n < 200 ? a.n : 200), (const char *)a.p,
		    (int)(b.n < 200 ? b.n : 200), (const char *)b.p);
	return holds;
}

static inline void
check_case(const char *name, void (*test)(void))
{
	check.failures = 0;
	test();
	printf("%s - %s\n", check.failures == 0 ? "ok" : "not ok", name);
	fflush(stdout);
	check.bad |= check.failures > 0;
}

static inline int
check_done(void)
{
	return check.bad;
}

/* How many random inputs: COUNT of the environment, or what is usual. */
static inline size_t
check_count(void)
{
	const char *count = getenv("COUNT");

	return count == NULL ? 20000 : (size_t)strtoul(count, NULL, 10);
}

/* The next of a fixed series of random numbers (splitmix64). */
static inline uint64_t
check_random(uint64_t *state)
{
	uint64_t x = *state += 0x9e3779b97f4a7c15u;

	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
	x = (x ^ x >> 27) * 0x94d049bb133111ebu;
	return x ^ x >> 31;
}

#endif
