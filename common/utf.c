/* SPDX-License-Identifier: ISC */
#include <string.h>

#include <utf8proc.h>

#include "common/utf.h"
#include "common/utf_avx2.h"
#include "common/utf_sse2.h"

/* A fast variant: length of a clean prefix that it could make out. */
typedef size_t skip_fn(struct str);

static size_t clean(struct str, skip_fn *);
static size_t skip_none(struct str);
static size_t sequence(struct str, int *good);

static const struct {
	const char *name;
	skip_fn *skip;
	int (*here)(void);
} variant[] = {
    {"portable", skip_none, NULL},
#ifdef UTF_SSE2
    {"sse2", utf_sse2_skip, NULL},
#endif
#ifdef UTF_AVX2
    {"avx2", utf_avx2_skip, utf_avx2_here},
#endif
};

size_t
utf_clean(struct str s)
{
	/* A line of text is short: choosing must cost next to nothing. */
#ifdef UTF_AVX2
	if (s.n >= 64 && utf_avx2_here())
		return clean(s, utf_avx2_skip);
#endif
#ifdef UTF_SSE2
	return clean(s, utf_sse2_skip);
#else
	return clean(s, skip_none);
#endif
}

const char *
utf_variant(size_t which)
{
	if (which >= sizeof(variant) / sizeof(variant[0]))
		return NULL;
	return variant[which].name;
}

size_t
utf_clean_by(size_t which, struct str s)
{
	if (variant[which].here != NULL && !variant[which].here())
		which = 0;
	return clean(s, variant[which].skip);
}

size_t
utf_repair(unsigned char *to, struct str s, size_t *n)
{
	static const unsigned char replacement[3] = {0xef, 0xbf, 0xbd};
	unsigned char *w = to;
	size_t i = 0;

	while (i < s.n) {
		size_t len = utf_clean(str_sub(s, i, s.n));
		int good;

		memcpy(w, s.p + i, len);
		w += len;
		i += len;
		/* Damage comes in clusters: stay here while it lasts. */
		while (i < s.n) {
			len = sequence(str_sub(s, i, s.n), &good);
			if (good)
				break;
			memcpy(w, replacement, sizeof(replacement));
			w += 3;
			i += len;
			++*n;
		}
	}
	return (size_t)(w - to);
}

size_t
utf_tail(struct str s)
{
	size_t k;

	for (k = 1; k <= 3 && k <= s.n; k++) {
		unsigned char c = s.p[s.n - k];

		if (c < 0x80)
			return 0;
		if (c < 0xc0)
			continue;
		/* A lead byte: is its sequence cut by the end? */
		if ((c >= 0xf0 && k < 4) || (c >= 0xe0 && k < 3) || k < 2)
			return k;
		return 0;
	}
	return 0;
}

int
utf_all_white(struct str s)
{
	size_t i, len;

	for (i = 0; i < s.n; i += len) {
		int32_t c;
		int good;

		len = 1;
		if (s.p[i] == ' ' || (s.p[i] >= 9 && s.p[i] <= 13))
			continue;
		/* C1 is no clean text, but U+0085 is white. */
		len = sequence(str_sub(s, i, s.n), &good);
		if (s.p[i] < 0x80 || (!good && s.p[i] != 0xc2))
			return 0;
		if (len == 1)
			return 0;
		c = utf_at(s.p + i, &len);
		/* White_Space of PropList.txt, Unicode 15. */
		if (!(c == 0x85 || c == 0xa0 || c == 0x1680 ||
			(c >= 0x2000 && c <= 0x200a) || c == 0x2028 ||
			c == 0x2029 || c == 0x202f || c == 0x205f ||
			c == 0x3000))
			return 0;
	}
	return 1;
}

