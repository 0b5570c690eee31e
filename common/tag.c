/* SPDX-License-Identifier: ISC */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/canon.h"
#include "common/hash.h"
#include "common/labels.h"
#include "common/mem.h"
#include "common/mention.h"
#include "common/model.h"
#include "common/tag.h"
#include "common/trait.h"
#include "common/vote.h"

/* Words of a name in a headline, if it is in no list. */
#define HEADLINE_NAME 4

/* Tokens of a name.  What runs on is no name: hostile or no text. */
#define NAME_MOST 64

struct tag {
	struct model model;
	/* What each type of the model is to others. */
	uint8_t type[MODEL_TYPES];
	struct trait trait;
	struct labels label;     /* of a piece */
	struct canon_mention *v; /* of the document */
	size_t n, cap;
	struct vote vote;
	struct canon canon;
	uint64_t junior, senior; /* hashes of jr, sr */
	int scores;              /* are asked for */
};

/* A name as it is decoded: tokens [from,to) of a piece. */
struct span {
	const struct trait_piece *piece;
	size_t from, to;
	uint32_t type; /* of the model */
	int settled;   /* by a rule */
	int listed;    /* the whole of it */
};

static void use_model(struct tag *);
static void piece(struct tag *, const struct trait_piece *);
static int is_strange(const struct trait *, size_t token);
static int has_half_a_quote(const struct trait *, const struct span *);
static int seen_inside(const struct trait *, const struct trait_token *);
static int holds_abroad(const struct trait *, const struct span *);
static size_t
person_end(const struct tag *, const struct trait_piece *, size_t k);
static int is_quote(const struct tok *);
static void settle(const struct tag *, struct span *);
static void person_begin(const struct tag *, struct span *);
static void mention(struct tag *, const struct span *);
static void speak(const struct tag *, const struct span *, int32_t *say);
static float sure(const struct tag *, const struct span *);
static void fill(const struct tag *, struct tag_names *);

struct tag *
tag_new(void)
{
	const char *why;
	size_t none = 0;
	struct tag *tag = mem_grow(NULL, &none, 1, sizeof(*tag));

	memset(tag, 0, sizeof(*tag));
	tag->junior = tok_hash(STR_LIT("jr"));
	tag->senior = tok_hash(STR_LIT("sr"));
	(void)model_open(&tag->model, NULL, &why);
	use_model(tag);
	return tag;
}

int
tag_model(struct tag *tag, const char *path, const char **why)
{
	struct model model;

	if (model_open(&model, path, why) == -1)
		return -1;
	model_close(&tag->model);
	tag->model = model;
	use_model(tag);
	return 0;
}

struct str
tag_type_name(const struct tag *tag, unsigned type)
{
	uint32_t i;

	for (i = 0; i < tag->model.head->types; i++)
		if (tag->type[i] == type)
			return str_of(tag->model.head->type[i]);
	return (struct str){NULL, 0};
}

void
tag_scores(struct tag *tag)
{
	tag->scores = 1;
}

void
tag_watch(struct tag *tag, struct trait_watch watch)
{
	tag->trait.watch = watch;
}

void
tag_doc(struct tag *tag, const struct doc *doc, struct tag_names *names)
{
	struct trait_at at = {0, 0};
	size_t i;

	tag->n = 0;
	mem_reset(&names->mem);
	while (trait_part(&tag->trait, doc, &at))
		for (i = 0; i < tag->trait.pieces; i++)
			piece(tag, &tag->trait.piece[i]);
	vote_find(
	    &tag->vote, tag->v, tag->n, tag->type, tag->model.head->types);
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
	trait_free(&tag->trait);
	labels_free(&tag->label);
	canon_free(&tag->canon);
	vote_free(&tag->vote);
	model_close(&tag->model);
	free(tag->v);
	free(tag);
}

static void
use_model(struct tag *tag)
{
	static const char *const known[] = {"PER", "ORG", "LOC", "MISC"};
	const struct model_head *h = tag->model.head;
	struct trait_watch watch;
	uint32_t i, k;

	labels_init(&tag->label, &tag->model);
	for (i = 0; i < h->types; i++) {
		tag->type[i] = (uint8_t)(TAG_OTHER + i);
		for (k = 0; k < TAG_OTHER; k++)
			if (strcmp(h->type[i], known[k]) == 0)
				tag->type[i] = (uint8_t)k;
	}
	watch = tag->trait.watch;
	trait_free(&tag->trait);
	trait_init(&tag->trait, &tag->model, 0);
	tag->trait.watch = watch;
}

