/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"

#include "cmd/dedupe/bytes.h"
#include "cmd/dedupe/store.h"

/* Of a sample: where the key's distance from the limit lies, of which the low
 * bits are as they are, and the most that those above them hold. */
#define STORE_KEY_AT 4
#define STORE_LOW    26
#define STORE_HIGH   ((uint32_t)3)

/* Always set, so that there is a bit to be counted to. */
#define LAST_BIT ((uint64_t)1 << 63)

static size_t put_number(unsigned char *, size_t);
static int take_number(const unsigned char *, size_t n, size_t *at, uint32_t *);
static uint32_t high_bits(const struct shingles *, size_t i);
static size_t put_rest(const struct shingles *, unsigned char *);
static uint64_t first_bits(const struct store_text *);
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
		uint32_t step = (from->v[i].at - last) >> shift;

		if (high_bits(from, i) > STORE_HIGH)
			below |= STORE_HIGH << STORE_LOW;
		bytes_put32(p, below << STORE_KEY_AT | step);
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
store_keys(const struct store_text *t, uint32_t *key)
{
	uint64_t bits = first_bits(t);
	uint8_t more[SHINGLE_MOST]; /* samples that the rest tells about */
	size_t mores = 0, bit = 0, i;

	for (i = 0; i < t->n; i++) {
		uint32_t word = bytes_get32(t->sample + 4 * i);

		key[i] = t->limit - (word >> STORE_KEY_AT);
		/* Without a branch, as chance decides. */
		more[mores] = (uint8_t)i;
		mores += word >> STORE_KEY_AT >> STORE_LOW == STORE_HIGH;
	}
	for (i = 0; i < mores; i++) {
		uint32_t n;

		if (t->rest_n <= sizeof(bits)) {
			n = (uint32_t)__builtin_ctzll(bits);
			bits = bits >> n >> 1 | LAST_BIT;
		} else {
			n = zeros(t, &bit);
		}
		key[more[i]] -= n << STORE_LOW;
	}
}

void
store_samples(const struct store_text *t, struct shingle *v)
{
	unsigned int shift = shingle_step(t->runs);
	uint32_t key[SHINGLE_MOST], at = 0;
	size_t i;

	store_keys(t, key);
	for (i = 0; i < t->n; i++) {
		at += (bytes_get32(t->sample + 4 * i) & SHINGLE_STEPS) << shift;
		v[i] = (struct shingle){key[i], at};
	}
}

size_t
store_below(const struct store_text *t, uint32_t key)
{
	uint32_t least = t->limit - key, n = 0;
	size_t i;

	/* Beyond this the distance is not told without the rest. */
	if (least > STORE_HIGH << STORE_LOW)
		least = STORE_HIGH << STORE_LOW;
	for (i = 0; i < t->n; i++)
		n += bytes_get32(t->sample + 4 * i) >> STORE_KEY_AT >= least;
	return n;
}

size_t
store_bytes(const struct store *s)
{
	/* What lies behind them was never touched. */
	return s->bytes + s->n * sizeof(*s->record);
}

void
store_free(struct store *s)
{
	free(s->record);
	*s = (struct store){.spill = s->spill};
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

/* The first 64 bits of the rest, which are mostly all of it. */
static uint64_t
first_bits(const struct store_text *t)
{
	uint64_t bits = LAST_BIT;
	size_t i;

	for (i = 0; i < t->rest_n && i < sizeof(bits); i++)
		bits |= (uint64_t)t->rest[i] << 8 * i;
	return bits;
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
		s->left = n;
		s->chunk = spill_chunk(s->spill, &s->left);
		s->bytes += s->left;
	}
	p = s->chunk;
	s->chunk += n;
	s->left -= n;
	return p;
}
