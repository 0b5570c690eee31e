/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"

#include "cmd/dedupe/match.h"

/* Counters to begin with; tables grow by a half.  Of so many samples one is
 * in the postings, the prints counted as well. */
#define MATCH_FIRST ((size_t)1 << 17)
#define MATCH_SHARE ((size_t)6)

/* Samples a copy shares with those a text is found by, at least: one is often
 * shared by chance, two seldom. */
#define MATCH_HITS 2

static void
expect(struct match *, const struct shingle *, size_t n, uint32_t runs);
static void enlist(struct match *);
static void enter(struct match *, const struct shingle *, size_t n,
    uint32_t runs, uint64_t print);
static size_t table_size(const struct match *);
static int equal(struct match *, const struct shingles *, struct store_text *);
static void
take(struct match *, const struct store_text *, double, double least);
static void look_up(struct match *, const struct shingles *);
static void sort_numbers(uint32_t *, size_t);
static int by_number(const void *, const void *);
static double
compare(struct match *, const struct shingles *, const struct store_text *);
static size_t shared(
    struct match *, const struct shingles *, const struct shingle *, size_t n);
static uint32_t print_key(uint64_t print);

struct match *
match_new(int mutual)
{
	size_t none = 0;
	struct match *m = mem_grow(NULL, &none, 1, sizeof(*m));

	memset(m, 0, sizeof(*m));
	m->mutual = mutual;
	return m;
}

size_t
match_find(struct match *m, const struct shingles *s, double least)
{
	struct store_text text;
	size_t i, k;

	enlist(m);
	m->founds = 0;
	if (equal(m, s, &text)) {
		take(m, &text, 1, least);
		return m->founds;
	}
	look_up(m, s);
	for (i = 0; i < m->candidates; i = k) {
		for (k = i + 1;
		     k < m->candidates && m->candidate[k] == m->candidate[i];)
			k++;
		if (k - i < MATCH_HITS)
			continue;
		store_get(&m->store, m->candidate[i], &text);
		take(m, &text, compare(m, s, &text), least);
	}
	/* The first one was told whatever its similarity. */
	for (i = k = 1; i < m->founds && !m->mutual; i++)
		if (m->found[i].similarity >= least + MATCH_MARGIN)
			m->found[k++] = m->found[i];
	if (m->founds > 1)
		m->founds = k;
	return m->founds;
}

void
match_keep(
    struct match *m, const struct shingles *s, struct str doc, size_t block)
{
	store_add(&m->store, s, doc, block);
	expect(m, s->v, s->n, s->runs);
	/* If it is the only one to be entered, it is at hand. */
	if (m->listed + 1 == m->store.n && table_size(m) == m->tally.cap)
		enter(m, s->v, s->n, s->runs, s->print);
}

