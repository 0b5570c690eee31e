/* SPDX-License-Identifier: ISC */
#include "common/clue.h"

static void add(struct clue_set *, int clue);
static void listed(struct clue_set *, uint32_t kinds);
static void one_word(struct clue_set *, const struct chunk_text *, size_t);
static void words(struct clue_set *, const struct chunk_text *, struct chunk);
static void heads(struct clue_set *, const struct chunk_text *, struct chunk);
static void shapes(struct clue_set *, const struct chunk_text *, struct chunk);
static void endings(struct clue_set *, struct str);
static void before(struct clue_set *, const struct chunk_text *, size_t);
static void before_word(struct clue_set *, const struct chunk_text *, size_t);
static void after(struct clue_set *, const struct chunk_text *, size_t);
static void after_mark(struct clue_set *, const struct chunk_text *, size_t);
static int is(const struct chunk_text *, size_t, const char *);
static int starts_sentence(const struct chunk_text *, size_t);

void
clue_find(struct clue_set *s, const struct chunk_text *t, struct chunk c,
    int headline)
{
	const struct gaz_word *w = &t->word[c.from];
	struct clue_set own;

	*s = (struct clue_set){{0, 0}};
	if (c.to - c.from == 1) {
		listed(s, w->names);
		one_word(s, t, c.from);
	} else {
		if (w->phrase_n == c.to - c.from)
			listed(s, w->phrase);
		words(s, t, c);
	}
	heads(s, t, c);
	shapes(s, t, c);
	own = *s;
	before(s, t, c.from);
	after(s, t, c.to);
	if (own.v[0] == s->v[0] && own.v[1] == s->v[1])
		add(s, CLUE_PLAIN);
	if (headline)
		add(s, CLUE_IN_HEADLINE);
}

static void
add(struct clue_set *s, int clue)
{
	s->v[clue >> 6] |= (uint64_t)1 << (clue & 63);
}

static void
listed(struct clue_set *s, uint32_t kinds)
{
	static const struct {
		uint32_t kind;
		int clue;
	} table[] = {{GAZ_COUNTRY, CLUE_COUNTRY}, {GAZ_CITY, CLUE_CITY},
	    {GAZ_TOWN, CLUE_TOWN}, {GAZ_PEOPLE, CLUE_PEOPLE},
	    {GAZ_EVENT, CLUE_EVENT}, {GAZ_COMPANY, CLUE_COMPANY},
	    {GAZ_SCHOOL, CLUE_SCHOOL}, {GAZ_GOVERNMENT, CLUE_GOVERNMENT},
	    {GAZ_MEDIA, CLUE_MEDIA}, {GAZ_PARTY, CLUE_PARTY},
	    {GAZ_TEAM, CLUE_TEAM}, {GAZ_ACRONYM, CLUE_ACRONYM},
	    {GAZ_KNOWN, CLUE_KNOWN}};
	size_t i;

	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if ((kinds & table[i].kind) != 0)
			add(s, table[i].clue);
}

