/* SPDX-License-Identifier: ISC */
#ifndef ENTITIES_CLOCK_H
#define ENTITIES_CLOCK_H

#include "cmd/entities/value.h"

/* clock - times of day. */

/*
 * Look for one that begins at token `i`.  Returns the token behind it and
 * fills `*v`, or `i` if there is none.
 */
size_t clock_at(struct value *v, struct mem *mem, struct str text,
    const struct tok_list *l, size_t i);

#endif
