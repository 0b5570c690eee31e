/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"

#include "cmd/dedupe/match.h"

/*
 * The size of the tables is in slots of the postings that may be used: of seven
 * slots six.  For each there are four counters; a sixth of the samples are in
 * the postings, the prints counted as well, so that a counter serves 1.3 of
 * them, and never more than 1.5.  Tables grow by a quarter.
 */
#define MATCH_FIRST ((size_t)1 << 14)
#define MATCH_SHARE ((size_t)4)
#define MATCH_KEYS  ((size_t)6) /* for each slot at most */

/* Bits of a text's number in the postings, at least. */
#define MATCH_BITS 16

/* Samples a copy shares with those a text is found by, at least: one is often
 * shared by chance, two seldom. */
#define MATCH_HITS 2

/* What is to be entered of a text. */
struct entry {
	uint32_t key[SHINGLE_MOST];   /* of its samples */
	size_t counter[SHINGLE_MOST]; /* their places */
	size_t n;

	uint8_t finder[SHINGLE_MOST]; /* samples it can be found by */
	size_t slot[SHINGLE_MOST];    /* where they belong */
	size_t finders;

	uint32_t print; /* its key */
	size_t print_slot;
	int has_print;
};

static void expect(struct match *);
static void enlist(struct match *);
static void enlist_part(struct match *, size_t from, size_t to);
static int roomy(const struct match *);
static void resize(struct match *);
static size_t table_size(const struct match *);
static uint32_t number_mask(const struct match *);
static void fetch(const struct match *, struct entry *, uint32_t runs);
static size_t
within(const struct match *, uint32_t *key, size_t n, size_t from, size_t to);
static int inside(const struct match *, uint32_t key, size_t from, size_t to);
static void enter(struct match *, const struct entry *, uint32_t number);
static int equal(struct match *, const struct shingles *, struct store_text *);
static void
take(struct match *, const struct store_text *, double, double least);
static void look_up(struct match *, const struct shingles *);
static size_t leave_out(uint32_t *, size_t);
static void sort_numbers(uint32_t *, size_t);
static int by_number(const void *, const void *);
static double
compare(struct match *, const struct shingles *, const struct store_text *);
static size_t shared(
    struct match *, const struct shingles *, const struct shingle *, size_t n);
static int common(const struct match *, uint32_t key);
static uint32_t print_key(uint64_t print);

struct match *
match_new(int mutual, struct spill *spill)
{
	size_t none = 0;
	struct match *m = mem_grow(NULL, &none, 1, sizeof(*m));

	memset(m, 0, sizeof(*m));
	m->mutual = mutual;
	spill_init(&m->own);
	m->spill = m->store.spill = spill == NULL ? &m->own : spill;
	return m;
}

size_t
match_find(struct match *m, const struct shingles *s, double least)
{
	struct store_text text;
	size_t i, k;

	m->founds = 0;
	if (m->store.n == 0)
		return 0;
	enlist(m);
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
	struct entry entry;
	size_t i;

	store_add(&m->store, s, doc, block);
	expect(m);
	/* If it is the only one to be entered, it is at hand. */
	if (m->listed + 1 == m->store.n && roomy(m)) {
		for (i = 0; i < s->n; i++)
			entry.key[i] = s->v[i].key;
		entry.n = s->n;
		entry.print = print_key(s->print);
		entry.has_print = 1;
		fetch(m, &entry, s->runs);
		enter(m, &entry, (uint32_t)m->listed++);
	}
}

size_t
match_load(struct match *m, const unsigned char *p, size_t n)
{
	struct store_text text;
	size_t used = store_read(p, n, &text);

	if (used == 0)
		return 0;
	store_refer(&m->store, p);
	expect(m);
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
	       m->postings.cap * sizeof(*m->postings.slot) + m->tally.cap / 2;
}

void
match_free(struct match *m)
{
	if (m == NULL)
		return;
	store_free(&m->store);
	spill_free(&m->own);
	free(m);
}

/* Count what the newest text needs in the tables. */
static void
expect(struct match *m)
{
	struct store_text text;

	store_get(&m->store, m->store.n - 1, &text);
	m->keys += text.n;
	m->slots +=
	    1 + store_below(&text, shingle_limit(text.runs, SHINGLE_INDEX));
}

/*
 * Enter the texts that were stored since into the tables.  How large these are
 * depends on the texts alone, so that all is the same whether texts were just
 * kept or come from an index.
 */
static void
enlist(struct match *m)
{
	size_t parts, i;

	if (m->listed == m->store.n)
		return;
	if (!roomy(m))
		resize(m);
	parts = spill_parts(m->spill);
	for (i = 0; i < parts; i++)
		enlist_part(m, m->tally.cap * i / parts,
		    m->tally.cap * (i + 1) / parts);
	m->listed = m->store.n;
	spill_filled(m->spill);
}

/* Enter what counters with places in [from,to) are for.  While one text is
 * entered the memory for the next one is on its way. */
static void
enlist_part(struct match *m, size_t from, size_t to)
{
	struct store_text text;
	struct entry entry[2];
	size_t i;

	for (i = m->listed; i < m->store.n; i++) {
		struct entry *e = &entry[i % 2];

		store_get(&m->store, i, &text);
		store_keys(&text, e->key);
		e->n = text.n;
		if (from > 0 || to < m->tally.cap)
			e->n = within(m, e->key, e->n, from, to);
		e->print = print_key(text.print);
		e->has_print = inside(m, e->print, from, to);
		fetch(m, e, text.runs);
		if (i > m->listed)
			enter(m, &entry[(i - 1) % 2], (uint32_t)i - 1);
	}
	enter(m, &entry[(i - 1) % 2], (uint32_t)i - 1);
}

