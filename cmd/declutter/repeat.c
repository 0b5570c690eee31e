/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/hash.h"
#include "common/mem.h"

#include "cmd/declutter/repeat.h"

#define REPEAT_KEPT   ((size_t)1 << 14) /* slots kept after a large page */
#define REPEAT_MANY   0x80000000u       /* seen in a second block */
#define REPEAT_TITLE  28                /* words of a headline, at most */
#define REPEAT_WORDS  10                /* of a copy that can be spared */
#define REPEAT_BEFORE 60                /* blocks to look for it */

static void number(struct repeat *, const struct page *);
static void new_salt(struct repeat *);
static inline uint32_t *at(struct repeat *, uint64_t, int *);
static void triples(struct repeat *, struct page *, size_t);
static void add_topic(struct repeat *, const struct page *, size_t);
static float topic(const struct repeat *, const struct page *, size_t);
static size_t find_title(const struct page *);
static uint32_t set_title(struct repeat *, const struct page *);

/*
 * Make room for each block of the page, and twice for each of its words, half
 * full at most.  The table is emptied only when it must be, so that a small
 * page does not pay for that of a large one before it.
 */
void
repeat_start(struct repeat *r, const struct page *page)
{
	size_t need = 2 * page->n + 2 * page->terms;
	size_t cap = REPEAT_KEPT;

	while (cap < 2 * need)
		cap *= 2;
	if (cap > r->cap || r->cap > REPEAT_KEPT) {
		free(r->slot);
		r->slot = NULL;
		r->cap = 0;
		r->slot = mem_grow(NULL, &r->cap, cap, sizeof(*r->slot));
		r->cap = cap;
		r->used = cap;
	}
	if (r->used + need > r->cap / 2) {
		memset(r->slot, 0, r->cap * sizeof(*r->slot));
		r->used = 0;
	}
	number(r, page);
}

void
repeat_copies(struct repeat *r, struct page *page)
{
	size_t i;
	int is_new;

	new_salt(r);
	for (i = 0; i < page->n; i++) {
		struct page_block *b = &page->v[i];

		b->earlier = 0;
		b->copies = 1;
		if (b->words > 0)
			b->earlier = (*at(r, b->hash, &is_new))++;
	}
	for (i = 0; i < page->n; i++)
		if (page->v[i].words > 0)
			page->v[i].copies = *at(r, page->v[i].hash, &is_new);
	new_salt(r);
	for (i = 0; i < page->n; i++)
		triples(r, page, i);
	for (i = 0; i < page->n; i++) {
		struct page_block *b = &page->v[i];
		float n = b->terms < 3 ? 1 : (float)(b->terms - 2);

		b->seen /= n;
		b->shared /= n;
	}
}

void
repeat_topic(struct repeat *r, struct page *page)
{
	size_t i;

	memset(r->seen, 0, r->numbers * sizeof(*r->seen));
	for (i = page->run; i < page->run_end; i++)
		if (page->v[i].prose > 0)
			add_topic(r, page, i);
	for (i = 0; i < page->n; i++)
		page->v[i].topic = topic(r, page, i);
}

void
repeat_core(
    struct repeat *r, const struct page *page, const uint8_t *core, float *to)
{
	size_t i;

	memset(r->seen, 0, r->numbers * sizeof(*r->seen));
	for (i = 0; i < page->n; i++)
		if (core[i])
			add_topic(r, page, i);
	for (i = 0; i < page->n; i++)
		to[i] = topic(r, page, i);
}

void
repeat_title(struct repeat *r, struct page *page)
{
	uint32_t stamp[REPEAT_TITLE + 1] = {0};
	size_t i, k;
	uint32_t words;

	page->title = find_title(page);
	page->titles = 0;
	words = set_title(r, page);
	for (i = 0; i < page->n; i++) {
		struct page_block *b = &page->v[i];
		const uint32_t *number = r->number + b->about;
		uint32_t in = 0, distinct = 0;

		for (k = 0; k < b->contents; k++) {
			uint32_t at = r->seen[number[k]];

			/* What is no word of the headline is at 0. */
			in += at > 0;
			distinct += at > 0 && stamp[at] != i + 1;
			stamp[at] = (uint32_t)i + 1;
		}
		b->headline = words == 0 ? 0 : (float)distinct / (float)words;
		b->headed =
		    b->contents == 0 ? 0 : (float)in / (float)b->contents;
		page->titles += page_is_title(b);
	}
}

void
repeat_drop(struct repeat *r, struct page *page)
{
	size_t i;
	int is_new;

	new_salt(r);
	for (i = 0; i < page->n; i++) {
		struct page_block *b = &page->v[i];

		/* Short lines may come again on purpose, as in verse. */
		if (b->copies == 1 || b->words < REPEAT_WORDS ||
		    b->score < 0.5f)
			continue;
		(void)at(r, b->hash, &is_new);
		if (!is_new)
			b->score = 0.4f;
	}
}

void
repeat_free(struct repeat *r)
{
	free(r->slot);
	free(r->number);
	free(r->seen);
	*r = (struct repeat){.salt = 0};
}

