/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <string.h>

#include "cmd/docsplit/about.h"
#include "cmd/docsplit/element.h"
#include "cmd/docsplit/entity.h"
#include "cmd/docsplit/markup.h"
#include "cmd/docsplit/seek.h"
#include "cmd/docsplit/sink.h"
#include "cmd/docsplit/source.h"
#include "cmd/docsplit/trec.h"
#include "cmd/docsplit/vertical.h"

enum form { UNDECIDED, NUMBERED, TAGGED, WIKI, VERTICAL };

struct trec {
	struct docsplit *docsplit;
	struct source source;
	struct sink sink;
	struct about about;
	size_t offset; /* of the window in the file */
	struct seek less, ampersand, comment_end, doc_end, next_doc;
	unsigned char doc[6]; /* "</DOC" as the file writes it */
	int named;            /* it has written it */
	enum form form;
	int stray; /* text outside documents was counted */
	/* the document */
	int inside;                    /* there is one */
	int begun;                     /* docsplit knows of it */
	int skipped;                   /* its id came too late, if at all */
	size_t line;                   /* it begins on */
	const struct element *hidden;  /* whose content is dropped */
	const struct element *telling; /* whose content is gathered */
	int texted;                    /* the line has text */
	int parted;                    /* and a tag that it ends at */
};

static int step(struct trec *);
static int reference(struct trec *);
static int markup(struct trec *);
static int measure(struct trec *, struct markup *);
static int comment(struct trec *);
static int hidden_ends(struct trec *);
static int at_doc(struct trec *);
static int at_word(struct trec *, struct str, int);
static int start_tag(struct trec *, struct markup *);
static void end_tag(struct trec *, const struct markup *);
static void end_id(struct trec *, int);
static int is_doc(const struct trec *, struct str);
static int open_doc(struct trec *, struct markup *);
static int decide(struct trec *, struct markup *);
static void close_doc(struct trec *);
static void take(struct trec *, size_t);
static void put(struct trec *, struct str);
static void add(struct trec *, struct str);
static struct str part(struct trec *, struct str);
static int ends_in_text(struct str, int);
static void outside(struct trec *, struct str);
static void drop(struct trec *, size_t);
static void advance(struct trec *, size_t, size_t);
static void cut_short(struct trec *);
static void fault(struct trec *, const char *, size_t);

int
trec_read(struct docsplit *d, struct in *in, const struct reader_options *o)
{
	struct trec t = {
	    .docsplit = d,
	    .less.what = STR_LIT("<"),
	    .ampersand.what = STR_LIT("&"),
	    .comment_end.what = STR_LIT("-->"),
	    .doc = "</DOC",
	};
	int got, error;

	(void)o;
	t.doc_end.what = (struct str){t.doc, 5};
	t.next_doc.what = STR_LIT("<doc");
	source_init(&t.source, in);
	sink_init(&t.sink, d);
	about_init(&t.about, d);
	got = source_need(&t.source, 3);
	if (got == 0 && str_starts(t.source.rest, STR_LIT("\xef\xbb\xbf")))
		advance(&t, 3, 0);
	while (got == 0 && !docsplit_stop(d) && (got = step(&t)) > 0)
		got = 0;
	error = errno;
	if (got == 0 && t.form == VERTICAL) {
		got = vertical_read(d, &t.source, &t.sink);
		error = errno;
	} else if (t.inside && !docsplit_stop(d)) {
		if (got == 0)
			cut_short(&t);
		close_doc(&t);
	}
	docsplit_end(d);
	sink_free(&t.sink);
	errno = got == -1 ? error : EILSEQ;
	return got == -1 || docsplit_stop(d) ? -1 : 0;
}

/* Go on by a piece of text or markup.  Returns 1, 0 at the end, or -1. */
static int
step(struct trec *t)
{
	const struct element *hidden = t->hidden;
	struct source *source = &t->source;
	size_t all = source->rest.n, n, less;

	n = less = seek_next(&t->less, source, t->offset, 0, all);
	if (t->inside && !t->skipped &&
	    (hidden == NULL || hidden->about == ABOUT_ID)) {
		n = seek_next(&t->ampersand, source, t->offset, 0,
		    less < all ? less : all);
		n = n < less ? n : less;
	}
	take(t, n < all ? n : all);
	if (n == SEEK_NONE)
		return source_more(source);
	return n == less ? markup(t) : reference(t);
}

