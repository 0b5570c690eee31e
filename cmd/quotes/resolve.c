/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "common/tag.h"
#include "common/tok.h"

#include "cmd/quotes/describe.h"
#include "cmd/quotes/plural.h"
#include "cmd/quotes/resolve.h"

/* How many mentions are looked at, back and ahead, for one speaker: what is
 * farther away is hardly meant, and this bounds the cost. */
#define BACK  60
#define AHEAD 20

/* Bytes between a name and its relative pronoun, titles and all. */
#define RELATIVE 60

/* Bytes that titles before a name may take. */
#define TITLES 60

#define NONE UINT32_MAX

struct resolve {
	const struct word_list *words;
	struct kept *kept;
	struct tag *tag;
	struct given *given; /* names in place of the tagger's, or NULL */
	struct tag_names names;
	struct describe describe;
	struct tok_list toks;
	uint8_t *inside; /* for each mention: it stands in quotation marks */
	size_t inside_cap;

	/* of the document at hand */
	const struct doc *doc;
	size_t next;   /* first mention at or behind the speaker at hand */
	uint32_t last; /* person who spoke last, or NONE */
	size_t last_block;
	struct str last_body; /* body or group that spoke last, or empty */
	int described;        /* `describe` knows the document */
	int tagged;           /* `names` are those of the next document */
};

static void
mark_inside(struct resolve *, const struct attrib_quote *, size_t n);
static size_t mention_at(const struct resolve *, uint32_t block, uint32_t at);
static struct str name_of(struct resolve *, const struct attrib_source *);
static uint32_t fuller(const struct resolve *, uint32_t entity);
static int holds_word(const struct tag_entity *, struct str word);
static uint32_t
mention_of(const struct resolve *, const struct attrib_source *);
static int is_head(const struct resolve *, const struct attrib_source *,
    const struct tag_name *);
static int in_name(const struct resolve *, const struct tag_name *, size_t);
static int behind_office(const struct resolve *, const struct attrib_source *,
    const struct tag_name *);
static int speaks_through(const struct resolve *, const struct attrib_source *,
    const struct tag_name *);
static uint32_t pronoun_of(
    const struct resolve *, const struct attrib_source *, uint32_t classes);
static int person_fits(const struct resolve *, uint32_t entity, uint32_t);
static int leads(const struct resolve *, const struct tag_name *);
static uint32_t
relative_of(const struct resolve *, const struct attrib_source *);
static int
fit_of(const struct resolve *, const struct describe_query *, size_t mention);
static void gather(struct resolve *);
static uint32_t described_by(struct resolve *, const struct attrib_source *);
static uint32_t apposed(const struct resolve *, const struct attrib_source *);
static uint32_t body_of(struct resolve *, const struct attrib_source *);
static struct str bare_name(struct resolve *, struct str speaker);
static int token_is(const struct resolve *, size_t i, uint32_t classes);

struct resolve *
resolve_new(const struct word_list *words, struct kept *kept)
{
	struct resolve *r;
	size_t none = 0;

	r = mem_grow(NULL, &none, 1, sizeof(*r));
	*r = (struct resolve){.words = words, .kept = kept, .tag = tag_new()};
	return r;
}

int
resolve_model(struct resolve *r, const char *path, const char **why)
{
	if (tag_model(r->tag, path, why) == -1)
		return -1;
	if (tag_type_name(r->tag, TAG_PER).n > 0)
		return 0;
	*why = "model without persons (type PER)";
	return -1;
}

void
resolve_given(struct resolve *r, struct given *given)
{
	r->given = given;
}

void
resolve_watch(struct resolve *r, struct trait_watch watch)
{
	tag_watch(r->tag, watch);
}

void
resolve_tag(struct resolve *r, const struct doc *doc)
{
	tag_doc(r->tag, doc, &r->names);
	r->tagged = 1;
}

