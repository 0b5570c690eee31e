/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/crew.h"
#include "common/mem.h"
#include "common/ring.h"

/* Documents go in batches of so many bytes, lest locks cost more than work. */
#define BATCH_BYTES ((size_t)64 << 10)
/* A batch that grew beyond this gives its memory back. */
#define BATCH_KEPT ((size_t)1 << 20)

/* Documents, and what was made of them. */
struct batch {
	struct doc *v;
	size_t n, cap;
	size_t bytes;
	struct out out;
	size_t *end; /* of what was made of each, in `out` */
	size_t end_cap;
};

struct crew {
	struct crew_plan plan;
	struct ring *ring; /* NULL if there is but one worker */
	void *first;       /* the first worker */

	/* used by one thread at a time */
	struct out *out;
	struct out made; /* of one document, without threads */
};

static void at_once(struct crew *, struct doc *);
static void one_part(struct crew *, struct doc *);
static void fill(struct crew *, struct doc *);
static int give(struct crew *);
static void drain(struct crew *);
static void make(void *, void *, void *);
static int put(void *, void *);
static void finish(struct crew *, const struct batch *);
static void empty(struct batch *);
static size_t size_of(const struct doc *);

struct crew *
crew_new(size_t n, const struct crew_plan *plan, void *const *worker,
    struct out *out)
{
	struct crew *c;
	size_t none = 0;

	c = mem_grow(NULL, &none, 1, sizeof(*c));
	*c = (struct crew){.plan = *plan,
	    .first = worker[0],
	    .out = out,
	    .made = {.fd = OUT_MEMORY}};
	if (n < 2)
		return c;
	c->ring = ring_new(n, worker,
	    &(struct ring_plan){.work = make,
		.put = put,
		.user = c,
		.job = sizeof(struct batch),
		.most = CREW_BYTES});
	if (c->ring != NULL)
		return c;
	free(c);
	return NULL;
}

int
crew_doc(struct crew *c, struct doc *doc)
{
	if (c->ring == NULL) {
		at_once(c, doc);
		return c->out->err == 0;
	}
	if (doc->part || doc->going_on) {
		one_part(c, doc);
		return c->out->err == 0;
	}
	fill(c, doc);
	if (((struct batch *)ring_job(c->ring))->bytes < BATCH_BYTES &&
	    !c->out->unbuf)
		return 1;
	return give(c);
}

void
crew_idle(void *crew)
{
	struct crew *c = crew;

	if (c->ring != NULL)
		drain(c);
	out_flush(c->out);
}

void
crew_free(struct crew *c)
{
	size_t i, k;

	if (c->ring != NULL) {
		drain(c);
		ring_end(c->ring);
		for (i = 0; i < ring_size(c->ring); i++) {
			struct batch *b = ring_at(c->ring, i);

			for (k = 0; k < b->cap; k++)
				doc_free(&b->v[k]);
			free(b->v);
			free(b->end);
			free(b->out.buf);
		}
		ring_free(c->ring);
	}
	free(c->made.buf);
	free(c);
}

/* Do all there is to do for a document. */
static void
at_once(struct crew *c, struct doc *doc)
{
	if (c->plan.finish == NULL) {
		c->plan.work(c->first, doc, c->out);
		return;
	}
	c->made.n = 0;
	c->plan.work(c->first, doc, &c->made);
	c->plan.finish(
	    c->plan.arg, doc, (struct str){c->made.buf, c->made.n}, c->out);
}

/* A worker may remember one part for the next: here is no time to share. */
static void
one_part(struct crew *c, struct doc *doc)
{
	drain(c);
	fill(c, doc);
	make(c, c->first, ring_job(c->ring));
	(void)put(c, ring_job(c->ring));
}

/* Take the document into the batch at hand. */
static void
fill(struct crew *c, struct doc *doc)
{
	struct batch *b = ring_job(c->ring);

	if (b->n == b->cap) {
		size_t cap = b->cap;

		b->v = mem_grow(b->v, &b->cap, b->n + 1, sizeof(*b->v));
		memset(b->v + cap, 0, (b->cap - cap) * sizeof(*b->v));
	}
	b->bytes += size_of(doc);
	doc_take(&b->v[b->n++], doc);
}

/* Let a thread have the batch at hand, and see to it that there is another.
 * Returns 0 if what is written is lost. */
static int
give(struct crew *c)
{
	struct batch *b = ring_job(c->ring);

	return b->n == 0 || ring_give(c->ring, b->bytes);
}

/* Wait until all that was handed over is written. */
static void
drain(struct crew *c)
{
	(void)give(c);
	ring_drain(c->ring);
}

/* Do the work for a batch. */
static void
make(void *crew, void *worker, void *job)
{
	const struct crew *c = crew;
	struct batch *b = job;
	size_t i;

	b->out.fd = OUT_MEMORY;
	b->end = mem_grow(b->end, &b->end_cap, b->n, sizeof(*b->end));
	for (i = 0; i < b->n; i++) {
		c->plan.work(worker, &b->v[i], &b->out);
		b->end[i] = b->out.n;
	}
}

/* Write what was made of a batch. */
static int
put(void *crew, void *job)
{
	struct crew *c = crew;
	struct batch *b = job;
	struct str s = {b->out.buf, b->out.n};

	if (c->plan.finish != NULL) {
		finish(c, b);
	} else {
		if (c->plan.skip && s.n > 0) {
			s = str_sub(s, 1, s.n);
			c->plan.skip = 0;
		}
		out_raw(c->out, s);
	}
	if (c->out->unbuf)
		out_flush(c->out);
	empty(b);
	return c->out->err == 0;
}

/* Go on with the documents of a batch. */
static void
finish(struct crew *c, const struct batch *b)
{
	struct str made = {NULL, 0};
	size_t i, from = 0;

	for (i = 0; i < b->n; i++) {
		if (b->out.n > 0)
			made =
			    (struct str){b->out.buf + from, b->end[i] - from};
		c->plan.finish(c->plan.arg, &b->v[i], made, c->out);
		from = b->end[i];
	}
}

/* Ready the batch for others; a long one gives back its memory. */
static void
empty(struct batch *b)
{
	size_t i;

	if (b->bytes > BATCH_KEPT || b->out.cap > BATCH_KEPT) {
		for (i = 0; i < b->n; i++)
			doc_free(&b->v[i]);
		free(b->out.buf);
		b->out = (struct out){.fd = OUT_MEMORY};
	}
	b->out.n = 0;
	b->n = 0;
	b->bytes = 0;
}

static size_t
size_of(const struct doc *doc)
{
	size_t i, n = 0;

	for (i = 0; i < doc->n; i++)
		n += doc->v[i].row.n + doc->v[i].text.n +
		     sizeof(struct doc_block);
	return n;
}
