/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "common/edge.h"
#include "common/mem.h"
#include "common/near.h"
#include "common/stop.h"

BLOB_EMBED(sentences);

/* Abbreviations in the list have up to so many bytes. */
#define SHORT_FORM 6

/* What a sentence may end with. */
enum stop_kind {
	STOP_DOT,  /* one period */
	STOP_DOTS, /* several, or an ellipsis */
	STOP_CALL, /* ! or ? */
	STOP_WIDE, /* those that need no space behind them */
	STOP_FACE  /* :-) */
};

struct stop {
	size_t word;  /* the word it is glued to, or NEAR_NONE */
	size_t after; /* the token behind all that belongs to it */
	enum stop_kind kind;
	int closed; /* by a bracket or quotation mark */
	int quoted; /* by a quotation mark */
};

/* What to look for at a mark. */
enum trigger { NOTHING, STOP, COLON, COMMA, FACE, RULE };

static size_t sentence_end(struct near *);
static size_t candidate(const struct near *, size_t);
static size_t next_at(struct near *, size_t, size_t *skip);
static enum trigger trigger(uint64_t code);
static int wide_stop(uint64_t code);
static size_t stop_at(struct near *, size_t, size_t *skip);
static enum stop_kind stop_kind(const struct tok *);
static void absorb(const struct near *, struct stop *);
static int absorb_mark(const struct near *, struct stop *, size_t);
static int absorb_stop(const struct near *, struct stop *, size_t);
static size_t face_end(const struct near *, size_t);
static size_t note_end(const struct near *, size_t);
static int ends(const struct near *, const struct stop *);
static int ends_glued(const struct near *, const struct stop *);
static int sentence_goes_on(const struct near *, size_t);
static int ends_before_mark(const struct near *, const struct stop *);
static int ends_before_lower(const struct near *, const struct stop *);
static int shortened(const struct near *, size_t);
static int abbreviated(const struct near *, const struct stop *);
static int abbreviation_ends(const struct near *, size_t, size_t, uint32_t);
static int item_number(const struct near *, size_t);
static int reported(const struct near *, size_t);

void
stop_text(struct tok_list *l, struct str text)
{
	struct near t = {.text = text};

	tok_text(l, text);
	t.v = l->v;
	t.n = l->n;
	blob_open(&t.list, blob_sentences);
	while (t.begin < t.n) {
		l->v[t.begin].flags |= TOK_FIRST;
		if (l->sentences == l->sentence_cap)
			l->sentence = mem_grow(l->sentence, &l->sentence_cap,
			    l->sentences + 1, sizeof(*l->sentence));
		l->sentence[l->sentences++] = (uint32_t)t.begin;
		t.begin = sentence_end(&t);
	}
}

/* Where the next sentence begins. */
static size_t
sentence_end(struct near *t)
{
	size_t i = t->begin, next, skip;

	t->word = i;
	while ((i = candidate(t, i)) < t->n) {
		next = next_at(t, i, &skip);
		if (next != NEAR_NONE)
			return next;
		i = skip;
	}
	return t->n;
}

/* The next token from `i` on that may tell of an end. */
static size_t
candidate(const struct near *t, size_t i)
{
	for (; i < t->n; i++) {
		const struct tok *tok = &t->v[i];

		if (tok->kind != TOK_MARK ? (tok->flags & TOK_DOT) != 0
					  : trigger(tok->hash) != NOTHING)
			break;
	}
	return i;
}

/* Where a sentence begins by what stands at `i`, or NEAR_NONE; `*skip` is
 * where to look on. */
static size_t
next_at(struct near *t, size_t i, size_t *skip)
{
	size_t next = NEAR_NONE;

	*skip = i + 1;
	switch (t->v[i].kind != TOK_MARK ? STOP : trigger(t->v[i].hash)) {
	case STOP:
		return stop_at(t, i, skip);
	case COMMA:
		return edge_comma(t, i);
	case COLON:
		next = edge_colon(t, i, skip);
		break;
	case RULE:
		next = edge_rule(t, i, skip);
		break;
	case FACE:
	case NOTHING:
		break;
	}
	if (next != NEAR_NONE || *skip > i + 1 || near_glued(t, i) ||
	    face_end(t, i) == i)
		return next;
	return stop_at(t, i, skip);
}

