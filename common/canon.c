/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/canon.h"
#include "common/hash.h"
#include "common/mem.h"
#include "common/tok.h"

/* An entity that is not known yet. */
#define NO_ENTITY UINT32_MAX

/* Short forms and other names that readers need no bracket for. */
static const struct {
	const char *form, *full;
} same_names[] = {{"US", "United States"}, {"U.S.", "United States"},
    {"USA", "United States"}, {"U.S.A.", "United States"},
    {"United States of America", "United States"}, {"UK", "United Kingdom"},
    {"U.K.", "United Kingdom"}, {"UAE", "United Arab Emirates"},
    {"DRC", "Democratic Republic of Congo"}, {"EU", "European Union"},
    {"UN", "United Nations"}, {"U.N.", "United Nations"},
    {"America", "United States"}};

#define SAME_NAMES (sizeof(same_names) / sizeof(same_names[0]))

_Static_assert(SAME_NAMES <= CANON_SAME, "room for the full forms");

static void ready(struct canon *);
static uint64_t name_hash(struct tok_list *, const char *);
static uint64_t name_key(const struct canon *, const struct canon_mention *);
static uint64_t typed(uint64_t hash, int type);
static void full_names(
    struct canon *, const struct doc *, const struct canon_mention *, size_t);
static void short_names(
    struct canon *, const struct doc *, const struct canon_mention *, size_t);
static uint32_t
entity_new(struct canon *, const struct doc *, const struct canon_mention *);
static uint32_t find_full(struct canon *, const struct canon_mention *);
static uint32_t
find_short(struct canon *, const struct doc *, const struct canon_mention *);
static void
remember(struct canon *, const struct canon_mention *, uint32_t entity);
static int is_full(const struct canon_mention *);
static void put(struct set *, uint64_t hash, uint32_t entity, int replace);
static uint32_t get(const struct set *, uint64_t hash);
static struct str text(const struct doc *, const struct canon_mention *);
static void describe(
    struct canon_entity *, const struct doc *, const struct canon_mention *);

uint64_t
canon_first(struct canon *c, uint64_t low)
{
	uint64_t word = hash_join(0, low);
	const uint32_t *same;

	if (c->same.n == 0)
		ready(c);
	same = set_find(&c->same, word);
	return same == NULL ? word : c->same_full[*same];
}

void
canon_find(struct canon *c, const struct doc *doc,
    const struct canon_mention *v, size_t n)
{
	size_t i;

	set_forget(&c->name);
	set_forget(&c->tail);
	set_forget(&c->head);
	set_forget(&c->pair);
	set_forget(&c->last);
	c->n = 0;
	if (n > c->mention_cap)
		c->entity =
		    mem_grow(c->entity, &c->mention_cap, n, sizeof(*c->entity));
	full_names(c, doc, v, n);
	short_names(c, doc, v, n);
	for (i = 0; i < n; i++)
		describe(&c->v[c->entity[i]], doc, &v[i]);
}

void
canon_free(struct canon *c)
{
	set_free(&c->same);
	set_free(&c->name);
	set_free(&c->tail);
	set_free(&c->head);
	set_free(&c->pair);
	set_free(&c->last);
	free(c->entity);
	free(c->v);
	memset(c, 0, sizeof(*c));
}

/* Hash the short forms, which are few: less than a document costs. */
static void
ready(struct canon *c)
{
	struct tok_list toks = {NULL, 0, 0, NULL, 0, 0};
	size_t i;
	int fresh;

	for (i = 0; i < SAME_NAMES; i++) {
		uint64_t form = name_hash(&toks, same_names[i].form);

		c->same_full[i] = name_hash(&toks, same_names[i].full);
		*set_at(&c->same, form, &fresh) = (uint32_t)i;
	}
	tok_free(&toks);
}

static uint64_t
name_hash(struct tok_list *toks, const char *name)
{
	size_t words;

	return tok_phrase(toks, str_of(name), &words);
}

/* What mentions of one name and type have in common. */
static uint64_t
name_key(const struct canon *c, const struct canon_mention *m)
{
	const uint32_t *same = set_find(&c->same, m->name);

	return typed(same == NULL ? m->name : c->same_full[*same], m->type);
}

static uint64_t
typed(uint64_t hash, int type)
{
	return hash_join(hash, (uint64_t)type + 1);
}

