/* SPDX-License-Identifier: ISC */
#ifndef DECLUTTER_RULE_H
#define DECLUTTER_RULE_H

#include <stddef.h>

#include "common/fault.h"
#include "common/str.h"

/*
 * rule - a user's rules: lines `VERDICT TAB pattern [TAB host]`.
 *
 * Of `keep` and `drop` the first one whose pattern matches a row's text
 * decides.  `start` drops what stands before the first row that matches,
 * `stop` the first row that matches behind that and all after it.  A rule
 * with a host holds for pages of that host and of those below it.  Lines that
 * are empty or begin with "#" are comments.
 */

#define RULE_COSTLY "pattern too costly, taken as no match"

enum rule_verdict { RULE_NONE, RULE_KEEP, RULE_DROP, RULE_START, RULE_STOP };

/* All zero is a list without rules. */
struct rule_list {
	struct rule *v;
	size_t n, cap;
	int bounds;          /* how many of them are `start` or `stop` */
	struct fault costly; /* matches that ran into their limits */
};

/*
 * Add the rules in the file, whose name outlives the list, behind those that
 * are there.  Returns 0, or -1 with errno set for a file that cannot be read
 * and `*line` 0, or for a bad rule with `*line` its number and what is wrong
 * in `why`.
 */
int
rule_load(struct rule_list *, const char *path, char why[120], size_t *line);

/* What `keep` and `drop` say of this text, which is clean, on a page of the
 * host (lower case, empty if not known). */
enum rule_verdict rule_match(struct rule_list *, struct str, struct str host);

/* Whether some rule of the kind `start` or `stop` matches. */
int
rule_bound(struct rule_list *, enum rule_verdict, struct str, struct str host);

void rule_free(struct rule_list *);

#endif
