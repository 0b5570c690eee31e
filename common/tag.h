/* SPDX-License-Identifier: ISC */
#ifndef COMMON_TAG_H
#define COMMON_TAG_H

#include <stddef.h>
#include <stdint.h>

#include "common/doc.h"
#include "common/mem.h"
#include "common/str.h"
#include "common/trait.h"

/*
 * tag - the names of a document: where they stand, what type they are, and
 * which of them are the same person, body or place.
 */

/* Those of other models are TAG_OTHER and above. */
enum tag_type { TAG_PER, TAG_ORG, TAG_LOC, TAG_MISC, TAG_OTHER };

enum tag_gender { TAG_UNKNOWN, TAG_FEMALE, TAG_MALE };

/* One mention. */
struct tag_name {
	uint32_t block;   /* index into doc.v */
	uint32_t at, end; /* bytes [at,end) of that block's text */
	uint32_t entity;  /* index into tag_names.entity */
	uint8_t type;     /* enum tag_type */
	float score;      /* 0..1, how sure; 0 unless asked for */
};

/* What the mentions of one thing share. */
struct tag_entity {
	struct str name; /* its fullest form in the document: canonical */
	struct str role; /* of a person: title words seen beside the name,
	                  * "Belarusian President"; may be empty */
	uint32_t count;  /* mentions */
	uint8_t type;    /* enum tag_type */
	uint8_t gender;  /* enum tag_gender, of a person */
};

/* The names of one document, by block and place; they never overlap.  All
 * zero is empty and ready; reused from document to document. */
struct tag_names {
	struct tag_name *v;
	size_t n, cap;
	struct tag_entity *entity;
	size_t entities, entity_cap;
	struct mem mem; /* of names and roles that are no slice of the text */
};

struct tag;

/* Ready the built-in model.  Ends the program when memory is out. */
struct tag *tag_new(void);

/*
 * Take the model in the file `path` in place of the one at hand.  Returns 0,
 * or -1 with what is wrong in `*why`, or NULL there and errno set.
 */
int tag_model(struct tag *, const char *path, const char **why);

/* The name of a type, empty if the model knows none of it. */
struct str tag_type_name(const struct tag *, unsigned type);

/* Say how sure names are from now on, which takes its time. */
void tag_scores(struct tag *);

/* Show the tokens of documents to somebody else too. */
void tag_watch(struct tag *, struct trait_watch);

/*
 * Find the names of `doc`, replacing `names`.  Slices in `names` point into
 * the document or the arena and are valid until either changes.
 */
void tag_doc(struct tag *, const struct doc *doc, struct tag_names *names);

void tag_names_free(struct tag_names *);
void tag_free(struct tag *);

#endif
