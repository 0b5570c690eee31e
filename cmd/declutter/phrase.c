/* SPDX-License-Identifier: ISC */
#include "cmd/declutter/phrase.h"

static int weight(const uint32_t *, uint32_t);

static const uint32_t built_in[PHRASE_SLOTS] = {
#include "cmd/declutter/data/phrases.inc"
};

const struct phrase_table phrase_built_in = {built_in, PHRASE_BASE};

/* 1 / sqrt(keys + 1): a long block of such words says little more than a
 * short one. */
static const float scale[64] = {
    1.000000f,
    0.707107f,
    0.577350f,
    0.500000f,
    0.447214f,
    0.408248f,
    0.377964f,
    0.353553f,
    0.333333f,
    0.316228f,
    0.301511f,
    0.288675f,
    0.277350f,
    0.267261f,
    0.258199f,
    0.250000f,
    0.242536f,
    0.235702f,
    0.229416f,
    0.223607f,
    0.218218f,
    0.213201f,
    0.208514f,
    0.204124f,
    0.200000f,
    0.196116f,
    0.192450f,
    0.188982f,
    0.185695f,
    0.182574f,
    0.179605f,
    0.176777f,
    0.174078f,
    0.171499f,
    0.169031f,
    0.166667f,
    0.164399f,
    0.162221f,
    0.160128f,
    0.158114f,
    0.156174f,
    0.154303f,
    0.152499f,
    0.150756f,
    0.149071f,
    0.147442f,
    0.145865f,
    0.144338f,
    0.142857f,
    0.141421f,
    0.140028f,
    0.138675f,
    0.137361f,
    0.136083f,
    0.134840f,
    0.133631f,
    0.132453f,
    0.131306f,
    0.130189f,
    0.129099f,
    0.128037f,
    0.127000f,
    0.125988f,
    0.125000f,
};

void
phrase_scores(const struct phrase_table *t, struct page *page)
{
	size_t i, k;

	for (i = 0; i < page->n; i++) {
		struct page_block *b = &page->v[i];
		const uint32_t *key = page->key + b->first_key;
		int sum = 0;
		float v;

		for (k = 0; k < b->keys; k++)
			sum += weight(t->slot, key[k]);
		v = t->base + (float)sum * scale[b->keys < 63 ? b->keys : 63] /
				  PHRASE_UNIT;
		b->phrase = v > PHRASE_LIMIT    ? PHRASE_LIMIT
			    : v < -PHRASE_LIMIT ? -PHRASE_LIMIT
						: v;
	}
}

static int
weight(const uint32_t *slot, uint32_t hash)
{
	size_t i = phrase_slot(hash);

	while ((slot[i] != 0) & (slot[i] >> 8 != hash >> 8))
		i = (i + 1) & (PHRASE_SLOTS - 1);
	return (int8_t)(slot[i] & 0xff);
}
