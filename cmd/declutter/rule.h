/* SPDX-License-Identifier: ISC */
#ifndef DECLUTTER_RULE_H
#define DECLUTTER_RULE_H

#include <stddef.h>

#include "common/fault.h"
#include "common/str.h"

/*
 * rule - a user's rules: lines `keep|drop TAB pattern`, the first one whose
 * pattern matches a row's text decides.  Lines that are empty or begin with
 * "#" are comments.
 */

enum rule_verdict { RULE_NONE, RULE_KEEP, RULE_DROP };

/* All zero is a list without rules. */
struct rule_list {
	struct rule *v;
	size_t n, cap;
	char *path;          /* own copy, which the fault names */
	struct fault costly; /* matches that ran into their limits */
};

/*
 * Fill an empty list with the rules in the file.  Returns 0, or -1 with errno set for a file that cannot be read and `*line` 0, or for
 * a bad rule with `*line` its number and what is wrong in `why`.
 */
int
rule_load(struct rule_list *, const char *path, char why[120], size_t *line);

/* What the rules say of this text, which is clean. */
enum rule_verdict rule_match(struct rule_list *, struct str);

void rule_free(struct rule_list *);

#endif
