/* SPDX-License-Identifier: ISC */
#ifndef DECLUTTER_EXPLAIN_H
#define DECLUTTER_EXPLAIN_H

#include <stddef.h>

#include "common/out.h"

#include "cmd/declutter/score.h"

/*
 * explain - the strongest reasons for the score of block `i`, as a field
 * `column+1.5 column-0.7 ...` with a tab behind it: what the answers about
 * each column, of the block and its neighbours, moved the log-odds by.
 *
 * The columns of the page must be those of both rounds, as score_page() left
 * them.
 */
void explain_put(
    const struct score *, const struct score_model *, size_t i, struct out *);

#endif
