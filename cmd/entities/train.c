/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/ask.h"
#include "common/doc.h"
#include "common/hash.h"
#include "common/in.h"
#include "common/trait.h"
#include "common/utf.h"

#include "cmd/entities/bundle.h"
#include "cmd/entities/gold.h"
#include "cmd/entities/learn.h"
#include "cmd/entities/plan.h"
#include "cmd/entities/train.h"

struct train {
	struct plan plan;
	struct bundle bundle;
	struct trait trait;
	struct learn learn;
	struct gold gold;
	const struct plan_set *set; /* at hand */
	uint8_t *label;             /* of each token of the part */
	size_t label_cap;
	size_t docs;                /* so far, of all sets */
	size_t tokens, names, lost; /* of the set; names no token edge fits */
	struct mem mem;             /* of the blocks in capitals */
	struct doc_block *other;
	size_t other_cap;
	struct ask_rows asked;
	struct ask_rows all;
};

static int
fail(struct train_fault *, const char *file, size_t line, const char *why);
static int
read_set(struct train *, const struct train_watch *, struct train_fault *);
static void document(struct train *, const struct doc *);
static void in_capitals(struct train *, const struct doc *);
static struct str raise(struct mem *, struct str);
static void take_part(struct train *, const struct doc *);
static void
label_block(struct train *, const struct doc *, const struct trait_piece *);
static void mark(struct train *, const struct trait_piece *,
    const struct gold_name *, size_t from, size_t to);
static void take_piece(struct train *, const struct trait_piece *);
static void word_rows(struct train *, size_t token, enum lexeme_place);
static void domain_rows(struct train *, const struct trait_piece *, size_t);
static void learn_all(struct train *, const struct train_watch *);

int
train_run(const char *path, int fd, const struct train_watch *watch,
    struct train_fault *fault)
{
	struct train t;
	const char *why = NULL;
	char *file = NULL;
	size_t i, line;
	int bad = 0;

	memset(&t, 0, sizeof(t));
	*fault = (struct train_fault){path, 0, ""};
	if (plan_load(&t.plan, path, fault->why, &fault->line) == -1)
		return -1;
	if (bundle_init(&t.bundle, &t.plan, &file, &line, &why) == -1)
		return fail(fault, file, line, why);
	trait_init(&t.trait, &t.bundle.model, 1);
	for (i = 0; i < t.plan.sets && !bad; i++) {
		t.set = &t.plan.set[i];
		bad = read_set(&t, watch, fault) == -1;
	}
	trait_free(&t.trait);
	mem_free(&t.mem);
	free(t.label);
	free(t.other);
	if (!bad) {
		learn_all(&t, watch);
		bad = bundle_write(&t.bundle, fd) == -1;
		if (bad)
			(void)fail(fault, "output", 0, NULL);
	}
	learn_free(&t.learn);
	bundle_free(&t.bundle);
	if (!bad)
		plan_free(&t.plan);
	return bad ? -1 : 0;
}

static int
fail(struct train_fault *fault, const char *file, size_t line, const char *why)
{
	fault->file = file;
	fault->line = line;
	fault->why[0] = '\0';
	if (why != NULL)
		memcpy(fault->why, why, strlen(why) + 1);
	return -1;
}

/* Take in the texts and marks of a set. */
static int
read_set(
    struct train *t, const struct train_watch *watch, struct train_fault *fault)
{
	char *args[2] = {t->set->records, NULL};
	struct doc doc;
	struct in in;
	size_t line;
	int got;

	t->tokens = t->names = t->lost = 0;
	if (gold_load(&t->gold, &t->plan, t->set->gold, &line) == -1)
		return fail(fault, t->set->gold, line,
		    line > 0 ? "not a row `doc block start end type`" : NULL);
	in_init(&in, args, IN_ROW_MAX);
	doc_init(&doc, &in,
	    (struct doc_options){
		.format = DOC_ROWS, .strict = 1, .max_doc = (size_t)64 << 20});
	while ((got = doc_next(&doc)) == 1) {
		document(t, &doc);
		if (t->set->capitals > 0)
			in_capitals(t, &doc);
		t->docs++;
	}
	if (got == -1)
		(void)fail(fault, t->set->records, in.line, NULL);
	else
		watch->read(t->set->records, t->tokens, t->names, t->lost);
	doc_free(&doc);
	in_free(&in);
	gold_free(&t->gold);
	return got;
}

