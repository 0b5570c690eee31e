/* SPDX-License-Identifier: ISC */
#ifndef QUOTES_DESCRIBE_H
#define QUOTES_DESCRIBE_H

#include <stddef.h>
#include <stdint.h>

#include "common/doc.h"
#include "common/set.h"
#include "common/str.h"
#include "common/tag.h"
#include "common/tok.h"

#include "cmd/quotes/kept.h"
#include "cmd/quotes/word.h"

/*
 * describe - what a document says of a person beside the name.
 *
 * The words of titles before a name and of appositions behind it are kept by
 * their stems, so that "the Norwegian leader" can be told to be "President
 * Johnson of Norway".
 */

/* All zero is empty and ready; reused from document to document. */
struct describe {
	struct set traits;    /* stem and entity */
	struct tok_list toks; /* of a phrase */
};

/* Gather what stands beside the persons of the document, of which `kept` has
 * tokens.  Linear. */
void describe_doc(struct describe *, const struct doc *,
    const struct tag_names *, struct kept *, const struct word_list *);

/* A description, readied to be held against persons. */
#define DESCRIBE_WORDS 8
struct describe_query {
	uint64_t stem[DESCRIBE_WORDS];
	uint8_t noun[DESCRIBE_WORDS]; /* is a noun for a person */
	size_t n, others;             /* words, those that are no such noun */
};

/*
 * Take in the phrase.  Returns 1, or 0 if it is no definite description of
 * one person: "the senator", not "a senator", "the company", "officials".
 */
int describe_query(struct describe *, struct str phrase,
    const struct word_list *, struct describe_query *);

/* How well it fits an entity: 0 not at all, 1 the noun alone, more. */
int describe_fit(
    const struct describe *, const struct describe_query *, uint32_t entity);

/* The same for a body: "the council".  Returns 1 with its noun, or 0. */
int describe_body(struct describe *, struct str phrase,
    const struct word_list *, uint64_t *noun);

/* Whether the noun is one that the body's name ends in, or has before "of". */
int describe_is(const struct describe *, uint64_t noun, uint32_t entity);

void describe_free(struct describe *);

#endif