/* What a name of one word looks like. */
static void
one_word(struct clue_set *s, const struct chunk_text *t, size_t i)
{
	const struct tok *tok = &t->tok[i];
	uint32_t kinds = t->word[i].names;
	uint32_t person = GAZ_GIVEN | GAZ_FAMILY | GAZ_RARE_NAME;

	add(s, CLUE_ONE);
	if (kinds == 0)
		add(s, CLUE_UNLISTED);
	if ((kinds & GAZ_GIVEN) != 0)
		add(s, CLUE_GIVEN);
	if ((kinds & GAZ_FAMILY) != 0)
		add(s, CLUE_FAMILY);
	else if ((kinds & GAZ_RARE_NAME) != 0)
		add(s, CLUE_RARE);
	if ((kinds & person) != 0 && (kinds & GAZ_PLACE) != 0)
		add(s, CLUE_GIVEN_CITY);
	if ((kinds & GAZ_COMMON) != 0)
		add(s, CLUE_COMMON);
	else if ((kinds & GAZ_DICTIONARY) != 0)
		add(s, CLUE_DICTIONARY);
	if ((kinds & GAZ_WORD) != 0 && starts_sentence(t, i) &&
	    (kinds & (GAZ_COUNTRY | GAZ_CITY | GAZ_PEOPLE)) == 0)
		add(s, (kinds & person) != 0 ? CLUE_NAME_AT_START
					     : CLUE_WORD_AT_START);
	if ((tok->flags & TOK_UPPER) != 0)
		add(s, tok->end - tok->at <= 5 ? CLUE_UPPER : CLUE_UPPER_LONG);
	if ((tok->flags & TOK_UPPER) != 0 && (kinds & GAZ_WORD) != 0)
		add(s, CLUE_UPPER_WORD);
	if ((t->word[i].triggers & GAZ_BODY_LAST) != 0)
		add(s, CLUE_BODY_ALONE);
	if ((t->word[i].triggers & GAZ_PLACE_LAST) != 0)
		add(s, CLUE_PLACE_ALONE);
	if ((t->word[i].triggers & GAZ_OTHER_LAST) != 0)
		add(s, CLUE_NAMED_ALONE);
}

/* What the first and last of several words are. */
static void
words(struct clue_set *s, const struct chunk_text *t, struct chunk c)
{
	uint32_t first = t->word[c.from].names, last = t->word[c.to - 1].names;
	size_t i, n = c.to - c.from;
	int all = 1;

	add(s, n == 2 ? CLUE_TWO : n == 3 ? CLUE_THREE : CLUE_MANY);
	if ((first & GAZ_GIVEN) != 0) {
		add(s, CLUE_GIVEN_FIRST);
		if ((last & (GAZ_FAMILY | GAZ_RARE_NAME)) != 0)
			add(s, CLUE_GIVEN_FAMILY);
		else if (last == 0)
			add(s, CLUE_GIVEN_OTHER);
	}
	if ((last & GAZ_FAMILY) != 0)
		add(s, CLUE_FAMILY_LAST);
	else if ((last & GAZ_RARE_NAME) != 0)
		add(s, CLUE_RARE_LAST);
	if (last == 0)
		add(s, CLUE_OTHER_LAST);
	if (first == 0)
		add(s, CLUE_OTHER_FIRST);
	if ((first & GAZ_WORD) != 0)
		add(s, CLUE_FIRST_WORD);
	if ((last & GAZ_WORD) != 0)
		add(s, CLUE_LAST_WORD);
	for (i = c.from; i < c.to; i++)
		all &=
		    !t->word[i].name_like || (t->word[i].names & GAZ_WORD) != 0;
	if (all)
		add(s, CLUE_ALL_WORDS);
}

/* Words that say what kind of thing is named. */
static void
heads(struct clue_set *s, const struct chunk_text *t, struct chunk c)
{
	const struct gaz_word *w = &t->word[c.from];
	uint32_t first = w->triggers, last = t->word[c.to - 1].triggers;
	uint32_t names = w->phrase_n > 0 ? w->phrase : w->names;
	size_t i;

	if (c.to - c.from == 1)
		return;
	if ((last & GAZ_BODY_LAST) != 0)
		add(s, CLUE_BODY_LAST);
	if ((last & GAZ_PLACE_LAST) != 0)
		add(s, CLUE_PLACE_LAST);
	if ((last & GAZ_OTHER_LAST) != 0)
		add(s, CLUE_NAMED_LAST);
	if ((last & GAZ_FORM) != 0)
		add(s, CLUE_FORM);
	if ((first & GAZ_DIRECTION) != 0)
		add(s, CLUE_DIRECTION);
	if ((first & GAZ_PLACE_FIRST) != 0)
		add(s, CLUE_PLACE_FIRST);
	if ((first & GAZ_OTHER_BEFORE) != 0)
		add(s, CLUE_NAMED_FIRST);
	if ((first & GAZ_BODY_OF) != 0 && !t->word[c.from + 1].name_like)
		add(s, CLUE_BODY_FIRST);
	if ((names & GAZ_PEOPLE) != 0)
		add(s, CLUE_PEOPLE_FIRST);
	if ((names & GAZ_COUNTRY) != 0)
		add(s, CLUE_COUNTRY_FIRST);
	if ((names & GAZ_CITY) != 0)
		add(s, CLUE_CITY_FIRST);
	if ((names & GAZ_COMPANY) != 0)
		add(s, CLUE_COMPANY_FIRST);
	for (i = c.from; i + 1 < c.to; i++)
		if (t->word[i].name_like &&
		    (t->word[i].triggers & GAZ_BODY_LAST) != 0)
			add(s, CLUE_BODY_INSIDE);
}

