/* SPDX-License-Identifier: ISC */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "common/hash.h"
#include "common/mem.h"
#include "common/tok.h"
#include "common/tok_map.h"
#include "common/utf.h"

/* Abbreviations whose period belongs to the word.  Sorted for str_in().  What
 * they say of a sentence's end is another matter: data/sentences.tsv. */
static const char *const short_forms[] = {"Adm", "Apr", "Ariz", "Ark", "Assoc",
    "Aug", "Ave", "Blvd", "Brig", "Bros", "Calif", "Capt", "Cmdr", "Co", "Col",
    "Colo", "Conn", "Corp", "Cpl", "Dec", "Dept", "Dr", "Esq", "Feb", "Fla",
    "Fr", "Ft", "Gen", "Gov", "Hon", "Inc", "Jan", "Jr", "Jul", "Jun", "Lt",
    "Ltd", "Maj", "Mar", "Mass", "Md", "Messrs", "Mich", "Minn", "Mme", "Mr",
    "Mrs", "Ms", "Mt", "Nov", "Oct", "Okla", "Ore", "Penn", "Ph.D", "PhD",
    "Prof", "Rep", "Reps", "Rev", "Sen", "Sens", "Sep", "Sept", "Sgt", "Sr",
    "St", "Supt", "Tenn", "Va", "Wash", "Wis", "cf", "eg", "etc", "ie", "vs"};

/* None is longer than "Messrs", nor in lower case than "etc". */
#define SHORT_FORM  6
#define SHORT_LOWER 3

/* Sets the bit of each of 8 bytes that tells lower from upper case. */
#define FOLD 0x2020202020202020u

/* The text under the cursor, with the map of the 64 bytes from `base` on.  What
 * lies beyond the text is blank. */
struct scan {
	struct str text;
	size_t base;
	struct tok_map map;
};

static inline struct tok *
add(struct tok_list *, size_t at, size_t end, int kind);
static void look(struct scan *, size_t);
static inline size_t plain_end(struct scan *, size_t);
static inline int ends_at(struct str, size_t start, size_t end);
static inline void
add_plain(struct tok_list *, const struct scan *, size_t, size_t);
static size_t other(struct tok_list *, struct scan *, size_t);
static size_t run_end(struct scan *, size_t, int *high);
static size_t letters_end(struct str, size_t);
static size_t word(struct scan *, size_t, int *high);
static size_t joined(struct str, size_t start, size_t end);
static size_t dotted(struct str, size_t start, size_t end);
static void finish_word(struct tok *, struct str, int high);
static void finish_ascii(struct tok *, struct str);
static void finish_unicode(struct tok *, struct str);
static void set_case(struct tok *, size_t letters, size_t upper);
static inline uint64_t eight(struct str, size_t);
static inline uint64_t hash_plain(struct str, size_t, size_t);
static size_t mark(struct tok_list *, struct str, size_t);
static size_t owner_end(struct str, size_t);
static size_t apostrophe(struct str, size_t);
static size_t hyphen(struct str, size_t);
static int word_at(struct str, size_t);
static int listed(struct str);
static uint64_t hash_ascii(struct str);

void
tok_text(struct tok_list *l, struct str text)
{
	struct scan scan = {text, 0, {0, 0, 0, 0, 0, 0}};
	size_t i = 0, end;

	assert(text.n < UINT32_MAX);
	l->n = l->sentences = 0;
	look(&scan, 0);
	while (i < text.n) {
		uint64_t rest;

		if (i - scan.base >= 64)
			look(&scan, i);
		rest = ~scan.map.blank >> (i - scan.base);
		if (rest == 0) {
			i = scan.base + 64;
			continue;
		}
		i += (size_t)__builtin_ctzll(rest);
		end = plain_end(&scan, i);
		if (end > i)
			add_plain(l, &scan, i, end);
		else
			end = other(l, &scan, i);
		i = end;
	}
}

void
tok_free(struct tok_list *l)
{
	free(l->v);
	free(l->sentence);
	*l = (struct tok_list){NULL, 0, 0, NULL, 0, 0};
}

