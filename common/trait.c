/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/hash.h"
#include "common/hyphen.h"
#include "common/mem.h"
#include "common/piece.h"
#include "common/stop.h"
#include "common/trait.h"

/* Listed names have at most so many words. */
#define LONGEST 9

/*
 * A part is taken to be of another language if, of so many words in lower
 * case or more, fewer than half are in a word class.  Of English news nine in
 * ten are.
 */
#define ENOUGH_WORDS 5

/* Tokens that listed names are looked up ahead, to hide the latency. */
#define AHEAD 12

/* Runs of more words are no names and tell nothing of their words. */
#define RUN_MAX 6

/* Words of a sentence, by their letters. */
struct letters {
	size_t words, upper;
	size_t capital, lower; /* of more than three letters */
};

static int foreign(const struct trait *);
static void
piece(struct trait *, struct str text, size_t from, size_t to, size_t block);
static void tokens(struct trait *, struct str part, const struct tok *,
    size_t n, uint32_t from);
static void start_tokens(struct trait *, const struct trait_piece *);
static int opens(const struct tok *);
static inline void
count(struct letters *, const struct tok *, struct lexeme_form);
static uint8_t style(const struct letters *, const struct tok *last);
static void find_runs(struct trait *, const struct trait_piece *);
static void find_names(struct trait *, const struct trait_piece *);
static inline void fetch_names(const struct trait *, size_t i);
static size_t
names_at(struct trait *, const struct trait_piece *, size_t i, size_t taken);
static void remember(struct trait *, const struct trait_piece *);
static void remember_run(struct trait *, size_t i, struct memo_word *);

void
trait_init(struct trait *t, const struct model *model, int keep)
{
	memset(t, 0, sizeof(*t));
	t->model = model;
	lexeme_init(&t->lexicon, model, keep);
}

int
trait_part(struct trait *t, const struct doc *doc, struct trait_at *at)
{
	size_t bytes = 0;

	if (at->block >= doc->n)
		return 0;
	lexeme_trim(&t->lexicon);
	memo_clear(&t->memo);
	t->n = t->pieces = 0;
	while (at->block < doc->n && bytes < TRAIT_PART) {
		struct str text = doc->v[at->block].text;
		size_t end = piece_end(text, at->byte);

		if (bytes > 0 && bytes + (end - at->byte) > TRAIT_PART)
			break;
		piece(t, text, at->byte, end, at->block);
		bytes += end - at->byte;
		at->byte = end;
		if (end == text.n) {
			at->block++;
			at->byte = 0;
		}
	}
	t->foreign = foreign(t);
	return 1;
}

void
trait_free(struct trait *t)
{
	lexeme_free(&t->lexicon);
	tok_free(&t->raw);
	tok_free(&t->cut);
	memo_free(&t->memo);
	free(t->tok);
	free(t->v);
	free(t->piece);
	memset(t, 0, sizeof(*t));
}

static int
foreign(const struct trait *t)
{
	size_t i, words = 0, known = 0;

	for (i = 0; i < t->n; i++) {
		struct lexeme_form is = t->v[i].is;

		if (is.mark || is.digit || is.capital)
			continue;
		words++;
		known += is.known;
	}
	/* A model may do without classes. */
	return t->model->head->paths > 1 && words >= ENOUGH_WORDS &&
	       2 * known < words;
}

/* Add the tokens of a piece of a block, and look at them while near. */
static void
piece(struct trait *t, struct str text, size_t from, size_t to, size_t block)
{
	struct str part = str_sub(text, from, to);
	const struct tok_list *raw = NULL, *l;
	struct trait_piece *p;
	size_t i, n, begin = t->n;

	if (t->watch.cut != NULL && part.n == text.n)
		raw = t->watch.cut(t->watch.arg, block);
	if (raw == NULL) {
		stop_text(&t->raw, part);
		raw = &t->raw;
	}
	if (t->watch.piece != NULL)
		t->watch.piece(t->watch.arg, block, from, part, raw);
	l = hyphen_split(raw, &t->cut, part);
	if (l->n == 0)
		return;
	t->tok = mem_grow(t->tok, &t->tok_cap, t->n + l->n, sizeof(*t->tok));
	t->v = mem_grow(t->v, &t->cap, t->n + l->n, sizeof(*t->v));
	for (i = 0; i < l->n; i += n) {
		n = l->n - i < LEXEME_BATCH ? l->n - i : LEXEME_BATCH;
		tokens(t, part, l->v + i, n, (uint32_t)from);
	}
	if (t->pieces == t->piece_cap)
		t->piece = mem_grow(
		    t->piece, &t->piece_cap, t->pieces + 1, sizeof(*t->piece));
	p = &t->piece[t->pieces++];
	*p = (struct trait_piece){
	    (uint32_t)block, (uint32_t)begin, (uint32_t)t->n};
	start_tokens(t, p);
	find_runs(t, p);
	find_names(t, p);
	remember(t, p);
}

