/* SPDX-License-Identifier: ISC */
#ifndef COMMON_STR_H
#define COMMON_STR_H

#include <stddef.h>
#include <string.h>

/*
 * str - a borrowed run of bytes.
 *
 * Not NUL-terminated, owns nothing, passed by value.  The empty run may have
 * any pointer, NULL included; emptiness is a value, never a sign of absence.
 */
struct str {
	const unsigned char *p;
	size_t n; /* bytes */
};

/* A slice of a string literal. */
#define STR_LIT(s) ((struct str){(const unsigned char *)("" s), sizeof(s) - 1})

/* The bytes of a C string the system gave, without its NUL. */
static inline struct str
str_of(const char *s)
{
	return (struct str){(const unsigned char *)s, strlen(s)};
}

static inline int
str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* Bytes [from, to) of `s`; needs from <= to <= s.n. */
static inline struct str
str_sub(struct str s, size_t from, size_t to)
{
	return (struct str){s.p + from, to - from};
}

/* Whether `s` begins with `head`. */
static inline int
str_starts(struct str s, struct str head)
{
	return s.n >= head.n && memcmp(s.p, head.p, head.n) == 0;
}

/* Whether `s` ends with `tail`. */
static inline int
str_ends(struct str s, struct str tail)
{
	return s.n >= tail.n && memcmp(s.p + s.n - tail.n, tail.p, tail.n) == 0;
}

/* Whether `c`, a byte or -1, is white space of ASCII: space, tab, LF, VT, FF or
 * CR. */
static inline int
str_white(int c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* A line without its LF or CR LF, if it has one. */
static inline struct str
str_chomp(struct str s)
{
	if (s.n == 0 || s.p[s.n - 1] != '\n')
		return s;
	s.n--;
	s.n -= s.n > 0 && s.p[s.n - 1] == '\r';
	return s;
}

/*
 * A line of a list that a user wrote, without what editors leave there: a byte
 * order mark, which joined files have within, too, and a CR at the end.
 */
static inline struct str
str_entry(struct str line)
{
	if (str_starts(line, STR_LIT("\xef\xbb\xbf")))
		line = str_sub(line, 3, line.n);
	line.n -= line.n > 0 && line.p[line.n - 1] == '\r';
	return line;
}

/* How many line ends `s` holds. */
static inline size_t
str_lines(struct str s)
{
	const unsigned char *nl;
	size_t n = 0;

	while (s.n > 0 && (nl = memchr(s.p, '\n', s.n)) != NULL) {
		n++;
		s = str_sub(s, (size_t)(nl - s.p) + 1, s.n);
	}
	return n;
}

/* Whether `s` is one of the `n` words of `list`, which is sorted by bytes. */
static inline int
str_in(struct str s, const char *const *list, size_t n)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = (low + high) / 2;
		struct str t = str_of(list[mid]);
		int order = memcmp(t.p, s.p, t.n < s.n ? t.n : s.n);

		if (order == 0 && t.n == s.n)
			return 1;
		if (order < 0 || (order == 0 && t.n < s.n))
			low = mid + 1;
		else
			high = mid;
	}
	return 0;
}

#endif
