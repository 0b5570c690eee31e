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
 * worker: the state of a tool that belongs to it alone.  What is written is
 * the same for any number of them.
 */

struct crew;

/* Write the rows of a document. */
typedef void crew_work(void *worker, const struct doc *, struct out *);

/*
 * Start a thread for each of the `n` workers; with one worker none, and
 * crew_doc() does the work at once.  `worker` and `out` must outlive the crew.
 * With `skip` the first byte that all threads write is left out.
 * Returns NULL with errno set if a thread cannot be had.
 */
struct crew *crew_new(
    size_t n, crew_work *work, void *const *worker, struct out *out, int skip);

/*
 * Hand over the document that doc_next() gave: its text changes hands without
 * being copied, and `doc` is ready for the next.  Waits while the threads have
 * more than enough to do, so that memory stays within CREW_BYTES and two
 * documents.  The parts of a long document all go to the first worker.
 */
void crew_doc(struct crew *, struct doc *);

#define CREW_BYTES ((size_t)8 << 20) /* of text handed over, not yet done */

/* Wait for all that was handed over and write it out: for in's `idle`. */
void crew_idle(void *crew);

/* The same, then end the threads and free. */
void crew_free(struct crew *);

#endif
