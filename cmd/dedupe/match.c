/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"

#include "cmd/dedupe/bytes.h"
#include "cmd/dedupe/match.h"

static void enlist(struct match *);
static int equal(struct match *, const struct shingles *, struct store_text *);
static void look_up(struct match *, const struct shingles *);
static int by_number(const void *, const void *);
static double
compare(struct match *, const struct shingles *, const struct store_text *);
static size_t
shared(struct match *, const struct shingles *, const struct store_text *);
static void recount(struct match *);
static uint32_t print_key(uint64_t print);

struct match *
match_new(void)
{
	size_t none = 0;
	struct match *m = mem_grow(NULL, &none, 1, sizeof(*m));

	memset(m, 0, sizeof(*m));
	return m;
}

int
match_find(struct match *m, const struct shingles *s, double least,
    struct match_found *found)
{
	struct store_text text;
	size_t i;

	if (equal(m, s, &text)) {
		*found = (struct match_found){text.doc, text.block, 1};
		return 1;
	}
	look_up(m, s);
	found->similarity = 0;
	for (i = 0; i < m->candidates; i++) {
		double similarity;

		if (i > 0 && m->candidate[i] == m->candidate[i - 1])
			continue;
		store_get(&m->store, m->candidate[i], &text);
		similarity = compare(m, s, &text);
		if (similarity > found->similarity)
			*found = (struct match_found){
			    text.doc, text.block, similarity};
	}
	return found->similarity > 0 && found->similarity >= least;
}

void
match_keep(
    struct match *m, const struct shingles *s, struct str doc, size_t block)
{
	store_add(&m->store, s, doc, block);
	enlist(m);
}

size_t
match_load(struct match *m, const unsigned char *p, size_t n)
{
	struct store_text text;
	size_t used = store_read(p, n, &text);

	if (used > 0) {
		store_refer(&m->store, p);
		enlist(m);
	}
	return used;
}

struct str
match_record(const struct match *m, size_t number)
{
	struct store_text text;
	const unsigned char *p = m->store.record[number];

	return (struct str){p, store_read(p, SIZE_MAX, &text)};
}

size_t
match_texts(const struct match *m)
{
	return m->store.n;
}

size_t
match_bytes(const struct match *m)
{
	return sizeof(*m) + store_bytes(&m->store) +
	       posting_bytes(&m->postings) + tally_bytes(&m->tally);
}

void
match_free(struct match *m)
{
	if (m == NULL)
		return;
	store_free(&m->store);
	posting_free(&m->postings);
	tally_free(&m->tally);
	free(m);
}

/* Enter the text that was stored last into the tables. */
static void
enlist(struct match *m)
{
	uint32_t number = (uint32_t)(m->store.n - 1), limit;
	struct shingle v[SHINGLE_MOST];
	struct store_text text;
	size_t i;

	store_get(&m->store, number, &text);
	store_samples(&text, v);
	limit = shingle_limit(text.runs, SHINGLE_INDEX);
	posting_add(&m->postings, print_key(text.print), number);
	if (tally_full(&m->tally))
		recount(m);
	else
		for (i = 0; i < text.n; i++)
			tally_add(&m->tally, v[i].key);
	for (i = 0; i < text.n; i++)
		if (v[i].key < limit &&
		    tally_count(&m->tally, v[i].key) <= COVER_COMMON)
			posting_add(&m->postings, v[i].key, number);
}

/* Whether a text of the same words was kept. */
static int
equal(struct match *m, const struct shingles *s, struct store_text *text)
{
	uint32_t key = print_key(s->print), number;
	size_t at = posting_first(&m->postings, key);

	while (posting_next(&m->postings, key, &at, &number)) {
		store_get(&m->store, number, text);
		if (text->print == s->print)
			return 1;
	}
	return 0;
}

/* List the candidates, and note which samples are common. */
static void
look_up(struct match *m, const struct shingles *s)
{
	size_t i, at, n = 0;

	for (i = 0; i < s->n; i++) {
		tally_prefetch(&m->tally, s->v[i].key);
		posting_prefetch(&m->postings, s->v[i].key);
	}
	for (i = 0; i < s->n; i++) {
		uint32_t key = s->v[i].key, number;

		m->here[i].shingle = s->v[i];
		m->here[i].common = tally_count(&m->tally, key) > COVER_COMMON;
		at = posting_first(&m->postings, key);
		while (!m->here[i].common && n < MATCH_CANDIDATES &&
		       posting_next(&m->postings, key, &at, &number))
			m->candidate[n++] = number;
	}
	m->candidates = n;
	if (n > 1)
		qsort(m->candidate, n, sizeof(*m->candidate), by_number);
}

static int
by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static double
compare(
    struct match *m, const struct shingles *s, const struct store_text *text)
{
	uint32_t limit = shingle_limit(text->runs, SHINGLE_SAMPLES);
	struct shingle v[SHINGLE_MOST];
	double here, there;
	size_t i;

	/* Most candidates share a sample or two by chance. */
	if (shared(m, s, text) < COVER_LEAST)
		return 0;
	store_samples(text, v);
	for (i = 0; i < s->n; i++)
		m->here[i].found = 0;
	for (i = 0; i < text->n; i++) {
		struct cover_sample *sample = &m->there[i];
		int other = m->other[i];

		*sample = (struct cover_sample){.shingle = v[i]};
		if (other == -1) {
			sample->common =
			    tally_count(&m->tally, v[i].key) > COVER_COMMON;
			continue;
		}
		sample->common = m->here[other].common;
		sample->found = 1;
		sample->there = s->v[other].at;
		m->here[other].found = 1;
		m->here[other].there = v[i].at;
	}
	if (limit > s->limit)
		limit = s->limit;
	here = cover_share(m->here, s->n, limit);
	there = cover_share(m->there, text->n, limit);
	return here > there ? here : there;
}

/* How many samples that are not common both texts have; for each sample of
 * the candidate, `other` is what number it has in the text at hand, or -1. */
static size_t
shared(struct match *m, const struct shingles *s, const struct store_text *text)
{
	size_t n = 0, i;

	for (i = 0; i < text->n; i++) {
		int other = shingle_find(s, bytes_get32(text->key + 4 * i));

		m->other[i] = (int16_t)other;
		n += other != -1 && !m->here[other].common;
	}
	return n;
}

/* Count the samples of all kept texts anew, in a larger table. */
static void
recount(struct match *m)
{
	struct shingle v[SHINGLE_MOST];
	struct store_text text;
	size_t i, k;

	tally_clear(&m->tally, 2 * m->tally.n);
	for (i = 0; i < m->store.n; i++) {
		store_get(&m->store, i, &text);
		store_samples(&text, v);
		for (k = 0; k < text.n; k++)
			tally_add(&m->tally, v[k].key);
	}
}

/* Keys of prints share the table with those of samples; who finds a text by
 * one looks at the print itself. */
static uint32_t
print_key(uint64_t print)
{
	return (uint32_t)(print >> 32);
}
