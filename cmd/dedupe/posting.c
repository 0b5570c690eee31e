/* SPDX-License-Identifier: ISC */
#include "cmd/dedupe/posting.h"

void
posting_add(struct postings *p, uint32_t key, size_t at, uint32_t text)
{
	while (p->slot[at] != 0)
		at = at + 1 == p->cap ? 0 : at + 1;
	p->slot[at] = (posting_tag(key) & ~p->mask) | (text + 1);
}
