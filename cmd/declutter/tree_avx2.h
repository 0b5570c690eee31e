/* SPDX-License-Identifier: ISC */
#ifndef DECLUTTER_TREE_AVX2_H
#define DECLUTTER_TREE_AVX2_H

#include "cmd/declutter/tree.h"

/* tree_avx2 - tree_sums() for processors with AVX2. */

#if defined(__x86_64__) && defined(__GNUC__) && !defined(TREE_PORTABLE)
#define TREE_AVX2

/* Whether this processor has it. */
int tree_avx2_here(void);

void
tree_avx2_sums(const struct tree_list *, const struct columns *, int16_t *sum);
#endif

#endif