/* Make the entities of mentions that need no other to be understood. */
static void
full_names(struct canon *c, const struct doc *doc,
    const struct canon_mention *v, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		uint32_t e;

		c->entity[i] = NO_ENTITY;
		if (!is_full(&v[i]))
			continue;
		e = find_full(c, &v[i]);
		if (e == NO_ENTITY)
			e = entity_new(c, doc, &v[i]);
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
    const struct canon_mention *v, size_t n)
{
	size_t i;

	/* A surname means the person last named in full: go through all
	 * mentions in order, so that two of one surname stay apart. */
	for (i = 0; i < n; i++) {
		uint32_t e = c->entity[i];

		if (e != NO_ENTITY) {
			if (v[i].type == CANON_PER)
				put(&c->tail, v[i].tail, e, 1);
			continue;
		}
		e = find_short(c, doc, &v[i]);
		if (e == NO_ENTITY) {
			e = entity_new(c, doc, &v[i]);
			remember(c, &v[i], e);
		}
		c->entity[i] = e;
	}
}

static uint32_t
entity_new(
    struct canon *c, const struct doc *doc, const struct canon_mention *m)
{
	if (c->n == c->cap)
		c->v = mem_grow(c->v, &c->cap, c->n + 1, sizeof(*c->v));
	c->v[c->n] =
	    (struct canon_entity){.name = text(doc, m), .type = m->type};
	return (uint32_t)c->n++;
}

static uint32_t
find_full(struct canon *c, const struct canon_mention *m)
{
	uint32_t e = get(&c->name, name_key(c, m));

	if (e == NO_ENTITY && m->type == CANON_PER)
		e = get(&c->pair, hash_join(m->head, m->tail));
	return e;
}

static uint32_t
find_short(
    struct canon *c, const struct doc *doc, const struct canon_mention *m)
{
	uint32_t e;

	if (m->type == CANON_PER) {
		e = get(&c->tail, m->tail);
		if (e != NO_ENTITY &&
		    (m->words == 1 || str_ends(c->v[e].name, text(doc, m))))
			return e;
		e = get(&c->head, typed(m->head, m->type));
		if (e != NO_ENTITY && m->words == 1)
			return e;
	} else if (m->words == 1 && m->type == CANON_ORG) {
		e = get(&c->name, name_key(c, m));
		if (e != NO_ENTITY)
			return e;
		if (m->acronym)
			e = get(&c->pair, m->initials);
		if (e != NO_ENTITY)
			return e;
		e = get(&c->head, typed(m->head, m->type));
		if (e != NO_ENTITY)
			return e;
		/* "Congress" after "U.S. Congress", if there is one alone. */
		e = get(&c->last, m->tail);
		if (e != NO_ENTITY)
			return e;
	}
	return get(&c->name, name_key(c, m));
}

static void
remember(struct canon *c, const struct canon_mention *m, uint32_t e)
{
	uint32_t *last;
	int fresh;

	put(&c->name, name_key(c, m), e, 0);
	if (m->type == CANON_PER && m->words > 1) {
		put(&c->pair, hash_join(m->head, m->tail), e, 0);
		put(&c->tail, m->tail, e, 0);
		put(&c->head, typed(m->head, m->type), e, 0);
	} else if (m->type == CANON_ORG && m->words > 1) {
		if (m->known_head)
			put(&c->head, typed(m->head, m->type), e, 0);
		put(&c->pair, m->initials, e, 0);
		last = set_at(&c->last, m->tail, &fresh);
		if (fresh)
			*last = e;
		else if (*last != e)
			*last = NO_ENTITY;
	}
}

/* Whether the mention may be the fullest form of a name. */
static int
is_full(const struct canon_mention *m)
{
	if (m->type == CANON_PER && m->particle)
		return 0;
	return m->words > 1 || m->type >= CANON_LOC;
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

/* Whether the ASCII letters, of which there are some, are all capitals. */
static int
capitals(struct str s)
{
	size_t i, upper = 0;

	for (i = 0; i < s.n; i++) {
		if (s.p[i] >= 'a' && s.p[i] <= 'z')
			return 0;
		upper += s.p[i] >= 'A' && s.p[i] <= 'Z';
	}
	return upper > 0;
}

/* Let the mention tell more of its entity. */
static void
describe(struct canon_entity *e, const struct doc *doc,
    const struct canon_mention *m)
{
	struct str name = text(doc, m);

	e->count++;
	/* The longest; of NORWAY and Norway the one that can be read. */
	if (name.n > e->name.n ||
	    (name.n == e->name.n && capitals(e->name) && !capitals(name)))
		e->name = name;
	if (m->type != CANON_PER)
		return;
	if (e->role.n == 0 && m->role_end > m->role_at)
		e->role =
		    str_sub(doc->v[m->block].text, m->role_at, m->role_end);
	if (e->gender == 0)
		e->gender = m->gender;
}
