/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "common/ring.h"

/* Jobs for each thread: it need not wait for one that is slow. */
#define JOBS 4

struct slot {
	size_t bytes;
	int done;
};

struct thread {
	struct ring *ring;
	void *worker;
	pthread_t id;
};

/*
 * Jobs are counted from the start of the run: those below `written` are
 * history, up to `taken` a thread has them or had, up to `given` they wait for
 * one, and job `given` is being filled.
 */
struct ring {
	struct ring_plan plan;
	struct thread *thread;
	size_t threads;
	unsigned char *job;
	struct slot *slot;
	size_t size;

	pthread_mutex_t lock; /* for what follows, and `done` of slots */
	pthread_cond_t some;  /* there is work, or none will come */
	pthread_cond_t news;  /* for the owner: a job was put, or can be */
	size_t given, taken, written;
	size_t bytes; /* in jobs given and not yet put */
	int putting;  /* a thread is at it */
	int failed;   /* to put */
	int over;
};

static void *zeros(size_t, size_t);
static int start(struct ring *, void *);
static void *run(void *);
static void await(struct ring *, size_t bytes, size_t jobs);
static void put_done(struct ring *);
static struct slot *slot(const struct ring *, size_t);

struct ring *
ring_new(size_t n, void *const *worker, const struct ring_plan *plan)
{
	struct ring *r = zeros(1, sizeof(*r));
	size_t k;
	int error;

	r->plan = *plan;
	r->thread = zeros(n, sizeof(*r->thread));
	r->size = JOBS * n;
	r->slot = zeros(r->size, sizeof(*r->slot));
	r->job = zeros(r->size, plan->job);
	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->some, NULL);
	pthread_cond_init(&r->news, NULL);
	for (k = 0; k < n; k++) {
		error = start(r, worker == NULL ? NULL : worker[k]);
		if (error != 0) {
			ring_end(r);
			ring_free(r);
			errno = error;
			return NULL;
		}
	}
	return r;
}

void *
ring_job(struct ring *r)
{
	return ring_at(r, r->given % r->size);
}

int
ring_give(struct ring *r, size_t bytes)
{
	int failed;

	pthread_mutex_lock(&r->lock);
	slot(r, r->given)->bytes = bytes;
	r->bytes += bytes;
	r->given++;
	pthread_cond_signal(&r->some);
	await(r, r->plan.most, r->size - 1);
	failed = r->failed;
	pthread_mutex_unlock(&r->lock);
	return !failed;
}

void
ring_drain(struct ring *r)
{
	pthread_mutex_lock(&r->lock);
	await(r, SIZE_MAX, 0);
	pthread_mutex_unlock(&r->lock);
}

void
ring_end(struct ring *r)
{
	size_t i;

	ring_drain(r);
	pthread_mutex_lock(&r->lock);
	r->over = 1;
	pthread_cond_broadcast(&r->some);
	pthread_mutex_unlock(&r->lock);
	for (i = 0; i < r->threads; i++)
		pthread_join(r->thread[i].id, NULL);
	r->threads = 0;
}

size_t
ring_size(const struct ring *r)
{
	return r->size;
}

void *
ring_at(struct ring *r, size_t i)
{
	return r->job + i * r->plan.job;
}

void
ring_free(struct ring *r)
{
	pthread_mutex_destroy(&r->lock);
	pthread_cond_destroy(&r->some);
	pthread_cond_destroy(&r->news);
	free(r->thread);
	free(r->slot);
	free(r->job);
	free(r);
}

static void *
zeros(size_t n, size_t size)
{
	size_t none = 0;
	void *p = mem_grow(NULL, &none, n, size);

	return memset(p, 0, n * size);
}

/* Returns 0 or what pthread_create(3) gave. */
static int
start(struct ring *r, void *worker)
{
	struct thread *t = &r->thread[r->threads];
	int error;

	*t = (struct thread){.ring = r, .worker = worker};
	error = pthread_create(&t->id, NULL, run, t);
	r->threads += error == 0;
	return error;
}

/* What a thread does. */
static void *
run(void *arg)
{
	struct thread *t = arg;
	struct ring *r = t->ring;
	size_t at;

	pthread_mutex_lock(&r->lock);
	for (;;) {
		while (r->taken == r->given && !r->over)
			pthread_cond_wait(&r->some, &r->lock);
		if (r->taken == r->given)
			break;
		at = r->taken++;
		pthread_mutex_unlock(&r->lock);
		r->plan.work(r->plan.user, t->worker, ring_at(r, at % r->size));
		pthread_mutex_lock(&r->lock);
		slot(r, at)->done = 1;
		if (r->plan.owner)
			pthread_cond_signal(&r->news);
		else
			put_done(r);
	}
	pthread_mutex_unlock(&r->lock);
	return NULL;
}

/* Wait until so many bytes and jobs or fewer are given and not put.  Called
 * with the lock held. */
static void
await(struct ring *r, size_t bytes, size_t jobs)
{
	for (;;) {
		if (r->plan.owner)
			put_done(r);
		if (r->bytes <= bytes && r->given - r->written <= jobs)
			return;
		pthread_cond_wait(&r->news, &r->lock);
	}
}

/*
 * Put the jobs that are next in order and done, unless a thread is at it
 * already, which will come to them.  Called with the lock held, which is let
 * go while it puts.
 */
static void
put_done(struct ring *r)
{
	int good;

	if (r->putting)
		return;
	r->putting = 1;
	while (r->written < r->taken && slot(r, r->written)->done) {
		struct slot *s = slot(r, r->written);

		pthread_mutex_unlock(&r->lock);
		good =
		    r->plan.put(r->plan.user, ring_at(r, r->written % r->size));
		pthread_mutex_lock(&r->lock);
		r->failed |= !good;
		r->bytes -= s->bytes;
		*s = (struct slot){0};
		r->written++;
		pthread_cond_signal(&r->news);
	}
	r->putting = 0;
}

static struct slot *
slot(const struct ring *r, size_t number)
{
	return &r->slot[number % r->size];
}
