/* SPDX-License-Identifier: ISC */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/decode.h"
#include "common/hash.h"
#include "common/mem.h"

#include "cmd/entities/learn.h"

/* A unit of the perceptron in the model's integers: fine enough to tell
 * weights apart, coarse enough for the sum of a token to fit, which is 350
 * units at most in the sets of the built-in model. */
#define UNIT 16

/* Weights of a row, for all labels, and three to fill 48 bytes. */
#define WIDTH 12

struct weights {
	int32_t *w;   /* now */
	int64_t *sum; /* of the changes, each times when it was made */
	int32_t move[MODEL_LABELS][MODEL_LABELS];
	int64_t move_sum[MODEL_LABELS][MODEL_LABELS];
	int64_t time;
};

/* The part at hand. */
struct work {
	struct decode decode;
	struct decode_score *score;
	uint8_t *best, *right;
	size_t cap, best_cap, right_cap;
};

static uint32_t *order_of(const struct learn *, uint32_t without, size_t *n);
static void shuffle(uint32_t *, size_t n, uint64_t *seed);
static size_t learn_part(const struct learn *, const struct learn_part *,
    const struct learn_options *, struct weights *, struct work *);
static void score(const struct learn *, const struct learn_part *,
    const struct weights *, struct work *);
static void find_right(const struct learn *, const struct learn_part *,
    const struct learn_options *, const struct weights *, struct work *);
static int may_be(const struct learn_part *, uint32_t label, uint32_t);
static void change(const struct learn *, size_t token, struct weights *,
    uint8_t label, int32_t by);
static void finish(const struct weights *, struct learn_options, int16_t *row,
    int16_t move[MODEL_LABELS][MODEL_LABELS + 7]);
static int16_t mean(int64_t w, int64_t sum, int64_t time);
static void room(struct work *, size_t n);
static void free_work(struct work *);
static size_t leads(const struct learn *, const struct learn_part *,
    const struct learn_options *, struct work *, const int16_t *row,
    double *lead, double *is_right);

void
learn_begin(struct learn *l, uint8_t label)
{
	l->begin =
	    mem_grow(l->begin, &l->begin_cap, l->tokens + 2, sizeof(*l->begin));
	l->label = mem_grow(l->label, &l->label_cap, l->tokens + 1, 1);
	l->label[l->tokens] = label;
	l->begin[l->tokens++] = l->rows;
	l->begin[l->tokens] = l->rows;
}

void
learn_rows(struct learn *l, const uint32_t *row, size_t n)
{
	l->row = mem_grow(l->row, &l->row_cap, l->rows + n, sizeof(*l->row));
	memcpy(l->row + l->rows, row, n * sizeof(*row));
	l->rows += n;
	l->begin[l->tokens] = l->rows;
}

void
learn_run(const struct learn *l, struct learn_options o, uint32_t without,
    int16_t *row, int16_t move[MODEL_LABELS][MODEL_LABELS + 7],
    void (*told)(uint32_t round, double wrong))
{
	struct weights w = {.time = 1};
	struct work work = {.cap = 0};
	size_t none = 0, n, i, cells = WIDTH;
	uint32_t *order = order_of(l, without, &n), round;
	uint64_t seed = o.seed;

	cells *= ((size_t)1 << o.log2_rows) + LEARN_MORE;
	w.w = mem_grow(NULL, &none, cells, sizeof(*w.w));
	none = 0;
	w.sum = mem_grow(NULL, &none, cells, sizeof(*w.sum));
	memset(w.w, 0, cells * sizeof(*w.w));
	memset(w.sum, 0, cells * sizeof(*w.sum));
	for (round = 1; round <= o.rounds; round++) {
		size_t wrong = 0, tokens = 0;

		shuffle(order, n, &seed);
		for (i = 0; i < n; i++) {
			const struct learn_part *p = &l->part[order[i]];

			wrong += learn_part(l, p, &o, &w, &work);
			tokens += p->to - p->from;
		}
		if (told != NULL)
			told(round, (double)wrong / (double)(tokens + 1));
	}
	finish(&w, o, row, move);
	free(order);
	free(w.w);
	free(w.sum);
	free_work(&work);
}

void
learn_free(struct learn *l)
{
	free(l->row);
	free(l->begin);
	free(l->label);
	free(l->part);
	memset(l, 0, sizeof(*l));
}

