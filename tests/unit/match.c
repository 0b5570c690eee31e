/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "cmd/dedupe/match.h"

#include "tests/unit/check.h"

static void
a_tally_counts(void)
{
	static unsigned char pair[1 << 15];
	struct tally t = {.pair = pair, .cap = 2 * sizeof(pair)};
	uint32_t i, k;
	size_t high = 0;

	for (i = 0; i < 3000; i++)
		for (k = 0; k < i % 20; k++)
			tally_add(&t, tally_place(&t, i * 2654435761u));
	for (i = 0; i < 3000; i++) {
		size_t place = tally_place(&t, i * 2654435761u);
		unsigned int n = tally_count(&t, place);
		unsigned int least = i % 20 < 15 ? i % 20 : 15;

		CHECK(n >= least);
		high += n > least;
	}
	CHECK(high < 300);
}

static void
postings_equal_a_list(void)
{
	enum { N = 20000 };
	static uint32_t slot[(size_t)N / 3 * 4];
	struct postings p = {
	    .slot = slot, .cap = sizeof(slot) / sizeof(*slot), .mask = 0xfffff};
	uint32_t *key = malloc(N * sizeof(*key)), i, text;
	uint64_t seed = 9;
	size_t seen = 0, wrong = 0, at;

	if (key == NULL)
		abort();
	at = posting_first(&p, 5);
	CHECK(!posting_next(&p, 5, &at, &text));
	for (i = 0; i < N; i++) {
		key[i] = (uint32_t)check_random(&seed) % 9000;
		posting_add(&p, key[i], posting_first(&p, key[i]), i);
	}
	for (i = 0; i < 9000; i++) {
		at = posting_first(&p, i);
		while (posting_next(&p, i, &at, &text)) {
			CHECK(text < N);
			seen += key[text] == i;
			wrong += key[text] != i;
		}
	}
	CHECK_EQ(seen, N);
	CHECK(wrong < N / 200);
	free(key);
}

/* Samples at all distances below the limit, more of the small ones. */
static void
make_samples(struct shingles *s, uint32_t runs, size_t n)
{
	uint64_t seed = 3;
	size_t i;

	memset(s, 0, sizeof(*s));
	s->print = 0x0123456789abcdefu;
	s->runs = runs;
	s->limit = shingle_limit(runs, SHINGLE_SAMPLES);
	s->n = n;
	for (i = 0; i < n; i++) {
		uint64_t r = check_random(&seed);
		uint32_t below = (uint32_t)r >> (r >> 40) % 32;

		s->v[i].key = s->limit - (below < s->limit ? below : 0);
		s->v[i].at = (uint32_t)(i * i % 16) << shingle_step(runs);
		s->v[i].at += i > 0 ? s->v[i - 1].at : 0;
	}
}

static void
records_come_back(void)
{
	static const uint32_t runs[] = {0, 3, 127, 128, 600, 9000, 3000000000};
	struct shingles *s = malloc(sizeof(*s));
	struct shingle v[SHINGLE_MOST];
	struct spill spill;
	struct store store = {.spill = &spill};
	struct store_text text;
	size_t i, n, all = sizeof(runs) / sizeof(*runs);

	if (s == NULL)
		abort();
	spill_init(&spill);
	for (i = 0; i < all; i++) {
		make_samples(s, runs[i], i * 255 / (all - 1));
		store_add(&store, s, STR_LIT("key"), 7 * i * i * i);
	}
	store_add(&store, s, STR_LIT(""), UINT32_MAX);
	for (i = 0; i < all; i++) {
		make_samples(s, runs[i], i * 255 / (all - 1));
		store_get(&store, i, &text);
		CHECK(text.print == s->print);
		CHECK_EQ(text.runs, runs[i]);
		CHECK_EQ(text.limit, s->limit);
		CHECK_EQ(text.block, 7 * i * i * i);
		CHECK_STR(text.doc, STR_LIT("key"));
		CHECK_EQ(text.n, s->n);
		store_samples(&text, v);
		CHECK(memcmp(v, s->v, s->n * sizeof(*v)) == 0);
		n = (size_t)(text.doc.p + 3 - store.record[i]);
		CHECK_EQ(store_read(store.record[i], n, &text), n);
		while (n-- > 0)
			CHECK_EQ(store_read(store.record[i], n, &text), 0);
	}
	store_get(&store, all, &text);
	CHECK_EQ(text.block, UINT32_MAX);
	CHECK_EQ(text.doc.n, 0);
	store_free(&store);
	spill_free(&spill);
	free(s);
}

