/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/in.h"
#include "common/mem.h"
#include "common/row.h"
#include "common/set.h"
#include "common/tok.h"

#include "cmd/quotes/given.h"

/* One row, cut into its fields; slices of the line read. */
struct given_row {
	struct row row; /* its text is the column `start` */
	size_t start, end;
	struct str text, canonical; /* with their escapes */
	uint8_t type;               /* enum tag_type, or OTHER */
};

#define OTHER UINT8_MAX

/* How far a block was counted. */
struct given_place {
	size_t block;  /* index in the document */
	size_t byte;   /* so many bytes of it */
	size_t offset; /* are so many units */
};

struct given {
	char *args[2]; /* a copy of the path, and NULL */
	struct in in;
	enum utf_unit unit;
	int held; /* `at` is a row not yet used */
	struct given_row at;
	struct set entity; /* type and canonical form to index */
};

static int next(struct given *, struct given_error *);
static int cut(struct str line, struct given_row *);
static int fail(const struct given *, struct given_error *, const char *);
static int
add(struct given *, struct str text, struct tag_names *, struct given_place *);
static int stands(struct given *, struct str there, struct tag_names *);
static int
forward(enum utf_unit, struct str text, struct given_place *, size_t offset);
static uint32_t entity(struct given *, struct tag_names *);

struct given *
given_open(const char *path, enum utf_unit unit)
{
	struct given *g;
	size_t none = 0, n = strlen(path) + 1;

	g = mem_grow(NULL, &none, 1, sizeof(*g));
	*g = (struct given){.unit = unit};
	none = 0;
	g->args[0] = memcpy(mem_grow(NULL, &none, n, 1), path, n);
	in_init(&g->in, g->args, IN_ROW_MAX);
	if (in_next(&g->in) == 1)
		return g;
	given_free(g);
	return NULL;
}

int
given_doc(struct given *g, const struct doc *doc, struct tag_names *names,
    struct given_error *error)
{
	struct given_place place = {0, 0, 0};
	int got;

	names->n = names->entities = 0;
	mem_reset(&names->mem);
	set_clear(&g->entity);
	while ((got = next(g, error)) == 1) {
		if (!str_eq(g->at.row.doc, doc->id))
			return 0;
		while (place.block < doc->n &&
		       doc->v[place.block].number < g->at.row.block)
			place = (struct given_place){place.block + 1, 0, 0};
		/* A later part of the document may have it. */
		if (place.block == doc->n)
			return 0;
		if (doc->v[place.block].number != g->at.row.block)
			return fail(g, error, "no such block, or out of order");
		if (g->at.type != OTHER &&
		    add(g, doc->v[place.block].text, names, &place) == -1)
			return fail(g, error,
			    "not what stands at this place of the block");
		g->held = 0;
	}
	return got;
}

int
given_end(struct given *g, struct given_error *error)
{
	int got = next(g, error);

	return got == 1 ? fail(g, error,
			      "a document that the input does not have, or not "
			      "in this order")
			: got;
}

void
given_free(struct given *g)
{
	int saved = errno;

	if (g == NULL)
		return;
	in_free(&g->in);
	set_free(&g->entity);
	free(g->args[0]);
	free(g);
	errno = saved;
}

/* Have a row at hand.  Returns 1, 0 at the end of the file, or -1. */
static int
next(struct given *g, struct given_error *error)
{
	struct str line;
	int got;

	while (!g->held) {
		if ((got = in_line(&g->in, &line)) != 1) {
			*error = (struct given_error){
			    got == -1 ? "cannot be read" : NULL, 0};
			return got;
		}
		if (line.n > 0 && line.p[line.n - 1] == '\r')
			line.n--;
		g->held = utf_clean(line) == line.n && cut(line, &g->at);
		if (!g->held && (g->in.line > 1 ||
				    !str_starts(line, STR_LIT("doc\tblock\t"))))
			return fail(g, error, "no row of an entity");
	}
	return 1;
}

static int
fail(const struct given *g, struct given_error *error, const char *what)
{
	*error = (struct given_error){what, g->in.line};
	return -1;
}

static int
cut(struct str line, struct given_row *r)
{
	static const char *const types[] = {"PER", "ORG", "LOC", "MISC"};
	struct row_fields more;
	struct str start, end, type;
	size_t i;

	if (!row_parse(line, &r->row))
		return 0;
	/* Behind doc and block. */
	more =
	    row_fields(str_sub(line, (size_t)(r->row.text.p - line.p), line.n));
	if (!row_field(&more, &start) || !row_field(&more, &end) ||
	    !row_field(&more, &type) || !row_field(&more, &r->text) ||
	    !row_field(&more, &r->canonical) ||
	    !row_number(start, SIZE_MAX, &r->start) ||
	    !row_number(end, SIZE_MAX, &r->end) || r->start >= r->end)
		return 0;
	r->type = OTHER;
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (str_eq(type, str_of(types[i])))
			r->type = (uint8_t)i;
	return 1;
}

/* Add the name of the row at hand, of a block of `text`.  Returns 0, or -1 if
 * it does not stand there. */
static int
add(struct given *g, struct str text, struct tag_names *names,
    struct given_place *place)
{
	struct tag_name *m;
	size_t at;

	if (g->at.start < place->offset)
		return 0;
	if (!forward(g->unit, text, place, g->at.start))
		return -1;
	at = place->byte;
	if (!forward(g->unit, text, place, g->at.end) ||
	    !stands(g, str_sub(text, at, place->byte), names))
		return -1;
	if (names->n == names->cap)
		names->v = mem_grow(
		    names->v, &names->cap, names->n + 1, sizeof(*names->v));
	m = &names->v[names->n++];
	*m = (struct tag_name){.block = (uint32_t)place->block,
	    .at = (uint32_t)at,
	    .end = (uint32_t)place->byte,
	    .entity = entity(g, names),
	    .type = g->at.type,
	    .score = 1};
	return 0;
}

/* Whether `there` is the text of the row at hand: offsets in another unit, or
 * of another text, meet some characters as well. */
static int
stands(struct given *g, struct str there, struct tag_names *names)
{
	return str_eq(there, row_unescape(&names->mem, g->at.text));
}

/* Count on to the offset.  Returns 1, or 0 if no character begins there. */
static int
forward(enum utf_unit unit, struct str text, struct given_place *place,
    size_t offset)
{
	while (place->offset < offset && place->byte < text.n) {
		size_t len;

		(void)utf_at(text.p + place->byte, &len);
		place->byte += len;
		place->offset += unit == UTF_BYTES               ? len
				 : unit == UTF_UTF16 && len == 4 ? 2
								 : 1;
	}
	return place->offset == offset;
}

/* The entity of the row at hand, a new one if it is the first of it. */
static uint32_t
entity(struct given *g, struct tag_names *names)
{
	struct str name = row_unescape(&names->mem, g->at.canonical);
	int fresh;
	uint32_t *index =
	    set_at(&g->entity, tok_exact(name) + g->at.type, &fresh);

	if (fresh) {
		if (names->entities == names->entity_cap)
			names->entity =
			    mem_grow(names->entity, &names->entity_cap,
				names->entities + 1, sizeof(*names->entity));
		*index = (uint32_t)names->entities++;
		names->entity[*index] = (struct tag_entity){
		    .name = mem_dup(&names->mem, name), .type = g->at.type};
	}
	names->entity[*index].count++;
	return *index;
}
