/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "cmd/docsplit/about.h"
#include "cmd/docsplit/entity.h"
#include "cmd/docsplit/markup.h"
#include "cmd/docsplit/stamp.h"

static int wanted(const struct about *, enum about_kind);
static void keep_date(struct about *, struct str);
static void keep(struct about_value *, struct str);
static void read_header(struct about *);
static struct str cut_word(struct str *);
static struct str cut_line(struct str *);
static void collapse(struct about_value *);
static struct str slice(const struct about_value *);

void
about_init(struct about *about, struct docsplit *docsplit)
{
	about->docsplit = docsplit;
	about->gathered.n = 0;
	about_clear(about);
}

void
about_clear(struct about *about)
{
	about->open = about->titled = ABOUT_NONE;
	about->dated = about->lost = 0;
	about->id.n = about->title.n = about->date.n = about->url.n = 0;
}

void
about_open(struct about *about, enum about_kind kind)
{
	about_close(about);
	if (!wanted(about, kind))
		return;
	about->open = kind;
	about->gathered.n = 0;
	about->over = 0;
}

void
about_gather(struct about *about, struct str s)
{
	struct about_value *v = &about->gathered;

	if (s.n > ABOUT_MAX - v->n) {
		about->over = 1;
		s.n = ABOUT_MAX - v->n;
	}
	if (s.n > 0)
		memcpy(v->p + v->n, s.p, s.n);
	v->n += s.n;
}

void
about_close(struct about *about)
{
	enum about_kind kind = about->open;
	struct about_value *v = &about->gathered;

	if (kind == ABOUT_NONE)
		return;
	about->open = ABOUT_NONE;
	if (kind == ABOUT_HEADER) {
		read_header(about);
		return;
	}
	collapse(v);
	if (about->over) {
		/* A head of that size is a part of a page. */
		about->lost |= kind != ABOUT_HEADLINE;
		return;
	}
	if (v->n == 0)
		return;
	if (kind == ABOUT_HEADLINE || kind == ABOUT_TITLE) {
		keep(&about->title, slice(v));
		about->titled = kind;
	} else if (kind == ABOUT_DATE) {
		keep_date(about, slice(v));
	} else if (kind == ABOUT_URL) {
		keep(&about->url, slice(v));
	} else if (kind == ABOUT_ID) {
		keep(&about->id, slice(v));
	}
}

void
about_attributes(struct about *about, struct str inner)
{
	static const struct {
		const char *name;
		enum about_kind kind;
	} known[] = {{"date", ABOUT_DATE}, {"id", ABOUT_ID},
	    {"title", ABOUT_TITLE}, {"url", ABOUT_URL}};
	struct docsplit *d = about->docsplit;
	unsigned char decoded[MARKUP_MAX];
	struct str value;
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (!markup_attribute(inner, known[i].name, &value))
			continue;
		value.n = entity_decode(decoded, value);
		about_open(about, known[i].kind);
		about_text(about, (struct str){decoded, value.n});
		about_close(about);
	}
	docsplit_about(d, DOCSPLIT_ID, slice(&about->id));
	if (markup_attribute(inner, "lang", &value))
		docsplit_about(d, DOCSPLIT_LANG, value);
}

int
about_tell(struct about *about)
{
	struct docsplit *d = about->docsplit;

	about_close(about);
	if (about->title.n > 0)
		docsplit_about(d, DOCSPLIT_TITLE, slice(&about->title));
	if (about->date.n > 0)
		docsplit_about(d, DOCSPLIT_DATE, slice(&about->date));
	if (about->url.n > 0)
		docsplit_about(d, DOCSPLIT_URL, slice(&about->url));
	return about->lost;
}

/* Whether it tells anything new that somebody wants to know. */
static int
wanted(const struct about *about, enum about_kind kind)
{
	const struct docsplit *d = about->docsplit;

	switch (kind) {
	case ABOUT_ID:
		return about->id.n == 0;
	case ABOUT_HEADLINE:
	case ABOUT_TITLE:
		return about->titled < kind &&
		       docsplit_wants(d, DOCSPLIT_TITLE);
	case ABOUT_DATE:
		return !about->dated && docsplit_wants(d, DOCSPLIT_DATE);
	case ABOUT_HEADER:
	case ABOUT_URL:
		return about->url.n == 0 && docsplit_wants(d, DOCSPLIT_URL);
	case ABOUT_NONE:
		break;
	}
	return 0;
}

/* The first date, or the first that can be read as one. */
static void
keep_date(struct about *about, struct str s)
{
	unsigned char date[STAMP_MAX];

	about->dated = stamp_iso(date, s) > 0;
	if (about->dated || about->date.n == 0)
		keep(&about->date, s);
}

static void
keep(struct about_value *v, struct str s)
{
	memcpy(v->p, s.p, s.n);
	v->n = s.n;
}

/*
 * The header of the TREC web collections: a line with the URL, in some of
 * them also the time of the crawl as fourteen digits; then what the HTTP
 * server said.
 */
static void
read_header(struct about *about)
{
	struct str s = slice(&about->gathered), line, word;

	while (s.n > 0 && str_white(s.p[0]))
		s = str_sub(s, 1, s.n);
	line = cut_line(&s);
	word = cut_word(&line);
	if (word.n == 0 || (about->over && s.n == 0))
		return;
	keep(&about->url, word);
	while (!about->dated && (word = cut_word(&line)).n > 0)
		if (word.n == 14)
			keep_date(about, word);
	while (!about->dated && s.n > 0) {
		line = cut_line(&s);
		if (line.n > 5 && line.p[4] == ':' &&
		    markup_is(str_sub(line, 0, 4), "date"))
			keep_date(about, str_sub(line, 5, line.n));
	}
}

/* Cut the first word, up to white space, off `*s`; empty at the end. */
static struct str
cut_word(struct str *s)
{
	size_t from = 0, to;

	while (from < s->n && str_white(s->p[from]))
		from++;
	for (to = from; to < s->n && !str_white(s->p[to]);)
		to++;
	*s = str_sub(*s, from, s->n);
	to -= from;
	*s = str_sub(*s, to, s->n);
	return (struct str){s->p - to, to};
}

/* Cut the first line off `*s`, which keeps the rest. */
static struct str
cut_line(struct str *s)
{
	const unsigned char *nl = s->n == 0 ? NULL : memchr(s->p, '\n', s->n);
	size_t n = nl == NULL ? s->n : (size_t)(nl - s->p);
	struct str line = str_sub(*s, 0, n);

	*s = str_sub(*s, n + (nl != NULL), s->n);
	return line;
}

/* Make runs of white space one space, and drop it at both ends. */
static void
collapse(struct about_value *v)
{
	size_t i, w = 0;

	for (i = 0; i < v->n; i++) {
		if (!str_white(v->p[i]))
			v->p[w++] = v->p[i];
		else if (w > 0 && v->p[w - 1] != ' ')
			v->p[w++] = ' ';
	}
	v->n = w - (w > 0 && v->p[w - 1] == ' ');
}

static struct str
slice(const struct about_value *v)
{
	return (struct str){v->p, v->n};
}