uint64_t
tok_hash(struct str s)
{
	unsigned char small[256], *fold = small, *w;
	uint64_t hash;
	size_t i, len, skip;

	if (s.n > 1 && s.p[s.n - 1] == '.')
		s.n--;
	if (2 * s.n > sizeof(small)) {
		size_t none = 0;

		fold = mem_grow(NULL, &none, 2 * s.n, 1);
	}
	for (i = 0, w = fold; i < s.n; i += len) {
		if ((skip = apostrophe(s, i)) > 0) {
			*w++ = '\'';
			len = skip;
		} else if ((skip = hyphen(s, i)) > 0) {
			*w++ = '-';
			len = skip;
		} else {
			w += utf_put(w, utf_lower(utf_at(s.p + i, &len)));
		}
	}
	hash = hash_ascii((struct str){fold, (size_t)(w - fold)});
	if (fold != small)
		free(fold);
	return hash;
}

uint64_t
tok_exact(struct str s)
{
	/* Any seed will do that keeps these apart from folded words. */
	return hash_64(s, 1);
}

uint64_t
tok_phrase(struct tok_list *list, struct str phrase, size_t *words)
{
	uint64_t hash = 0;
	size_t i;

	tok_text(list, phrase);
	for (i = 0; i < list->n; i++)
		hash = hash_join(hash, list->v[i].hash);
	*words = list->n;
	return hash;
}

static inline struct tok *
add(struct tok_list *l, size_t at, size_t end, int kind)
{
	struct tok *t;

	if (l->n == l->cap)
		l->v = mem_grow(l->v, &l->cap, l->n + 1, sizeof(*l->v));
	t = &l->v[l->n];
	t->at = (uint32_t)at;
	t->end = (uint32_t)end;
	t->kind = (uint8_t)kind;
	t->flags = l->n > 0 && t[-1].end == at ? TOK_GLUED : 0;
	l->n++;
	return t;
}

/* Map the 64 bytes from `i` on. */
static void
look(struct scan *scan, size_t i)
{
	const unsigned char *p = scan->text.p + i;
	unsigned char tail[64];
	size_t left = scan->text.n - i;

	if (left < 64) {
		memset(tail, ' ', 64);
		p = left == 0 ? tail : memcpy(tail, p, left);
	}
	scan->map = tok_map_64(p);
	scan->base = i;
}

/*
 * The end of the word at `i`, if it is one of ASCII letters and digits alone
 * and what follows leaves no doubt that it ends there, else `i`.  Most words
 * are such, and then the map holds all of it.
 */
static inline size_t
plain_end(struct scan *scan, size_t i)
{
	uint64_t gap = ~scan->map.word >> (i - scan->base);
	size_t end;

	if (gap == 0 && i > scan->base) {
		look(scan, i);
		gap = ~scan->map.word;
	}
	if (gap == 0)
		return i;
	end = i + (size_t)__builtin_ctzll(gap);
	if ((scan->map.blank >> (end - scan->base) & 1) != 0 ||
	    ends_at(scan->text, i, end))
		return end;
	return i;
}

/* Whether a word [start,end) of ASCII ends at a mark for sure. */
static inline int
ends_at(struct str text, size_t start, size_t end)
{
	unsigned char c = text.p[end];
	size_t n = end - start;

	if (c == ',')
		return end + 1 == text.n || text.p[end + 1] == ' ';
	/* It may be the period of an abbreviation. */
	if (c == '.')
		return (n > SHORT_FORM ||
			   (n > SHORT_LOWER && text.p[start] >= 'a')) &&
		       (end + 1 == text.n || text.p[end + 1] == ' ');
	return c < 0x80 && c != '-' && c != '\'' && c != '&';
}

/*
 * Add the word [at,end), all in the map: what finish_ascii() makes of it.
 * Words of either kind come in no order that a processor could foresee: so
 * there are no branches but for the length.
 */
