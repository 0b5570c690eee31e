/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "cmd/dedupe/tally.h"

void
tally_clear(struct tally *t, size_t cap)
{
	tally_free(t);
	t->pair = mem_new(&t->mem, cap / 2, 1);
	memset(t->pair, 0, cap / 2);
	t->cap = cap;
}

void
tally_add(struct tally *t, uint32_t key)
{
	size_t i = tally_place(t, key);
	unsigned int shift = 4 * (i & 1);
	unsigned int pair = t->pair[i / 2];

	t->n++;
	t->pair[i / 2] =
	    (unsigned char)(pair + ((unsigned int)((pair >> shift & 15) < 15)
				       << shift));
}

size_t
tally_bytes(const struct tally *t)
{
	return t->cap / 2;
}

void
tally_free(struct tally *t)
{
	mem_free(&t->mem);
	*t = (struct tally){.pair = NULL};
}
