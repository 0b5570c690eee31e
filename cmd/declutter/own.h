/* SPDX-License-Identifier: ISC */
#ifndef DECLUTTER_OWN_H
#define DECLUTTER_OWN_H

#include "cmd/declutter/column.h"
#include "cmd/declutter/page.h"

/* own - the columns that tell of a block by itself. */

/* Needs what feature.c and repeat.c fill in. */
void own_columns(struct columns *, const struct page *);

#endif
