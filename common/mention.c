/* SPDX-License-Identifier: ISC */
#include <stddef.h>

#include "common/hash.h"
#include "common/mention.h"

/* Title words looked at before a name. */
#define ROLE_MAX 6

/* Tokens [from,to) of a piece. */
struct span {
	const struct trait_piece *piece;
	size_t from, to;
};

static uint64_t
words_hash(const struct trait *, struct canon *, size_t from, size_t to);
static int known_head(const struct trait *, size_t i);
static int is_numeral(const struct trait *, size_t i);
static int is_junior(const struct trait *, size_t i);
static void surname(const struct trait *, const struct span *, struct canon *,
    struct canon_mention *);
static int in_brackets(const struct trait *, const struct span *,
    const struct canon_mention *before, const struct canon_mention *);
static int begins_alone(const struct trait *, const struct span *, size_t);
static void
initials(const struct trait *, const struct span *, struct canon_mention *);
static void
role(const struct trait *, const struct span *, struct canon_mention *);

void
mention_describe(const struct trait *t, const struct trait_piece *piece,
    size_t from, struct canon *canon, const struct canon_mention *before,
    struct canon_mention *m)
{
	const struct span s = {piece, from, from + m->words};
	const struct lexeme *first = trait_word(t, from);

	m->head = first->low;
	m->tail = trait_word(t, s.to - 1)->low;
	m->name = words_hash(t, canon, s.from, s.to);
	m->known_head = (uint8_t)known_head(t, from);
	initials(t, &s, m);
	m->acronym =
	    m->words == 1 && m->initials >> 16 != 0 && first->is.upper != 0;
	if (m->type == CANON_PER && m->words > 1)
		surname(t, &s, canon, m);
	m->particle = !first->is.capital;
	m->bracket = (uint8_t)in_brackets(t, &s, before, m);
	role(t, &s, m);
	if (m->words < 2 || m->gender != CANON_UNKNOWN)
		return;
	if ((first->triggers & TRIGGER_WOMAN) != 0)
		m->gender = CANON_FEMALE;
	else if ((first->triggers & TRIGGER_MAN) != 0)
		m->gender = CANON_MALE;
}

/* The hash of tokens [from,to) as a name. */
static uint64_t
words_hash(const struct trait *t, struct canon *canon, size_t from, size_t to)
{
	uint64_t hash = canon_first(canon, trait_word(t, from)->low);

	while (++from < to)
		hash = hash_join(hash, trait_word(t, from)->low);
	return hash;
}

/* What the words of a person's name behind the first may be called by. */
static void
surname(const struct trait *t, const struct span *s, struct canon *canon,
    struct canon_mention *m)
{
	uint64_t middle = trait_word(t, s->from + 1)->letters;
	size_t to = s->to, k;

	/* "Norton I" is a Norton, "Paul Greene, Jr." a Greene. */
	if (is_numeral(t, to - 1) || is_junior(t, to - 1))
		m->junior = trait_word(t, --to)->low;
	if (to - s->from > 1 && trait_word(t, to - 1)->is.mark)
		to--;
	m->words = (uint16_t)(to - s->from);
	m->tail = trait_word(t, to - 1)->low;
	for (k = 0; k < CANON_ENDS && k + 2 < m->words; k++)
		m->ends[k] = words_hash(t, canon, to - 2 - k, to);
	while (middle > 0xff)
		middle >>= 8;
	m->middle = m->words > 2 ? (uint8_t)middle : 0;
}

/* Whether a word that begins a name could be one by itself, and not that of a
 * person or place: the first word of a company. */
static int
known_head(const struct trait *t, size_t i)
{
	const struct lexeme *x = trait_word(t, i);
	const struct model_head *h = t->model->head;

	return x->is.capital && x->triggers == 0 &&
	       (x->named & (h->speak[0] | h->speak[2])) == 0 &&
	       t->v[i].memo != TRAIT_NONE && t->memo.v[t->v[i].memo].lower == 0;
}

