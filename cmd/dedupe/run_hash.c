/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "common/utf.h"

#include "cmd/dedupe/bytes.h"
#include "cmd/dedupe/fold.h"
#include "cmd/dedupe/run_hash.h"
#include "cmd/dedupe/word_map.h"

/* Bytes that are cut into words at a time: where these stand is held in the
 * fastest cache, and hashing them is one long loop. */
#define RUN_HASH_BLOCK ((size_t)2048)

/* Bytes before and behind the text that may be read or written: a word's end
 * is loaded whole, blocks are read whole. */
#define RUN_HASH_LEAD ((size_t)16)
#define RUN_HASH_PAD  (RUN_HASH_BLOCK + 64)

/* Odd constants: of the golden ratio, and of splitmix64. */
#define RUN_HASH_FIRST  0x9e3779b97f4a7c15u
#define RUN_HASH_SECOND 0xbf58476d1ce4e5b9u

#if defined(__SSE2__) && !defined(UTF_PORTABLE)
#define RUN_HASH_SSE2 1
#endif

#define RUN_HASH_HIGH 0x8080808080808080u

static int lower_copy(unsigned char *, struct str);
static size_t drop_marks(unsigned char *, size_t n, struct str);
static int mark_at(const unsigned char *, size_t *len);
static size_t edges(const unsigned char *, uint16_t *);
static uint64_t *runs(const unsigned char *, const uint16_t *edge, size_t words,
    uint64_t last[2], uint64_t *to);
static inline uint64_t run_of(uint64_t last[2], uint64_t word);
static size_t long_word(const unsigned char *);
static inline uint64_t hash_of(const unsigned char *, size_t n);
static inline uint64_t mix(uint64_t, uint64_t);

void
run_hash_begin(struct run_hash *r)
{
	r->n = 0;
	r->text_n = RUN_HASH_LEAD;
}

void
run_hash_add(struct run_hash *r, struct str s)
{
	unsigned char *to;

	/* Letters may be longer in lower case, see fold.h. */
	r->text = mem_grow(
	    r->text, &r->text_cap, r->text_n + 2 * s.n + RUN_HASH_PAD, 1);
	to = r->text + r->text_n;
	if (lower_copy(to, s))
		s.n = drop_marks(to, s.n, s);
	to[s.n] = ' ';
	r->text_n += s.n + 1;
}

void
run_hash_end(struct run_hash *r)
{
	uint16_t edge[RUN_HASH_BLOCK + 1];
	size_t i = RUN_HASH_LEAD, n;
	uint64_t last[2] = {0, 0};
	uint64_t *to;

	r->text = mem_grow(r->text, &r->text_cap, r->text_n + RUN_HASH_PAD, 1);
	memset(r->text, ' ', RUN_HASH_LEAD);
	memset(r->text + r->text_n, ' ', RUN_HASH_PAD);
	r->v = mem_grow(r->v, &r->cap, r->text_n / 2 + 1, sizeof(*r->v));
	to = r->v;
	while (i < r->text_n) {
		const unsigned char *p = r->text + i;

		n = edges(p, edge);
		to = runs(p, edge, n / 2, last, to);
		/* A word that goes on is looked at again. */
		if (n % 2 == 0) {
			i += RUN_HASH_BLOCK;
		} else if (edge[n - 1] > 0) {
			i += edge[n - 1];
		} else {
			n = long_word(p);
			*to++ = run_of(last, hash_of(p, n));
			i += n;
		}
	}
	r->n = (size_t)(to - r->v);
}

void
run_hash_free(struct run_hash *r)
{
	free(r->v);
	free(r->text);
	*r = (struct run_hash){0};
}

#ifdef RUN_HASH_SSE2
/* Copy 16 bytes: those below 0x80 have the bit of lower case set.  Returns them
 * as they were. */
static inline __m128i
lower_16(unsigned char *to, const unsigned char *p)
{
	const __m128i high = _mm_set1_epi8((char)0x80);
	__m128i x = _mm_loadu_si128((const void *)p);
	__m128i low = _mm_srli_epi16(_mm_andnot_si128(x, high), 2);

	_mm_storeu_si128((void *)to, _mm_or_si128(x, low));
	return x;
}
#endif

/* Copy a text, letters in lower case.  Returns whether there is any byte from
 * 0x80 on.  Marks may become other marks, as they part words all the same. */
