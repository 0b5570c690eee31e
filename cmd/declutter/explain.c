/* SPDX-License-Identifier: ISC */
#include "common/str.h"

#include "cmd/declutter/explain.h"

#define REASONS 4

static void
add(const struct tree_list *, const struct columns *, size_t, float[COL_ALL]);
static void put_number(struct out *, float);
static float size(float);

void
explain_put(const struct score *s, const struct score_model *m, size_t i,
    struct out *out)
{
	float moved[COL_ALL] = {0};
	int k, n, top;

	add(m->first, &s->columns, i, moved);
	add(m->second, &s->columns, i, moved);
	/* What the first round said was just told by its own reasons. */
	moved[COL_ODDS] = 0;
	for (n = 0; n < REASONS; n++) {
		for (top = k = 0; k < COL_ALL; k++)
			if (size(moved[k]) > size(moved[top]))
				top = k;
		if (size(moved[top]) < 0.05f)
			break;
		if (n > 0)
			out_raw(out, STR_LIT(" "));
		out_raw(out, str_of(column_name(top)));
		put_number(out, moved[top]);
		moved[top] = 0;
	}
	out_raw(out, STR_LIT("\t"));
}

/*
 * An answer moves the score from the mean of the leaves that could be reached
 * before it to the mean of those that still can be.
 */
static void
add(const struct tree_list *l, const struct columns *c, size_t i,
    float moved[COL_ALL])
{
	size_t k;
	int level, n, j;

	for (k = 0; k < l->n; k++) {
		const struct tree *t = &l->v[k];
		float left[TREE_LEAVES], before = 0;

		for (j = 0; j < TREE_LEAVES; j++) {
			left[j] = (float)t->leaf[j];
			before += left[j] / TREE_LEAVES;
		}
		/* Each answer is the lowest bit of what leaves are left. */
		for (level = 0, n = TREE_LEAVES; level < TREE_DEPTH; level++) {
			const uint8_t *v = column_at(c, t->column[level]) + i;
			int above = v[t->step[level]] >= t->bound[level];
			float mean = 0;

			n /= 2;
			for (j = 0; j < n; j++) {
				left[j] = left[2 * j + above];
				mean += left[j] / (float)n;
			}
			moved[t->column[level]] += (mean - before) / TREE_UNIT;
			before = mean;
		}
	}
}

/* Sign and one decimal. */
static void
put_number(struct out *out, float v)
{
	unsigned int tenths = (unsigned int)(size(v) * 10 + 0.5f);
	char text[8] = {v < 0 ? '-' : '+'};
	size_t n = 1;

	if (tenths >= 100)
		text[n++] = (char)('0' + tenths / 100 % 10);
	text[n++] = (char)('0' + tenths / 10 % 10);
	text[n++] = '.';
	text[n++] = (char)('0' + tenths % 10);
	out_raw(out, (struct str){(const void *)text, n});
}

static float
size(float x)
{
	return x < 0 ? -x : x;
}
