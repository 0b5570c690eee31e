/* SPDX-License-Identifier: ISC */
#ifndef COMMON_MEM_H
#define COMMON_MEM_H

#include <stddef.h>

#include "common/str.h"

/*
 * mem - one arena: many small pieces, freed together; and growing arrays.
 *
 * Pieces live until mem_reset() or mem_free().  After a reset the blocks are
 * kept, so a loop that resets once per document stops calling malloc(3) when
 * it has seen its largest document.  Memory exhaustion ends the program
 * with status 2: this is the only module below cmd/ that may exit.
 * An arena that is all zero is empty and ready.
 */

struct mem_block;

struct mem {
	struct mem_block *first, *cur;
};

/* Return `n * size` bytes, uninitialised, aligned for any object. */
void *mem_new(struct mem *, size_t n, size_t size);

/* Return a copy of `s` whose bytes live in the arena. */
struct str mem_dup(struct mem *, struct str s);

/* Give back the last `unused` bytes of the newest piece, got with size 1. */
void mem_trim(struct mem *, size_t unused);

/* What the above do when memory is out, for libraries that report it. */
_Noreturn void mem_out(void);

/* The same for memory that lies in a file: errno says why there is none, in
 * `folder`. */
_Noreturn void mem_lost(const char *folder);

/* Give back every piece at once, keeping the blocks. */
void mem_reset(struct mem *);

/* Free everything.  The arena is empty afterwards and may be used again. */
void mem_free(struct mem *);

/*
 * Make room in the malloc(3)ed array `v` of `*cap` items of `size` bytes for
 * at least `need` items, doubling it; returns its new place and sets `*cap`.
 * Call it as `v = mem_grow(v, &cap, need, sizeof(*v))`; free it with free(3).
 */
void *mem_grow(void *v, size_t *cap, size_t need, size_t size);

#endif
