/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "common/utf.h"

#include "cmd/entities/amount.h"
#include "cmd/entities/clock.h"
#include "cmd/entities/date.h"
#include "cmd/entities/value.h"

/* Mailboxes and hosts are no longer than this (RFC 5321, 4.5.3.1). */
#define MAIL_LOCAL_MAX ((size_t)64)
#define MAIL_HOST_MAX  ((size_t)255)

static void add(struct value_list *, const struct value *);
static int may_begin(struct str, const struct tok_list *, size_t);
static int may_count(struct str, const struct tok_list *, size_t);
static size_t url(struct value *, struct str, const struct tok_list *, size_t);
static size_t url_end(struct str, size_t);
static int in_url(unsigned char);
static size_t letter(struct str, size_t);
static int email(struct value *, struct str, const struct tok_list *, size_t);
static size_t mail_before(struct str, size_t);
static int in_mail(unsigned char);
static size_t host_end(struct str, size_t);
static size_t
handle(struct value *, struct str, const struct tok_list *, size_t);
static size_t phone(
    struct value *, struct mem *, struct str, const struct tok_list *, size_t);
static size_t trunk(struct str, size_t);
static size_t behind(const struct tok_list *, size_t i, size_t end);
static int is_mark(const struct tok_list *, size_t, uint64_t);

void
value_find(struct value_list *list, struct mem *mem, struct str text,
    const struct tok_list *toks, struct day base)
{
	size_t i = 0, next;

	list->n = 0;
	while (i < toks->n) {
		struct value v = {.yields = VALUE_STAYS};

		if (!may_begin(text, toks, i) &&
		    (base.month == 0 || !may_count(text, toks, i))) {
			i++;
			continue;
		}
		next = i;
		if (is_mark(toks, i, '@') && email(&v, text, toks, i)) {
			/* What was taken from the words before it goes. */
			while (list->n > 0 && list->v[list->n - 1].end > v.at)
				list->n--;
			next = behind(toks, i, v.end);
		}
		if (next == i)
			next = url(&v, text, toks, i);
		if (next == i)
			next = handle(&v, text, toks, i);
		if (next == i)
			next = phone(&v, mem, text, toks, i);
		if (next == i)
			next = amount_at(&v, mem, text, toks, i);
		if (next == i)
			next = clock_at(&v, mem, text, toks, i);
		if (next == i)
			next = date_at(&v, mem, text, toks, i, base);
		if (next > i)
			add(list, &v);
		i = next > i ? next : i + 1;
	}
}

void
value_free(struct value_list *list)
{
	free(list->v);
	*list = (struct value_list){NULL, 0, 0};
}

/*
 * Whether a value may begin with token `i`: what none does is most of a text.
 * Of words, months, days and addresses are known by their first two letters.
 */
