/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "common/hash.h"
#include "common/mem.h"
#include "common/stop.h"
#include "common/str.h"
#include "common/utf.h"

#include "cmd/declutter/feature.h"
#include "cmd/declutter/join.h"

BLOB_EMBED(declutter);

/* Of a longer row only so many bytes are looked at, of a longer block only so
 * many words are remembered: enough to know it, and memory stays bounded. */
#define FEATURE_BYTES     ((size_t)16 << 10)
#define FEATURE_TERMS     200
#define FEATURE_ALL_TERMS ((size_t)1 << 17) /* of a page */
/* Phrases of so many words are scored, two for each word. */
#define FEATURE_KEYS 60
/* In blocks of fewer words all numbers are alike. */
#define FEATURE_SHORT 8
/* Phrases are looked for in so many words of a row; cues in long text mean
 * little. */
#define FEATURE_PHRASES 40

/* Words for the start and end of a block and for a number of `n` digits. */
#define KEY_START     1
#define KEY_END       2
#define KEY_NUMBER(n) (8 + (uint64_t)((n) < 7 ? (n) : 7))

/* Sums over the words of a block. */
struct sum {
	uint32_t bits;
	uint32_t lead; /* bits of the phrase it begins with, if `led` */
	int led;
	unsigned int stop, lower, upper, title, you, me;
	uint64_t form;       /* hash of all words, numbers being alike */
	uint64_t before;     /* the word before, as keys() sees words */
	unsigned int stamps; /* words for dates and times, and numbers */
	unsigned int numbers, commas, bars, digits, cues;
};

static void
block(struct feature *, struct page *, struct page_block *, const struct doc *);
static void row(struct feature *, struct page *, struct page_block *,
    struct sum *, struct str);
static void
word(struct page_block *, struct sum *, struct str, const struct tok *);
static void mark(struct page_block *, struct sum *, const struct tok *);
static void
phrases(const struct feature *, const uint32_t *, size_t, struct sum *);
static size_t phrase_at(const struct feature *, size_t, uint32_t *);
static void remember(struct page *, struct page_block *, uint64_t, int);
static void keys(struct page *, struct page_block *, struct sum *,
    const struct tok *, uint64_t);
static inline void key(struct page *, struct page_block *, uint64_t);
static void reserve(struct page *, size_t);
static inline uint64_t in_order(uint64_t, uint64_t);
static void row_start(struct page_block *, const struct tok_list *, struct str);
static void row_end(struct page_block *, const struct tok_list *);
static int is_link(struct str);
static unsigned int unspaced(struct str);

static const char *const kind_names[PAGE_KINDS] = {
    [PAGE_STOP] = "STOP",
    [PAGE_YOU] = "YOU",
    [PAGE_ME] = "ME",
    [PAGE_SAID] = "SAID",
    [PAGE_DATE] = "DATE",
    [PAGE_TIME] = "TIME",
    [PAGE_NAV] = "NAV",
    [PAGE_SHARE] = "SHARE",
    [PAGE_PROMO] = "PROMO",
    [PAGE_LEGAL] = "LEGAL",
    [PAGE_CAPTION] = "CAPTION",
    [PAGE_COMMENT] = "COMMENT",
    [PAGE_TALK] = "TALK",
    [PAGE_TEASER] = "TEASER",
    [PAGE_END] = "END",
    [PAGE_BYLINE] = "BYLINE",
    [PAGE_BY] = "BY",
};

void
feature_init(struct feature *f)
{
	int k;

	memset(f, 0, sizeof(*f));
	blob_open(&f->words, blob_declutter);
	for (k = 0; k < PAGE_KINDS; k++)
		f->kind[k] = blob_kind(&f->words, kind_names[k]);
	for (k = PAGE_NAV; k <= PAGE_BYLINE; k++)
		f->cue |= f->kind[k];
	f->open = blob_kind(&f->words, "OPEN");
}

void
feature_page(struct feature *f, struct page *page, const struct doc *doc)
{
	size_t i;

	page->terms = 0;
	page->contents = 0;
	page->keys = 0;
	for (i = 0; i < page->n; i++)
		block(f, page, &page->v[i], doc);
}

void
feature_free(struct feature *f)
{
	tok_free(&f->toks);
}