/* The window begins with "&". */
static int
reference(struct trec *t)
{
	unsigned char c[ENTITY_MAX];
	size_t n, len;
	enum entity got = entity_read(t->source.rest, c, &n, &len);

	if (got == ENTITY_MORE && !t->source.ended)
		return source_more(&t->source) == -1 ? -1 : 1;
	if (got != ENTITY_READ) {
		take(t, 1);
		return 1;
	}
	if (c[0] == '\n' && t->hidden == NULL)
		sink_ahead(&t->sink);
	put(t, (struct str){c, n});
	advance(t, len, 0);
	return 1;
}

/* The window begins with "<". */
static int
markup(struct trec *t)
{
	const int in_id = t->hidden != NULL && t->hidden->about == ABOUT_ID;
	struct markup m;
	int ours = 1;

	if (t->hidden != NULL && !in_id)
		ours = hidden_ends(t);
	else if (t->inside && t->form == WIKI)
		ours = at_doc(t);
	if (ours == -1 || measure(t, &m) == -1)
		return -1;
	if (!ours || m.kind == MARKUP_NONE || m.kind == MARKUP_MORE) {
		take(t, 1);
		return 1;
	}
	if (m.kind == MARKUP_COMMENT)
		return comment(t);
	if (in_id)
		end_id(t, m.kind == MARKUP_END && markup_is(m.name, "docno"));
	if (m.kind == MARKUP_START)
		return start_tag(t, &m);
	if (m.kind == MARKUP_END)
		end_tag(t, &m);
	else
		drop(t, m.n);
	return 1;
}

/* Read the markup at hand, all of it.  Returns 0 or -1. */
static int
measure(struct trec *t, struct markup *m)
{
	struct source *source = &t->source;

	for (;;) {
		size_t seen = source->rest.n;

		markup_read(m, source->rest, source->ended);
		if (m->kind != MARKUP_MORE)
			return 0;
		/* Nothing but these, or too many others, makes a change. */
		do {
			if (source_more(source) == -1)
				return -1;
		} while (
		    !source->ended && seen > 4 && source->rest.n < MARKUP_MAX &&
		    memchr(source->rest.p + seen, '>', source->rest.n - seen) ==
			NULL &&
		    memchr(source->rest.p + seen, '<', source->rest.n - seen) ==
			NULL);
	}
}

/* Drop the comment at hand, or what it begins with if it is never closed. */
static int
comment(struct trec *t)
{
	struct source *source = &t->source;

	for (;;) {
		size_t end, close = seek_next(&t->comment_end, source,
				t->offset, 2, TREC_COMMENT);

		end = t->inside ? seek_next(&t->doc_end, source, t->offset, 4,
				      TREC_COMMENT)
				: SEEK_NONE;
		if (close < end) {
			drop(t, close + 3);
			return 1;
		}
		if (end != SEEK_NONE || source->ended ||
		    source->rest.n >= TREC_COMMENT) {
			drop(t, 4);
			return 1;
		}
		if (source_more(source) == -1)
			return -1;
	}
}

/*
 * Whether hidden content ends at the "<" at hand: by its end tag, or as one
 * that is missing does, by the end of the document.  Returns -1, too.
 */
static int
hidden_ends(struct trec *t)
{
	unsigned char word[16] = "</";
	size_t n = strlen(t->hidden->name);
	int ends;

	memcpy(word + 2, t->hidden->name, n);
	ends = at_word(t, (struct str){word, n + 2}, 1);
	if (ends == 0 && (ends = at_doc(t)) == 1)
		fault(t, "content of an element without end tag dropped",
		    t->source.line);
	if (ends == 1)
		t->hidden = NULL;
	return ends;
}

/* Whether a document ends at the "<" at hand, or a next one begins. */
static int
at_doc(struct trec *t)
{
	unsigned char start[4] = "<";
	int ends = at_word(t, (struct str){t->doc, 5}, 0);

	memcpy(start + 1, t->doc + 2, 3);
	if (ends != 0 || t->source.inside)
		return ends;
	return at_word(t, (struct str){start, 4}, 0);
}

