/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_ELEMENT_H
#define DOCSPLIT_ELEMENT_H

#include "common/str.h"

#include "cmd/docsplit/about.h"

/*
 * element - what the elements of TREC's files and of HTML are to a text,
 * beyond tags that are dropped.
 */

struct element {
	const char *name; /* lower case */
	enum about_kind about;
	int hidden; /* what is inside is no text */
	int block;  /* its tags part lines: what is inside stands by itself */
};

/* The element of that name, in any case; NULL if it is none of these. */
const struct element *element_find(struct str name);

#endif