float
feature_prose(const struct page_block *b)
{
	int ends = (b->flags & (PAGE_ENDS | PAGE_COLON)) != 0;
	int cues = b->cues > 2 ? 2 : (int)b->cues;
	float s;

	if (b->words >= 12 && (b->sentences > 0 || ends))
		s = 1.0f;
	else if (b->words >= 25 && b->lower > 0.5f)
		s = 0.6f;
	else if (b->words >= 7 && b->sentences > 0 && b->lower > 0.4f)
		s = 0.5f;
	else
		s = -0.5f;
	if (b->words < 30)
		s -= 0.4f * (float)cues;
	if (b->bar > 0.12f)
		s -= 0.6f;
	if (b->upper > 0.5f)
		s -= 0.4f;
	if (b->stop < 0.12f && b->lower < 0.45f)
		s -= 0.4f;
	if (b->copies > 1)
		s -= 0.4f;
	return s;
}

static void
block(struct feature *f, struct page *page, struct page_block *b,
    const struct doc *doc)
{
	struct sum sum;
	size_t i, n;
	float all;
	int k;

	memset(&sum, 0, sizeof(sum));
	b->first = (uint32_t)page->terms;
	b->about = (uint32_t)page->contents;
	b->first_key = (uint32_t)page->keys;
	sum.before = KEY_START;
	for (i = 0; i < b->lines; i++) {
		struct str s = doc->v[b->line + i].text;

		s = join_body(s);
		if (i == 0 && s.n > 1 && s.p[0] == '[' && s.p[s.n - 1] == ']')
			b->flags |= PAGE_BRACKETS;
		if (s.n > FEATURE_BYTES) {
			for (n = FEATURE_BYTES; (s.p[n] & 0xc0) == 0x80;)
				n--;
			s.n = n;
		}
		row(f, page, b, &sum, s);
	}
	reserve(page, 0);
	key(page, b, hash_join(sum.before, KEY_END));
	all = b->words == 0 ? 1 : (float)b->words;
	b->stop = (float)sum.stop / all;
	b->lower = (float)sum.lower / all;
	b->upper = (float)sum.upper / all;
	b->title = (float)sum.title / all;
	b->you = (float)sum.you / all;
	b->me = (float)sum.me / all;
	b->stamp = (float)sum.stamps / all;
	b->comma = (float)sum.commas / all;
	b->bar = (float)sum.bars / all;
	b->digit = (float)sum.digits / (float)(b->columns + 1);
	b->cues = sum.cues;
	/* "3 comments" and "5 comments" are the same to a reader. */
	if (b->words < FEATURE_SHORT)
		b->hash = sum.form;
	for (k = 0; k < PAGE_KINDS; k++) {
		b->kinds |= (uint32_t)((sum.bits & f->kind[k]) != 0) << k;
		b->lead |= (uint32_t)((sum.lead & f->kind[k]) != 0) << k;
	}
	if (sum.numbers > 0 &&
	    (page_has(b, PAGE_DATE) || page_has(b, PAGE_TIME)))
		b->flags |= PAGE_CLOCK;
}

static void
row(struct feature *f, struct page *page, struct page_block *b, struct sum *sum,
    struct str s)
{
	const struct tok_list *l = &f->toks;
	uint32_t bits[FEATURE_PHRASES], kinds;
	uint64_t one;
	size_t i;

	stop_text(&f->toks, s);
	if (l->n == 0)
		return;
	reserve(page, l->n);
	if (b->words == 0) {
		row_start(b, l, s);
		kinds = blob_find(&f->words, hash_join(0, l->v[0].hash));
		if ((kinds & f->kind[PAGE_BY]) != 0)
			b->flags |= PAGE_BY_FIRST;
	}
	for (i = 0; i < l->n; i++) {
		const struct tok *t = &l->v[i];

		one = hash_join(0, t->hash);
		kinds = blob_find(&f->words, one);
		if (i < FEATURE_PHRASES)
			bits[i] = kinds;
		if (b->keys < FEATURE_KEYS)
			keys(page, b, sum, t, one);
		if (t->kind == TOK_MARK) {
			mark(b, sum, t);
			continue;
		}
		b->hash = in_order(b->hash, one);
		sum->form = in_order(
		    sum->form, t->kind == TOK_NUMBER ? KEY_NUMBER(0) : one);
		if ((t->flags & TOK_OWNER) != 0)
			continue;
		word(b, sum, s, t);
		sum->stop += (kinds & f->kind[PAGE_STOP]) != 0;
		sum->you += (kinds & f->kind[PAGE_YOU]) != 0;
		sum->me += (kinds & f->kind[PAGE_ME]) != 0;
		sum->bits |= kinds & ~f->cue;
		sum->stamps +=
		    t->kind == TOK_NUMBER ||
		    (kinds & (f->kind[PAGE_DATE] | f->kind[PAGE_TIME])) != 0;
		remember(page, b, t->hash,
		    t->kind == TOK_WORD && t->end - t->at > 3 &&
			(kinds & f->kind[PAGE_STOP]) == 0);
	}
	phrases(f, bits, l->n < FEATURE_PHRASES ? l->n : FEATURE_PHRASES, sum);
	b->sentences += (uint32_t)l->sentences - 1;
	row_end(b, l);
}

