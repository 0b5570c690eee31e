/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "common/hyphen.h"
#include "common/mem.h"

/* Beginnings that are cut off a capital: what follows is the name. */
static const char *const before_name[] = {"anti", "co", "ex", "inter", "mid",
    "neo", "non", "once", "post", "pre", "pro", "then", "trans", "un", "non",
    "old"};

static size_t cut_at(struct str);
static void copy(struct tok_list *, const struct tok *);

void
hyphen_split(struct tok_list *raw, struct tok_list *list, struct str text)
{
	size_t i, cut;

	tok_text(raw, text);
	list->n = list->sentences = 0;
	for (i = 0; i < raw->n; i++) {
		const struct tok *t = &raw->v[i];
		struct tok head, tail;

		cut = t->kind == TOK_WORD && t->end - t->at > 4 &&
			      (t->flags & TOK_LOWER) == 0
			  ? cut_at(tok_str(text, t))
			  : 0;
		if (cut == 0) {
			copy(list, t);
			continue;
		}
		head = tail = *t;
		head.end = t->at + (uint32_t)cut;
		tail.at = head.end + 1;
		head.hash = tok_hash(tok_str(text, &head));
		tail.hash = tok_hash(tok_str(text, &tail));
		head.flags &= (uint8_t)~(TOK_UPPER | TOK_DOT | TOK_DIGIT);
		tail.flags = TOK_GLUED;
		if (text.p[head.at] >= 'a' && text.p[head.at] <= 'z') {
			head.flags |= TOK_LOWER;
			tail.flags |= TOK_CAPITAL;
		} else {
			tail.flags |= TOK_LOWER;
		}
		copy(list, &head);
		copy(list, &tail);
	}
}

/* Where the hyphen is that the word is cut at, 0 for none. */
static size_t
cut_at(struct str s)
{
	size_t i, k;

	for (i = 1; i + 1 < s.n; i++)
		if (s.p[i] == '-')
			break;
	if (i + 1 >= s.n)
		return 0;
	/* "London-based": all that follows is lower case. */
	if (s.p[0] >= 'A' && s.p[0] <= 'Z' && i > 1) {
		size_t last = s.n;

		while (s.p[last - 1] != '-')
			last--;
		for (k = last; k < s.n; k++)
			if (s.p[k] < 'a' || s.p[k] > 'z')
				return 0;
		return s.n - last > 2 ? last - 1 : 0;
	}
	if (s.p[i + 1] < 'A' || s.p[i + 1] > 'Z')
		return 0;
	for (k = 0; k < sizeof(before_name) / sizeof(before_name[0]); k++)
		if (str_eq(str_sub(s, 0, i), str_of(before_name[k])))
			return i;
	return 0;
}

/* Add a token, and the sentence it begins. */
static void
copy(struct tok_list *l, const struct tok *t)
{
	if ((t->flags & TOK_FIRST) != 0) {
		if (l->sentences == l->sentence_cap)
			l->sentence = mem_grow(l->sentence, &l->sentence_cap,
			    l->sentences + 1, sizeof(*l->sentence));
		l->sentence[l->sentences++] = (uint32_t)l->n;
	}
	if (l->n == l->cap)
		l->v = mem_grow(l->v, &l->cap, l->n + 1, sizeof(*l->v));
	l->v[l->n++] = *t;
}
