/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "common/utf.h"

#include "cmd/docsplit/conllu.h"
#include "cmd/docsplit/sink.h"
#include "cmd/docsplit/source.h"

/* Where the columns are that matter; CoNLL-U Plus may move them. */
struct layout {
	size_t id, form, misc, n;
};

struct conllu {
	struct docsplit *docsplit;
	struct sink sink;
	struct layout layout;
	int paragraphs; /* are the blocks */
	size_t line;    /* being read */
	int streaming;  /* it is a long text */
	int returned;   /* and a CR that may end it is held back */
	/* the document */
	int inside;
	int sentences; /* the paragraph has some */
	int said;      /* a bit for each field that is known */
	/* the sentence */
	int named;      /* "newdoc" came before it */
	int texted;     /* it has a text */
	int begun;      /* its block has begun */
	int worded;     /* a word was seen */
	int put;        /* and put */
	int glued;      /* no space before the next */
	size_t covered; /* words up to here are in a range */
	size_t text_line;
	size_t text_n;
	unsigned char text[CONLLU_TEXT]; /* held until its first word */
	/* what is said before it, of a document that may begin yet */
	int holds; /* a bit for each field */
	struct out held[DOCSPLIT_FIELDS];
};

enum id { ID_BAD, ID_WORD, ID_RANGE, ID_EMPTY };

/* What comments say of a document; the names are those of UD's treebanks. */
static const struct key {
	const char *name;
	enum docsplit_field field;
} keys[] = {
    {"date", DOCSPLIT_DATE},
    {"doc_title", DOCSPLIT_TITLE},
    {"lang", DOCSPLIT_LANG},
    {"meta::date", DOCSPLIT_DATE},
    {"meta::dateCreated", DOCSPLIT_DATE},
    {"meta::sourceURL", DOCSPLIT_URL},
    {"meta::title", DOCSPLIT_TITLE},
    {"meta::url", DOCSPLIT_URL},
    {"source_url", DOCSPLIT_URL},
    {"title", DOCSPLIT_TITLE},
    {"url", DOCSPLIT_URL},
};

static void read_line(struct conllu *, struct str);
static void read_comment(struct conllu *, struct str, int);
static void read_text(struct conllu *, struct str, int);
static void go_on(struct conllu *, struct str);
static void read_columns(struct conllu *, struct str);
static void read_about(struct conllu *, struct str, struct str);
static void tell(struct conllu *);
static void read_word(struct conllu *, struct str);
static enum id read_id(struct str, size_t *);
static int read_number(struct str *, size_t *);
static void put_word(struct conllu *, struct str, struct str);
static int is_glued(struct str);
static void new_doc(struct conllu *, struct str);
static void begin_doc(struct conllu *);
static void end_doc(struct conllu *);
static void begin_sentence(struct conllu *, size_t);
static void end_sentence(struct conllu *);
static void fault(struct conllu *, const char *);
static struct str cut_at(struct str *, unsigned char, int *);
static int starts_word(struct str, struct str);
static struct str trim(struct str);

int
conllu_read(struct docsplit *d, struct in *in, const struct reader_options *o)
{
	struct conllu c = {
	    .docsplit = d,
	    .layout = {.id = 0, .form = 1, .misc = 9, .n = 10},
	    .paragraphs = docsplit_options(d)->paragraphs,
	};
	struct source source;
	struct str piece;
	int got, error = EILSEQ;
	size_t i;

	(void)o;
	for (i = 0; i < DOCSPLIT_FIELDS; i++)
		c.held[i].fd = OUT_MEMORY;
	source_init(&source, in);
	sink_init(&c.sink, d);
	got = source_need(&source, 3);
	if (got == 0 && str_starts(source.rest, STR_LIT("\xef\xbb\xbf")))
		source_skip(&source, 3, 0);
	source.inside = 0;
	while (got != -1 && !docsplit_stop(d)) {
		int goes_on = source.inside;

		c.line = source.line;
		if ((got = source_line(&source, &piece)) <= 0)
			break;
		if (goes_on)
			go_on(&c, piece);
		else
			read_line(&c, piece);
	}
	if (got == -1)
		error = errno;
	if (!docsplit_stop(d)) {
		end_sentence(&c);
		end_doc(&c);
	}
	docsplit_end(d);
	docsplit_pass(d, source.line - 1);
	for (i = 0; i < DOCSPLIT_FIELDS; i++)
		out_close(&c.held[i]);
	sink_free(&c.sink);
	errno = error;
	return got == -1 || docsplit_stop(d) ? -1 : 0;
}

/*
 * A line, or the first piece of a long one.  Whether a long one comes in
 * pieces is chance, so nothing but a text may be long.
 */
