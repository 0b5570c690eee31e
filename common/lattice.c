/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/lattice.h"
#include "common/mem.h"

/* Bits below a score that hold a label: of equal scores the first label is to
 * win, so they count down. */
#define BITS 4
#define MASK ((1 << BITS) - 1)

/* Beside the label that a begin comes from: the inside comes from itself; and
 * where the label is that none comes from. */
#define ON_ON     (MASK + 1)
#define NONE_BITS 8

/* So low that no sequence which has a name there wins, and none runs over. */
#define FAR (-((int32_t)1 << 24))

typedef lattice_quad quad;

/* The scores of the labels of a token; that of none is 0. */
struct state {
	quad begin, on;
};

static int32_t from(int32_t move, uint32_t label);
static struct state first(const struct lattice *, struct lanes, int before);
static inline struct state
step(const struct lattice *, const struct state *, struct lanes, quad *back);
static inline struct state scores(struct lanes);
static uint32_t last(const struct lattice *, const struct state *, int behind);
static uint32_t label_before(quad back, uint32_t label);

/* The greater of each pair. */
static inline quad
greater(quad a, quad b)
{
	quad is = a > b;

	return (a & is) | (b & ~is);
}

static inline quad
all(int32_t x)
{
	return (quad){x, x, x, x};
}

/* The greatest of the four. */
static inline int32_t
top(quad v)
{
	int32_t a = v[0] > v[1] ? v[0] : v[1], b = v[2] > v[3] ? v[2] : v[3];

	return a > b ? a : b;
}

void
lattice_set(
    struct lattice *l, uint32_t types, int32_t move[MODEL_LABELS][MODEL_LABELS])
{
	uint32_t t, i;

	l->none_none = from(move[0][0], 0);
	for (t = 0; t < MODEL_TYPES; t++) {
		uint32_t begin = 1 + 2 * t, on = begin + 1;
		int known = t < types;

		l->unknown[t] = known ? 0 : FAR;
		for (i = 0; i < MODEL_LABELS; i++)
			l->begin[i][t] = from(known ? move[i][begin] : FAR, i);
		l->begin_none[t] = from(known ? move[begin][0] : FAR, begin);
		l->on_none[t] = from(known ? move[on][0] : FAR, on);
		l->begin_on[t] = known ? move[begin][on] : FAR;
		l->on_on[t] = known ? move[on][on] : FAR;
	}
}

void
lattice_best(struct lattice *l, const struct lanes *sum, size_t n, int before,
    int behind, uint8_t *label)
{
	struct state s;
	size_t i;
	uint32_t best;

	if (n == 0)
		return;
	l->back = mem_grow(l->back, &l->cap, n, sizeof(*l->back));
	s = first(l, sum[0], before);
	for (i = 1; i < n; i++)
		s = step(l, &s, sum[i], &l->back[i]);
	best = last(l, &s, behind);
	for (i = n; i-- > 0;) {
		label[i] = (uint8_t)best;
		if (i > 0)
			best = label_before(l->back[i], best);
	}
}

void
lattice_free(struct lattice *l)
{
	free(l->back);
	memset(l, 0, sizeof(*l));
}

static int32_t
from(int32_t move, uint32_t label)
{
	return move * (MASK + 1) + MASK - (int32_t)label;
}

/* The first token: behind none, or behind nothing. */
static struct state
first(const struct lattice *l, struct lanes sum, int before)
{
	struct state s = scores(sum);

	s.on = all(FAR);
	if (before)
		s.begin += (l->begin[0] >> BITS) - all(l->none_none >> BITS);
	else
		s.begin += l->unknown;
	return s;
}

/* Go on by a token. */
static inline struct state
step(const struct lattice *l, const struct state *before, struct lanes sum,
    quad *back)
{
	struct state here = scores(sum);
	quad begin = before->begin * (MASK + 1), on = before->on * (MASK + 1);
	quad best = l->begin[0], none, in, still;
	int32_t to_none;
	int t;

	for (t = 0; t < MODEL_TYPES; t++) {
		best = greater(best, l->begin[1 + 2 * t] + all(begin[t]));
		best = greater(best, l->begin[2 + 2 * t] + all(on[t]));
	}
	none = greater(begin + l->begin_none, on + l->on_none);
	to_none = top(none);
	to_none = l->none_none > to_none ? l->none_none : to_none;
	in = before->begin + l->begin_on;
	still = before->on + l->on_on;
	*back = (best & MASK) | ((still > in) & ON_ON) |
		all((to_none & MASK) << NONE_BITS);
	none = all(to_none >> BITS);
	here.begin = greater(here.begin + (best >> BITS) - none, all(FAR));
	here.on = greater(here.on + greater(in, still) - none, all(FAR));
	return here;
}

/* Every other lane is of a begin. */
static inline struct state
scores(struct lanes sum)
{
	struct state s;
	size_t t;

	for (t = 0; t < MODEL_TYPES; t++) {
		s.begin[t] = sum.v[2 * t];
		s.on[t] = sum.v[2 * t + 1];
	}
	return s;
}

/* The label of the last token, before none or before nothing. */
static uint32_t
last(const struct lattice *l, const struct state *s, int behind)
{
	quad begin = s->begin * (MASK + 1), on = s->on * (MASK + 1);
	int32_t none = from(0, 0), most, t;

	if (behind) {
		begin += l->begin_none;
		on += l->on_none;
		none = l->none_none;
	} else {
		for (t = 0; t < MODEL_TYPES; t++) {
			begin[t] += from(0, 1 + 2 * (uint32_t)t);
			on[t] += from(0, 2 + 2 * (uint32_t)t);
		}
	}
	most = top(greater(begin, on));
	return MASK - (uint32_t)((most > none ? most : none) & MASK);
}

/* The label before one that a token has. */
static uint32_t
label_before(quad back, uint32_t label)
{
	if (label == 0)
		return MASK - (uint32_t)(back[0] >> NONE_BITS & MASK);
	if (label % 2 == 1)
		return MASK - (uint32_t)(back[label / 2] & MASK);
	return label - ((back[label / 2 - 1] & ON_ON) == 0);
}
