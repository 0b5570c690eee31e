/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "cmd/entities/number.h"

/* Digits behind the point that a fraction may come to. */
#define FRACTION_DIGITS 4

/* Powers of ten; the letters stand close behind the number. */
static const struct {
	const char *text;
	unsigned power;
	int glued;
} powers[] = {{"k", 3, 1}, {"K", 3, 1}, {"m", 6, 1}, {"M", 6, 1}, {"mn", 6, 0},
    {"mln", 6, 0}, {"bn", 9, 0}, {"b", 9, 1}, {"B", 9, 1}, {"tn", 12, 0},
    {"trn", 12, 0}, {"thousand", 3, 0}, {"million", 6, 0}, {"Million", 6, 0},
    {"billion", 9, 0}, {"Billion", 9, 0}, {"trillion", 12, 0}, {"crore", 7, 0},
    {"lakh", 5, 0}};

static int simple_word(struct str);
static int read_digits(struct number *, struct str, struct str *rest);
static int vulgar(struct number *, struct str *rest);
static int
groups(struct number *, struct reach *, struct str, const struct tok_list *);
static int
is_group(struct str, const struct tok_list *, size_t, const struct number *);
static int
fraction(struct number *, struct reach *, struct str, const struct tok_list *);
static int
add_part(struct number *, const struct number *, const struct number *);
static int value(const struct number *);
static int is_slash(const struct tok_list *, size_t);
static int is_bare(const struct tok_list *, size_t);

int
number_read(struct number *n, struct reach *r, struct str text,
    const struct tok_list *l, size_t i)
{
	int bare = is_bare(l, i);

	*n = (struct number){.digit = "0", .n = (size_t)bare};
	r->from = i - (size_t)bare;
	r->k = i + 1;
	if (i >= 2 && is_slash(l, i - 1) && l->v[i - 2].kind == TOK_NUMBER)
		return 0;
	if (!read_digits(n, tok_str(text, &l->v[i]), &r->rest))
		return 0;
	if (bare) {
		n->fraction = n->n - 1;
		return 1;
	}
	return groups(n, r, text, l) && fraction(n, r, text, l);
}

int
number_in_words(struct number *n, struct reach *r, struct str text,
    const struct tok_list *l, size_t i)
{
	static const char *const more[] = {"hundred", "point", "thousand"};
	struct str s = tok_str(text, &l->v[i]);
	int word = l->v[i].kind == TOK_WORD ? number_of_word(s) : 0;

	if (word == 0)
		return 0;
	if (i > 0) {
		/* "a hundred and five", "two point five", "fifty five" */
		s = tok_str(text, &l->v[i - 1]);
		if (i > 1 && str_eq(s, STR_LIT("and")))
			s = tok_str(text, &l->v[i - 2]);
		else if (number_of_word(s) != 0 ||
			 l->v[i - 1].kind == TOK_NUMBER)
			return 0;
		if (str_in(s, more, sizeof(more) / sizeof(more[0])))
			return 0;
	}
	*n = (struct number){
	    .digit = {(char)('0' + word / 10), (char)('0' + word % 10)},
	    .n = 2};
	*r = (struct reach){i, i + 1, {text.p, 0}};
	return 1;
}

int
number_of_word(struct str s)
{
	size_t n = 0;
	int tens, unit;

	while (n < s.n && s.p[n] != '-')
		n++;
	tens = simple_word(str_sub(s, 0, n));
	if (n == s.n)
		return tens;
	unit = simple_word(str_sub(s, n + 1, s.n));
	return tens >= 20 && unit > 0 && unit < 10 ? tens + unit : 0;
}

int
number_scale(struct number *n, struct reach *r, struct str text,
    const struct tok_list *l)
{
	int glued = r->rest.n > 0;
	struct reach next = *r;
	struct str s = number_next(&next, text, l);
	size_t k, power = 0;

	for (k = 0; k < sizeof(powers) / sizeof(powers[0]) && s.n > 0; k++)
		if ((glued || !powers[k].glued) &&
		    str_eq(s, str_of(powers[k].text)))
			power = powers[k].power;
	if (power > 0)
		*r = next;
	for (; power > 0; power--) {
		if (n->fraction > 0)
			n->fraction--;
		else if (n->n < NUMBER_DIGITS)
			n->digit[n->n++] = '0';
		else
			return 0;
	}
	return 1;
}

