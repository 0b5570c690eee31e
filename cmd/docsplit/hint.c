/* SPDX-License-Identifier: ISC */
#include <assert.h>
#include <string.h>

#include "common/hash.h"

#include "cmd/docsplit/hint.h"

/* The list as it is written, and its bytes. */
__asm__(".section .rodata\n"
	".balign 8\n"
	"hint_text_size:\n"
	".quad hint_text_end - hint_text\n"
	"hint_text:\n"
	".incbin \"cmd/docsplit/data/guess.tsv\"\n"
	"hint_text_end:\n"
	".previous\n");
extern const unsigned char hint_text[] __attribute__((visibility("hidden")));
extern const uint64_t hint_text_size __attribute__((visibility("hidden")));

/* A copyright sign or word; in a long line it is a foot only with a year. */
#define COPY   1024
#define SIGN   256
#define MADE   512
#define NOTICE 120 /* characters */

static const struct kind {
	const char *name;
	uint16_t flag;
} kinds[] = {
    {"copy", COPY},
    {"foot", HINT_FOOT},
    {"head", HINT_HEAD},
    {"legal", HINT_LEGAL},
    {"link", HINT_LINKS},
    {"made", MADE},
    {"skip", HINT_SKIP},
    {"tail", HINT_TAIL},
};

/* Characters that stand before the items of a list in dumps of pages. */
static const char bullets[] = "•○□☆◦▪■▫⋆";

static unsigned int find_phrases(const struct hint_list *, struct str, size_t);
static int applies(uint16_t, struct str, size_t, size_t, size_t);
static size_t lead(struct str, int *);
static size_t bullet(struct str, size_t);
static int has_year(struct str);
static int is_word(unsigned char);

void
hint_init(struct hint_list *l)
{
	struct str rest = {hint_text, (size_t)hint_text_size};
	size_t i;

	l->n = 0;
	for (i = 0; i < 256; i++)
		l->first[i] = -1;
	while (rest.n > 0) {
		const unsigned char *nl = memchr(rest.p, '\n', rest.n);
		const unsigned char *tab = memchr(rest.p, '\t', rest.n);
		struct hint_phrase *p = &l->phrase[l->n];
		struct str kind;

		assert(nl != NULL && tab != NULL && tab + 1 < nl &&
		       l->n < HINT_PHRASES);
		kind = str_sub(rest, 0, (size_t)(tab - rest.p));
		*p = (struct hint_phrase){
		    .text = {tab + 1, (size_t)(nl - tab - 1)},
		    .next = l->first[tab[1]],
		};
		for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
			if (str_eq(kind, str_of(kinds[i].name)))
				p->flag = kinds[i].flag;
		assert(p->flag != 0);
		l->first[tab[1]] = (int16_t)l->n++;
		rest = str_sub(rest, (size_t)(nl - rest.p) + 1, rest.n);
	}
}

void
hint_line(const struct hint_list *l, struct str line, struct hint *hint)
{
	unsigned char low[HINT_MOST];
	struct str s = {low, line.n < HINT_MOST ? line.n : HINT_MOST};
	unsigned int found;
	size_t from, characters = 0, i;
	int item;

	*hint = (struct hint){.flags = 0};
	for (i = 0; i < s.n; i++) {
		unsigned char c = line.p[i];

		low[i] = c >= 'A' && c <= 'Z' ? c | 0x20 : c;
		characters += (c & 0xc0) != 0x80;
	}
	hint->length = (uint16_t)characters;
	while (s.n > 0 && str_white(s.p[s.n - 1]))
		s.n--;
	from = lead(s, &item);
	found = find_phrases(l, s, from);
	if (((found & SIGN) != 0 && characters < NOTICE) ||
	    ((found & COPY) != 0 && has_year(s)))
		found |= HINT_FOOT;
	if (!(s.n > 4 && memcmp(s.p, "   #", 4) == 0 && !str_white(s.p[4])))
		found &= ~(unsigned int)HINT_LINKS;
	if ((found & MADE) != 0)
		found |= HINT_FOOT | HINT_TAIL;
	found &= ~(unsigned int)(COPY | SIGN | MADE);
	if (item && from < s.n)
		found |= HINT_ITEM;
	if (s.n - from < 2)
		found |= HINT_EMPTY;
	hint->flags = (uint8_t)found;
	hint->text = (uint16_t)(s.n - from);
	hint->hash = hash_64(str_sub(s, from, s.n), 0);
}

