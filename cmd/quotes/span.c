/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "common/str.h"
#include "common/tok.h"

#include "cmd/quotes/span.h"

/* Kinds of marks: what may close what. */
enum mark_kind {
	STRAIGHT,      /* " */
	CURLY_LEFT,    /* U+201C, closes U+201E */
	CURLY_RIGHT,   /* U+201D */
	LOW,           /* U+201E */
	TWO,           /* two apostrophes */
	TWO_GRAVE,     /* two grave accents, closed by two apostrophes */
	ANGLE_LEFT,    /* U+00AB */
	ANGLE_RIGHT,   /* U+00BB */
	CORNER_LEFT,   /* U+300C U+300E */
	CORNER_RIGHT,  /* U+300D U+300F */
	SINGLE,        /* ' */
	SINGLE_LEFT,   /* U+2018 */
	SINGLE_RIGHT,  /* U+2019 */
	SINGLE_LOW,    /* U+201A */
	SINGLE_ANGLE,  /* U+2039 */
	SINGLE_ANGLE_R /* U+203A */
};

struct span_mark {
	uint32_t tok;
	uint32_t len;   /* tokens */
	uint32_t close; /* of single marks: index of the closing one, or 0 */
	uint8_t kind;
	uint8_t open; /* may open by its place */
	uint8_t shut; /* may close by its place: 2 surely, 1 perhaps */
};

#define BIT(kind) ((uint32_t)1 << (kind))

/* The kinds that close each kind; 0 for what opens nothing. */
static const uint32_t closers[] = {
    [STRAIGHT] = BIT(STRAIGHT) | BIT(CURLY_RIGHT),
    [CURLY_LEFT] = BIT(CURLY_RIGHT) | BIT(STRAIGHT) | BIT(CURLY_LEFT),
    [CURLY_RIGHT] = BIT(CURLY_RIGHT) | BIT(STRAIGHT),
    [LOW] = BIT(CURLY_LEFT) | BIT(CURLY_RIGHT) | BIT(STRAIGHT),
    [TWO] = BIT(TWO) | BIT(STRAIGHT),
    [TWO_GRAVE] = BIT(TWO) | BIT(STRAIGHT),
    [ANGLE_LEFT] = BIT(ANGLE_RIGHT),
    [ANGLE_RIGHT] = BIT(ANGLE_LEFT),
    [CORNER_LEFT] = BIT(CORNER_RIGHT),
    [SINGLE] = BIT(SINGLE) | BIT(SINGLE_RIGHT),
    [SINGLE_LEFT] = BIT(SINGLE_RIGHT) | BIT(SINGLE),
    [SINGLE_LOW] = BIT(SINGLE_LEFT) | BIT(SINGLE_RIGHT),
    [SINGLE_ANGLE] = BIT(SINGLE_ANGLE_R),
    [SINGLE_ANGLE_R] = BIT(SINGLE_ANGLE),
};

static void find_marks(struct span_list *, const struct tok_list *, struct str);
static int kind_of(const struct tok_list *, size_t, uint32_t *len);
static int follows(const struct tok_list *, size_t, uint64_t code);
static void place(struct span_mark *, const struct tok_list *);
static int inches(const struct tok_list *, size_t, struct str);
static void pair_singles(struct span_list *);
static int is_elision(const struct tok_list *, const struct span_mark *,
    const struct span_mark *);
static int opens(const struct span_mark *);
static int shuts(const struct span_mark *, const struct span_mark *);
static size_t
inner(const struct span_list *, const struct span_mark *opened, size_t i);
static void
add(struct span_list *, const struct tok_list *, size_t, size_t, int closed);

void
span_find(struct span_list *l, const struct tok_list *toks, struct str text)
{
	const struct span_mark *m, *opened = NULL;
	size_t i, close;

	l->n = 0;
	find_marks(l, toks, text);
	pair_singles(l);
	for (i = 0; i < l->marks; i++) {
		m = &l->mark[i];
		if (opened == NULL) {
			if (opens(m))
				opened = m;
		} else if (opened->kind >= SINGLE) {
			/* Only single marks with a partner were opened. */
			if (i != opened->close)
				continue;
			if (!is_elision(toks, opened, m))
				add(l, toks, opened->tok, m->tok + m->len, 1);
			opened = NULL;
		} else if (shuts(opened, m)) {
			add(l, toks, opened->tok, m->tok + m->len, 1);
			opened = NULL;
		} else if (m->kind != opened->kind || !m->open || m->shut) {
			continue;
		} else if ((close = inner(l, opened, i)) != 0) {
			i = close;
		} else {
			/* Opened again without a close. */
			add(l, toks, opened->tok, m->tok, 0);
			opened = m;
		}
	}
	if (opened != NULL)
		add(l, toks, opened->tok, toks->n, 0);
}

