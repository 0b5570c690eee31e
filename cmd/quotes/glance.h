/* SPDX-License-Identifier: ISC */
#ifndef QUOTES_GLANCE_H
#define QUOTES_GLANCE_H

#include <stdint.h>

#include "common/str.h"

/*
 * glance - whether a block can hold a quotation at all, at one look.
 *
 * Most text holds neither marks nor words that report; what a glance passes
 * over need not be cut into words.
 */

#define GLANCE_BITS 19 /* few words of 1,000 look like a cue by chance */

/* All zero knows no words. */
struct glance {
	uint64_t bit[1 << (GLANCE_BITS - 6)];
};

/* Add the word or phrase `form`. */
void glance_add(struct glance *, struct str form);

/*
 * Returns 0 if no word of the clean text begins a form and no mark in it can
 * open a quotation; otherwise 1, sometimes without reason.
 * Cost: one pass, some 1 GB/s.
 */
int glance_at(const struct glance *, struct str text);

#endif
