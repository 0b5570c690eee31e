/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "cmd/dedupe/match.h"

#include "tests/unit/check.h"

static void
a_tally_counts(void)
{
	struct tally t = {.pair = NULL};
	uint32_t i, k;
	size_t high = 0;

	CHECK_EQ(tally_count(&t, 7), 0);
	tally_clear(&t, 1 << 16);
	for (i = 0; i < 3000; i++)
		for (k = 0; k < i % 20; k++)
			tally_add(&t, i * 2654435761u);
	for (i = 0; i < 3000; i++) {
		unsigned int n = tally_count(&t, i * 2654435761u);
		unsigned int least = i % 20 < 15 ? i % 20 : 15;

		CHECK(n >= least);
		high += n > least;
	}
	CHECK(high < 300);
	CHECK_EQ(tally_bytes(&t), 1 << 15);
	tally_free(&t);
}

static void
postings_equal_a_list(void)
{
	enum { N = 20000 };
	struct postings p = {.tag = NULL};
	uint32_t *key = malloc(N * sizeof(*key)), i, text;
	uint64_t seed = 9;
	size_t seen = 0, wrong = 0, at;

	if (key == NULL)
		abort();
	at = posting_first(&p, 5);
	CHECK(!posting_next(&p, 5, &at, &text));
	posting_clear(&p, (size_t)N / 3 * 4);
	for (i = 0; i < N; i++) {
		key[i] = (uint32_t)check_random(&seed) % 9000;
		posting_add(&p, key[i], i);
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
	CHECK(wrong < N / 20);
	CHECK(posting_bytes(&p) < (size_t)7 * N);
	posting_free(&p);
	free(key);
}

static void
records_come_back(void)
{
	struct shingles *s = calloc(1, sizeof(*s));
	struct shingle v[SHINGLE_MOST];
	struct store store = {0};
	struct store_text text;
	size_t i, n;

	if (s == NULL)
		abort();
	s->print = 0x0123456789abcdefu;
	s->runs = 9000; /* places in steps of several words */
	s->n = 100;
	for (i = 0; i < s->n; i++)
		s->v[i] = (struct shingle){(uint32_t)i * 77777777u,
		    (uint32_t)(i * i / 16) << shingle_step(s->runs)};
	store_add(&store, s, STR_LIT("key"), 7);
	store_add(&store, s, STR_LIT(""), 8);
	store_get(&store, 0, &text);
	CHECK(text.print == s->print);
	CHECK_EQ(text.runs, 9000);
	CHECK_EQ(text.block, 7);
	CHECK_STR(text.doc, STR_LIT("key"));
	store_samples(&text, v);
	CHECK(memcmp(v, s->v, s->n * sizeof(*v)) == 0);
	n = STORE_HEAD + 4 * s->n + s->n / 2 + 3;
	CHECK_EQ(store_read(store.record[0], n, &text), n);
	CHECK_EQ(store_read(store.record[0], n - 1, &text), 0);
	CHECK_EQ(store_read(store.record[0], 3, &text), 0);
	store_get(&store, 1, &text);
	CHECK_EQ(text.block, 8);
	store_free(&store);
	free(s);
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
	check_case("shares of one text in another", shares);
	return check_done();
}
