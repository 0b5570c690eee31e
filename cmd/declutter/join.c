/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "common/mem.h"
#include "common/utf.h"

#include "cmd/declutter/join.h"

/*
 * Mail, terminals and text browsers wrap at 40 to 100 columns.  Browsers told
 * not to wrap still do so at about a thousand.
 */
#define JOIN_NARROW 40
#define JOIN_WIDE   100
#define JOIN_HUGE   900
/* Fewer rows that look wrapped than this prove nothing, or than that where
 * those behind half of them go on in lower case. */
#define JOIN_PROOF 5
#define JOIN_LEAST 2
/* The first byte of all wide characters is no less. */
#define WIDE_LEAD 0xe1u

static size_t page_width(const struct page_row *, size_t);
static void shape(struct page_row *, struct str);
static uint32_t columns(struct str);
static inline int may_be_wide(const unsigned char[8]);
static int is_wide(int32_t);
static int fits(const struct page_row *, const struct page_row *, size_t);
static size_t spaces(struct str, size_t);
static size_t bullet(struct str, size_t);
static struct str trimmed(struct str);

void
join_rows(struct page *page, const struct doc *doc, size_t from, size_t to)
{
	size_t i, wide, n = to - from;
	struct page_block *b = NULL;
	struct page_row *row;

	page->row = mem_grow(page->row, &page->row_cap, n, sizeof(*page->row));
	row = page->row;
	for (i = 0; i < n; i++) {
		size_t number = doc->v[from + i].number;
		size_t before = i > 0 ? doc->v[from + i - 1].number : 0;
		size_t gap = number > before ? number - before - 1 : 0;

		shape(&row[i], doc->v[from + i].text);
		row[i].gap = (uint32_t)(gap < 9 ? gap : 9);
	}
	wide = page_width(row, n);
	page->n = 0;
	for (i = 0; i < n; i++) {
		if (b != NULL && row[i].gap == 0 && !row[i].bullet &&
		    (wide > 0 ? !fits(&row[i - 1], &row[i], wide)
			      : row[i - 1].width > JOIN_HUGE)) {
			b->lines++;
			b->columns += row[i].width - row[i].indent + 1;
			continue;
		}
		if (page->n == page->cap)
			page->v = mem_grow(
			    page->v, &page->cap, page->n + 1, sizeof(*page->v));
		b = &page->v[page->n++];
		*b = (struct page_block){
		    .line = from + i,
		    .lines = 1,
		    .indent = row[i].indent < 99 ? row[i].indent : 99,
		    .gap = row[i].gap,
		    .columns = row[i].width - row[i].indent,
		    .flags = row[i].bullet ? PAGE_BULLET : 0,
		};
	}
}

struct str
join_body(struct str text)
{
	size_t i;

	text = trimmed(text);
	i = spaces(text, 0);
	i = bullet(text, i);
	return str_sub(text, i, text.n);
}

/*
 * The width that the page was wrapped to, 0 if it was not.
 *
 * A break was made for width w if the row is no wider than w but would be
 * with the next row's first word.  The width for which most breaks were made
 * is the one, if most rows that end near it were broken for it.
 */
static size_t
page_width(const struct page_row *row, size_t n)
{
	long step[JOIN_WIDE + 2] = {0}, made = 0;
	long lower[JOIN_WIDE + 2] = {0}, low = 0, sure = 0;
	size_t ends[JOIN_WIDE + 2] = {0};
	size_t i, w, best = 0, wide = 0, near = 0, over = 0;

	for (i = 0; i + 1 < n; i++) {
		size_t from = row[i].width, to = from + row[i + 1].first + 1;

		to = to <= JOIN_WIDE ? to : JOIN_WIDE + 1;
		if (from > JOIN_WIDE) {
			ends[JOIN_WIDE + 1]++;
			continue;
		}
		if (row[i + 1].gap > 0 || row[i + 1].bullet)
			continue;
		ends[from]++;
		step[from]++;
		step[to]--;
		lower[from] += row[i + 1].lower;
		lower[to] -= row[i + 1].lower;
	}
	for (w = 1; w <= JOIN_WIDE; w++) {
		made += step[w];
		low += lower[w];
		if (w >= JOIN_NARROW && (size_t)made >= best) {
			best = (size_t)made;
			sure = low;
			wide = w;
		}
	}
	for (w = wide * 4 / 5; w <= wide; w++)
		near += ends[w];
	/* Tables and long addresses may stick out of a wrapped page. */
	for (; w <= JOIN_WIDE + 1; w++)
		over += ends[w];
	if (best < (2 * (size_t)sure < best ? JOIN_PROOF : JOIN_LEAST) ||
	    best * 25 < n || best * 10 < near * 7 || over > best)
		return 0;
	return wide;
}

/* Whether the next row's first word would have fitted on this row. */
static int
fits(const struct page_row *row, const struct page_row *next, size_t wide)
{
	return !(row->width + 1 + next->first > wide * 93 / 100 ||
		 row->width >= wide * 4 / 5);
}

