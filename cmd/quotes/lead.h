/* SPDX-License-Identifier: ISC */
#ifndef QUOTES_LEAD_H
#define QUOTES_LEAD_H

#include <stddef.h>

#include "cmd/quotes/speaker.h"
#include "cmd/quotes/view.h"

/* lead - who a sentence is about, for cues and marks without a subject. */

/* The first name, pronoun or noun for a person in [from,to).  Returns 1, or 0
 * if there is none. */
int lead_speaker(const struct view *, size_t from, size_t to, struct speaker *);

#endif
