/* SPDX-License-Identifier: ISC */
#include "common/escape.h"
#include "common/utf.h"

#include "cmd/docsplit/run.h"

/* The longest line taken here: twice as much fits the room asked for, and what
 * a vector writes too much. */
#define LINE_MAX (OUT_BLOCK / 2 - 2 * RUN_HEAD)

/* What is copied of a head at once; most are no longer. */
#define HEAD_STEP 32

enum kind { VISIBLE, BLANK, UNSURE };

static void put_head(struct run *, size_t);
static void count_up(struct run *);
static enum kind look(const unsigned char *, const unsigned char *);
static const unsigned char *copy(run_wide_fn *, unsigned char **,
    const unsigned char *, const unsigned char *, int *);
#if defined(__SSE2__) && !defined(UTF_PORTABLE)
static unsigned int stops(__m128i);
static int high(__m128i);
#endif
static void copy_plain(
    unsigned char **, const unsigned char **, const unsigned char *, int *);

int
run_start(struct run *run, struct str key, size_t number)
{
	run->lines = run->blocks = run->bytes = 0;
	run->key = key.n;
	run->wide = run_wide_here();
	/* Twenty digits and a tab. */
	if (key.n > RUN_HEAD - 21)
		return 0;
	if (key.n > 0)
		memcpy(run->head, key.p, key.n);
	put_head(run, number + 1);
	return 1;
}

size_t
run_take(struct run *run, struct out *out, struct str s)
{
	const unsigned char *p = s.p, *end = s.p + s.n;

	while (p < end) {
		const unsigned char *nl = NULL;
		enum kind kind = look(p, end);
		unsigned char *to, *w;
		struct str line;
		size_t i;
		int doubt;

		if (kind == UNSURE)
			break;
		if (kind == BLANK) {
			nl = memchr(p, '\n', (size_t)(end - p));
			p = nl + 1;
			run->lines++;
			count_up(run);
			continue;
		}
		to = out_room(out, OUT_BLOCK);
		for (i = 0; i < run->n; i += HEAD_STEP)
			memcpy(to + i, run->head + i, HEAD_STEP);
		w = to + run->n;
		/* Long before it is read again, so that nothing waits. */
		count_up(run);
		if ((nl = copy(run->wide, &w, p, end, &doubt)) == NULL)
			break;
		line = (struct str){p, (size_t)(nl - p)};
		if (doubt && utf_clean(line) != line.n)
			break;
		*w++ = '\n';
		out->n += (size_t)(w - to);
		run->lines++;
		run->blocks++;
		run->bytes += (size_t)(nl - p) - (nl[-1] == '\r');
		p = nl + 1;
	}
	return (size_t)(p - s.p);
}

/* Write the number behind the key. */
static void
put_head(struct run *run, size_t number)
{
	unsigned char digits[24];
	size_t n = sizeof(digits);

	digits[--n] = '\t';
	do
		digits[--n] = (unsigned char)('0' + number % 10);
	while ((number /= 10) > 0);
	memcpy(run->head + run->key, digits + n, sizeof(digits) - n);
	run->n = run->key + sizeof(digits) - n;
}

/* Add one to the number, in place. */
static void
count_up(struct run *run)
{
	size_t i = run->n - 2;

	while (run->head[i] == '9' && i > run->key)
		run->head[i--] = '0';
	if (run->head[i] != '9') {
		run->head[i]++;
		return;
	}
	/* From 99 to 100. */
	run->head[i] = '1';
	run->head[run->n - 1] = '0';
	run->head[run->n++] = '\t';
}

/*
 * What kind of line begins at `p`.  Nearly every one tells by its first
 * character.
 */
static enum kind
look(const unsigned char *p, const unsigned char *end)
{
	while (*p == ' ' || *p == '\t')
		p++;
	if (*p == '\n' || (*p == '\r' && end - p > 1 && p[1] == '\n'))
		return BLANK;
	if (*p > ' ' && *p < 0x80)
		return VISIBLE;
	/* Characters of white space begin with these, or are controls. */
	if (*p == 0xc2 || (*p >= 0xe1 && *p <= 0xe3))
		return end - p < 4 || utf_all_white(
					  (struct str){p, *p == 0xc2 ? 2 : 3})
			   ? UNSURE
			   : VISIBLE;
	return *p < 0x80 ? UNSURE : VISIBLE;
}

/*
 * Copy a line to `*to`, escaped, without its end; returns where its LF is, or
 * NULL if it is too long, holds a control character, or is too near the end
 * of the text.  `*doubt` tells whether the line may not be clean.
 */
static const unsigned char *
copy(run_wide_fn *wide, unsigned char **to, const unsigned char *p,
    const unsigned char *end, int *doubt)
{
	unsigned char *w = *to;
	const unsigned char *stop =
	    (size_t)(end - p) > LINE_MAX ? p + LINE_MAX : end;

	*doubt = 0;
	for (;;) {
		if (wide == NULL || !wide(&w, &p, stop, doubt))
			copy_plain(&w, &p, stop, doubt);
		if (p == stop)
			return NULL;
		if (*p == '\n' || (*p == '\r' && p[1] == '\n'))
			break;
		if (escape_letter(*p) == 0)
			return NULL;
		*w++ = '\\';
		*w++ = escape_letter(*p++);
	}
	*to = w;
	return *p == '\n' ? p : p + 1;
}

/* Copy up to a control character, a backslash, or `stop`. */
static void
copy_plain(unsigned char **to, const unsigned char **from,
    const unsigned char *stop, int *doubt)
{
	unsigned int found = 0;
	const unsigned char *p = *from;
	unsigned char *w = *to;

#if defined(__SSE2__) && !defined(UTF_PORTABLE)
	while (found == 0 && stop - p >= 16) {
		__m128i v = _mm_loadu_si128((const void *)p);
		size_t n;

		_mm_storeu_si128((void *)w, v);
		found = stops(v);
		*doubt |= high(v);
		n = found == 0 ? 16 : (size_t)__builtin_ctz(found);
		p += n;
		w += n;
	}
#endif
	for (; found == 0 && p != stop; p++) {
		if (*p < ' ' || *p == '\\')
			break;
		*doubt |= *p >= 0x7f;
		*w++ = *p;
	}
	*from = p;
	*to = w;
}

#if defined(__SSE2__) && !defined(UTF_PORTABLE)
/* A bit for each of 16 bytes that is a control character or a backslash. */
static unsigned int
stops(__m128i v)
{
	const __m128i last = _mm_set1_epi8(0x1f);
	__m128i hit = _mm_or_si128(_mm_cmpeq_epi8(_mm_min_epu8(v, last), v),
	    _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));

	return (unsigned int)_mm_movemask_epi8(hit);
}

/* Whether one of 16 bytes is DEL or beyond ASCII. */
static int
high(__m128i v)
{
	__m128i delete = _mm_cmpeq_epi8(v, _mm_set1_epi8(0x7f));

	return _mm_movemask_epi8(_mm_or_si128(v, delete)) != 0;
}
#endif