/* Number the content words of the page, the same ones alike. */
static void
number(struct repeat *r, const struct page *page)
{
	uint32_t n = 0;
	size_t k;
	int is_new;

	r->number = mem_grow(
	    r->number, &r->number_cap, page->contents + 1, sizeof(*r->number));
	new_salt(r);
	for (k = 0; k < page->contents; k++) {
		uint32_t *v = at(r, page->content[k], &is_new);

		if (is_new)
			*v = n++;
		r->number[k] = *v;
	}
	r->numbers = n;
	r->seen =
	    mem_grow(r->seen, &r->seen_cap, n + (size_t)1, sizeof(*r->seen));
}

static void
new_salt(struct repeat *r)
{
	r->salt = hash_join(r->salt, 1);
}

/* The number of a hash, 0 if it is new to the question. */
static inline uint32_t *
at(struct repeat *r, uint64_t hash, int *is_new)
{
	uint32_t tag;
	size_t i;

	hash ^= r->salt;
	tag = (uint32_t)(hash >> 32) | 1;
	for (i = hash & (r->cap - 1); r->slot[i].tag != 0;
	     i = (i + 1) & (r->cap - 1))
		if (r->slot[i].tag == tag) {
			*is_new = 0;
			return &r->slot[i].value;
		}
	*is_new = 1;
	r->used++;
	r->slot[i] = (struct repeat_slot){tag, 0};
	return &r->slot[i].value;
}

/* Count the triples of block `i`, each once a block.  The block that had a
 * triple first learns of it at its second place. */
static void
triples(struct repeat *r, struct page *page, size_t i)
{
	struct page_block *b = &page->v[i];
	size_t k, n = b->terms < 3 ? b->terms > 0 : b->terms - 2;

	for (k = 0; k < n; k++) {
		const uint64_t *t = page->term + b->first + k;
		/* A block of one or two words is a triple with blanks. */
		uint64_t second = b->terms > 1 ? t[1] : 1;
		uint64_t third = b->terms > 2 ? t[2] : 1;
		uint32_t *v;
		int is_new;

		v = at(r, hash_join(t[0] + 3 * second, third), &is_new);
		if (is_new) {
			*v = (uint32_t)i + 1;
		} else if ((*v & ~REPEAT_MANY) != i + 1) {
			if ((*v & REPEAT_MANY) == 0)
				page->v[*v - 1].shared++;
			*v |= REPEAT_MANY;
			b->seen++;
			b->shared++;
		}
	}
}

/* Note the content words of block `i`, and whether another had them. */
static void
add_topic(struct repeat *r, const struct page *page, size_t i)
{
	const struct page_block *b = &page->v[i];
	const uint32_t *number = r->number + b->about;
	uint32_t me = (uint32_t)i + 1;
	size_t k;

	for (k = 0; k < b->contents; k++) {
		uint32_t v = r->seen[number[k]];
		uint32_t other = v != me ? v | REPEAT_MANY : v;

		r->seen[number[k]] = v == 0 ? me : other;
	}
}

/* The share of the content words of block `i` that others noted; below 0 if
 * it has none. */
static float
topic(const struct repeat *r, const struct page *page, size_t i)
{
	const struct page_block *b = &page->v[i];
	const uint32_t *number = r->number + b->about;
	uint32_t known = 0;
	size_t k;

	for (k = 0; k < b->contents; k++) {
		uint32_t v = r->seen[number[k]];

		known += (uint32_t)(v != 0) & (uint32_t)(v != i + 1);
	}
	return b->contents == 0 ? -0.2f : (float)known / (float)b->contents;
}

/* The headline: a short block before the first long one of the run, that
 * tells of what the run tells and often stands there twice. */
static size_t
find_title(const struct page *page)
{
	size_t i, first = page->run, found = page->n;
	float best = 0;

	for (i = page->run; i < page->run_end; i++)
		if (page->v[i].words >= 15 && page->v[i].prose > 0) {
			first = i;
			break;
		}
	i = first > REPEAT_BEFORE ? first - REPEAT_BEFORE : 0;
	for (; i < first; i++) {
		const struct page_block *b = &page->v[i];
		uint32_t n = b->contents;
		float score;

		if (b->words < 3 || b->words > REPEAT_TITLE || n < 2)
			continue;
		score = b->topic * (float)(n < 9 ? n : 9) +
			(b->copies > 1 ? 0.6f : 0) - 0.5f * (float)b->cues -
			0.01f * (float)(first - i);
		if (found == page->n || score > best) {
			best = score;
			found = i;
		}
	}
	return found;
}

/* Number the content words of the headline from 1 on, the others 0; returns
 * how many there are. */
static uint32_t
set_title(struct repeat *r, const struct page *page)
{
	const struct page_block *b;
	uint32_t n = 0;
	size_t k;

	memset(r->seen, 0, r->numbers * sizeof(*r->seen));
	if (page->title == page->n)
		return 0;
	b = &page->v[page->title];
	for (k = 0; k < b->contents && n < REPEAT_TITLE; k++) {
		uint32_t *at = &r->seen[r->number[b->about + k]];

		if (*at == 0)
			*at = ++n;
	}
	return n;
}
