/* SPDX-License-Identifier: ISC */
#ifndef COMMON_MENTION_H
#define COMMON_MENTION_H

#include <stddef.h>

#include "common/canon.h"
#include "common/trait.h"

/*
 * mention - what the words of a name and those before it tell of who or what
 * it is.
 */

/*
 * Complete `m`, whose place, type and number of words are set, of the name
 * that begins with token `from` of `piece`; `before` is the mention before it
 * in the document, or NULL.  `canon` knows short forms.
 */
void mention_describe(const struct trait *, const struct trait_piece *piece,
    size_t from, struct canon *canon, const struct canon_mention *before,
    struct canon_mention *m);

#endif
