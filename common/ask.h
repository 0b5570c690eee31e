/* SPDX-License-Identifier: ISC */
#ifndef COMMON_ASK_H
#define COMMON_ASK_H

#include <stddef.h>
#include <stdint.h>

#include "common/trait.h"

/*
 * ask - what the model is asked about a token, besides what hangs on its own
 * word or one of the two on each side alone (common/lexeme.h).
 */

/* Rows of one token, at most: a few for each kind of list. */
#define ASK_ROWS 448

struct ask_rows {
	uint32_t v[ASK_ROWS];
	size_t n;
};

/* Put the rows that speak about token `i` of `piece` into `rows`. */
void ask_token(const struct trait *, const struct trait_piece *piece, size_t i,
    struct ask_rows *rows);

#endif
