/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "common/chunk.h"
#include "common/mem.h"

/* A longer run of capitalised words is no name but a list or a banner. */
#define RUN_MAX        40
#define NAME_MAX_WORDS 16

struct scan {
	const struct chunk_text *t;
	struct chunks *out;
	const struct set *seen; /* in a headline, else NULL */
	size_t end;             /* of the sentence */
	int headline;
};

static int starts(const struct scan *, size_t);
static int named_month(const struct scan *, size_t);
static int raised(const struct scan *, size_t);
static int initial(const struct scan *, size_t);
static int acronym(const struct scan *, size_t);
static size_t unit_end(const struct scan *, size_t);
static size_t run_end(const struct scan *, size_t);
static size_t connect(const struct scan *, size_t from, size_t i);
static size_t connect_mark(const struct scan *, size_t from, size_t i);
static int junior(const struct scan *, size_t);
static size_t connect_and(const struct scan *, size_t from, size_t i);
static int ordinary(const struct gaz_word *);
static size_t connect_particle(const struct scan *, size_t i);
static int owned(const struct scan *, size_t from, size_t i);
static void split(const struct scan *, size_t from, size_t to);
static size_t title_end(const struct scan *, size_t i, size_t to);
static int heads_body(const struct scan *, size_t from, size_t to);
static size_t lead_end(const struct scan *, size_t i, size_t to);
static size_t person_after(const struct scan *, size_t i, size_t to);
static int drop_first(const struct scan *, size_t i, size_t to);
static void add(const struct scan *, size_t from, size_t to);

void
chunk_sentence(struct chunks *out, const struct chunk_text *t, size_t from,
    size_t to, int headline, const struct set *seen)
{
	struct scan scan = {t, out, seen, to, headline};
	size_t i = from;

	while (i < to) {
		size_t end;

		if (!starts(&scan, i)) {
			i++;
			continue;
		}
		end = run_end(&scan, i);
		split(&scan, i, end);
		i = end;
	}
}

int
chunk_headline(const struct chunk_text *t, size_t from, size_t to)
{
	const uint32_t names = GAZ_PLACE | GAZ_PEOPLE | GAZ_GIVEN;
	size_t i, words = 0, upper = 0, plain = 0, raised = 0;

	for (i = from; i < to; i++) {
		const struct tok *tok = &t->tok[i];
		const struct gaz_word *w = &t->word[i];

		if (tok->kind != TOK_WORD || tok->end - tok->at < 2)
			continue;
		words++;
		upper += (tok->flags & TOK_UPPER) != 0;
		if (i == from || tok->end - tok->at < 4 ||
		    (w->triggers & GAZ_NEVER) != 0)
			continue;
		if ((tok->flags & TOK_LOWER) != 0)
			plain++;
		else if ((w->names & GAZ_WORD) != 0 &&
			 (w->names & names) == 0 &&
			 (w->triggers & GAZ_TITLE) == 0)
			raised++;
	}
	if (words >= 3 && 10 * upper >= 7 * words)
		return 1;
	/* What ends like a sentence has to look the more like a headline. */
	if (t->tok[to - 1].kind == TOK_MARK && t->tok[to - 1].hash == '.')
		return raised > 2 && plain == 0;
	return raised >= 2 && raised > 2 * plain;
}

void
chunk_free(struct chunks *c)
{
	free(c->v);
	*c = (struct chunks){NULL, 0, 0};
}

/* Whether a name may begin with, or go on over, token `i`. */
static int
starts(const struct scan *s, size_t i)
{
	const struct gaz_word *w = &s->t->word[i];

	if (!w->name_like)
		return 0;
	if (w->phrase_n > 0)
		return 1;
	if (initial(s, i))
		return i + 1 < s->end && s->t->word[i + 1].name_like;
	if ((w->triggers & GAZ_NEVER) != 0 && !acronym(s, i))
		return 0;
	/* "#tag", "US$5" */
	if (i > 0 && s->t->tok[i - 1].kind == TOK_MARK &&
	    (s->t->tok[i].flags & TOK_GLUED) != 0 &&
	    (s->t->tok[i - 1].hash == '#' || s->t->tok[i - 1].hash == '@'))
		return 0;
	if (i + 1 < s->end && s->t->tok[i + 1].hash == '$' &&
	    s->t->tok[i + 1].kind == TOK_MARK &&
	    (s->t->tok[i + 1].flags & TOK_GLUED) != 0)
		return 0;
	if ((w->triggers & GAZ_CALENDAR) != 0 && !named_month(s, i))
		return 0;
	if (s->t->tok[i].end - s->t->tok[i].at < 2)
		return 0;
	return !s->headline || (w->names & GAZ_WORD) == 0 || raised(s, i);
}