/* Find the names of a piece. */
static void
piece(struct tag *tag, const struct trait_piece *p)
{
	size_t n = p->to - p->from, i, k;

	labels_piece(&tag->label, &tag->trait, p);
	for (i = 0; i < n; i = k) {
		uint32_t type = (tag->label.v[i] - 1U) / 2;
		struct span s;

		k = i + 1;
		if (tag->label.v[i] == 0)
			continue;
		while (tag->label.v[k] != 0 && tag->label.v[k] % 2 == 0)
			k++;
		if (tag->type[type] == TAG_PER)
			k = person_end(tag, p, k);
		s = (struct span){p, p->from + i, p->from + k, type, 0, 0};
		/* No class has it, so it is no English "police" or "city". */
		while (tag->type[type] != TAG_PER && s.to - s.from > 1 &&
		       is_strange(&tag->trait, s.to - 1))
			s.to--;
		if (s.to - s.from > NAME_MOST ||
		    has_half_a_quote(&tag->trait, &s))
			continue;
		settle(tag, &s);
		/* Headlines capitalise what is no name as well. */
		if (tag->trait.v[s.from].style == TRAIT_TITLE &&
		    s.to - s.from > HEADLINE_NAME && !s.listed)
			continue;
		if (!tag->trait.foreign || holds_abroad(&tag->trait, &s))
			mention(tag, &s);
	}
}

/* Whether a token is a word in lower case that English hardly has. */
static int
is_strange(const struct trait *t, size_t token)
{
	struct lexeme_form is = t->v[token].is;

	/* A model may do without classes. */
	return t->model->head->paths > 1 && !is.capital && !is.mark &&
	       !is.digit && !is.known;
}

/* Whether a quotation begins or ends inside it, which none of a name does. */
static int
has_half_a_quote(const struct trait *t, const struct span *s)
{
	size_t i, marks = 0;

	for (i = s->from; i < s->to; i++)
		marks += (size_t)is_quote(&t->tok[i]);
	return marks % 2 != 0;
}

/* Whether a word is capitalised inside a sentence of the part. */
static int
seen_inside(const struct trait *t, const struct trait_token *v)
{
	return v->memo != TRAIT_NONE && t->memo.v[v->memo].capitals > 0;
}

/* Whether what looks like a name to one who knows English alone may be one in
 * another language: a listed word, or several that are capitalised. */
static int
holds_abroad(const struct trait *t, const struct span *s)
{
	size_t i;

	/* First words that never stand inside a sentence are words. */
	if (s->to - s->from == 1)
		return trait_word(t, s->from)->named != 0 &&
		       (t->v[s->from].start == 0 ||
			   seen_inside(t, &t->v[s->from]));
	for (i = s->from; i < s->to; i++) {
		const struct lexeme *x = trait_word(t, i);

		if (!x->is.capital && !x->is.mark &&
		    (x->triggers & TRIGGER_PARTICLE) == 0)
			return 0;
	}
	return 1;
}

/*
 * Where a person's name ends whose labels end with token `k` of a piece:
 * behind `"Bobby" Hale` and `, Jr.` if they follow.
 */
static size_t
person_end(const struct tag *tag, const struct trait_piece *p, size_t k)
{
	const struct trait *t = &tag->trait;
	const struct tok *tok = t->tok + p->from;
	size_t n = p->to - p->from, i = k;

	if (k < n && is_quote(&tok[k]))
		for (i = k + 1; i < n && i < k + 4 && !is_quote(&tok[i]);)
			i++;
	if (i > k + 1 && i + 1 < n && is_quote(&tok[i]) &&
	    tag->label.v[i + 1] != 0 &&
	    tag->type[(tag->label.v[i + 1] - 1) / 2] == TAG_PER) {
		k = i + 2;
		while (tag->label.v[k] != 0 && tag->label.v[k] % 2 == 0)
			k++;
	}
	i = k + (k < n && tok[k].kind == TOK_MARK && tok[k].hash == ',');
	if (i < n &&
	    (i + 1 == n || tag->label.v[i + 1] % 2 == 1 ||
		tag->label.v[i + 1] == 0) &&
	    (tok[i].hash == tag->junior || tok[i].hash == tag->senior))
		return i + 1;
	return k;
}

static int
is_quote(const struct tok *t)
{
	return t->kind == TOK_MARK &&
	       (t->hash == '"' || t->hash == 0x201c || t->hash == 0x201d ||
		   t->hash == 0x201e || t->hash == 0xab || t->hash == 0xbb);
}

/*
 * Rules that hold without exception: no title in a person's name, and some
 * listed names are always of one type.
 */
static void
settle(const struct tag *tag, struct span *s)
{
	const struct model_head *h = tag->model.head;
	const struct trait *t = &tag->trait;
	uint64_t hash = 0, kinds, spoken = 0;
	uint32_t i;
	size_t k;

	if (tag->type[s->type] == TAG_PER)
		person_begin(tag, s);
	for (k = s->from; k < s->to; k++)
		hash = hash_join(hash, trait_word(t, k)->low);
	kinds = model_kinds(&tag->model, hash);
	s->listed = (kinds & ~MODEL_GOES_ON) != 0;
	for (i = 0; i < h->types; i++)
		if ((kinds & h->sure[i]) != 0) {
			s->type = i;
			s->settled = 1;
			return;
		}
	for (i = 0; i < h->types; i++)
		spoken += (kinds & h->speak[i]) != 0;
	for (i = 0; i < h->types; i++)
		if ((kinds & h->alone[i]) != 0 && spoken == 1) {
			s->type = i;
			s->settled = 1;
		}
}

