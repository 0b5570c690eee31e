/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "common/set.h"

#include "tests/unit/check.h"

/* Keys from a small range, so that they come again; some alike in low bits. */
static uint64_t
some_key(uint64_t *seed)
{
	uint64_t r = check_random(seed);

	return r % 3 == 0 ? r / 3 % 5000 << 48 : 1 + r / 3 % 5000;
}

static void
equals_a_list(void)
{
	enum { N = 10000 };
	struct set set = {NULL, NULL, 0, 0};
	struct {
		uint64_t key;
		uint32_t value;
	} *list = malloc(N * sizeof(*list));
	uint64_t seed = 2;
	size_t n = 0, i, k;
	int fresh;

	if (list == NULL)
		abort();
	for (i = 0; i < N; i++) {
		uint64_t key = some_key(&seed);
		const uint32_t *found;
		uint32_t *at;

		/* Zero is a key like another, though one with 1. */
		if (key == 0)
			key = 2;
		for (k = 0; k < n && list[k].key != key; k++)
			continue;
		found = set_find(&set, key);
		CHECK((found != NULL) == (k < n));
		if (found != NULL)
			CHECK_EQ(*found, list[k].value);
		at = set_at(&set, key, &fresh);
		CHECK_EQ((size_t)fresh, k == n);
		if (fresh) {
			CHECK_EQ(*at, 0);
			list[n].key = key;
			list[n++].value = (uint32_t)i;
			*at = (uint32_t)i;
		}
		CHECK_EQ(set.n, n);
	}
	CHECK(set.n <= set.cap / 4 * 3 + 1);
	set_clear(&set);
	CHECK_EQ(set.n, 0);
	for (k = 0; k < n; k++)
		CHECK(set_find(&set, list[k].key) == NULL);
	CHECK_EQ(*set_at(&set, 5, &fresh), 0);
	CHECK(fresh);
	set_free(&set);
	set_free(&set);
	free(list);
}

static void
edges(void)
{
	struct set set = {NULL, NULL, 0, 0};
	int fresh;

	CHECK(set_find(&set, 1) == NULL);
	set_clear(&set);
	*set_at(&set, 0, &fresh) = 7;
	CHECK(fresh);
	CHECK(set_find(&set, 0) != NULL && *set_find(&set, 0) == 7);
	*set_at(&set, UINT64_MAX, &fresh) = 8;
	CHECK(fresh && set.n == 2);
	CHECK(*set_find(&set, UINT64_MAX) == 8);
	set_free(&set);
}

int
main(void)
{
	check_case("set: equals a plain list", equals_a_list);
	check_case("set: empty, zero and largest key", edges);
	return check_done();
}
