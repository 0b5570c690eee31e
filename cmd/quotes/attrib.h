/* SPDX-License-Identifier: ISC */
#ifndef QUOTES_ATTRIB_H
#define QUOTES_ATTRIB_H

#include <stddef.h>
#include <stdint.h>

#include "common/str.h"

#include "cmd/quotes/cue.h"
#include "cmd/quotes/kept.h"
#include "cmd/quotes/view.h"
#include "cmd/quotes/word.h"

/* attrib - the quotations of a document, each with its speaker and cue. */

enum attrib_kind { ATTRIB_DIRECT, ATTRIB_INDIRECT, ATTRIB_MIXED };

/* Who speaks, by what words; slices of the document's text. */
struct attrib_source {
	struct str speaker, cue; /* either may be empty */
	uint32_t block, at;      /* where the speaker stands, if there is one */
	uint32_t group;          /* number of the quotation in the document */
};

struct attrib_quote {
	struct attrib_source source;
	uint32_t block, at, end; /* bytes of that block's text */
	uint8_t kind;            /* enum attrib_kind */
};

/* All zero is empty and ready; the arrays are reused. */
struct attrib {
	struct attrib_quote *v; /* by block and place */
	size_t n, cap;

	const struct cue_list *cues;
	const struct word_list *words;
	struct kept *kept; /* tokens of the document's blocks */
	struct view view;
	uint32_t block;
	size_t block_first;         /* first of `v` in this block */
	struct attrib_source last;  /* of the quotation before */
	struct attrib_source local; /* the same in this block; see has_ */
	struct attrib_source colon; /* of a block that ended with a colon */
	int has_local, has_colon;
	int turns;         /* there was a turn of an interview */
	int open;          /* the block before ended inside a quotation */
	uint32_t groups;   /* so far */
	uint32_t guess;    /* the last group whose speaker no cue told */
	uint32_t *pending; /* units of quotations whose speaker may follow */
	size_t pendings, pending_cap;
};

/* Begin a document, or a later part of a long one: its groups count on. */
void attrib_start(struct attrib *, int part);

/* Add the quotations of block number `block`, counted up by the caller; its
 * text must live as long as `v` is used.  Linear. */
void attrib_block(struct attrib *, uint32_t block, struct str text);

void attrib_free(struct attrib *);

#endif
