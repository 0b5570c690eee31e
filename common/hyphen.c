/* SPDX-License-Identifier: ISC */

#include "common/hyphen.h"
#include "common/mem.h"

/* What follows the hyphen behind a name; sorted, for a binary search.  The
 * second part of a Korean or Chinese given name is none of these. */
static const char *const tails[] = {"administered", "affiliated", "aligned",
    "allied", "appointed", "area", "associated", "backed", "based", "born",
    "bound", "bred", "brokered", "built", "centered", "centred", "centric",
    "claimed", "class", "controlled", "dependent", "designated", "designed",
    "dominated", "drafted", "driven", "edited", "educated", "era", "exclusive",
    "facing", "flagged", "focused", "focussed", "founded", "friendly", "funded",
    "heavy", "held", "hosted", "initiated", "inspired", "issued", "language",
    "led", "like", "linked", "listed", "loving", "made", "majority",
    "manufactured", "mediated", "monitored", "occupied", "operated", "oriented",
    "owned", "patrolled", "planned", "produced", "proof", "ready", "registered",
    "related", "run", "sanctioned", "shot", "side", "sized", "skeptic",
    "speaking", "specific", "sponsored", "staffed", "style", "supplied",
    "supported", "trained", "trial", "type", "wide", "worthy"};

#define TAILS (sizeof(tails) / sizeof(tails[0]))

/* What stands before a name and its hyphen, sorted.  Others that do, al- and
 * el- above all, are part of the name. */
static const char *const heads[] = {"all", "anti", "ex", "intra", "mid", "near",
    "neo", "non", "pan", "post", "pre", "pro", "quasi", "semi", "sub", "then",
    "trans", "ultra"};

#define HEADS (sizeof(heads) / sizeof(heads[0]))

static void
halves(struct tok_list *, struct str, const struct tok *, uint32_t cut);
static size_t cut_at(struct str);
static int capitals(struct str);
static void copy(struct tok_list *, const struct tok *);

const struct tok_list *
hyphen_split(const struct tok_list *raw, struct tok_list *list, struct str text)
{
	size_t i, done = 0;

	list->n = list->sentences = 0;
	for (i = 0; i < raw->n; i++) {
		const struct tok *t = &raw->v[i];
		size_t cut = 0;

		if (t->kind == TOK_WORD && t->end - t->at > 4 &&
		    (t->flags & TOK_LOWER) == 0)
			cut = cut_at(tok_str(text, t));
		if (cut == 0)
			continue;
		for (; done < i; done++)
			copy(list, &raw->v[done]);
		halves(list, text, t, (uint32_t)cut);
		done++;
	}
	if (done == 0)
		return raw;
	for (; done < raw->n; done++)
		copy(list, &raw->v[done]);
	return list;
}

/* Add the two words of token `t`, whose hyphen is at byte `cut` of it. */
static void
halves(
    struct tok_list *list, struct str text, const struct tok *t, uint32_t cut)
{
	struct tok head = *t, tail = *t;

	head.end = t->at + cut;
	head.hash = tok_hash(tok_str(text, &head));
	head.flags &= (uint8_t) ~(TOK_UPPER | TOK_DOT | TOK_DIGIT);
	tail.at = head.end + 1;
	tail.hash = tok_hash(tok_str(text, &tail));
	tail.flags = TOK_GLUED | TOK_LOWER;
	if (text.p[t->at] >= 'a' && text.p[t->at] <= 'z') {
		head.flags = (t->flags & (TOK_GLUED | TOK_FIRST)) | TOK_LOWER;
		tail.flags = TOK_GLUED | TOK_CAPITAL | (t->flags & TOK_DOT);
		if (capitals(tok_str(text, &tail)))
			tail.flags |= TOK_UPPER;
	}
	copy(list, &head);
	copy(list, &tail);
}

/* Where the hyphen is that the word is cut at, 0 for none. */
static size_t
cut_at(struct str s)
{
	size_t i;

	for (i = 1; i + 1 < s.n; i++)
		if (s.p[i] == '-')
			break;
	if (i + 1 >= s.n)
		return 0;
	if (s.p[0] >= 'a' && s.p[0] <= 'z')
		return s.p[i + 1] >= 'A' && s.p[i + 1] <= 'Z' &&
			       str_in(str_sub(s, 0, i), heads, HEADS)
			   ? i
			   : 0;
	if (s.p[0] >= 'A' && s.p[0] <= 'Z' && i > 1) {
		size_t last = s.n;

		while (s.p[last - 1] != '-')
			last--;
		return str_in(str_sub(s, last, s.n), tails, TAILS) ? last - 1
								   : 0;
	}
	return 0;
}

/* Whether there is no lower-case letter, and more than one byte. */
static int
capitals(struct str s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (s.p[i] >= 'a' && s.p[i] <= 'z')
			return 0;
	return s.n > 1;
}

static void
copy(struct tok_list *l, const struct tok *t)
{
	if (l->n == l->cap)
		l->v = mem_grow(l->v, &l->cap, l->n + 1, sizeof(*l->v));
	l->v[l->n++] = *t;
}