static int
may_begin(struct str text, const struct tok_list *l, size_t i)
{
#define PAIR(letter) ((uint32_t)1 << ((letter) - 'a'))
	static const uint32_t pairs[26] = {
	    ['a' - 'a'] = PAIR('p') | PAIR('u'),  /* April, August */
	    ['d' - 'a'] = PAIR('e'),              /* December */
	    ['f' - 'a'] = PAIR('e') | PAIR('r') | /* February, Friday */
			  PAIR('t'),              /* ftp: */
	    ['h' - 'a'] = PAIR('t'),              /* http: */
	    ['j' - 'a'] = PAIR('a') | PAIR('u'),  /* January, June, July */
	    ['m' - 'a'] = PAIR('a') | PAIR('o'),  /* March, May, Monday */
	    ['n' - 'a'] = PAIR('o'),              /* November */
	    ['o' - 'a'] = PAIR('c'),              /* October */
	    ['s' - 'a'] = PAIR('a') | PAIR('e') | /* Saturday, September */
			  PAIR('p') | PAIR('u'),  /* spring, Sunday */
	    ['t' - 'a'] = PAIR('h') | PAIR('o') | /* Thursday, today */
			  PAIR('u'),              /* Tuesday */
	    ['w' - 'a'] = PAIR('e') | PAIR('i') | /* Wednesday, winter */
			  PAIR('w'),              /* www. */
	    ['y' - 'a'] = PAIR('e')};             /* yesterday */
#undef PAIR
	const struct tok *t = &l->v[i];
	const unsigned char *p = text.p + t->at;
	size_t n = t->end - t->at;
	unsigned one, two;

	if (t->kind == TOK_NUMBER)
		return 1;
	if (t->kind == TOK_MARK)
		return t->hash == '@' || t->hash == '(' || t->hash == '+' ||
		       t->hash == '$' || t->hash >= 0x80;
	/* US$5, EUR 300, Rs. 300 */
	if ((t->flags & TOK_CAPITAL) != 0 && i + 1 < l->n &&
	    (t[1].kind == TOK_NUMBER || is_mark(l, i + 1, '$') ||
		(t->end - t->at == 2 && is_mark(l, i + 1, '.'))))
		return 1;
	if (n < 3)
		return 0;
	/* "the" and its like are many. */
	if ((t->flags & TOK_CAPITAL) == 0 && p[1] == 'h')
		return 0;
	one = (p[0] | 0x20U) - 'a';
	two = (p[1] | 0x20U) - 'a';
	if (one < 26 && two < 26 && (pairs[one] >> two & 1) != 0)
		return 1;
	/* five percent, two million dollars */
	if (p[0] == 'p')
		return p[1] == 'e' && p[2] == 'r' && (n == 3 || n == 7);
	return n > 6 && p[n - 1] == 'n' &&
	       str_ends(tok_str(text, t), STR_LIT("illion"));
}

/* Whether the word behind may be a unit of time: of day, week, month, year. */
static int
may_count(struct str text, const struct tok_list *l, size_t i)
{
	unsigned char c;

	if (l->v[i].kind != TOK_WORD || i + 1 >= l->n ||
	    l->v[i + 1].kind != TOK_WORD)
		return 0;
	c = text.p[l->v[i + 1].at];
	return c == 'd' || c == 'w' || c == 'm' || c == 'y';
}

static void
add(struct value_list *list, const struct value *v)
{
	if (list->n == list->cap)
		list->v = mem_grow(
		    list->v, &list->cap, list->n + 1, sizeof(*list->v));
	list->v[list->n++] = *v;
}

/* http://..., www.example.org/... */
static size_t
url(struct value *v, struct str text, const struct tok_list *l, size_t i)
{
	static const char *const begins[] = {"http://", "https://", "ftp://",
	    "www.", "HTTP://", "HTTPS://", "WWW."};
	struct str rest = str_sub(text, l->v[i].at, text.n);
	size_t end, k = 0, all = sizeof(begins) / sizeof(begins[0]);
	int first;

	/* Few words begin with ht, ft or ww. */
	if (l->v[i].kind != TOK_WORD || rest.n < 2)
		return i;
	first = rest.p[0] | 0x20;
	if ((first != 'h' && first != 'f' && first != 'w') ||
	    (rest.p[1] | 0x20) != (first == 'w' ? 'w' : 't'))
		return i;
	while (k < all && !str_starts(rest, str_of(begins[k])))
		k++;
	if (k == all)
		return i;
	end = url_end(text, l->v[i].at);
	if (end - l->v[i].at < sizeof("www.x.y") - 1 ||
	    end - l->v[i].at <= strlen(begins[k]))
		return i;
	*v = (struct value){l->v[i].at, (uint32_t)end,
	    str_sub(text, l->v[i].at, end), VALUE_URL, VALUE_STAYS};
	return behind(l, i, end);
}

