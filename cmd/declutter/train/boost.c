/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/hash.h"
#include "common/mem.h"

#include "cmd/declutter/again.h"
#include "cmd/declutter/train/boost.h"

/* Sums of gradients and of their slopes. */
struct sum {
	float g, h;
};

struct boost {
	const struct boost_data *data;
	const struct boost_options *options;
	uint32_t *row; /* rows learnt from */
	size_t rows;
	struct sum *grad; /* of each of these */
	int32_t *odds;    /* in 1/TREE_UNIT */
	uint8_t *leaf;

	/* of the tree being grown */
	uint32_t *pick; /* index into `row` */
	struct sum *pick_grad;
	uint8_t *pick_leaf;
	size_t picks;
	uint16_t *ask; /* features it may ask */
	size_t asks;
	uint8_t *x; /* x[ask][pick] */
	struct sum *bins;
};

struct split {
	double gain;
	size_t ask;
	int bound;
};

static void *need(size_t, size_t);
static int16_t base(struct boost *);
static void gradients(struct boost *);
static float unit(const struct boost *, size_t, uint64_t);
static void choose(struct boost *, size_t);
static void gather(struct boost *);
static struct split best_split(struct boost *, int);
static void try(struct boost *, size_t, int, struct split *);
static void grow(struct boost *, struct tree *);
static void set_leaves(struct boost *, struct tree *);

int16_t
boost_fit(const struct boost_data *data, const struct boost_options *options,
    int without, struct tree *tree)
{
	struct boost b = {.data = data, .options = options};
	size_t i;
	int16_t from;

	b.row = need(data->rows, sizeof(*b.row));
	for (i = 0; i < data->rows; i++)
		if (without < 0 || data->fold[i] != without)
			b.row[b.rows++] = (uint32_t)i;
	b.grad = need(b.rows, sizeof(*b.grad));
	b.odds = need(b.rows, sizeof(*b.odds));
	b.leaf = need(b.rows, 1);
	b.pick = need(b.rows, sizeof(*b.pick));
	b.pick_grad = need(b.rows, sizeof(*b.pick_grad));
	b.pick_leaf = need(b.rows, 1);
	b.ask = need(data->features, sizeof(*b.ask));
	b.bins = need((size_t)TREE_LEAVES * 256, sizeof(*b.bins));
	from = base(&b);
	for (i = 0; i < options->trees; i++) {
		gradients(&b);
		choose(&b, i);
		gather(&b);
		grow(&b, &tree[i]);
		set_leaves(&b, &tree[i]);
		free(b.x);
	}
	free(b.row);
	free(b.grad);
	free(b.odds);
	free(b.leaf);
	free(b.pick);
	free(b.pick_grad);
	free(b.pick_leaf);
	free(b.ask);
	free(b.bins);
	return from;
}

static void *
need(size_t n, size_t size)
{
	size_t none = 0;

	return mem_grow(NULL, &none, n + 1, size);
}

/* Begin with the odds of all rows together. */
static int16_t
base(struct boost *b)
{
	double yes = 1, all = 2;
	float low = -8, high = 8;
	size_t i;
	int k;

	for (i = 0; i < b->rows; i++) {
		float w = b->data->weight[b->row[i]];

		all += (double)w;
		yes += (double)(b->data->label[b->row[i]] ? w : 0);
	}
	for (k = 0; k < 24; k++) {
		float middle = (low + high) / 2;

		if ((double)again_chance(middle) * all < yes)
			low = middle;
		else
			high = middle;
	}
	for (i = 0; i < b->rows; i++)
		b->odds[i] = (int32_t)(low * TREE_UNIT);
	return (int16_t)(low * TREE_UNIT);
}

static void
gradients(struct boost *b)
{
	size_t i;

	for (i = 0; i < b->rows; i++) {
		uint32_t r = b->row[i];
		float w = b->data->weight[r];
		float p = again_chance((float)b->odds[i] / TREE_UNIT);

		b->grad[i].g = w * ((b->data->label[r] ? 1.0f : 0.0f) - p);
		b->grad[i].h = w * p * (1 - p);
	}
}

/* A number in [0,1) for item `i` in tree `tree`. */
static float
unit(const struct boost *b, size_t tree, uint64_t i)
{
	uint64_t x = hash_join(hash_join(b->options->seed, tree), i);

	return (float)(x >> 40) / 16777216.0f;
}

/*
 * Pick rows in proportion to what is still to be learnt from them, and weigh
 * them so that the sums stay right (minimal variance sampling, Ibragimov and
 * Gusev 2019); and features.
 */
