/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_HELD_H
#define DOCSPLIT_HELD_H

#include <stddef.h>
#include <stdint.h>

#include "common/str.h"

#include "cmd/docsplit/docsplit.h"

/*
 * held - rows `block text` that wait for their key, which is their hash.
 */

/* Those of a longer document go by the hash of what it begins with: its rows
 * up to the one that reaches this. */
#define HELD_MAX DOCSPLIT_BLOCK_MAX

/* The hash of a document that has these rows, or begins with them if they are
 * HELD_MAX bytes or more, however many more. */
uint64_t held_hash(struct str rows);

/* Take the first row off.  Returns 1, or 0 if there is none. */
int held_next(struct str *rows, size_t *block, struct str *text);

#endif
