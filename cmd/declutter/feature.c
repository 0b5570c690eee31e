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

/* Of a longer block only so many bytes are looked at, and of its end; what
 * they say is taken for the whole. */
#define FEATURE_BYTES     256
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
	unsigned int words, links, stop, lower, upper, title, you, me;
	uint64_t form;       /* hash of all words, numbers being alike */
	uint64_t before;     /* the word before, as keys() sees words */
	unsigned int stamps; /* words for dates and times, and numbers */
	unsigned int numbers, commas, bars, digits, cues;
	size_t seen, bytes; /* of the block: looked at, and all */
};

static void
block(struct feature *, struct page *, struct page_block *, const struct doc *);
static void row(struct feature *, struct page *, struct page_block *,
    struct sum *, struct str);
static void words(struct feature *, struct page *, struct page_block *,
    struct sum *, struct str);
static size_t cut(struct str, size_t);
static void count(const struct feature *, struct page_block *, struct sum *,
    struct str, const uint64_t *, const uint32_t *);
static inline void word(const struct feature *, struct sum *, struct str,
    const struct tok *, uint32_t);
static inline unsigned int is_link(struct str, size_t, size_t);
static unsigned int unspaced(struct str);
static void mark(struct page_block *, struct sum *, const struct tok *);
static void phrases(const struct feature *, const uint32_t *, struct sum *);
static size_t phrase_at(const struct feature *, size_t, uint32_t *);
static void remember(const struct feature *, struct page *, struct page_block *,
    const uint32_t *);
static void keys(struct page *, struct page_block *, struct sum *,
    const struct tok_list *, const uint64_t *);
static void reserve(struct page *, size_t);
static inline uint64_t in_order(uint64_t, uint64_t);
static void row_start(struct page_block *, const struct tok_list *, struct str);
static void row_end(struct page_block *, struct str);
static void whole(struct page_block *, const struct sum *);

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
	f->when = f->kind[PAGE_DATE] | f->kind[PAGE_TIME];
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
	size_t i;
	float all;
	int k;

	memset(&sum, 0, sizeof(sum));
	b->first = (uint32_t)page->terms;
	b->about = (uint32_t)page->contents;
	b->first_key = (uint32_t)page->keys;
	sum.before = KEY_START;
	for (i = 0; i < b->lines; i++)
		row(f, page, b, &sum, join_body(doc->v[b->line + i].text));
	reserve(page, 0);
	page->key[page->keys++] =
	    (uint32_t)(in_order(sum.before, KEY_END) >> 32);
	b->keys++;
	b->words = sum.words;
	b->links = sum.links;
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
	if (b->words < FEATURE_SHORT && sum.seen == sum.bytes)
		b->hash = sum.form;
	for (k = 0; k < PAGE_KINDS; k++) {
		b->kinds |= (uint32_t)((sum.bits & f->kind[k]) != 0) << k;
		b->lead |= (uint32_t)((sum.lead & f->kind[k]) != 0) << k;
	}
	if (sum.seen < sum.bytes)
		whole(b, &sum);
	if (sum.numbers > 0 &&
	    (page_has(b, PAGE_DATE) || page_has(b, PAGE_TIME)))
		b->flags |= PAGE_CLOCK;
}

static void
row(struct feature *f, struct page *page, struct page_block *b, struct sum *sum,
    struct str s)
{
	size_t left = FEATURE_BYTES - sum->seen;
	struct str head = s.n > left ? str_sub(s, 0, cut(s, left)) : s;

	if (sum->bytes == 0 && s.n > 1 && s.p[0] == '[' && s.p[s.n - 1] == ']')
		b->flags |= PAGE_BRACKETS;
	sum->bytes += s.n;
	sum->seen += head.n;
	if (head.n > 0) {
		stop_text(&f->toks, head);
		if (f->toks.n > 0)
			words(f, page, b, sum, head);
	}
	if (head.n < s.n)
		b->hash =
		    hash_join(b->hash, hash_64(str_sub(s, head.n, s.n), 0));
	row_end(b, s);
	b->sentences += head.n == s.n && (b->flags & PAGE_ENDS) != 0;
}

static void
words(struct feature *f, struct page *page, struct page_block *b,
    struct sum *sum, struct str s)
{
	const struct tok_list *l = &f->toks;
	uint64_t one[FEATURE_BYTES];
	uint32_t kinds[FEATURE_BYTES];
	size_t i;

