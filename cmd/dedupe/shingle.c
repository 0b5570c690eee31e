/* SPDX-License-Identifier: ISC */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "common/hash.h"
#include "common/mem.h"
#include "common/utf.h"

#include "cmd/dedupe/bytes.h"
#include "cmd/dedupe/fold.h"
#include "cmd/dedupe/shingle.h"
#include "cmd/dedupe/word_map.h"

#define SHINGLE_MANTISSA 26

/* Letters in lower case have this bit, and digits too. */
#define SHINGLE_LOWER 0x2020202020202020u

/* Odd constants: of the golden ratio, and of splitmix64. */
#define SHINGLE_FIRST  0x9e3779b97f4a7c15u
#define SHINGLE_SECOND 0xbf58476d1ce4e5b9u

static size_t next_high(struct str, size_t);
static int mark_at(const unsigned char *, size_t *len);
static void words(struct shingles *, struct str, uint64_t lower);
static inline uint64_t
word_hash(const unsigned char *, size_t n, size_t rest, uint64_t lower);
static inline uint64_t load(const unsigned char *, size_t n);
static inline uint64_t run_hash(const uint64_t *);
static uint32_t key_of(uint64_t);
static void add_sample(struct shingles *, uint32_t key, uint32_t at);
static void round_places(struct shingles *);
static size_t slot_of(const struct shingles *, uint32_t key);

void
shingle_begin(struct shingles *s)
{
	s->n = 0;
	s->words = 0;
}

void
shingle_add(struct shingles *s, struct str text)
{
	size_t from = 0, i, len, n;

	s->word = mem_grow(
	    s->word, &s->cap, s->words + text.n / 2 + 1, sizeof(*s->word));
	/* Marks beyond ASCII, which news is full of, part words like others;
	 * letters need folding. */
	for (i = next_high(text, 0); i < text.n; i = next_high(text, from)) {
		if (!mark_at(text.p + i, &len)) {
			text = str_sub(text, from, text.n);
			s->text =
			    mem_grow(s->text, &s->text_cap, 2 * text.n + 1, 1);
			n = fold_text(s->text, text);
			words(s, (struct str){s->text, n}, 0);
			return;
		}
		words(s, str_sub(text, from, i), SHINGLE_LOWER);
		from = i + len;
	}
	words(s, str_sub(text, from, text.n), SHINGLE_LOWER);
}

void
shingle_end(struct shingles *s)
{
	uint64_t limit = UINT64_MAX;
	size_t i;

	memset(s->slot, 0, sizeof(s->slot));
	s->print = hash_64((struct str){(const unsigned char *)s->word,
			       s->words * sizeof(*s->word)},
	    0);
	s->runs = s->words < SHINGLE_WORDS
		      ? 0
		      : (uint32_t)(s->words - SHINGLE_WORDS + 1);
	s->limit = shingle_limit(s->runs, SHINGLE_SAMPLES);
	if (s->runs > SHINGLE_SAMPLES)
		limit = UINT64_MAX / s->runs * SHINGLE_SAMPLES;
	for (i = 0; i < s->runs; i++) {
		uint64_t h = run_hash(s->word + i);

		if (h < limit)
			add_sample(s, key_of(h), (uint32_t)i);
	}
	round_places(s);
}

int
shingle_find(const struct shingles *s, uint32_t key)
{
	return (int)s->slot[slot_of(s, key)] - 1;
}

uint32_t
shingle_limit(uint32_t runs, uint32_t samples)
{
	if (runs <= samples)
		return UINT32_MAX;
	return key_of(UINT64_MAX / runs * samples);
}

unsigned int
shingle_step(uint32_t runs)
{
	unsigned int shift = 0;

	/* Sixteen steps from sample to sample on the average. */
	while (runs >> shift > 16 * SHINGLE_SAMPLES)
		shift++;
	return shift;
}

void
shingle_free(struct shingles *s)
{
	free(s->word);
	free(s->text);
	*s = (struct shingles){0};
}

/* Where the next byte from 0x80 on stands, or the end. */
static size_t
next_high(struct str s, size_t i)
{
	uint64_t v;

	for (; i + 8 <= s.n; i += 8) {
		memcpy(&v, s.p + i, 8);
		if ((v & 0x8080808080808080u) != 0)
			break;
	}
	while (i < s.n && s.p[i] < 0x80)
		i++;
	return i;
}

/* Whether the character at `p` belongs to no word; its length. */
static int
mark_at(const unsigned char *p, size_t *len)
{
	/* U+2000 to U+203F: spaces, dashes, quotation marks, dots. */
	if (p[0] == 0xe2 && p[1] == 0x80) {
		*len = 3;
		return 1;
	}
	return utf_class(utf_at(p, len)) < UTF_DIGIT;
}