/* Add some tokens of a piece that begins at byte `from` of its block. */
static void
tokens(struct trait *t, struct str part, const struct tok *tok, size_t n,
    uint32_t from)
{
	uint32_t word[LEXEME_BATCH];
	size_t i;

	lexeme_find(&t->lexicon, part, tok, n, word);
	for (i = 0; i < n; i++)
		memo_fetch(&t->memo, t->lexicon.v[word[i]].group);
	for (i = 0; i < n; i++, t->n++) {
		const struct lexeme *x = &t->lexicon.v[word[i]];

		t->tok[t->n] = tok[i];
		t->tok[t->n].at += from;
		t->tok[t->n].end += from;
		t->v[t->n] = (struct trait_token){.word = word[i],
		    .first = (uint32_t)t->n,
		    .left = (uint32_t)t->n,
		    .last = (uint32_t)t->n,
		    .reach = (uint32_t)t->n,
		    .is = x->is,
		    .roles = x->role,
		    .memo =
			x->is.mark ? TRAIT_NONE : memo_at(&t->memo, x->group)};
	}
}

/* Say where sentences begin and how they are written. */
static void
start_tokens(struct trait *t, const struct trait_piece *p)
{
	size_t i, end;

	for (i = p->from; i < p->to; i = end) {
		struct letters letters = {0, 0, 0, 0};
		uint8_t how;

		t->v[i].start = i == p->from ? 1 : 2;
		count(&letters, &t->tok[i], t->v[i].is);
		for (end = i + 1; end < p->to; end++) {
			if ((t->tok[end].flags & TOK_FIRST) != 0)
				break;
			count(&letters, &t->tok[end], t->v[end].is);
			if (t->v[end - 1].is.mark && opens(&t->tok[end - 1]))
				t->v[end].start = 2;
		}
		how = style(&letters, &t->tok[end - 1]);
		for (; how != TRAIT_PLAIN && i < end; i++)
			t->v[i].style = how;
	}
}

/* Whether what is behind the mark is written as if a sentence began. */
static int
opens(const struct tok *mark)
{
	return mark->hash == ':' || mark->hash == '"' || mark->hash == 0x201c;
}

static inline void
count(struct letters *l, const struct tok *t, struct lexeme_form is)
{
	uint32_t n = t->end - t->at;

	if (is.mark || is.digit || n < 2)
		return;
	l->words++;
	l->upper += is.upper;
	l->capital += (n > 3) & is.capital;
	l->lower += (n > 3) & !is.capital;
}

/* Whether a sentence is set in capitals, or has all its words capitalised. */
static uint8_t
style(const struct letters *l, const struct tok *last)
{
	if (l->upper > 2 && 4 * (l->words - l->upper) < l->upper)
		return TRAIT_CAPITALS;
	/* Headlines end without a period. */
	if (last->kind == TOK_MARK && last->hash == '.')
		return TRAIT_PLAIN;
	return l->capital > 3 && 4 * l->lower < l->capital ? TRAIT_TITLE
							   : TRAIT_PLAIN;
}

/* Find the runs of capitalised words: from the right, then from the left.  Of
 * other words nobody asks where theirs ends. */
static void
find_runs(struct trait *t, const struct trait_piece *p)
{
	size_t i;

	for (i = p->to; i-- > p->from;) {
		struct trait_token *v = &t->v[i];

		if (!v->is.capital)
			continue;
		if (i + 1 < p->to && v[1].is.capital) {
			v->last = v[1].last;
			v->reach = v[1].reach;
			v->roles |= v[1].roles;
		} else if (i + 2 < p->to && v[2].is.capital && v[1].is.links) {
			v->reach = v[2].reach;
			v->roles |= v[2].roles | v[1].roles;
		}
	}
	for (i = p->from + 1; i < p->to; i++) {
		struct trait_token *v = &t->v[i];

		if (v[-1].is.capital)
			v->first = v[-1].first;
		if (v[-1].is.capital || v[-1].is.joins)
			v->left = v[-1].left;
	}
}

