/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <stdlib.h>

#include "common/mem.h"
#include "common/ring.h"

#include "cmd/docsplit/share.h"

/* What a job may keep of its memory. */
#define KEPT ((size_t)1 << 20)

struct piece {
	struct docsplit *docsplit; /* made when it is first needed */
	struct out out, table;
	unsigned char *buf;
	size_t cap;
	unsigned char *at; /* in `buf` */
	size_t n;
	struct share_file file;
	struct reader_options options;
	int first;     /* of its file */
	size_t serial; /* of its file */
	size_t docs;   /* guessed */
};

struct share {
	struct docsplit *docsplit;
	struct ring *ring;
	int table;

	/* the file that is being read */
	struct share_file file;
	size_t serial; /* of the file, from 1 */
	int begun;     /* some of it was given away, or read */

	/* documents that begin in what was given away, in all and in the
	 * file, as far as known */
	size_t docs, ordinal;
};

static int serve(struct share *, struct in *, size_t);
static struct str give(struct share *, struct in *, struct str, size_t, size_t);
static void work(void *, void *, void *);
static int put(void *, void *);
static void empty(struct piece *);

struct share *
share_new(size_t n, struct docsplit *docsplit, int table)
{
	size_t none = 0;
	struct share *s = mem_grow(NULL, &none, 1, sizeof(*s));
	int error;

	*s = (struct share){.docsplit = docsplit, .table = table};
	s->ring = ring_new(n, NULL,
	    &(struct ring_plan){.work = work,
		.put = put,
		.user = s,
		.job = sizeof(struct piece),
		.most = SHARE_BYTES,
		.owner = 1});
	if (s->ring != NULL)
		return s;
	error = errno;
	free(s);
	errno = error;
	return NULL;
}

int
share_read(struct share *s, struct in *in, const struct share_file *file)
{
	struct str rest = {NULL, 0};
	size_t seen = 0, n, docs;
	int got;

	s->file = *file;
	s->serial++;
	s->begun = 0;
	s->ordinal = 0;
	/* Who waits for what comes in pieces wants to see it as it comes. */
	if (file->bound == NULL && !in_regular(in))
		return serve(s, in, 0);
	while ((got = in_block(in, &rest, rest.n)) > 0) {
		n = 0;
		if (file->bound != NULL)
			n = file->bound(rest, seen, file->options, &docs);
		if (n == BOUND_ODD || (n == 0 && rest.n > SHARE_PIECE)) {
			if ((got = serve(s, in, rest.n)) <= 0)
				return got;
			rest.n = 0;
		} else if (n > 0) {
			rest = give(s, in, rest, n, docs);
		}
		if (docsplit_stop(s->docsplit)) {
			errno = EILSEQ;
			return -1;
		}
		seen = n > 0 ? 0 : rest.n;
	}
	if (got == 0 && (rest.n > 0 || !s->begun))
		give(s, in, rest, rest.n, 0);
	return got;
}

void
share_drain(struct share *s)
{
	ring_drain(s->ring);
}

void
share_free(struct share *s)
{
	size_t i;

	ring_end(s->ring);
	for (i = 0; i < ring_size(s->ring); i++) {
		struct piece *p = ring_at(s->ring, i);

		docsplit_free(p->docsplit);
		free(p->out.buf);
		free(p->table.buf);
		free(p->buf);
	}
	ring_free(s->ring);
	free(s);
}

/*
 * Let the reader itself go on, in place of `rest` bytes that are at hand, for
 * a piece or to the end of the file.  Returns 1, 0 at the end, or -1.
 */
static int
serve(struct share *s, struct in *in, size_t rest)
{
	struct reader_options options = *s->file.options;
	const int inside = s->begun;
	int got;

	ring_drain(s->ring);
	if (!inside)
		docsplit_file(s->docsplit, s->file.name, s->file.several);
	s->begun = 1;
	in_back(in, rest);
	options.least = SHARE_PIECE;
	options.inside = inside;
	got = s->file.read(s->docsplit, in, &options);
	s->docs = docsplit_counts(s->docsplit)->docs;
	s->ordinal = docsplit_ordinal(s->docsplit);
	return got;
}

/* Give `n` bytes of the block away, in which so many documents seem to begin,
 * and return the others. */
static struct str
give(struct share *s, struct in *in, struct str block, size_t n, size_t docs)
{
	struct piece *p = ring_job(s->ring);
	struct str rest;

	if (p->docsplit == NULL) {
		p->out.fd = p->table.fd = OUT_MEMORY;
		p->docsplit = docsplit_new(docsplit_options(s->docsplit),
		    &p->out, s->table ? &p->table : NULL);
	}
	rest = in_swap(in, &p->buf, &p->cap, block.n - n);
	p->at = p->buf + (block.p - p->buf);
	p->n = n;
	p->file = s->file;
	p->options = *s->file.options;
	p->options.inside = s->begun;
	p->first = !s->begun;
	p->serial = s->serial;
	p->docs = docs;
	docsplit_file(p->docsplit, p->file.name, p->file.several);
	docsplit_piece_of(p->docsplit, s->docs, s->ordinal);
	s->begun = 1;
	s->docs += docs;
	s->ordinal += docs;
	(void)ring_give(s->ring, n);
	return rest;
}

/* What a thread does. */
static void
work(void *share, void *worker, void *job)
{
	struct piece *p = job;
	struct in in;

	(void)share;
	(void)worker;
	in_memory(&in, p->file.name, p->at, p->n);
	/* Nothing fails that is read from memory. */
	p->file.read(p->docsplit, &in, &p->options);
}

static int
put(void *share, void *job)
{
	struct share *s = share;
	struct piece *p = job;
	const size_t before = docsplit_counts(s->docsplit)->docs;
	size_t more;

	if (p->first)
		docsplit_file(s->docsplit, p->file.name, p->file.several);
	docsplit_join(s->docsplit, p->docsplit);
	/* What is guessed from now on starts from better grounds. */
	more = docsplit_counts(s->docsplit)->docs - before - p->docs;
	s->docs += more;
	if (p->serial == s->serial)
		s->ordinal += more;
	empty(p);
	return 1;
}

/* Ready the piece to be filled; a long one gives back its memory. */
static void
empty(struct piece *p)
{
	if (p->cap <= KEPT && p->out.cap <= KEPT && p->table.cap <= KEPT)
		return;
	free(p->buf);
	free(p->out.buf);
	free(p->table.buf);
	p->buf = NULL;
	p->cap = 0;
	p->out = p->table = (struct out){.fd = OUT_MEMORY};
}