/* Whether token `i` is a Roman numeral, as of a king. */
static int
is_numeral(const struct trait *t, size_t i)
{
	uint64_t left = trait_word(t, i)->letters;
	uint32_t n = t->tok[i].end - t->tok[i].at;

	for (; left != 0; left >>= 8, n--)
		if ((left & 0xff) != 'I' && (left & 0xff) != 'V' &&
		    (left & 0xff) != 'X')
			return 0;
	return n == 0;
}

static int
is_junior(const struct trait *t, size_t i)
{
	uint64_t low = trait_word(t, i)->low;

	return t->tok[i].end - t->tok[i].at <= sizeof("Jr.") - 1 &&
	       (low == tok_hash(STR_LIT("jr")) ||
		   low == tok_hash(STR_LIT("sr")));
}

/* Whether the name is an acronym in brackets of the name before it: one of its
 * letters, or of those in its own language if both are bodies. */
static int
in_brackets(const struct trait *t, const struct span *s,
    const struct canon_mention *before, const struct canon_mention *m)
{
	const struct tok *tok = t->tok;

	return s->from > s->piece->from + 1 && s->to < s->piece->to &&
	       tok[s->from - 1].kind == TOK_MARK &&
	       tok[s->from - 1].hash == '(' && tok[s->to].hash == ')' &&
	       before != NULL && before->block == m->block &&
	       before->end == tok[s->from - 2].end && m->words == 1 &&
	       before->words > 1 &&
	       (before->initials == m->initials ||
		   before->initials >> 8 == m->initials ||
		   (m->acronym && m->type == CANON_ORG &&
		       before->type == CANON_ORG &&
		       begins_alone(t, s, before->words)));
}

/* Whether the name of so many words before the bracket is no part of a longer
 * one: "Scientific and Cultural Organization". */
static int
begins_alone(const struct trait *t, const struct span *s, size_t words)
{
	static const char *const links[] = {"and", "of", "for", "on", NULL};
	size_t first = s->from - 1 - words, k;
	uint64_t before;

	if (first == s->piece->from)
		return 1;
	before = t->tok[first - 1].hash;
	for (k = 0; links[k] != NULL; k++)
		if (before == tok_hash(str_of(links[k])))
			return 0;
	return before != ',' && before != '&';
}

/* The capitals that the words begin with, or those of an acronym. */
static void
initials(const struct trait *t, const struct span *s, struct canon_mention *m)
{
	size_t i;

	if (m->words == 1)
		m->initials = trait_word(t, s->from)->letters;
	else
		for (i = s->from; i < s->to; i++) {
			uint64_t letters = trait_word(t, i)->letters;

			/* The first of the word's capitals. */
			while (letters > 0xff)
				letters >>= 8;
			if (letters > 0)
				m->initials = m->initials << 8 | letters;
		}
}

/* Find the title words before the name. */
static void
role(const struct trait *t, const struct span *s, struct canon_mention *m)
{
	const struct model_head *h = t->model->head;
	size_t i = s->from, k;
	int titles = 0;

	while (i > s->piece->from && s->from - i < ROLE_MAX &&
	       (t->tok[i].flags & TOK_FIRST) == 0) {
		const struct lexeme *x = trait_word(t, i - 1);

		if (x->is.mark)
			break;
		if ((x->role & LEXEME_TITLE) != 0)
			titles++;
		else if ((x->triggers & TRIGGER_STARTS) == 0 &&
			 (!x->is.capital ||
			     (x->named & (h->speak[2] | h->speak[3])) == 0))
			break;
		i--;
	}
	/* Do not begin with a word that only starts a longer title. */
	if (titles == 0)
		return;
	m->role_at = t->tok[i].at;
	m->role_end = t->tok[s->from - 1].end;
	for (k = i; k < s->from; k++) {
		if ((trait_word(t, k)->triggers & TRIGGER_TITLE_WOMAN) != 0)
			m->gender = CANON_FEMALE;
		else if ((trait_word(t, k)->triggers & TRIGGER_TITLE_MAN) != 0)
			m->gender = CANON_MALE;
	}
}
