/* SPDX-License-Identifier: ISC */
#ifndef QUOTES_QUOTES_H
#define QUOTES_QUOTES_H

#include <stddef.h>

#include "common/doc.h"
#include "common/out.h"
#include "common/utf.h"

/* quotes - the quotations of a document, who spoke them, by what words. */

struct quotes;

/* Ready the built-in lists.  Ends the program when memory is out. */
struct quotes *quotes_new(void);

/* What offsets count; UTF_POINTS unless set. */
void quotes_offsets(struct quotes *, enum utf_unit);

/* Leave out what is believed, wanted or feared, not said. */
void quotes_speech(struct quotes *);

/*
 * Take cues from the file `path`, rows `form TAB weight TAB frame TAB class`,
 * in place of the built-in ones, or besides them if `add`.  Returns 0, or -1
 * with what is wrong in `why` and the line in `*line` (0: errno says it).
 */
int quotes_cues(
    struct quotes *, const char *path, int add, char why[120], size_t *line);

/* Write a row for each quotation of the document; returns their number. */
size_t quotes_doc(struct quotes *, const struct doc *, struct out *);

void quotes_free(struct quotes *);

#endif