static void
choose(struct boost *b, size_t tree)
{
	double want = (double)b->options->sample * (double)b->rows;
	float bar = 0;
	size_t i;
	int k;

	for (k = 0; k < 4; k++) {
		double sum = 0, sure = 0;

		for (i = 0; i < b->rows; i++) {
			float g = b->grad[i].g, s;

			s = (g < 0 ? -g : g) + 0.1f * b->grad[i].h;
			if (bar > 0 && s >= bar)
				sure++;
			else
				sum += (double)s;
		}
		if (want > sure)
			bar = (float)(sum / (want - sure));
	}
	b->picks = 0;
	for (i = 0; i < b->rows; i++) {
		float g = b->grad[i].g, p;

		p = ((g < 0 ? -g : g) + 0.1f * b->grad[i].h) / bar;
		if (p < 1 && unit(b, tree, i) >= p)
			continue;
		p = p < 1 ? 1 / p : 1;
		b->pick[b->picks] = (uint32_t)i;
		b->pick_leaf[b->picks] = 0;
		b->pick_grad[b->picks++] =
		    (struct sum){g * p, b->grad[i].h * p};
	}
	b->asks = 0;
	for (i = 0; i < b->data->features; i++)
		if (unit(b, tree, ((uint64_t)1 << 40) + i) <
		    b->options->features)
			b->ask[b->asks++] = (uint16_t)i;
}

static void
gather(struct boost *b)
{
	size_t i, k;

	b->x = need(b->asks * b->picks, 1);
	for (k = 0; k < b->asks; k++) {
		const uint8_t *from = b->data->x[b->ask[k]];
		uint8_t *to = b->x + k * b->picks;

		for (i = 0; i < b->picks; i++)
			to[i] = from[b->row[b->pick[i]]];
	}
}

static void
grow(struct boost *b, struct tree *t)
{
	int level;

	for (level = 0; level < TREE_DEPTH; level++) {
		struct split s = best_split(b, level);
		const struct boost_feature *f =
		    &b->data->feature[b->ask[s.ask]];
		const uint8_t *x = b->x + s.ask * b->picks;
		size_t i;

		t->column[level] = f->column;
		t->step[level] = f->step;
		t->bound[level] = (uint8_t)s.bound;
		for (i = 0; i < b->picks; i++)
			b->pick_leaf[i] |=
			    (uint8_t)((x[i] >= s.bound) << level);
	}
}

static struct split
best_split(struct boost *b, int level)
{
	struct split s = {0, 0, 0};
	size_t k;

	for (k = 0; k < b->asks; k++)
		try(b, k, 1 << level, &s);
	return s;
}

/* Whether a bound of this feature parts the leaves better than `s` does. */
static void
try(struct boost *b, size_t ask, int leaves, struct split *s)
{
	const uint8_t *x = b->x + ask * b->picks;
	struct sum *bins = b->bins;
	float smooth = b->options->smooth;
	float gain[256] = {0};
	size_t i;
	int leaf, v;

	memset(bins, 0, (size_t)leaves * 256 * sizeof(*bins));
	for (i = 0; i < b->picks; i++) {
		struct sum *bin = &bins[(size_t)b->pick_leaf[i] << 8 | x[i]];

		bin->g += b->pick_grad[i].g;
		bin->h += b->pick_grad[i].h;
	}
	for (leaf = 0; leaf < leaves; leaf++) {
		struct sum *bin = bins + (size_t)leaf * 256;
		struct sum all = {0, 0};

		/* Make them sums of all from v on. */
		for (v = 255; v >= 0; v--) {
			all.g += bin[v].g;
			all.h += bin[v].h;
			bin[v] = all;
		}
		for (v = 1; v < 256; v++) {
			float g = all.g - bin[v].g, h = all.h - bin[v].h;

			gain[v] += bin[v].g * bin[v].g / (bin[v].h + smooth) +
				   g * g / (h + smooth);
		}
	}
	for (v = 1; v < 256; v++)
		if ((double)gain[v] > s->gain)
			*s = (struct split){(double)gain[v], ask, v};
}

/* The leaves from all rows, picked or not, rounded as they are kept, so that
 * later trees make up for the rounding. */
static void
set_leaves(struct boost *b, struct tree *t)
{
	double g[TREE_LEAVES] = {0}, h[TREE_LEAVES] = {0};
	size_t i, k;
	int level, leaf;

	memset(b->leaf, 0, b->rows);
	for (level = 0; level < TREE_DEPTH; level++) {
		const uint8_t *x = b->data->x[0];

		for (k = 1; k < b->data->features; k++)
			if (b->data->feature[k].column == t->column[level] &&
			    b->data->feature[k].step == t->step[level])
				x = b->data->x[k];
		for (i = 0; i < b->rows; i++)
			b->leaf[i] |=
			    (uint8_t)((x[b->row[i]] >= t->bound[level])
				      << level);
	}
	for (i = 0; i < b->rows; i++) {
		g[b->leaf[i]] += (double)b->grad[i].g;
		h[b->leaf[i]] += (double)b->grad[i].h;
	}
	for (leaf = 0; leaf < TREE_LEAVES; leaf++) {
		double v = g[leaf] / (h[leaf] + (double)b->options->smooth) *
			   (double)b->options->rate * TREE_UNIT;

		v += v < 0 ? -0.5 : 0.5;
		t->leaf[leaf] = (int8_t)(v > 127 ? 127 : v < -127 ? -127 : v);
	}
	for (i = 0; i < b->rows; i++)
		b->odds[i] += t->leaf[b->leaf[i]];
}