static inline void
add_plain(struct tok_list *l, const struct scan *scan, size_t at, size_t end)
{
	struct tok *t = add(l, at, end, TOK_WORD);
	size_t n = end - at, bit = at - scan->base;
	uint64_t mask = ((uint64_t)1 << n) - 1;
	uint64_t upper = scan->map.upper >> bit & mask;
	uint64_t digit = scan->map.digit >> bit & mask;
	uint64_t letter = mask & ~(digit | scan->map.line >> bit);
	int first = (upper & letter & (~letter + 1)) != 0;
	int shout = (upper == letter) & ((letter & (letter - 1)) != 0);
	int quiet = (upper == 0) & (letter != 0);
	int digits = digit != 0;

	t->kind = digit & 1 ? TOK_NUMBER : TOK_WORD;
	t->flags |= (uint8_t)(first * TOK_CAPITAL | shout * TOK_UPPER |
			      quiet * TOK_LOWER | digits * TOK_DIGIT);
	t->hash = hash_plain(scan->text, at, n);
}

/* The hash of the `n` ASCII bytes at `i`, as hash_ascii() gives it. */
static inline uint64_t
hash_plain(struct str text, size_t i, size_t n)
{
	uint64_t hash = n;

	for (; n >= 8; n -= 8, i += 8)
		hash = hash_join(hash, eight(text, i) | FOLD);
	return hash_join(
	    hash, (eight(text, i) & (((uint64_t)1 << 8 * n) - 1)) | FOLD);
}

/* What else stands at `i`, no blank: where it ends. */
static size_t
other(struct tok_list *l, struct scan *scan, size_t i)
{
	struct str text = scan->text;
	size_t end, len;
	int high;

	end = word(scan, i, &high);
	if (end == i) {
		if (text.p[i] >= 0x80 &&
		    utf_class(utf_at(text.p + i, &len)) == UTF_SPACE)
			return i + len;
		return mark(l, text, i);
	}
	finish_word(add(l, i, end, TOK_WORD), text, high);
	i = end;
	if (i < text.n && text.p[i] != ' ' && (end = owner_end(text, i)) > i) {
		struct tok *t = add(l, i, end, TOK_WORD);

		finish_word(t, text, text.p[i] >= 0x80);
		t->flags |= TOK_OWNER;
	}
	return end;
}

/* The end of the run of ASCII word bytes at `i`; `*high` if a byte that is
 * none ends it.  To look further ahead would be to look there again. */
static size_t
run_end(struct scan *scan, size_t i, int *high)
{
	*high = 0;
	while (i < scan->text.n) {
		uint64_t gap;

		if (i - scan->base >= 64)
			look(scan, i);
		gap = ~scan->map.word >> (i - scan->base);
		if (gap != 0) {
			i += (size_t)__builtin_ctzll(gap);
			*high = (scan->map.high >> (i - scan->base) & 1) != 0;
			return i;
		}
		i = scan->base + 64;
	}
	return i;
}

/* Where a run goes on to that has other letters than ASCII ones. */
static size_t
letters_end(struct str text, size_t i)
{
	size_t len;

	while (i < text.n) {
		int32_t c = utf_at(text.p + i, &len);
		enum utf_class class = utf_class(c);

		/* Zero-width joiners and soft hyphens stand inside words. */
		if (class < UTF_DIGIT && c != '_' && c != 0x200c &&
		    c != 0x200d && c != 0xad)
			break;
		i += len;
	}
	return i;
}

/*
 * The end of the word or number that starts at `i`; `i` if there is none.
 * `*high` says whether it holds other than ASCII.
 */
static size_t
word(struct scan *scan, size_t i, int *high)
{
	size_t start = i, end;
	int part;

	*high = 0;
	for (;;) {
		end = run_end(scan, i, &part);
		if (part)
			end = letters_end(scan->text, end);
		*high |= part;
		if (end == i)
			return end;
		if (end < scan->text.n && scan->text.p[end] == ' ')
			return end;
		i = joined(scan->text, start, end);
		if (i == end)
			return dotted(scan->text, start, end);
		*high |= scan->text.p[end] >= 0x80;
	}
}

