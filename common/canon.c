/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "common/canon.h"
#include "common/hash.h"
#include "common/mem.h"

/* An entity that is not known yet. */
#define NO_ENTITY UINT32_MAX

static void forget(struct set *);
static uint64_t typed(uint64_t hash, int type);
static void full_names(struct canon *, const struct doc *,
    const struct canon_mention *, size_t, struct tag_names *);
static void short_names(struct canon *, const struct doc *,
    const struct canon_mention *, size_t, struct tag_names *);
static uint32_t entity_new(
    struct tag_names *, const struct doc *, const struct canon_mention *);
static uint32_t find_full(struct canon *, const struct canon_mention *);
static uint32_t find_short(struct canon *, const struct doc *,
    const struct canon_mention *, const struct tag_names *);
static void
remember(struct canon *, const struct canon_mention *, uint32_t entity);
static int is_full(const struct canon_mention *);
static void put(struct set *, uint64_t hash, uint32_t entity, int replace);
static uint32_t get(const struct set *, uint64_t hash);
static struct str text(const struct doc *, const struct canon_mention *);
static float score(const struct canon_mention *);
static void
describe(struct tag_entity *, const struct doc *, const struct canon_mention *);

void
canon_names(struct canon *c, const struct doc *doc,
    const struct canon_mention *v, size_t n, struct tag_names *names)
{
	size_t i;

	forget(&c->name);
	forget(&c->tail);
	forget(&c->head);
	forget(&c->pair);
	names->n = names->entities = 0;
	if (n > c->cap)
		c->entity = mem_grow(c->entity, &c->cap, n, sizeof(*c->entity));
	full_names(c, doc, v, n, names);
	short_names(c, doc, v, n, names);
	for (i = 0; i < n; i++) {
		struct tag_name *name;

		if (v[i].type == POINTS_NONE)
			continue;
		if (names->n == names->cap)
			names->v = mem_grow(names->v, &names->cap, names->n + 1,
			    sizeof(*names->v));
		name = &names->v[names->n++];
		*name = (struct tag_name){v[i].block, v[i].at, v[i].end,
		    c->entity[i], v[i].type, score(&v[i])};
		describe(&names->entity[c->entity[i]], doc, &v[i]);
	}
}

void
canon_free(struct canon *c)
{
	set_free(&c->name);
	set_free(&c->tail);
	set_free(&c->head);
	set_free(&c->pair);
	free(c->entity);
	c->entity = NULL;
	c->cap = 0;
}

/* Empty a set; one that a huge document has grown is given back, since
 * clearing it costs its size. */
static void
forget(struct set *set)
{
	if (set->cap > 4096 && set->cap / 16 > set->n)
		set_free(set);
	else
		set_clear(set);
}

static uint64_t
typed(uint64_t hash, int type)
{
	return hash_join(hash, (uint64_t)type + 1);
}

/* Make the entities of mentions that need no other to be understood. */
static void
full_names(struct canon *c, const struct doc *doc,
    const struct canon_mention *v, size_t n, struct tag_names *names)
{
	size_t i;

	for (i = 0; i < n; i++) {
		uint32_t e;

		c->entity[i] = NO_ENTITY;
		if (v[i].type == POINTS_NONE || !is_full(&v[i]))
			continue;
		e = find_full(c, &v[i]);
		if (e == NO_ENTITY)
			e = entity_new(names, doc, &v[i]);
		c->entity[i] = e;
		remember(c, &v[i], e);
		/* "World Health Organization (WHO)" */
		if (i + 1 < n && v[i + 1].bracket &&
		    v[i + 1].type == v[i].type && v[i].words > 1)
			put(&c->name, typed(v[i + 1].name, v[i].type), e, 1);
	}
}

/* The others take the entity whose name they shorten, or their own. */
static void
short_names(struct canon *c, const struct doc *doc,
    const struct canon_mention *v, size_t n, struct tag_names *names)
{
	size_t i;

	/* A surname means the person last named in full: go through all
	 * mentions in order, so that two of one surname stay apart. */
	for (i = 0; i < n; i++) {
		uint32_t e = c->entity[i];

		if (v[i].type == POINTS_NONE)
			continue;
		if (e != NO_ENTITY) {
			if (v[i].type == POINTS_PER)
				put(&c->tail, v[i].tail, e, 1);
			continue;
		}
		e = find_short(c, doc, &v[i], names);
		if (e == NO_ENTITY) {
			e = entity_new(names, doc, &v[i]);
			remember(c, &v[i], e);
		}
		c->entity[i] = e;
	}
}

