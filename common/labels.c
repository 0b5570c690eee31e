/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/ask.h"
#include "common/labels.h"
#include "common/mem.h"

/* A token whose words say no more than this for any type is no part of a
 * name, unless its letters speak for it: one in a thousand is lost so. */
#define UNLIKELY (-250)

/* What a glance at a token tells. */
#define CAPITAL 1 /* a capitalised word, or a number */
#define LIKELY  2
#define AROUND  2 /* tokens looked at on each side */

static void
look(struct labels *, const struct trait *, const struct trait_piece *);
static inline int may_be_name(const struct labels *, size_t i);
static void run(struct labels *, const struct trait *,
    const struct trait_piece *, size_t from, size_t to);

void
labels_init(struct labels *l, const struct model *model)
{
	int32_t move[MODEL_LABELS][MODEL_LABELS];
	uint32_t i, k;

	for (i = 0; i < MODEL_LABELS; i++)
		for (k = 0; k < MODEL_LABELS; k++)
			move[i][k] = model->head->move[i][k];
	lattice_set(&l->lattice, model->head->types, move);
}

/*
 * Seven in ten tokens are plainly no part of a name by the words around them:
 * all else is asked of the others alone, and the best labels are found for
 * each run of those.
 */
void
labels_piece(
    struct labels *l, const struct trait *t, const struct trait_piece *p)
{
	size_t n = p->to - p->from, i, k;

	l->v = mem_grow(l->v, &l->cap, n + 1, 1);
	memset(l->v, 0, n + 1);
	look(l, t, p);
	for (i = 0; i < n; i = k) {
		k = i + 1;
		if (!may_be_name(l, i))
			continue;
		while (k < n && may_be_name(l, k))
			k++;
		run(l, t, p, i, k);
	}
}

void
labels_free(struct labels *l)
{
	lattice_free(&l->lattice);
	free(l->v);
	free(l->sum);
	free(l->glance);
	memset(l, 0, sizeof(*l));
}

/* Look at what the words of each token and beside it say, each by itself. */
static void
look(struct labels *l, const struct trait *t, const struct trait_piece *p)
{
	static const struct lexeme none = {.group = 0};
	const struct lexeme *left2 = &none, *left = &none, *here = &none;
	const struct lexeme *right = &none, *right2;
	size_t n = p->to - p->from, i;
	uint8_t *glance;

	l->sum = mem_grow(l->sum, &l->sum_cap, n, sizeof(*l->sum));
	l->glance =
	    mem_grow(l->glance, &l->glance_cap, n + (size_t)2 * AROUND, 1);
	memset(l->glance, 0, AROUND);
	glance = l->glance + AROUND;
	if (n > 0)
		here = trait_word(t, p->from);
	if (n > 1)
		right = trait_word(t, p->from + 1);
	for (i = 0; i < n; i++) {
		struct lexeme_form is = here->is;

		right2 = i + 2 < n ? trait_word(t, p->from + i + 2) : &none;
		l->sum[i] = lanes_five(&here->sum[LEXEME_HERE],
		    &left->sum[LEXEME_LEFT], &right->sum[LEXEME_RIGHT],
		    &left2->sum[LEXEME_LEFT2], &right2->sum[LEXEME_RIGHT2]);
		glance[i] =
		    (uint8_t)((is.capital | is.digit) * CAPITAL +
			      lanes_above(l->sum[i], UNLIKELY) * LIKELY);
		left2 = left;
		left = here;
		here = right;
		right = right2;
	}
	memset(glance + n, 0, AROUND);
}

/* Whether token `i` of a piece is capitalised, between such, or likely. */
static inline int
may_be_name(const struct labels *l, size_t i)
{
	const uint8_t *g = l->glance + AROUND + i;

	return g[0] != 0 || ((g[-1] | g[-2]) & (g[1] | g[2]) & CAPITAL) != 0;
}

/* Label the tokens [from,to) of a piece, with those beside as no names. */
static void
run(struct labels *l, const struct trait *t, const struct trait_piece *p,
    size_t from, size_t to)
{
	struct ask_rows rows[2];
	size_t i;

	ask_token(t, p, p->from + from, &rows[from % 2]);
	for (i = from; i < to; i++) {
		const struct ask_rows *r = &rows[i % 2];

		/* One token ahead, so that its rows are on their way. */
		if (i + 1 < to)
			ask_token(t, p, p->from + i + 1, &rows[(i + 1) % 2]);
		l->sum[i] = lanes_rows(l->sum[i], t->model->row, r->v, r->n);
	}
	lattice_best(&l->lattice, l->sum + from, to - from, from > 0,
	    p->from + to < p->to, l->v + from);
}