/* Where the word [start,end) goes on behind a joining character, or `end`. */
static size_t
joined(struct str text, size_t start, size_t end)
{
	size_t skip;
	unsigned char c, last, next;

	if (end + 1 >= text.n)
		return end;
	c = text.p[end];
	last = text.p[end - 1];
	next = text.p[end + 1];
	if (c == '-' || c == '\'' || c >= 0x80) {
		skip = apostrophe(text, end);
		if (skip > 0 && owner_end(text, end) > end)
			return end;
		if (skip == 0)
			skip = hyphen(text, end);
		if (skip > 0 && word_at(text, end + skip))
			return end + skip;
		return end;
	}
	if (c == '&')
		return last >= 'A' && last <= 'Z' && next >= 'A' && next <= 'Z'
			   ? end + 1
			   : end;
	if (c == ',' || c == '.') {
		int digits = last >= '0' && last <= '9' && next >= '0' &&
			     next <= '9' && text.p[start] >= '0' &&
			     text.p[start] <= '9';
		/* example.com, node.js; "end.The" lacks a space. */
		int domain =
		    c == '.' && end - start > 1 && next >= 'a' && next <= 'z';

		return digits || domain ? end + 1 : end;
	}
	return end;
}

/* Take in the periods of U.S., a.m., J. and of listed abbreviations. */
static size_t
dotted(struct str text, size_t start, size_t end)
{
	struct str s = str_sub(text, start, end);
	size_t pairs = 0, i = end;

	if (end >= text.n || text.p[end] != '.')
		return end;
	if (s.n > 1)
		return end + (size_t)listed(s);
	if (utf_class(s.p[0]) != UTF_UPPER && utf_class(s.p[0]) != UTF_LOWER)
		return end;
	while (i + 1 < text.n && text.p[i] == '.' && text.p[i + 1] < 0x80 &&
	       word_at(text, i + 1) && !word_at(text, i + 2)) {
		i += 2;
		pairs++;
	}
	if (pairs > 0)
		return i + (i < text.n && text.p[i] == '.');
	/* An initial stands before a name; "I." ends a sentence. */
	if (s.p[0] >= 'A' && s.p[0] <= 'Z' && s.p[0] != 'I' &&
	    end + 2 < text.n &&
	    (text.p[end + 1] == ' ' ? text.p[end + 2] : text.p[end + 1]) >=
		'A' &&
	    (text.p[end + 1] == ' ' ? text.p[end + 2] : text.p[end + 1]) <= 'Z')
		return end + 1;
	return end;
}

/* Set kind, flags and hash of a word from its bytes. */
static void
finish_word(struct tok *t, struct str text, int high)
{
	if (text.p[t->at] >= '0' && text.p[t->at] <= '9')
		t->kind = TOK_NUMBER;
	if (text.p[t->end - 1] == '.')
		t->flags |= TOK_DOT;
	if (high)
		finish_unicode(t, text);
	else
		finish_ascii(t, text);
}

/* The same for ASCII alone; the hash is hash_ascii()'s. */
static void
finish_ascii(struct tok *t, struct str text)
{
	size_t letters = 0, upper = 0, i;

	for (i = t->at; i < t->end; i++) {
		unsigned char c = text.p[i];
		int capital = c >= 'A' && c <= 'Z';

		if (capital && letters == 0)
			t->flags |= TOK_CAPITAL;
		if (c >= '0' && c <= '9')
			t->flags |= TOK_DIGIT;
		upper += (size_t)capital;
		letters += (size_t)(capital || (c >= 'a' && c <= 'z'));
	}
	set_case(t, letters, upper);
	t->hash = hash_plain(
	    text, t->at, t->end - t->at - ((t->flags & TOK_DOT) != 0));
}

