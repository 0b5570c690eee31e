/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_ADDRESS_H
#define DOCSPLIT_ADDRESS_H

#include "common/out.h"
#include "common/str.h"

#include "cmd/docsplit/charset.h"

/* address - who sent a mail, in one form for all mailers. */

/*
 * Append the address list `value` (RFC 5322, section 3.4, unfolded) to `to`,
 * whose descriptor is OUT_MEMORY: encoded words decoded, comments and needless
 * quotes left out, one space between words, as
 * `Ann Bee <ann@example.org>, "Bee, B." <b@example.org>, c@example.org`.
 * What is no address comes out as the words it is made of.  Cost: linear.
 */
void address_list(struct charset *, struct out *to, struct str value);

#endif
