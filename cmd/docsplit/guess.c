/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "common/hash.h"
#include "common/utf.h"

#include "cmd/docsplit/guess.h"
#include "cmd/docsplit/hint.h"
#include "cmd/docsplit/source.h"
#include "cmd/docsplit/text.h"

#define BACK   7   /* lines before, among which a foot is looked for */
#define AHEAD  14  /* lines, this one included, that a head is made of */
#define NEAR   14  /* lines on both sides, of which one at most begins a page */
#define PAGE   14  /* lines of a page at least */
#define ENOUGH 420 /* points that it takes */
#define KNOWN  300 /* points for the head of an earlier page */
#define NAME   12  /* bytes of three lines that a head is known by */

#define ROWS  64   /* lines kept: more than BACK, NEAR and GUESS_AHEAD */
#define HEADS 4096 /* heads kept; a later one takes the place of another */

/* A line that is not blank. */
struct line {
	size_t at; /* offset in the file */
	struct hint hint;
	uint64_t head; /* hash of it and the two behind it, 0 for none */
	int gap;       /* blank lines before it, three at most */
	int points;
};

struct guess {
	struct docsplit *docsplit;
	struct source source;
	struct text text;
	struct hint_list hints;
	struct line line[ROWS];
	size_t seen, scored, decided; /* lines, from the start of the file */
	size_t page;                  /* the line that the page begins with */
	size_t offset;                /* of the window in the file */
	size_t next;                  /* offset of the line to look at next */
	size_t looked; /* offset up to which it has no line end */
	int blank;     /* lines before it, three at most */
	int passing;   /* the line is long, and goes on */
	uint64_t heads[HEADS];
};

static int run(struct guess *);
static int take_line(struct guess *);
static void look_at(struct guess *, struct str);
static void settle(struct guess *);
static void score(struct guess *);
static int foot_points(const struct guess *, size_t);
static int next_foot_points(const struct guess *, size_t);
static int head_points(const struct guess *, size_t);
static int menu_points(const struct guess *, size_t);
static void decide(struct guess *);
static int begins_page(const struct guess *, size_t);
static int total(const struct guess *, size_t);
static uint64_t head_of(const struct guess *, size_t);
static void hand_on(struct guess *, size_t, int);
static const struct line *at(const struct guess *, size_t);

int
guess_read(struct docsplit *d, struct in *in, const struct reader_options *o)
{
	struct guess g = {.docsplit = d};
	int got, error;

	(void)o;
	source_init(&g.source, in);
	text_init(&g.text, d);
	text_start(&g.text, 1, 1);
	hint_init(&g.hints);
	got = run(&g);
	error = errno;
	docsplit_end(d);
	text_free(&g.text);
	errno = got == -1 ? error : EILSEQ;
	return got == -1 || docsplit_stop(d) ? -1 : 0;
}

static int
run(struct guess *g)
{
	const struct source *source = &g->source;
	int got = 1;

	while (got > 0 && !docsplit_stop(g->docsplit)) {
		size_t sure;

		if ((got = source_more(&g->source)) < 0)
			return got;
		if (source->rest.n > 0)
			docsplit_begin(g->docsplit);
		while (take_line(g))
			;
		if (got == 0)
			settle(g);
		sure = g->passing             ? g->looked
		       : g->decided < g->seen ? at(g, g->decided)->at
					      : g->next;
		hand_on(g, sure, got == 0);
	}
	return got < 0 ? got : 0;
}

/* Look at the next line, or piece of a long one.  Returns 0 if it is not at
 * hand. */
static int
take_line(struct guess *g)
{
	const struct str rest = g->source.rest;
	size_t from = g->looked - g->offset, n;
	const unsigned char *nl =
	    from < rest.n ? memchr(rest.p + from, '\n', rest.n - from) : NULL;
	struct str line;

	if (docsplit_stop(g->docsplit))
		return 0;
	from = g->next - g->offset;
	g->looked = g->offset + rest.n;
	if (nl != NULL)
		g->looked = g->offset + (size_t)(nl - rest.p) + 1;
	if (g->passing) {
		g->next = g->looked;
		g->passing = nl == NULL;
		return nl != NULL;
	}
	n = (nl == NULL ? rest.n : (size_t)(nl - rest.p)) - from;
	line = str_sub(rest, from, from + n);
	if (nl == NULL && n < GUESS_LONG && (n == 0 || !g->source.ended))
		return 0;
	look_at(g, line);
	g->passing = nl == NULL;
	g->next = g->looked;
	if (n >= GUESS_LONG ||
	    (g->decided < g->seen &&
		g->next - at(g, g->decided)->at > GUESS_HELD))
		settle(g);
	return nl != NULL;
}

static void
look_at(struct guess *g, struct str s)
{
	struct line *line = &g->line[g->seen % ROWS];

	if (utf_blank(s)) {
		g->blank += g->blank < 3;
		return;
	}
	*line = (struct line){.at = g->next, .gap = g->blank};
	hint_line(&g->hints, s, &line->hint);
	g->blank = 0;
	g->seen++;
	if (g->seen >= 3)
		g->line[(g->seen - 3) % ROWS].head = head_of(g, g->seen - 3);
	while (g->scored + AHEAD <= g->seen)
		score(g);
	while (g->decided + NEAR < g->scored)
		decide(g);
}

/* Decide on all lines there are, by what there is. */
static void
settle(struct guess *g)
{
	while (g->scored < g->seen)
		score(g);
	while (g->decided < g->seen)
		decide(g);
}

