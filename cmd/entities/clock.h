/* SPDX-License-Identifier: ISC */
#ifndef ENTITIES_CLOCK_H
#define ENTITIES_CLOCK_H

#include "cmd/entities/value.h"

/* clock - times of day. */

/*
 * Look for one that begins at token `i`.  Returns the token behind it and
 * fills `*value`, or `i` if there is none.
 */
size_t clock_at(struct value *value, struct mem *mem, struct str text,
    const struct tok_list *toks, size_t i);

#endif
