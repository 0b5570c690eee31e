/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/lexeme.h"
#include "common/mem.h"
#include "common/utf.h"

/* More words than a hundred articles have, less than the caches of most
 * machines hold twice over: 10 MB. */
#define WORDS_KEPT 40000

/* Bytes of a word that count for its shape and its ends. */
#define LOOKED_AT 60

/* Rows of one word for one place, at most: kinds twice and some more. */
#define ROWS_MAX 240

/* What is asked of a word; the place is added to it. */
enum question {
	ASK_NOTHING = 8,
	ASK_EXACT = 16,
	ASK_LOW = 24,
	ASK_HEAD = 32, /* and its length */
	ASK_TAIL = 64,
	ASK_SHAPE = 96,
	ASK_LONG_SHAPE = 104,
	ASK_TAIL_CASE = 112,
	ASK_KIND_CASE = 120,
	ASK_KIND_SHAPE = 128,
	ASK_CLASS = 136, /* and its prefix */
	ASK_CLASS_SHAPE = 168,
	ASK_ROLE = 176,
	ASK_KINDS = 184
};

/* Prefixes of the way to a class: coarse ones and the class itself. */
static const uint32_t class_bits[] = {4, 6, 10, 20};

/* Letters of WORD, at least, to be looked up as Word. */
#define TITLE_LEAST 5

/* A word and its forms while it is looked at. */
struct form {
	unsigned char low[LOOKED_AT]; /* ASCII letters folded */
	size_t n;
	uint64_t long_shape;
	uint64_t head[4], tail[4];
};

struct rows {
	uint32_t v[ROWS_MAX];
	size_t n;
};

static inline int is_plain(struct str, const struct tok *);
static struct lexeme_slot *slot_of(const struct lexicon *, uint64_t key);
static void grow_slots(struct lexicon *);
static void
add(struct lexicon *, struct str text, const struct tok *, uint64_t key);
static void keep(struct lexicon *, struct lexeme *, const struct rows *);
static void describe(
    const struct lexicon *, struct lexeme *, struct form *, struct str word);
static struct model_path
way_of(const struct model *, const struct lexeme *, const struct form *);
static void shape(struct lexeme *, struct form *, struct str word);
static uint8_t role(uint32_t triggers);
static void
ask(const struct model *, struct rows *, uint64_t question, uint64_t answer);
static void rows_here(const struct model *, struct rows *,
    const struct lexeme *, const struct form *);
static void rows_beside(
    const struct model *, struct rows *, const struct lexeme *, uint64_t place);
static void rows_far(
    const struct model *, struct rows *, const struct lexeme *, uint64_t place);

void
lexeme_init(struct lexicon *l, const struct model *model, int keep)
{
	static const char *const links[LEXEME_LINKS] = {"of", "for", "and"};
	size_t i;

	*l = (struct lexicon){.model = model, .keep = keep};
	trigger_init(&l->triggers);
	for (i = 0; i < LEXEME_LINKS; i++)
		l->link[i] = tok_hash(str_of(links[i]));
}

void
lexeme_trim(struct lexicon *l)
{
	if (l->n >= WORDS_KEPT)
		lexeme_clear(l);
}

void
lexeme_clear(struct lexicon *l)
{
	l->n = l->rows = 0;
	if (l->slots > 0)
		memset(l->slot, 0, l->slots * sizeof(*l->slot));
	set_clear(&l->by_low);
}

void
lexeme_find(struct lexicon *l, struct str text, const struct tok *t, size_t n,
    uint32_t word[LEXEME_BATCH])
{
	uint64_t key[LEXEME_BATCH];
	size_t i;

	while (l->slots < 2 * (l->n + n))
		grow_slots(l);
	for (i = 0; i < n; i++) {
		key[i] = lexeme_low(&t[i]);
		if (!is_plain(text, &t[i]))
			key[i] = tok_exact(tok_str(text, &t[i]));
		__builtin_prefetch(&l->slot[key[i] & (l->slots - 1)]);
	}
	for (i = 0; i < n; i++) {
		struct lexeme_slot *s = slot_of(l, key[i]);

		if (s->at == 0) {
			*s = (struct lexeme_slot){
			    (uint32_t)(key[i] >> 32), (uint32_t)l->n + 1};
			add(l, text, &t[i], key[i]);
		}
		word[i] = s->at - 1;
		__builtin_prefetch(&l->v[word[i]]);
		__builtin_prefetch(&l->v[word[i]].sum[LEXEME_HERE]);
		__builtin_prefetch(&l->v[word[i]].sum[LEXEME_RIGHT2]);
	}
}

