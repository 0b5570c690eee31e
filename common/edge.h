/* SPDX-License-Identifier: ISC */
#ifndef COMMON_EDGE_H
#define COMMON_EDGE_H

#include <stddef.h>

#include "common/near.h"

/*
 * edge - where sentences begin without a stop before them.
 *
 * The functions look at the mark at `i`.  They return the token with which a
 * sentence begins, behind the first of the one at hand, or NEAR_NONE.  What
 * they look at besides is near, or is told by `*skip`: where to look on.
 */

/* Beside a label (Photo:), the stamp of a mail, or between web addresses. */
size_t edge_colon(const struct near *, size_t i, size_t *skip);

/* Behind the closing of a letter, beside the date of a headline. */
size_t edge_comma(const struct near *, size_t i);

/* Behind a line drawn of equal marks. */
size_t edge_rule(const struct near *, size_t i, size_t *skip);

/* Whether a web address begins with token `i`. */
int edge_address(const struct near *, size_t i);

/* A run of equal marks of so many bytes is a line. */
#define EDGE_RULE 5

#endif