static void
word(struct page_block *b, struct sum *sum, struct str s, const struct tok *t)
{
	if (t->kind == TOK_NUMBER) {
		sum->numbers++;
		sum->digits += t->end - t->at;
	} else if ((t->flags & TOK_LOWER) != 0) {
		sum->lower++;
	} else if ((t->flags & TOK_UPPER) != 0) {
		sum->upper++;
	} else if ((t->flags & TOK_CAPITAL) != 0 && b->words > 0) {
		sum->title++;
	}
	b->words++;
	b->links += (uint32_t)is_link(tok_str(s, t));
	if (t->end - t->at > 12) {
		unsigned int more = unspaced(tok_str(s, t));

		b->words += more;
		sum->lower += more;
	}
}

static int
is_link(struct str s)
{
	return (s.p[0] | 0x20) == 'w' ? str_starts(s, STR_LIT("www"))
				      : str_starts(s, STR_LIT("http"));
}

/*
 * Scripts that set no spaces give one long word for a clause: count two
 * characters as a word.  Returns how many words more than the one.
 */
static unsigned int
unspaced(struct str s)
{
	size_t len;
	int32_t c = utf_at(s.p, &len);

	if ((c >= 0x2e80 && c < 0xa000) || (c >= 0xe00 && c < 0xf00) ||
	    (c >= 0x1000 && c < 0x10a0) || (c >= 0x1780 && c < 0x1800))
		return (unsigned int)(s.n / 6) - 1;
	return 0;
}

static void
mark(struct page_block *b, struct sum *sum, const struct tok *t)
{
	b->marks++;
	switch (t->hash) {
	case '"':
	case 0x201c:
	case 0x201d:
	case 0x201e:
	case 0xab:
	case 0xbb:
		b->quotes++;
		sum->bars += t->hash == 0xab || t->hash == 0xbb;
		break;
	case '@':
		b->links++;
		break;
	case ',':
	case 0x3001:
	case 0xff0c:
		sum->commas++;
		break;
	case '|':
	case '/':
	case '>':
	case 0xb7:
	case 0x203a:
	case 0x2022:
		sum->bars++;
		break;
	case ':':
		if (b->words <= 5)
			b->flags |= PAGE_HEAD;
		/* 12:30, or a clock without more ado. */
		if ((t->flags & TOK_GLUED) != 0 && sum->numbers > 0 &&
		    b->words < 12)
			b->flags |= PAGE_CLOCK;
		break;
	}
}

/*
 * Look for the listed phrases of boilerplate, longest first, in the words that
 * were cut last.  `bits` are the kinds of each word alone.
 */
static void
phrases(
    const struct feature *f, const uint32_t *bits, size_t n, struct sum *sum)
{
	size_t i, step;

	for (i = 0; i < n; i += step) {
		uint32_t found = bits[i] & f->cue;

		step = 1;
		/* Most words open no phrase, so few need looking further. */
		if ((bits[i] & f->open) != 0)
			step = phrase_at(f, i, &found);
		if (!sum->led &&
		    (found != 0 || f->toks.v[i].kind != TOK_MARK)) {
			sum->led = 1;
			sum->lead = found;
		}
		sum->bits |= found;
		sum->cues += found != 0;
	}
}

/* The words of the longest listed phrase of two and more at word `i`, and its
 * kinds in `*found`; 1 if there is none. */
static size_t
phrase_at(const struct feature *f, size_t i, uint32_t *found)
{
	const struct tok_list *l = &f->toks;
	size_t longest = f->words.head->longest, k, words = 1;
	uint64_t hash = hash_join(0, l->v[i].hash);

	for (k = 1; k < longest && i + k < l->n; k++) {
		uint32_t kinds;

		hash = hash_join(hash, l->v[i + k].hash);
		kinds = blob_find(&f->words, hash) & f->cue;
		if (kinds != 0) {
			*found = kinds;
			words = k + 1;
		}
	}
	return words;
}

