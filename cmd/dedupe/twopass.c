/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "cmd/dedupe/cover.h"
#include "cmd/dedupe/sketch.h"
#include "cmd/dedupe/twopass.h"

/* One sample of one text, in order of the hashes. */
struct entry {
	uint64_t hash;
	uint32_t text, sample; /* sample: number in the text */
};

/* Text `there` has sample number `sample` of text `here`, at `place`. */
struct pair {
	uint32_t here, there, sample, place;
};

struct pairs {
	struct pair *v;
	size_t n, cap;
};

static void link_equal(struct twopass *);
static void find_pairs(struct twopass *, struct pairs *, unsigned char *common);
static void add_pairs(
    const struct twopass *, struct pairs *, const struct entry *, size_t n);
static void link_pairs(
    struct twopass *, const struct pairs *, const unsigned char *, double);
static double share_of(const struct twopass *, const struct pair *, size_t n,
    const unsigned char *common);
static int by_place(const void *, const void *);
static int by_print(const void *, const void *);
static int by_hash(const void *, const void *);
static int by_texts(const void *, const void *);

void
twopass_add(struct twopass *t, const struct shingles *s, struct str doc)
{
	uint32_t number = group_add(&t->group, doc, s->runs);
	size_t i;

	t->text = mem_grow(
	    t->text, &t->text_cap, (size_t)number + 1, sizeof(*t->text));
	t->text[number] =
	    (struct twopass_text){s->print, t->samples, (uint32_t)s->n};
	t->sample = mem_grow(
	    t->sample, &t->sample_cap, t->samples + s->n, sizeof(*t->sample));
	for (i = 0; i < s->n; i++)
		t->sample[t->samples + i] =
		    (struct twopass_sample){s->hash[i], s->v[i].at};
	/* Places of one number stand as sorted rows have them. */
	if (s->n > 1)
		qsort(
		    t->sample + t->samples, s->n, sizeof(*t->sample), by_place);
	t->samples += s->n;
}

void
twopass_settle(struct twopass *t, double least, int longest)
{
	struct pairs pairs = {NULL, 0, 0};
	unsigned char *common = NULL;
	size_t cap = 0;

	common = mem_grow(common, &cap, t->samples + 1, 1);
	memset(common, 0, cap);
	link_equal(t);
	find_pairs(t, &pairs, common);
	link_pairs(t, &pairs, common, least);
	group_settle(&t->group, longest);
	free(pairs.v);
	free(common);
	/* The second pass has no use for them. */
	free(t->sample);
	t->sample = NULL;
	t->sample_cap = 0;
}

size_t
twopass_bytes(const struct twopass *t)
{
	return t->samples * (sizeof(*t->sample) + sizeof(struct entry) + 1) +
	       t->group.cap * sizeof(*t->group.v) +
	       t->text_cap * sizeof(*t->text);
}

void
twopass_free(struct twopass *t)
{
	group_free(&t->group);
	free(t->text);
	free(t->sample);
	*t = (struct twopass){.text = NULL};
}

/* Texts of the same words, in runs of equal prints. */
static void
link_equal(struct twopass *t)
{
	struct print {
		uint64_t print;
		uint32_t text;
	} *v = NULL;
	size_t cap = 0, i;

	v = mem_grow(v, &cap, t->group.n + 1, sizeof(*v));
	for (i = 0; i < t->group.n; i++)
		v[i] = (struct print){t->text[i].print, (uint32_t)i};
	qsort(v, t->group.n, sizeof(*v), by_print);
	for (i = 1; i < t->group.n; i++)
		if (v[i].print == v[i - 1].print)
			group_link(&t->group, v[i].text, v[i - 1].text, 1);
	free(v);
}

static void
find_pairs(struct twopass *t, struct pairs *pairs, unsigned char *common)
{
	struct entry *v = NULL;
	size_t cap = 0, i, k, n = 0;

	v = mem_grow(v, &cap, t->samples + 1, sizeof(*v));
	for (i = 0; i < t->group.n; i++)
		for (k = 0; k < t->text[i].n; k++)
			v[n++] =
			    (struct entry){t->sample[t->text[i].first + k].hash,
				(uint32_t)i, (uint32_t)k};
	qsort(v, n, sizeof(*v), by_hash);
	for (i = 0; i < n; i = k) {
		for (k = i + 1; k < n && v[k].hash == v[i].hash;)
			k++;
		if (k - i <= SKETCH_COMMON) {
			add_pairs(t, pairs, v + i, k - i);
			continue;
		}
		while (i < k) {
			common[t->text[v[i].text].first + v[i].sample] = 1;
			i++;
		}
	}
	free(v);
}

/* Pair each of `n` texts that share a sample with each other one. */
static void
add_pairs(const struct twopass *t, struct pairs *pairs, const struct entry *v,
    size_t n)
{
	size_t i, k;

	pairs->v = mem_grow(
	    pairs->v, &pairs->cap, pairs->n + n * n, sizeof(*pairs->v));
	for (i = 0; i < n; i++)
		for (k = 0; k < n; k++)
			if (i != k)
				pairs->v[pairs->n++] = (struct pair){v[i].text,
				    v[k].text, v[i].sample,
				    t->sample[t->text[v[k].text].first +
					      v[k].sample]
					.at};
}

static void
link_pairs(struct twopass *t, const struct pairs *pairs,
    const unsigned char *common, double least)
{
	size_t i, n;

	if (pairs->n > 0)
		qsort(pairs->v, pairs->n, sizeof(*pairs->v), by_texts);
	for (i = 0; i < pairs->n; i += n) {
		const struct pair *p = pairs->v + i;
		double similarity;

		for (n = 1; i + n < pairs->n && p[n].here == p->here &&
			    p[n].there == p->there;)
			n++;
		similarity = share_of(t, p, n, common);
		if (similarity >= least && similarity > 0)
			group_link(&t->group, p->here, p->there, similarity);
	}
}

/* The share of one text that stands in another, by `n` shared samples. */
static double
share_of(const struct twopass *t, const struct pair *p, size_t n,
    const unsigned char *common)
{
	const struct twopass_text *text = &t->text[p->here];
	uint32_t limit =
	    shingle_limit(t->group.v[p->here].runs, SHINGLE_SAMPLES);
	uint32_t other =
	    shingle_limit(t->group.v[p->there].runs, SHINGLE_SAMPLES);
	struct cover_sample sample[SHINGLE_MOST];
	size_t i;

	for (i = 0; i < text->n; i++) {
		const struct twopass_sample *from = &t->sample[text->first + i];

		sample[i] = (struct cover_sample){
		    .shingle = {shingle_key(from->hash), from->at},
		    .common = common[text->first + i]};
	}
	for (i = 0; i < n; i++) {
		sample[p[i].sample].found = 1;
		sample[p[i].sample].there = p[i].place;
	}
	return cover_share(sample, text->n, limit < other ? limit : other);
}

static int
by_place(const void *a, const void *b)
{
	const struct twopass_sample *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (x->hash > y->hash) - (x->hash < y->hash);
}

static int
by_print(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static int
by_hash(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return (x->hash > y->hash) - (x->hash < y->hash);
}

static int
by_texts(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;

	if (x->here != y->here)
		return x->here < y->here ? -1 : 1;
	if (x->there != y->there)
		return x->there < y->there ? -1 : 1;
	return (x->sample > y->sample) - (x->sample < y->sample);
}
