/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "cmd/dedupe/group.h"

static uint32_t top(struct group *, uint32_t);
static int
better(const struct group_doc *, const struct group_doc *, int longest);

uint32_t
group_add(struct group *g, struct str name, uint32_t runs)
{
	uint32_t number = (uint32_t)g->n;

	g->v = mem_grow(g->v, &g->cap, g->n + 1, sizeof(*g->v));
	g->v[g->n++] = (struct group_doc){.name = mem_dup(&g->names, name),
	    .above = number,
	    .runs = runs,
	    .keeper = number};
	return number;
}

void
group_link(struct group *g, uint32_t a, uint32_t b, double similarity)
{
	float s = (float)similarity;
	uint32_t x, y;

	if (g->v[a].similarity < s)
		g->v[a].similarity = s;
	if (g->v[b].similarity < s)
		g->v[b].similarity = s;
	x = top(g, a);
	y = top(g, b);
	g->v[x > y ? x : y].above = x > y ? y : x;
}

void
group_settle(struct group *g, int longest)
{
	uint32_t i;

	for (i = 0; i < g->n; i++)
		g->v[i].keeper = i;
	for (i = 0; i < g->n; i++) {
		struct group_doc *head = &g->v[top(g, i)];

		if (better(&g->v[i], &g->v[head->keeper], longest))
			head->keeper = i;
	}
	/* Tops stand before what is below them: a first pass over all. */
	for (i = 0; i < g->n; i++)
		if (g->v[i].above != i)
			g->v[i].keeper = g->v[top(g, i)].keeper;
}

void
group_free(struct group *g)
{
	mem_free(&g->names);
	free(g->v);
	*g = (struct group){0};
}

/* The top of a document's group; paths are halved on the way. */
static uint32_t
top(struct group *g, uint32_t i)
{
	while (g->v[i].above != i) {
		g->v[i].above = g->v[g->v[i].above].above;
		i = g->v[i].above;
	}
	return i;
}

static int
better(const struct group_doc *a, const struct group_doc *b, int longest)
{
	size_t n = a->name.n < b->name.n ? a->name.n : b->name.n;
	int order;

	if (longest && a->runs != b->runs)
		return a->runs > b->runs;
	order = n == 0 ? 0 : memcmp(a->name.p, b->name.p, n);
	return order < 0 || (order == 0 && a->name.n < b->name.n);
}
