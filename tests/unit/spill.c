/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "cmd/dedupe/match.h"
#include "cmd/dedupe/spill.h"

#include "tests/unit/check.h"

static int
all_zero(const unsigned char *p, size_t n)
{
	while (n > 0 && p[n - 1] == 0)
		n--;
	return n == 0;
}

/* Tables of all sizes are zero, whatever was there before. */
static void
tables_are_zero(void)
{
	static const size_t sizes[] = {8, 100, 65537, 99999, 300000, 90000, 16};
	struct spill s;
	size_t i;

	CHECK(spill_open(&s, "/tmp", 65536) == 0);
	for (i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		unsigned char *p = spill_table(&s, sizes[i]);

		CHECK((uintptr_t)p % 16 == 0);
		CHECK(all_zero(p, sizes[i]));
		memset(p, 255, sizes[i]);
		CHECK_EQ(s.used, sizes[i] <= 65536 ? sizes[i] : 0);
		CHECK((spill_parts(&s) == 1) == (sizes[i] <= 65536));
		CHECK(spill_parts(&s) <= 64);
		spill_filled(&s);
		CHECK(p[0] == 255 && p[sizes[i] - 1] == 255);
	}
	spill_free(&s);
	spill_free(&s);
}

/* Chunks in memory and in the file keep what is put there. */
static void
chunks_stay(void)
{
	unsigned char *chunk[40];
	size_t n[40], i, k;
	struct spill s;

	CHECK(spill_open(&s, "/tmp", 200000) == 0);
	for (i = 0; i < 40; i++) {
		size_t want = 1 + i * i * 1000;

		n[i] = want;
		chunk[i] = spill_chunk(&s, &n[i]);
		CHECK(n[i] >= want);
		memset(chunk[i], (int)i, n[i]);
	}
	CHECK(s.used < 300000);
	CHECK(s.maps > 30);
	for (i = 0; i < 40; i++) {
		for (k = 0; k < n[i] && chunk[i][k] == i;)
			k++;
		CHECK_EQ(k, n[i]);
	}
	spill_free(&s);
}

static void
no_folder_is_told(void)
{
	struct spill s;

	CHECK(spill_open(&s, "/no/such/folder", 65536) == -1);
	CHECK(errno == ENOENT);
	spill_free(&s);
}

/* Samples of a text of its own; every fifth shares some with one before. */
static void
make_text(struct shingles *s, uint32_t number)
{
	size_t i;

	memset(s, 0, sizeof(*s));
	s->runs = 60;
	s->print = number * 0x9e3779b97f4a7c15u;
	s->limit = shingle_limit(s->runs, SHINGLE_SAMPLES);
	s->n = 60;
	for (i = 0; i < s->n; i++) {
		uint64_t from =
		    number % 5 == 4 && i % 3 == 0 ? number - 3 : number;
		uint64_t seed = from * 1000 + i;

		s->v[i].key = shingle_key(check_random(&seed));
		s->v[i].at = (uint32_t)i;
	}
}

/* What is found in files is what is found in memory. */
static void
found_alike(void)
{
	struct shingles *s = malloc(sizeof(*s));
	struct match *here, *there;
	struct spill spill;
	uint32_t i;

	if (s == NULL)
		abort();
	CHECK(spill_open(&spill, "/tmp", 1 << 16) == 0);
	here = match_new(0, NULL);
	there = match_new(0, &spill);
	for (i = 0; i < 3000; i++) {
		make_text(s, i);
		CHECK_EQ(match_find(here, s, 0.1), match_find(there, s, 0.1));
		CHECK_EQ(here->candidates, there->candidates);
		CHECK(memcmp(here->candidate, there->candidate,
			  here->candidates * sizeof(*here->candidate)) == 0);
		match_keep(here, s, STR_LIT("d"), i);
		match_keep(there, s, STR_LIT("d"), i);
	}
	CHECK(spill.table_in_file && spill_parts(&spill) > 2);
	CHECK(spill.maps > 0);
	CHECK(memcmp(here->tally.pair, there->tally.pair,
		  here->tally.cap / 2) == 0);
	match_free(here);
	match_free(there);
	spill_free(&spill);
	free(s);
}

int
main(void)
{
	check_case("tables are zero", tables_are_zero);
	check_case("chunks stay", chunks_stay);
	check_case("no folder is told", no_folder_is_told);
	check_case("found in files as in memory", found_alike);
	return check_done();
}
