/* SPDX-License-Identifier: ISC */
#ifndef QUOTES_CLAUSE_H
#define QUOTES_CLAUSE_H

#include <stddef.h>

#include "cmd/quotes/view.h"

/* clause - where reported words begin and end that bear no marks. */

/*
 * The unit behind the clause that begins at `from` in a sentence that ends
 * before `last`; `strong` if a verb of speech leads it, else what is spoken
 * of is taken to be short.
 */
size_t clause_end(const struct view *, size_t from, size_t last, int strong);

/* Skip the hearer of "told X (that)" at `from`: where the clause begins;
 * `last` if none does. */
size_t clause_behind_hearer(const struct view *, size_t from, size_t last);

/* Skip when and where something was said, at `from`: "publicly", "on Monday",
 * "about"; "in a statement," too if a clause is sure to follow. */
size_t
clause_behind_place(const struct view *, size_t from, size_t last, int sure);

/* The first comma in [from,last) that is no part of a list, or `last`. */
size_t clause_comma(const struct view *, size_t from, size_t last);

/* Whether [from,to) tells only when, where or how: "In a statement on Friday,
 * at the bridge,". */
int clause_adverbial(const struct view *, size_t from, size_t to);

/* The last unit of a sentence but its closing marks, exclusive. */
size_t clause_last(const struct view *, size_t from, size_t last);

#endif
