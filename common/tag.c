/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/canon.h"
#include "common/chunk.h"
#include "common/clue.h"
#include "common/gaz.h"
#include "common/hash.h"
#include "common/hyphen.h"
#include "common/piece.h"
#include "common/points.h"
#include "common/tag.h"

/* Against a common word that only ever begins sentences. */
#define UNSURE_POINTS 15

/*
 * A text is taken to be of another language if fewer of the words that begin
 * its sentences, in percent, are English ones, and fewer are in any list.  Of
 * English news articles two in a hundred come below 43, and below 63.
 */
#define ENGLISH_STARTS 50
#define LISTED_STARTS  70
#define ENOUGH_STARTS  4

/*
 * Against a single word of such a text that is in no list or only ever begins
 * sentences: as much as a full name that it is part of speaks for it.
 */
#define FOREIGN_POINTS 40

/* What a word is of some full name of the document. */
enum part { PART_LAST = 1, PART_FIRST = 2, PART_BODY = 4, PART_INITIALS = 8 };

/* Mentions of the same words. */
struct group {
	int32_t points[POINTS_N];
	int32_t n;
	int sure;   /* counted: those that do more than begin a sentence */
	int inside; /* one stands inside a sentence */
};

struct tag {
	struct gaz gaz;
	struct tok_list raw, cut;
	struct gaz_word *word; /* of the block */
	size_t word_cap;
	struct chunks chunks;
	struct canon_mention *v; /* of the document */
	size_t n, cap;
	/* first words of sentences: all, of English, in some list */
	size_t starts, english_starts, listed_starts;
	unsigned char *late; /* of each block: it has headlines */
	size_t late_cap;
	struct group *group;
	size_t groups, group_cap;
	struct set groups_by; /* name to group + 1 */
	struct set seen;      /* words that are names in running text */
	struct set parts;     /* words of full names to enum part */
	struct canon canon;
};

static unsigned char
block(struct tag *, const struct doc *, size_t, int headlines);
static unsigned char
piece(struct tag *, struct str text, size_t, int headlines);
static void count_start(struct tag *, uint32_t names);
static int foreign(const struct tag *);
static void mention(struct tag *, const struct chunk_text *, size_t,
    struct chunk, int headline);
static void role(const struct chunk_text *, size_t, struct canon_mention *);
static void
initials(const struct chunk_text *, struct chunk, struct canon_mention *);
static void gather_seen(struct tag *);
static void gather_parts(struct tag *);
static void part_points(const struct tag *, struct canon_mention *);
static void gather_groups(struct tag *);
static void decide(struct tag *);
static uint32_t full_at(const struct chunk_text *, struct chunk, uint32_t at);
static void fill(const struct tag *, struct tag_names *);
static float score(const struct canon_mention *);
static int by_place(const void *, const void *);
static void forget(struct set *);

struct tag *
tag_new(void)
{
	size_t none = 0;
	struct tag *tag = mem_grow(NULL, &none, 1, sizeof(*tag));

	memset(tag, 0, sizeof(*tag));
	gaz_init(&tag->gaz);
	return tag;
}

void
tag_doc(struct tag *tag, const struct doc *doc, struct tag_names *names)
{
	size_t i, n;

	tag->n = 0;
	tag->starts = tag->english_starts = tag->listed_starts = 0;
	mem_reset(&names->mem);
	if (doc->n > tag->late_cap)
		tag->late = mem_grow(tag->late, &tag->late_cap, doc->n, 1);
	for (i = 0; i < doc->n; i++)
		tag->late[i] = block(tag, doc, i, 0);
	gather_seen(tag);
	n = tag->n;
	for (i = 0; i < doc->n; i++)
		if (tag->late[i])
			block(tag, doc, i, 1);
	if (tag->n > n)
		qsort(tag->v, tag->n, sizeof(*tag->v), by_place);
	gather_groups(tag);
	gather_parts(tag);
	decide(tag);
	canon_find(&tag->canon, doc, tag->v, tag->n);
	fill(tag, names);
}

void
tag_names_free(struct tag_names *names)
{
	free(names->v);
	free(names->entity);
	mem_free(&names->mem);
	memset(names, 0, sizeof(*names));
}

void
tag_free(struct tag *tag)
{
	if (tag == NULL)
		return;
	tok_free(&tag->raw);
	tok_free(&tag->cut);
	chunk_free(&tag->chunks);
	canon_free(&tag->canon);
	set_free(&tag->groups_by);
	set_free(&tag->seen);
	set_free(&tag->parts);
	free(tag->word);
	free(tag->v);
	free(tag->late);
	free(tag->group);
	free(tag);
}

