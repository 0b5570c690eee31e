/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "common/stop.h"

#include "cmd/quotes/kept.h"

void
kept_clear(struct kept *k, size_t blocks)
{
	k->n = 0;
	k->blocks = blocks < KEPT_BLOCKS ? blocks : KEPT_BLOCKS;
	memset(k->to, 0, k->blocks * sizeof(k->to[0]));
}

void
kept_add(struct kept *k, size_t block, const struct tok_list *l)
{
	if (block >= k->blocks || k->to[block] != 0 || l->n == 0 ||
	    l->n > KEPT_TOKENS - k->n)
		return;
	k->v = mem_grow(k->v, &k->cap, k->n + l->n, sizeof(*k->v));
	memcpy(k->v + k->n, l->v, l->n * sizeof(*l->v));
	k->from[block] = (uint32_t)k->n;
	k->n += l->n;
	k->to[block] = (uint32_t)k->n;
}

const struct tok_list *
kept_find(struct kept *k, size_t block)
{
	if (block >= k->blocks || k->to[block] == 0)
		return NULL;
	k->found = (struct tok_list){
	    .v = k->v + k->from[block], .n = k->to[block] - k->from[block]};
	return &k->found;
}

const struct tok_list *
kept_cut(struct kept *k, size_t block, struct str text)
{
	const struct tok_list *l = kept_find(k, block);

	if (l != NULL)
		return l;
	stop_text(&k->cut, text);
	kept_add(k, block, &k->cut);
	return &k->cut;
}

void
kept_free(struct kept *k)
{
	free(k->v);
	tok_free(&k->cut);
	*k = (struct kept){0};
}
