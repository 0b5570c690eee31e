/* SPDX-License-Identifier: ISC */
#include "common/utf.h"

#include "cmd/docsplit/json_avx2.h"
#include "cmd/docsplit/unescape.h"

#if defined(__SSE2__) && !defined(UTF_PORTABLE)
#include <emmintrin.h>
#define UNESCAPE_SSE2 1
#endif

/* What stands for one byte behind a backslash. */
static const unsigned char simple[256] = {
    ['"'] = '"',
    ['/'] = '/',
    ['\\'] = '\\',
    ['b'] = '\b',
    ['f'] = '\f',
    ['n'] = '\n',
    ['r'] = '\r',
    ['t'] = '\t',
};

/* Hexadecimal digits: their values, marked so that no digit is 0. */
#define DIGIT 16
static const unsigned char hex[256] = {
    ['0'] = DIGIT + 0,
    ['1'] = DIGIT + 1,
    ['2'] = DIGIT + 2,
    ['3'] = DIGIT + 3,
    ['4'] = DIGIT + 4,
    ['5'] = DIGIT + 5,
    ['6'] = DIGIT + 6,
    ['7'] = DIGIT + 7,
    ['8'] = DIGIT + 8,
    ['9'] = DIGIT + 9,
    ['A'] = DIGIT + 10,
    ['B'] = DIGIT + 11,
    ['C'] = DIGIT + 12,
    ['D'] = DIGIT + 13,
    ['E'] = DIGIT + 14,
    ['F'] = DIGIT + 15,
    ['a'] = DIGIT + 10,
    ['b'] = DIGIT + 11,
    ['c'] = DIGIT + 12,
    ['d'] = DIGIT + 13,
    ['e'] = DIGIT + 14,
    ['f'] = DIGIT + 15,
};

/* Halves of surrogate pairs, UTF-16 (RFC 2781). */
#define HIGH_FIRST 0xd800
#define LOW_FIRST  0xdc00
#define LOW_LAST   0xdfff

static int32_t unit(const unsigned char *);
static size_t
unicode(unsigned char **, const unsigned char *, const unsigned char *);

#ifdef UNESCAPE_SSE2
/* A bit for each of 16 bytes that is a quote, a backslash or a control. */
static inline unsigned int
special(__m128i v)
{
	__m128i marks = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('"')),
	    _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
	__m128i controls =
	    _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x1f)), v);

	return (unsigned int)_mm_movemask_epi8(_mm_or_si128(marks, controls));
}
#endif

int
unescape_length(const unsigned char *p, const unsigned char *end)
{
	int i;

	if (end - p < 2)
		return 0;
	if (simple[p[1]] != 0)
		return 2;
	if (p[1] != 'u')
		return -1;
	for (i = 2; i < 6; i++) {
		if (p + i == end)
			return 0;
		if (hex[p[i]] == 0)
			return -i;
	}
	return 6;
}

int
unescape_half(const unsigned char *from, const unsigned char *p)
{
	const unsigned char *q;

	if (p - from < 6 || p[-6] != '\\' || p[-5] != 'u' ||
	    unit(p - 6) < HIGH_FIRST || unit(p - 6) >= LOW_FIRST)
		return 0;
	/* Only the last of an odd number of backslashes begins an escape. */
	for (q = p - 6; q > from && q[-1] == '\\'; q--)
		;
	return (p - 6 - q) % 2 == 0;
}

size_t
unescape_run(unsigned char **to, const unsigned char *most,
    const unsigned char *p, const unsigned char *end, int *length)
{
	const unsigned char *from = p;
	unsigned char *w = *to;

	do {
		if (end - p >= 2 && simple[p[1]] != 0) {
			*w++ = simple[p[1]];
			*length = 2;
			p += 2;
			continue;
		}
		if ((*length = unescape_length(p, end)) <= 0)
			break;
		p += unicode(&w, p, end);
	} while (p < end && *p == '\\' && w < most);
	*to = w;
	return (size_t)(p - from);
}

size_t
unescape_skip(const unsigned char *p, const unsigned char *end)
{
	const unsigned char *from = p;

#ifdef UNESCAPE_SSE2
	for (; end - p >= 16; p += 16) {
		unsigned int found = special(_mm_loadu_si128((const void *)p));

		if (found != 0)
			return (size_t)(p - from) +
			       (size_t)__builtin_ctz(found);
	}
#endif
	while (p < end && *p >= ' ' && *p != '"' && *p != '\\')
		p++;
	return (size_t)(p - from);
}

size_t
unescape_plain(unsigned char *to, const unsigned char *p,
    const unsigned char *end, int fast)
{
	const unsigned char *from = p;

#ifdef JSON_AVX2
	if (fast) {
		size_t n =
		    json_avx2_copy(to, (struct str){p, (size_t)(end - p)});

		p += n;
		to += n;
	}
#else
	(void)fast;
#endif
#ifdef UNESCAPE_SSE2
	for (; end - p >= 16; p += 16, to += 16) {
		__m128i v = _mm_loadu_si128((const void *)p);
		unsigned int found = special(v);

		_mm_storeu_si128((void *)to, v);
		if (found != 0)
			return (size_t)(p - from) +
			       (size_t)__builtin_ctz(found);
	}
#endif
	while (p < end && *p >= ' ' && *p != '"' && *p != '\\')
		*to++ = *p++;
	return (size_t)(p - from);
}

size_t
unescape_text(unsigned char *to, size_t room, struct str *raw)
{
	const unsigned char *p = raw->p, *end = p + raw->n;
	unsigned char *w = to, *most = to + room - UNESCAPE_ROOM;
#ifdef JSON_AVX2
	const int fast = json_avx2_here();
#else
	const int fast = 0;
#endif
	int length;

	while (p < end && w < most) {
		size_t left = (size_t)(end - p), n = (size_t)(most - w);

		n = unescape_plain(w, p, p + (left < n ? left : n), fast);
		p += n;
		w += n;
		if (p == end || w == most)
			break;
		if (*p == '\\')
			p += unescape_run(&w, most, p, end, &length);
		else
			*w++ = *p++;
	}
	*raw = (struct str){p, (size_t)(end - p)};
	return (size_t)(w - to);
}

/* The number in the escape \uXXXX at `p`. */
static int32_t
unit(const unsigned char *p)
{
	return (hex[p[2]] & 15) << 12 | (hex[p[3]] & 15) << 8 |
	       (hex[p[4]] & 15) << 4 | (hex[p[5]] & 15);
}

/* What the escape \uXXXX at `p` stands for, with its other half. */
static size_t
unicode(unsigned char **w, const unsigned char *p, const unsigned char *end)
{
	int32_t c = unit(p), low;

	if (c < HIGH_FIRST || c > LOW_LAST) {
		*w += utf_put(*w, c);
		return 6;
	}
	if (c < LOW_FIRST && p + 6 < end && p[6] == '\\' &&
	    unescape_length(p + 6, end) == 6) {
		low = unit(p + 6);
		if (low >= LOW_FIRST && low <= LOW_LAST) {
			*w += utf_put(*w, 0x10000 + ((c - HIGH_FIRST) << 10) +
					      (low - LOW_FIRST));
			return 12;
		}
	}
	*(*w)++ = 0xff;
	return 6;
}