static int
lower_copy(unsigned char *to, struct str s)
{
	uint64_t all = 0, v;
	size_t i = 0;

#ifdef RUN_HASH_SSE2
	if (s.n >= 16) {
		size_t last = s.n - 16;
		/* The last ones once more rather than one by one. */
		__m128i any = lower_16(to + last, s.p + last);

		for (; i < last; i += 16)
			any = _mm_or_si128(any, lower_16(to + i, s.p + i));
		return _mm_movemask_epi8(any) != 0;
	}
#endif
	for (; i + 8 <= s.n; i += 8) {
		memcpy(&v, s.p + i, 8);
		all |= v;
		v |= (~v & RUN_HASH_HIGH) >> 2;
		memcpy(to + i, &v, 8);
	}
	for (; i < s.n; i++) {
		all |= s.p[i];
		to[i] = (unsigned char)(s.p[i] | (~s.p[i] & 0x80) >> 2);
	}
	return (all & RUN_HASH_HIGH) != 0;
}

/*
 * Marks beyond ASCII, which news is full of, part words like others: blank
 * those in the `n` bytes copied from `s`.  From the first letter beyond ASCII
 * on the text needs folding.  Returns the length of the text.
 */
static size_t
drop_marks(unsigned char *to, size_t n, struct str s)
{
	size_t i = 0, len, k;

	while (i < n) {
		/* There is room behind the text to read from. */
		uint64_t high = bytes_get64(to + i) & RUN_HASH_HIGH;

		if (high == 0) {
			i += 8;
			continue;
		}
		i += (size_t)__builtin_ctzll(high) / 8;
		if (i >= n)
			break;
		if (!mark_at(s.p + i, &len))
			return i + fold_text(to + i, str_sub(s, i, s.n));
		for (k = 0; k < len; k++)
			to[i + k] = ' ';
		i += len;
	}
	return n;
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

/* Where words begin and end in the block at `p`, by turns; their number. */
static size_t
edges(const unsigned char *p, uint16_t *to)
{
	uint16_t *start = to;
	uint64_t before = 0;
	size_t i;

	for (i = 0; i < RUN_HASH_BLOCK; i += 64) {
		uint64_t map = word_map_64(p + i);
		uint64_t edge = map ^ (map << 1 | before);

		before = map >> 63;
		for (; edge != 0; edge &= edge - 1)
			*to++ = (uint16_t)(i + (size_t)__builtin_ctzll(edge));
	}
	return (size_t)(to - start);
}

/* Hash the runs that end with these words. */
static uint64_t *
runs(const unsigned char *p, const uint16_t *edge, size_t words,
    uint64_t last[2], uint64_t *to)
{
	uint64_t before[2] = {last[0], last[1]};
	size_t i;

	for (i = 0; i < words; i++)
		*to++ = run_of(
		    before, hash_of(p + edge[2 * i],
				(size_t)(edge[2 * i + 1] - edge[2 * i])));
	last[0] = before[0];
	last[1] = before[1];
	return to;
}

/* The hash of a run; `last` is that of the two words before. */
static inline uint64_t
run_of(uint64_t last[2], uint64_t word)
{
	/* Turned by thirds, so that order counts. */
	uint64_t run = last[0] + (last[1] << 21 | last[1] >> 43) +
		       (word << 42 | word >> 22);

	last[0] = last[1];
	last[1] = word;
	return run;
}

/* The length of a word that fills a block. */
static size_t
long_word(const unsigned char *p)
{
	size_t n = 0;
	uint64_t map;

	while ((map = ~word_map_64(p + n)) == 0)
		n += 64;
	return n + (size_t)__builtin_ctzll(map);
}

/* The hash of a word; eight bytes before its end may be read. */
static inline uint64_t
hash_of(const unsigned char *p, size_t n)
{
	uint64_t head, tail = bytes_get64(p + n - 8), h = 0;

	for (; n > 16; n -= 8, p += 8)
		h = mix(h ^ bytes_get64(p), RUN_HASH_FIRST);
	/* The first eight bytes and the last, or what there is. */
	head = n < 8 ? n : bytes_get64(p);
	tail >>= n < 8 ? 64 - 8 * n : 0;
	return mix(tail ^ RUN_HASH_FIRST, head ^ h ^ RUN_HASH_SECOND);
}

/* Both halves of the product, joined. */
static inline uint64_t
mix(uint64_t a, uint64_t b)
{
#ifdef __SIZEOF_INT128__
	/* ISO C has no such type: the compiler is told to be quiet. */
	__extension__ typedef unsigned __int128 wide;
	wide product = (wide)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
#else
	uint64_t a_high = a >> 32, a_low = (uint32_t)a;
	uint64_t b_high = b >> 32, b_low = (uint32_t)b;
	uint64_t middle = a_high * b_low + (a_low * b_low >> 32);
	uint64_t other = a_low * b_high + (uint32_t)middle;

	return a * b ^ (a_high * b_high + (middle >> 32) + (other >> 32));
#endif
}
