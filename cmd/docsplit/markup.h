/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_MARKUP_H
#define DOCSPLIT_MARKUP_H

#include <stddef.h>

#include "common/str.h"

/*
 * markup - the tags of SGML, XML and HTML as they are found in the wild.
 *
 * Markup is `<` or `</`, a name and nothing but attributes, or `<!` or `<?`
 * and what XML has behind it, up to `>`.  A `>` in a quoted value does not end
 * it, unless the quote is never closed; any other `<` before it, or MARKUP_MAX
 * bytes without it, say that the first `<` was text.
 */

#define MARKUP_MAX ((size_t)16 << 10) /* bytes of one tag */

enum markup_kind {
	MARKUP_NONE, /* text */
	MARKUP_MORE, /* depends on what follows */
	MARKUP_START,
	MARKUP_END,
	MARKUP_OTHER, /* declaration or processing instruction */
	MARKUP_COMMENT
};

struct markup {
	enum markup_kind kind;
	size_t n;         /* bytes with `<` and `>`; of a comment its `<!--` */
	struct str name;  /* of START and END */
	struct str inner; /* what is between name and `>` */
};

/*
 * Read the markup that `s` begins with, which has at least the `<`.  `last`:
 * nothing follows `s`.  Cost: linear in what is read, once.
 */
void markup_read(struct markup *, struct str s, int last);

/* Where the name ends that begins at `at`; there, if none does. */
size_t markup_name(struct str s, size_t at);

/* Whether the name is that of lower-case `name`, in any case. */
int markup_is(struct str name, const char *lower);

/*
 * The value of attribute `name`, lower-case, in the inside of a tag, as it is
 * written, without its quotes.  A quote inside a value ends it only if
 * another attribute or nothing follows, as titles are not always escaped.
 * Returns 1, or 0 if there is none.
 */
int markup_attribute(struct str inner, const char *name, struct str *value);

#endif
