/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_PARAGRAPH_H
#define DOCSPLIT_PARAGRAPH_H

#include "common/out.h"
#include "common/str.h"

/*
 * Add a line to a paragraph in memory, one space between two.  Returns
 * whether it was cut, for the paragraph to stay within DOCSPLIT_BLOCK_MAX.
 */
int paragraph_add(struct out *, struct str);

#endif
