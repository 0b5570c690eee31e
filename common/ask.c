/* SPDX-License-Identifier: ISC */
#include "common/ask.h"

/* What is asked, besides the questions of common/lexeme.c, which are lower. */
enum question {
	ASK_START = 256,
	ASK_SHAPES,
	ASK_SHAPES_LEFT,
	ASK_SHAPES_LEFT2,
	ASK_SHAPES_RIGHT2,
	ASK_WORD_RIGHT,
	ASK_WORDS_LEFT,
	ASK_BEFORE_RUN,
	ASK_BEHIND_RUN,
	ASK_RUN_LAST,
	ASK_KIND_OVER,
	ASK_KINDS_LEFT_OVER,
	ASK_KINDS_RIGHT,
	ASK_KINDS_RIGHT_OVER,
	ASK_LONGEST_KIND,
	ASK_LONGEST_LEFT,
	ASK_LONGEST_RIGHT,
	ASK_CLASS_LEFT,
	ASK_CLASS_RIGHT,
	ASK_CLASSES,
	ASK_ROLES_BESIDE,
	ASK_ROLES_RIGHT,
	ASK_ROLES_RUN,
	ASK_ROLES_OWN,
	ASK_MEMO_CASE,
	ASK_MEMO_COUNT,
	ASK_MEMO_RUN,
	ASK_MEMO_FIRST,
	ASK_MEMO_LAST,
	ASK_MEMO_NEXT,
	ASK_MEMO_BEFORE
};

/* In place of a word that is not there. */
#define AT_START 0x51
#define AT_END   0x52

/* A token and its neighbours; those missing are NULL. */
struct around {
	const struct trait *t;
	const struct trait_piece *piece;
	const struct trait_token *v; /* of the token */
	size_t i;
	const struct lexeme *word, *left, *right, *left2, *right2;
	/* Kept here, where no row that is written could change them. */
	const int16_t *table;
	uint32_t shift; /* of a hash to a row */
	uint32_t *next; /* row to write */
};

/* Two questions have an answer for each bit of a set, the others, fewer than
 * a set has bits, one. */
_Static_assert(ASK_ROWS >= 3 * 64, "room for all");

static void shapes(struct around *);
static void run(struct around *);
static void lists(struct around *);
static void longest(struct around *);
static void classes(struct around *);
static void roles(struct around *);
static void memo(struct around *);

/* The word of token `i`, or NULL if the piece has none there. */
static inline const struct lexeme *
word_at(const struct trait *t, const struct trait_piece *p, size_t i)
{
	return i < p->from || i >= p->to ? NULL : trait_word(t, i);
}

/* Two answers in one, which are hashes or small numbers.  A third goes into
 * `other`, as three side by side could change places. */
static inline uint64_t
join(uint64_t one, uint64_t other)
{
	return one ^ (other << 32 | other >> 32) * 0xc2b2ae3d27d4eb4fu;
}

static inline void
ask(struct around *a, uint64_t question, uint64_t answer)
{
	uint32_t row = (uint32_t)(lexeme_asked(question, answer) >> a->shift);

	/* It is added up when all of a token's rows are known. */
	__builtin_prefetch(a->table + (size_t)row * LANES);
	*a->next++ = row;
}

static inline void
ask2(struct around *a, uint64_t question, uint64_t one, uint64_t other)
{
	ask(a, question, join(one, other));
}

static inline uint64_t
low(const struct lexeme *x, uint64_t none)
{
	return x == NULL ? none : x->low;
}

static inline uint64_t
shape(const struct lexeme *x, uint64_t none)
{
	return x == NULL ? none : x->shape;
}

void
ask_token(const struct trait *t, const struct trait_piece *piece, size_t i,
    struct ask_rows *rows)
{
	struct around a = {t, piece, &t->v[i], i, trait_word(t, i),
	    word_at(t, piece, i - 1), word_at(t, piece, i + 1),
	    word_at(t, piece, i - 2), word_at(t, piece, i + 2), t->model->row,
	    64 - t->model->head->log2_rows, rows->v};

	shapes(&a);
	if (a.word->is.capital)
		run(&a);
	lists(&a);
	longest(&a);
	classes(&a);
	roles(&a);
	if (a.v->memo != TRAIT_NONE)
		memo(&a);
	rows->n = (size_t)(a.next - rows->v);
}

static void
shapes(struct around *a)
{
	uint64_t x = a->word->shape;
	uint64_t left = shape(a->left, AT_START);
	uint64_t right = shape(a->right, AT_END);

	ask2(a, ASK_START, x, a->v->start + 4U * a->v->style);
	ask2(a, ASK_SHAPES_LEFT, left, x);
	ask2(a, ASK_SHAPES, right, join(x, left));
	ask2(a, ASK_SHAPES_LEFT2, x, join(left, shape(a->left2, AT_START)));
	ask2(a, ASK_SHAPES_RIGHT2, x, join(right, shape(a->right2, AT_END)));
	ask2(a, ASK_WORD_RIGHT, low(a->right, AT_END), x);
	ask2(
	    a, ASK_WORDS_LEFT, low(a->left2, AT_START), low(a->left, AT_START));
}

