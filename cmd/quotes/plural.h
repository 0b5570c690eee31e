/* SPDX-License-Identifier: ISC */
#ifndef QUOTES_PLURAL_H
#define QUOTES_PLURAL_H

#include <stddef.h>

#include "common/doc.h"
#include "common/str.h"
#include "common/tag.h"

#include "cmd/quotes/attrib.h"

/*
 * plural - speakers that are several names: "Roe and Doe".
 *
 * `next` is the first mention at or behind the speaker.
 */

/* Whether a name of the speaker's phrase is followed by "and". */
int plural_joined(const struct tag_names *, size_t next, const struct doc *,
    const struct attrib_source *);

/* The phrase with the canonical names for those in it; lives as long as the
 * names do. */
struct str
plural_name(struct tag_names *, size_t next, const struct attrib_source *);

#endif