/* What its words are made of. */
static void
shapes(struct clue_set *s, const struct chunk_text *t, struct chunk c)
{
	size_t i, k;

	for (i = c.from; i < c.to; i++) {
		const struct tok *tok = &t->tok[i];
		struct str w = tok_str(t->text, tok);

		if (tok->kind == TOK_NUMBER)
			add(s, CLUE_NUMBER_LAST);
		else if ((tok->flags & TOK_DIGIT) != 0)
			add(s, CLUE_DIGIT);
		if (w.n == 2 && w.p[1] == '.' && c.to - c.from > 1)
			add(s, CLUE_INITIAL);
		if ((t->word[i].triggers & GAZ_PARTICLE) != 0 && i > c.from &&
		    (tok->flags & TOK_LOWER) != 0)
			add(s, CLUE_PARTICLE);
		else if (is(t, i, "of") || is(t, i, "for"))
			add(s, CLUE_OF);
		else if (is(t, i, "and") || is(t, i, "&"))
			add(s, CLUE_AND);
		for (k = 1; k < w.n && w.n < 64; k++) {
			if (w.p[k] == '-')
				add(s, CLUE_HYPHEN);
			if (w.p[k] >= 'A' && w.p[k] <= 'Z' &&
			    w.p[k - 1] >= 'a' && w.p[k - 1] <= 'z')
				add(s, CLUE_MIXED);
		}
	}
	if (c.to - c.from > 1 && (t->tok[c.from].flags & TOK_UPPER) != 0)
		add(s, CLUE_UPPER_FIRST);
	endings(s, tok_str(t->text, &t->tok[c.to - 1]));
}

