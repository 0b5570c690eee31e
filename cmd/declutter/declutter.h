/* SPDX-License-Identifier: ISC */
#ifndef DECLUTTER_DECLUTTER_H
#define DECLUTTER_DECLUTTER_H

#include <stddef.h>

#include "common/doc.h"
#include "common/fault.h"
#include "common/out.h"

/*
 * declutter - pass the rows of a document that are its article.
 *
 * Every row is decided by itself, its neighbours and the whole document.
 */

enum declutter_output { DECLUTTER_ROWS, DECLUTTER_TEXT };

struct declutter_options {
	enum declutter_output output;
	int all;    /* pass every row, with columns `label` and `score` */
	int invert; /* pass what would be dropped */
};

struct declutter;

struct declutter *declutter_new(struct declutter_options);

/*
 * Take the user's rules from the file, once, before the first document.
 * With `add` they outrank the built-in decision, without it they are all
 * there is, and what none matches is kept.  Returns 0, or -1 as rule_load().
 */
int declutter_rules(
    struct declutter *, const char *path, int add, char why[120], size_t *line);

/* Write what the options ask for.  Returns the number of rows kept. */
size_t declutter_doc(struct declutter *, const struct doc *, struct out *);

/* What was wrong with the rules while they ran. */
const struct fault *declutter_fault(const struct declutter *);

void declutter_free(struct declutter *);

#endif
