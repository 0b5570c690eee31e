/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "common/tok_map.h"

#include "cmd/quotes/glance.h"

/* Letters looked at of each word. */
#define LETTERS 8

/* Letter case of ASCII is folded by this bit in each of 8 bytes. */
#define FOLD 0x2020202020202020u

static int may_open(struct str);
static int is_plain(struct str, size_t i);
static int word_begins(const struct glance *, struct str, size_t i);
static size_t place(const unsigned char *, size_t n);
static int is_word(unsigned char);

void
glance_add(struct glance *g, struct str form)
{
	size_t n = 0, k;

	while (n < form.n && n < LETTERS && is_word(form.p[n]))
		n++;
	/* A form that begins with no letter may be anywhere. */
	if (n == 0)
		memset(g->bit, 0xff, sizeof(g->bit));
	k = place(form.p, n);
	g->bit[k / 64] |= (uint64_t)1 << k % 64;
}

int
glance_at(const struct glance *g, struct str text)
{
	uint64_t before = 0; /* the byte before was part of a word */
	size_t i;

	for (i = 0; i < text.n; i += 64) {
		size_t left = text.n - i;
		const unsigned char *p = text.p + i;
		unsigned char tail[64] = {0};
		struct tok_map m;
		uint64_t word, begins;

		if (left < 64)
			p = memcpy(tail, p, left);
		m = tok_map_64(p);
		word = m.word & ~m.high;
		for (; m.high != 0; m.high &= m.high - 1) {
			size_t k = i + (size_t)__builtin_ctzll(m.high);

			if ((text.p[k] & 0xc0) != 0x80 && !is_plain(text, k))
				return 1;
		}
		for (begins = word & ~(word << 1 | before); begins != 0;
		     begins &= begins - 1)
			if (word_begins(
				g, text, i + (size_t)__builtin_ctzll(begins)))
				return 1;
		before = word >> 63;
	}
	return may_open(text);
}

/* Whether one of the ASCII marks may open a quotation: " and ` anywhere, an
 * apostrophe where no word ends. */
static int
may_open(struct str text)
{
	const unsigned char *p = text.p, *end = text.p + text.n;

	if (text.n == 0)
		return 0;
	if (memchr(p, '"', text.n) != NULL || memchr(p, '`', text.n) != NULL)
		return 1;
	while ((p = memchr(p, '\'', (size_t)(end - p))) != NULL) {
		if (p == text.p || !is_word(p[-1]))
			return 1;
		p++;
	}
	return 0;
}

/* Whether the character at `i`, other than ASCII, is known to be neither a
 * letter nor a mark that opens: a space, a dash, an apostrophe, dots. */
static int
is_plain(struct str text, size_t i)
{
	static const char *const plain[] = {
	    "\xc2\xa0", "\xe2\x80\x93", "\xe2\x80\x94", "\xe2\x80\xa6", NULL};
	struct str rest = str_sub(text, i, text.n);
	size_t k;

	if (i == 0)
		return 0;
	for (k = 0; plain[k] != NULL; k++)
		if (str_starts(rest, str_of(plain[k])))
			return 1;
	return str_starts(rest, STR_LIT("\xe2\x80\x99")) &&
	       is_word(text.p[i - 1]);
}

/* Whether the word at `i` may begin a form. */
static int
word_begins(const struct glance *g, struct str text, size_t i)
{
	size_t n = 1, k;

	while (n < LETTERS && i + n < text.n && is_word(text.p[i + n]))
		n++;
	k = place(text.p + i, n);
	return (g->bit[k / 64] >> k % 64 & 1) != 0;
}

/* The bit of a word by its first `n` bytes. */
static size_t
place(const unsigned char *p, size_t n)
{
	uint64_t part = 0;

	memcpy(&part, p, n);
	part |= FOLD;
	return (size_t)(part * 0x9e3779b97f4a7c15u >> (64 - GLANCE_BITS));
}

static int
is_word(unsigned char c)
{
	unsigned char letter = (unsigned char)((c | 0x20) - 'a');

	return letter < 26 || (unsigned char)(c - '0') < 10 || c == '_';
}