/* Whether the window begins with a word and no letter follows, or -1. */
static int
at_word(struct trec *t, struct str word, int any_case)
{
	struct source *source = &t->source;
	size_t i;

	for (i = 0; i <= word.n; i++) {
		unsigned char c;

		while (i == source->rest.n && !source->ended)
			if (source_more(source) == -1)
				return -1;
		if (i == source->rest.n)
			return 0;
		c = source->rest.p[i];
		if (any_case && c >= 'A' && c <= 'Z')
			c |= 0x20;
		if (i < word.n && c != word.p[i])
			return 0;
		if (i == word.n)
			return markup_name(source->rest, i) == i;
	}
	return 0;
}

static int
start_tag(struct trec *t, struct markup *m)
{
	const struct element *element;

	if (is_doc(t, m->name) && (!t->inside || !t->source.inside)) {
		if (t->inside) {
			cut_short(t);
			if (docsplit_stop(t->docsplit))
				return 1;
			close_doc(t);
		}
		return docsplit_stop(t->docsplit) ? 1 : open_doc(t, m);
	}
	element = t->inside ? element_find(m->name) : NULL;
	if (element != NULL && element->block)
		t->parted = t->texted;
	if (element != NULL &&
	    (m->inner.n == 0 || m->inner.p[m->inner.n - 1] != '/')) {
		if (element->about != ABOUT_NONE) {
			about_open(&t->about, element->about);
			t->telling = element;
		}
		if (element->hidden)
			t->hidden = element;
	}
	drop(t, m->n);
	return 1;
}

static void
end_tag(struct trec *t, const struct markup *m)
{
	const struct element *element =
	    t->inside ? element_find(m->name) : NULL;

	if (element != NULL && element->block)
		t->parted = t->texted;
	if (t->inside && is_doc(t, m->name)) {
		close_doc(t);
	} else if (t->telling != NULL && markup_is(m->name, t->telling->name)) {
		about_close(&t->about);
		t->telling = NULL;
	}
	drop(t, m->n);
}

/* The content of DOCNO is complete; if it is not closed, all but its first
 * word may be text. */
static void
end_id(struct trec *t, int closed)
{
	struct about *about = &t->about;
	struct str id;

	t->hidden = t->telling = NULL;
	about_close(about);
	id = (struct str){about->id.p, about->id.n};
	if (!closed)
		fault(t, "DOCNO without end tag", t->source.line);
	while (!closed && id.n > 0 && memchr(id.p, ' ', id.n) != NULL)
		id.n--;
	if (!t->begun && !t->skipped && id.n > 0) {
		docsplit_begin(t->docsplit);
		docsplit_about(t->docsplit, DOCSPLIT_ID, id);
		t->begun = 1;
		sink_release(&t->sink);
	}
	sink_ahead(&t->sink);
	put(t, STR_LIT("\n"));
}

static int
is_doc(const struct trec *t, struct str name)
{
	if (t->named)
		return str_eq(name, (struct str){t->doc + 2, 3});
	return markup_is(name, "doc");
}

/* A document begins with the tag at hand.  Returns as step(). */
static int
open_doc(struct trec *t, struct markup *m)
{
	memcpy(t->doc + 2, m->name.p, 3);
	t->named = 1;
	if (t->form == UNDECIDED && decide(t, m) == -1)
		return -1;
	if (t->form == VERTICAL)
		return 0;
	t->line = t->source.line;
	t->inside = 1;
	t->begun = t->form != NUMBERED;
	t->skipped = 0;
	t->hidden = t->telling = NULL;
	t->texted = t->parted = 0;
	about_clear(&t->about);
	if (t->begun) {
		docsplit_begin(t->docsplit);
		about_attributes(&t->about, m->inner);
	}
	drop(t, m->n);
	sink_start(&t->sink, t->source.line, !t->begun);
	return 1;
}

/* Tell the form of the file, unless the document is empty. */
static int
decide(struct trec *t, struct markup *m)
{
	struct source *source = &t->source;
	const size_t from = m->n, most = from + TREC_LOOK;
	enum vertical vertical = VERTICAL_NO;
	struct str s, value;
	size_t end = SEEK_NONE, next, i;
	int tagged = 1, attributes = 0;

	if (t->doc[2] == 'd') {
		for (;;) {
			end = seek_next(
			    &t->doc_end, source, t->offset, from, most);
			next = seek_next(
			    &t->next_doc, source, t->offset, from, most);
			/* Where none ends, none is looked at twice. */
			end = end < next ? end : next;
			if (end != SEEK_NONE || source->ended ||
			    source->rest.n >= most)
				break;
			if (source_more(source) == -1)
				return -1;
		}
		end = end < source->rest.n ? end : source->rest.n;
		end = end < most ? end : most;
		s = str_sub(source->rest, from, end);
		vertical = vertical_look(s, source->ended, &tagged);
		markup_read(m, source->rest, source->ended);
	}
	if (vertical == VERTICAL_UNKNOWN)
		return 0;
	for (i = 0; i < m->inner.n; i++)
		attributes |= m->inner.p[i] == '=';
	if (vertical == VERTICAL_YES)
		t->form = VERTICAL;
	else if (!tagged && markup_attribute(m->inner, "url", &value))
		t->form = WIKI;
	else
		t->form = attributes ? TAGGED : NUMBERED;
	return 0;
}