/* What the last word ends like. */
static void
endings(struct clue_set *s, struct str w)
{
	static const struct {
		char end[8];
		unsigned char n;
		unsigned char clue;
	} table[] = {{"enko", 4, CLUE_LIKE_PERSON},
	    {"vich", 4, CLUE_LIKE_PERSON}, {"sky", 3, CLUE_LIKE_PERSON},
	    {"ski", 3, CLUE_LIKE_PERSON}, {"ov", 2, CLUE_LIKE_PERSON},
	    {"ova", 3, CLUE_LIKE_PERSON}, {"ev", 2, CLUE_LIKE_PERSON},
	    {"eva", 3, CLUE_LIKE_PERSON}, {"sson", 4, CLUE_LIKE_PERSON},
	    {"sen", 3, CLUE_LIKE_PERSON}, {"ez", 2, CLUE_LIKE_PERSON},
	    {"wicz", 4, CLUE_LIKE_PERSON}, {"i\xc4\x87", 3, CLUE_LIKE_PERSON},
	    {"yan", 3, CLUE_LIKE_PERSON}, {"shvili", 6, CLUE_LIKE_PERSON},
	    {"mann", 4, CLUE_LIKE_PERSON}, {"poulos", 6, CLUE_LIKE_PERSON},
	    {"uddin", 5, CLUE_LIKE_PERSON}, {"stan", 4, CLUE_LIKE_PLACE},
	    {"land", 4, CLUE_LIKE_PLACE}, {"burg", 4, CLUE_LIKE_PLACE},
	    {"burgh", 5, CLUE_LIKE_PLACE}, {"ville", 5, CLUE_LIKE_PLACE},
	    {"ton", 3, CLUE_LIKE_PLACE}, {"shire", 5, CLUE_LIKE_PLACE},
	    {"abad", 4, CLUE_LIKE_PLACE}, {"grad", 4, CLUE_LIKE_PLACE},
	    {"pur", 3, CLUE_LIKE_PLACE}, {"polis", 5, CLUE_LIKE_PLACE},
	    {"ford", 4, CLUE_LIKE_PLACE}, {"ham", 3, CLUE_LIKE_PLACE},
	    {"ia", 2, CLUE_LIKE_PLACE}, {"ians", 4, CLUE_LIKE_PEOPLE},
	    {"ian", 3, CLUE_LIKE_PEOPLE}, {"ans", 3, CLUE_LIKE_PEOPLE},
	    {"ese", 3, CLUE_LIKE_PEOPLE}, {"ish", 3, CLUE_LIKE_PEOPLE},
	    {"ists", 4, CLUE_LIKE_PEOPLE}, {"soft", 4, CLUE_LIKE_COMPANY},
	    {"corp", 4, CLUE_LIKE_COMPANY}, {"tech", 4, CLUE_LIKE_COMPANY},
	    {"bank", 4, CLUE_LIKE_COMPANY}, {"com", 3, CLUE_LIKE_COMPANY},
	    {"net", 3, CLUE_LIKE_COMPANY}, {"tel", 3, CLUE_LIKE_COMPANY},
	    {"oil", 3, CLUE_LIKE_COMPANY}, {"ism", 3, CLUE_LIKE_BELIEF},
	    {"ist", 3, CLUE_LIKE_BELIEF}, {"ity", 3, CLUE_LIKE_BELIEF},
	    {"ology", 5, CLUE_LIKE_BELIEF}};
	size_t i;

	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		size_t n = table[i].n;

		if (w.n > n + 2 &&
		    w.p[w.n - 1] == (unsigned char)table[i].end[n - 1] &&
		    memcmp(w.p + w.n - n, table[i].end, n) == 0)
			add(s, table[i].clue);
	}
}

/* What stands before token `i`. */
static void
before(struct clue_set *s, const struct chunk_text *t, size_t i)
{
	int mark;

	if (i == 0 || (t->tok[i].flags & TOK_FIRST) != 0) {
		add(s, CLUE_AT_START);
		return;
	}
	if ((t->tok[i - 1].flags & TOK_OWNER) != 0) {
		add(s, CLUE_AFTER_OWNER);
		return;
	}
	if (t->tok[i - 1].kind != TOK_MARK) {
		before_word(s, t, i);
		return;
	}
	mark = (int)t->tok[i - 1].hash;
	if (mark == ',')
		add(s, CLUE_AFTER_COMMA);
	else if (mark == '(' || mark == '[')
		add(s, CLUE_AFTER_BRACKET);
	else if (mark == '"' || mark == '\'' || mark == 0x201c ||
		 mark == 0x2018 || mark == 0xab)
		add(s, CLUE_AFTER_QUOTE);
	else
		add(s, CLUE_AFTER_MARK);
}

static void
before_word(struct clue_set *s, const struct chunk_text *t, size_t i)
{
	static const struct {
		uint32_t kind;
		int clue;
	} table[] = {{GAZ_IN, CLUE_AFTER_IN}, {GAZ_TO, CLUE_AFTER_TO},
	    {GAZ_BREAK, CLUE_AFTER_BREAK}, {GAZ_ROLE, CLUE_AFTER_ROLE},
	    {GAZ_TITLE, CLUE_AFTER_TITLE},
	    {GAZ_TITLE_MAN | GAZ_TITLE_WOMAN, CLUE_AFTER_MR},
	    {GAZ_BODY_BEFORE, CLUE_AFTER_BODY},
	    {GAZ_OTHER_BEFORE, CLUE_AFTER_NAMED}};
	const struct gaz_word *w = &t->word[i - 1];
	size_t k;

	for (k = 0; k < sizeof(table) / sizeof(table[0]); k++)
		if ((w->triggers & table[k].kind) != 0)
			add(s, table[k].clue);
	if (is(t, i - 1, "the") || is(t, i - 1, "The"))
		add(s, CLUE_AFTER_THE);
	else if (is(t, i - 1, "a") || is(t, i - 1, "an"))
		add(s, CLUE_AFTER_A);
	else if (is(t, i - 1, "and"))
		add(s, CLUE_AFTER_AND);
	else if (is(t, i - 1, "of"))
		add(s, i > 1 && (t->word[i - 2].triggers & GAZ_PLACE_NOUN) != 0
			   ? CLUE_AFTER_PLACE
			   : CLUE_AFTER_OF);
	if ((w->triggers & GAZ_PLACE_NOUN) != 0 && !w->name_like)
		add(s, CLUE_AFTER_PLACE);
	if ((w->names & GAZ_PEOPLE) != 0)
		add(s, CLUE_AFTER_PEOPLE);
}