size_t
utf_count(struct str s, enum utf_unit unit)
{
	const uint64_t ones = 0x0101010101010101u;
	size_t i, k, points = s.n, astral = 0;

	if (unit == UTF_BYTES)
		return s.n;
	/* Those that go on begin with the bits 10: eight counters of a byte
	 * each, summed up before they can overflow. */
	for (i = 0; i + 8 <= s.n;) {
		uint64_t sums = 0, part;

		for (k = 0; k < 127 && i + 8 <= s.n; k++, i += 8) {
			memcpy(&part, s.p + i, 8);
			sums += part >> 7 & ~part >> 6 & ones;
		}
		/* Of two counters each, which are less than 128. */
		sums = (sums & 0x00ff00ff00ff00ffu) +
		       (sums >> 8 & 0x00ff00ff00ff00ffu);
		points -= sums * 0x0001000100010001u >> 48;
	}
	for (; i < s.n; i++)
		points -= (s.p[i] & 0xc0) == 0x80;
	if (unit == UTF_POINTS)
		return points;
	for (i = 0; i < s.n; i++)
		astral += s.p[i] >= 0xf0;
	return points + astral;
}

enum utf_class
utf_class(int32_t c)
{
	if (c < 0x80) {
		if (c >= 'a' && c <= 'z')
			return UTF_LOWER;
		if (c >= 'A' && c <= 'Z')
			return UTF_UPPER;
		if (c >= '0' && c <= '9')
			return UTF_DIGIT;
		return c <= ' ' ? UTF_SPACE : UTF_PUNCT;
	}
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LT:
		return UTF_UPPER;
	case UTF8PROC_CATEGORY_LL:
		return UTF_LOWER;
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
		return UTF_LETTER;
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
		return UTF_MARK;
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
		return UTF_DIGIT;
	case UTF8PROC_CATEGORY_ZS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return UTF_SPACE;
	default:
		return UTF_PUNCT;
	}
}

int32_t
utf_upper(int32_t c)
{
	if (c < 0x80)
		return c >= 'a' && c <= 'z' ? c - 32 : c;
	return utf8proc_toupper(c);
}

int32_t
utf_lower(int32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + 32 : c;
	return utf8proc_tolower(c);
}

size_t
utf_put(unsigned char *to, int32_t c)
{
	return (size_t)utf8proc_encode_char(c, to);
}

/*
 * What `skip` leaves open is decided here, a stretch at a time.  The few
 * bytes at the end that are too short for it are tried once more among
 * spaces: most lines end in ASCII.
 */
static size_t
clean(struct str s, skip_fn *skip)
{
	size_t i = 0, stretch, len;
	int good;

	for (;;) {
		unsigned char tail[64];

		i += skip(str_sub(s, i, s.n));
		if (s.n - i < sizeof(tail)) {
			memset(tail, ' ', sizeof(tail));
			memcpy(tail, s.p + i, s.n - i);
			if (skip((struct str){tail, sizeof(tail)}) ==
			    sizeof(tail))
				return s.n;
		}
		for (stretch = i + 64; i < stretch; i += len) {
			if (i == s.n)
				return i;
			len = sequence(str_sub(s, i, s.n), &good);
			if (!good)
				return i;
		}
	}
}

static size_t
skip_none(struct str s)
{
	(void)s;
	return 0;
}

/*
 * The first character of `s`, which is not empty: its length if it is clean,
 * else the length of what one U+FFFD stands for.  The ranges are those of
 * Unicode 15, table 3-7.
 */
static size_t
sequence(struct str s, int *good)
{
	unsigned char c = s.p[0], low = 0x80, high = 0xbf;
	size_t i, len;

	*good = 0;
	if (c < 0x80) {
		*good = (c >= 0x20 && c != 0x7f) || c == '\t' || c == '\n' ||
			c == '\r';
		return 1;
	}
	if (c < 0xc2 || c > 0xf4)
		return 1;
	len = c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
	if (c == 0xe0)
		low = 0xa0;
	else if (c == 0xed)
		high = 0x9f;
	else if (c == 0xf0)
		low = 0x90;
	else if (c == 0xf4)
		high = 0x8f;
	for (i = 1; i < len; i++) {
		if (i == s.n || s.p[i] < low || s.p[i] > high)
			return i;
		low = 0x80;
		high = 0xbf;
	}
	/* U+0080 to U+009F are the C1 controls. */
	*good = !(c == 0xc2 && s.p[1] < 0xa0);
	return len;
}