static enum trigger
trigger(uint64_t code)
{
	static const unsigned char ascii[64] = {
	    ['!'] = STOP,
	    ['*'] = RULE,
	    [','] = COMMA,
	    ['-'] = RULE,
	    ['.'] = STOP,
	    [':'] = COLON,
	    [';'] = FACE,
	    ['='] = RULE,
	    ['?'] = STOP,
	};

	if (code < sizeof(ascii))
		return (enum trigger)ascii[code];
	return code >= 0x80 && wide_stop(code) ? STOP : NOTHING;
}

static int
wide_stop(uint64_t code)
{
	switch (code) {
	case 0x2026: /* the ellipsis */
	case 0x203c: /* "!!", "??", "?!", "!?" */
	case 0x2047:
	case 0x2048:
	case 0x2049:
	case 0x61f: /* Arabic */
	case 0x6d4:
	case 0x964: /* Devanagari and its neighbours */
	case 0x965:
	case 0x104b: /* Burmese */
	case 0x1362: /* Ethiopic */
	case 0x3002: /* ideographic, and its "!", "?" and half-width form */
	case 0xff01:
	case 0xff1f:
	case 0xff61:
		return 1;
	default:
		return 0;
	}
}

/*
 * Where the next sentence begins if this one ends with the stop or face at
 * `i`, or NEAR_NONE.  `*skip` is the token behind all that belongs to it.
 */
static size_t
stop_at(struct near *t, size_t i, size_t *skip)
{
	struct stop stop = {.word = NEAR_NONE, .after = i + 1};

	stop.kind = stop_kind(&t->v[i]);
	if (t->v[i].kind != TOK_MARK)
		stop.word = i;
	else if (i > t->begin && near_glued(t, i) &&
		 t->v[i - 1].kind != TOK_MARK)
		stop.word = i - 1;
	if (stop.kind == STOP_FACE)
		stop.after = face_end(t, i);
	absorb(t, &stop);
	*skip = stop.after;
	/* A sentence holds a word. */
	while (t->word < i && t->v[t->word].kind == TOK_MARK)
		t->word++;
	if (t->v[t->word].kind == TOK_MARK || !ends(t, &stop))
		return NEAR_NONE;
	return stop.after;
}

static enum stop_kind
stop_kind(const struct tok *tok)
{
	if (tok->kind != TOK_MARK)
		return STOP_DOT;
	if (tok->hash == '.')
		return tok->end - tok->at > 1 ? STOP_DOTS : STOP_DOT;
	if (tok->hash == 0x2026)
		return STOP_DOTS;
	if (tok->hash >= 0x3000)
		return STOP_WIDE;
	return trigger(tok->hash) == STOP ? STOP_CALL : STOP_FACE;
}

/* Take in what belongs to a stop: marks behind it, faces, notes. */
static void
absorb(const struct near *t, struct stop *stop)
{
	size_t next;

	while (stop->after < t->n) {
		size_t k = stop->after;

		if (t->v[k].kind != TOK_MARK)
			break;
		if (absorb_mark(t, stop, k)) {
			stop->after++;
			continue;
		}
		next = face_end(t, k);
		if (next == k)
			next = note_end(t, k);
		if (next == k)
			break;
		stop->after = next;
	}
}

