/* SPDX-License-Identifier: ISC */
#ifndef QUOTES_SEVERAL_H
#define QUOTES_SEVERAL_H

#include <stddef.h>

#include "cmd/quotes/speaker.h"
#include "cmd/quotes/view.h"

/* several - subjects of more than one name: "the mayor and the council". */

/* Whether the word at `i` joins them. */
int several_and(const struct view *, size_t i);

/* Whether the "and" at `i` stands between two names, offices or subjects, the
 * first not before `first`, the second before `n`. */
int several_joined(const struct view *, size_t first, size_t i, size_t n);

/* Take in the names before the last: "Jane Roe, John Doe and Mary Smith". */
void several_series(const struct view *, size_t first, struct speaker *);

#endif