static void
document(struct train *t, const struct doc *doc)
{
	struct trait_at at = {0, 0};

	while (trait_part(&t->trait, doc, &at))
		take_part(t, doc);
}

/* Take one in so many blocks of a document once more, in capitals. */
static void
in_capitals(struct train *t, const struct doc *doc)
{
	struct doc copy = *doc;
	size_t i;

	mem_reset(&t->mem);
	t->other =
	    mem_grow(t->other, &t->other_cap, doc->n + 1, sizeof(*t->other));
	copy.v = t->other;
	copy.n = 0;
	for (i = 0; i < doc->n; i++) {
		uint64_t at = hash_join(hash_64(doc->id, 1), doc->v[i].number);

		if (at % t->set->capitals != 0)
			continue;
		copy.v[copy.n] = doc->v[i];
		copy.v[copy.n++].text = raise(&t->mem, doc->v[i].text);
	}
	if (copy.n > 0)
		document(t, &copy);
}

/* The text in upper case, of as many characters. */
static struct str
raise(struct mem *mem, struct str s)
{
	unsigned char *p = mem_new(mem, 2 * s.n + 1, 1);
	size_t i, len, n = 0;

	for (i = 0; i < s.n; i += len) {
		int32_t c = utf_at(s.p + i, &len);

		n += utf_put(p + n, utf_upper(c));
	}
	return (struct str){p, n};
}

/* Take the tokens of the part at hand. */
static void
take_part(struct train *t, const struct doc *doc)
{
	size_t i;

	t->label = mem_grow(t->label, &t->label_cap, t->trait.n + 1, 1);
	memset(t->label, 0, t->trait.n);
	for (i = 0; i < t->trait.pieces; i++) {
		label_block(t, doc, &t->trait.piece[i]);
		take_piece(t, &t->trait.piece[i]);
	}
	/* The rows of words have been copied. */
	lexeme_clear(&t->trait.lexicon);
}

/* Label the tokens of a piece by the names marked in its block. */
static void
label_block(struct train *t, const struct doc *doc, const struct trait_piece *p)
{
	const struct doc_block *block = &doc->v[p->block];
	const struct gold_name *name =
	    gold_block(&t->gold, doc->id, block->number);

	for (; name != NULL; name = gold_next(&t->gold, name)) {
		size_t from = 0, to, len, n;

		for (n = 0; n < name->start && from < block->text.n; n++) {
			(void)utf_at(block->text.p + from, &len);
			from += len;
		}
		for (to = from; n < name->end && to < block->text.n; n++) {
			(void)utf_at(block->text.p + to, &len);
			to += len;
		}
		mark(t, p, name, from, to);
	}
}

/* Label the tokens that lie, if only partly, in bytes [from,to). */
static void
mark(struct train *t, const struct trait_piece *p, const struct gold_name *name,
    size_t from, size_t to)
{
	size_t i, first = p->to, last = p->to;

	for (i = p->from; i < p->to; i++) {
		const struct tok *tok = &t->trait.tok[i];

		if (tok->end <= from || tok->at >= to)
			continue;
		first = first == p->to ? i : first;
		last = i;
	}
	if (first == p->to)
		return;
	t->names++;
	t->lost +=
	    t->trait.tok[first].at != from || t->trait.tok[last].end != to;
	for (i = first; i <= last; i++)
		t->label[i] = (uint8_t)(1 + 2 * name->type + (i > first));
}