/* Add the hashes of the words of `text`; `lower` is the bits to be set. */
static void
words(struct shingles *s, struct str text, uint64_t lower)
{
	uint64_t *to = s->word + s->words;
	uint64_t before = 0;
	size_t begin = 0, i;

	for (i = 0; i < text.n; i += 64) {
		unsigned char tail[64] = {0};
		const unsigned char *p = text.p + i;
		uint64_t map, edge;

		if (text.n - i < 64)
			p = memcpy(tail, p, text.n - i);
		map = word_map_64(p);
		/* A bit where a word begins or has ended. */
		edge = map ^ (map << 1 | before);
		before = map >> 63;
		for (; edge != 0; edge &= edge - 1) {
			unsigned int bit = (unsigned int)__builtin_ctzll(edge);

			if (map >> bit & 1)
				begin = i + bit;
			else
				*to++ = word_hash(text.p + begin,
				    i + bit - begin, text.n - begin, lower);
		}
	}
	if (before != 0)
		*to++ = word_hash(
		    text.p + begin, text.n - begin, text.n - begin, lower);
	s->words = (size_t)(to - s->word);
}

/* The hash of `n` bytes, of which `rest` >= n may be read. */
static inline uint64_t
word_hash(const unsigned char *p, size_t n, size_t rest, uint64_t lower)
{
	uint64_t h = n * SHINGLE_SECOND, v;

	for (; n > 8; n -= 8, p += 8, rest -= 8) {
		h = (h ^ (load(p, 8) | lower)) * SHINGLE_FIRST;
		h ^= h >> 32;
	}
	assert(n > 0 && n <= 8);
	v = load(p, rest < 8 ? n : 8) | lower;
	v <<= 64 - 8 * n; /* the last 1 to 8 bytes */
	h = (h ^ v) * SHINGLE_FIRST;
	return h ^ h >> 29;
}

/* Up to eight bytes as a number, the first lowest on any machine. */
static inline uint64_t
load(const unsigned char *p, size_t n)
{
	uint64_t v = 0;
	size_t i;

	if (n == 8)
		return bytes_get64(p);
	for (i = 0; i < n; i++)
		v |= (uint64_t)p[i] << 8 * i;
	return v;
}

static inline uint64_t
run_hash(const uint64_t *word)
{
	/* Turned by thirds, so that order counts. */
	uint64_t h = word[0] + (word[1] << 21 | word[1] >> 43) +
		     (word[2] << 42 | word[2] >> 22);

	/* The finish of MurmurHash3: all bits, the upper ones too. */
	h ^= h >> 33;
	h *= 0xff51afd7ed558ccdu;
	h ^= h >> 33;
	h *= 0xc4ceb9fe1a85ec53u;
	return h ^ h >> 33;
}

/* Order of magnitude and leading bits; smaller for a smaller hash. */
static uint32_t
key_of(uint64_t h)
{
	unsigned int zeros = (unsigned int)__builtin_clzll(h | 1);
	/* Without the leading one bit, which is always there. */
	uint64_t rest = h << zeros << 1;

	return (63 - zeros) << SHINGLE_MANTISSA |
	       (uint32_t)(rest >> (64 - SHINGLE_MANTISSA));
}

static void
add_sample(struct shingles *s, uint32_t key, uint32_t at)
{
	size_t slot = slot_of(s, key);

	if (s->slot[slot] != 0 || s->n == SHINGLE_MOST)
		return;
	s->v[s->n] = (struct shingle){key, at};
	s->slot[slot] = (uint16_t)++s->n;
}

/* Round the places so that a byte can hold the steps between two. */
static void
round_places(struct shingles *s)
{
	unsigned int shift = shingle_step(s->runs);
	uint32_t last = 0, place = 0;
	size_t i;

	for (i = 0; i < s->n; i++) {
		uint32_t now = s->v[i].at >> shift;

		place += now - last < 255 ? now - last : 255;
		last = now;
		s->v[i].at = place << shift;
	}
}

/* The slot of a key, or the free one where it belongs. */
static size_t
slot_of(const struct shingles *s, uint32_t key)
{
	size_t i = key * 0x9e3779b1u >> 22; /* SHINGLE_SLOTS is 2^10 */

	while (s->slot[i] != 0 && s->v[s->slot[i] - 1U].key != key)
		i = (i + 1) % SHINGLE_SLOTS;
	return i;
}
