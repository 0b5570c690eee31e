/* SPDX-License-Identifier: ISC */
#ifndef COMMON_POINTS_H
#define COMMON_POINTS_H

#include "common/clue.h"

/* points - how much each clue speaks for each kind of name. */

/* The first four are those of enum tag_type; the last is no name. */
enum { POINTS_PER, POINTS_ORG, POINTS_LOC, POINTS_MISC, POINTS_NONE, POINTS_N };

/* Add up the points of the clues. */
void points_sum(const struct clue_set *, int32_t sum[POINTS_N]);

/* Which of the five has most, the first of equals. */
int points_best(const int32_t sum[POINTS_N]);

#endif
