/* SPDX-License-Identifier: ISC */
#ifndef QUOTES_CONTENT_H
#define QUOTES_CONTENT_H

#include "cmd/quotes/attrib.h"
#include "cmd/quotes/claim.h"
#include "cmd/quotes/report.h"

/* content - what a verb with its subject reports: before it, behind it or on
 * both sides, in marks or without. */

/* Add the quotations that the claim reports, if there are any. */
void content_add(struct attrib *, struct report *, const struct claim *);

/* The same of what stands before the claim alone: "..., X said." */
int content_fronted(struct attrib *, struct report *, const struct claim *);

#endif
