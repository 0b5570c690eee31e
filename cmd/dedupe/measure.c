/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"

#include "cmd/dedupe/fold.h"
#include "cmd/dedupe/measure.h"
#include "cmd/dedupe/sketch.h"

static void
sample(struct measure *, const struct doc *, size_t from, size_t to);
static struct hash_128
fingerprint(struct measure *, const struct doc *, size_t from, size_t to);
static size_t gather(struct measure *, const struct doc *, size_t, size_t);
static void put_samples(const struct shingles *, struct out *);
static void append(struct out *, const void *, size_t n);
static void take(struct str *, void *, size_t n);

void
measure_doc(void *measure, const struct doc *doc, struct out *made)
{
	struct measure *m = measure;
	const struct dedupe_options *how = m->options;
	size_t step = how->blocks ? 1 : doc->n, i;
	struct hash_128 print;

	/* In passes of their own, parts of a document go with its first. */
	if (how->pass == DEDUPE_SECOND ||
	    (how->pass != DEDUPE_SINGLE && doc->part))
		return;
	for (i = 0; i < doc->n; i += step) {
		if (!how->near) {
			print = fingerprint(m, doc, i, i + step);
			append(made, &print, sizeof(print));
			continue;
		}
		sample(m, doc, i, i + step);
		if (how->pass == DEDUPE_SKETCH)
			sketch_put(&m->shingles, doc->id, made);
		else
			put_samples(&m->shingles, made);
	}
}

struct hash_128
measure_print(struct str *made)
{
	struct hash_128 print;

	take(made, &print, sizeof(print));
	return print;
}

void
measure_samples(struct str *made, struct shingles *s)
{
	take(made, &s->n, sizeof(s->n));
	take(made, &s->print, sizeof(s->print));
	take(made, &s->runs, sizeof(s->runs));
	take(made, &s->limit, sizeof(s->limit));
	take(made, s->v, s->n * sizeof(*s->v));
	take(made, s->hash, s->n * sizeof(*s->hash));
	take(made, s->slot, sizeof(s->slot));
}

void
measure_free(struct measure *m)
{
	shingle_free(&m->shingles);
	free(m->text);
}

static void
put_samples(const struct shingles *s, struct out *made)
{
	append(made, &s->n, sizeof(s->n));
	append(made, &s->print, sizeof(s->print));
	append(made, &s->runs, sizeof(s->runs));
	append(made, &s->limit, sizeof(s->limit));
	append(made, s->v, s->n * sizeof(*s->v));
	append(made, s->hash, s->n * sizeof(*s->hash));
	append(made, s->slot, sizeof(s->slot));
}

static void
append(struct out *made, const void *p, size_t n)
{
	out_raw(made, (struct str){p, n});
}

static void
take(struct str *made, void *p, size_t n)
{
	memcpy(p, made->p, n);
	*made = str_sub(*made, n, made->n);
}

/* Take the samples of blocks [from,to). */
static void
sample(struct measure *m, const struct doc *doc, size_t from, size_t to)
{
	struct shingles *s = &m->shingles;
	size_t i;

	shingle_begin(s);
	for (i = from; i < to; i++)
		shingle_add(s, doc->v[i].text);
	shingle_end(s);
	/* Text without a letter is compared as it is. */
	if (s->words.n == 0)
		s->print = fingerprint(m, doc, from, to).low;
}

static struct hash_128
fingerprint(struct measure *m, const struct doc *doc, size_t from, size_t to)
{
	struct str s = doc->v[from].text;

	/* A single block that is compared as it is needs no copy. */
	if (to - from > 1 || m->options->compare == DEDUPE_TEXT) {
		s.n = gather(m, doc, from, to);
		s.p = m->text;
	}
	if (m->options->wide)
		return hash_128(s);
	return (struct hash_128){hash_64(s, 0), 0};
}

/* Put what is compared of blocks [from,to) into `text`; its length. */
static size_t
gather(struct measure *m, const struct doc *doc, size_t from, size_t to)
{
	int fold = m->options->compare == DEDUPE_TEXT;
	size_t n = 0, i;

	for (i = from; i < to; i++) {
		struct str s = doc->v[i].text;

		m->text = mem_grow(m->text, &m->cap, n + 2 * s.n + 1, 1);
		if (fold) {
			n += fold_text(m->text + n, s);
		} else {
			memcpy(m->text + n, s.p, s.n);
			n += s.n;
			m->text[n++] = '\n';
		}
	}
	/* Text without a letter, "* * *", is compared as it is. */
	if (fold && n == 0) {
		for (i = from; i < to; i++) {
			struct str s = doc->v[i].text;

			m->text = mem_grow(m->text, &m->cap, n + s.n + 1, 1);
			memcpy(m->text + n, s.p, s.n);
			n += s.n;
			m->text[n++] = '\n';
		}
	}
	return n;
}