/* May is a month unless a title or given name stands before it; Jan is one
 * unless the word before is a title or none, and a name follows. */
static int
named_month(const struct scan *s, size_t i)
{
	const struct gaz_word *w = &s->t->word[i];
	int first = (s->t->tok[i].flags & TOK_FIRST) != 0;

	if (!first && i > 0 && w[-1].name_like &&
	    ((w[-1].triggers & GAZ_TITLE) != 0 ||
		(w[-1].names & GAZ_GIVEN) != 0))
		return 1;
	if ((w->names & GAZ_GIVEN) == 0 || i + 1 >= s->end || !w[1].name_like ||
	    (w[1].names & GAZ_WORD) != 0 ||
	    (w[1].triggers & (GAZ_NEVER | GAZ_CALENDAR)) != 0)
		return 0;
	return first ||
	       (i > 0 && (w[-1].triggers & (GAZ_TITLE | GAZ_ROLE)) != 0);
}

/* Whether a word of the dictionary is a name in a headline all the same. */
static int
raised(const struct scan *s, size_t i)
{
	const struct gaz_word *w = &s->t->word[i], *next = w + 1;

	if ((w->names & (GAZ_COUNTRY | GAZ_CITY | GAZ_PEOPLE)) != 0)
		return 1;
	if (s->seen != NULL && set_find(s->seen, s->t->tok[i].hash) != NULL)
		return 1;
	/* Jane Porter, Mark Ruffalo */
	if (i > 0 && (w->names & GAZ_FAMILY) != 0 && w[-1].name_like &&
	    (w[-1].names & GAZ_GIVEN) != 0 && (w[-1].names & GAZ_WORD) == 0)
		return 1;
	return i + 1 < s->end && (w->names & GAZ_GIVEN) != 0 &&
	       next->name_like && next->names != 0 &&
	       ((next->names & GAZ_WORD) == 0 ||
		   (next->names & GAZ_FAMILY) != 0);
}

/* Whether token `i` is an initial: J. */
static int
initial(const struct scan *s, size_t i)
{
	const struct tok *t = &s->t->tok[i];

	return t->end - t->at == 2 && (t->flags & TOK_DOT) != 0;
}

/* Whether token `i` is a listed acronym that happens to look like a word. */
static int
acronym(const struct scan *s, size_t i)
{
	return !s->headline && (s->t->tok[i].flags & TOK_UPPER) != 0 &&
	       s->t->tok[i].end - s->t->tok[i].at > 2 &&
	       (s->t->word[i].names & (GAZ_ACRONYM | GAZ_KNOWN)) != 0;
}

/* The end of the listed phrase or the single word at `i`. */
static size_t
unit_end(const struct scan *s, size_t i)
{
	size_t n = s->t->word[i].phrase_n;

	return n > 0 && i + n <= s->end ? i + n : i + 1;
}

/* The end of the run of words that may be one name. */
static size_t
run_end(const struct scan *s, size_t from)
{
	size_t i = unit_end(s, from), next;

	while (i < s->end && i - from < RUN_MAX) {
		if (starts(s, i)) {
			i = unit_end(s, i);
			continue;
		}
		next = connect(s, from, i);
		if (next == 0)
			break;
		i = next;
	}
	return i;
}

/*
 * If the words at `i` join the run [from,i) to what follows, return the end
 * of the unit behind them, else 0.
 */