static void
finish_unicode(struct tok *t, struct str text)
{
	struct str s = tok_str(text, t);
	size_t i, len, letters = 0, upper = 0;

	for (i = 0; i < s.n; i += len) {
		enum utf_class class = utf_class(utf_at(s.p + i, &len));

		if (class == UTF_UPPER) {
			upper++;
			if (letters == 0)
				t->flags |= TOK_CAPITAL;
		}
		letters += class >= UTF_UPPER && class <= UTF_LETTER;
		if (class == UTF_DIGIT) {
			t->flags |= TOK_DIGIT;
			if (i == 0)
				t->kind = TOK_NUMBER;
		}
	}
	set_case(t, letters, upper);
	t->hash = tok_hash(s);
}

static void
set_case(struct tok *t, size_t letters, size_t upper)
{
	if (letters > 1 && upper == letters)
		t->flags |= TOK_UPPER;
	if (letters > 0 && upper == 0)
		t->flags |= TOK_LOWER;
}

/* The 8 bytes of text at `i`, zeroes behind its end. */
static inline uint64_t
eight(struct str text, size_t i)
{
	uint64_t part = 0;

	/* A load of known size is several times faster than a short copy. */
	if (i + 8 <= text.n)
		memcpy(&part, text.p + i, 8);
	else if (i < text.n)
		memcpy(&part, text.p + i, text.n - i);
#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
	part = __builtin_bswap64(part);
#endif
	return part;
}

/* Add the mark at `i`; a run of periods or of hyphens is one. */
static size_t
mark(struct tok_list *l, struct str text, size_t i)
{
	size_t len;
	int32_t c = utf_at(text.p + i, &len);
	size_t end = i + len;

	while ((c == '.' || c == '-') && end < text.n && text.p[end] == c)
		end++;
	add(l, i, end, TOK_MARK)->hash = (uint64_t)c;
	return end;
}

/* The end of a possessive 's at `i`, or `i`. */
static size_t
owner_end(struct str text, size_t i)
{
	size_t skip = apostrophe(text, i);

	if (skip > 0 && i + skip < text.n && (text.p[i + skip] | 0x20) == 's' &&
	    !word_at(text, i + skip + 1))
		return i + skip + 1;
	return i;
}

/* Length of the apostrophe at `i`, 0 if there is none: ' or U+2019. */
static size_t
apostrophe(struct str text, size_t i)
{
	if (i < text.n && text.p[i] == '\'')
		return 1;
	if (i + 3 <= text.n && memcmp(text.p + i, "\xe2\x80\x99", 3) == 0)
		return 3;
	return 0;
}

/* Length of the hyphen at `i`, 0 if there is none: - U+2010 U+2011. */
static size_t
hyphen(struct str text, size_t i)
{
	if (i < text.n && text.p[i] == '-')
		return 1;
	if (i + 3 <= text.n && (memcmp(text.p + i, "\xe2\x80\x90", 3) == 0 ||
				   memcmp(text.p + i, "\xe2\x80\x91", 3) == 0))
		return 3;
	return 0;
}

/* Whether a letter or digit stands at `i`. */
static int
word_at(struct str text, size_t i)
{
	size_t len;

	return i < text.n && utf_class(utf_at(text.p + i, &len)) >= UTF_DIGIT;
}

/* Whether `s` is in the list above. */
static int
listed(struct str s)
{
	if (s.n > SHORT_FORM || (s.n > SHORT_LOWER && s.p[0] >= 'a'))
		return 0;
	return str_in(
	    s, short_forms, sizeof(short_forms) / sizeof(short_forms[0]));
}

/* Letter case of ASCII is folded by setting bit 5 in every ASCII byte: what
 * that does to the other characters of a word keeps them apart. */
static uint64_t
hash_ascii(struct str s)
{
	uint64_t hash = s.n, part;
	size_t i;

	for (i = 0; i + 8 <= s.n; i += 8) {
		part = eight(s, i);
		hash = hash_join(hash, part | (~part >> 2 & FOLD));
	}
	part = eight(s, i);
	return hash_join(hash, part | (~part >> 2 & FOLD));
}