/* As many samples as are wanted, of hashes as chance makes them. */
static void
records_are_small(void)
{
	enum { N = 1000 };
	uint32_t runs = 700;
	uint64_t limit = UINT64_MAX / runs * SHINGLE_SAMPLES, seed = 5;
	struct shingles *s = calloc(1, sizeof(*s));
	struct spill spill;
	struct store store = {.spill = &spill};
	struct store_text text;
	size_t i, k, all = 0;

	if (s == NULL)
		abort();
	spill_init(&spill);
	for (i = 0; i < N; i++) {
		s->runs = runs;
		s->limit = shingle_limit(runs, SHINGLE_SAMPLES);
		for (k = 0; k < SHINGLE_SAMPLES;) {
			uint64_t hash = check_random(&seed);

			if (hash >= limit)
				continue;
			s->v[k].key = shingle_key(hash);
			s->v[k].at = (uint32_t)(6 * k);
			k++;
		}
		s->n = k;
		store_add(&store, s, STR_LIT("www.example.org/2026/11/22"), 1);
		all += store_read(store.record[i], SIZE_MAX, &text);
	}
	CHECK(all < (size_t)N * 500);
	store_free(&store);
	spill_free(&spill);
	free(s);
}

/* Records of any bytes are refused, or read without a look beyond them. */
static void
records_of_any_bytes(void)
{
	struct shingle v[SHINGLE_MOST];
	struct store_text text;
	uint64_t seed = 8;
	size_t i, k;

	for (i = 0; i < 100000; i++) {
		size_t n = check_random(&seed) % 64, used;
		unsigned char *p = malloc(n + 1);

		if (p == NULL)
			abort();
		for (k = 0; k < n; k++)
			p[k] = (unsigned char)(check_random(&seed) %
					       (k > 7 && k < 13 ? 9 : 256));
		used = store_read(p, n, &text);
		CHECK(used <= n);
		if (used > 0)
			store_samples(&text, v);
		free(p);
	}
}

/* Samples 1 to 20, of which those of `found` stand in the other text. */
static double
share(const char *found, size_t drift)
{
	struct cover_sample v[64] = {0};
	size_t i, n = strlen(found);

	for (i = 0; i < n; i++) {
		v[i].shingle = (struct shingle){(uint32_t)i, (uint32_t)i * 5};
		v[i].found = found[i] == '+';
		v[i].common = found[i] == '*';
		v[i].there = (uint32_t)(i * (5 + drift));
	}
	return cover_share(v, n, UINT32_MAX);
}

static void
shares(void)
{
	double whole = share("++++++++++++++++++++", 0);

	CHECK(whole > 0.8 && whole < 1);
	CHECK(share("++..................", 0) == 0);
	/* Every third run alone makes half of a copy whole. */
	CHECK(share("+..+..+..+..+..+..+.", 0) > 0.6);
	/* But not if they stand elsewhere in the other text. */
	CHECK(share("+..+..+..+..+..+..+.", 30) < 0.4);
	/* A new first half is no part of it. */
	CHECK(share("..........++++++++++", 0) < 0.5);
	/* What is common does not count either way. */
	CHECK(share("**++++++++++++++++++++**", 0) == whole);
	/* Less text, less proof. */
	CHECK(share("+++++", 0) < share("++++++++++", 0));
}

int
main(void)
{
	check_case("a tally counts", a_tally_counts);
	check_case("postings equal a list", postings_equal_a_list);
	check_case("records come back", records_come_back);
	check_case("records are small", records_are_small);
	check_case("records of any bytes", records_of_any_bytes);
	check_case("shares of one text in another", shares);
	return check_done();
}
