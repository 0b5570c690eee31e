/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_CONLLU_H
#define DOCSPLIT_CONLLU_H

#include "cmd/docsplit/reader.h"

/*
 * conllu - treebanks in CoNLL-U, as universaldependencies.org/format.html has
 * it: sentences of one word a line, parted by empty lines.
 *
 * A document begins at `# newdoc`, whose `id` is its id; without any the file
 * is one.  A block is a sentence: what `# text =` says, else its words, with
 * a space between two unless MISC has SpaceAfter=No, where the words of a
 * range (`1-2`) are the range itself and empty nodes (`1.1`) are nothing.
 * Blocks are numbered as sentences are; where blocks are paragraphs,
 * `# newpar` parts them.
 *
 * Of the comments behind `# newdoc`, `title`, `url`, `date`, `lang` and what
 * treebanks have under `meta::` are told.
 */

/* A `# text` this long that stands before `# newdoc` falls to the document
 * before it. */
#define CONLLU_TEXT ((size_t)64 << 10)

int conllu_read(struct docsplit *, struct in *, const struct reader_options *);

#endif
