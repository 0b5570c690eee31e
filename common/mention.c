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

static int known_head(const struct trait *, size_t i);
static int is_numeral(const struct trait *, size_t i);
static int in_brackets(const struct trait *, const struct span *,
    const struct canon_mention *before, const struct canon_mention *);
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
	size_t k;

	m->head = first->low;
	m->tail = trait_word(t, s.to - 1)->low;
	m->name = canon_first(canon, first->low);
	for (k = s.from + 1; k < s.to; k++)
		m->name = hash_join(m->name, trait_word(t, k)->low);
	m->known_head = (uint8_t)known_head(t, from);
	initials(t, &s, m);
	m->acronym =
	    m->words == 1 && m->initials >> 16 != 0 && first->is.upper != 0;
	/* "Norton I" is a Norton, "John Paul II" a John Paul. */
	if (m->type == CANON_PER && m->words > 1 && is_numeral(t, s.to - 1)) {
		m->tail = trait_word(t, s.to - 2)->low;
		m->words--;
	}
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

/* Whether the name is an acronym in brackets of the name before it. */
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
		   before->initials >> 8 == m->initials);
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
