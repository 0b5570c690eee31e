/* SPDX-License-Identifier: ISC */
#ifndef ENTITIES_ENTITIES_H
#define ENTITIES_ENTITIES_H

#include <stddef.h>

#include "common/day.h"
#include "common/doc.h"
#include "common/fault.h"
#include "common/out.h"
#include "common/utf.h"

struct meta;

/* entities - the names and values of a document, one row each. */

struct entities;

struct entities_options {
	enum utf_unit unit; /* what offsets count */
	int scores;         /* add the score column */
	int prefer_model;   /* names of the model win over the user's */
	float least;        /* score of names, at least */
	/* The days of documents, and that of the others; all 0 if it is not
	 * known. */
	const struct meta *meta; /* lives as long; may be NULL */
	struct day day;
};

/* Ready the built-in lists.  Ends the program when memory is out. */
struct entities *entities_new(void);

void entities_set(struct entities *, struct entities_options);

/*
 * Take names and patterns from the file `path` (cmd/entities/list.h), in place
 * of the built-in names, or besides them if `add`, and besides those of an
 * earlier call.  Returns 0, or -1 with
 * what is wrong in `why` and the line in `*line` (0: errno says it).
 */
int entities_list(
    struct entities *, const char *path, int add, char why[160], size_t *line);

/*
 * Find names by the model in the file `path`, in place of the built-in one.
 * Returns 0, or -1 with what is wrong in `*why`, or NULL there and errno set.
 */
int entities_model(struct entities *, const char *path, const char **why);

/*
 * Write the types named in `list`, "PER,ORG", alone.  Returns 0, or -1 if one
 * is neither built in nor in the user's list: `*unknown`, inside `list`.
 */
int entities_types(struct entities *, const char *list, struct str *unknown);

/* Write a row for each entity of the document, by place; returns their
 * number. */
size_t entities_doc(struct entities *, const struct doc *, struct out *);

/* The user's patterns that proved too costly so far. */
const struct fault *entities_costly(const struct entities *);

void entities_free(struct entities *);

#endif
