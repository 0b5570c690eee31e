/* SPDX-License-Identifier: ISC */
#include "common/escape.h"
#include "common/utf.h"

#include "cmd/docsplit/run.h"

/* The longest line taken here: twice as much fits the room asked for. */
#define LINE_MAX (OUT_BLOCK / 2 - RUN_HEAD)

enum kind { VISIBLE, BLANK, UNSURE };

static void put_head(struct run *, size_t);
static void count_up(struct run *);
static enum kind look(const unsigned char *, const unsigned char *);
static const unsigned char *
copy(unsigned char **, const unsigned char *, const unsigned char *);

int
run_start(struct run *run, struct str key, size_t number)
{
	*run = (struct run){.key = key.n};
	/* Twenty digits and a tab. */
	if (key.n > RUN_HEAD - 21)
		return 0;
	if (key.n > 0)
		memcpy(run->head, key.p, key.n);
	put_head(run, number);
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

		if (kind == UNSURE)
			break;
		count_up(run);
		if (kind == BLANK) {
			nl = memchr(p, '\n', (size_t)(end - p));
			p = nl + 1;
			run->lines++;
			continue;
		}
		to = out_room(out, OUT_BLOCK);
		memcpy(to, run->head, RUN_HEAD);
		w = to + run->n;
		if ((nl = copy(&w, p, end)) == NULL)
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
	size_t len;

	while (*p == ' ' || *p == '\t')
		p++;
	if (*p == '\n' || (*p == '\r' && end - p > 1 && p[1] == '\n'))
		return BLANK;
	if (*p > ' ' && *p < 0x80)
		return VISIBLE;
	if (*p >= 0x80 && utf_class(utf_at(p, &len)) != UTF_SPACE)
		return VISIBLE;
	return UNSURE;
}

/*
 * Copy a line to `*to`, escaped, without its end; returns where its LF is, or
 * NULL if it is too long or too near the end of the text.
 */
static const unsigned char *
copy(unsigned char **to, const unsigned char *p, const unsigned char *end)
{
	unsigned char *w = *to;
	const unsigned char *stop = p;

	stop = (size_t)(end - p) > LINE_MAX ? p + LINE_MAX : end;
#if defined(__SSE2__) && !defined(UTF_PORTABLE)
	while (stop - p >= 16) {
		__m128i v = _mm_loadu_si128((const void *)p);
		unsigned int found = escape_map(v);
		unsigned int at;

		_mm_storeu_si128((void *)w, v);
		if (found == 0) {
			p += 16;
			w += 16;
			continue;
		}
		at = (unsigned int)__builtin_ctz(found);
		p += at;
		w += at;
		if (*p == '\n') {
			*to = w;
			return p;
		}
		if (*p == '\r' && p[1] == '\n') {
			*to = w;
			return p + 1;
		}
		*w++ = '\\';
		*w++ = escape_letter(*p++);
	}
#endif
	for (; p < stop; p++) {
		unsigned char letter = escape_letter(*p);

		if (*p == '\n' || (*p == '\r' && p[1] == '\n')) {
			*to = w;
			return *p == '\n' ? p : p + 1;
		}
		if (letter != 0)
			*w++ = '\\';
		*w++ = letter != 0 ? letter : *p;
	}
	return NULL;
}
