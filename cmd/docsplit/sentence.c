/* SPDX-License-Identifier: ISC */
#include "common/piece.h"
#include "common/stop.h"

#include "cmd/docsplit/sentence.h"

/* What follows within so many tokens may tell that a sentence goes on: more
 * than common/stop.c looks ahead. */
#define AHEAD 32

static void take_part(struct sentence *);
static size_t start_of(const struct sentence *, size_t i);

void
sentence_start(struct sentence *b, struct str text)
{
	b->text = text;
	b->from = b->end = 0;
	b->next = b->settled = 0;
	b->toks.n = b->toks.sentences = 0;
}

int
sentence_next(struct sentence *b, struct str *s)
{
	size_t from, to;

	while (b->next == b->settled) {
		if (b->end == b->text.n && b->next == b->toks.sentences)
			return 0;
		take_part(b);
	}
	from = start_of(b, b->next++);
	to =
	    b->next < b->toks.sentences ? b->toks.sentence[b->next] : b->toks.n;
	*s = str_sub(b->text, from, b->from + b->toks.v[to - 1].end);
	return 1;
}

void
sentence_free(struct sentence *b)
{
	tok_free(&b->toks);
}

/* Go on with the sentence that is not settled, or behind the last. */
static void
take_part(struct sentence *b)
{
	const struct tok_list *l = &b->toks;
	size_t n;

	b->from = start_of(b, b->next);
	b->end = piece_end(b->text, b->from);
	stop_text(&b->toks, str_sub(b->text, b->from, b->end));
	n = l->sentences;
	if (b->end < b->text.n)
		while (n > 0 &&
		       (n == l->sentences || l->sentence[n] + AHEAD > l->n))
			n--;
	b->next = 0;
	b->settled = n > 0 ? n : l->sentences;
}

/* Where sentence `i` of the part begins in the block; where the part ends if
 * there is none. */
static size_t
start_of(const struct sentence *b, size_t i)
{
	if (i >= b->toks.sentences)
		return b->end;
	return b->from + b->toks.v[b->toks.sentence[i]].at;
}
