/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"

#include "cmd/dedupe/posting.h"

#define POSTING_LEAST 4096 /* slots to begin with */

static void grow(struct postings *);
static void put(struct postings *, struct posting_slot);

void
posting_add(struct postings *p, uint32_t key, uint32_t text)
{
	if (p->n >= p->limit)
		grow(p);
	put(p, (struct posting_slot){key, text + 1});
	p->n++;
}

size_t
posting_first(const struct postings *p, uint32_t key)
{
	/* The upper half of the product: from 0 to cap, whatever cap is. */
	uint64_t spread = key * 0x9e3779b97f4a7c15u;

	return (size_t)((spread >> 32) * p->cap >> 32);
}

int
posting_next(const struct postings *p, uint32_t key, size_t *at, uint32_t *text)
{
	if (p->cap == 0)
		return 0;
	while (p->slot[*at].text != 0) {
		struct posting_slot s = p->slot[*at];

		*at = *at + 1 == p->cap ? 0 : *at + 1;
		if (s.key == key) {
			*text = s.text - 1;
			return 1;
		}
	}
	return 0;
}

void
posting_prefetch(const struct postings *p, uint32_t key)
{
	if (p->cap > 0)
		__builtin_prefetch(&p->slot[posting_first(p, key)]);
}

size_t
posting_bytes(const struct postings *p)
{
	return p->cap * sizeof(*p->slot);
}

void
posting_free(struct postings *p)
{
	free(p->slot);
	*p = (struct postings){NULL, 0, 0, 0};
}

static void
grow(struct postings *p)
{
	struct postings old = *p;
	size_t none = 0, i;

	p->cap =
	    old.cap < POSTING_LEAST ? POSTING_LEAST : old.cap + old.cap / 2;
	p->limit = p->cap / 100 * 80;
	p->slot = mem_grow(NULL, &none, p->cap, sizeof(*p->slot));
	memset(p->slot, 0, p->cap * sizeof(*p->slot));
	for (i = 0; i < old.cap; i++)
		if (old.slot[i].text != 0)
			put(p, old.slot[i]);
	free(old.slot);
}

static void
put(struct postings *p, struct posting_slot slot)
{
	size_t i = posting_first(p, slot.key);

	while (p->slot[i].text != 0)
		i = i + 1 == p->cap ? 0 : i + 1;
	p->slot[i] = slot;
}