/* The parts to be learnt from, each as often as its weight says. */
static uint32_t *
order_of(const struct learn *l, uint32_t without, size_t *n)
{
	uint32_t *v = NULL, k;
	size_t i, cap = 0;

	*n = 0;
	for (i = 0; i < l->parts; i++) {
		if (l->part[i].fold == without)
			continue;
		for (k = 0; k < l->part[i].weight; k++) {
			v = mem_grow(v, &cap, *n + 1, sizeof(*v));
			v[(*n)++] = (uint32_t)i;
		}
	}
	return v;
}

static void
shuffle(uint32_t *v, size_t n, uint64_t *seed)
{
	size_t i;

	for (i = n; i-- > 1;) {
		size_t k;
		uint32_t swap = v[i];

		*seed = hash_join(*seed, i);
		k = (size_t)(*seed % (i + 1));
		v[i] = v[k];
		v[k] = swap;
	}
}

/* Learn from a part; returns how many of its tokens were wrong. */
static size_t
learn_part(const struct learn *l, const struct learn_part *p,
    const struct learn_options *o, struct weights *w, struct work *work)
{
	size_t n = p->to - p->from, i, wrong = 0;

	room(work, n);
	score(l, p, w, work);
	decode_set(&work->decode, o->types, w->move);
	find_right(l, p, o, w, work);
	decode_best(&work->decode, work->score, n, work->best);
	for (i = 0; i < n; i++) {
		uint8_t right = work->right[i], best = work->best[i];

		if (right != best) {
			wrong++;
			change(l, p->from + i, w, right, 1);
			change(l, p->from + i, w, best, -1);
		}
		if (i == 0 ||
		    (right == best && work->right[i - 1] == work->best[i - 1]))
			continue;
		w->move[work->right[i - 1]][right]++;
		w->move_sum[work->right[i - 1]][right] += w->time;
		w->move[work->best[i - 1]][best]--;
		w->move_sum[work->best[i - 1]][best] -= w->time;
	}
	w->time++;
	return wrong;
}

static void
score(const struct learn *l, const struct learn_part *p,
    const struct weights *w, struct work *work)
{
	size_t i, k, n = p->to - p->from;
	int c;

	for (i = 0; i < n; i++) {
		const size_t *at = &l->begin[p->from + i];
		int32_t sum[WIDTH] = {0};

		for (k = at[0]; k < at[1]; k++) {
			const int32_t *row = w->w + (size_t)l->row[k] * WIDTH;

			for (c = 0; c < WIDTH; c++)
				sum[c] += row[c];
		}
		memcpy(work->score[i].v, sum, sizeof(work->score[i].v));
	}
}

/*
 * The right labels: those given, or where some types are not marked the best
 * that agree with what is.  Then the others get a head start of the margin.
 */
static void
find_right(const struct learn *l, const struct learn_part *p,
    const struct learn_options *o, const struct weights *w, struct work *work)
{
	size_t n = p->to - p->from, i;
	const uint8_t *label = l->label + p->from;
	uint32_t k, labels = 1 + 2 * o->types;

	memcpy(work->right, label, n);
	if (p->unmarked != 0) {
		for (i = 0; i < n; i++)
			for (k = 0; k < labels; k++)
				if (!may_be(p, label[i], k))
					work->score[i].v[k] = DECODE_NEVER;
		decode_best(&work->decode, work->score, n, work->right);
		score(l, p, w, work);
	}
	for (i = 0; i < n; i++)
		for (k = 0; k < labels; k++)
			if (k != work->right[i])
				work->score[i].v[k] += (int32_t)o->margin;
}

/* Whether a token marked as `label` may in truth have label `k`. */
static int
may_be(const struct learn_part *p, uint32_t label, uint32_t k)
{
	if (k == 0 || label > 0)
		return k == label;
	return (p->unmarked >> (k - 1) / 2 & 1) != 0;
}

static void
change(const struct learn *l, size_t token, struct weights *w, uint8_t label,
    int32_t by)
{
	size_t k;

	for (k = l->begin[token]; k < l->begin[token + 1]; k++) {
		size_t cell = (size_t)l->row[k] * WIDTH + label;

		w->w[cell] += by;
		w->sum[cell] += by * w->time;
	}
}

/* Store the means, those of no name taken off the others. */
static void
finish(const struct weights *w, struct learn_options o, int16_t *row,
    int16_t move[MODEL_LABELS][MODEL_LABELS + 7])
{
	size_t i, n = (size_t)1 << o.log2_rows;
	int k, c;

	for (i = 0; i < n; i++) {
		const int32_t *now = w->w + i * WIDTH;
		const int64_t *sum = w->sum + i * WIDTH;

		for (k = 0; k < LANES; k++)
			row[i * LANES + (size_t)k] = mean(
			    now[k + 1] - now[0], sum[k + 1] - sum[0], w->time);
	}
	memset(move, 0, MODEL_LABELS * sizeof(move[0]));
	for (k = 0; k < MODEL_LABELS; k++)
		for (c = 0; c < MODEL_LABELS; c++)
			move[k][c] =
			    mean(w->move[k][c], w->move_sum[k][c], w->time);
}