static size_t
connect(const struct scan *s, size_t from, size_t i)
{
	const struct gaz_word *w = s->t->word, *last = &w[i - 1];
	const struct tok *t = &s->t->tok[i];
	struct str word = tok_str(s->t->text, t);
	size_t k = i + 1;

	/* Henry I, where what follows is not what "I" does. */
	if (str_eq(word, STR_LIT("I")))
		return i == from + 1 && (last->names & GAZ_GIVEN) != 0 &&
			       k < s->end &&
			       (s->t->tok[k].kind == TOK_MARK ||
				   (w[k].triggers & GAZ_NEVER) != 0)
			   ? k
			   : 0;
	if (str_eq(word, STR_LIT("party")))
		return i == from + 1 &&
			       (last->names & (GAZ_PARTY | GAZ_PEOPLE)) != 0
			   ? k
			   : 0;
	if (k >= s->end)
		return 0;
	if ((t->flags & TOK_OWNER) != 0)
		return owned(s, from, i) && starts(s, k) ? unit_end(s, k) : 0;
	if (t->kind == TOK_MARK)
		return connect_mark(s, from, i);
	if (t->kind == TOK_NUMBER)
		return (last->triggers & GAZ_OTHER_LAST) != 0 &&
			       t->end - t->at <= 2
			   ? k
			   : 0;
	if ((w[i].triggers & GAZ_PARTICLE) != 0)
		return connect_particle(s, i);
	if (str_eq(word, STR_LIT("and")))
		return connect_and(s, from, i);
	if (str_eq(word, STR_LIT("of"))) {
		if ((last->triggers &
			(GAZ_BODY_OF | GAZ_PLACE_FIRST | GAZ_OTHER_LAST)) == 0)
			return 0;
	} else if ((last->triggers & GAZ_BODY_OF) == 0 ||
		   (!str_eq(word, STR_LIT("for")) &&
		       !str_eq(word, STR_LIT("on")))) {
		return 0;
	}
	if (k + 1 < s->end &&
	    str_eq(tok_str(s->t->text, &s->t->tok[k]), STR_LIT("the")))
		k++;
	return starts(s, k) ? unit_end(s, k) : 0;
}

/* Marks that stand inside names. */
static size_t
connect_mark(const struct scan *s, size_t from, size_t i)
{
	const struct gaz_word *w = s->t->word;
	const struct tok *t = s->t->tok;
	uint64_t mark = t[i].hash;
	size_t k = i + 1;

	if (mark == '&' && starts(s, k))
		return unit_end(s, k);
	/* Fishmongers' Hall */
	if ((mark == '\'' || mark == 0x2019) && (t[i].flags & TOK_GLUED) != 0 &&
	    w[k].name_like &&
	    (w[k].triggers & (GAZ_BODY_LAST | GAZ_PLACE_LAST)) != 0)
		return unit_end(s, k);
	/* Acme Tools, Inc.; John Doe, Jr. */
	if (mark == ',' && w[k].name_like &&
	    ((w[k].triggers & GAZ_FORM) != 0 || junior(s, k)))
		return k + 1;
	/* Edward "Eddie" Smith */
	if ((mark == '"' || mark == 0x201c) && (t[i].flags & TOK_GLUED) == 0 &&
	    (w[from].names & GAZ_GIVEN) != 0 && i - from <= 2 &&
	    k + 2 < s->end && w[k].name_like && t[k + 1].kind == TOK_MARK &&
	    (t[k + 1].hash == '"' || t[k + 1].hash == 0x201d) &&
	    starts(s, k + 2) && (t[k + 2].flags & TOK_GLUED) == 0)
		return unit_end(s, k + 2);
	return 0;
}

static int
junior(const struct scan *s, size_t i)
{
	struct str word = tok_str(s->t->text, &s->t->tok[i]);

	return str_eq(word, STR_LIT("Jr.")) || str_eq(word, STR_LIT("Sr.")) ||
	       str_eq(word, STR_LIT("Jr")) || str_eq(word, STR_LIT("Sr"));
}