/* Whether no other spelling has the same hash: what is kept of a word must
 * not be that of another, which some document before had. */
static inline int
is_plain(struct str text, const struct tok *t)
{
	unsigned char high = 0;
	size_t i;

	if (t->kind == TOK_MARK)
		return 1;
	if ((t->flags & (TOK_LOWER | TOK_DOT)) != TOK_LOWER)
		return 0;
	for (i = t->at; i < t->end; i++)
		high |= text.p[i];
	return high < 0x80;
}

/* The slot of a word, or the free one that it belongs into. */
static struct lexeme_slot *
slot_of(const struct lexicon *l, uint64_t key)
{
	size_t i = (size_t)key & (l->slots - 1);

	while (l->slot[i].at != 0 && l->slot[i].check != key >> 32)
		i = (i + 1) & (l->slots - 1);
	return &l->slot[i];
}

void
lexeme_free(struct lexicon *l)
{
	free(l->v);
	free(l->slot);
	free(l->row);
	set_free(&l->by_low);
	memset(l, 0, sizeof(*l));
}

static void
grow_slots(struct lexicon *l)
{
	size_t i, none = 0;

	l->slots = l->slots == 0 ? 4096 : 2 * l->slots;
	free(l->slot);
	l->slot = mem_grow(NULL, &none, l->slots, sizeof(*l->slot));
	memset(l->slot, 0, l->slots * sizeof(*l->slot));
	for (i = 0; i < l->n; i++)
		*slot_of(l, l->v[i].key) = (struct lexeme_slot){
		    (uint32_t)(l->v[i].key >> 32), (uint32_t)i + 1};
}

static void
add(struct lexicon *l, struct str text, const struct tok *t, uint64_t key)
{
	struct str word = tok_str(text, t);
	struct lexeme *x;
	struct form form;
	struct rows rows[LEXEME_PLACES];
	size_t k;
	uint64_t place;
	uint32_t *group;
	int fresh;

	if (l->n == l->cap)
		l->v = mem_grow(l->v, &l->cap, l->n + 1, sizeof(*l->v));
	x = &l->v[l->n++];
	*x = (struct lexeme){.key = key,
	    .low = lexeme_low(t),
	    .exact = tok_exact(word),
	    .is.capital = t->kind == TOK_WORD && (t->flags & TOK_CAPITAL) != 0,
	    .is.upper = (t->flags & TOK_UPPER) != 0,
	    .is.digit = (t->flags & TOK_DIGIT) != 0,
	    .is.mark = t->kind == TOK_MARK};
	group = set_at(&l->by_low, x->low, &fresh);
	if (fresh)
		*group = (uint32_t)l->by_low.n - 1;
	x->group = *group;
	if (!x->is.mark)
		x->triggers = trigger_find(&l->triggers, t->hash);
	x->role = role(x->triggers);
	x->is.joins =
	    x->is.mark && (t->hash == '-' || t->hash == '.' || t->hash == '&' ||
			      t->hash == '\'' || t->hash == '/');
	for (k = 0; k < LEXEME_LINKS; k++)
		x->is.links |= x->low == l->link[k];
	describe(l, x, &form, word);
	/* All are on their way before the first is added. */
	for (place = 0; place < LEXEME_PLACES; place++) {
		rows[place].n = 0;
		if (place == LEXEME_HERE)
			rows_here(l->model, &rows[place], x, &form);
		else if (place < LEXEME_LEFT2)
			rows_beside(l->model, &rows[place], x, place);
		else
			rows_far(l->model, &rows[place], x, place);
	}
	if (l->keep)
		keep(l, x, rows);
	else
		for (place = 0; place < LEXEME_PLACES; place++)
			x->sum[place] = lanes_rows(x->sum[place], l->model->row,
			    rows[place].v, rows[place].n);
}