/* What stands from token `i` on. */
static void
after(struct clue_set *s, const struct chunk_text *t, size_t i)
{
	static const struct {
		uint32_t kind;
		int clue;
	} table[] = {{GAZ_VERB_PERSON, CLUE_BEFORE_PERSON},
	    {GAZ_VERB, CLUE_BEFORE_VERB}, {GAZ_BODY_AFTER, CLUE_BEFORE_BODY},
	    {GAZ_PLACE_LAST, CLUE_BEFORE_AREA},
	    {GAZ_TITLE | GAZ_ROLE, CLUE_BEFORE_TITLE},
	    {GAZ_BODY_LAST | GAZ_BODY_BEFORE, CLUE_BEFORE_NOUN}};
	size_t k;

	if (i >= t->n) {
		add(s, CLUE_AT_END);
		return;
	}
	if ((t->tok[i].flags & TOK_OWNER) != 0) {
		add(s, CLUE_BEFORE_OWNER);
		return;
	}
	if (t->tok[i].kind == TOK_NUMBER) {
		add(s, CLUE_BEFORE_NUMBER);
		return;
	}
	if (t->tok[i].kind == TOK_MARK) {
		after_mark(s, t, i);
		return;
	}
	for (k = 0; k < sizeof(table) / sizeof(table[0]); k++)
		if ((t->word[i].triggers & table[k].kind) != 0)
			add(s, table[k].clue);
	if (is(t, i, "and"))
		add(s, CLUE_BEFORE_AND);
	else if (is(t, i, "in"))
		add(s, CLUE_BEFORE_IN);
	else if (is(t, i, "of"))
		add(s, CLUE_BEFORE_OF);
}

static void
after_mark(struct clue_set *s, const struct chunk_text *t, size_t i)
{
	uint64_t mark = t->tok[i].hash;

	if (mark == '(')
		add(s, CLUE_BEFORE_BRACKET);
	if (mark == '.' || mark == '!' || mark == '?')
		add(s, CLUE_AT_END);
	if (mark != ',')
		return;
	if (i + 1 < t->n && ((t->word[i + 1].names | t->word[i + 1].phrase) &
				(GAZ_COUNTRY | GAZ_CITY)) != 0)
		add(s, CLUE_BEFORE_PLACE);
	else if (i + 2 < t->n && t->tok[i + 1].kind == TOK_NUMBER &&
		 t->tok[i + 1].end - t->tok[i + 1].at == 2 &&
		 t->tok[i + 2].kind == TOK_MARK)
		add(s, CLUE_BEFORE_AGE);
	else
		add(s, CLUE_BEFORE_COMMA);
}

/* Whether token `i` is this word or mark. */
static int
is(const struct chunk_text *t, size_t i, const char *word)
{
	return str_eq(tok_str(t->text, &t->tok[i]), str_of(word));
}

static int
starts_sentence(const struct chunk_text *t, size_t i)
{
	return (t->tok[i].flags & TOK_FIRST) != 0 ||
	       (i > 0 && t->tok[i - 1].kind == TOK_MARK &&
		   t->tok[i - 1].hash != ',' && t->tok[i - 1].hash != '(');
}