/* "and" inside a body: Health and Human Services, Food and Drug Agency. */
static size_t
connect_and(const struct scan *s, size_t from, size_t i)
{
	const struct gaz_word *w = s->t->word;
	size_t k = i + 1, last;
	int inside = 0;

	if (!starts(s, k) || !ordinary(&w[k]) || !ordinary(&w[i - 1]))
		return 0;
	for (last = from + 1; last < i; last++)
		inside |= (s->t->tok[last].flags & TOK_LOWER) != 0 &&
			  (w[last - 1].triggers & GAZ_BODY_OF) != 0;
	if (inside)
		return unit_end(s, k);
	for (last = k;
	     last + 1 < s->end && last < k + 4 && starts(s, last + 1);)
		last++;
	if (last > k && i - from <= 4 &&
	    (w[last].triggers & GAZ_BODY_LAST) != 0 &&
	    (w[from].triggers & GAZ_TITLE) == 0)
		return last + 1;
	return 0;
}

/* Whether the word is more like an ordinary one than a name of its own. */
static int
ordinary(const struct gaz_word *w)
{
	return (w->names & (GAZ_COUNTRY | GAZ_CITY | GAZ_PEOPLE)) == 0 &&
	       ((w->names & GAZ_WORD) != 0 || w->names == 0);
}

/* "de la", "van der", "bin" between the parts of a person's name. */
static size_t
connect_particle(const struct scan *s, size_t i)
{
	size_t k = i;

	while (k < i + 3 && k < s->end &&
	       (s->t->word[k].triggers & GAZ_PARTICLE) != 0 &&
	       !s->t->word[k].name_like)
		k++;
	return k < s->end && starts(s, k) ? unit_end(s, k) : 0;
}

/* Whether the possessive at `i` is part of the name: People's Bank. */
static int
owned(const struct scan *s, size_t from, size_t i)
{
	return i - from <= 2 && (s->t->word[i - 1].triggers & GAZ_OWNED) != 0;
}

/* Cut a run into names. */
static void
split(const struct scan *s, size_t from, size_t to)
{
	size_t i = from, end;

	while (i < to) {
		if ((end = title_end(s, i, to)) > i || drop_first(s, i, to)) {
			i = end > i ? end : i + 1;
			/* "Secretary of State for" leaves small words. */
			while (i < to && !s->t->word[i].name_like)
				i++;
			continue;
		}
		end = lead_end(s, i, to);
		add(s, i, end);
		i = end;
		while (i < to && !s->t->word[i].name_like)
			i++;
	}
}

/* The end of the title at `i`, or `i` if it is none or part of a name. */
static size_t
title_end(const struct scan *s, size_t i, size_t to)
{
	const struct gaz_word *w = &s->t->word[i];
	size_t end = i;

	if (w->title_n > 0 && (w->title & GAZ_TITLE) != 0)
		end = i + w->title_n;
	else if ((w->triggers & (GAZ_TITLE | GAZ_ROLE)) != 0)
		end = i + 1;
	if (end == i || end > to)
		return i;
	/* Actor Tom Hanks; but not Actor alone, or Player Two. */
	if ((w->triggers & GAZ_TITLE) == 0 && end == i + 1 &&
	    (end == to || ((s->t->word[end].names & GAZ_GIVEN) == 0 &&
			      (end + 2 != to ||
				  (s->t->word[end].names & GAZ_WORD) != 0))))
		return i;
	if (w->phrase_n > end - i)
		return i;
	if (end < to &&
	    (w->triggers & (GAZ_TITLE_MAN | GAZ_TITLE_WOMAN)) == 0 &&
	    (s->t->word[end].names & GAZ_GIVEN) == 0 && heads_body(s, end, to))
		return i;
	return end;
}

/* Whether [from,to) ends like a body, place or event. */
static int
heads_body(const struct scan *s, size_t from, size_t to)
{
	return to > from && (s->t->word[to - 1].triggers &
				(GAZ_BODY_LAST | GAZ_FORM | GAZ_PLACE_LAST |
				    GAZ_OTHER_LAST)) != 0;
}

/*
 * The end of the name that starts at `i`: before a title that names a person
 * ("Microsoft CEO X"), behind a demonym or country that stands before one.
 */