static void
shape(struct page_row *row, struct str text)
{
	struct str word;
	size_t i, k, len;
	uint32_t rest;

	text = trimmed(text);
	i = spaces(text, 0);
	row->indent = i == 0 ? 0 : columns(str_sub(text, 0, i));
	rest = columns(str_sub(text, i, text.n));
	row->width = row->indent + rest;
	row->bullet = bullet(text, i) > i;
	word = str_sub(text, i, text.n);
	row->lower = word.n > 0 && utf_class(utf_at(word.p, &len)) == UTF_LOWER;
	/* Wide characters are words of their own where lines are broken. */
	for (k = 0; k < word.n && k < 400 && word.p[k] != ' '; k += len)
		if (word.p[k] < 0x80) {
			len = 1;
		} else if (is_wide(utf_at(word.p + k, &len))) {
			k += k == 0 ? len : 0;
			break;
		}
	k = k < word.n ? k : word.n;
	row->first =
	    rest == word.n ? (uint32_t)k : columns(str_sub(word, 0, k));
}

/* The columns that text takes on a terminal, nearly. */
static uint32_t
columns(struct str s)
{
	size_t n = utf_count(s, UTF_POINTS), i, k, len;
	unsigned char part[8];

	/* Plain, or so long that it does not matter. */
	if (n == s.n || n > JOIN_HUGE)
		return (uint32_t)n;
	for (i = 0; i < s.n; i += 8) {
		size_t m = s.n - i < 8 ? s.n - i : 8;

		memset(part, 0, 8);
		memcpy(part, s.p + i, m);
		if (!may_be_wide(part))
			continue;
		for (k = i; k < i + m; k++)
			if (s.p[k] >= WIDE_LEAD)
				n += (size_t)is_wide(utf_at(s.p + k, &len));
	}
	return (uint32_t)n;
}

/* Whether one of 8 bytes is WIDE_LEAD or more. */
static inline int
may_be_wide(const unsigned char part[8])
{
	const uint64_t each = 0x0101010101010101u;
	uint64_t x;

	memcpy(&x, part, 8);
	return (((x & 0x7f * each) + (0x100 - WIDE_LEAD) * each) & x &
		   0x80 * each) != 0;
}

/* East Asian wide and full-width characters, by block. */
static int
is_wide(int32_t c)
{
	return c >= 0x1100 && (c <= 0x115f || (c >= 0x2e80 && c <= 0xa4cf) ||
				  (c >= 0xac00 && c <= 0xd7a3) ||
				  (c >= 0xf900 && c <= 0xfaff) ||
				  (c >= 0xfe30 && c <= 0xfe6f) ||
				  (c >= 0xff00 && c <= 0xff60) ||
				  (c >= 0xffe0 && c <= 0xffe6) ||
				  (c >= 0x20000 && c <= 0x3fffd));
}

static size_t
spaces(struct str s, size_t i)
{
	size_t len;

	while (i < s.n) {
		if (s.p[i] < 0x80 && s.p[i] != ' ' && s.p[i] != '\t')
			break;
		if (utf_class(utf_at(s.p + i, &len)) != UTF_SPACE)
			break;
		i += len;
	}
	return i;
}

/* Step over a bullet, or a number like "1." or "(2)", and what space is
 * behind; `i` if there is none. */
static size_t
bullet(struct str s, size_t i)
{
	static const int32_t marks[] = {'*', '+', '-', '#', 'o', 0xb7, 0x2013,
	    0x2022, 0x25a0, 0x25a1, 0x25aa, 0x25ab, 0x25b6, 0x25b8, 0x25ba,
	    0x25c6, 0x25cb, 0x25cf, 0x25e6, 0x2605, 0x2606, 0x203a};
	size_t k = i, len, m;
	int32_t c;

	/* Most rows begin with a letter. */
	if (i >= s.n || s.p[i] == '"' ||
	    (s.p[i] > '9' && s.p[i] < 0x80 && s.p[i] != 'o'))
		return i;
	c = utf_at(s.p + i, &len);
	for (m = 0; m < sizeof(marks) / sizeof(marks[0]); m++)
		if (c == marks[m])
			k = i + len;
	if (k == i) {
		k += s.p[k] == '(';
		for (m = k;
		     m < s.n && m < k + 3 && s.p[m] >= '0' && s.p[m] <= '9';)
			m++;
		if (m == k || m == k + 3 || m == s.n ||
		    (s.p[m] != '.' && s.p[m] != ')'))
			return i;
		k = m + 1;
	}
	m = spaces(s, k);
	return m > k ? m : i;
}

static struct str
trimmed(struct str s)
{
	while (s.n > 0 && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t' ||
			      s.p[s.n - 1] == '\r' || s.p[s.n - 1] == '\n'))
		s.n--;
	return s;
}
