/* SPDX-License-Identifier: ISC */
#ifndef DEDUPE_JOURNAL_H
#define DEDUPE_JOURNAL_H

#include <stddef.h>
#include <stdint.h>

#include "common/str.h"

/*
 * journal - what runs remember, in a file that only ever grows at its end.
 *
 * A head of 64 bytes: "nsdedupe", version (4), seven parameters (4 each), zero
 * to the last 8 bytes, the checksum.  Then frames: "fram", 1 if it is the last
 * of its run (4), bytes of the payload (8), seconds since 1970 (8), checksum
 * of the payload seeded with that of these (8), the payload.  Integers lowest
 * byte first, checksums XXH3.
 *
 * A run adds its frames at its end and syncs them once; a run whose last
 * frame is not whole never was.  Who opens the file locks it, until it is
 * freed; a reader locks out writers alone, while it opens.
 */

#define JOURNAL_PARAMETERS 7

struct journal_how {
	uint32_t parameter[JOURNAL_PARAMETERS];
	uint64_t forget; /* age in seconds of runs to leave out, 0 for none */
	int nowait;      /* do not wait for the lock */
	int readonly;
};

enum journal_state {
	JOURNAL_GOOD,
	JOURNAL_CUT,     /* an unfinished run at its end was left out */
	JOURNAL_BUSY,    /* locked, and not to be waited for */
	JOURNAL_FOREIGN, /* something else than a journal of this version */
	JOURNAL_OTHER,   /* made with other parameters */
	JOURNAL_DAMAGED, /* from byte `good` on */
	JOURNAL_ERROR    /* errno says what the system said */
};

struct journal {
	struct journal_how how;
	const char *path;
	int fd;
	unsigned char *map; /* the file as it was opened, or NULL */
	size_t mapped;
	size_t good;  /* bytes of whole runs */
	size_t next;  /* where journal_next() goes on */
	size_t first; /* where the first frame begins that is not forgotten */
	uint64_t now;

	/* what is being added */
	char *fresh; /* path of the file to take its place, or NULL */
	int to;      /* descriptor written to */
	size_t size; /* of that file */
	unsigned char *buf;
	size_t n, cap;
};

/*
 * Open `path`, make it if need be, and lock it.  With any state above
 * JOURNAL_CUT only journal_free() may follow.
 */
enum journal_state
journal_open(struct journal *, const char *path, const struct journal_how *);

/* Store the next frame's payload, which stays until journal_free(), in
 * `*payload`.  Returns 1, or 0 at the end. */
int journal_next(struct journal *, struct str *payload);

/*
 * Add a run: begin, put what it remembers, end.  A piece is never parted by
 * the end of a frame.  Return 0, or -1 with errno set; then the file is as it
 * was.  If runs are to be forgotten, the file is written anew and takes the
 * place of the old one in one step.
 */
int journal_begin(struct journal *);
int journal_put(struct journal *, struct str);
int journal_end(struct journal *);

/* Unlock and close.  Harmless when repeated, and for all zero with fd -1. */
void journal_free(struct journal *);

#endif
