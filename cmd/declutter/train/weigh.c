/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "common/set.h"

#include "cmd/declutter/again.h"
#include "cmd/declutter/train/weigh.h"

#define ROUNDS  12
#define COUNTED 6 /* the last rounds, whose weights are averaged */
#define RATE    0.5f
#define DECAY   2e-5f

/* A phrase that may be chosen. */
struct entry {
	uint32_t hash;
	uint32_t blocks, hosts, last_host;
	float yes, all;     /* weight of blocks that have it */
	float gain;         /* chi-squared */
	float weight, last; /* as learnt; mean over the rounds */
};

static size_t
count(const struct weigh_block *, size_t, int, struct set *, struct entry **);
static size_t
choose(struct entry *, size_t, const struct weigh_options *, double, double);
static int by_gain(const void *, const void *);
static float learn(const struct weigh_block *, size_t, int, const struct set *,
    struct entry *, size_t);
static void fill(const struct entry *, size_t, uint32_t *);
static float root(float);

float
weigh_fit(const struct weigh_block *v, size_t n,
    const struct weigh_options *options, int without, uint32_t *slot)
{
	struct entry *entry = NULL;
	struct set set = {.n = 0};
	size_t i, entries, kept;
	double yes = 0, all = 0;
	float base;
	int is_new;

	for (i = 0; i < n; i++) {
		if (v[i].fold == without)
			continue;
		all += (double)v[i].weight;
		yes += (double)(v[i].label ? v[i].weight : 0);
	}
	entries = count(v, n, without, &set, &entry);
	kept = choose(entry, entries, options, yes, all);
	set_clear(&set);
	for (i = 0; i < kept; i++)
		*set_at(&set, (uint64_t)entry[i].hash + 1, &is_new) =
		    (uint32_t)i;
	base = learn(v, n, without, &set, entry, kept);
	fill(entry, kept, slot);
	set_free(&set);
	free(entry);
	return base;
}

/* The phrases of all blocks.  Those of one host come together, or nearly. */
static size_t
count(const struct weigh_block *v, size_t n, int without, struct set *set,
    struct entry **out)
{
	struct entry *entry;
	size_t i, k, entries = 0, cap = 0;
	int is_new;

	entry = mem_grow(NULL, &cap, 1, sizeof(*entry));
	for (i = 0; i < n; i++) {
		for (k = 0; v[i].fold != without && k < v[i].keys; k++) {
			uint32_t *at =
			    set_at(set, (uint64_t)v[i].key[k] + 1, &is_new);
			struct entry *e;

			if (is_new) {
				entry = mem_grow(
				    entry, &cap, entries + 1, sizeof(*entry));
				entry[entries] =
				    (struct entry){.hash = v[i].key[k]};
				*at = (uint32_t)entries++;
			}
			e = &entry[*at];
			e->blocks++;
			e->hosts += e->last_host != v[i].host + 1;
			e->last_host = v[i].host + 1;
			e->all += v[i].weight;
			e->yes += v[i].label ? v[i].weight : 0;
		}
	}
	*out = entry;
	return entries;
}

/* Bring those to the front that tell most. */
static size_t
choose(struct entry *e, size_t n, const struct weigh_options *options,
    double yes, double all)
{
	size_t i, kept = 0;

	for (i = 0; i < n; i++) {
		double want = (double)e[i].all * yes / all;
		double off = (double)e[i].yes - want;

		e[i].gain = 0;
		if (e[i].blocks < options->blocks ||
		    e[i].hosts < options->hosts)
			continue;
		e[i].gain = (float)(off * off / want +
				    off * off / ((double)e[i].all - want));
		kept++;
	}
	qsort(e, n, sizeof(*e), by_gain);
	return kept < options->phrases ? kept : options->phrases;
}

static int
by_gain(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->gain != y->gain)
		return x->gain < y->gain ? 1 : -1;
	return x->hash < y->hash ? -1 : x->hash > y->hash;
}

/* Logistic regression by stochastic gradients; the mean of the later rounds
 * is what counts. */
static float
learn(const struct weigh_block *v, size_t n, int without, const struct set *set,
    struct entry *entry, size_t entries)
{
	float base = 0, mean = 0, known[64];
	size_t i, k, m, step, at = 0;
	int round;

	for (round = 0; round < ROUNDS; round++) {
		float rate = RATE / (float)(1 + round);

		for (step = 0; step < n; step++) {
			const struct weigh_block *b;
			uint32_t found[64];
			float scale, sum = 0, push;

			/* A stride that has no divisor with n: all, mixed. */
			at = (at + 1000003) % n;
			i = at;
			b = &v[i];
			if (b->fold == without || b->keys == 0)
				continue;
			scale = 1 / root((float)b->keys + 1);
			for (k = m = 0; k < b->keys && m < 64; k++) {
				const uint32_t *e =
				    set_find(set, (uint64_t)b->key[k] + 1);

				if (e == NULL)
					continue;
				found[m] = *e;
				known[m] = entry[*e].weight;
				sum += known[m++];
			}
			push = (b->label ? 1.0f : 0.0f) -
			       again_chance(base + sum * scale);
			push *= rate * (b->weight < 2 ? b->weight : 2);
			base += push * 0.1f;
			for (k = 0; k < m; k++) {
				float *w = &entry[found[k]].weight;

				*w += push * scale * 4 - *w * DECAY * rate;
			}
		}
		for (i = 0; i < entries && round >= ROUNDS - COUNTED; i++)
			entry[i].last += entry[i].weight / COUNTED;
		mean += round >= ROUNDS - COUNTED ? base / COUNTED : 0;
	}
	return mean;
}

static void
fill(const struct entry *e, size_t n, uint32_t *slot)
{
	size_t i, k;

	memset(slot, 0, PHRASE_SLOTS * sizeof(*slot));
	for (i = 0; i < n; i++) {
		float w = e[i].last * PHRASE_UNIT;
		int8_t byte;

		w += w < 0 ? -0.5f : 0.5f;
		byte = (int8_t)(w > 127 ? 127 : w < -127 ? -127 : w);
		if (byte == 0)
			continue;
		for (k = phrase_slot(e[i].hash); slot[k] != 0;)
			k = (k + 1) & (PHRASE_SLOTS - 1);
		slot[k] = (e[i].hash & ~(uint32_t)0xff) | (uint8_t)byte;
	}
}

static float
root(float n)
{
	float x = n > 4 ? n / 3 : 1;
	int k;

	for (k = 0; k < 6; k++)
		x = 0.5f * (x + n / x);
	return x;
}
