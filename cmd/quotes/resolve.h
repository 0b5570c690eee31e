/* SPDX-License-Identifier: ISC */
#ifndef QUOTES_RESOLVE_H
#define QUOTES_RESOLVE_H

#include <stddef.h>

#include "common/doc.h"
#include "common/str.h"
#include "common/tag.h"
#include "common/trait.h"

#include "cmd/quotes/attrib.h"
#include "cmd/quotes/given.h"
#include "cmd/quotes/kept.h"
#include "cmd/quotes/word.h"

/*
 * resolve - which of the document's names a speaker is.
 *
 * Names and surnames by their mentions, pronouns by the last fitting person
 * quoted or named, descriptions ("the Norwegian leader") by a word they
 * share with what else is said of a person.
 */

struct resolve;

/* `kept`: tokens of the document that resolve_doc() is called for. */
struct resolve *resolve_new(const struct word_list *, struct kept *kept);

/* Take names from `given` in place of the tagger; it outlives `resolve`. */
void resolve_given(struct resolve *, struct given *given);

/* As tag_model(); a model that knows no persons is refused. */
int resolve_model(struct resolve *, const char *path, const char **why);

/* Show the tokens of tagged documents to somebody else too. */
void resolve_watch(struct resolve *, struct trait_watch);

/* Find the names of `doc`, for resolve_doc() to follow; without this the names
 * are those given, or none. */
void resolve_tag(struct resolve *, const struct doc *doc);

/*
 * Store the resolved names of the `n` quotations of `doc` in `name`: the
 * canonical name, or the speaker as written.  Slices of the document or of
 * the tagger's memory, valid until the next call.  With names given
 * it is to be called for every document, and returns -1 with what is wrong;
 * else it returns 0.
 */
int resolve_doc(struct resolve *, const struct doc *doc,
    const struct attrib_quote *v, size_t n, struct str *name,
    struct given_error *);

void resolve_free(struct resolve *);

#endif
