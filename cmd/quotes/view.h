/* SPDX-License-Identifier: ISC */
#ifndef QUOTES_VIEW_H
#define QUOTES_VIEW_H

#include <stddef.h>
#include <stdint.h>

#include "common/str.h"
#include "common/tok.h"

#include "cmd/quotes/cue.h"
#include "cmd/quotes/span.h"
#include "cmd/quotes/word.h"

/*
 * view - one block as rules read it: every quotation a single unit, all else
 * word by word, cut into sentences outside the quotations.
 */

enum unit_kind { UNIT_WORD, UNIT_NUMBER, UNIT_MARK, UNIT_QUOTE };

struct unit {
	uint64_t hash;      /* as in struct tok; of a quotation its index */
	uint32_t at, end;   /* bytes of the text */
	uint32_t classes;   /* enum word_class */
	uint32_t cue;       /* 1 + index of the cue that begins here, or 0 */
	uint8_t cue_length; /* its units */
	uint8_t kind;       /* enum unit_kind */
	uint8_t flags;      /* enum tok_flag */
	uint8_t taken;      /* already part of a quotation */
};

struct view_sentence {
	uint32_t from, to; /* units */
	uint32_t cues;     /* units at which one begins */
};

/* All zero is empty and ready; the arrays are reused. */
struct view {
	struct str text;
	struct unit *v;
	size_t n, cap;
	struct view_sentence *sentence;
	size_t sentences, sentence_cap;
	size_t cues;                 /* units at which a cue begins */
	const struct tok_list *toks; /* of the text at hand */
	struct span_list spans;
	const struct cue_list *cue_list;
};

/* Longest sentence in units; what is longer is cut, as it is no prose and
 * the rules look at a sentence once for each of its cues. */
#define VIEW_SENTENCE 300

/* Replace the view by that of `text`, whose tokens are `toks` as stop_text()
 * gives them; they live as long as it is used.  Linear. */
void view_text(struct view *, struct str text, const struct tok_list *toks,
    const struct word_list *, const struct cue_list *);

void view_free(struct view *);

static inline const struct cue *
view_cue(const struct view *w, size_t i)
{
	return &w->cue_list->v[w->v[i].cue - 1];
}

/* Whether unit `i` is the mark with this code point. */
static inline int
view_mark(const struct view *w, size_t i, uint32_t code)
{
	return w->v[i].kind == UNIT_MARK && w->v[i].hash == code;
}

static inline int
view_quote(const struct view *w, size_t i)
{
	return w->v[i].kind == UNIT_QUOTE;
}

/* Whether the word at `i` is of one of these classes. */
static inline int
view_is(const struct view *w, size_t i, uint32_t classes)
{
	return (w->v[i].classes & classes) != 0;
}

/* Whether the word at `i` begins with an upper-case letter. */
static inline int
view_capital(const struct view *w, size_t i)
{
	return w->v[i].kind == UNIT_WORD && (w->v[i].flags & TOK_CAPITAL) != 0;
}

/* A comma, colon, dash or other mark that parts clauses. */
int view_stop(const struct view *, size_t i);

/* A dash of any length with white space or none. */
int view_dash(const struct view *, size_t i);

/* A quotation mark without its other half. */
int view_stray(const struct view *, size_t i);

/* Whether most words of the quotation `i` begin with a capital, as in the
 * title of a book or the name of a firm. */
int view_title(const struct view *, size_t i);

/* Whether the word at `i` ends in these letters. */
static inline int
view_ends(const struct view *w, size_t i, struct str tail)
{
	return w->v[i].kind == UNIT_WORD &&
	       str_ends(str_sub(w->text, w->v[i].at, w->v[i].end), tail);
}

/* Whether the unit at `i` is this word, letter case as it is. */
static inline int
view_word(const struct view *w, size_t i, const char *word)
{
	return str_eq(str_sub(w->text, w->v[i].at, w->v[i].end), str_of(word));
}

/* The same for one of the words, of which the last is followed by NULL. */
int view_among(const struct view *, size_t i, const char *const *words);

/* The text of units [from,to). */
static inline struct str
view_str(const struct view *w, size_t from, size_t to)
{
	return str_sub(w->text, w->v[from].at, w->v[to - 1].end);
}

#endif