int
resolve_doc(struct resolve *r, const struct doc *doc,
    const struct attrib_quote *v, size_t n, struct str *name,
    struct given_error *error)
{
	size_t i;

	r->doc = doc;
	r->last = NONE;
	if (r->given == NULL && !r->tagged)
		r->names.n = 0;
	else if (r->given != NULL &&
		 given_doc(r->given, doc, &r->names, error) == -1)
		return -1;
	r->tagged = 0;
	mark_inside(r, v, n);
	r->last_body = (struct str){0};
	r->described = 0;
	for (i = 0; i < n; i++) {
		const struct attrib_source *s = &v[i].source;

		/* Parts of one quotation, and floating ones. */
		if (i > 0 && s->speaker.p == v[i - 1].source.speaker.p &&
		    s->speaker.n == v[i - 1].source.speaker.n)
			name[i] = name[i - 1];
		else
			name[i] = name_of(r, s);
	}
	return 0;
}

void
resolve_free(struct resolve *r)
{
	if (r == NULL)
		return;
	tag_free(r->tag);
	tag_names_free(&r->names);
	describe_free(&r->describe);
	tok_free(&r->toks);
	free(r->inside);
	free(r);
}

/* Who is named inside quotation marks is seldom who speaks next. */
static void
mark_inside(struct resolve *r, const struct attrib_quote *v, size_t n)
{
	size_t i, k = 0;

	r->inside = mem_grow(r->inside, &r->inside_cap, r->names.n + 1, 1);
	for (i = 0; i < r->names.n; i++) {
		const struct tag_name *m = &r->names.v[i];

		while (
		    k < n && (v[k].block < m->block ||
				 (v[k].block == m->block && v[k].end <= m->at)))
			k++;
		r->inside[i] = k < n && v[k].block == m->block &&
			       v[k].at <= m->at && v[k].kind == ATTRIB_DIRECT;
	}
}

