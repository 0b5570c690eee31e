/* SPDX-License-Identifier: ISC */
#ifndef QUOTES_FRAME_H
#define QUOTES_FRAME_H

#include <stddef.h>

#include "cmd/quotes/attrib.h"
#include "cmd/quotes/report.h"

/* frame - cues that are no verbs of speech with a subject that speaks. */

/* "Her support for the plan": the noun at unit `i`, its owner speaks. */
void frame_noun(struct attrib *, struct report *, size_t i);

/* "The plan is expected to fail": what the phrase at `i` is said of and what
 * it says, two parts of one quotation of nobody. */
void frame_seem(struct attrib *, struct report *, size_t i);

#endif