struct str
number_next(struct reach *r, struct str text, const struct tok_list *l)
{
	struct str s = r->rest;
	size_t n = 0;

	if (s.n > 0)
		s = str_sub(s, s.p[0] == '-', s.n);
	else if (r->k < l->n && l->v[r->k].kind == TOK_WORD)
		s = tok_str(text, &l->v[r->k++]);
	while (n < s.n && s.p[n] != '-')
		n++;
	r->rest = str_sub(s, n, s.n);
	return str_sub(s, 0, n);
}

size_t
number_end(const struct reach *r, struct str text, const struct tok_list *l)
{
	return r->rest.n > 0 ? (size_t)(r->rest.p - text.p)
			     : l->v[r->k - 1].end;
}

struct str
number_spell(
    struct mem *mem, const char *head, const struct number *n, struct str tail)
{
	size_t size = NUMBER_DIGITS + 16 + tail.n, used = 0, i, first = 0;
	size_t last = n->n;
	unsigned char *to = mem_new(mem, size, 1);

	while (head != NULL && head[used] != '\0') {
		to[used] = (unsigned char)head[used];
		used++;
	}
	if (used > 0)
		to[used++] = ' ';
	if (n->minus)
		to[used++] = '-';
	while (first + n->fraction + 1 < n->n && n->digit[first] == '0')
		first++;
	while (last > n->n - n->fraction && n->digit[last - 1] == '0')
		last--;
	for (i = first; i < last; i++) {
		if (i + n->fraction == n->n)
			to[used++] = '.';
		to[used++] = (unsigned char)n->digit[i];
	}
	for (i = 0; i < tail.n; i++)
		to[used++] = tail.p[i];
	mem_trim(mem, size - used);
	return (struct str){to, used};
}

/* The value of a word without a hyphen, 0 if it is no number. */
static int
simple_word(struct str s)
{
	static const char *const words[] = {"one", "two", "three", "four",
	    "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
	    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
	    "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty",
	    "sixty", "seventy", "eighty", "ninety"};
	unsigned char low[sizeof("seventeen") - 1];
	int k;

	if (s.n < 3 || s.n > sizeof(low))
		return 0;
	memcpy(low, s.p, s.n);
	low[0] |= 0x20;
	s.p = low;
	for (k = 0; k < (int)(sizeof(words) / sizeof(words[0])); k++)
		if (str_eq(s, str_of(words[k])))
			return k < 20 ? k + 1 : 10 * (k - 17);
	return 0;
}

/* Add the digits of "1,234.50" or "3\xc2\xbd" to the number, and leave what is
 * behind them in `rest`.  Returns 0 if there is none, or too many. */
static int
read_digits(struct number *n, struct str s, struct str *rest)
{
	size_t i, point = 0, before = n->n;

	for (i = 0; i < s.n; i++) {
		unsigned char c = s.p[i];

		if (c >= '0' && c <= '9') {
			if (n->n == NUMBER_DIGITS)
				return 0;
			n->digit[n->n++] = (char)c;
		} else if (c == '.' && point == 0 && i + 1 < s.n &&
			   s.p[i + 1] >= '0' && s.p[i + 1] <= '9') {
			point = n->n;
		} else if (c != ',' || point != 0 || i + 3 >= s.n) {
			break;
		}
	}
	n->fraction = point == 0 ? 0 : n->n - point;
	*rest = str_sub(s, i, s.n);
	return vulgar(n, rest) || n->n > before;
}

/* Add the fraction that is one character at the front of `rest`. */
static int
vulgar(struct number *n, struct str *rest)
{
	static const struct {
		const char *text;
		char digits[3];
	} forms[] = {
	    {"\xc2\xbc", "25"}, {"\xc2\xbd", "50"}, {"\xc2\xbe", "75"}};
	size_t k;

	for (k = 0; k < sizeof(forms) / sizeof(forms[0]); k++)
		if (str_starts(*rest, str_of(forms[k].text)) &&
		    n->fraction == 0 && n->n + 3 <= NUMBER_DIGITS) {
			if (n->n == 0)
				n->digit[n->n++] = '0';
			memcpy(n->digit + n->n, forms[k].digits, 2);
			n->n += 2;
			n->fraction = 2;
			*rest = str_sub(*rest, 2, rest->n);
			return 1;
		}
	return 0;
}

