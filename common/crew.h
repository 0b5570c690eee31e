/* SPDX-License-Identifier: ISC */
#ifndef COMMON_CREW_H
#define COMMON_CREW_H

#include <stddef.h>

#include "common/doc.h"
#include "common/out.h"

/*
 * crew - documents to several threads, their rows back in order.
 *
 * One thread reads documents and hands them over, each of the others has a
 * worker: the state of a tool that belongs to it alone.  The thread that is
 * through with what comes next in order writes it.  What is written is the
 * same for any number of them.
 */

struct crew;

/* Write the rows of a document, or else what crew_finish is to be told. */
typedef void crew_work(void *worker, const struct doc *, struct out *);

/*
 * Go on where documents hang on those before, one at a time and in their
 * order: `made` is what the work wrote for this one, the rows go to `out`.
 */
typedef void
crew_finish(void *arg, const struct doc *, struct str made, struct out *out);

struct crew_plan {
	crew_work *work;
	crew_finish *finish; /* NULL: the work writes the rows */
	void *arg;           /* for `finish` */
	int skip;            /* leave out the first byte that is written */
};

/*
 * Start a thread for each of the `n` workers; with one worker none, and
 * crew_doc() does the work at once.  `worker`, what the plan points to and
 * `out`, which nobody else may use before crew_idle() or crew_free() returns,
 * must outlive the crew.
 * Returns NULL with errno set if a thread cannot be had.
 */
struct crew *crew_new(
    size_t n, const struct crew_plan *, void *const *worker, struct out *out);

/*
 * Hand over the document that doc_next() gave: its text changes hands without
 * being copied, and `doc` is ready for the next.  Waits while the threads have
 * more than enough to do, so that memory stays within CREW_BYTES and two
 * documents.  The parts of a long document all go to the first worker.
 * Returns 1, or 0 if there is no use in more, as `out` has failed.
 */
int crew_doc(struct crew *, struct doc *);

#define CREW_BYTES ((size_t)8 << 20) /* of text handed over, not yet done */

/* Wait for all that was handed over and write it out: for in's `idle`. */
void crew_idle(void *crew);

/* The same, then end the threads and free. */
void crew_free(struct crew *);

#endif