/* The end of the address at `at`: marks that end the sentence stay out. */
static size_t
url_end(struct str text, size_t at)
{
	size_t end = at, opened = 0, closed = 0, n;

	while (end < text.n && (in_url(text.p[end]) || letter(text, end) > 0)) {
		n = letter(text, end);
		opened += text.p[end] == '(';
		closed += text.p[end] == ')';
		end += n > 0 ? n : 1;
	}
	while (end > at) {
		unsigned char c = text.p[end - 1];

		if (c == ')' && closed > opened)
			closed--;
		else if (c != '.' && c != ',' && c != ';' && c != ':' &&
			 c != '!' && c != '?' && c != '\'' && c != '*')
			break;
		end--;
	}
	return end;
}

/* Characters of RFC 3986. */
static int
in_url(unsigned char c)
{
	return c > ' ' && c < 0x7f && c != '"' && c != '<' && c != '>' &&
	       c != '[' && c != ']' && c != '{' && c != '}' && c != '|' &&
	       c != '\\' && c != '^' && c != '`';
}

/*
 * The length of the letter of another script than ASCII that stands at `i`, 0
 * if there is none.  Scripts without letter case mostly have no spaces: what
 * follows an address there would be taken for a part of it.
 */
static size_t
letter(struct str text, size_t i)
{
	enum utf_class class;
	size_t len;

	if (text.p[i] < 0x80)
		return 0;
	class = utf_class(utf_at(text.p + i, &len));
	return class == UTF_UPPER || class == UTF_LOWER || class == UTF_MARK
		   ? len
		   : 0;
}

/* An address around the "@" that is token `i`. */
static int
email(struct value *v, struct str text, const struct tok_list *l, size_t i)
{
	size_t at = l->v[i].at, start = at, end, n;

	while (
	    at - start < MAIL_LOCAL_MAX && (n = mail_before(text, start)) > 0)
		start -= n;
	while (start < at && (text.p[start] == '.' || text.p[start] == '-' ||
				 text.p[start] == '\''))
		start++;
	end = host_end(text, at + 1);
	if (start == at || end == at + 1)
		return 0;
	*v = (struct value){(uint32_t)start, (uint32_t)end,
	    str_sub(text, start, end), VALUE_EMAIL, VALUE_STAYS};
	return 1;
}

/* The length of the character of a mailbox that ends at `i`, 0 if there is
 * none. */
static size_t
mail_before(struct str text, size_t i)
{
	size_t n;

	if (i == 0)
		return 0;
	if (text.p[i - 1] < 0x80)
		return in_mail(text.p[i - 1]) || text.p[i - 1] == '\'';
	(void)utf_before(text.p, text.p + i, &n);
	return letter(text, i - n);
}

static int
in_mail(unsigned char c)
{
	return (c >= '0' && c <= '9') ||
	       ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '.' ||
	       c == '_' || c == '-' || c == '+' || c == '%';
}

/* The end of the host name at `at`, or `at` if it has no dot inside. */
static size_t
host_end(struct str text, size_t at)
{
	size_t end = at, dot = 0, n;

	while (end < text.n && end - at < MAIL_HOST_MAX) {
		unsigned char c = text.p[end];

		n = letter(text, end);
		if (n == 0 && (!in_mail(c) || c == '+' || c == '%' || c == '_'))
			break;
		end += n > 0 ? n : 1;
	}
	while (end > at && (text.p[end - 1] == '.' || text.p[end - 1] == '-'))
		end--;
	for (dot = end; dot > at && text.p[dot - 1] != '.';)
		dot--;
	/* A top level of two letters or more. */
	if (dot <= at + 1 || end - dot < 2 ||
	    (text.p[dot] >= '0' && text.p[dot] <= '9'))
		return at;
	return end;
}

