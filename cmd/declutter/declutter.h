/* SPDX-License-Identifier: ISC */
#ifndef DECLUTTER_DECLUTTER_H
#define DECLUTTER_DECLUTTER_H

#include <stddef.h>
#include <stdint.h>

#include "common/doc.h"
#include "common/fault.h"
#include "common/out.h"
#include "common/re.h"

/*
 * declutter - pass the rows of a document that are its article.
 *
 * Every row is decided by itself, its neighbours and the whole document, and
 * if asked for by what other pages of its site have.
 */

enum declutter_output { DECLUTTER_ROWS, DECLUTTER_TEXT };

/* Whether to use, and to learn, what pages of one site share. */
enum declutter_learn {
	DECLUTTER_ALONE,
	DECLUTTER_LEARN, /* use what was seen so far, then learn */
	DECLUTTER_FIRST, /* learn alone: the first of two passes */
	DECLUTTER_SECOND /* use alone */
};

struct declutter_options {
	enum declutter_output output;
	int all;         /* pass every row, with columns `label` and `score` */
	int explain;     /* and with the strongest reasons */
	int invert;      /* pass what would be dropped */
	uint32_t keep;   /* bit for each enum label that is kept anyway */
	float bias;      /* log-odds that every row gets besides */
	int behind;      /* text begins with an empty line, as behind others */
	struct re *host; /* what tells the site of a document's key, or NULL */
};

struct declutter;

struct declutter *declutter_new(struct declutter_options);

/*
 * Take the user's rules from the file, before the first document, behind those
 * of files that were taken before.  If all are taken with `add`, they outrank
 * the built-in decision, else they are all there is, and what none matches is
 * kept.  Returns 0, or -1 as rule_load().
 */
int declutter_rules(
    struct declutter *, const char *path, int add, char why[120], size_t *line);

/* Learn, or stop to; what was learnt is kept. */
void declutter_learn(struct declutter *, enum declutter_learn);

/* Go on with what an earlier run learnt, and keep it for the next, as
 * template_load() and template_save(). */
int declutter_load(struct declutter *, const char *path);
int declutter_save(struct declutter *);

/* Write what the options ask for.  Returns the number of rows kept. */
size_t declutter_doc(struct declutter *, const struct doc *, struct out *);

/* The user's patterns that proved too costly so far: rules, `host`. */
#define DECLUTTER_FAULTS 2
void declutter_faults(
    const struct declutter *, const struct fault *[DECLUTTER_FAULTS]);

void declutter_free(struct declutter *);

#endif
