/* SPDX-License-Identifier: ISC */
#ifndef ENTITIES_AMOUNT_H
#define ENTITIES_AMOUNT_H

#include "cmd/entities/value.h"

/* amount - money, shares in a hundred, and measured quantities. */

/*
 * Look for one that begins at token `i`, a minus or point right before it
 * included.  Returns the token behind it and fills `*v`, or `i` if there is
 * none.
 */
size_t amount_at(struct value *v, struct mem *mem, struct str text,
    const struct tok_list *l, size_t i);

#endif