/* The index of the first mention that ends behind this place. */
static size_t
mention_at(const struct resolve *r, uint32_t block, uint32_t at)
{
	size_t low = 0, high = r->names.n;

	while (low < high) {
		size_t mid = (low + high) / 2;
		const struct tag_name *m = &r->names.v[mid];

		if (m->block < block || (m->block == block && m->end <= at))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static struct str
name_of(struct resolve *r, const struct attrib_source *s)
{
	const struct tag_entity *e;
	uint32_t entity, classes = 0;

	if (s->speaker.n == 0)
		return s->speaker;
	r->next = mention_at(r, s->block, s->at);
	tok_text(&r->toks, s->speaker);
	if (r->toks.n == 1)
		classes = word_classes(r->words, r->toks.v[0].hash);
	if ((classes & WORD_REL) != 0)
		entity = relative_of(r, s);
	else if ((classes & (WORD_HE | WORD_SHE)) != 0)
		entity = pronoun_of(r, s, classes);
	else if ((classes & WORD_PRON) != 0)
		return (classes & (WORD_THEY | WORD_IT)) != 0 &&
			       r->last_body.n > 0
			   ? r->last_body
			   : s->speaker;
	else if (plural_joined(&r->names, r->next, r->doc, s))
		return r->last_body = plural_name(&r->names, r->next, s);
	else if ((entity = mention_of(r, s)) == NONE)
		entity = described_by(r, s);
	if (entity == NONE) {
		struct str name = bare_name(r, s->speaker);

		if (classes == 0)
			r->last_body = name;
		return name;
	}
	if (classes == 0)
		entity = fuller(r, entity);
	e = &r->names.entity[entity];
	if (e->type == TAG_PER) {
		r->last = entity;
		r->last_block = s->block;
	} else {
		r->last_body = e->name;
	}
	return e->name;
}

/* The person near by in whose name that of a person stands who is called by
 * one word: "Roe" of "Jane Roe Doe". */
static uint32_t
fuller(const struct resolve *r, uint32_t entity)
{
	const struct tag_entity *e = &r->names.entity[entity];
	size_t low = r->next > BACK ? r->next - BACK : 0, i;
	size_t high =
	    r->names.n - r->next < AHEAD ? r->names.n : r->next + AHEAD;

	if (e->type != TAG_PER || memchr(e->name.p, ' ', e->name.n) != NULL)
		return entity;
	for (i = low; i < high; i++) {
		uint32_t other = r->names.v[i].entity;

		if (holds_word(&r->names.entity[other], e->name))
			return other;
	}
	return entity;
}

/* Whether the word stands inside the person's name: canonical forms know its
 * ends already. */
static int
holds_word(const struct tag_entity *e, struct str word)
{
	struct str rest;
	size_t i;

	for (i = 1; e->type == TAG_PER && i + word.n < e->name.n; i++) {
		rest = str_sub(e->name, i, e->name.n);
		if (e->name.p[i - 1] == ' ' && str_starts(rest, word) &&
		    rest.p[word.n] == ' ')
			return 1;
	}
	return 0;
}

/* The entity that the speaker's phrase names. */
static uint32_t
mention_of(const struct resolve *r, const struct attrib_source *s)
{
	size_t i;

	for (i = r->next; i < r->names.n; i++) {
		const struct tag_name *m = &r->names.v[i];

		if (m->block != s->block || m->at >= s->at + s->speaker.n)
			break;
		/* A name may wrongly begin with the word before. */
		if (m->at >= s->at && is_head(r, s, m))
			return m->entity;
	}
	return NONE;
}

/* Whether a mention is what the phrase is about: its end, "spokesman X", or
 * its beginning, "X of Y". */
static int
is_head(const struct resolve *r, const struct attrib_source *s,
    const struct tag_name *m)
{
	struct str text = r->doc->v[s->block].text, rest;
	size_t end = s->at + s->speaker.n, i;

	if (m->end < end && !speaks_through(r, s, m)) {
		rest = str_sub(text, m->end, end);
		return str_starts(rest, STR_LIT(" (")) ||
		       str_starts(rest, STR_LIT(",")) ||
		       str_eq(rest, STR_LIT("'s")) ||
		       str_eq(rest, STR_LIT("\xe2\x80\x99s")) ||
		       (r->names.entity[m->entity].type == TAG_PER &&
			   (str_starts(rest, STR_LIT(" of ")) ||
			       str_starts(rest, STR_LIT(" at ")) ||
			       str_starts(rest, STR_LIT(" from "))));
	}
	/* "A spokesman for X", "X and Y" are neither. */
	for (i = 0; i < r->toks.n && s->at + r->toks.v[i].at < m->at; i++) {
		uint32_t classes = word_classes(r->words, r->toks.v[i].hash);

		if ((classes & (WORD_JOIN | WORD_PREP)) == 0 ||
		    in_name(r, m, s->at + r->toks.v[i].at))
			continue;
		if ((classes & WORD_JOIN) != 0 || !behind_office(r, s, m))
			return 0;
	}
	return 1;
}

/* Whether the byte at `at` is part of the mention before `m`: the "of" of
 * "House of Delegates Speaker Jane Roe". */
static int
in_name(const struct resolve *r, const struct tag_name *m, size_t at)
{
	return m > r->names.v && m[-1].block == m->block && m[-1].at <= at &&
	       at < m[-1].end;
}

/* "Secretary of State Jane Roe": whether the person stands right behind the
 * name of what the office is of. */
static int
behind_office(const struct resolve *r, const struct attrib_source *s,
    const struct tag_name *m)
{
	const struct tok *t;
	size_t i = 0;

	while (i < r->toks.n && s->at + r->toks.v[i].at < m->at)
		i++;
	if (i < 2 || r->names.entity[m->entity].type != TAG_PER)
		return 0;
	t = &r->toks.v[i - 1];
	return t->kind == TOK_WORD && (t->flags & TOK_CAPITAL) != 0 &&
	       (word_classes(r->words, t->hash) &
		   (WORD_TITLE | WORD_PERSON | WORD_PREP)) == 0;
}

/* "X's statement", "X news agency": whether the words behind the mention are
 * for what X speaks through. */
static int
speaks_through(const struct resolve *r, const struct attrib_source *s,
    const struct tag_name *m)
{
	const struct tok_list *l = &r->toks;
	size_t i;

	if (l->n == 0 ||
	    (word_classes(r->words, l->v[l->n - 1].hash) & WORD_PAPER) == 0)
		return 0;
	for (i = 0; i < l->n && s->at + l->v[i].at < m->end; i++)
		;
	if (l->n - i > 4)
		return 0;
	for (; i < l->n; i++)
		if ((l->v[i].flags & (TOK_OWNER | TOK_LOWER)) == 0 ||
		    (word_classes(r->words, l->v[i].hash) & WORD_PREP) != 0)
			return 0;
	return 1;
}

/*
 * The person a pronoun means: one that leads a sentence since the last
 * quotation, else who spoke last, else the one named last.
 */
static uint32_t
pronoun_of(
    const struct resolve *r, const struct attrib_source *s, uint32_t classes)
{
	uint32_t nearest = NONE;
	size_t i, n;
	int spoke = r->last != NONE && r->last_block + 1 >= s->block &&
		    person_fits(r, r->last, classes);

	for (i = r->next, n = 0; i > 0 && n < BACK; n++) {
		const struct tag_name *m = &r->names.v[--i];

		if (spoke && m->block < r->last_block)
			break;
		if (r->inside[i] || !person_fits(r, m->entity, classes))
			continue;
		if (m->entity == r->last || leads(r, m))
			return m->entity;
		if (nearest == NONE)
			nearest = m->entity;
	}
	return spoke ? r->last : nearest;
}

static int
person_fits(const struct resolve *r, uint32_t entity, uint32_t classes)
{
	const struct tag_entity *e = &r->names.entity[entity];

	if (e->type != TAG_PER)
		return 0;
	if (e->gender == TAG_FEMALE)
		return (classes & WORD_SHE) != 0;
	if (e->gender == TAG_MALE)
		return (classes & WORD_HE) != 0;
	return 1;
}

/* Whether the mention stands at the beginning of a sentence or clause. */
static int
leads(const struct resolve *r, const struct tag_name *m)
{
	struct str text = r->doc->v[m->block].text;
	struct str rest = str_sub(text, m->end, text.n);
	const unsigned char *p = text.p;
	size_t i = m->at, words = 0;

	if (str_starts(rest, STR_LIT("'s")) ||
	    str_starts(rest, STR_LIT("\xe2\x80\x99s")))
		return 0;
	/* A title or two may stand before the name. */
	while (i > 0 && words < 3 && m->at - i < TITLES) {
		i--;
		if (p[i] == '?' || p[i] == '!' || p[i] == ',')
			return 1;
		if (p[i] == '.')
			return m->at - i < 3 || words > 0;
		if (p[i] != ' ')
			continue;
		if (p[i + 1] >= 'a' && p[i + 1] <= 'z')
			return 0;
		words += i + 1 < m->at;
	}
	return i == 0;
}

/* "X, who said": the name just before. */
static uint32_t
relative_of(const struct resolve *r, const struct attrib_source *s)
{
	size_t i;

	for (i = r->next; i-- > 0;) {
		const struct tag_name *m = &r->names.v[i];

		if (m->block != s->block || m->end + RELATIVE < s->at)
			break;
		if (r->names.entity[m->entity].type == TAG_PER)
			return m->entity;
	}
	return NONE;
}

static int
fit_of(const struct resolve *r, const struct describe_query *q, size_t mention)
{
	uint32_t entity = r->names.v[mention].entity;

	return r->names.entity[entity].type == TAG_PER
		   ? describe_fit(&r->describe, q, entity)
		   : 0;
}

/* Gather what the document says of its names, for the first description. */
static void
gather(struct resolve *r)
{
	if (!r->described)
		describe_doc(
		    &r->describe, r->doc, &r->names, r->kept, r->words);
	r->described = 1;
}

/* The person that "the Norwegian leader" describes: the best fit, of those
 * the one named last before, else next behind. */
static uint32_t
described_by(struct resolve *r, const struct attrib_source *s)
{
	struct describe_query q;
	uint32_t best = NONE;
	int most = 0;
	size_t i, n;

	if ((best = apposed(r, s)) != NONE)
		return best;
	if (!describe_query(&r->describe, s->speaker, r->words, &q))
		return body_of(r, s);
	gather(r);
	for (i = r->next, n = 0; i > 0 && n < BACK; n++) {
		int fit =
		    describe_fit(&r->describe, &q, r->names.v[--i].entity);

		if (fit > most) {
			most = fit;
			best = r->names.v[i].entity;
		}
	}
	for (i = r->next; most == 0 && i < r->names.n && i < r->next + AHEAD;
	     i++) {
		most = fit_of(r, &q, i);
		if (most > 0)
			best = r->names.v[i].entity;
	}
	return best;
}

/* The person named right behind: "said his mother, Jane Roe." */
static uint32_t
apposed(const struct resolve *r, const struct attrib_source *s)
{
	struct str text = r->doc->v[s->block].text, rest;
	uint32_t end = s->at + (uint32_t)s->speaker.n;
	size_t i = mention_at(r, s->block, end + 2);
	const struct tag_name *m;

	if (i == r->names.n)
		return NONE;
	m = &r->names.v[i];
	if (m->block != s->block || m->at != end + 2 || text.p[end] != ',' ||
	    r->names.entity[m->entity].type != TAG_PER)
		return NONE;
	rest = str_sub(text, m->end, text.n);
	return rest.n == 0 || rest.p[0] == '.' || rest.p[0] == ',' ? m->entity
								   : NONE;
}

/* The body that "the council" means: the one named last before. */
static uint32_t
body_of(struct resolve *r, const struct attrib_source *s)
{
	uint64_t noun;
	size_t i, n;

	if (!describe_body(&r->describe, s->speaker, r->words, &noun))
		return NONE;
	gather(r);
	for (i = r->next, n = 0; i > 0 && n < BACK; n++) {
		uint32_t entity = r->names.v[--i].entity;

		if (r->names.entity[entity].type == TAG_ORG &&
		    describe_is(&r->describe, noun, entity))
			return entity;
	}
	return NONE;
}

/* A name that the tagger did not find, without its title: the last words in
 * capitals, if there are two.  Otherwise the speaker as written. */
static struct str
bare_name(struct resolve *r, struct str speaker)
{
	/* "A report by the Star Institute" speaks for it. */
	static const char *const makers[] = {"by", "from"};
	const struct tok_list *l = &r->toks;
	size_t i, to, of;

	tok_text(&r->toks, speaker);
	for (i = to = l->n; i > 0 && l->v[i - 1].kind == TOK_WORD &&
			    (l->v[i - 1].flags & TOK_CAPITAL) != 0;)
		i--;
	/* "A spokesman for the Roe Group" is somebody else. */
	of = i - (i > 0 && token_is(r, i - 1, WORD_DET));
	if (of > 0 && token_is(r, of - 1, WORD_PREP) &&
	    !str_in(tok_str(speaker, &l->v[of - 1]), makers, 2))
		return speaker;
	while (i < to && token_is(r, i, WORD_TITLE | WORD_PERSON | WORD_DET))
		i++;
	return to - i < 2 ? speaker : tok_span(speaker, l, i, to);
}

/* Whether token `i` of the phrase at hand is of one of these classes. */
static int
token_is(const struct resolve *r, size_t i, uint32_t classes)
{
	return (word_classes(r->words, r->toks.v[i].hash) & classes) != 0;
}
