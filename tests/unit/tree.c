/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "cmd/declutter/column.h"
#include "cmd/declutter/tree.h"
#include "tests/unit/check.h"

enum { TREES = 20, MOST = 200 };

/* One block after the other, one question after the other. */
static int
slow(const struct tree_list *l, const struct columns *c, size_t i)
{
	int sum = l->base, k, level;

	for (k = 0; k < (int)l->n; k++) {
		const struct tree *t = &l->v[k];
		int leaf = 0;

		for (level = 0; level < TREE_DEPTH; level++) {
			const uint8_t *v = column_at(c, t->column[level]) + i;

			leaf += (v[t->step[level]] >= t->bound[level]) << level;
		}
		sum += t->leaf[leaf];
	}
	return sum;
}

static void
random_trees(struct tree *t, uint64_t *seed)
{
	size_t k;
	int level;

	for (k = 0; k < TREES; k++) {
		for (level = 0; level < TREE_DEPTH; level++) {
			t[k].column[level] =
			    (uint8_t)(check_random(seed) % COL_ALL);
			t[k].step[level] =
			    (int8_t)((int)(check_random(seed) %
					   (2 * COLUMN_REACH + 1)) -
				     COLUMN_REACH);
			t[k].bound[level] = (uint8_t)check_random(seed);
		}
		for (level = 0; level < TREE_LEAVES; level++)
			t[k].leaf[level] =
			    (int8_t)((int)(check_random(seed) % 255) - 127);
	}
}

static void
equals_slow(void)
{
	static struct tree tree[TREES];
	static int16_t fast[2][MOST + COLUMN_STEP];
	struct tree_list list = {tree, TREES, -100};
	struct columns c = {.v = NULL};
	uint64_t seed = 1;
	size_t n, i, k;

	for (n = 1; n < MOST; n += 1 + n / 3) {
		random_trees(tree, &seed);
		column_start(&c, n);
		for (k = 0; k < COL_ALL; k++)
			for (i = 0; i < n; i++)
				column_at(&c, (int)k)[i] =
				    (uint8_t)check_random(&seed);
		tree_sums(&list, &c, fast[0]);
		tree_sums_portable(&list, &c, fast[1]);
		for (i = 0; i < n; i++) {
			CHECK(fast[0][i] == slow(&list, &c, i));
			CHECK(fast[1][i] == slow(&list, &c, i));
		}
	}
	column_free(&c);
}

static void
names_differ(void)
{
	int k, i;

	for (k = 0; k < COL_ALL; k++)
		for (i = 0; CHECK(column_name(k) != NULL) && i < k; i++)
			CHECK(strcmp(column_name(i), column_name(k)) != 0);
}

int
main(void)
{
	check_case("both variants equal a slow model", equals_slow);
	check_case("every column has a name of its own", names_differ);
	return check_done();
}
