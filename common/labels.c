/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/ask.h"
#include "common/labels.h"
#include "common/mem.h"

/*
 * What the words of a token and beside it say for the type they speak for
 * most, below which it is taken for no part of a name without asking more: by
 * how it is written, and of any token that stands between capitalised ones.
 * Words in capitals are asked about, as the text around them may be, too.
 * Of tokens that all else would make a name one in a thousand is lost so.
 */
#define UNLIKELY         (-250)
#define UNLIKELY_NUMBER  (-700)
#define UNLIKELY_START   (-2500) /* of a sentence, with a capital */
#define UNLIKELY_CAPITAL (-4500)

/* What a glance at a token tells. */
#define LIKELY  1
#define CAPITAL 2 /* a capitalised word, or a number */
#define HARDLY  4 /* not even between such */
#define AROUND  2 /* tokens looked at on each side */

static void
look(struct labels *, const struct trait *, const struct trait_piece *);
static inline int16_t least_of(struct lexeme_form, int start);
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
 * Eight in ten tokens are plainly no part of a name by the words around them:
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
		int16_t least;

		right2 = i + 2 < n ? trait_word(t, p->from + i + 2) : &none;
		l->sum[i] = lanes_five(&here->sum[LEXEME_HERE],
		    &left->sum[LEXEME_LEFT], &right->sum[LEXEME_RIGHT],
		    &left2->sum[LEXEME_LEFT2], &right2->sum[LEXEME_RIGHT2]);
		least = least_of(is, t->v[p->from + i].start != 0);
		glance[i] = (uint8_t)(lanes_above(l->sum[i], least) * LIKELY +
				      (is.capital | is.digit) * CAPITAL +
				      (!is.upper && !lanes_above(l->sum[i],
							UNLIKELY_CAPITAL)) *
					  HARDLY);
		left2 = left;
		left = here;
		here = right;
		right = right2;
	}
	memset(glance + n, 0, AROUND);
}

/* What must be said at least for a word of this form to be asked about. */
static inline int16_t
least_of(struct lexeme_form is, int start)
{
	if (is.digit)
		return UNLIKELY_NUMBER;
	if (!is.capital)
		return UNLIKELY;
	if (is.upper)
		return INT16_MIN;
	return start ? UNLIKELY_START : UNLIKELY_CAPITAL;
}

/* Whether token `i` of a piece is likely, or between capitalised ones. */
static inline int
may_be_name(const struct labels *l, size_t i)
{
	const uint8_t *g = l->glance + AROUND + i;

	return (g[0] & LIKELY) != 0 ||
	       ((g[0] & HARDLY) == 0 &&
		   ((g[-1] | g[-2]) & (g[1] | g[2]) & CAPITAL) != 0);
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