/* Whether the tables are as large as they should be. */
static int
roomy(const struct match *m)
{
	return table_size(m) == m->size && number_mask(m) == m->postings.mask;
}

/* Have larger tables, which are empty.  Both grow at once, as either way all
 * is entered anew. */
static void
resize(struct match *m)
{
	m->size = table_size(m);
	m->postings.cap = m->size + m->size / 6;
	m->postings.mask = number_mask(m);
	m->tally.cap = m->size * MATCH_SHARE;
	m->postings.slot = spill_table(m->spill,
	    m->postings.cap * sizeof(*m->postings.slot) + m->tally.cap / 2);
	m->tally.pair = (unsigned char *)(m->postings.slot + m->postings.cap);
	m->listed = 0;
}

/* How many slots all texts need. */
static size_t
table_size(const struct match *m)
{
	size_t size = MATCH_FIRST;

	while (size < m->slots || size < m->keys / MATCH_KEYS)
		size += size / 8 * 2;
	return size;
}

/* The bits that hold the number of each text and 1. */
static uint32_t
number_mask(const struct match *m)
{
	uint32_t mask = ((uint32_t)1 << MATCH_BITS) - 1;

	while (mask < m->store.n)
		mask = mask << 1 | 1;
	return mask;
}

/* Find where the keys of a text of so many runs go, and have the memory
 * fetched. */
static void
fetch(const struct match *m, struct entry *e, uint32_t runs)
{
	uint32_t limit = shingle_limit(runs, SHINGLE_INDEX);
	struct tally tally = m->tally; /* at hand, whatever is written */
	size_t finders = 0, i;

	for (i = 0; i < e->n; i++) {
		e->counter[i] = tally_place(&tally, e->key[i]);
		tally_prefetch(&tally, e->counter[i]);
		/* Without a branch, as chance decides. */
		e->finder[finders] = (uint8_t)i;
		finders += e->key[i] < limit;
	}
	e->finders = finders;
	e->print_slot = posting_first(&m->postings, e->print);
	posting_prefetch(&m->postings, e->print_slot);
	for (i = 0; i < e->finders; i++) {
		e->slot[i] = posting_first(&m->postings, e->key[e->finder[i]]);
		posting_prefetch(&m->postings, e->slot[i]);
	}
}

/* Move the keys whose counters have places in [from,to) to the front; their
 * number. */
static size_t
within(const struct match *m, uint32_t *key, size_t n, size_t from, size_t to)
{
	size_t left = 0, i;

	for (i = 0; i < n; i++) {
		key[left] = key[i];
		left += (size_t)inside(m, key[i], from, to);
	}
	return left;
}

static int
inside(const struct match *m, uint32_t key, size_t from, size_t to)
{
	size_t place = tally_place(&m->tally, key);

	return place >= from && place < to;
}

/* Enter a text, or a part of it. */
static void
enter(struct match *m, const struct entry *e, uint32_t number)
{
	struct tally tally = m->tally; /* as above */
	size_t n = e->n, i;

	if (e->has_print)
		posting_add(&m->postings, e->print, e->print_slot, number);
	for (i = 0; i < n; i++)
		tally_add(&tally, e->counter[i]);
	for (i = 0; i < e->finders; i++) {
		size_t k = e->finder[i];

		if (tally_count(&m->tally, e->counter[k]) <= COVER_COMMON)
			posting_add(
			    &m->postings, e->key[k], e->slot[i], number);
	}
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
	size_t place[SHINGLE_MOST], i, rare = 0, n = 0;
	uint32_t number;

	for (i = 0; i < s->n; i++) {
		place[i] = tally_place(&m->tally, s->v[i].key);
		tally_prefetch(&m->tally, place[i]);
	}
	for (i = 0; i < s->n; i++) {
		unsigned int count = tally_count(&m->tally, place[i]);

		m->here[i].shingle = s->v[i];
		m->here[i].common = count > COVER_COMMON;
		/* Without a branch, as chance decides. */
		m->rare[rare] = s->v[i].key;
		rare += count - 1 < COVER_COMMON;
	}
	for (i = 0; i < rare; i++) {
		place[i] = posting_first(&m->postings, m->rare[i]);
		posting_prefetch(&m->postings, place[i]);
	}
	for (i = 0; i < rare; i++)
		while (
		    n < MATCH_CANDIDATES &&
		    posting_next(&m->postings, m->rare[i], &place[i], &number))
			m->candidate[n++] = number;
	m->candidates = leave_out(m->candidate, n);
	sort_numbers(m->candidate, m->candidates);
}

/* Leave out most of what is there less than MATCH_HITS times, as nearly all
 * is, so that little has to be sorted.  Returns how many are left. */
static size_t
leave_out(uint32_t *v, size_t n)
{
	uint16_t hits[1024] = {0};
	size_t left = 0, i;

	for (i = 0; i < n; i++)
		hits[v[i] % 1024]++;
	for (i = 0; i < n; i++) {
		v[left] = v[i];
		left += hits[v[i] % 1024] >= MATCH_HITS;
	}
	return left;
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
			sample->common = common(m, v[i].key);
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

/* How many samples that are not common both texts have; for each of the `n` of
 * the candidate, `other` is what number it has in the text at hand, or -1. */
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

static int
common(const struct match *m, uint32_t key)
{
	return tally_count(&m->tally, tally_place(&m->tally, key)) >
	       COVER_COMMON;
}

/* Keys of prints share the table with those of samples; who finds a text by
 * one looks at the print itself. */
static uint32_t
print_key(uint64_t print)
{
	return (uint32_t)(print >> 32);
}
