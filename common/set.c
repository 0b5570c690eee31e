/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "common/set.h"

static void grow(struct set *);
static size_t slot(const struct set *, uint64_t);

uint32_t *
set_at(struct set *set, uint64_t hash, int *fresh)
{
	size_t i;

	if (set->n >= set->cap / 4 * 3)
		grow(set);
	hash += hash == 0;
	i = slot(set, hash);
	*fresh = set->key[i] == 0;
	if (*fresh) {
		set->key[i] = hash;
		set->value[i] = 0;
		set->n++;
	}
	return &set->value[i];
}

const uint32_t *
set_find(const struct set *set, uint64_t hash)
{
	size_t i;

	if (set->n == 0)
		return NULL;
	hash += hash == 0;
	i = slot(set, hash);
	return set->key[i] == 0 ? NULL : &set->value[i];
}

void
set_clear(struct set *set)
{
	if (set->n > 0)
		memset(set->key, 0, set->cap * sizeof(*set->key));
	set->n = 0;
}

void
set_forget(struct set *set)
{
	if (set->cap > 4096 && set->cap / 16 > set->n)
		set_free(set);
	else
		set_clear(set);
}

void
set_free(struct set *set)
{
	free(set->key);
	free(set->value);
	*set = (struct set){NULL, NULL, 0, 0};
}

/* The slot of `hash`, or the free one where it belongs. */
static size_t
slot(const struct set *set, uint64_t hash)
{
	size_t i = (size_t)(hash * 0x9e3779b97f4a7c15u >> 20) & (set->cap - 1);

	while (set->key[i] != 0 && set->key[i] != hash)
		i = (i + 1) & (set->cap - 1);
	return i;
}

static void
grow(struct set *set)
{
	struct set old = *set;
	size_t i, none = 0, cap = old.cap == 0 ? 64 : 2 * old.cap;

	set->cap = cap;
	set->key = mem_grow(NULL, &none, cap, sizeof(*set->key));
	none = 0;
	set->value = mem_grow(NULL, &none, cap, sizeof(*set->value));
	memset(set->key, 0, cap * sizeof(*set->key));
	for (i = 0; i < old.cap; i++) {
		if (old.key[i] != 0) {
			size_t to = slot(set, old.key[i]);

			set->key[to] = old.key[i];
			set->value[to] = old.value[i];
		}
	}
	free(old.key);
	free(old.value);
}
