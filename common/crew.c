/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "common/crew.h"
#include "common/mem.h"

/* Documents go in batches of so many bytes, lest locks cost more than work. */
#define BATCH_BYTES ((size_t)64 << 10)
/* A batch that grew beyond this gives its memory back. */
#define BATCH_KEPT ((size_t)1 << 20)
/* Batches for each thread: it need not wait for one that is slow. */
#define BATCHES 4

/* Documents, and what was made of them. */
struct batch {
	struct doc *v;
	size_t n, cap;
	size_t bytes;
	struct out out;
	size_t *end; /* of what was made of each, in `out` */
	size_t end_cap;
	int done;
};

struct thread {
	struct crew *crew;
	void *worker;
	pthread_t id;
};

/*
 * A ring of batches, counted from the start of the run: those below `written`
 * are history, up to `taken` a thread has them or had, up to `given` they wait
 * for one, and batch `given` is being filled by the reader.
 */
struct crew {
	struct crew_plan plan;
	struct thread *thread;
	size_t threads; /* 0 if there is but one worker */
	void *first;    /* the first worker */

	struct batch *ring;
	size_t size;

	/* used by one thread at a time: the reader, or who is `writing` */
	struct out *out;
	struct out made; /* of one document, with no threads */

	pthread_mutex_t lock; /* for what follows, and `done` of batches */
	pthread_cond_t some;  /* there is work, or none will come */
	pthread_cond_t room;  /* a batch was written */
	size_t given, taken, written;
	size_t bytes; /* in batches given and not yet written */
	int writing;  /* a thread writes batches */
	int failed;   /* to write */
	int over;
};

static void *run(void *);
static void at_once(struct crew *, struct doc *);
static void one_part(struct crew *, struct doc *);
static void fill(struct crew *, struct doc *);
static int give(struct crew *);
static void make(const struct crew *, void *worker, struct batch *);
static void write_done(struct crew *);
static void put(struct crew *, const struct batch *);
static void drain(struct crew *);
static void end(struct crew *);
static struct batch *batch(const struct crew *, size_t);
static void empty(struct batch *);
static size_t size_of(const struct doc *);

struct crew *
crew_new(size_t n, const struct crew_plan *plan, void *const *worker,
    struct out *out)
{
	struct crew *c = NULL;
	size_t none = 0, k;
	int error;

	c = mem_grow(NULL, &none, 1, sizeof(*c));
	*c = (struct crew){.plan = *plan,
	    .first = worker[0],
	    .out = out,
	    .made = {.fd = OUT_MEMORY}};
	if (n < 2)
		return c;
	none = 0;
	c->thread = mem_grow(NULL, &none, n, sizeof(*c->thread));
	c->size = BATCHES * n;
	none = 0;
	c->ring = mem_grow(NULL, &none, c->size, sizeof(*c->ring));
	for (k = 0; k < c->size; k++)
		c->ring[k] = (struct batch){.out = {.fd = OUT_MEMORY}};
	pthread_mutex_init(&c->lock, NULL);
	pthread_cond_init(&c->some, NULL);
	pthread_cond_init(&c->room, NULL);
	for (k = 0; k < n; k++) {
		struct thread *t = &c->thread[k];

		*t = (struct thread){.crew = c, .worker = worker[k]};
		error = pthread_create(&t->id, NULL, run, t);
		if (error != 0) {
			crew_free(c);
			errno = error;
			return NULL;
		}
		c->threads++;
	}
	return c;
}

int
crew_doc(struct crew *c, struct doc *doc)
{
	if (c->threads == 0) {
		at_once(c, doc);
		return c->out->err == 0;
	}
	if (doc->part || doc->going_on) {
		one_part(c, doc);
		return c->out->err == 0;
	}
	fill(c, doc);
	if (batch(c, c->given)->bytes < BATCH_BYTES && !c->out->unbuf)
		return 1;
	return give(c);
}

void
crew_idle(void *crew)
{
	struct crew *c = crew;

	if (c->threads > 0)
		drain(c);
	out_flush(c->out);
}

void
crew_free(struct crew *c)
{
	if (c->size > 0)
		end(c);
	free(c->made.buf);
	free(c);
}

