/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_ENCWORD_H
#define DOCSPLIT_ENCWORD_H

#include "common/out.h"
#include "common/str.h"

#include "cmd/docsplit/charset.h"

/*
 * encword - the encoded words of mail headers (RFC 2047):
 * `=?iso-8859-1?q?caf=E9?=`.
 */

/*
 * Append `s`, an unfolded value, to `to`, whose descriptor is OUT_MEMORY, with
 * its encoded words decoded.  They are found anywhere, as some mailers glue
 * them to other text or put spaces into them; white space between two is no
 * text.
 * A character may be parted between words of one set.  The words of a set
 * that is unknown are decoded and pass as they are.  Cost: linear.
 */
void encword_decode(struct charset *, struct out *to, struct str s);

#endif
