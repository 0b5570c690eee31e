/* SPDX-License-Identifier: ISC */
#ifndef ENTITIES_NUMBER_H
#define ENTITIES_NUMBER_H

#include <stddef.h>

#include "common/mem.h"
#include "common/str.h"
#include "common/tok.h"

/* number - decimal numbers of a text, and the powers of ten behind them. */

/* More digits than any amount has; longer numbers are none. */
#define NUMBER_DIGITS 40

/* Digits, the last `fraction` of them behind the point. */
struct number {
	char digit[NUMBER_DIGITS];
	size_t n, fraction;
	int minus;
};

/* How far a text is read: from token `from` up to `k`, but for `rest` of the
 * last one, as "-million" of "5-million". */
struct reach {
	size_t from, k;
	struct str rest;
};

/*
 * Read "1,234.50", "12 000", "3 1/2" or ".5" around token `i`, which begins
 * with a digit.  Returns 0 if it has no value in decimals, or belongs to a
 * fraction.
 */
int number_read(struct number *, struct reach *, struct str text,
    const struct tok_list *, size_t i);

/*
 * Read "five" or "Twenty-five" at token `i`, if it is the whole number.
 * Returns 0 if it is none.
 */
int number_in_words(struct number *, struct reach *, struct str text,
    const struct tok_list *, size_t i);

/* 1 to 99 for "five" or "Twenty-five", else 0. */
int number_of_word(struct str);

/*
 * Multiply by the power of ten that comes next, as in "5 million" or "5bn", if
 * there is one.  Returns 0 if the number would be too long.
 */
int number_scale(
    struct number *, struct reach *, struct str text, const struct tok_list *);

/*
 * The next part of a word, up to a hyphen; empty if something else comes.
 * "5-million-dollar" has two behind its number.
 */
struct str
number_next(struct reach *, struct str text, const struct tok_list *);

/* The byte behind what is read. */
size_t
number_end(const struct reach *, struct str text, const struct tok_list *);

/* Write "head 1200000.5tail", without needless zeros. */
struct str number_spell(
    struct mem *, const char *head, const struct number *, struct str tail);

#endif