/* The phrases in a line whose text begins at `from`. */
static unsigned int
find_phrases(const struct hint_list *l, struct str s, size_t from)
{
	unsigned int found = 0;
	size_t at;

	for (at = from; at < s.n; at++) {
		int16_t i = l->first[s.p[at]];

		if (s.p[at] == 0xc2 && at + 1 < s.n && s.p[at + 1] == 0xa9)
			found |= COPY | SIGN; /* U+00A9 */
		if (s.p[at] == '(' && at + 3 < s.n &&
		    memcmp(s.p + at, "(c) ", 4) == 0)
			found |= COPY;
		if (at > from && is_word(s.p[at - 1]))
			continue;
		for (; i != -1; i = l->phrase[i].next) {
			const struct hint_phrase *p = &l->phrase[i];

			if (str_starts(str_sub(s, at, s.n), p->text) &&
			    applies(p->flag, s, from, at, p->text.n))
				found |= p->flag;
		}
	}
	return found;
}

/* Whether a phrase stands where its kind has to. */
static int
applies(uint16_t flag, struct str s, size_t from, size_t at, size_t n)
{
	if (flag == HINT_SKIP || flag == MADE)
		return at == from;
	if (flag != HINT_HEAD || at != from)
		return flag != HINT_HEAD;
	for (at += n; at < s.n; at++)
		if (s.p[at] != '[' && s.p[at] != ']' && s.p[at] != '_' &&
		    !str_white(s.p[at]))
			return 0;
	return 1;
}

/* Where the text of a line begins, behind white space and bullets. */
static size_t
lead(struct str s, int *item)
{
	size_t at = 0, n, seen = 0;

	*item = 0;
	for (; at < s.n; at += n) {
		n = bullet(s, at);
		if (n == 3 || (n == 1 && s.p[at] == '*' && at + 1 < s.n &&
				  s.p[at + 1] == ' '))
			*item |= seen == 0;
		else if (s.p[at] == 'o' && seen == 0 && at > 0 &&
			 at + 1 < s.n && s.p[at + 1] == ' ')
			n = 1;
		*item |= n > 0 && s.p[at] == 'o';
		if (n > 0)
			seen++;
		else if (str_white(s.p[at]))
			n = 1;
		else
			break;
	}
	return at;
}

/* Bytes of the bullet at `at`, 0 for none. */
static size_t
bullet(struct str s, size_t at)
{
	const char *p;

	if (s.p[at] != '\0' && strchr("*+#[]_", s.p[at]) != NULL)
		return 1;
	if (at + 2 <= s.n && memcmp(s.p + at, "\xc3\x97", 2) == 0)
		return 2; /* U+00D7, a button to close something */
	for (p = bullets; *p != '\0'; p += 3)
		if (at + 3 <= s.n && memcmp(s.p + at, p, 3) == 0)
			return 3;
	return 0;
}

/* Whether four digits in a row begin with 19 or 20. */
static int
has_year(struct str s)
{
	size_t at, i;

	for (at = 0; at + 4 <= s.n; at++) {
		if (memcmp(s.p + at, "19", 2) != 0 &&
		    memcmp(s.p + at, "20", 2) != 0)
			continue;
		for (i = 2; i < 4 && (unsigned char)(s.p[at + i] - '0') < 10;)
			i++;
		if (i == 4)
			return 1;
	}
	return 0;
}

static int
is_word(unsigned char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26 ||
	       (unsigned char)(c - '0') < 10 || c >= 0x80;
}
