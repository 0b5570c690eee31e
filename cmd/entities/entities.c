/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "common/model.h"
#include "common/piece.h"
#include "common/tag.h"
#include "common/tok.h"

#include "cmd/entities/entities.h"
#include "cmd/entities/list.h"
#include "cmd/entities/meta.h"
#include "cmd/entities/value.h"

/* Names first, as in enum tag_type, then values, as in enum value_type. */
static const char *const types[] = {"PER", "ORG", "LOC", "MISC", "DATE", "TIME",
    "MONEY", "PERCENT", "QUANTITY", "URL", "EMAIL", "HANDLE", "PHONE"};

#define TYPES  (sizeof(types) / sizeof(types[0]))
#define VALUES 4 /* index of the first value type */

/* Something found. */
struct found {
	uint32_t block;   /* index into doc.v */
	uint32_t at, end; /* bytes */
	uint32_t type;    /* index into the types of the list */
	int yields;       /* enum value_yields */
	float score;
	struct str canonical; /* empty: the text itself */
};

struct found_list {
	struct found *v;
	size_t n, cap;
};

struct entities {
	struct entities_options options;
	int only_list; /* the user's names replace ours */
	struct list list;
	unsigned char *keep; /* of each type: whether to write it */
	/* Of the types of another model, from TAG_OTHER on: in the list. */
	uint32_t other[MODEL_TYPES];
	struct tag *tag;
	struct tag_names names;
	struct tok_list toks;
	struct value_list values;
	struct day day; /* of the document */
	/* Of the document, by place: the user's names, values. */
	struct found_list listed, value;
	/* Of the block at hand: the user's patterns and the tagger's names;
	 * then merged. */
	struct found_list matched, name;
	struct found_list user, firm, all;
	struct mem mem;
};

static void gather_texts(struct entities *, const struct doc *);
static void gather_tokens(void *entities, size_t block, size_t from,
    struct str text, const struct tok_list *);
static void gather_list(
    struct found_list *, const struct list *, size_t block, size_t from);
static struct found_list
of_block(const struct found_list *, size_t block, size_t *next);
static void gather_names(struct entities *, size_t block, size_t *name);
static const struct found_list *merge(struct found_list *,
    const struct found_list *strong, const struct found_list *weak);
static int gives_way(const struct found *value, const struct found *name);
static void add(struct found_list *, struct found);
static size_t put(const struct entities *, const struct doc *, size_t block,
    const struct found_list *, struct out *);

struct entities *
entities_new(void)
{
	size_t none = 0, i;
	struct entities *e = mem_grow(NULL, &none, 1, sizeof(*e));

	memset(e, 0, sizeof(*e));
	e->list.costly = (struct fault){
	    "pattern too costly, rest of block passed over", 1, 0, NULL, 0};
	e->tag = tag_new();
	tag_watch(
	    e->tag, (struct trait_watch){.piece = gather_tokens, .arg = e});
	for (i = 0; i < TYPES; i++)
		(void)list_type(&e->list, str_of(types[i]));
	return e;
}

void
entities_set(struct entities *e, struct entities_options options)
{
	e->options = options;
	if (options.scores || options.least > 0)
		tag_scores(e->tag);
}

int
entities_list(
    struct entities *e, const char *path, int add, char why[160], size_t *line)
{
	e->only_list |= !add;
	return list_load(&e->list, path, why, line);
}

int
entities_model(struct entities *e, const char *path, const char **why)
{
	unsigned i;

	if (tag_model(e->tag, path, why) == -1)
		return -1;
	for (i = 0; i < MODEL_TYPES; i++) {
		struct str name = tag_type_name(e->tag, TAG_OTHER + i);

		if (name.n > 0)
			e->other[i] = list_type(&e->list, name);
	}
	return 0;
}

int
entities_types(struct entities *e, const char *list, struct str *unknown)
{
	size_t none = 0, n, i, known = e->list.types;

	free(e->keep);
	e->keep = mem_grow(NULL, &none, known, 1);
	memset(e->keep, 0, known);
	for (;; list += n + 1) {
		n = strcspn(list, ",");
		*unknown = (struct str){(const unsigned char *)list, n};
		i = list_type(&e->list, *unknown);
		if (i >= known)
			return -1;
		e->keep[i] = 1;
		if (list[n] == '\0')
			return 0;
	}
}

size_t
entities_doc(struct entities *e, const struct doc *doc, struct out *out)
{
	const struct found_list *all;
	size_t i, listed = 0, value = 0, name = 0, rows = 0;

	mem_reset(&e->mem);
	e->names.n = e->listed.n = e->value.n = 0;
	e->day = e->options.day;
	if (e->options.meta != NULL)
		e->day = meta_day(e->options.meta, doc->id, e->day);
	if (e->only_list)
		gather_texts(e, doc);
	else
		tag_doc(e->tag, doc, &e->names);
	for (i = 0; i < doc->n; i++) {
		struct found_list names = of_block(&e->listed, i, &listed);
		struct found_list values = of_block(&e->value, i, &value);

		list_patterns(&e->list, doc->v[i].text);
		e->matched.n = 0;
		gather_list(&e->matched, &e->list, i, 0);
		gather_names(e, i, &name);
		all = merge(&e->user, &names, &e->matched);
		if (e->options.prefer_model) {
			all = merge(
			    &e->all, merge(&e->firm, &values, &e->name), all);
		} else {
			all = merge(&e->firm, all, &values);
			all = merge(&e->all, all, &e->name);
		}
		rows += put(e, doc, i, all, out);
	}
	return rows;
}

const struct fault *
entities_costly(const struct entities *e)
{
	return &e->list.costly;
}

