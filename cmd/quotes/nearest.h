/* SPDX-License-Identifier: ISC */
#ifndef QUOTES_NEAREST_H
#define QUOTES_NEAREST_H

#include <stddef.h>

#include "cmd/quotes/speaker.h"
#include "cmd/quotes/view.h"

/* nearest - the noun that a relative pronoun belongs to. */

/*
 * Of the phrase `s` before a pronoun, which ends before unit `to` or was cut
 * there because it holds a verb, keep the name or noun next to `to`: of "The
 * plan was backed by Roe, who" Roe.  What may be one phrase stays as it is.
 */
void
nearest_noun(const struct view *, size_t first, size_t to, struct speaker *s);

#endif
