/* SPDX-License-Identifier: ISC */
#include "common/hash.h"
#include "common/set.h"
#include "common/tok.h"

#include "cmd/quotes/describe.h"
#include "cmd/quotes/word.h"

/* Bounds in tokens of a title before a name and an apposition behind it. */
#define BEFORE 6
#define BEHIND 14

/* Letters that make a stem: "austra" of Australia and Australian. */
#define STEM 6

static void beside(struct describe *, struct str text, const struct tok_list *,
    const struct tag_name *, size_t *tok, const struct word_list *);
static void
own_nouns(struct describe *, struct str text, const struct tok_list *,
    const struct tag_name *, size_t *tok, const struct word_list *);
static void add(struct describe *, struct str text, const struct tok *,
    uint32_t entity, const struct word_list *);
static int is_definite(const struct tok *, const struct word_list *);
static int is_content(const struct tok *, uint32_t classes);
static int parts_clause(const struct tok *);
static uint64_t stem(struct str);

void
describe_doc(struct describe *d, const struct doc *doc,
    const struct tag_names *names, struct kept *kept,
    const struct word_list *words)
{
	const struct tok_list *l = NULL;
	size_t i, tok = 0;

	set_clear(&d->traits);
	for (i = 0; i < names->n; i++) {
		const struct tag_name *m = &names->v[i];
		struct str text = doc->v[m->block].text;

		if (i == 0 || m->block != names->v[i - 1].block) {
			l = kept_cut(kept, m->block, text);
			tok = 0;
		}
		if (names->entity[m->entity].type == TAG_PER)
			beside(d, text, l, m, &tok, words);
		else if (names->entity[m->entity].type == TAG_ORG)
			own_nouns(d, text, l, m, &tok, words);
	}
}

/* Of a body take the nouns that it may be called by: "the council". */
static void
own_nouns(struct describe *d, struct str text, const struct tok_list *l,
    const struct tag_name *m, size_t *tok, const struct word_list *words)
{
	while (*tok < l->n && l->v[*tok].at < m->at)
		++*tok;
	for (; *tok < l->n && l->v[*tok].end <= m->end; ++*tok)
		if (l->v[*tok].end == m->end ||
		    (*tok + 1 < l->n &&
			(word_classes(words, l->v[*tok + 1].hash) &
			    WORD_PREP) != 0))
			add(d, text, &l->v[*tok], m->entity, words);
}

/* Take the words beside one mention; `*tok` goes on from mention to mention. */
static void
beside(struct describe *d, struct str text, const struct tok_list *l,
    const struct tag_name *m, size_t *tok, const struct word_list *words)
{
	size_t i, low, high, end;

	while (*tok < l->n && l->v[*tok].at < m->at)
		++*tok;
	for (end = *tok; end < l->n && l->v[end].at < m->end;)
		end++;
	/* "Norwegian President X", "Oakton mayor X". */
	low = *tok < BEFORE ? 0 : *tok - BEFORE;
	for (i = *tok; i > low && l->v[i - 1].kind != TOK_MARK; i--) {
		uint32_t classes = word_classes(words, l->v[i - 1].hash);

		if ((classes & (WORD_DET | WORD_PREP | WORD_BREAK | WORD_ADV |
				   WORD_TIME)) != 0)
			break;
		add(d, text, &l->v[i - 1], m->entity, words);
	}
	/* "X, the Florida senator,", "X (R-Fla.)", "X of Florida". */
	if (end < l->n && !(l->v[end].hash == ',' || l->v[end].hash == '('))
		return;
	high = l->n - end < BEHIND ? l->n : end + BEHIND;
	for (i = end + 1; i < high && !parts_clause(&l->v[i]); i++) {
		uint32_t classes = word_classes(words, l->v[i].hash);

		if ((classes & (WORD_REL | WORD_BE | WORD_AUX | WORD_BREAK |
				   WORD_PRON)) != 0)
			break;
		/* An apposition, not the next clause or the next of a list. */
		if (i == end + 1 && l->v[end].hash == ',' &&
		    (classes & WORD_DET) == 0 &&
		    (l->v[i].flags & TOK_LOWER) == 0)
			break;
		add(d, text, &l->v[i], m->entity, words);
	}
}

static void
add(struct describe *d, struct str text, const struct tok *t, uint32_t entity,
    const struct word_list *words)
{
	int fresh;

	if (!is_content(t, word_classes(words, t->hash)))
		return;
	(void)set_at(&d->traits,
	    hash_join(stem(tok_str(text, t)), (uint64_t)entity + 1), &fresh);
}

