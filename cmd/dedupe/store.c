/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "cmd/dedupe/bytes.h"
#include "cmd/dedupe/store.h"

#define STORE_CHUNK ((size_t)64000) /* with its head a block of `mem` */

/* Of a sample: bits of the key that lie there as they are, and where they
 * begin; the most that the bits above them hold, and where these begin. */
#define STORE_LOW     26
#define STORE_LOW_AT  6
#define STORE_HIGH    3u
#define STORE_HIGH_AT 4

static size_t put_number(unsigned char *, size_t);
static int take_number(const unsigned char *, size_t n, size_t *at, uint32_t *);
static uint32_t high_bits(const struct shingles *, size_t i);
static size_t put_rest(const struct shingles *, unsigned char *);
static uint32_t zeros(const struct store_text *, size_t *bit);
static unsigned char *room(struct store *, size_t);

void
store_add(
    struct store *s, const struct shingles *from, struct str doc, size_t block)
{
	unsigned int shift = shingle_step(from->runs);
	unsigned char rest[SHINGLE_MOST * 8];
	size_t rest_n = put_rest(from, rest), i;
	size_t most = STORE_HEAD + 4 * from->n + rest_n + doc.n;
	unsigned char *start = room(s, most), *p = start;
	uint32_t last = 0;

	store_refer(s, p);
	bytes_put64(p, from->print);
	p += 8;
	p += put_number(p, from->runs);
	p += put_number(p, (uint32_t)block);
	p += put_number(p, (uint32_t)doc.n);
	p += put_number(p, from->n);
	p += put_number(p, rest_n);
	for (i = 0; i < from->n; i++, p += 4) {
		uint32_t below = from->limit - from->v[i].key;
		uint32_t high = high_bits(from, i);
		uint32_t step = (from->v[i].at - last) >> shift;

		if (high > STORE_HIGH)
			high = STORE_HIGH;
		bytes_put32(
		    p, below << STORE_LOW_AT | high << STORE_HIGH_AT | step);
		last = from->v[i].at;
	}
	memcpy(p, rest, rest_n);
	p += rest_n;
	if (doc.n > 0)
		memcpy(p, doc.p, doc.n);
	most -= (size_t)(p - start) + doc.n;
	s->chunk -= most;
	s->left += most;
}

void
store_refer(struct store *s, const unsigned char *record)
{
	s->record = mem_grow(s->record, &s->cap, s->n + 1, sizeof(*s->record));
	s->record[s->n++] = record;
}

size_t
store_read(const unsigned char *p, size_t n, struct store_text *t)
{
	uint32_t doc, samples, rest;
	size_t at = 8, need;

	if (n < at || !take_number(p, n, &at, &t->runs) ||
	    !take_number(p, n, &at, &t->block) ||
	    !take_number(p, n, &at, &doc) ||
	    !take_number(p, n, &at, &samples) || samples > SHINGLE_MOST ||
	    !take_number(p, n, &at, &rest))
		return 0;
	t->print = bytes_get64(p);
	t->limit = shingle_limit(t->runs, SHINGLE_SAMPLES);
	t->n = samples;
	t->sample = p + at;
	t->rest_n = rest;
	t->rest = t->sample + 4 * t->n;
	t->doc = (struct str){t->rest + rest, doc};
	need = at + 4 * t->n + t->rest_n + t->doc.n;
	return need <= n ? need : 0;
}

void
store_get(const struct store *s, size_t number, struct store_text *t)
{
	store_read(s->record[number], SIZE_MAX, t);
}

void
store_samples(const struct store_text *t, struct shingle *v)
{
	unsigned int shift = shingle_step(t->runs);
	uint32_t at = 0;
	size_t bit = 0, i;

	for (i = 0; i < t->n; i++) {
		uint32_t word = bytes_get32(t->sample + 4 * i);
		uint32_t high = word >> STORE_HIGH_AT & STORE_HIGH;

		if (high == STORE_HIGH)
			high += zeros(t, &bit);
		at += (word & SHINGLE_STEPS) << shift;
		v[i].key =
		    t->limit - (high << STORE_LOW | word >> STORE_LOW_AT);
		v[i].at = at;
	}
}

size_t
store_bytes(const struct store *s)
{
	return s->bytes + s->cap * sizeof(*s->record);
}

void
store_free(struct store *s)
{
	mem_free(&s->mem);
	free(s->record);
	*s = (struct store){0};
}

static size_t
put_number(unsigned char *p, size_t v)
{
	size_t n = 0;

	for (; v > 127; v >>= 7)
		p[n++] = (unsigned char)(v | 128);
	p[n++] = (unsigned char)v;
	return n;
}

/* Returns 0 if there is none among the `n` bytes at `p`. */
static int
take_number(const unsigned char *p, size_t n, size_t *at, uint32_t *v)
{
	unsigned int shift;

	*v = 0;
	for (shift = 0; shift < 32 && *at < n; shift += 7) {
		unsigned char byte = p[(*at)++];

		*v |= (uint32_t)(byte & 127) << shift;
		if (byte < 128)
			return 1;
	}
	return 0;
}

/* Of what a key is below the limit by, those that do not lie in a sample. */
static uint32_t
high_bits(const struct shingles *s, size_t i)
{
	return (s->limit - s->v[i].key) >> STORE_LOW;
}

/* The rest of a record, with room for 64 bits a sample; its bytes. */
static size_t
put_rest(const struct shingles *s, unsigned char *p)
{
	size_t bit = 0, i;

	memset(p, 0, s->n * 8);
	for (i = 0; i < s->n; i++) {
		uint32_t high = high_bits(s, i);

		if (high < STORE_HIGH)
			continue;
		bit += high - STORE_HIGH;
		p[bit / 8] = (unsigned char)(p[bit / 8] | 1 << bit % 8);
		bit++;
	}
	return (bit + 7) / 8;
}

/* Zero bits in the rest from `*bit` on, and pass over these and a one. */
static uint32_t
zeros(const struct store_text *t, size_t *bit)
{
	uint32_t n = 0;

	while (
	    *bit < 8 * t->rest_n && (t->rest[*bit / 8] >> *bit % 8 & 1) == 0) {
		n++;
		++*bit;
	}
	++*bit;
	return n;
}

/* Memory for a record: packed, as most are small. */
static unsigned char *
room(struct store *s, size_t n)
{
	unsigned char *p;

	if (n > s->left) {
		s->left = n > STORE_CHUNK ? n : STORE_CHUNK;
		s->chunk = mem_new(&s->mem, s->left, 1);
		s->bytes += s->left;
	}
	p = s->chunk;
	s->chunk += n;
	s->left -= n;
	return p;
}
