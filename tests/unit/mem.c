/* SPDX-License-Identifier: ISC */
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "common/mem.h"

#include "tests/unit/check.h"

static void
pieces(void)
{
	struct mem mem = {NULL, NULL};
	uint64_t seed = 1;
	unsigned char *v[300];
	size_t n[300], i, k;
	int round;

	for (round = 0; round < 5; round++) {
		for (i = 0; i < 300; i++) {
			n[i] =
			    check_random(&seed) % (i % 50 == 0 ? 90000 : 900);
			v[i] = mem_new(&mem, n[i], 1);
			CHECK_EQ((uintptr_t)v[i] % _Alignof(max_align_t), 0);
			memset(v[i], (int)i, n[i]);
		}
		for (i = 0; i < 300; i++)
			for (k = 0; k < n[i]; k++)
				CHECK(v[i][k] == (unsigned char)i);
		mem_reset(&mem);
	}
	mem_free(&mem);
	CHECK(mem.first == NULL && mem.cur == NULL);
	mem_free(&mem);
	CHECK(mem_new(&mem, 10, 8) != NULL);
	mem_free(&mem);
}

static void
copies(void)
{
	struct mem mem = {NULL, NULL};
	unsigned char text[] = "abc";
	struct str s = mem_dup(&mem, (struct str){text, 3});

	text[0] = 'x';
	CHECK_STR(s, STR_LIT("abc"));
	CHECK_EQ(mem_dup(&mem, STR_LIT("")).n, 0);
	mem_free(&mem);
}

static void
trimmed(void)
{
	struct mem mem = {NULL, NULL};
	unsigned char *a = mem_new(&mem, 1000, 1), *b;

	memset(a, 1, 100);
	mem_trim(&mem, 900);
	b = mem_new(&mem, 10, 1);
	CHECK(b >= a + 100 && b < a + 200);
	memset(b, 2, 10);
	CHECK(a[99] == 1);
	/* More than the newest piece holds is not taken back. */
	mem_trim(&mem, 5000);
	CHECK((unsigned char *)mem_new(&mem, 1, 1) > b);
	mem_free(&mem);
}

static size_t
peak(void)
{
	struct rusage use;

	getrusage(RUSAGE_SELF, &use);
	return (size_t)use.ru_maxrss;
}

/* Documents that grow a little each time must not leave their blocks. */
static void
bounded(void)
{
	struct mem mem = {NULL, NULL};
	size_t i, before = peak();

	for (i = 0; i < 3000; i++) {
		memset(mem_new(&mem, 60000, 1), 1, 60000);
		memset(mem_new(&mem, 70000 + 32 * i, 1), 1, 70000 + 32 * i);
		mem_reset(&mem);
	}
#ifndef __SANITIZE_ADDRESS__
	/* The sanitizer keeps what was freed. */
	CHECK(peak() - before < 8 << 10);
#endif
	CHECK(before > 0);
	mem_free(&mem);
}

static void
growing(void)
{
	size_t cap = 0, i, moved = 0;
	uint32_t *v = NULL, *old;

	for (i = 0; i < 100000; i++) {
		old = v;
		v = mem_grow(v, &cap, i + 1, sizeof(*v));
		moved += v != old;
		v[i] = (uint32_t)i;
	}
	for (i = 0; i < 100000; i++)
		CHECK_EQ(v[i], i);
	CHECK(cap >= 100000 && cap <= 262144 && moved < 20);
	CHECK(mem_grow(v, &cap, 5, sizeof(*v)) == v);
	free(v);
}

int
main(void)
{
	check_case("mem: pieces are aligned and apart", pieces);
	check_case("mem: copies", copies);
	check_case("mem: trimmed pieces", trimmed);
	check_case("mem: bounded by the largest round", bounded);
	check_case("mem: arrays grow by doubling", growing);
	return check_done();
}
