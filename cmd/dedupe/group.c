/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "cmd/dedupe/group.h"

/* To be sorted. */
struct named {
	const struct group_doc *doc;
};

static uint32_t top(struct group *, uint32_t);
static int
better(const struct group_doc *, const struct group_doc *, int longest);
static int by_name(const void *, const void *);
static int by_bytes(struct str, struct str);

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
group_put(const struct group *g, int clusters, struct out *out)
{
	struct named *v = NULL;
	size_t i, cap = 0;

	v = mem_grow(v, &cap, g->n + 1, sizeof(*v));
	for (i = 0; i < g->n; i++)
		v[i].doc = &g->v[i];
	if (g->n > 1)
		qsort(v, g->n, sizeof(*v), by_name);
	for (i = 0; i < g->n; i++) {
		const struct group_doc *doc = v[i].doc;
		const struct group_doc *keeper = &g->v[doc->keeper];

		if (!clusters && keeper == doc)
			continue;
		out_raw(out, doc->name);
		out_raw(out, STR_LIT("\t"));
		out_raw(out, keeper->name);
		out_raw(out, STR_LIT("\t"));
		if (!clusters)
			out_score(out, (double)doc->similarity);
		out_endrow(out);
	}
	free(v);
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
	if (longest && a->runs != b->runs)
		return a->runs > b->runs;
	return by_bytes(a->name, b->name) < 0;
}

static int
by_name(const void *a, const void *b)
{
	return by_bytes(((const struct named *)a)->doc->name,
	    ((const struct named *)b)->doc->name);
}

static int
by_bytes(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n == 0 ? 0 : memcmp(a.p, b.p, n);

	return order != 0 ? order : (a.n > b.n) - (a.n < b.n);
}