/* Look up the listed names, of which the longest from the left hold. */
static void
find_names(struct trait *t, const struct trait_piece *p)
{
	size_t i, taken = p->from;

	for (i = p->from; i < p->to; i++) {
		if (i + AHEAD + 1 < p->to)
			fetch_names(t, i + AHEAD);
		if (t->v[i].is.capital || t->v[i].is.digit)
			taken = names_at(t, p, i, taken);
	}
}

/* Have what names_at() will look up first for token `i` on its way. */
static inline void
fetch_names(const struct trait *t, size_t i)
{
	const struct lexeme *x, *y;
	uint64_t hash;

	if (!t->v[i].is.capital && !t->v[i].is.digit)
		return;
	x = trait_word(t, i);
	y = trait_word(t, i + 1);
	if ((x->kinds & MODEL_GOES_ON) != 0) {
		hash = hash_join(hash_join(0, x->low), y->low);
		model_fetch_kinds(t->model, hash);
	}
	if ((x->exact_kinds & MODEL_GOES_ON) != 0) {
		hash = hash_join(hash_join(1, x->exact), y->exact);
		model_fetch_kinds(t->model, hash);
	}
}

/* Those that begin with token `i`; those of tokens before `taken` are done
 * with.  Returns where the longest name ends. */
static size_t
names_at(struct trait *t, const struct trait_piece *p, size_t i, size_t taken)
{
	const struct lexeme *x = trait_word(t, i);
	uint64_t found = x->named;
	size_t k, n = found != 0, way;
	uint8_t speaks;

	for (way = 0; way < 2; way++) {
		uint64_t hash = hash_join(way, way == 0 ? x->low : x->exact);
		uint64_t kinds = way == 0 ? x->kinds : x->exact_kinds;

		for (k = i + 1; (kinds & MODEL_GOES_ON) != 0 && k < p->to &&
				k < i + LONGEST;
		     k++) {
			const struct lexeme *y = trait_word(t, k);
			size_t q;

			hash = hash_join(hash, way == 0 ? y->low : y->exact);
			kinds = model_kinds(t->model, hash);
			if ((kinds & ~MODEL_GOES_ON) == 0)
				continue;
			for (q = i; q <= k; q++)
				t->v[q].over |= kinds & ~MODEL_GOES_ON;
			if (k + 1 - i > n)
				found = 0;
			if (k + 1 - i >= n) {
				n = k + 1 - i;
				found |= kinds & ~MODEL_GOES_ON;
			}
		}
	}
	if (n == 0 || i < taken)
		return taken;
	speaks = model_speakers(t->model, found);
	for (k = 0; k < n; k++) {
		struct trait_token *v = &t->v[i + k];

		v->longest = found;
		v->speaks = speaks;
		v->words = n > 3 ? 3 : (uint8_t)n;
		v->place = n == 1 ? 3 : k == 0 ? 0 : k == n - 1 ? 2 : 1;
	}
	return i + n;
}

/* Enter the words of a piece in the memo. */
static void
remember(struct trait *t, const struct trait_piece *p)
{
	size_t i;

	for (i = p->from; i < p->to; i++) {
		const struct trait_token *v = &t->v[i];
		struct memo_word *w;

		if (v->is.mark)
			continue;
		w = &t->memo.v[v->memo];
		w->n++;
		if (v->style == TRAIT_CAPITALS)
			continue;
		if (!v->is.capital) {
			w->lower += !v->is.digit;
			continue;
		}
		w->capitals += v->start == 0 && v->style == TRAIT_PLAIN;
		remember_run(t, i, w);
		if (w->nexts < MEMO_BESIDE && i + 1 < p->to)
			w->next[w->nexts++] = trait_word(t, i + 1)->low;
		if (w->befores < MEMO_BESIDE && i > p->from)
			w->before[w->befores++] = trait_word(t, i - 1)->low;
	}
}

static void
remember_run(struct trait *t, size_t i, struct memo_word *w)
{
	const struct trait_token *v = &t->v[i];
	size_t words = v->last - v->first + 1, k;

	if (words > RUN_MAX || words <= w->run_words)
		return;
	w->run_words = (uint8_t)words;
	w->run = 0;
	for (k = v->first; k <= v->last; k++)
		w->run = hash_join(w->run, trait_word(t, k)->low);
	w->has_first = v->first < i;
	w->first = v->first < i ? trait_word(t, v->first)->named : 0;
	w->last = v->last > i ? trait_word(t, v->last)->low : 0;
}