/* What a thread does. */
static void *
run(void *arg)
{
	struct thread *t = arg;
	struct crew *c = t->crew;
	struct batch *b;

	pthread_mutex_lock(&c->lock);
	for (;;) {
		while (c->taken == c->given && !c->over)
			pthread_cond_wait(&c->some, &c->lock);
		if (c->taken == c->given)
			break;
		b = batch(c, c->taken++);
		pthread_mutex_unlock(&c->lock);
		make(c, t->worker, b);
		pthread_mutex_lock(&c->lock);
		b->done = 1;
		write_done(c);
	}
	pthread_mutex_unlock(&c->lock);
	return NULL;
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
	struct batch *b;

	drain(c);
	b = batch(c, c->given);
	fill(c, doc);
	make(c, c->first, b);
	put(c, b);
	empty(b);
}

/* Take the document into the batch at hand. */
static void
fill(struct crew *c, struct doc *doc)
{
	struct batch *b = batch(c, c->given);

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
	struct batch *b = batch(c, c->given);
	int failed;

	pthread_mutex_lock(&c->lock);
	if (b->n > 0) {
		c->bytes += b->bytes;
		c->given++;
		pthread_cond_signal(&c->some);
	}
	while (c->bytes > CREW_BYTES || c->given - c->written == c->size)
		pthread_cond_wait(&c->room, &c->lock);
	failed = c->failed;
	pthread_mutex_unlock(&c->lock);
	return !failed;
}

/* Do the work for a batch. */
static void
make(const struct crew *c, void *worker, struct batch *b)
{
	size_t i;

	b->end = mem_grow(b->end, &b->end_cap, b->n, sizeof(*b->end));
	for (i = 0; i < b->n; i++) {
		c->plan.work(worker, &b->v[i], &b->out);
		b->end[i] = b->out.n;
	}
}

/*
 * Write the batches that are next in order and done, unless a thread is at it
 * already, which will come to them.  Called with the lock held, which is let
 * go while it writes.
 */
static void
write_done(struct crew *c)
{
	struct batch *b;
	size_t bytes;

	if (c->writing)
		return;
	c->writing = 1;
	while (c->written < c->taken && batch(c, c->written)->done) {
		b = batch(c, c->written);
		pthread_mutex_unlock(&c->lock);
		put(c, b);
		bytes = b->bytes;
		empty(b);
		pthread_mutex_lock(&c->lock);
		c->bytes -= bytes;
		c->failed = c->out->err != 0;
		c->written++;
		pthread_cond_signal(&c->room);
	}
	c->writing = 0;
}

static void
put(struct crew *c, const struct batch *b)
{
	struct str s = {b->out.buf, b->out.n}, made = {NULL, 0};
	size_t i;

	if (c->plan.finish != NULL) {
		for (i = 0; i < b->n; i++) {
			if (s.n > 0)
				made = str_sub(
				    s, i == 0 ? 0 : b->end[i - 1], b->end[i]);
			c->plan.finish(c->plan.arg, &b->v[i], made, c->out);
		}
	} else {
		if (c->plan.skip && s.n > 0) {
			s = str_sub(s, 1, s.n);
			c->plan.skip = 0;
		}
		out_raw(c->out, s);
	}
	if (c->out->unbuf)
		out_flush(c->out);
}

/* Wait until all that was handed over is written. */
static void
drain(struct crew *c)
{
	(void)give(c);
	pthread_mutex_lock(&c->lock);
	while (c->written < c->given)
		pthread_cond_wait(&c->room, &c->lock);
	pthread_mutex_unlock(&c->lock);
}

static void
end(struct crew *c)
{
	size_t i, k;

	drain(c);
	pthread_mutex_lock(&c->lock);
	c->over = 1;
	pthread_cond_broadcast(&c->some);
	pthread_mutex_unlock(&c->lock);
	for (i = 0; i < c->threads; i++)
		pthread_join(c->thread[i].id, NULL);
	for (i = 0; i < c->size; i++) {
		for (k = 0; k < c->ring[i].cap; k++)
			doc_free(&c->ring[i].v[k]);
		free(c->ring[i].v);
		free(c->ring[i].end);
		free(c->ring[i].out.buf);
	}
	pthread_mutex_destroy(&c->lock);
	pthread_cond_destroy(&c->some);
	pthread_cond_destroy(&c->room);
	free(c->ring);
	free(c->thread);
}

static struct batch *
batch(const struct crew *c, size_t number)
{
	return &c->ring[number % c->size];
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
	b->done = 0;
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
