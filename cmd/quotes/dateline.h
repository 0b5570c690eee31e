/* SPDX-License-Identifier: ISC */
#ifndef QUOTES_DATELINE_H
#define QUOTES_DATELINE_H

#include <stddef.h>

#include "cmd/quotes/view.h"

/* dateline - what stands in front of a report and is no part of it. */

/* The unit behind "OAKTON, May 5 (Star) -" or "OAKTON:" at `from`, or `from`
 * if the sentence that ends before `last` begins with neither. */
size_t dateline_end(const struct view *, size_t from, size_t last);

#endif