/*
 * Find the possible names of a block: in its headlines, or in the rest.
 * Returns whether anything was left for the other.
 */
static unsigned char
block(struct tag *tag, const struct doc *doc, size_t i, int headlines)
{
	struct str text = doc->v[i].text;
	size_t from, to;
	unsigned char left = 0;

	for (from = 0; from < text.n; from = to) {
		size_t n = tag->n;

		to = piece_end(text, from);
		left |= piece(tag, str_sub(text, from, to), i, headlines);
		for (; from > 0 && n < tag->n; n++) {
			struct canon_mention *m = &tag->v[n];

			m->at += (uint32_t)from;
			m->end += (uint32_t)from;
			m->full_at += (uint32_t)from;
			m->role_at += (uint32_t)from;
			m->role_end += (uint32_t)from;
		}
	}
	return left;
}

/* The same for a piece of block `i`. */
static unsigned char
piece(struct tag *tag, struct str text, size_t i, int headlines)
{
	const struct tok_list *l;
	struct chunk_text t;
	size_t k, c;
	unsigned char left = 0;

	l = hyphen_split(&tag->raw, &tag->cut, text);
	if (l->n > tag->word_cap)
		tag->word = mem_grow(
		    tag->word, &tag->word_cap, l->n, sizeof(*tag->word));
	gaz_block(&tag->gaz, text, l, tag->word);
	t = (struct chunk_text){text, l->v, tag->word, l->n};
	tag->chunks.n = 0;
	for (k = 0; k < l->sentences; k++) {
		size_t from = l->sentence[k];
		size_t to = k + 1 < l->sentences ? l->sentence[k + 1] : l->n;

		if (!headlines && l->v[from].kind == TOK_WORD)
			count_start(tag, tag->word[from].names);
		if (chunk_headline(&t, from, to) == headlines)
			chunk_sentence(
			    &tag->chunks, &t, from, to, headlines, &tag->seen);
		else
			left = 1;
	}
	for (c = 0; c < tag->chunks.n; c++)
		mention(tag, &t, i, tag->chunks.v[c], headlines);
	return left;
}

static void
count_start(struct tag *tag, uint32_t names)
{
	tag->starts++;
	tag->english_starts += (names & GAZ_WORD) != 0;
	tag->listed_starts += names != 0;
}

static int
foreign(const struct tag *tag)
{
	return tag->starts >= ENOUGH_STARTS &&
	       tag->english_starts * 100 < tag->starts * ENGLISH_STARTS &&
	       tag->listed_starts * 100 < tag->starts * LISTED_STARTS;
}

static void
mention(struct tag *tag, const struct chunk_text *t, size_t i, struct chunk c,
    int headline)
{
	struct clue_set clues;
	struct canon_mention *m;
	size_t k;

	if (tag->n == tag->cap)
		tag->v =
		    mem_grow(tag->v, &tag->cap, tag->n + 1, sizeof(*tag->v));
	m = &tag->v[tag->n++];
	*m = (struct canon_mention){.block = (uint32_t)i,
	    .at = t->tok[c.from].at,
	    .end = t->tok[c.to - 1].end,
	    .head = t->tok[c.from].hash,
	    .tail = t->tok[c.to - 1].hash,
	    .words = (uint16_t)(c.to - c.from)};
	for (k = c.from; k < c.to; k++)
		m->name = hash_join(m->name, t->tok[k].hash);
	m->known_head =
	    (t->word[c.from].names &
		(GAZ_WORD | GAZ_PLACE | GAZ_PEOPLE | GAZ_GIVEN)) == 0;
	m->listed = t->word[c.from].names != 0;
	m->place = (t->word[c.from].names & (GAZ_COUNTRY | GAZ_CITY)) != 0;
	initials(t, c, m);
	role(t, c.from, m);
	if ((t->word[c.from].triggers & GAZ_WOMAN) != 0 && m->words > 1 &&
	    m->gender == TAG_UNKNOWN)
		m->gender = TAG_FEMALE;
	if ((t->word[c.from].triggers & GAZ_MAN) != 0 && m->words > 1 &&
	    m->gender == TAG_UNKNOWN)
		m->gender = TAG_MALE;
	clue_find(&clues, t, c, headline);
	points_sum(&clues, m->points);
	m->type = (uint8_t)points_best(m->points);
	m->doubtful = clue_has(&clues, CLUE_WORD_AT_START) ||
		      clue_has(&clues, CLUE_NAME_AT_START);
	m->at_start = (uint8_t)clue_has(&clues, CLUE_AT_START);
	m->acronym = m->words == 1 && m->initials >> 16 != 0 &&
		     (t->tok[c.from].flags & TOK_UPPER) != 0;
	m->full_at = full_at(t, c, m->at);
	m->bracket =
	    c.from > 0 && c.to < t->n && t->tok[c.from - 1].kind == TOK_MARK &&
	    t->tok[c.from - 1].hash == '(' && t->tok[c.to].hash == ')' &&
	    tag->n > 1 && m[-1].block == i && c.from > 1 &&
	    m[-1].end == t->tok[c.from - 2].end && m->words == 1 &&
	    m[-1].words > 1 &&
	    (m[-1].initials == m->initials ||
		m[-1].initials >> 8 == m->initials);
}