/* Whether the mark at `k` belongs to the stop before it. */
static int
absorb_mark(const struct near *t, struct stop *stop, size_t k)
{
	int glued = near_glued(t, k);
	int alone = k + 1 == t->n || !near_glued(t, k + 1);

	switch (t->v[k].hash) {
	case '"':
	case '\'':
	case 0x2019:
	case 0xbb:
		if (!glued && k + 1 < t->n)
			return 0;
		break;
	case 0xab: /* these two close German quotations */
	case 0x201c:
		if (!glued || !alone)
			return 0;
		break;
	case 0x201d:
		if (!glued && !alone)
			return 0;
		break;
	case 0x300d: /* ideographic corner brackets */
	case 0x300f:
		if (!glued)
			return 0;
		break;
	case ')':
	case ']':
	case 0xff09: /* a wide ")" */
		stop->closed = 1;
		return 1;
	case '*': /* light markup */
		return glued;
	default:
		return trigger(t->v[k].hash) == STOP && absorb_stop(t, stop, k);
	}
	stop->closed = stop->quoted = 1;
	return 1;
}

/* The same for a further stop. */
static int
absorb_stop(const struct near *t, struct stop *stop, size_t k)
{
	enum stop_kind kind = stop_kind(&t->v[k]);

	if (!near_glued(t, k)) {
		/* .NET */
		if (k + 1 < t->n && near_glued(t, k + 1) &&
		    t->v[k + 1].kind != TOK_MARK)
			return 0;
		/* "... and so on": what was left out is before it. */
		if (k + 1 < t->n && kind == STOP_DOTS)
			return 0;
	}
	if (kind == STOP_DOT) {
		if (stop->kind == STOP_DOT && t->v[k - 1].kind == TOK_MARK)
			stop->kind = STOP_DOTS;
		stop->word = NEAR_NONE;
	} else if (kind == STOP_CALL && stop->kind != STOP_WIDE) {
		stop->kind = STOP_CALL;
	}
	return 1;
}

/* The end of the face at `k`, as :-) or ;P or ^_^, or `k`. */
static size_t
face_end(const struct near *t, size_t k)
{
	static const unsigned char mouths[] = {
	    ')', '(', 'D', 'P', 'p', 'O', '|'};
	size_t i = k + 1;
	uint64_t mouth;

	if (!near_mark(t, k, ':') && !near_mark(t, k, ';') &&
	    !near_mark(t, k, '=') && !near_mark(t, k, '^'))
		return k;
	if (i < t->n && near_glued(t, i) &&
	    (near_mark(t, i, '-') || near_mark(t, i, '\'')))
		i++;
	if (i >= t->n || !near_glued(t, i))
		return k;
	if (near_mark(t, k, '^'))
		return i + 1 < t->n && near_glued(t, i + 1) &&
			       near_mark(t, i + 1, '^')
			   ? i + 2
			   : k;
	mouth = t->text.p[t->v[i].at];
	if (t->v[i].end - t->v[i].at != 1 ||
	    memchr(mouths, (int)mouth, sizeof(mouths)) == NULL)
		return k;
	for (i++; i < t->n && near_glued(t, i) && near_mark(t, i, mouth);)
		i++;
	if (i < t->n && near_glued(t, i) && t->v[i].kind != TOK_MARK)
		return k;
	return i;
}

/* The end of the note at `k`, as [12] or [source needed], or `k`. */
static size_t
note_end(const struct near *t, size_t k)
{
	size_t i = k + 1;

	if (!near_mark(t, k, '['))
		return k;
	while (i < t->n && i < k + 5 && t->v[i].kind != TOK_MARK)
		i++;
	if (i == k + 1 || i == t->n || !near_mark(t, i, ']') ||
	    !near_glued(t, k + 1))
		return k;
	if (i == k + 2 && near_number(t, k + 1))
		return i + 1;
	return ((near_kinds(t, k + 1) | near_kinds(t, i - 1)) & NEAR_NOTE) != 0
		   ? i + 1
		   : k;
}

