/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "cmd/declutter/tree.h"
#include "cmd/declutter/tree_avx2.h"

static void
step(const struct tree *, const struct columns *, size_t, int16_t[COLUMN_STEP]);

void
tree_sums(const struct tree_list *l, const struct columns *c, int16_t *sum)
{
#ifdef TREE_AVX2
	if (tree_avx2_here()) {
		tree_avx2_sums(l, c, sum);
		return;
	}
#endif
	tree_sums_portable(l, c, sum);
}

void
tree_sums_portable(
    const struct tree_list *l, const struct columns *c, int16_t *sum)
{
	size_t i, k;

	for (i = 0; i < c->n; i += COLUMN_STEP) {
		for (k = 0; k < COLUMN_STEP; k++)
			sum[i + k] = l->base;
		for (k = 0; k < l->n; k++)
			step(&l->v[k], c, i, sum + i);
	}
}

/* Add what a tree says of the blocks from `i` on. */
static void
step(const struct tree *t, const struct columns *c, size_t i,
    int16_t sum[COLUMN_STEP])
{
	uint8_t leaf[COLUMN_STEP] = {0};
	int k, b;

	for (k = 0; k < TREE_DEPTH; k++) {
		const uint8_t *v = column_at(c, t->column[k]) + i + t->step[k];
		uint8_t bound = t->bound[k], bit = (uint8_t)(1 << k);

		for (b = 0; b < COLUMN_STEP; b++)
			leaf[b] |= (uint8_t)(v[b] >= bound ? bit : 0);
	}
	for (b = 0; b < COLUMN_STEP; b++)
		sum[b] = (int16_t)(sum[b] + t->leaf[leaf[b]]);
}