/* Where the name begins if it turns out to be a person's (bin Laden) or if it
 * is of a newspaper (The Guardian). */
static uint32_t
full_at(const struct chunk_text *t, struct chunk c, uint32_t at)
{
	const struct gaz_word *w = &t->word[c.from];
	uint32_t kinds = w->phrase_n > 0 ? w->phrase : w->names;
	size_t i = c.from;

	if (i > 0 && (kinds & GAZ_MEDIA) != 0 &&
	    str_eq(tok_str(t->text, &t->tok[i - 1]), STR_LIT("The")))
		return t->tok[i - 1].at;
	while (i > 0 && c.from - i < 2 && t->tok[i - 1].kind == TOK_WORD &&
	       (t->tok[i - 1].flags & TOK_LOWER) != 0 &&
	       (t->word[i - 1].triggers & GAZ_PARTICLE) != 0)
		at = t->tok[--i].at;
	return at;
}

/* Find the title words before the name that starts at token `from`. */
static void
role(const struct chunk_text *t, size_t from, struct canon_mention *m)
{
	size_t i = from, k;
	int titles = 0;

	while (i > 0 && from - i < 6 && t->tok[i - 1].kind == TOK_WORD &&
	       (t->tok[i].flags & TOK_FIRST) == 0) {
		const struct gaz_word *w = &t->word[i - 1];

		if ((w->triggers & (GAZ_TITLE | GAZ_ROLE | GAZ_TITLE_MAN |
				       GAZ_TITLE_WOMAN)) != 0)
			titles++;
		else if ((w->triggers & GAZ_STARTS) == 0 &&
			 (w->names & (GAZ_PEOPLE | GAZ_COUNTRY)) == 0)
			break;
		i--;
	}
	/* Do not begin with a word that only starts a longer title. */
	if (titles == 0)
		return;
	m->role_at = t->tok[i].at;
	m->role_end = t->tok[from - 1].end;
	for (k = i; k < from; k++) {
		if ((t->word[k].triggers & GAZ_TITLE_WOMAN) != 0)
			m->gender = TAG_FEMALE;
		else if ((t->word[k].triggers & GAZ_TITLE_MAN) != 0)
			m->gender = TAG_MALE;
	}
}

/* The capitals that the words begin with, or those of an acronym. */
static void
initials(const struct chunk_text *t, struct chunk c, struct canon_mention *m)
{
	size_t i, k;

	for (i = c.from; i < c.to; i++) {
		struct str s = tok_str(t->text, &t->tok[i]);
		size_t n = c.to - c.from == 1 ? s.n : 1;

		for (k = 0; k < n; k++)
			if (s.p[k] >= 'A' && s.p[k] <= 'Z')
				m->initials = m->initials << 8 | s.p[k];
	}
}

/* Gather the words that are names in running text, for the headlines. */
static void
gather_seen(struct tag *tag)
{
	size_t i;
	int fresh;

	forget(&tag->seen);
	for (i = 0; i < tag->n; i++) {
		const struct canon_mention *m = &tag->v[i];

		if (m->type == POINTS_NONE)
			continue;
		if (m->words == 1)
			set_at(&tag->seen, m->name, &fresh);
		else if (m->type == POINTS_PER)
			set_at(&tag->seen, m->tail, &fresh);
	}
}

/*
 * Let full names speak for what is short for them: a surname, the first word
 * of a company, an acronym.
 */
static void
gather_parts(struct tag *tag)
{
	size_t i;
	int fresh;

	forget(&tag->parts);
	for (i = 0; i < tag->n; i++) {
		const struct canon_mention *m = &tag->v[i];

		if (m->words < 2)
			continue;
		if (m->type == POINTS_PER) {
			*set_at(&tag->parts, m->tail, &fresh) |= PART_LAST;
			*set_at(&tag->parts, m->head, &fresh) |= PART_FIRST;
		} else if (m->type == POINTS_ORG) {
			if (m->known_head)
				*set_at(&tag->parts, m->head, &fresh) |=
				    PART_BODY;
			*set_at(&tag->parts, m->initials, &fresh) |=
			    PART_INITIALS;
		}
	}
	for (i = 0; i < tag->n; i++)
		if (tag->v[i].words == 1)
			part_points(tag, &tag->v[i]);
}

