/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_VERTICAL_H
#define DOCSPLIT_VERTICAL_H

#include "cmd/docsplit/sink.h"
#include "cmd/docsplit/source.h"

/*
 * vertical - one token on a line: Sketch Engine, Corpus Workbench.
 *
 * A line of nothing but tags is structure: `<doc id="...">` begins a document,
 * `<p>`, `<s>` and `<head>` a block, `<g/>` says that no space stands between
 * two tokens.  All others are tokens, whose first column is the word.  A
 * block is its words with spaces between them; an empty line is nothing.
 * Where blocks are paragraphs, `<p>` parts them and sentences are joined.
 */

enum vertical { VERTICAL_UNKNOWN, VERTICAL_NO, VERTICAL_YES };

/*
 * What the lines of `s`, which follow a `<doc>`, look like, up to its end.
 * Tokens are lines that have a word and then as many tabs as all others, one
 * at least, or, if there are `<s>` or `<g/>`, no white space at all.  It is
 * unknown if there is no line of text.  `last`: nothing follows `s`.
 * `*tagged` says whether some line is a tag.
 */
enum vertical vertical_look(struct str s, int last, int *tagged);

/*
 * Read the rest of the source, which starts with a `<doc`.  Returns 0, or -1
 * as X_read() in cmd/docsplit/reader.h.
 */
int vertical_read(struct docsplit *, struct source *, struct sink *);

#endif
