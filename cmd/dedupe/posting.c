/* SPDX-License-Identifier: ISC */
#include "cmd/dedupe/posting.h"

void
posting_add(struct postings *p, uint32_t key, uint32_t text)
{
	size_t i = posting_first(p, key);

	while (p->slot[i] != 0)
		i = i + 1 == p->cap ? 0 : i + 1;
	p->slot[i] = (posting_tag(key) & ~p->mask) | (text + 1);
}