static void
read_line(struct conllu *c, struct str piece)
{
	struct str line = str_chomp(piece);
	const int is_long = line.n >= SOURCE_PIECE;

	c->streaming = 0;
	if (line.n > 0 && line.p[0] == '#')
		read_comment(c, piece, is_long);
	else if (is_long)
		fault(c, "CoNLL-U line of 64 KiB or more skipped");
	else if (utf_blank(line))
		end_sentence(c);
	else
		read_word(c, line);
}

static void
read_comment(struct conllu *c, struct str piece, int is_long)
{
	struct str key, value = str_sub(piece, 1, piece.n);
	int found;

	if (c->worded) {
		fault(c, "CoNLL-U sentence without an empty line behind it");
		end_sentence(c);
	}
	key = trim(cut_at(&value, '=', &found));
	if (found && str_eq(key, STR_LIT("text"))) {
		if (value.n > 0 && value.p[0] == ' ')
			value = str_sub(value, 1, value.n);
		read_text(c, value, is_long);
	} else if (is_long) {
		return;
	}
	value = trim(value);
	if (starts_word(key, STR_LIT("newdoc")))
		new_doc(c, value);
	else if (starts_word(key, STR_LIT("newpar")) && c->paragraphs &&
		 c->sentences && !c->begun)
		sink_put(&c->sink, STR_LIT("\n"));
	else if (found && str_eq(key, STR_LIT("global.columns")))
		read_columns(c, value);
	else if (found)
		read_about(c, key, value);
}

static void
read_text(struct conllu *c, struct str s, int is_long)
{
	if (c->texted)
		return;
	c->texted = 1;
	if (is_long) {
		begin_sentence(c, c->line);
		c->streaming = 1;
		c->returned = 0;
		go_on(c, s);
		return;
	}
	s = str_chomp(s);
	memcpy(c->text, s.p, s.n);
	c->text_n = s.n;
	c->text_line = c->line;
}

/* The next piece of a long line. */
static void
go_on(struct conllu *c, struct str s)
{
	int ended = s.n > 0 && s.p[s.n - 1] == '\n';

	if (!c->streaming)
		return;
	s.n -= (size_t)ended;
	/* Of CR LF, each may be in a piece of its own. */
	if (c->returned && s.n > 0)
		sink_put(&c->sink, STR_LIT("\r"));
	c->returned = s.n > 0 ? s.p[s.n - 1] == '\r' : c->returned;
	s.n -= s.n > 0 && c->returned;
	sink_put(&c->sink, s);
	c->streaming = !ended;
}

/* CoNLL-U Plus says which columns it has. */
static void
read_columns(struct conllu *c, struct str s)
{
	struct layout l = {.id = 0, .form = 1, .misc = SIZE_MAX};
	struct str name;
	int more = s.n > 0;

	for (; more; l.n++) {
		name = cut_at(&s, ' ', &more);
		if (str_eq(name, STR_LIT("ID")))
			l.id = l.n;
		else if (str_eq(name, STR_LIT("FORM")))
			l.form = l.n;
		else if (str_eq(name, STR_LIT("MISC")))
			l.misc = l.n;
	}
	if (l.n > 1)
		c->layout = l;
}

static void
read_about(struct conllu *c, struct str key, struct str value)
{
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		const enum docsplit_field field = keys[i].field;

		if (!str_eq(key, str_of(keys[i].name)))
			continue;
		if ((c->holds & 1 << field) == 0 &&
		    docsplit_wants(c->docsplit, field))
			out_raw(&c->held[field], value);
		c->holds |= 1 << field;
	}
}

/* Tell of the document what is held, unless it was told before. */
static void
tell(struct conllu *c)
{
	int i;

	for (i = 0; i < DOCSPLIT_FIELDS; i++) {
		struct out *held = &c->held[i];

		if (c->inside && (c->holds & ~c->said & 1 << i) != 0)
			docsplit_about(c->docsplit, (enum docsplit_field)i,
			    (struct str){held->buf, held->n});
		held->n = 0;
	}
	if (c->inside)
		c->said |= c->holds;
	c->holds = 0;
}

static void
read_word(struct conllu *c, struct str line)
{
	const struct layout *l = &c->layout;
	struct str id = {line.p, 0}, form = id, misc = id;
	size_t at = 0, n;
	int more = 1;
	enum id kind;

	for (n = 0; more; n++) {
		struct str column = cut_at(&line, '\t', &more);

		if (n == l->id)
			id = column;
		else if (n == l->form)
			form = column;
		else if (n == l->misc)
			misc = column;
	}
	kind = read_id(id, &at);
	if (kind == ID_BAD || form.n == 0) {
		fault(c, "CoNLL-U line that is no word skipped");
		return;
	}
	if (n < l->n)
		fault(c, "CoNLL-U line with columns missing");
	begin_sentence(c, c->line);
	c->worded = 1;
	if (c->texted || kind == ID_EMPTY)
		return;
	if (kind == ID_WORD && at <= c->covered)
		return;
	if (kind == ID_RANGE)
		c->covered = at;
	put_word(c, form, misc);
}