/* "@name", not inside a word. */
static size_t
handle(struct value *v, struct str text, const struct tok_list *l, size_t i)
{
	size_t end;

	if (!is_mark(l, i, '@') || (l->v[i].flags & TOK_GLUED) != 0 ||
	    i + 1 >= l->n || (l->v[i + 1].flags & TOK_GLUED) == 0 ||
	    l->v[i + 1].kind == TOK_MARK)
		return i;
	for (end = l->v[i].end; end < text.n && in_mail(text.p[end]) &&
				text.p[end] != '+' && text.p[end] != '%';)
		end++;
	while (text.p[end - 1] == '.' || text.p[end - 1] == '-')
		end--;
	if (end <= l->v[i].end)
		return i;
	*v = (struct value){l->v[i].at, (uint32_t)end,
	    str_sub(text, l->v[i].at, end), VALUE_HANDLE, VALUE_STAYS};
	return behind(l, i, end);
}

/*
 * "+49 (0)30 1234567", "(202) 555-0123", "1-202-555-0123": eight to fifteen
 * digits (ITU-T E.164) after a plus, or the ten of North America, perhaps with
 * its 1.  A naught in brackets is dialled in the country alone.
 */
static size_t
phone(struct value *v, struct mem *mem, struct str text,
    const struct tok_list *l, size_t i)
{
	size_t k = l->v[i].at, end = k, gap = 0, digits = 0, groups = 0, max;
	int plus = is_mark(l, i, '+');
	size_t one = l->v[i].kind == TOK_NUMBER ? trunk(text, k) : 0;
	unsigned char *to, number[16];

	if (!plus && !is_mark(l, i, '(') && l->v[i].kind != TOK_NUMBER)
		return i;
	if ((l->v[i].flags & TOK_GLUED) != 0 && i > 0 &&
	    !is_mark(l, i - 1, '(') && !is_mark(l, i - 1, ':'))
		return i;
	max = plus ? 15 : 10;
	for (k += (size_t)(plus || is_mark(l, i, '(')) + one; k < text.n; k++) {
		unsigned char c = text.p[k];

		if (c >= '0' && c <= '9') {
			if (digits == max)
				return i;
			groups += k == 0 || text.p[k - 1] < '0' ||
				  text.p[k - 1] > '9';
			number[digits++] = c;
			end = k + 1;
			gap = 0;
			/* ddd ddd dddd */
			if (!plus && groups != (digits <= 3      ? 1u
						   : digits <= 6 ? 2u
								 : 3u))
				return i;
		} else if (plus && digits > 0 &&
			   str_starts(
			       str_sub(text, k, text.n), STR_LIT("(0)"))) {
			k += 2;
		} else if ((c != ' ' && c != '-' && c != '.' && c != '(' &&
			       c != ')') ||
			   ++gap > 3) {
			break;
		}
	}
	if (plus ? digits < 8 : digits != 10 || groups != 3)
		return i;
	to = mem_new(mem, digits + 1, 1);
	to[0] = plus ? '+' : '1';
	memcpy(to + (plus || one > 0), number, digits);
	*v = (struct value){l->v[i].at, (uint32_t)end,
	    {to, digits + (size_t)(plus || one > 0)}, VALUE_PHONE, VALUE_STAYS};
	return behind(l, i, end);
}

/* The length of the 1 at `at` that a number of North America may begin with,
 * and of the mark behind it, 0 if there is none; "1. " counts something. */
static size_t
trunk(struct str text, size_t at)
{
	struct str s = str_sub(text, at, text.n);

	if (s.n < 3 || s.p[0] != '1')
		return 0;
	if (s.p[1] == '-' || s.p[1] == ' ' || (s.p[1] == '.' && s.p[2] != ' '))
		return 2;
	return s.p[1] == '(';
}

/* The first token after `i` that does not begin before byte `end`. */
static size_t
behind(const struct tok_list *l, size_t i, size_t end)
{
	for (i++; i < l->n && l->v[i].at < end;)
		i++;
	return i;
}

static int
is_mark(const struct tok_list *l, size_t i, uint64_t mark)
{
	return l->v[i].kind == TOK_MARK && l->v[i].hash == mark;
}