static size_t
lead_end(const struct scan *s, size_t i, size_t to)
{
	const struct gaz_word *w = s->t->word;
	size_t end = unit_end(s, i), k;
	uint32_t kinds = end > i + 1 ? w[i].phrase : w[i].names;

	for (k = end; k < to; k = unit_end(s, k)) {
		size_t t = (w[k].triggers & GAZ_TITLE) != 0 || w[k].title_n > 0
			       ? title_end(s, k, to)
			       : k;

		/* Alexander Pope, Jeffrey Dean Morgan */
		if (t == k + 1 && (w[i].names & GAZ_GIVEN) != 0 &&
		    (w[k].names & (GAZ_GIVEN | GAZ_FAMILY)) != 0)
			continue;
		if (t > k && t <= to && w[k].name_like && w[i].name_like &&
		    s->t->tok[k - 1].kind == TOK_WORD && w[k - 1].name_like)
			return k;
	}
	if (i > 0 && (k = person_after(s, i, to)) > i)
		return k;
	if (end < to && (kinds & (GAZ_PEOPLE | GAZ_COUNTRY)) != 0 &&
	    w[end].name_like && !heads_body(s, end, to) &&
	    (kinds & (GAZ_GIVEN | GAZ_FAMILY)) == 0 &&
	    ((w[end].names & GAZ_WORD) == 0 || (w[end].names & GAZ_GIVEN) != 0))
		return end;
	return to;
}

/*
 * Behind "of" and "from" what is governed ends where a person's name begins:
 * "Governor of Vermont Phil Scott".  Returns that token, or `i`.
 */
static size_t
person_after(const struct scan *s, size_t i, size_t to)
{
	const struct gaz_word *w = s->t->word;
	struct str before = tok_str(s->t->text, &s->t->tok[i - 1]);
	uint32_t kinds = w[i].phrase_n > 0 ? w[i].phrase : w[i].names;
	size_t k = unit_end(s, i);

	if (!str_eq(before, STR_LIT("of")) && !str_eq(before, STR_LIT("from")))
		return i;
	if ((kinds & (GAZ_COUNTRY | GAZ_CITY)) != 0 && k + 2 == to &&
	    w[k].name_like && (w[k].names & GAZ_WORD) == 0 &&
	    !heads_body(s, k, to))
		return k;
	if ((kinds & (GAZ_COUNTRY | GAZ_CITY)) == 0 &&
	    (w[i].names & GAZ_GIVEN) != 0)
		return i;
	for (; k + 1 < to && k < i + 4; k = unit_end(s, k))
		if ((w[k].names & GAZ_GIVEN) != 0 && w[k + 1].name_like &&
		    w[k].phrase_n == 0 && !heads_body(s, k, to))
			return k;
	return i;
}

/* Whether the word at the head of a sentence is no part of the name. */
static int
drop_first(const struct scan *s, size_t i, size_t to)
{
	const struct gaz_word *w = &s->t->word[i];
	size_t next = i + 1;

	if (w->phrase_n > 0 || next >= to)
		return 0;
	if ((s->t->tok[i].flags & TOK_FIRST) == 0 &&
	    (i == 0 || s->t->tok[i - 1].kind != TOK_MARK))
		return 0;
	if ((w->names & GAZ_WORD) == 0 ||
	    (w->names & (GAZ_GIVEN | GAZ_COUNTRY | GAZ_PEOPLE)) != 0)
		return 0;
	if (!s->t->word[next].name_like)
		return 0;
	if ((w->triggers &
		(GAZ_PLACE_FIRST | GAZ_BEFORE_NAME | GAZ_OTHER_BEFORE)) != 0 ||
	    heads_body(s, next, to))
		return 0;
	if ((s->t->word[next].names & GAZ_GIVEN) != 0 && next + 1 < to)
		return 1;
	return (s->t->word[next].names & GAZ_WORD) == 0 ||
	       (s->t->word[next].names & (GAZ_COUNTRY | GAZ_CITY)) != 0;
}

/* Keep [from,to) as a possible name, without small words at its end. */
static void
add(const struct scan *s, size_t from, size_t to)
{
	struct chunks *c = s->out;

	while (to > from && s->t->word[to - 1].phrase_n == 0 &&
	       (s->t->tok[to - 1].flags & TOK_LOWER) != 0)
		to--;
	if (to == from || to - from > NAME_MAX_WORDS)
		return;
	if (c->n == c->cap)
		c->v = mem_grow(c->v, &c->cap, c->n + 1, sizeof(*c->v));
	c->v[c->n++] = (struct chunk){(uint32_t)from, (uint32_t)to};
}