	reserve(page, l->n);
	/* First all that must be looked up, so that none waits for another. */
	for (i = 0; i < l->n; i++) {
		one[i] = hash_join(0, l->v[i].hash);
		kinds[i] = blob_find(&f->words, one[i]);
	}
	if (sum->words == 0) {
		row_start(b, l, s);
		if ((kinds[0] & f->kind[PAGE_BY]) != 0)
			b->flags |= PAGE_BY_FIRST;
	}
	keys(page, b, sum, l, one);
	count(f, b, sum, s, one, kinds);
	remember(f, page, b, kinds);
	phrases(f, kinds, sum);
	b->sentences += (uint32_t)l->sentences - 1;
}

/* Sum up what the words are. */
static void
count(const struct feature *f, struct page_block *b, struct sum *sum,
    struct str s, const uint64_t *one, const uint32_t *kinds)
{
	const struct tok_list *l = &f->toks;
	struct sum c = *sum;
	uint64_t hash = b->hash;
	size_t i;

	for (i = 0; i < l->n; i++) {
		const struct tok *t = &l->v[i];
		unsigned int number = t->kind == TOK_NUMBER;

		if (t->kind == TOK_MARK) {
			mark(b, &c, t);
			continue;
		}
		hash = in_order(hash, one[i]);
		c.form = in_order(c.form, number ? KEY_NUMBER(0) : one[i]);
		if ((t->flags & TOK_OWNER) == 0)
			word(f, &c, s, t, kinds[i]);
	}
	b->hash = hash;
	*sum = c;
}

/* Words come in no order that a processor could foresee: so what is counted
 * is counted without branches. */
static inline void
word(const struct feature *f, struct sum *sum, struct str s,
    const struct tok *t, uint32_t kinds)
{
	unsigned int number = t->kind == TOK_NUMBER;
	unsigned int lower = (t->flags & TOK_LOWER) != 0;
	unsigned int upper = (t->flags & TOK_UPPER) != 0;
	unsigned int capital = (t->flags & TOK_CAPITAL) != 0;
	size_t n = t->end - t->at;

	sum->numbers += number;
	sum->digits += number * (unsigned int)n;
	sum->lower += lower & ~number;
	sum->upper += upper & ~(lower | number);
	sum->title += capital & ~(upper | lower | number) & (sum->words > 0);
	sum->words++;
	sum->links += is_link(s, t->at, n);
	sum->stop += (kinds & f->kind[PAGE_STOP]) != 0;
	sum->you += (kinds & f->kind[PAGE_YOU]) != 0;
	sum->me += (kinds & f->kind[PAGE_ME]) != 0;
	sum->bits |= kinds & ~f->cue;
	sum->stamps += number | ((kinds & f->when) != 0);
	if (n > 12) {
		unsigned int more = unspaced(tok_str(s, t));

		sum->words += more;
		sum->lower += more;
	}
}

/* Where the row is cut that should be `n` bytes at most: at a space, if there
 * is one near. */
static size_t
cut(struct str s, size_t n)
{
	size_t i = n;

	while (2 * i > n && s.p[i] != ' ')
		i--;
	if (2 * i > n)
		return i;
	while (n > 0 && (s.p[n] & 0xc0) == 0x80)
		n--;
	return n;
}

/* The rest of the block is as what was seen of it. */
static void
whole(struct page_block *b, const struct sum *sum)
{
	double by = (double)sum->bytes / (double)(sum->seen + 1);

	b->words = (uint32_t)(b->words * by);
	b->sentences = (uint32_t)(b->sentences * by);
	if (b->sentences == 0 && (b->flags & PAGE_ENDS) != 0)
		b->sentences = 1;
	b->marks = (uint32_t)(b->marks * by);
	b->quotes = (uint32_t)(b->quotes * by);
	b->digit = (float)(b->digit * by);
}

/* Whether the word of `n` bytes at `i` is an address. */
static inline unsigned int
is_link(struct str s, size_t i, size_t n)
{
	const unsigned char *p = s.p + i;

	if (i + 4 > s.n)
		return 0;
	return (n >= 4) &
	       ((memcmp(p, "http", 4) == 0) | (memcmp(p, "www.", 4) == 0));
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
		sum->links++;
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
		if (sum->words <= 5)
			b->flags |= PAGE_HEAD;
		/* 12:30, or a clock without more ado. */
		if ((t->flags & TOK_GLUED) != 0 && sum->numbers > 0 &&
		    sum->words < 12)
			b->flags |= PAGE_CLOCK;
		break;
	}
}

