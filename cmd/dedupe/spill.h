/* SPDX-License-Identifier: ISC */
#ifndef DEDUPE_SPILL_H
#define DEDUPE_SPILL_H

#include <stddef.h>
#include <sys/types.h>

#include "common/mem.h"

/*
 * spill - memory for much: a table and chunks, up to a limit from malloc(3);
 * what is more lies in files without a name, which are mapped, so that the
 * system holds as much of them in memory as there is.
 *
 * The files are written before they are mapped, so that a full disk is told by
 * write(2), and no later store into the map can fail for it (on file systems
 * that overwrite in place).  When the disk is full, or memory, the program
 * ends with status 2.
 */

struct spill {
	const char *folder; /* where the files lie */
	size_t limit, used; /* bytes of memory */
	int table_fd, chunk_fd;
	void *table;
	size_t table_n;
	int table_in_file;
	off_t chunks; /* bytes of them in the file */
	struct spill_map {
		void *p;
		size_t n;
	} * map; /* of chunks in the file */
	size_t maps, map_cap;
	struct mem mem; /* other chunks */
};

/* All in memory. */
void spill_init(struct spill *);

/*
 * Files in the folder for what is more than `limit` bytes; the name is kept,
 * not copied.  Returns 0, or -1 with errno set.
 */
int spill_open(struct spill *, const char *folder, size_t limit);

/* A table of `n` zero bytes, aligned for any object, in place of the one there
 * was, whose content is lost. */
void *spill_table(struct spill *, size_t n);

/* In so many parts the table should be filled, one after the other: 1 if it
 * lies in memory, else as many as make each fit half the limit. */
size_t spill_parts(const struct spill *);

/* The table is filled: from now on it is looked into here and there. */
void spill_filled(struct spill *);

/* A chunk of at least `*n` bytes, which stays; `*n` becomes what it has. */
void *spill_chunk(struct spill *, size_t *n);

/* Give all back.  Harmless when repeated. */
void spill_free(struct spill *);

#endif