static void
close_doc(struct trec *t)
{
	if (t->hidden != NULL && t->hidden->about == ABOUT_ID)
		end_id(t, 0);
	if (t->begun) {
		const int cut = about_tell(&t->about);

		sink_end(&t->sink);
		if (cut)
			fault(t, "title, date or URL over 4 KiB left out",
			    t->line);
		docsplit_end(t->docsplit);
	} else {
		docsplit_fault(t->docsplit,
		    "TREC document without DOCNO skipped", 1, t->line);
	}
	t->inside = t->stray = 0;
	t->hidden = t->telling = NULL;
}

/* The next `n` bytes are text. */
static void
take(struct trec *t, size_t n)
{
	struct str s = str_sub(t->source.rest, 0, n);
	size_t lines = str_lines(s);

	if (!t->inside) {
		outside(t, s);
	} else {
		put(t, s);
		if (t->hidden != NULL)
			sink_behind(&t->sink, lines);
	}
	advance(t, n, lines);
}

/* Text of the document, or of an element that is hidden. */
static void
put(struct trec *t, struct str s)
{
	if (t->parted && t->hidden == NULL)
		s = part(t, s);
	add(t, s);
}

static void
add(struct trec *t, struct str s)
{
	if (t->skipped)
		return;
	about_text(&t->about, s);
	if (t->hidden != NULL)
		return;
	t->texted = ends_in_text(s, t->texted);
	if (sink_fits(&t->sink, s.n))
		sink_put(&t->sink, s);
	else
		t->skipped = 1;
}

/* Behind a tag that parts lines: end the line, unless the file does, before
 * what comes next.  Returns that without the white space before it. */
static struct str
part(struct trec *t, struct str s)
{
	while (s.n > 0 && s.p[0] <= ' ' && s.p[0] != '\n')
		s = str_sub(s, 1, s.n);
	if (s.n == 0)
		return s;
	t->parted = 0;
	if (s.p[0] != '\n') {
		sink_ahead(&t->sink);
		add(t, STR_LIT("\n"));
	}
	return s;
}

/* Whether the last line of a text is not blank; `before`: if it has no other,
 * whether something is in front of it. */
static int
ends_in_text(struct str s, int before)
{
	while (s.n > 0 && s.p[s.n - 1] <= ' ' && s.p[s.n - 1] != '\n')
		s.n--;
	return s.n == 0 ? before : s.p[s.n - 1] != '\n';
}

static void
outside(struct trec *t, struct str s)
{
	size_t line = t->source.line, i;

	for (i = 0; i < s.n && !t->stray; i++) {
		line += s.p[i] == '\n';
		if (s.p[i] > ' ') {
			docsplit_fault(t->docsplit,
			    "text outside documents skipped", 1, line);
			t->stray = 1;
		}
	}
}

/* The next `n` bytes are no text. */
static void
drop(struct trec *t, size_t n)
{
	size_t lines = str_lines(str_sub(t->source.rest, 0, n));

	if (t->inside)
		sink_behind(&t->sink, lines);
	advance(t, n, lines);
}

static void
advance(struct trec *t, size_t n, size_t lines)
{
	t->offset += n;
	source_skip(&t->source, n, lines);
}

/* The text is over, though no tag says so. */
static void
cut_short(struct trec *t)
{
	if (t->begun)
		sink_end(&t->sink);
	fault(t, "document without end tag", t->line);
}

/* Count a fault behind the text so far. */
static void
fault(struct trec *t, const char *what, size_t line)
{
	if (t->begun)
		sink_flush(&t->sink);
	docsplit_fault(t->docsplit, what, 1, line);
}
