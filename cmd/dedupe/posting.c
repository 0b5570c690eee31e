/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "cmd/dedupe/posting.h"

void
posting_clear(struct postings *p, size_t cap)
{
	posting_free(p);
	p->text = mem_new(&p->mem, cap, sizeof(*p->text) + 1);
	p->tag = (unsigned char *)(p->text + cap);
	memset(p->tag, 0, cap);
	p->cap = cap;
}

void
posting_add(struct postings *p, uint32_t key, uint32_t text)
{
	size_t i = posting_first(p, key);

	while (p->tag[i] != 0)
		i = i + 1 == p->cap ? 0 : i + 1;
	p->tag[i] = posting_tag(key);
	p->text[i] = text;
	p->n++;
}

size_t
posting_bytes(const struct postings *p)
{
	return p->cap * (sizeof(*p->tag) + sizeof(*p->text));
}

void
posting_free(struct postings *p)
{
	mem_free(&p->mem);
	*p = (struct postings){.tag = NULL};
}