size_t
match_load(struct match *m, const unsigned char *p, size_t n)
{
	struct shingle v[SHINGLE_MOST];
	struct store_text text;
	size_t used = store_read(p, n, &text);

	if (used == 0)
		return 0;
	store_refer(&m->store, p);
	store_samples(&text, v);
	expect(m, v, text.n, text.runs);
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

/* Count what a text needs in the tables. */
static void
expect(struct match *m, const struct shingle *v, size_t n, uint32_t runs)
{
	uint32_t limit = shingle_limit(runs, SHINGLE_INDEX);
	size_t i;

	m->keys += n;
	m->slots++;
	for (i = 0; i < n; i++)
		m->slots += v[i].key < limit;
}

/*
 * Enter the texts that were stored since into the tables.  How large these are
 * depends on the texts alone, so that all is the same whether texts were just
 * kept or come from an index.
 */
static void
enlist(struct match *m)
{
	struct shingle v[SHINGLE_MOST];
	struct store_text text;
	size_t counters;

	if (m->listed == m->store.n)
		return;
	counters = table_size(m);
	if (counters != m->tally.cap) {
		tally_clear(&m->tally, counters);
		posting_clear(&m->postings, counters / MATCH_SHARE / 4 * 5);
		m->listed = 0;
	}
	while (m->listed < m->store.n) {
		store_get(&m->store, m->listed, &text);
		store_samples(&text, v);
		enter(m, v, text.n, text.runs, text.print);
	}
}

/* Enter the next text. */
static void
enter(struct match *m, const struct shingle *v, size_t n, uint32_t runs,
    uint64_t print)
{
	uint32_t limit = shingle_limit(runs, SHINGLE_INDEX);
	uint32_t number = (uint32_t)m->listed++;
	size_t i;

	posting_add(&m->postings, print_key(print), number);
	for (i = 0; i < n; i++) {
		tally_prefetch(&m->tally, v[i].key);
		if (v[i].key < limit)
			posting_prefetch(&m->postings, v[i].key);
	}
	for (i = 0; i < n; i++) {
		uint32_t key = v[i].key;

		tally_add(&m->tally, key);
		if (key < limit && tally_count(&m->tally, key) <= COVER_COMMON)
			posting_add(&m->postings, key, number);
	}
}

/* How many counters all texts need.  Both tables grow at once, as either way
 * all is entered anew. */
static size_t
table_size(const struct match *m)
{
	size_t least = MATCH_SHARE * m->slots, size = MATCH_FIRST;

	if (least < m->keys)
		least = m->keys;
	while (size < least)
		size += size / 4 * 2;
	return size;
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

/* Take a text for one that was found, if it is. */
static void
take(struct match *m, const struct store_text *text, double similarity,
    double least)
{
	struct match_found now = {text->doc, text->block, similarity};
	struct match_found *v = m->found;
	size_t i = 0;

	if (similarity < least || similarity <= 0)
		return;
	/* One name may stand for several texts. */
	while (i < m->founds &&
	       (v[i].block != now.block || !str_eq(v[i].doc, now.doc)))
		i++;
	if (i == MATCH_FOUND)
		i--;
	else if (i == m->founds)
		v[m->founds++].similarity = 0;
	if (v[i].similarity >= similarity)
		return;
	v[i] = now;
	if (similarity > v[0].similarity) {
		v[i] = v[0];
		v[0] = now;
	}
}

/* List the candidates, and note which samples are common. */
static void
look_up(struct match *m, const struct shingles *s)
{
	uint32_t key, number;
	size_t i, at, rare = 0, n = 0;

	for (i = 0; i < s->n; i++)
		tally_prefetch(&m->tally, s->v[i].key);
	for (i = 0; i < s->n; i++) {
		unsigned int count = tally_count(&m->tally, s->v[i].key);

		m->here[i].shingle = s->v[i];
		m->here[i].common = count > COVER_COMMON;
		/* Without a branch, as chance decides. */
		m->rare[rare] = s->v[i].key;
		rare += count - 1 < COVER_COMMON;
	}
	for (i = 0; i < rare; i++)
		posting_prefetch(&m->postings, m->rare[i]);
	for (i = 0; i < rare; i++) {
		key = m->rare[i];
		at = posting_first(&m->postings, key);
		while (n < MATCH_CANDIDATES &&
		       posting_next(&m->postings, key, &at, &number))
			m->candidate[n++] = number;
	}
	m->candidates = n;
	sort_numbers(m->candidate, n);
}

static void
sort_numbers(uint32_t *v, size_t n)
{
	size_t i, k;

	if (n > 48) {
		qsort(v, n, sizeof(*v), by_number);
		return;
	}
	for (i = 1; i < n; i++) {
		uint32_t x = v[i];

		for (k = i; k > 0 && v[k - 1] > x; k--)
			v[k] = v[k - 1];
		v[k] = x;
	}
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
	uint32_t limit = text->limit < s->limit ? text->limit : s->limit;
	struct shingle v[SHINGLE_MOST];
	double here, there;
	size_t i;

	/* Most candidates share a sample or two by chance. */
	store_samples(text, v);
	if (shared(m, s, v, text->n) < COVER_LEAST)
		return 0;
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
	here = cover_share(m->here, s->n, limit);
	there = cover_share(m->there, text->n, limit);
	return (here > there) == !m->mutual ? here : there;
}

/* How many samples that are not common both texts have; for each of the `n`
 * of the candidate, `other` is what number it has in the text at hand, or -1. */
static size_t
shared(struct match *m, const struct shingles *s, const struct shingle *v,
    size_t n)
{
	size_t both = 0, i;

	for (i = 0; i < n; i++) {
		int other = shingle_find(s, v[i].key);

		m->other[i] = (int16_t)other;
		both += other != -1 && !m->here[other].common;
	}
	return both;
}

/* Keys of prints share the table with those of samples; who finds a text by
 * one looks at the print itself. */
static uint32_t
print_key(uint64_t print)
{
	return (uint32_t)(print >> 32);
}
