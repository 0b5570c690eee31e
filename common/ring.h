/* SPDX-License-Identifier: ISC */
#ifndef COMMON_RING_H
#define COMMON_RING_H

#include <stddef.h>

/*
 * ring - jobs to several threads, what comes of them back in order.
 *
 * The thread that owns the ring fills job after job and gives them away, the
 * others work on them.  What they made is put where it belongs in the order in
 * which the jobs were given, by the thread that is through with what is next or
 * else by the owner.
 */

struct ring;

/* Do a job: called in a thread, with the worker that is that thread's own. */
typedef void ring_work(void *user, void *worker, void *job);

/* Take what came of the job, and make it ready to be filled again: called in
 * one thread at a time.  Returns 1, or 0 if more is of no use. */
typedef int ring_put(void *user, void *job);

struct ring_plan {
	ring_work *work;
	ring_put *put;
	void *user;  /* for both */
	size_t job;  /* bytes that one takes */
	size_t most; /* bytes of input given away and not yet put */
	int owner;   /* puts are for the owner's thread alone */
};

/*
 * Start a thread for each of the `n` workers, or without any if `worker` is
 * NULL.  Jobs are zeros at first.  Returns NULL with errno set if a thread
 * cannot be had.
 */
struct ring *ring_new(size_t n, void *const *worker, const struct ring_plan *);

/* The job that is being filled. */
void *ring_job(struct ring *);

/*
 * Give it away; it holds `bytes` of input.  Waits while the threads have more
 * than enough to do, so that no more than `most` bytes and one job are under
 * way.  Returns 1, or 0 if more is of no use.
 */
int ring_give(struct ring *, size_t bytes);

/* Wait until all jobs that were given away are put. */
void ring_drain(struct ring *);

/* The same, then end the threads. */
void ring_end(struct ring *);

/* All jobs, the one being filled among them, for freeing what they own. */
size_t ring_size(const struct ring *);
void *ring_at(struct ring *, size_t i);

/* Free an ended ring. */
void ring_free(struct ring *);

#endif