static void
remember(struct page *page, struct page_block *b, uint64_t hash, int content)
{
	if (b->terms == FEATURE_TERMS || page->terms == FEATURE_ALL_TERMS)
		return;
	page->term[page->terms++] = hash;
	b->terms++;
	/* Written in any case, for nothing tells what the next word will be. */
	page->content[page->contents] = hash;
	page->contents += content != 0;
	b->contents += content != 0;
}

/* Remember the phrases that end with this word: itself, and the word before
 * and it. */
static void
keys(struct page *page, struct page_block *b, struct sum *sum,
    const struct tok *t, uint64_t one)
{
	uint64_t word = t->hash;

	if (t->kind == TOK_NUMBER) {
		word = KEY_NUMBER(t->end - t->at);
		one = hash_join(0, word);
	} else if (t->kind == TOK_MARK && (word == '.' || word == ',')) {
		return;
	}
	key(page, b, one);
	key(page, b, hash_join(sum->before, word));
	sum->before = word;
}

/* Make room for what a row of `n` tokens adds to the page, and the last
 * phrase of a block. */
static void
reserve(struct page *page, size_t n)
{
	page->term = mem_grow(
	    page->term, &page->term_cap, page->terms + n, sizeof(*page->term));
	page->content = mem_grow(page->content, &page->content_cap,
	    page->contents + n + 1, sizeof(*page->content));
	n = n < FEATURE_KEYS ? n : FEATURE_KEYS;
	page->key = mem_grow(page->key, &page->key_cap, page->keys + 2 * n + 2,
	    sizeof(*page->key));
}

/* The hash of the words so far and one more, given by its hash alone. */
static inline uint64_t
in_order(uint64_t before, uint64_t one)
{
	return ((before << 7 | before >> 57) ^ one) * 0x9e3779b97f4a7c15u;
}

static inline void
key(struct page *page, struct page_block *b, uint64_t hash)
{
	page->key[page->keys++] = (uint32_t)(hash >> 32);
	b->keys++;
}

static void
row_start(struct page_block *b, const struct tok_list *l, struct str s)
{
	const struct tok *t = &l->v[0];
	size_t len;

	if (t->kind == TOK_NUMBER)
		b->flags |= PAGE_NUMBER;
	else if (t->kind == TOK_WORD &&
		 utf_class(utf_at(s.p + t->at, &len)) == UTF_LOWER)
		b->flags |= PAGE_LOWER;
	else if (t->hash == '"' || t->hash == 0x201c || t->hash == 0x201e ||
		 t->hash == 0x2018 || t->hash == 0xab)
		b->flags |= PAGE_QUOTED;
}

/* Set the flags of how the row ends: those of the last row stay. */
static void
row_end(struct page_block *b, const struct tok_list *l)
{
	size_t i = l->n - 1;
	const struct tok *t;

	b->flags &= ~(uint32_t)(PAGE_ENDS | PAGE_COLON | PAGE_ELLIPSIS |
				PAGE_QUESTION | PAGE_END_QUOTE);
	for (; i > 0 && l->v[i].kind == TOK_MARK; i--) {
		uint64_t c = l->v[i].hash;

		if (c != '"' && c != '\'' && c != ')' && c != ']' &&
		    c != 0x201d && c != 0x2019 && c != 0xbb && c != 0x201c)
			break;
		if (c != ')' && c != ']')
			b->flags |= PAGE_END_QUOTE;
	}
	t = &l->v[i];
	if (t->kind != TOK_MARK) {
		if ((t->flags & TOK_DOT) != 0)
			b->flags |= PAGE_ENDS;
	} else if (t->hash == 0x2026 ||
		   (t->hash == '.' && t->end > t->at + 1)) {
		b->flags |= PAGE_ENDS | PAGE_ELLIPSIS;
	} else if (t->hash == '.' || t->hash == '!' || t->hash == 0x3002 ||
		   t->hash == 0xff01 || t->hash == 0x964) {
		b->flags |= PAGE_ENDS;
	} else if (t->hash == '?' || t->hash == 0xff1f || t->hash == 0x61f) {
		b->flags |= PAGE_ENDS | PAGE_QUESTION;
	} else if (t->hash == ':' || t->hash == ';') {
		b->flags |= PAGE_COLON;
	}
	b->sentences += (b->flags & PAGE_ENDS) != 0;
}