/* What kind of id it is; `*last` is the last word it tells of. */
static enum id
read_id(struct str s, size_t *last)
{
	size_t first;
	enum id kind;

	if (!read_number(&s, &first))
		return ID_BAD;
	*last = first;
	if (s.n == 0)
		return ID_WORD;
	kind = s.p[0] == '-' ? ID_RANGE : s.p[0] == '.' ? ID_EMPTY : ID_BAD;
	s = str_sub(s, 1, s.n);
	if (kind == ID_BAD || !read_number(&s, last) || s.n > 0 ||
	    (kind == ID_RANGE && *last < first))
		return ID_BAD;
	return kind;
}

/* Cut a decimal number off `*s`; one of more than nine digits is none. */
static int
read_number(struct str *s, size_t *value)
{
	size_t i;

	*value = 0;
	for (i = 0; i < s->n && (unsigned char)(s->p[i] - '0') < 10; i++)
		if (i < 9)
			*value = *value * 10 + (size_t)(s->p[i] - '0');
	*s = str_sub(*s, i, s->n);
	return i > 0 && i <= 9;
}

static void
put_word(struct conllu *c, struct str form, struct str misc)
{
	if (c->put && !c->glued)
		sink_put(&c->sink, STR_LIT(" "));
	sink_put(&c->sink, form);
	c->put = 1;
	c->glued = is_glued(misc);
}

static int
is_glued(struct str misc)
{
	int more = 1;

	while (more)
		if (str_eq(cut_at(&misc, '|', &more), STR_LIT("SpaceAfter=No")))
			return 1;
	return 0;
}

static void
new_doc(struct conllu *c, struct str id)
{
	if (c->begun)
		end_sentence(c);
	/* What came before the first one is of this document, too. */
	if (c->named)
		tell(c);
	end_doc(c);
	if (docsplit_stop(c->docsplit))
		return;
	begin_doc(c);
	c->named = 1;
	docsplit_about(c->docsplit, DOCSPLIT_ID, id);
}

static void
begin_doc(struct conllu *c)
{
	docsplit_begin(c->docsplit);
	sink_start(&c->sink, c->line, 0);
	c->inside = 1;
	c->sentences = c->said = 0;
}

static void
end_doc(struct conllu *c)
{
	if (c->inside)
		sink_end(&c->sink);
	docsplit_end(c->docsplit);
	c->inside = 0;
}

/* The block begins, if it has not: with the text, if there is one. */
static void
begin_sentence(struct conllu *c, size_t line)
{
	if (c->begun)
		return;
	if (!c->inside)
		begin_doc(c);
	sink_at(&c->sink, c->text_n > 0 ? c->text_line : line);
	sink_put(&c->sink, (struct str){c->text, c->text_n});
	c->begun = 1;
}

static void
end_sentence(struct conllu *c)
{
	if (c->texted)
		begin_sentence(c, c->line);
	if (c->begun) {
		sink_put(&c->sink, STR_LIT("\n"));
		c->sentences = 1;
	}
	tell(c);
	c->texted = c->begun = c->worded = c->put = c->glued = c->named = 0;
	c->covered = c->text_n = 0;
}

static void
fault(struct conllu *c, const char *what)
{
	if (c->inside)
		sink_flush(&c->sink);
	docsplit_fault(c->docsplit, what, 1, c->line);
}

/* Cut `*s` at the first `c`, which goes; all of it if there is none. */
static struct str
cut_at(struct str *s, unsigned char c, int *found)
{
	const unsigned char *at = s->n == 0 ? NULL : memchr(s->p, c, s->n);
	struct str head = *s;

	*found = at != NULL;
	if (at == NULL) {
		*s = str_sub(*s, s->n, s->n);
		return head;
	}
	head.n = (size_t)(at - s->p);
	*s = str_sub(*s, head.n + 1, s->n);
	return head;
}

static int
starts_word(struct str s, struct str word)
{
	return str_starts(s, word) &&
	       (s.n == word.n || s.p[word.n] == ' ' || s.p[word.n] == '\t');
}

static struct str
trim(struct str s)
{
	while (s.n > 0 && s.p[0] <= ' ')
		s = str_sub(s, 1, s.n);
	while (s.n > 0 && s.p[s.n - 1] <= ' ')
		s.n--;
	return s;
}