/* Find how much the next line looks like the first of a page. */
static void
score(struct guess *g)
{
	size_t i = g->scored++;
	struct line *line = &g->line[i % ROWS];
	int after_item;

	if (i == 0)
		return;
	after_item = line->gap == 0 && (line->hint.flags & HINT_ITEM) != 0 &&
		     (at(g, i - 1)->hint.flags & HINT_ITEM) != 0;
	line->points = foot_points(g, i) - next_foot_points(g, i) +
		       head_points(g, i) + menu_points(g, i) + 15 * line->gap -
		       80 * after_item;
}

/* Of a foot before the line, with at most a few others between. */
static int
foot_points(const struct guess *g, size_t i)
{
	size_t k;

	for (k = 1; k <= BACK && k <= i; k++) {
		const struct hint *hint = &at(g, i - k)->hint;

		if ((hint->flags & HINT_FOOT) != 0)
			return k == 1 ? 340 : 330 - 30 * (int)k;
		if (k > 4 && (hint->flags & HINT_TAIL) == 0 && hint->text > 2)
			break;
	}
	return 0;
}

/* Of a foot that is still to come, so that the page has not ended. */
static int
next_foot_points(const struct guess *g, size_t i)
{
	int points = 0, k;

	for (k = 0; k < AHEAD && i + (size_t)k < g->seen; k++) {
		unsigned int flags = at(g, i + (size_t)k)->hint.flags;

		if ((flags & HINT_FOOT) != 0)
			points += 200 * (AHEAD - k) / AHEAD;
		else if ((flags & HINT_LEGAL) != 0)
			points += 120 * (AHEAD - k) / AHEAD;
	}
	return points < 300 ? points : 300;
}

/* Of words that heads have, in the first eight lines, and of long lines,
 * which they have not. */
static int
head_points(const struct guess *g, size_t i)
{
	const struct hint *first = &at(g, i)->hint;
	int points = 0, skip = 0, k;
	uint64_t last = 0;

	for (k = 0; k < 10 && i + (size_t)k < g->seen; k++) {
		const struct hint *hint = &at(g, i + (size_t)k)->hint;

		points -= 25 * (hint->length > 110);
		if (k >= 8)
			continue;
		if ((hint->flags & HINT_SKIP) != 0 && !skip) {
			points += 220 - 26 * k;
			skip = 1;
		} else if ((hint->flags & HINT_HEAD) != 0 &&
			   hint->hash != last) {
			points += 50 - 4 * k;
			last = hint->hash;
		}
	}
	if ((first->flags & HINT_LINKS) != 0)
		points += 500;
	if ((first->flags & HINT_EMPTY) != 0)
		points -= 20;
	if ((first->flags & HINT_TAIL) != 0)
		points -= 150;
	return points;
}

/* Of short items of a list, best with a title above them. */
static int
menu_points(const struct guess *g, size_t i)
{
	const struct hint *first = &at(g, i)->hint;
	int points = 0, titled = 0, k;

	for (k = 0; k < AHEAD && i + (size_t)k < g->seen; k++) {
		const struct hint *hint = &at(g, i + (size_t)k)->hint;
		int item = (hint->flags & HINT_ITEM) != 0;

		points += 12 * (item && hint->length < 45);
		titled |= item && k > 0 && k < 4;
	}
	if (titled && (first->flags & HINT_ITEM) == 0 && first->length < 60)
		points += 60;
	return points;
}

static void
decide(struct guess *g)
{
	size_t i = g->decided++;

	if (i > 0 && !begins_page(g, i))
		return;
	g->page = i;
	if (at(g, i)->head != 0)
		g->heads[at(g, i)->head % HEADS] = at(g, i)->head;
	if (i == 0)
		return;
	hand_on(g, at(g, i)->at, 1);
	docsplit_end(g->docsplit);
	docsplit_begin(g->docsplit);
	text_start(&g->text, g->text.line, 1);
}

/* Whether it does so more than all lines nearby. */
static int
begins_page(const struct guess *g, size_t i)
{
	int points = total(g, i);
	size_t j = i - g->page > NEAR ? i - NEAR : g->page + 1;

	if (points < ENOUGH || i - g->page < PAGE)
		return 0;
	for (; j < i; j++)
		if (total(g, j) >= points)
			return 0;
	for (j = i + 1; j <= i + NEAR && j < g->seen; j++)
		if (total(g, j) > points)
			return 0;
	return 1;
}

static int
total(const struct guess *g, size_t i)
{
	const struct line *line = at(g, i);
	int known =
	    line->head != 0 && g->heads[line->head % HEADS] == line->head;

	return line->points + KNOWN * known;
}

/* A hash of the line and the two behind it, 0 if they say too little. */
static uint64_t
head_of(const struct guess *g, size_t i)
{
	uint64_t hash = 0;
	size_t n = 0, k;

	for (k = 0; k < 3; k++) {
		hash = hash_join(hash, at(g, i + k)->hint.hash);
		n += at(g, i + k)->hint.text;
	}
	return n < NAME ? 0 : hash;
}

/* Hand on the text up to an offset; `last`: the document ends there. */
static void
hand_on(struct guess *g, size_t to, int last)
{
	struct str *rest = &g->source.rest;
	size_t used;

	if (docsplit_stop(g->docsplit))
		return;
	used = text_take(&g->text, str_sub(*rest, 0, to - g->offset), last);
	*rest = str_sub(*rest, used, rest->n);
	g->offset += used;
}

static const struct line *
at(const struct guess *g, size_t i)
{
	return &g->line[i % ROWS];
}