/*
 * Look for the listed phrases of boilerplate, longest first, in the words that
 * were cut last.  `bits` are the kinds of each word alone.
 */
static void
phrases(const struct feature *f, const uint32_t *bits, struct sum *sum)
{
	size_t n = f->toks.n < FEATURE_PHRASES ? f->toks.n : FEATURE_PHRASES;
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
	uint32_t open = f->open;
	size_t k, words = 1;
	uint64_t hash = hash_join(0, l->v[i].hash);

	for (k = 1; (open & f->open) != 0 && i + k < l->n; k++) {
		hash = hash_join(hash, l->v[i + k].hash);
		open = blob_find(&f->words, hash);
		if ((open & f->cue) != 0) {
			*found = open & f->cue;
			words = k + 1;
		}
	}
	return words;
}

static void
remember(const struct feature *f, struct page *page, struct page_block *b,
    const uint32_t *kinds)
{
	const struct tok_list *l = &f->toks;
	uint64_t *term = page->term + page->terms, *first = term;
	uint64_t *content = page->content + page->contents, *about = content;
	size_t i;

	if (page->terms + l->n > FEATURE_ALL_TERMS)
		return;
	/* Written in any case, for nothing tells what the next word will be. */
	for (i = 0; i < l->n; i++) {
		const struct tok *t = &l->v[i];
		int counts = t->kind != TOK_MARK && (t->flags & TOK_OWNER) == 0;

		*term = *content = t->hash;
		term += counts;
		content += (t->kind == TOK_WORD) & counts &
			   (t->end - t->at > 3) &
			   ((kinds[i] & f->kind[PAGE_STOP]) == 0);
	}
	page->terms += (size_t)(term - first);
	b->terms += (uint32_t)(term - first);
	page->contents += (size_t)(content - about);
	b->contents += (uint32_t)(content - about);
}

/* Remember the phrases that end with each word: itself, and the word before
 * and it. */
static void
keys(struct page *page, struct page_block *b, struct sum *sum,
    const struct tok_list *l, const uint64_t *one)
{
	uint32_t *to = page->key + page->keys, *first = to;
	uint32_t *end =
	    to + (FEATURE_KEYS > b->keys ? FEATURE_KEYS - b->keys : 0);
	uint64_t before = sum->before;
	size_t i;

	for (i = 0; i < l->n && to < end; i++) {
		const struct tok *t = &l->v[i];
		uint64_t key = one[i];

		if (t->kind == TOK_NUMBER)
			key = hash_join(0, KEY_NUMBER(t->end - t->at));
		else if (t->kind == TOK_MARK &&
			 (t->hash == '.' || t->hash == ','))
			continue;
		*to++ = (uint32_t)(key >> 32);
		*to++ = (uint32_t)(in_order(before, key) >> 32);
		before = key;
	}
	sum->before = before;
	page->keys += (size_t)(to - first);
	b->keys += (uint32_t)(to - first);
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
row_end(struct page_block *b, struct str s)
{
	size_t i = s.n, len;
	int32_t c = 0;

	b->flags &= ~(uint32_t)(PAGE_ENDS | PAGE_COLON | PAGE_ELLIPSIS |
				PAGE_QUESTION | PAGE_END_QUOTE);
	for (; i > 0; i -= len) {
		c = utf_before(s.p, s.p + i, &len);
		if (c != '"' && c != '\'' && c != ')' && c != ']' &&
		    c != 0x201d && c != 0x2019 && c != 0xbb && c != 0x201c &&
		    utf_class(c) != UTF_SPACE)
			break;
		if (c != ')' && c != ']' && utf_class(c) != UTF_SPACE)
			b->flags |= PAGE_END_QUOTE;
	}
	if (c == 0x2026 || (c == '.' && i > 1 && s.p[i - 2] == '.'))
		b->flags |= PAGE_ENDS | PAGE_ELLIPSIS;
	else if (c == '.' || c == '!' || c == 0x3002 || c == 0xff01 ||
		 c == 0x964)
		b->flags |= PAGE_ENDS;
	else if (c == '?' || c == 0xff1f || c == 0x61f)
		b->flags |= PAGE_ENDS | PAGE_QUESTION;
	else if (c == ':' || c == ';')
		b->flags |= PAGE_COLON;
}
