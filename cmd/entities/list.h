/* SPDX-License-Identifier: ISC */
#ifndef ENTITIES_LIST_H
#define ENTITIES_LIST_H

#include <stddef.h>
#include <stdint.h>

#include "common/fault.h"
#include "common/mem.h"
#include "common/set.h"
#include "common/str.h"
#include "common/tok.h"

/*
 * list - the names and patterns that a user gives.
 *
 * A name is found as a run of whole words, written as in the list; the width
 * of spaces does not count.  Of names that overlap the first wins, of those
 * that begin together the longest; so with patterns.
 */

/* Longer names are refused. */
#define LIST_WORDS_MAX 64

struct list_match {
	uint32_t at, end;     /* bytes */
	struct str canonical; /* empty: the text itself */
	uint32_t type;        /* index into `type` of the list */
};

struct list_name {
	struct str canonical;
	uint32_t type;
};

struct list_pattern {
	struct re *re;
	const char *file;
	size_t line;
	struct list_name name;
};

/* All zero is empty and ready. */
struct list {
	struct str *type; /* names of types */
	size_t types, type_cap;
	struct list_name *name;
	size_t names, name_cap;
	struct list_pattern *pattern;
	size_t patterns, pattern_cap;
	struct set by_words; /* hash of all words to index into `name` */
	struct set by_first; /* hash of the first to the most words */

	struct list_match *v; /* of the text last looked at */
	size_t n, cap;
	struct fault costly; /* searches given up so far, by pattern */
	struct tok_list toks;
	struct mem mem;
};

/* The index of a type, which is added if it is not known. */
uint32_t list_type(struct list *, struct str);

/*
 * Add the rows of a file: `name TAB type [TAB canonical]` or `/pattern/ TAB
 * type [TAB canonical]`; empty ones and those that begin with "#" are passed
 * over.  `path` lives as long as the list.  Returns 0, or -1 with what is wrong
 * in `why` and the line in `*line` (0: errno says it).  Cost: linear, some
 * million rows a second.
 */
int list_load(struct list *, const char *path, char why[160], size_t *line);

/*
 * Replace `v` by the names in a text, by place, none overlapping.
 * Cost: linear.
 */
void list_names(struct list *, struct str text, const struct tok_list *toks);

/*
 * Replace `v` by the matches of the patterns in the same way.  Each is
 * searched for by itself, within limits: a search that is given up is counted.
 */
void list_patterns(struct list *, struct str text);

void list_free(struct list *);

#endif