static void
part_points(const struct tag *tag, struct canon_mention *m)
{
	const uint32_t *part = set_find(&tag->parts, m->tail);

	if (part != NULL && (*part & PART_LAST) != 0)
		m->points[POINTS_PER] += m->place ? 12 : 40;
	else if (part != NULL && (*part & PART_FIRST) != 0)
		m->points[POINTS_PER] += 15;
	if (part != NULL && (*part & PART_BODY) != 0)
		m->points[POINTS_ORG] += 20;
	if (m->acronym) {
		part = set_find(&tag->parts, m->initials);
		if (part != NULL && (*part & PART_INITIALS) != 0)
			m->points[POINTS_ORG] += 40;
	}
}

/*
 * Let mentions of the same words speak for each other: the points of each are
 * added to by the mean of all, or of those alone that do not just begin a
 * sentence, if there are any.
 */
static void
gather_groups(struct tag *tag)
{
	int other = foreign(tag), fresh, k;
	size_t i;

	forget(&tag->groups_by);
	tag->groups = 0;
	for (i = 0; i < tag->n; i++) {
		struct canon_mention *m = &tag->v[i];
		uint32_t *at = set_at(&tag->groups_by, m->name, &fresh);
		struct group *g;

		if (fresh) {
			*at = (uint32_t)tag->groups++;
			if (tag->groups > tag->group_cap)
				tag->group =
				    mem_grow(tag->group, &tag->group_cap,
					tag->groups, sizeof(*tag->group));
			memset(&tag->group[*at], 0, sizeof(*tag->group));
		}
		m->group = *at;
		g = &tag->group[*at];
		g->inside |= !m->at_start;
		if (m->doubtful && g->sure)
			continue;
		if (!m->doubtful && !g->sure)
			*g = (struct group){.sure = 1, .inside = g->inside};
		for (k = 0; k < POINTS_N; k++)
			g->points[k] += m->points[k];
		g->n++;
	}
	for (i = 0; i < tag->n; i++) {
		struct canon_mention *m = &tag->v[i];
		const struct group *g = &tag->group[m->group];

		for (k = 0; k < POINTS_N; k++)
			m->points[k] += g->points[k] / g->n;
		if (!g->sure)
			m->points[POINTS_NONE] += UNSURE_POINTS;
		if (other && m->words == 1 && (!m->listed || !g->inside))
			m->points[POINTS_NONE] += FOREIGN_POINTS;
		m->type = (uint8_t)points_best(m->points);
	}
}

/* Settle the type of each mention from its own clues and its group's. */
static void
decide(struct tag *tag)
{
	size_t i;

	for (i = 0; i < tag->n; i++) {
		struct canon_mention *m = &tag->v[i];

		m->type = (uint8_t)points_best(m->points);
		if (m->type == POINTS_PER ||
		    (m->type == POINTS_ORG &&
			tag->v[i].at - m->full_at == sizeof("The ") - 1))
			m->at = m->full_at;
		if (m->bracket && i > 0 && tag->v[i - 1].type != POINTS_NONE)
			m->type = tag->v[i - 1].type;
	}
}

/* Hand out the mentions that are names, and the entities. */
static void
fill(const struct tag *tag, struct tag_names *names)
{
	const struct canon *c = &tag->canon;
	size_t i;

	names->n = 0;
	if (tag->n > names->cap)
		names->v =
		    mem_grow(names->v, &names->cap, tag->n, sizeof(*names->v));
	for (i = 0; i < tag->n; i++) {
		const struct canon_mention *m = &tag->v[i];

		if (m->type != POINTS_NONE)
			names->v[names->n++] = (struct tag_name){m->block,
			    m->at, m->end, c->entity[i], m->type, score(m)};
	}
	names->entities = c->n;
	if (c->n > names->entity_cap)
		names->entity = mem_grow(names->entity, &names->entity_cap,
		    c->n, sizeof(*names->entity));
	for (i = 0; i < c->n; i++)
		names->entity[i] = (struct tag_entity){c->v[i].name,
		    c->v[i].role, c->v[i].count, c->v[i].type, c->v[i].gender};
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

static int
by_place(const void *a, const void *b)
{
	const struct canon_mention *x = a, *y = b;

	if (x->block != y->block)
		return x->block < y->block ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
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
