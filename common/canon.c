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
static void long_name(struct canon *, const struct canon_mention *);
static void full_names(
    struct canon *, const struct doc *, const struct canon_mention *, size_t);
static void short_names(
    struct canon *, const struct doc *, const struct canon_mention *, size_t);
static uint32_t
entity_new(struct canon *, const struct doc *, const struct canon_mention *);
static void
join(struct canon *, uint32_t entity, const struct canon_mention *, uint32_t *);
static uint32_t find_full(struct canon *, const struct canon_mention *);
static int differs(const struct canon_entity *, const struct canon_mention *);
static uint32_t
find_short(struct canon *, const struct doc *, const struct canon_mention *);
static uint32_t
find_person(struct canon *, const struct doc *, const struct canon_mention *);
static void remember(struct canon *, const struct doc *,
    const struct canon_mention *, uint32_t entity);
static void remember_person(struct canon *, const struct doc *,
    const struct canon_mention *, uint32_t entity);
static uint64_t surname(const struct doc *, const struct canon_mention *);
static int is_full(const struct canon *, const struct canon_mention *);
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
	set_forget(&c->ends);
	set_forget(&c->tail);
	set_forget(&c->head);
	set_forget(&c->pair);
	set_forget(&c->last);
	c->n = 0;
	if (n > c->mention_cap)
		c->entity =
		    mem_grow(c->entity, &c->mention_cap, n, sizeof(*c->entity));
	for (i = 0; i < n; i++)
		long_name(c, &v[i]);
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
	set_free(&c->ends);
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

/* Note the ends of a long name that may stand for it: Bonham Carter. */
static void
long_name(struct canon *c, const struct canon_mention *m)
{
	size_t k;

	for (k = 0; k < CANON_ENDS && m->ends[k] != 0; k++)
		put(&c->ends, m->ends[k], 1, 0);
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
		if (!is_full(c, &v[i]))
			continue;
		e = find_full(c, &v[i]);
		if (e == NO_ENTITY)
			e = entity_new(c, doc, &v[i]);
		join(c, e, &v[i], &c->entity[i]);
		remember(c, doc, &v[i], e);
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

	for (i = 0; i < n; i++) {
		uint32_t e = c->entity[i];

		if (e != NO_ENTITY)
			continue;
		e = find_short(c, doc, &v[i]);
		if (e == NO_ENTITY) {
			e = entity_new(c, doc, &v[i]);
			remember(c, doc, &v[i], e);
		}
		join(c, e, &v[i], &c->entity[i]);
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

/* Let the mention be of this entity. */
static void
join(struct canon *c, uint32_t e, const struct canon_mention *m, uint32_t *to)
{
	struct canon_entity *entity = &c->v[e];

	*to = e;
	if (entity->gender == CANON_UNKNOWN)
		entity->gender = m->gender;
	if (entity->middle == 0)
		entity->middle = m->middle;
	if (entity->junior == 0)
		entity->junior = m->junior;
}

static uint32_t
find_full(struct canon *c, const struct canon_mention *m)
{
	uint32_t e = get(&c->name, name_key(c, m));

	if (e != NO_ENTITY || m->type != CANON_PER)
		return e;
	e = get(&c->pair, hash_join(m->head, m->tail));
	return e != NO_ENTITY && differs(&c->v[e], m) ? NO_ENTITY : e;
}

/* Whether names of the same ends are of two persons: John P. Miller is not
 * John T. Miller, and Paul Greene Jr. is not Paul Greene Sr. */
static int
differs(const struct canon_entity *e, const struct canon_mention *m)
{
	return (m->middle != 0 && e->middle != 0 && m->middle != e->middle) ||
	       (m->junior != 0 && e->junior != 0 && m->junior != e->junior);
}

/* The person of whose name this is the end or, of one word, the beginning. */
static uint32_t
find_person(
    struct canon *c, const struct doc *doc, const struct canon_mention *m)
{
	uint64_t end = m->words == 1 ? surname(doc, m) : m->name;
	uint32_t e;

	/* Mr Smith is the first man of that name. */
	if (m->gender != CANON_UNKNOWN) {
		e = get(&c->tail, hash_join(end, m->gender));
		if (e != NO_ENTITY)
			return e;
	}
	e = get(&c->tail, end);
	if (e == NO_ENTITY)
		return m->words > 1 ? NO_ENTITY
				    : get(&c->head, typed(m->head, m->type));
	/* Mrs May is not Philip May. */
	return m->gender != CANON_UNKNOWN && c->v[e].gender != CANON_UNKNOWN &&
		       m->gender != c->v[e].gender
		   ? NO_ENTITY
		   : e;
}

static uint32_t
find_short(
    struct canon *c, const struct doc *doc, const struct canon_mention *m)
{
	uint32_t e;

	if (m->type == CANON_PER) {
		e = find_person(c, doc, m);
		if (e != NO_ENTITY)
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
remember(struct canon *c, const struct doc *doc, const struct canon_mention *m,
    uint32_t e)
{
	uint32_t *last;
	int fresh;

	put(&c->name, name_key(c, m), e, 0);
	if (m->type == CANON_PER && m->words > 1) {
		put(&c->pair, hash_join(m->head, m->tail), e, 0);
		put(&c->head, typed(m->head, m->type), e, 0);
		remember_person(c, doc, m, e);
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

/* Note what a person may be called by.  Of two that may the first is who the
 * text is about: it names relatives in full later, and others by all of it. */
static void
remember_person(struct canon *c, const struct doc *doc,
    const struct canon_mention *m, uint32_t e)
{
	uint64_t end = surname(doc, m);
	uint64_t gender = c->v[e].gender;
	size_t k = 0;

	do {
		put(&c->tail, end, e, 0);
		if (gender != CANON_UNKNOWN)
			put(&c->tail, hash_join(end, gender), e, 0);
		end = k < CANON_ENDS ? m->ends[k++] : 0;
	} while (end != 0);
}

/* The last word, without the article of Arabic: Bashar al-Assad is Assad. */
static uint64_t
surname(const struct doc *doc, const struct canon_mention *m)
{
	static const char *const articles[] = {
	    "al-", "el-", "Al-", "El-", "as-", "ad-", "ar-", "an-", NULL};
	struct str s = text(doc, m);
	size_t i = s.n, k;

	while (i > 0 && s.p[i - 1] != ' ')
		i--;
	s = str_sub(s, i, s.n);
	if (s.n < 4 || s.p[2] != '-')
		return m->tail;
	for (k = 0; articles[k] != NULL; k++)
		if (str_starts(s, str_of(articles[k])))
			return tok_hash(str_sub(s, 3, s.n));
	return m->tail;
}

/* Whether the mention may be the fullest form of a name. */
static int
is_full(const struct canon *c, const struct canon_mention *m)
{
	if (m->type == CANON_PER &&
	    (m->particle || set_find(&c->ends, m->name) != NULL))
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
	/* "Reed, Jr." is no fuller than "Tom Reed". */
	int surname_alone = m->type == CANON_PER && m->words == 1 &&
			    memchr(e->name.p, ' ', e->name.n) != NULL;

	e->count++;
	/* The longest; of NORWAY and Norway the one that can be read. */
	if ((name.n > e->name.n && !surname_alone) ||
	    (name.n == e->name.n && capitals(e->name) && !capitals(name)))
		e->name = name;
	if (m->type != CANON_PER)
		return;
	if (e->role.n == 0 && m->role_end > m->role_at)
		e->role =
		    str_sub(doc->v[m->block].text, m->role_at, m->role_end);
}