void
span_free(struct span_list *l)
{
	free(l->v);
	free(l->mark);
	*l = (struct span_list){NULL, 0, 0, NULL, 0, 0};
}

static void
find_marks(struct span_list *l, const struct tok_list *toks, struct str text)
{
	struct span_mark m = {0};
	size_t i;
	int kind;

	l->marks = 0;
	for (i = 0; i < toks->n; i += m.len) {
		m.len = 1;
		if (toks->v[i].kind != TOK_MARK ||
		    (kind = kind_of(toks, i, &m.len)) == -1)
			continue;
		m.tok = (uint32_t)i;
		m.kind = (uint8_t)kind;
		place(&m, toks);
		if (m.kind == STRAIGHT && m.shut != 0 && inches(toks, i, text))
			m.shut = 0;
		if (l->marks == l->mark_cap)
			l->mark = mem_grow(l->mark, &l->mark_cap, l->marks + 1,
			    sizeof(*l->mark));
		l->mark[l->marks++] = m;
	}
}

static int
kind_of(const struct tok_list *toks, size_t i, uint32_t *len)
{
	static const struct {
		uint32_t code;
		uint8_t kind;
	} table[] = {{'"', STRAIGHT}, {0x201c, CURLY_LEFT},
	    {0x201d, CURLY_RIGHT}, {'\'', SINGLE}, {0x2018, SINGLE_LEFT},
	    {0x2019, SINGLE_RIGHT}, {0x201e, LOW}, {0x201f, CURLY_LEFT},
	    {0xab, ANGLE_LEFT}, {0xbb, ANGLE_RIGHT}, {0x201a, SINGLE_LOW},
	    {0x2039, SINGLE_ANGLE}, {0x203a, SINGLE_ANGLE_R},
	    {0x300c, CORNER_LEFT}, {0x300d, CORNER_RIGHT},
	    {0x300e, CORNER_LEFT}, {0x300f, CORNER_RIGHT}, {0xff02, STRAIGHT}};
	uint64_t code = toks->v[i].hash;
	size_t k;

	/* Most marks are periods and commas. */
	if (code < 0x80 && code != '"' && code != '\'' && code != '`')
		return -1;
	if ((code == '\'' || code == '`') && follows(toks, i + 1, code)) {
		/* Of three that close the first belongs inside. */
		if (code == '\'' && follows(toks, i + 2, code) && i > 0 &&
		    (toks->v[i].flags & TOK_GLUED) != 0)
			return SINGLE;
		*len = 2;
		return code == '`' ? TWO_GRAVE : TWO;
	}
	for (k = 0; k < sizeof(table) / sizeof(table[0]); k++)
		if (table[k].code == code)
			return table[k].kind;
	return -1;
}

/* Whether token `i` is this mark without white space before it. */
static int
follows(const struct tok_list *toks, size_t i, uint64_t code)
{
	return i < toks->n && toks->v[i].kind == TOK_MARK &&
	       toks->v[i].hash == code && (toks->v[i].flags & TOK_GLUED) != 0;
}

/* Whether the mark may open or close, by what it touches. */
static void
place(struct span_mark *m, const struct tok_list *toks)
{
	const struct tok *next = toks->v + m->tok + m->len;
	const struct tok *last = toks->v + m->tok - 1;
	int end = m->tok + m->len >= toks->n, start = m->tok == 0;
	int before = !start && (toks->v[m->tok].flags & TOK_GLUED) != 0;
	int after = !end && (next->flags & TOK_GLUED) != 0;
	int word_before = before && last->kind != TOK_MARK;
	int word_after = after && next->kind != TOK_MARK;

	m->close = 0;
	/* Brackets and dashes may touch an opening mark. */
	if (before && last->kind == TOK_MARK &&
	    (last->hash == '(' || last->hash == '[' || last->hash == 0x2014 ||
		last->hash == 0x2013 || last->hash == '-' ||
		last->hash == ':' || last->hash == '/' || last->hash == '>'))
		before = before && !after;
	m->open = !before && after;
	m->shut = !before ? 0 : word_after ? 1 : 2;
	/* Without white space on either side only the order tells. */
	if (!before && !after)
		m->shut = 1;
	if (m->kind < SINGLE)
		return;
	/* The years '90s; the plural's apostrophe: the players' union. */
	if (m->open && word_after && (next->flags & TOK_DIGIT) != 0)
		m->open = 0;
	if (m->shut == 2 && word_before && after == 0 && !end &&
	    m->kind <= SINGLE_RIGHT)
		m->shut = 1;
	if ((!before && !after) || word_after)
		m->shut = 0;
}

