/* SPDX-License-Identifier: ISC */
#ifndef DECLUTTER_JOIN_H
#define DECLUTTER_JOIN_H

#include <stddef.h>

#include "common/doc.h"
#include "common/str.h"

#include "cmd/declutter/page.h"

/* join - tell which rows are one paragraph that was wrapped. */

/*
 * Cut rows [from,to) of the document into the blocks of `page`, filling in
 * line, lines, indent, gap, columns and whether it starts with a bullet.
 */
void join_rows(struct page *, const struct doc *, size_t from, size_t to);

/* The text behind white space, bullet and number it starts with. */
struct str join_body(struct str text);

#endif
