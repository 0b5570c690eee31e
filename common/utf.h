/* SPDX-License-Identifier: ISC */
#ifndef COMMON_UTF_H
#define COMMON_UTF_H

#include <stddef.h>
#include <stdint.h>

#include "common/str.h"

/*
 * utf - UTF-8: repair, positions, case and classes.
 *
 * Readers call utf_clean() and utf_repair() once; every slice behind them is
 * clean, and the other functions count on that.  The locale is never read.
 *
 * Clean means: well-formed UTF-8 (Unicode 15, table 3-7) without control
 * characters (category Cc) other than TAB, LF and CR.
 */

/* Where `s` stops being clean: s.n, or the offset of the first byte that
 * utf_repair() would replace.  Cost: one pass, 10 GB/s or more on ASCII. */
size_t utf_clean(struct str s);

/*
 * Copy `s` to `to`, which has room for 3 * s.n bytes, writing U+FFFD for each
 * maximal ill-formed subpart (Unicode 15, 3.9, "U+FFFD Substitution of
 * Maximal Subparts") and for each control character that is not clean.  Adds
 * the number of replacements to `*n`.  Returns the bytes written.
 */
size_t utf_repair(unsigned char *to, struct str s, size_t *n);

/* Length of the incomplete sequence that `s` ends with, 0 to 3 bytes: what a
 * reader of blocks keeps back until the next block. */
size_t utf_tail(struct str s);

/* What offsets count, for --offsets. */
enum utf_unit { UTF_POINTS, UTF_BYTES, UTF_UTF16 };

/* The number of units in `s`, which starts and ends between characters. */
size_t utf_count(struct str s, enum utf_unit);

enum utf_class {
	UTF_SPACE,  /* Zs Zl Zp, TAB LF CR */
	UTF_PUNCT,  /* P* S* and format or unassigned characters */
	UTF_DIGIT,  /* Nd Nl No */
	UTF_UPPER,  /* Lu Lt */
	UTF_LOWER,  /* Ll */
	UTF_LETTER, /* Lo Lm: letters without case */
	UTF_MARK    /* Mn Mc Me: belongs to the character before */
};

enum utf_class utf_class(int32_t);

/* The simple lower-case mapping, the character itself where none is.  Its
 * UTF-8 is at most twice as long. */
int32_t utf_lower(int32_t);

/* The simple upper-case mapping, in the same way. */
int32_t utf_upper(int32_t);

/* Write the character's UTF-8 to `to`; returns its 1 to 4 bytes. */
size_t utf_put(unsigned char *to, int32_t);

int utf_all_white(struct str s);

/* Whether all of `s`, clean or not, is Unicode White_Space; the empty slice
 * is.  Nearly every line begins with a visible ASCII character. */
static inline int
utf_blank(struct str s)
{
	return s.n == 0 ||
	       ((s.p[0] <= ' ' || s.p[0] >= 0x80) && utf_all_white(s));
}

/* Decode the character at `p` of clean text; its length goes to `*len`. */
static inline int32_t
utf_at(const unsigned char *p, size_t *len)
{
	if (p[0] < 0x80) {
		*len = 1;
		return p[0];
	}
	if (p[0] < 0xe0) {
		*len = 2;
		return (p[0] & 31) << 6 | (p[1] & 63);
	}
	if (p[0] < 0xf0) {
		*len = 3;
		return (p[0] & 15) << 12 | (p[1] & 63) << 6 | (p[2] & 63);
	}
	*len = 4;
	return (p[0] & 7) << 18 | (p[1] & 63) << 12 | (p[2] & 63) << 6 |
	       (p[3] & 63);
}

/* The character that ends at `p`, not before `from`; its length likewise. */
static inline int32_t
utf_before(const unsigned char *from, const unsigned char *p, size_t *len)
{
	const unsigned char *q = p - 1;

	while (q > from && (*q & 0xc0) == 0x80)
		q--;
	return utf_at(q, len);
}

/*
 * utf_clean() by one instruction set, for the test that holds them equal.
 * `which` counts from 0, the portable one; the name is NULL past the last.
 * A variant that this machine lacks stands in as the portable one.
 */
const char *utf_variant(size_t which);
size_t utf_clean_by(size_t which, struct str);

#endif