/* The mean over all times of what is `w` now, in the model's units. */
static int16_t
mean(int64_t w, int64_t sum, int64_t time)
{
	const int64_t most = INT16_MAX / 8;
	int64_t v = UNIT * (w * time - sum) / time;

	return (int16_t)(v > most ? most : v < -most ? -most : v);
}

static void
room(struct work *w, size_t n)
{
	w->score = mem_grow(w->score, &w->cap, n, sizeof(*w->score));
	w->best = mem_grow(w->best, &w->best_cap, n, 1);
	w->right = mem_grow(w->right, &w->right_cap, n, 1);
}

static void
free_work(struct work *w)
{
	decode_free(&w->decode);
	free(w->score);
	free(w->best);
	free(w->right);
}

void
learn_sure(const struct learn *l, struct learn_options o, uint32_t fold,
    const int16_t *row, int16_t move[MODEL_LABELS][MODEL_LABELS + 7],
    int32_t *base, int32_t *step)
{
	struct work work = {.cap = 0};
	int32_t moves[MODEL_LABELS][MODEL_LABELS];
	double *lead = NULL, *right = NULL, a = 0, b = 0;
	size_t n = 0, i, cap = 0, right_cap = 0;
	int k, c, round;

	for (k = 0; k < MODEL_LABELS; k++)
		for (c = 0; c < MODEL_LABELS; c++)
			moves[k][c] = move[k][c];
	decode_set(&work.decode, o.types, moves);
	for (i = 0; i < l->parts; i++) {
		const struct learn_part *p = &l->part[i];

		if (p->fold != fold || p->unmarked != 0)
			continue;
		lead = mem_grow(lead, &cap, n + p->to - p->from, sizeof(*lead));
		right = mem_grow(
		    right, &right_cap, n + p->to - p->from, sizeof(*right));
		n += leads(l, p, &o, &work, row, lead + n, right + n);
	}
	/* Newton's method on the logistic likelihood; leads are taken in
	 * units of the perceptron. */
	for (round = 0; round < 30 && n > 20; round++) {
		double ga = 0, gb = 0, aa = 1e-6, ab = 0, bb = 1e-6, det;

		for (i = 0; i < n; i++) {
			double x = lead[i] / UNIT;
			double p = 1 / (1 + exp(-(a + b * x)));

			ga += right[i] - p;
			gb += (right[i] - p) * x;
			aa += p * (1 - p);
			ab += p * (1 - p) * x;
			bb += p * (1 - p) * x * x;
		}
		det = aa * bb - ab * ab;
		a += (bb * ga - ab * gb) / det;
		b += (aa * gb - ab * ga) / det;
	}
	*base = (int32_t)lrint(a * 65536);
	*step = (int32_t)lrint(b * 65536 / UNIT);
	free(lead);
	free(right);
	free_work(&work);
}

/* How far the names found in a part are ahead, and which are right. */
static size_t
leads(const struct learn *l, const struct learn_part *p,
    const struct learn_options *o, struct work *work, const int16_t *row,
    double *lead, double *is_right)
{
	size_t n = p->to - p->from, i, k, found = 0;
	const uint8_t *label = l->label + p->from;

	room(work, n);
	for (i = 0; i < n; i++) {
		const size_t *at = &l->begin[p->from + i];
		struct lanes sum = {{0}};

		for (k = at[0]; k < at[1]; k++)
			if (l->row[k] >> o->log2_rows == 0)
				sum = lanes_add(
				    sum, row + (size_t)l->row[k] * LANES);
		work->score[i] = decode_lanes(sum);
	}
	decode_best(&work->decode, work->score, n, work->best);
	for (i = 0; i < n; i = k) {
		int32_t least = INT32_MAX;
		int right = 1;

		if (work->best[i] == 0) {
			k = i + 1;
			continue;
		}
		for (k = i; k < n && (k == i || (work->best[k] > 0 &&
						    work->best[k] % 2 == 0));
		     k++) {
			int32_t ahead =
			    decode_lead(&work->score[k], work->best[k]);

			least = ahead < least ? ahead : least;
			right &= work->best[k] == label[k];
		}
		if (k < n && label[k] > 0 && label[k] % 2 == 0)
			right = 0;
		lead[found] = least;
		is_right[found++] = right;
	}
	return found;
}