/* Whether the mark at `i` is that of inches, behind feet: 6'2", 6’2". */
static int
inches(const struct tok_list *toks, size_t i, struct str text)
{
	const struct tok *t;
	struct str last;

	if (i == 0 || (toks->v[i].flags & TOK_GLUED) == 0)
		return 0;
	t = &toks->v[i - 1];
	if (t->kind != TOK_NUMBER)
		return 0;
	last = tok_str(text, t);
	if (last.n < 12 && (memchr(last.p, '\'', last.n) != NULL ||
			       memchr(last.p, 0x99, last.n) != NULL))
		return 1;
	return i > 2 && toks->v[i - 3].kind == TOK_NUMBER &&
	       (toks->v[i - 2].hash == '\'' || toks->v[i - 2].hash == 0x2019);
}

/*
 * Give each single mark that opens its closing one: the last sure one, else
 * the last possible one, before another opens.  From the end backwards.
 */
static void
pair_singles(struct span_list *l)
{
	size_t i, sure = 0, perhaps = 0;

	for (i = l->marks; i-- > 0;) {
		struct span_mark *m = &l->mark[i];

		if (m->kind < SINGLE)
			continue;
		if (m->open && closers[m->kind] != 0) {
			size_t close = sure != 0 ? sure : perhaps;

			if (close != 0 &&
			    (closers[m->kind] & BIT(l->mark[close].kind)) != 0)
				m->close = (uint32_t)close;
			sure = perhaps = 0;
		} else if (m->shut == 2) {
			sure = i;
			perhaps = 0;
		} else if (m->shut == 1 && perhaps == 0) {
			perhaps = i;
		}
	}
}

/* Whether the single marks are apostrophes on both sides: rock 'n' roll. */
static int
is_elision(const struct tok_list *toks, const struct span_mark *opened,
    const struct span_mark *m)
{
	const struct tok *inside = &toks->v[opened->tok + 1];

	return m->tok == opened->tok + 2 && inside->end - inside->at <= 2 &&
	       (inside->flags & TOK_LOWER) != 0;
}

static int
opens(const struct span_mark *m)
{
	switch (m->kind) {
	case CURLY_LEFT:
		/* In German this mark closes. */
		return m->shut != 2;
	case LOW:
	case TWO_GRAVE:
	case ANGLE_LEFT:
	case CORNER_LEFT:
		return 1;
	case CORNER_RIGHT:
		return 0;
	case STRAIGHT:
	case CURLY_RIGHT:
	case TWO:
	case ANGLE_RIGHT:
		return m->open;
	default:
		return m->close != 0;
	}
}

static int
shuts(const struct span_mark *opened, const struct span_mark *m)
{
	if ((closers[opened->kind] & BIT(m->kind)) == 0)
		return 0;
	/* Guillemets have directions and may keep white space inside. */
	if (m->kind == ANGLE_LEFT || m->kind == ANGLE_RIGHT ||
	    m->kind == CORNER_RIGHT)
		return 1;
	return !m->open && m->shut != 0;
}

/* The mark that closes what opens at `i` inside marks of the same shape, or 0:
 * the next two close, “He said “no” and left.” */
static size_t
inner(const struct span_list *l, const struct span_mark *opened, size_t i)
{
	size_t close = 0;

	while (++i < l->marks) {
		if (l->mark[i].kind >= SINGLE)
			continue;
		if (!shuts(opened, &l->mark[i]))
			return 0;
		if (close != 0)
			return close;
		close = i;
	}
	return 0;
}

static void
add(struct span_list *l, const struct tok_list *toks, size_t from, size_t to,
    int closed)
{
	size_t i, words = 0;

	for (i = from; i < to; i++)
		words += toks->v[i].kind != TOK_MARK &&
			 (toks->v[i].flags & TOK_OWNER) == 0;
	if (words == 0)
		return;
	if (l->n == l->cap)
		l->v = mem_grow(l->v, &l->cap, l->n + 1, sizeof(*l->v));
	l->v[l->n++] = (struct span){
	    (uint32_t)from, (uint32_t)to, (uint32_t)words, (uint8_t)closed};
}
