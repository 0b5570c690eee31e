/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"

#include "cmd/dedupe/tally.h"

#define TALLY_LEAST 16 /* log2 of the counters to begin with */

static size_t place(const struct tally *, uint32_t key);

int
tally_full(const struct tally *t)
{
	return t->pair == NULL || t->n >= (size_t)1 << t->log2;
}

void
tally_clear(struct tally *t, size_t keys)
{
	unsigned int log2 = TALLY_LEAST;
	size_t none = 0;

	while ((size_t)1 << log2 <= keys)
		log2++;
	free(t->pair);
	t->pair = mem_grow(NULL, &none, (size_t)1 << (log2 - 1), 1);
	memset(t->pair, 0, (size_t)1 << (log2 - 1));
	t->log2 = log2;
	t->n = 0;
}

void
tally_add(struct tally *t, uint32_t key)
{
	size_t i = place(t, key);
	unsigned int shift = 4 * (i & 1);

	t->n++;
	if ((t->pair[i / 2] >> shift & 15) < 15)
		t->pair[i / 2] =
		    (unsigned char)(t->pair[i / 2] + (1U << shift));
}

unsigned int
tally_count(const struct tally *t, uint32_t key)
{
	size_t i;

	if (t->pair == NULL)
		return 0;
	i = place(t, key);
	return t->pair[i / 2] >> 4 * (i & 1) & 15;
}

void
tally_prefetch(const struct tally *t, uint32_t key)
{
	if (t->pair != NULL)
		__builtin_prefetch(&t->pair[place(t, key) / 2]);
}

size_t
tally_bytes(const struct tally *t)
{
	return t->pair == NULL ? 0 : (size_t)1 << (t->log2 - 1);
}

void
tally_free(struct tally *t)
{
	free(t->pair);
	*t = (struct tally){NULL, 0, 0};
}

static size_t
place(const struct tally *t, uint32_t key)
{
	return (size_t)(key * 0x9e3779b97f4a7c15u >> (64 - t->log2));
}
