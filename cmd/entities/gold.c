/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/hash.h"
#include "common/in.h"

#include "cmd/entities/gold.h"

static int row(struct gold *, const struct plan *, struct str);
static int number(struct str, size_t *);
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
	while (got == 1 && !bad && (got = in_line(&in, &text)) == 1)
		bad = row(g, plan, str_line(text)) == -1;
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
	struct str column[5];
	size_t block, start, end, i;
	uint32_t type, *at;
	int fresh;

	if (text.n == 0 || text.p[0] == '#')
		return 0;
	for (i = 0; i < 5; i++) {
		const unsigned char *tab = memchr(text.p, '\t', text.n);
		size_t n = tab == NULL ? text.n : (size_t)(tab - text.p);

		if (n == 0)
			return -1;
		column[i] = str_sub(text, 0, n);
		text = str_sub(text, n + (tab != NULL), text.n);
	}
	if (number(column[1], &block) == -1 ||
	    number(column[2], &start) == -1 || number(column[3], &end) == -1 ||
	    start >= end || end > UINT32_MAX)
		return -1;
	type = plan_type(plan, column[4]);
	if (type == UINT32_MAX)
		return 0;
	at = set_at(&g->by_block, key(column[0], block), &fresh);
	g->v = mem_grow(g->v, &g->cap, g->n + 1, sizeof(*g->v));
	g->v[g->n++] = (struct gold_name){
	    (uint32_t)start, (uint32_t)end, type, fresh ? 0 : *at};
	*at = (uint32_t)g->n;
	return 0;
}

static int
number(struct str s, size_t *value)
{
	size_t i;

	*value = 0;
	for (i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9' || *value > UINT32_MAX)
			return -1;
		*value = 10 * *value + (size_t)(s.p[i] - '0');
	}
	return s.n == 0 ? -1 : 0;
}

static uint64_t
key(struct str doc, size_t block)
{
	return hash_join(hash_64(doc, 0), block);
}