/* Read on if thousands are set apart by spaces.  Returns 0 if there are too
 * many digits. */
static int
groups(struct number *n, struct reach *r, struct str text,
    const struct tok_list *l)
{
	if (n->digit[0] == '0' || n->n > 3)
		return 1;
	while (r->rest.n == 0 && is_group(text, l, r->k, n)) {
		if (!read_digits(n, tok_str(text, &l->v[r->k]), &r->rest))
			return 0;
		r->k++;
	}
	return 1;
}

/* Whether token `i` is three digits, and may be more behind them, with one
 * space before it, perhaps a no-break, narrow or thin one. */
static int
is_group(
    struct str text, const struct tok_list *l, size_t i, const struct number *n)
{
	static const char *const spaces[] = {
	    " ", "\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x89"};
	struct str s, gap;
	size_t k;

	if (i >= l->n || l->v[i].kind != TOK_NUMBER || n->fraction > 0)
		return 0;
	s = tok_str(text, &l->v[i]);
	gap = str_sub(text, l->v[i - 1].end, l->v[i].at);
	for (k = 0; k < s.n && s.p[k] >= '0' && s.p[k] <= '9';)
		k++;
	if (k != 3 || (s.n > 3 && s.p[3] == ','))
		return 0;
	for (k = 0; k < sizeof(spaces) / sizeof(spaces[0]); k++)
		if (str_eq(gap, str_of(spaces[k])))
			return 1;
	return 0;
}

/*
 * Read "/2" behind a 1, or " 1/2" behind another number.  Returns 0 for "1/3"
 * and its like, which have no end in decimals.
 */
static int
fraction(struct number *n, struct reach *r, struct str text,
    const struct tok_list *l)
{
	struct number over = {.n = 0}, under = {.n = 0};
	struct str rest;
	size_t k = r->k;

	if (r->rest.n > 0 || n->fraction > 0)
		return 1;
	if (is_slash(l, k)) {
		over = *n;
		*n = (struct number){.digit = "0", .n = 1};
	} else if (is_slash(l, k + 1) && l->v[k].kind == TOK_NUMBER) {
		(void)read_digits(&over, tok_str(text, &l->v[k]), &rest);
		k++;
	} else {
		return 1;
	}
	if (!read_digits(&under, tok_str(text, &l->v[k + 1]), &rest) ||
	    !add_part(n, &over, &under))
		return 0;
	r->k = k + 2;
	r->rest = rest;
	return 1;
}

/* Add what two numbers make as a fraction.  Returns 0 if it is no fraction, or
 * has no end in decimals. */
static int
add_part(
    struct number *n, const struct number *over, const struct number *under)
{
	int a = value(over), b = value(under), k;

	if (a <= 0 || a >= b || n->n + FRACTION_DIGITS > NUMBER_DIGITS)
		return 0;
	for (k = 0; k < FRACTION_DIGITS; k++) {
		n->digit[n->n++] = (char)('0' + 10 * a / b);
		a = 10 * a % b;
	}
	n->fraction = FRACTION_DIGITS;
	return a == 0;
}

/* The value of a number of one or two digits, else 0. */
static int
value(const struct number *n)
{
	int v = 0;
	size_t i;

	if (n->n > 2 || n->fraction > 0)
		return 0;
	for (i = 0; i < n->n; i++)
		v = 10 * v + n->digit[i] - '0';
	return v;
}

/* Whether token `i` is a slash between what is close to it, then a number. */
static int
is_slash(const struct tok_list *l, size_t i)
{
	return i + 1 < l->n && l->v[i].kind == TOK_MARK &&
	       l->v[i].hash == '/' && (l->v[i].flags & TOK_GLUED) != 0 &&
	       l->v[i + 1].kind == TOK_NUMBER &&
	       (l->v[i + 1].flags & TOK_GLUED) != 0;
}

/* Whether a point alone stands right before token `i`, as in ".5". */
static int
is_bare(const struct tok_list *l, size_t i)
{
	return i > 0 && (l->v[i].flags & TOK_GLUED) != 0 &&
	       l->v[i - 1].kind == TOK_MARK && l->v[i - 1].hash == '.' &&
	       l->v[i - 1].end - l->v[i - 1].at == 1 &&
	       (l->v[i - 1].flags & TOK_GLUED) == 0;
}
