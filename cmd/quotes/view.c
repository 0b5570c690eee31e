/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "common/mem.h"

#include "cmd/quotes/view.h"

static void add_units(struct view *, const struct word_list *);
static void add_word(struct view *, size_t i, const struct word_list *);
static int is_name(const struct view *, size_t i);
static void cut(struct view *);
static int begins(const struct view *, size_t);
static int ends_with_quote(const struct view *, size_t);

void
view_text(struct view *w, struct str text, const struct tok_list *toks,
    const struct word_list *words, const struct cue_list *cues)
{
	w->text = text;
	w->cue_list = cues;
	w->n = w->sentences = w->cues = 0;
	w->toks = toks;
	span_find(&w->spans, w->toks, text);
	add_units(w, words);
	cut(w);
}

void
view_free(struct view *w)
{
	free(w->v);
	free(w->sentence);
	span_free(&w->spans);
	*w = (struct view){0};
}

int
view_dash(const struct view *w, size_t i)
{
	return view_mark(w, i, '-') || view_mark(w, i, 0x2013) ||
	       view_mark(w, i, 0x2014) || view_mark(w, i, 0x2015);
}

int
view_stop(const struct view *w, size_t i)
{
	static const uint32_t stops[] = {
	    ',', ';', ':', '(', ')', '[', ']', '.', '!', '?', 0x2026, 0x3002};
	size_t k;

	if (w->v[i].kind != UNIT_MARK)
		return 0;
	for (k = 0; k < sizeof(stops) / sizeof(stops[0]); k++)
		if (w->v[i].hash == stops[k])
			return 1;
	return view_dash(w, i);
}

int
view_stray(const struct view *w, size_t i)
{
	return view_mark(w, i, '"') || view_mark(w, i, 0x201c) ||
	       view_mark(w, i, 0x201d) || view_mark(w, i, 0xbb);
}

int
view_title(const struct view *w, size_t i)
{
	const struct span *span = &w->spans.v[w->v[i].hash];
	size_t k, capitals = 0;

	for (k = span->from; k < span->to; k++)
		capitals += (w->toks->v[k].flags & TOK_CAPITAL) != 0;
	return 10 * capitals >= 6 * (size_t)span->words;
}

int
view_among(const struct view *w, size_t i, const char *const *words)
{
	const char first = (char)w->text.p[w->v[i].at];

	for (; *words != NULL; words++)
		if (**words == first && view_word(w, i, *words))
			return 1;
	return 0;
}

/* One unit for each quotation and for each token outside. */
static void
add_units(struct view *w, const struct word_list *words)
{
	const struct span *span = w->spans.v;
	size_t i = 0, left = w->spans.n;

	w->v = mem_grow(w->v, &w->cap, w->toks->n, sizeof(*w->v));
	while (i < w->toks->n) {
		struct unit *u;

		if (left == 0 || i < span->from) {
			add_word(w, i++, words);
			continue;
		}
		u = &w->v[w->n++];
		*u = (struct unit){.hash = w->spans.n - left,
		    .at = w->toks->v[span->from].at,
		    .end = w->toks->v[span->to - 1].end,
		    .kind = UNIT_QUOTE,
		    .flags = w->toks->v[span->from].flags};
		i = span->to;
		span++;
		left--;
	}
}

static void
add_word(struct view *w, size_t i, const struct word_list *words)
{
	const struct tok *t = &w->toks->v[i];
	struct unit *u = &w->v[w->n++];
	size_t length;

	*u = (struct unit){.hash = t->hash,
	    .at = t->at,
	    .end = t->end,
	    .kind = t->kind,
	    .flags = t->flags};
	if (t->kind == TOK_MARK)
		return;
	u->classes = word_classes(words, t->hash);
	if ((u->classes & WORD_AUX) != 0 && is_name(w, i))
		u->classes = 0;
	if (!cue_may_begin(w->cue_list, t->hash))
		return;
	u->cue = (uint32_t)cue_at(w->cue_list, t, w->toks->n - i, &length);
	if (u->cue != 0 && w->cue_list->speech &&
	    w->cue_list->v[u->cue - 1].mind)
		u->cue = 0;
	u->cue_length = (uint8_t)length;
	w->cues += u->cue != 0;
}

/* Whether a word like "May" or "Will" is a name: in capitals inside a
 * sentence, before another name or before a cue. */
static int
is_name(const struct view *w, size_t i)
{
	const struct tok *t = &w->toks->v[i];
	size_t length;

	if ((t->flags & TOK_CAPITAL) == 0)
		return 0;
	if ((t->flags & TOK_FIRST) == 0)
		return 1;
	return i + 1 < w->toks->n && ((t[1].flags & TOK_CAPITAL) != 0 ||
					 cue_at(w->cue_list, t + 1,
					     w->toks->n - i - 1, &length) != 0);
}

static void
cut(struct view *w)
{
	uint32_t cues = 0;
	size_t i, from = 0;

	for (i = 1; i <= w->n; i++) {
		cues += w->v[i - 1].cue != 0;
		if (i < w->n && i - from < VIEW_SENTENCE && !begins(w, i))
			continue;
		if (w->sentences == w->sentence_cap)
			w->sentence = mem_grow(w->sentence, &w->sentence_cap,
			    w->sentences + 1, sizeof(*w->sentence));
		w->sentence[w->sentences++] =
		    (struct view_sentence){(uint32_t)from, (uint32_t)i, cues};
		cues = 0;
		from = i;
	}
}

/* Whether a sentence begins with unit `i` > 0. */
static int
begins(const struct view *w, size_t i)
{
	if (view_quote(w, i - 1))
		return ends_with_quote(w, i - 1);
	return (w->v[i].flags & TOK_FIRST) != 0;
}

/*
 * Whether a sentence ends with the quotation at `i`: “Go.” He went, but not
 * “Go!” he said.
 */
static int
ends_with_quote(const struct view *w, size_t i)
{
	const struct span *span = &w->spans.v[w->v[i].hash];
	const struct tok *t = &w->toks->v[span->from];
	const struct unit *next = &w->v[i + 1];
	size_t k;

	if ((next->flags & TOK_GLUED) != 0 || next->kind == UNIT_MARK ||
	    (next->flags & TOK_LOWER) != 0)
		return 0;
	for (k = span->to; k-- > span->from;) {
		t = &w->toks->v[k];
		if (t->kind != TOK_MARK || t->hash == '.' || t->hash == '!' ||
		    t->hash == '?' || t->hash == ',' || t->hash == 0x2026)
			break;
	}
	if (t->kind != TOK_MARK)
		return (t->flags & TOK_DOT) != 0 && next->kind != UNIT_NUMBER;
	if (t->hash == '.')
		return 1;
	if (t->hash != '!' && t->hash != '?' && t->hash != 0x2026)
		return 0;
	for (k = i + 1; k < w->n && k < i + 6 && !view_stop(w, k); k++)
		if (w->v[k].cue != 0 && view_cue(w, k)->core)
			return 0;
	return 1;
}