static void
take_piece(struct train *t, const struct trait_piece *p)
{
	struct learn_part *part;
	size_t i;

	t->learn.part = mem_grow(t->learn.part, &t->learn.part_cap,
	    t->learn.parts + 1, sizeof(*t->learn.part));
	part = &t->learn.part[t->learn.parts++];
	*part = (struct learn_part){.from = (uint32_t)t->learn.tokens,
	    .unmarked = t->set->unmarked,
	    .weight = t->set->weight,
	    .fold = (uint32_t)(t->docs % LEARN_FOLDS)};
	for (i = p->from; i < p->to; i++) {
		t->all.n = 0;
		word_rows(t, i, LEXEME_HERE);
		if (i > p->from)
			word_rows(t, i - 1, LEXEME_LEFT);
		if (i + 1 < p->to)
			word_rows(t, i + 1, LEXEME_RIGHT);
		if (i > p->from + 1)
			word_rows(t, i - 2, LEXEME_LEFT2);
		if (i + 2 < p->to)
			word_rows(t, i + 2, LEXEME_RIGHT2);
		ask_token(&t->trait, p, i, &t->asked);
		learn_begin(&t->learn, t->label[i]);
		learn_rows(&t->learn, t->all.v, t->all.n);
		learn_rows(&t->learn, t->asked.v, t->asked.n);
		if (t->set->domain > 0)
			domain_rows(t, p, i);
	}
	t->tokens += p->to - p->from;
	part->to = (uint32_t)t->learn.tokens;
}

/* Add the rows that a word gives to a token it stands beside. */
static void
word_rows(struct train *t, size_t token, enum lexeme_place place)
{
	const struct lexeme *x = trait_word(&t->trait, token);
	const uint32_t *row = t->trait.lexicon.row + x->rows;
	size_t i;

	for (i = 0; i < (size_t)place; i++)
		row += x->counts[i];
	for (i = 0; i < x->counts[place] && t->all.n < ASK_ROWS; i++)
		t->all.v[t->all.n++] = row[i];
}

/*
 * What is peculiar to a domain, such as sets whose marks follow other rules,
 * goes into rows that are for learning alone.
 */
static void
domain_rows(struct train *t, const struct trait_piece *p, size_t i)
{
	const struct lexeme *x = trait_word(&t->trait, i);
	uint64_t left = 1, right = 1, left_shape = 1, right_shape = 1;
	uint64_t answer[8];
	uint32_t row[8], k;

	if (i > p->from) {
		left = trait_word(&t->trait, i - 1)->low;
		left_shape = trait_word(&t->trait, i - 1)->shape;
	}
	if (i + 1 < p->to) {
		right = trait_word(&t->trait, i + 1)->low;
		right_shape = trait_word(&t->trait, i + 1)->shape;
	}
	answer[0] = x->low;
	answer[1] = x->shape;
	answer[2] = hash_join(left, x->shape);
	answer[3] = hash_join(right, x->shape);
	answer[4] = hash_join(left, x->low);
	answer[5] = hash_join(right, x->low);
	answer[6] = x->named;
	answer[7] = hash_join(hash_join(left_shape, x->shape), right_shape);
	for (k = 0; k < 8; k++)
		row[k] =
		    ((uint32_t)1 << t->plan.log2_rows) +
		    (uint32_t)(hash_join(8 * t->set->domain + k, answer[k]) %
			       LEARN_MORE);
	learn_rows(&t->learn, row, 8);
}

/* Learn without a tenth to see how sure the weights are, then from all. */
static void
learn_all(struct train *t, const struct train_watch *watch)
{
	struct model_head *h = t->bundle.head;
	struct learn_options o = {t->plan.types, t->plan.log2_rows,
	    t->plan.rounds, t->plan.margin, t->plan.seed};

	learn_run(&t->learn, o, 0, t->bundle.row, h->move, NULL);
	learn_sure(&t->learn, o, 0, t->bundle.row, h->move, &h->base, &h->step);
	learn_run(
	    &t->learn, o, LEARN_FOLDS, t->bundle.row, h->move, watch->round);
}
