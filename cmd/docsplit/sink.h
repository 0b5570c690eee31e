/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_SINK_H
#define DOCSPLIT_SINK_H

#include <stddef.h>

#include "common/str.h"

#include "cmd/docsplit/docsplit.h"
#include "cmd/docsplit/text.h"

/*
 * sink - the text of a document that is put together from pieces, gathered
 * for text_take().  What comes out does not depend on how it was cut.
 *
 * Caller provides the struct and touches no field.
 */

struct sink {
	struct text text;
	unsigned char *buf;
	size_t n, cap;
	size_t full; /* bytes that are worth handing on */
	size_t owed; /* lines of the file that the text is behind, or ahead */
	int holding;
};

void sink_init(struct sink *, struct docsplit *);

/*
 * The text of a document starts on `line` of the file.  `hold`: it is kept,
 * SINK_HELD bytes at most, until sink_release().
 */
#define SINK_HELD ((size_t)64 << 10)
void sink_start(struct sink *, size_t line, int hold);
void sink_release(struct sink *);

/* Whether `n` more bytes can be put. */
int sink_fits(const struct sink *, size_t n);

/* Add to the text; must fit. */
void sink_put(struct sink *, struct str);

/*
 * The text leaves out `lines` line ends of the file, or has one that the
 * file has not: that goes into messages about what follows.
 */
void sink_behind(struct sink *, size_t lines);
void sink_ahead(struct sink *);

/* A line of the text begins here, made of what the file has on `line`. */
void sink_at(struct sink *, size_t line);

/* Hand on the whole lines that are there, before a fault is counted. */
void sink_flush(struct sink *);

/* The text has ended: hand on the rest. */
void sink_end(struct sink *);

void sink_free(struct sink *);

#endif