/* Keep the rows of a word. */
static void
keep(struct lexicon *l, struct lexeme *x, const struct rows *rows)
{
	size_t place;

	x->rows = (uint32_t)l->rows;
	for (place = 0; place < LEXEME_PLACES; place++) {
		size_t n = rows[place].n;

		x->counts[place] = (uint8_t)n;
		l->row =
		    mem_grow(l->row, &l->row_cap, l->rows + n, sizeof(*l->row));
		memcpy(l->row + l->rows, rows[place].v, n * sizeof(*l->row));
		l->rows += n;
	}
}

static void
describe(
    const struct lexicon *l, struct lexeme *x, struct form *f, struct str word)
{
	size_t i, dot;

	f->n = word.n < LOOKED_AT ? word.n : LOOKED_AT;
	for (i = 0; i < f->n; i++) {
		unsigned char c = word.p[i];
		int upper = c >= 'A' && c <= 'Z';

		f->low[i] = upper ? c | 0x20 : c;
		if (upper && x->letters >> 56 == 0)
			x->letters = x->letters << 8 | c;
	}
	dot = f->n > 1 && f->low[f->n - 1] == '.';
	/* "Mr." is as "Mr", but "U.S." as itself. */
	if (dot && f->n > 2 && memchr(f->low, '.', f->n - 1) == NULL)
		shape(x, f, str_sub(word, 0, f->n - 1));
	else
		shape(x, f, str_sub(word, 0, f->n));
	for (i = 0; i < 4; i++) {
		f->head[i] = f->tail[i] = 0;
		if (f->n - dot <= i)
			continue;
		memcpy(&f->head[i], f->low, i + 1);
		memcpy(&f->tail[i], f->low + f->n - dot - i - 1, i + 1);
	}
	x->end = f->tail[2];
	x->way = way_of(l->model, x, f);
	x->is.known = x->way.length > 0;
	if (x->is.mark)
		return;
	x->kinds = model_kinds(l->model, hash_join(0, x->low));
	if (x->is.capital)
		x->exact_kinds = model_kinds(l->model, hash_join(1, x->exact));
	x->named = (x->kinds | x->exact_kinds) & ~MODEL_GOES_ON;
}

/* The way to the class of a word as it is written, or else in lower case, or
 * of WORD as Word: of fewer letters it is an acronym more often. */
static struct model_path
way_of(const struct model *m, const struct lexeme *x, const struct form *f)
{
	struct model_path way = model_class(m, x->exact);
	unsigned char title[LOOKED_AT];

	if (way.length == 0)
		way = model_class(m, tok_exact((struct str){f->low, f->n}));
	if (way.length > 0 || !x->is.upper || f->n < TITLE_LEAST)
		return way;
	memcpy(title, f->low, f->n);
	if (title[0] >= 'a' && title[0] <= 'z')
		title[0] &= (unsigned char)~0x20;
	return model_class(m, tok_exact((struct str){title, f->n}));
}

/* The letter cases and marks of a word, runs as one, and its first eight. */
static void
shape(struct lexeme *x, struct form *f, struct str word)
{
	uint64_t all = 0, first = 0;
	size_t i, len, n = 0;
	unsigned char c, last = 0;

	for (i = 0; i < word.n; i += len, n++) {
		int32_t code = utf_at(word.p + i, &len);
		enum utf_class class = utf_class(code);

		if (class == UTF_UPPER)
			c = 'X';
		else if (class == UTF_DIGIT)
			c = 'd';
		else if (class > UTF_UPPER)
			c = 'x';
		else
			c = (unsigned char)code;
		if (c != last)
			all = hash_join(all, c);
		last = c;
		if (n < 8)
			first = first << 8 | c;
	}
	x->shape = all;
	f->long_shape = first;
}