/* Whether a sentence ends with the stop. */
static int
ends(const struct near *t, const struct stop *stop)
{
	size_t k = stop->after;

	if (k == t->n || stop->kind == STOP_WIDE)
		return 1;
	if (near_glued(t, k))
		return ends_glued(t, stop);
	if (stop->kind == STOP_FACE)
		return near_capital(t, k);
	if (stop->kind == STOP_DOT && stop->word != NEAR_NONE &&
	    abbreviated(t, stop))
		return 0;
	if (t->v[k].kind == TOK_MARK)
		return ends_before_mark(t, stop);
	if (near_lower(t, k))
		return ends_before_lower(t, stop);
	if (stop->kind != STOP_CALL)
		return 1;
	if (stop->quoted)
		return !reported(t, k);
	return stop->word == NEAR_NONE ||
	       (near_kinds(t, stop->word) & NEAR_BRAND) == 0 ||
	       near_starter(t, k);
}

/* Whether only the space is missing: "at the end.The next". */
static int
ends_glued(const struct near *t, const struct stop *stop)
{
	size_t k = stop->after, w = stop->word;
	unsigned flags = t->v[k].flags;

	if (w == NEAR_NONE || stop->closed || t->v[k].kind != TOK_WORD ||
	    (flags & (TOK_DIGIT | TOK_OWNER)) != 0)
		return 0;
	if ((w > t->begin && near_glued(t, w)) || near_letters(t, w).n < 2 ||
	    (near_kinds(t, k) & NEAR_SUFFIX) != 0 || sentence_goes_on(t, k + 1))
		return 0;
	if (stop->kind == STOP_CALL)
		return near_lower(t, w);
	if ((flags & TOK_CAPITAL) == 0 || (flags & TOK_UPPER) != 0)
		return 0;
	/* "but...I think" goes on. */
	if (stop->kind == STOP_DOTS)
		return t->v[k].end - t->v[k].at > 1;
	return near_lower(t, w);
}

/* Whether what is glued at `i` to a word makes it the name of a file or page,
 * rather than of a sentence. */
static int
sentence_goes_on(const struct near *t, size_t i)
{
	if (i == t->n || !near_glued(t, i) || (t->v[i].flags & TOK_OWNER) != 0)
		return 0;
	if (near_mark(t, i, '.'))
		return i + 1 < t->n && near_glued(t, i + 1);
	return !near_mark(t, i, ',') && !near_mark(t, i, '!') &&
	       !near_mark(t, i, '?');
}

static int
ends_before_mark(const struct near *t, const struct stop *stop)
{
	size_t k = stop->after;

	switch (t->v[k].hash) {
	case ',':
	case ';':
	case ':':
	case '%':
		return 0;
	case '-':
	case 0x2013:
	case 0x2014:
		/* The line above a signature, or a longer one; else who
		 * signs: "That is all. --Jane". */
		if (k + 1 == t->n || t->v[k].end - t->v[k].at >= EDGE_RULE)
			return 1;
		return stop->kind != STOP_DOTS && near_capital(t, k + 1) &&
		       (!stop->quoted || near_glued(t, k + 1));
	default:
		return stop->kind != STOP_DOTS ||
		       (k + 1 < t->n && (t->v[k + 1].flags & TOK_LOWER) == 0);
	}
}

/* Careless writing begins sentences with small letters. */
static int
ends_before_lower(const struct near *t, const struct stop *stop)
{
	size_t w = stop->word;

	if (edge_address(t, stop->after))
		return 1;
	if (stop->closed || stop->kind == STOP_DOTS)
		return 0;
	if (w == NEAR_NONE)
		return 1;
	if (stop->kind == STOP_CALL)
		return (near_kinds(t, w) & NEAR_BRAND) == 0;
	return !shortened(t, w);
}

/* Whether the word before a period looks like an abbreviation that no list
 * has. */