/* Take titles off a person's name, and "van der" before it on. */
static void
person_begin(const struct tag *tag, struct span *s)
{
	const struct trait *t = &tag->trait;
	size_t first = s->piece->from, n;

	while (s->to - s->from > 1 &&
	       ((trait_word(t, s->from)->role & LEXEME_TITLE) != 0 ||
		   trait_word(t, s->from)->is.mark))
		s->from++;
	for (n = 0; n < 2 && s->from > first; n++) {
		const struct lexeme *x = trait_word(t, s->from - 1);

		if (tag->label.v[s->from - 1 - first] != 0 ||
		    (x->triggers & TRIGGER_PARTICLE) == 0 || x->is.capital)
			break;
		s->from--;
	}
	/* Will and Grace begin sentences as other words do. */
	if (s->from > first && tag->label.v[s->from - 1 - first] == 0 &&
	    t->v[s->from - 1].start != 0 &&
	    trait_word(t, s->from - 1)->is.capital &&
	    (trait_word(t, s->from - 1)->triggers &
		(TRIGGER_WOMAN | TRIGGER_MAN)) != 0)
		s->from--;
}

static void
mention(struct tag *tag, const struct span *s)
{
	const struct trait *t = &tag->trait;
	struct canon_mention *m;

	tag->v = mem_grow(tag->v, &tag->cap, tag->n + 1, sizeof(*tag->v));
	m = &tag->v[tag->n++];
	*m = (struct canon_mention){.block = s->piece->block,
	    .at = t->tok[s->from].at,
	    .end = t->tok[s->to - 1].end,
	    .words = (uint16_t)(s->to - s->from),
	    .type = tag->type[s->type],
	    .score = tag->scores ? sure(tag, s) : 0};
	speak(tag, s, m->say);
	mention_describe(
	    t, s->piece, s->from, &tag->canon, tag->n > 1 ? m - 1 : NULL, m);
}

/* What the tokens of a name say for each type, in the mean. */
static void
speak(const struct tag *tag, const struct span *s, int32_t *say)
{
	uint32_t types = tag->model.head->types, k;
	int32_t n = 0;
	size_t i;

	for (k = 0; k < types; k++)
		say[k] = 0;
	for (i = s->from; i < s->to; i++) {
		size_t at = i - s->piece->from;

		if (tag->label.v[at] == 0)
			continue;
		n++;
		for (k = 0; k < types; k++)
			say[k] += tag->label.sum[at]
				      .v[2 * k + (tag->label.v[at] % 2 == 0)];
	}
	for (k = 0; k < types && n > 0; k++)
		say[k] /= n;
	/* A rule has the last word. */
	for (k = 0; k < types; k++)
		if (k == s->type && s->settled)
			say[k] = INT16_MAX;
}

/* How sure the name is: by its token that is least ahead. */
static float
sure(const struct tag *tag, const struct span *s)
{
	const struct model_head *h = tag->model.head;
	int32_t least = INT32_MAX;
	size_t i;
	double odds;

	for (i = s->from - s->piece->from; i < s->to - s->piece->from; i++) {
		struct decode_score score;
		int32_t lead;

		/* Taken in by a rule. */
		if (tag->label.v[i] == 0)
			continue;
		score = decode_lanes(tag->label.sum[i]);
		lead = decode_lead(&score, tag->label.v[i]);
		least = lead < least ? lead : least;
	}
	odds = ((double)h->base + (double)least * h->step) / 65536;
	return (float)(1 / (1 + exp(-odds)));
}

/* Hand out the mentions and the entities. */
static void
fill(const struct tag *tag, struct tag_names *names)
{
	const struct canon *c = &tag->canon;
	size_t i;

	names->v = mem_grow(names->v, &names->cap, tag->n, sizeof(*names->v));
	for (i = 0; i < tag->n; i++) {
		const struct canon_mention *m = &tag->v[i];

		names->v[i] = (struct tag_name){
		    m->block, m->at, m->end, c->entity[i], m->type, m->score};
	}
	names->n = tag->n;
	names->entities = c->n;
	names->entity = mem_grow(
	    names->entity, &names->entity_cap, c->n, sizeof(*names->entity));
	for (i = 0; i < c->n; i++)
		names->entity[i] = (struct tag_entity){c->v[i].name,
		    c->v[i].role, c->v[i].count, c->v[i].type, c->v[i].gender};
}