void
entities_free(struct entities *e)
{
	if (e == NULL)
		return;
	list_free(&e->list);
	value_free(&e->values);
	free(e->listed.v);
	free(e->matched.v);
	free(e->value.v);
	free(e->name.v);
	free(e->user.v);
	free(e->firm.v);
	free(e->all.v);
	tok_free(&e->toks);
	mem_free(&e->mem);
	tag_names_free(&e->names);
	tag_free(e->tag);
	free(e->keep);
	free(e);
}

/* Find the user's names, and values, without the tagger. */
static void
gather_texts(struct entities *e, const struct doc *doc)
{
	size_t from, to, i;

	for (i = 0; i < doc->n; i++)
		for (from = 0; from < doc->v[i].text.n; from = to) {
			struct str text = doc->v[i].text;

			to = piece_end(text, from);
			text = str_sub(text, from, to);
			tok_text(&e->toks, text);
			gather_tokens(e, i, from, text, &e->toks);
		}
}

/* Find them in the text that begins at byte `from` of a block. */
static void
gather_tokens(void *entities, size_t block, size_t from, struct str text,
    const struct tok_list *toks)
{
	struct entities *e = entities;
	size_t i;

	list_names(&e->list, text, toks);
	gather_list(&e->listed, &e->list, block, from);
	value_find(&e->values, &e->mem, text, toks, e->day);
	for (i = 0; i < e->values.n; i++) {
		const struct value *v = &e->values.v[i];

		add(&e->value,
		    (struct found){(uint32_t)block, (uint32_t)from + v->at,
			(uint32_t)from + v->end, VALUES + (uint32_t)v->type,
			v->yields, 1, v->canonical});
	}
}

/* Add what the list found in the text that begins at byte `from`. */
static void
gather_list(
    struct found_list *to, const struct list *l, size_t block, size_t from)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		add(to,
		    (struct found){(uint32_t)block, (uint32_t)from + l->v[i].at,
			(uint32_t)from + l->v[i].end, l->v[i].type, 0, 1,
			l->v[i].canonical});
}

/* What of the document's is in a block: `*next` is the first, then that of the
 * next block. */
static struct found_list
of_block(const struct found_list *l, size_t block, size_t *next)
{
	size_t from = *next;

	while (*next < l->n && l->v[*next].block == block)
		++*next;
	return (struct found_list){
	    *next == from ? NULL : l->v + from, *next - from, 0};
}

/* The tagger's names in a block: `*name` is the first, then the next one's. */
static void
gather_names(struct entities *e, size_t block, size_t *name)
{
	e->name.n = 0;
	for (; *name < e->names.n && e->names.v[*name].block == block;
	     ++*name) {
		const struct tag_name *n = &e->names.v[*name];
		uint32_t type = n->type < TAG_OTHER
				    ? n->type
				    : e->other[n->type - TAG_OTHER];

		if (n->score < e->options.least)
			continue;
		add(&e->name, (struct found){n->block, n->at, n->end, type, 0,
				  n->score, e->names.entity[n->entity].name});
	}
}

/*
 * All of `strong`, and what of `weak` does not overlap it, by place: put
 * together in `to`, or one of the two if the other is empty.  Of both "Sunday"
 * and "The Sunday Times" the latter stays.
 */
static const struct found_list *
merge(struct found_list *to, const struct found_list *strong,
    const struct found_list *weak)
{
	size_t s = 0, w = 0;

	if (weak->n == 0)
		return strong;
	if (strong->n == 0)
		return weak;
	to->n = 0;
	while (w < weak->n) {
		const struct found *b = &weak->v[w];

		if (s < strong->n && strong->v[s].end <= b->at) {
			add(to, strong->v[s++]);
		} else if (s < strong->n && gives_way(&strong->v[s], b)) {
			s++;
		} else {
			if (s == strong->n || b->end <= strong->v[s].at)
				add(to, *b);
			w++;
		}
	}
	while (s < strong->n)
		add(to, strong->v[s++]);
	return to;
}

/* Whether a value gives way to a name that it is a part of. */
static int
gives_way(const struct found *value, const struct found *name)
{
	if (value->yields == VALUE_STAYS || name->at > value->at ||
	    name->end < value->end)
		return 0;
	return name->end > value->end ||
	       (value->yields == VALUE_PART && name->at < value->at);
}

static void
add(struct found_list *l, struct found f)
{
	if (l->n == l->cap)
		l->v = mem_grow(l->v, &l->cap, l->n + 1, sizeof(*l->v));
	l->v[l->n++] = f;
}

/* Write the rows of a block; returns their number. */
static size_t
put(const struct entities *e, const struct doc *doc, size_t block,
    const struct found_list *all, struct out *out)
{
	struct str text = doc->v[block].text;
	size_t i, at = 0, units = 0, rows = 0;

	for (i = 0; i < all->n; i++) {
		const struct found *f = &all->v[i];
		struct str s = str_sub(text, f->at, f->end);

		if (e->keep != NULL && !e->keep[f->type])
			continue;
		/* Count on from the row before. */
		units += utf_count(str_sub(text, at, f->at), e->options.unit);
		at = f->at;
		out_raw(out, doc->id);
		out_raw(out, STR_LIT("\t"));
		out_number(out, doc->v[block].number);
		out_number(out, units);
		out_number(out, units + utf_count(s, e->options.unit));
		out_field(out, e->list.type[f->type]);
		out_field(out, s);
		out_field(out, f->canonical.n > 0 ? f->canonical : s);
		if (e->options.scores)
			out_score(out, (double)f->score);
		out_endrow(out);
		rows++;
	}
	return rows;
}