static int
shortened(const struct near *t, size_t w)
{
	struct str word = near_letters(t, w);
	static const unsigned char vowels[] = {
	    'a', 'e', 'i', 'o', 'u', 'y', 'A', 'E', 'I', 'O', 'U', 'Y'};
	int follows = w > t->begin && t->v[w - 1].kind == TOK_WORD;
	size_t i;

	if (word.n > 4 || near_number(t, w))
		return 0;
	/* "Francis I. of France" */
	if (word.n == 1 && follows && near_capital(t, w - 1))
		return 1;
	/* Short, with a capital inside a sentence. */
	if (near_capital(t, w) && (t->v[w].flags & TOK_UPPER) == 0 && follows &&
	    near_lower(t, w - 1))
		return 1;
	for (i = 0; i < word.n; i++)
		if (word.p[i] >= 0x80 ||
		    memchr(vowels, word.p[i], sizeof(vowels)) != NULL)
			return 0;
	return 1;
}

/* Whether the single period belongs to an abbreviation, an initial or the
 * number of an item, behind which the sentence goes on. */
static int
abbreviated(const struct near *t, const struct stop *stop)
{
	size_t w = stop->word, k = stop->after;
	struct str word = near_letters(t, w);
	uint32_t what;

	if (word.n > SHORT_FORM && (t->v[w].flags & TOK_DOT) == 0)
		return 0;
	if (item_number(t, w))
		return 1;
	what = near_kinds(t, w);
	if (what != 0 && !near_capital(t, w))
		what &= ~(uint32_t)(NEAR_TITLE | NEAR_ENDING_NAME);
	if ((what & NEAR_INSIDE) != 0)
		return 1;
	if ((what & NEAR_NUMBERED) != 0 && near_number(t, k))
		return 1;
	/* "b. May 1950"; in other languages "3. Mai". */
	if (word.n < 3 && ((what & NEAR_NUMBERED) != 0 || near_number(t, w)) &&
	    (near_kinds(t, k) & NEAR_MONTH) != 0)
		return 1;
	return !abbreviation_ends(t, w, k, what);
}

/* Whether the abbreviation at `w`, if it is one, ends a sentence before `k`. */
static int
abbreviation_ends(const struct near *t, size_t w, size_t k, uint32_t what)
{
	struct str word = near_letters(t, w);
	int letter = t->v[w].kind == TOK_WORD && word.n == 1;
	int small = near_lower(t, k);

	if ((what & NEAR_TITLE) != 0 &&
	    (what & (NEAR_ENDING | NEAR_ENDING_NAME)) == 0)
		return 0;
	if (letter && !near_capital(t, w))
		return !small && !near_number(t, k);
	/* "I" ends sentences; other letters are initials. */
	if (letter && word.p[0] != 'I')
		return near_number(t, k) || near_starter(t, k);
	if ((what & (NEAR_ENDING | NEAR_ENDING_NAME)) != 0 ||
	    (t->v[w].kind == TOK_WORD && word.n > 2 && word.p[1] == '.'))
		return near_starter(t, k);
	return (what & (NEAR_MEASURE | NEAR_NUMBERED)) == 0 || !small;
}

/* Whether token `w` numbers an item: "2." or "b." first in its sentence. */
static int
item_number(const struct near *t, size_t w)
{
	static const unsigned char roman[] = {'i', 'v', 'x', 'I', 'V', 'X'};
	struct str word = near_letters(t, w);
	size_t i;

	if (word.n > 4 || w > t->begin + 3)
		return 0;
	for (i = t->begin; i < w; i++)
		if (t->v[i].kind != TOK_MARK)
			return 0;
	/* A year is none, but 2.10. is. */
	if (near_number(t, w))
		return word.n < 4 || memchr(word.p, '.', word.n) != NULL;
	for (i = 0; i < word.n; i++)
		if (memchr(roman, word.p[i], sizeof(roman)) == NULL)
			return word.n == 1;
	return 1;
}

/* Whether the words at `k` report what was called: "Why?" Hall asked. */
static int
reported(const struct near *t, size_t k)
{
	size_t i;

	for (i = k + 1; i < t->n && i < k + 5 && t->v[i].kind == TOK_WORD; i++)
		if ((near_kinds(t, i) & NEAR_REPORTING) != 0)
			return 1;
	return 0;
}