static int
is_content(const struct tok *t, uint32_t classes)
{
	return t->kind == TOK_WORD && t->end - t->at > 2 &&
	       (classes & ~(uint32_t)(WORD_PERSON | WORD_TITLE | WORD_PAPER |
				      WORD_GROUP)) == 0;
}

static int
parts_clause(const struct tok *t)
{
	return t->kind == TOK_MARK && t->hash != '-' && t->hash != '.';
}

/* The hash of the first letters; short titles are written out. */
static uint64_t
stem(struct str s)
{
	static const char *const full[][2] = {{"Gov.", "governor"},
	    {"Sen.", "senator"}, {"Rep.", "representative"},
	    {"Pres.", "president"}, {"Gen.", "general"}, {"Prof.", "professor"},
	    {"Lt.", "lieutenant"}, {"Sgt.", "sergeant"}, {"Capt.", "captain"},
	    {"Col.", "colonel"}, {"Rev.", "reverend"}};
	size_t i = 0, letters = 0;

	for (; i < sizeof(full) / sizeof(full[0]); i++)
		if (str_eq(s, str_of(full[i][0])))
			s = str_of(full[i][1]);
	i = 0;
	while (i < s.n && letters < STEM) {
		i++;
		while (i < s.n && (s.p[i] & 0xc0) == 0x80)
			i++;
		letters++;
	}
	return tok_hash(str_sub(s, 0, i));
}

/* "The", "this", "his", not "a". */
static int
is_definite(const struct tok *t, const struct word_list *words)
{
	return (word_classes(words, t->hash) & WORD_DET) != 0 &&
	       t->end - t->at > 2;
}

int
describe_query(struct describe *d, struct str phrase,
    const struct word_list *words, struct describe_query *q)
{
	const struct tok_list *l = &d->toks;
	const struct tok *head;
	int person = 0, definite;
	size_t i;

	q->n = 0;
	q->others = 0;
	tok_text(&d->toks, phrase);
	if (l->n < 2)
		return 0;
	/* "The", "this", "his"; "Oakton's mayor", "Oakton district judge". */
	definite = is_definite(&l->v[0], words);
	head = &l->v[l->n - 1];
	if (!definite &&
	    ((word_classes(words, head->hash) & WORD_PERSON) == 0 ||
		(l->v[0].flags & TOK_CAPITAL) == 0 ||
		(head->flags & TOK_LOWER) == 0))
		return 0;
	for (i = definite ? 1 : 0; i < l->n && q->n < DESCRIBE_WORDS; i++) {
		uint32_t classes = word_classes(words, l->v[i].hash);

		if (!is_content(&l->v[i], classes))
			continue;
		q->stem[q->n] = stem(tok_str(phrase, &l->v[i]));
		q->noun[q->n] = (classes & (WORD_PERSON | WORD_TITLE)) != 0;
		q->others += !q->noun[q->n];
		person |= q->noun[q->n++];
	}
	return person && (definite || q->others > 0);
}

int
describe_fit(
    const struct describe *d, const struct describe_query *q, uint32_t entity)
{
	int fit = 0;
	size_t i;

	for (i = 0; i < q->n; i++) {
		uint64_t key = hash_join(q->stem[i], (uint64_t)entity + 1);
		int found = set_find(&d->traits, key) != NULL;

		fit += found * (q->noun[i] ? 1 : 2);
	}
	/* "The Utah senator" is no senator of another state. */
	return q->others > 0 && fit < 2 ? 0 : fit;
}

int
describe_body(struct describe *d, struct str phrase,
    const struct word_list *words, uint64_t *noun)
{
	const struct tok_list *l = &d->toks;
	size_t i;

	tok_text(&d->toks, phrase);
	if (l->n < 2 || l->n > 4 || !is_definite(&l->v[0], words))
		return 0;
	for (i = 1; i < l->n; i++)
		if ((l->v[i].flags & TOK_LOWER) == 0 ||
		    !is_content(&l->v[i], word_classes(words, l->v[i].hash)))
			return 0;
	*noun = stem(tok_str(phrase, &l->v[l->n - 1]));
	return 1;
}

int
describe_is(const struct describe *d, uint64_t noun, uint32_t entity)
{
	return set_find(&d->traits, hash_join(noun, (uint64_t)entity + 1)) !=
	       NULL;
}

void
describe_free(struct describe *d)
{
	set_free(&d->traits);
	tok_free(&d->toks);
}