/* The run of capitalised words, and what stands around it. */
static void
run(struct around *a)
{
	const struct trait_token *v = a->v;
	const struct trait *t = a->t;
	uint64_t before = AT_START, behind = AT_END;
	uint64_t gone = a->i - v->left, left = v->last - a->i;

	if (v->left > a->piece->from)
		before = trait_word(t, v->left - 1)->low;
	if (v->last + 1 < a->piece->to)
		behind = trait_word(t, v->last + 1)->low;
	gone = gone > 15 ? 15 : gone;
	left = left > 15 ? 15 : left;
	ask2(a, ASK_BEFORE_RUN, before, gone);
	ask2(a, ASK_BEHIND_RUN, behind, left);
	ask(a, ASK_RUN_LAST, trait_word(t, v->last)->low);
}

/* The kinds of the words here and beside, and of phrases over them. */
static void
lists(struct around *a)
{
	const struct trait_token *v = a->v;
	uint64_t own = a->word->named, left;

	for (left = v->over; left != 0; left &= left - 1)
		ask(a, ASK_KIND_OVER, (uint64_t)__builtin_ctzll(left));
	if (a->left != NULL && (own | a->left->named | v[-1].over) != 0)
		ask2(a, ASK_KINDS_LEFT_OVER, a->left->named, v[-1].over);
	if (a->right != NULL && (own | a->right->named | v[1].over) != 0) {
		ask2(a, ASK_KINDS_RIGHT, a->right->named, own);
		ask2(a, ASK_KINDS_RIGHT_OVER, a->right->named, v[1].over);
	}
}

/* The longest listed name over the token, and those beside. */
static void
longest(struct around *a)
{
	const struct trait_token *v = a->v;
	uint64_t here = v->speaks | (uint64_t)v->place << 4, kinds;
	uint64_t size = (uint64_t)v->words << 6;

	for (kinds = v->longest; kinds != 0; kinds &= kinds - 1)
		ask2(a, ASK_LONGEST_KIND, (uint64_t)__builtin_ctzll(kinds),
		    v->place | size);
	if (a->left != NULL && (v->words | v[-1].words) != 0)
		ask2(a, ASK_LONGEST_LEFT,
		    v[-1].speaks | (uint64_t)v[-1].place << 4, here);
	if (a->right != NULL && (v->words | v[1].words) != 0)
		ask2(a, ASK_LONGEST_RIGHT,
		    v[1].speaks | (uint64_t)v[1].place << 4, here);
}

static void
classes(struct around *a)
{
	uint64_t left = a->left == NULL ? 0 : lexeme_class(a->left, 10);
	uint64_t right = a->right == NULL ? 0 : lexeme_class(a->right, 10);

	if (left != 0)
		ask2(a, ASK_CLASS_LEFT, left, a->word->shape);
	if (right != 0)
		ask2(a, ASK_CLASS_RIGHT, right, a->word->shape);
	if (left != 0 && right != 0)
		ask2(a, ASK_CLASSES, lexeme_class(a->left, 20),
		    lexeme_class(a->right, 20));
}

/* What the words here, beside and in the run make of a name. */
static void
roles(struct around *a)
{
	const struct trait_token *v = a->v;
	uint64_t left = a->left == NULL ? 0 : a->left->role;
	uint64_t right = a->right == NULL ? 0 : a->right->role;
	uint64_t all, words;

	if ((left | right) != 0)
		ask2(a, ASK_ROLES_BESIDE, left | right << 8, a->word->shape);
	if (a->right2 != NULL && (a->right2->role | right) != 0)
		ask2(a, ASK_ROLES_RIGHT, a->right2->role, right);
	if (!a->word->is.capital)
		return;
	all = a->t->v[v->first].roles;
	words = v->reach - v->first > 4 ? 4 : v->reach - v->first;
	ask2(a, ASK_ROLES_RUN, all, words);
	ask2(a, ASK_ROLES_OWN, a->word->role, all);
}

/* What the rest of the part does with the word. */
static void
memo(struct around *a)
{
	const struct memo_word *w = &a->t->memo.v[a->v->memo];
	uint64_t capitals = w->capitals > 3 ? 3 : w->capitals;
	uint64_t lower = w->lower > 2 ? 2 : w->lower;
	uint64_t n = w->n > 4 ? 4 : w->n, k;

	ask2(a, ASK_MEMO_CASE, capitals * 4 + lower,
	    a->word->is.capital * 4U + a->v->start);
	ask2(a, ASK_MEMO_COUNT, n, a->word->is.capital);
	if (!a->word->is.capital)
		return;
	ask(a, ASK_MEMO_RUN, w->run);
	if (w->has_first)
		ask(a, ASK_MEMO_FIRST, w->first);
	if (w->last != 0)
		ask(a, ASK_MEMO_LAST, w->last);
	for (k = 0; k < w->nexts; k++)
		ask(a, ASK_MEMO_NEXT, w->next[k]);
	for (k = 0; k < w->befores; k++)
		ask(a, ASK_MEMO_BEFORE, w->before[k]);
}
