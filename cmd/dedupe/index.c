/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"

#include "cmd/dedupe/index.h"

static void grow(struct index *);
static size_t find(const struct index *, struct hash_128);

void
index_init(struct index *index, int wide, int numbered)
{
	*index = (struct index){.wide = wide, .numbered = numbered};
}

int
index_add(struct index *index, struct hash_128 h, uint32_t *number)
{
	size_t i;

	/* All zero means free. */
	h.low += h.low == 0;
	if (index->n >= index->limit)
		grow(index);
	i = find(index, h);
	if (index->slot[i << index->wide] != 0) {
		*number = index->numbered ? index->number[i] : 0;
		return 0;
	}
	index->slot[i << index->wide] = h.low;
	if (index->wide)
		index->slot[2 * i + 1] = h.high;
	if (index->numbered)
		index->number[i] = *number;
	index->n++;
	return 1;
}

void
index_prefetch(const struct index *index, struct hash_128 h)
{
	if (index->cap > 0)
		__builtin_prefetch(
		    &index->slot[((size_t)h.low & (index->cap - 1)) *
				 (index->wide ? 2 : 1)]);
}

size_t
index_bytes(const struct index *index)
{
	return index->cap *
	       ((index->wide ? 16U : 8U) + (index->numbered ? 4U : 0U));
}

void
index_free(struct index *index)
{
	free(index->slot);
	free(index->number);
	index_init(index, index->wide, index->numbered);
}

/* The slot of a fingerprint, or the free one where it belongs. */
static size_t
find(const struct index *index, struct hash_128 h)
{
	const uint64_t *slot = index->slot;
	size_t mask = index->cap - 1, i = (size_t)h.low & mask;

	if (!index->wide) {
		while (slot[i] != 0 && slot[i] != h.low)
			i = (i + 1) & mask;
		return i;
	}
	while (slot[2 * i] != 0 &&
	       (slot[2 * i] != h.low || slot[2 * i + 1] != h.high))
		i = (i + 1) & mask;
	return i;
}

static void
grow(struct index *index)
{
	struct index old = *index;
	size_t words = index->wide ? 2 : 1, i, none = 0;

	index->cap = old.cap == 0 ? 1024 : 2 * old.cap;
	index->limit = index->cap / 4 * 3;
	index->slot =
	    mem_grow(NULL, &none, index->cap * words, sizeof(*index->slot));
	memset(index->slot, 0, index->cap * words * sizeof(*index->slot));
	none = 0;
	if (index->numbered)
		index->number =
		    mem_grow(NULL, &none, index->cap, sizeof(*index->number));
	for (i = 0; i < old.cap; i++) {
		struct hash_128 h = {old.slot[i * words], 0};
		size_t to;

		if (h.low == 0)
			continue;
		if (index->wide)
			h.high = old.slot[i * words + 1];
		to = find(index, h);
		index->slot[to * words] = h.low;
		if (index->wide)
			index->slot[to * words + 1] = h.high;
		if (index->numbered)
			index->number[to] = old.number[i];
	}
	free(old.slot);
	free(old.number);
}