static uint32_t
entity_new(struct tag_names *names, const struct doc *doc,
    const struct canon_mention *m)
{
	if (names->entities == names->entity_cap)
		names->entity = mem_grow(names->entity, &names->entity_cap,
		    names->entities + 1, sizeof(*names->entity));
	names->entity[names->entities] =
	    (struct tag_entity){.name = text(doc, m), .type = m->type};
	return (uint32_t)names->entities++;
}

static uint32_t
find_full(struct canon *c, const struct canon_mention *m)
{
	uint32_t e = get(&c->name, typed(m->name, m->type));

	if (e == NO_ENTITY && m->type == POINTS_PER)
		e = get(&c->pair, hash_join(m->head, m->tail));
	return e;
}

static uint32_t
find_short(struct canon *c, const struct doc *doc,
    const struct canon_mention *m, const struct tag_names *names)
{
	uint32_t e;

	if (m->type == POINTS_PER) {
		e = get(&c->tail, m->tail);
		if (e != NO_ENTITY &&
		    (m->words == 1 ||
			str_ends(names->entity[e].name, text(doc, m))))
			return e;
		e = get(&c->head, typed(m->head, m->type));
		if (e != NO_ENTITY && m->words == 1)
			return e;
	} else if (m->words == 1 && m->type == POINTS_ORG) {
		e = get(&c->name, typed(m->name, m->type));
		if (e != NO_ENTITY)
			return e;
		e = get(&c->head, typed(m->head, m->type));
		if (e != NO_ENTITY)
			return e;
	}
	return get(&c->name, typed(m->name, m->type));
}

static void
remember(struct canon *c, const struct canon_mention *m, uint32_t e)
{
	put(&c->name, typed(m->name, m->type), e, 0);
	if (m->type == POINTS_PER && m->words > 1) {
		put(&c->pair, hash_join(m->head, m->tail), e, 0);
		put(&c->tail, m->tail, e, 0);
		put(&c->head, typed(m->head, m->type), e, 0);
	} else if (m->type == POINTS_ORG && m->words > 1 && m->known_head) {
		put(&c->head, typed(m->head, m->type), e, 0);
	}
}

/* Whether the mention may be the fullest form of a name. */
static int
is_full(const struct canon_mention *m)
{
	return m->words > 1 || m->type == POINTS_LOC || m->type == POINTS_MISC;
}

static void
put(struct set *set, uint64_t hash, uint32_t entity, int replace)
{
	int fresh;
	uint32_t *at = set_at(set, hash, &fresh);

	if (fresh || replace)
		*at = entity;
}

static uint32_t
get(const struct set *set, uint64_t hash)
{
	const uint32_t *at = set_find(set, hash);

	return at == NULL ? NO_ENTITY : *at;
}

static struct str
text(const struct doc *doc, const struct canon_mention *m)
{
	return str_sub(doc->v[m->block].text, m->at, m->end);
}

/* How far the type is ahead of the next, as a figure below 1. */
static float
score(const struct canon_mention *m)
{
	int best = m->points[m->type], next = INT32_MIN, k;

	for (k = 0; k < POINTS_N; k++)
		if (k != m->type && m->points[k] > next)
			next = m->points[k];
	if (best <= next)
		return 0.5f;
	return 0.5f + 0.5f * (float)(best - next) / (float)(best - next + 20);
}

/* Let the mention tell more of its entity. */
static void
describe(
    struct tag_entity *e, const struct doc *doc, const struct canon_mention *m)
{
	struct str name = text(doc, m);

	e->count++;
	if (name.n > e->name.n)
		e->name = name;
	if (m->type != POINTS_PER)
		return;
	if (e->role.n == 0 && m->role_end > m->role_at)
		e->role =
		    str_sub(doc->v[m->block].text, m->role_at, m->role_end);
	if (e->gender == TAG_UNKNOWN)
		e->gender = m->gender;
}
