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

/*
 * Find names by the model in the file `path`, in place of the built-in one.
 * Returns 0, or -1 with what is wrong in `*why`, or NULL there and errno set.
 */
int quotes_model(struct quotes *, const char *path, const char **why);

/*
 * Take the names of documents from rows of entities in the file `path`, their
 * offsets counted as ours (call quotes_offsets() before).  Returns 0, or -1
 * with errno set.
 */
int quotes_names(struct quotes *, const char *path);

/*
 * Write a row for each quotation of the document and add to `*n`.  Returns 0,
 * or -1 if the names given do not fit: quotes_fault() says why.
 */
int quotes_doc(struct quotes *, const struct doc *, struct out *, size_t *n);

/* At the end: 0, or -1 if names are left whose document did not come. */
int quotes_end(struct quotes *);

/* What is wrong with the names, and its line; 0 when errno says it. */
const char *quotes_fault(const struct quotes *, size_t *line);

void quotes_free(struct quotes *);

#endif
