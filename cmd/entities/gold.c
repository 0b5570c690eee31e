/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/hash.h"
#include "common/in.h"
#include "common/row.h"

#include "cmd/entities/gold.h"

static int row(struct gold *, const struct plan *, struct str);
static uint64_t key(struct str doc, size_t block);

int
gold_load(struct gold *g, const struct plan *plan, char *path, size_t *line)
{
	char *args[2] = {path, NULL};
	struct str text;
	struct in in;
	int got, bad = 0;

	*line = 0;
	in_init(&in, args, IN_LINE_MAX);
	got = in_next(&in);
	while (got == 1 && !bad && (got = in_entry(&in, &text)) == 1)
		bad = row(g, plan, text) == -1;
	if (bad)
		*line = in.line;
	in_free(&in);
	return bad || got == -1 ? -1 : 0;
}

const struct gold_name *
gold_block(const struct gold *g, struct str doc, size_t block)
{
	const uint32_t *at = set_find(&g->by_block, key(doc, block));

	return at == NULL ? NULL : &g->v[*at - 1];
}

const struct gold_name *
gold_next(const struct gold *g, const struct gold_name *name)
{
	return name->next == 0 ? NULL : &g->v[name->next - 1];
}

void
gold_free(struct gold *g)
{
	free(g->v);
	set_free(&g->by_block);
	memset(g, 0, sizeof(*g));
}

static int
row(struct gold *g, const struct plan *plan, struct str text)
{
	struct row_fields fields = row_fields(text);
	struct str column[5];
	size_t block, i;
	uint32_t start, end, type, *at;
	int fresh;

	if (text.n == 0 || text.p[0] == '#')
		return 0;
	for (i = 0; i < 5; i++)
		if (!row_field(&fields, &column[i]) || column[i].n == 0)
			return -1;
	if (!row_number(column[1], SIZE_MAX, &block) ||
	    !row_number32(column[2], UINT32_MAX, &start) ||
	    !row_number32(column[3], UINT32_MAX, &end) || start >= end)
		return -1;
	type = plan_type(plan, column[4]);
	if (type == UINT32_MAX)
		return 0;
	at = set_at(&g->by_block, key(column[0], block), &fresh);
	g->v = mem_grow(g->v, &g->cap, g->n + 1, sizeof(*g->v));
	g->v[g->n++] = (struct gold_name){start, end, type, fresh ? 0 : *at};
	*at = (uint32_t)g->n;
	return 0;
}

static uint64_t
key(struct str doc, size_t block)
{
	return hash_join(hash_64(doc, 0), block);
}
