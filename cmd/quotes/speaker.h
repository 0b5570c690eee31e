/* SPDX-License-Identifier: ISC */
#ifndef QUOTES_SPEAKER_H
#define QUOTES_SPEAKER_H

#include <stddef.h>

#include "cmd/quotes/view.h"

/*
 * speaker - the noun phrase that is the subject of a reporting verb.
 *
 * Phrases are tight: without apposition and relative clause.  Every search
 * is bounded by a few dozen units.
 */

struct speaker {
	size_t from, to; /* units */
	size_t front;    /* by speaker_left(): where it begins, what stands
	                  * beside a name included: his mother, Jane Roe */
	int passive;     /* subject of a passive: it does not speak */
	int relative;    /* by way of a relative pronoun: X, who */
};

/* Look left of the verb at `verb`, not before `first`.  Returns 1 or 0. */
int
speaker_left(const struct view *, size_t first, size_t verb, struct speaker *);

/* The subject of what leads to the "to" at `to`: X is trying to. */
int
speaker_wants(const struct view *, size_t first, size_t to, struct speaker *);

/* Look right of it, from unit `from` on, before `last`: said X. */
int
speaker_right(const struct view *, size_t from, size_t last, struct speaker *);

/* Whether the phrase is headed by a name, a pronoun or a noun for people. */
int speaker_names(const struct view *, const struct speaker *);

/* What follows `according to`: all up to a mark or another clause. */
int
speaker_source(const struct view *, size_t from, size_t last, struct speaker *);

#endif