static uint8_t
role(uint32_t t)
{
	static const uint32_t of[] = {
	    TRIGGER_BODY_OF | TRIGGER_BODY_LAST | TRIGGER_FORM,
	    TRIGGER_TITLE | TRIGGER_TITLE_MAN | TRIGGER_TITLE_WOMAN |
		TRIGGER_ROLE,
	    TRIGGER_PLACE_FIRST | TRIGGER_PLACE_LAST | TRIGGER_PLACE_NOUN,
	    TRIGGER_VERB | TRIGGER_VERB_PERSON,
	    TRIGGER_BODY_BEFORE | TRIGGER_BODY_AFTER,
	    TRIGGER_OTHER_BEFORE | TRIGGER_OTHER_LAST,
	    TRIGGER_NEVER | TRIGGER_CALENDAR, TRIGGER_DIRECTION};
	unsigned i, all = 0;

	for (i = 0; i < sizeof(of) / sizeof(of[0]); i++)
		all |= (unsigned)((t & of[i]) != 0) << i;
	return (uint8_t)all;
}

static void
ask(const struct model *m, struct rows *r, uint64_t question, uint64_t answer)
{
	uint32_t row = lexeme_row(m, question, answer);

	__builtin_prefetch(m->row + (size_t)row * LANES);
	if (r->n < ROWS_MAX)
		r->v[r->n++] = row;
}

static void
rows_here(const struct model *m, struct rows *r, const struct lexeme *x,
    const struct form *f)
{
	uint64_t left, i;
	uint64_t letters = x->is.capital + 2U * x->is.upper;

	ask(m, r, ASK_NOTHING, 0);
	ask(m, r, ASK_EXACT, x->exact);
	ask(m, r, ASK_LOW, x->low);
	ask(m, r, ASK_SHAPE, x->shape);
	ask(m, r, ASK_LONG_SHAPE, f->long_shape);
	for (i = 0; i < 4; i++) {
		if (f->tail[i] == 0)
			break;
		ask(m, r, ASK_HEAD + 8 * i, f->head[i]);
		ask(m, r, ASK_TAIL + 8 * i, f->tail[i]);
	}
	ask(m, r, ASK_TAIL_CASE, hash_join(x->end, x->is.capital));
	ask(m, r, ASK_ROLE, x->role);
	for (left = x->named; left != 0; left &= left - 1) {
		i = (uint64_t)__builtin_ctzll(left);
		ask(m, r, ASK_KIND_CASE, i * 4 + letters);
		ask(m, r, ASK_KIND_SHAPE, hash_join(i, x->shape));
	}
	if (x->way.length == 0)
		return;
	for (i = 0; i < 4; i++)
		ask(m, r, ASK_CLASS + 8 * i, lexeme_class(x, class_bits[i]));
	ask(m, r, ASK_CLASS_SHAPE, hash_join(lexeme_class(x, 10), x->shape));
}

static void
rows_beside(const struct model *m, struct rows *r, const struct lexeme *x,
    uint64_t place)
{
	uint64_t i;

	ask(m, r, ASK_LOW + place, x->low);
	ask(m, r, ASK_SHAPE + place, x->shape);
	ask(m, r, ASK_TAIL + 16 + place, x->end);
	ask(m, r, ASK_ROLE + place, x->role);
	ask(m, r, ASK_KINDS + place, x->named);
	if (x->way.length == 0)
		return;
	for (i = 0; i < 4; i++)
		ask(m, r, ASK_CLASS + 8 * i + place,
		    lexeme_class(x, class_bits[i]));
}

static void
rows_far(const struct model *m, struct rows *r, const struct lexeme *x,
    uint64_t place)
{
	ask(m, r, ASK_LOW + place, x->low);
	ask(m, r, ASK_ROLE + place, x->role);
	if (x->way.length > 0)
		ask(m, r, ASK_CLASS + 16 + place, lexeme_class(x, 10));
}
