/* SPDX-License-Identifier: ISC */
#ifndef QUOTES_REPORT_H
#define QUOTES_REPORT_H

#include <stddef.h>

#include "cmd/quotes/attrib.h"

/* report - what the cues of one sentence report, and by whom. */

struct report {
	size_t from, to; /* units of the sentence */
	size_t cues;     /* units of it at which one begins */
	size_t limit;    /* first unit that no rule has used; at first `from` */
	int found;       /* a cue of the sentence has a speaker: `source` */
	struct attrib_source source;
};

/* Add the quotations of a sentence that its cues claim; it has one. */
void report_sentence(struct attrib *, struct report *);

/*
 * Add the quotation of units [from,to), without white space, commas and the
 * like at its ends.  Returns 1, or 0 if it is empty or part of another.
 */
int report_add(
    struct attrib *, size_t from, size_t to, const struct attrib_source *);

/* Set the speaker to units [from,to). */
void report_source(
    const struct attrib *, struct attrib_source *, size_t from, size_t to);

#endif
