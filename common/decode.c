/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/decode.h"
#include "common/mem.h"

static void step(const struct decode *, const struct decode_score *before,
    const struct decode_score *here, struct decode_score *after, uint8_t *back);

void
decode_set(
    struct decode *d, uint32_t types, int32_t move[MODEL_LABELS][MODEL_LABELS])
{
	uint32_t i, k;

	d->labels = 1 + 2 * types;
	memcpy(d->move, move, sizeof(d->move));
	for (i = 0; i < d->labels; i++)
		for (k = 2; k < d->labels; k += 2)
			if (i != k && i != k - 1)
				d->move[i][k] = DECODE_NEVER;
}

void
decode_best(struct decode *d, const struct decode_score *score, size_t n,
    uint8_t *label)
{
	struct decode_score v[2] = {{{0}}, {{0}}};
	size_t i;
	uint32_t k, best = 0;

	if (n == 0)
		return;
	if (n * MODEL_LABELS > d->cap)
		d->back = mem_grow(d->back, &d->cap, n * MODEL_LABELS, 1);
	/* Before the first token stands none. */
	for (k = 0; k < d->labels; k++)
		v[0].v[k] = k > 0 && k % 2 == 0 ? DECODE_NEVER : score[0].v[k];
	for (i = 1; i < n; i++)
		step(d, &v[(i - 1) & 1], &score[i], &v[i & 1],
		    d->back + i * MODEL_LABELS);
	for (k = 1; k < d->labels; k++)
		if (v[(n - 1) & 1].v[k] > v[(n - 1) & 1].v[best])
			best = k;
	for (i = n; i-- > 0;) {
		label[i] = (uint8_t)best;
		if (i > 0)
			best = d->back[i * MODEL_LABELS + best];
	}
}

int32_t
decode_lead(const struct decode_score *s, uint8_t label)
{
	int32_t other = s->v[0];
	uint8_t i;

	for (i = 1; i < MODEL_LABELS; i++)
		if ((i - 1) / 2 != (label - 1) / 2 && s->v[i] > other)
			other = s->v[i];
	return s->v[label] - other;
}

void
decode_free(struct decode *d)
{
	free(d->back);
	memset(d, 0, sizeof(*d));
}

/* Go on by a token; the best score becomes 0, so that none runs over. */
static void
step(const struct decode *d, const struct decode_score *before,
    const struct decode_score *here, struct decode_score *after, uint8_t *back)
{
	uint32_t i, k;
	int32_t top = INT32_MIN;

	for (k = 0; k < d->labels; k++) {
		int inside = k > 0 && k % 2 == 0;
		uint32_t from = inside ? k - 1 : 0;
		uint32_t to = inside ? k + 1 : d->labels;
		int32_t best = INT32_MIN;

		for (i = from; i < to; i++) {
			int32_t sum = before->v[i] + d->move[i][k];

			if (sum > best) {
				best = sum;
				back[k] = (uint8_t)i;
			}
		}
		after->v[k] = best + here->v[k];
		if (after->v[k] > top)
			top = after->v[k];
	}
	for (k = 0; k < d->labels; k++) {
		after->v[k] -= top;
		if (after->v[k] < DECODE_NEVER)
			after->v[k] = DECODE_NEVER;
	}
}
