/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "common/utf.h"

#include "cmd/entities/amount.h"

/* More digits than any amount has; longer numbers are none. */
#define DIGITS_MAX 40

/* A decimal number: digits, the last `fraction` of them behind the point. */
struct number {
	char digit[DIGITS_MAX];
	size_t n, fraction;
};

struct form {
	const char *text, *code;
};

/* Signs of money, and what they mean in English text. */
static const struct form signs[] = {{"$", "USD"}, {"\xe2\x82\xac", "EUR"},
    {"\xc2\xa3", "GBP"}, {"\xc2\xa5", "JPY"}, {"\xe2\x82\xb9", "INR"},
    {"\xe2\x82\xbd", "RUB"}, {"\xe2\x82\xa9", "KRW"}, {"\xe2\x82\xba", "TRY"},
    {"\xe2\x82\xb4", "UAH"}, {"\xe2\x82\xaa", "ILS"}, {"\xe2\x82\xa6", "NGN"},
    {"\xe2\x82\xb1", "PHP"}, {"\xe0\xb8\xbf", "THB"}, {"\xe2\x82\xab", "VND"}};

/* What stands before a dollar sign or a number. */
static const struct form before[] = {{"US", "USD"}, {"U.S.", "USD"},
    {"A", "AUD"}, {"AU", "AUD"}, {"C", "CAD"}, {"CA", "CAD"}, {"HK", "HKD"},
    {"NZ", "NZD"}, {"S", "SGD"}, {"NT", "TWD"}, {"R", "BRL"}};

static const struct form codes[] = {{"AED", "AED"}, {"AUD", "AUD"},
    {"BRL", "BRL"}, {"CAD", "CAD"}, {"CHF", "CHF"}, {"CNY", "CNY"},
    {"CZK", "CZK"}, {"DKK", "DKK"}, {"EUR", "EUR"}, {"GBP", "GBP"},
    {"HKD", "HKD"}, {"HUF", "HUF"}, {"IDR", "IDR"}, {"ILS", "ILS"},
    {"INR", "INR"}, {"JPY", "JPY"}, {"KES", "KES"}, {"KRW", "KRW"},
    {"MXN", "MXN"}, {"MYR", "MYR"}, {"NGN", "NGN"}, {"NOK", "NOK"},
    {"NZD", "NZD"}, {"PHP", "PHP"}, {"PKR", "PKR"}, {"PLN", "PLN"},
    {"RMB", "CNY"}, {"RON", "RON"}, {"Rs", "INR"}, {"Rs.", "INR"},
    {"RUB", "RUB"}, {"SAR", "SAR"}, {"SEK", "SEK"}, {"SGD", "SGD"},
    {"THB", "THB"}, {"TRY", "TRY"}, {"TWD", "TWD"}, {"UAH", "UAH"},
    {"USD", "USD"}, {"VND", "VND"}, {"ZAR", "ZAR"}};

/* Names of money behind a number; the last word of two may be one. */
static const struct form names[] = {{"dollar", "USD"}, {"dollars", "USD"},
    {"euro", "EUR"}, {"euros", "EUR"}, {"pound", "GBP"}, {"pounds", "GBP"},
    {"yen", "JPY"}, {"yuan", "CNY"}, {"renminbi", "CNY"}, {"rupee", "INR"},
    {"rupees", "INR"}, {"rouble", "RUB"}, {"roubles", "RUB"}, {"ruble", "RUB"},
    {"rubles", "RUB"}, {"won", "KRW"}, {"hryvnia", "UAH"}, {"hryvnias", "UAH"},
    {"shekel", "ILS"}, {"shekels", "ILS"}, {"lira", "TRY"}, {"liras", "TRY"},
    {"zloty", "PLN"}, {"zlotys", "PLN"}, {"rand", "ZAR"}, {"naira", "NGN"},
    {"baht", "THB"}, {"ringgit", "MYR"}, {"forint", "HUF"}, {"rupiah", "IDR"}};

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

/* Measures, and their signs. */
static const struct form units[] = {{"km", "km"}, {"kilometres", "km"},
    {"kilometers", "km"}, {"kilometre", "km"}, {"kilometer", "km"},
    {"metres", "m"}, {"meters", "m"}, {"metre", "m"}, {"meter", "m"},
    {"cm", "cm"}, {"centimetres", "cm"}, {"centimeters", "cm"}, {"mm", "mm"},
    {"miles", "mi"}, {"mile", "mi"}, {"feet", "ft"}, {"foot", "ft"},
    {"ft", "ft"}, {"inches", "in"}, {"inch", "in"}, {"yards", "yd"},
    {"kg", "kg"}, {"kilograms", "kg"}, {"kilogrammes", "kg"}, {"kilos", "kg"},
    {"grams", "g"}, {"grammes", "g"}, {"tonnes", "t"}, {"tonne", "t"},
    {"tons", "ton"}, {"ounces", "oz"}, {"lb", "lb"}, {"lbs", "lb"},
    {"hectares", "ha"}, {"hectare", "ha"}, {"acres", "acre"}, {"litres", "l"},
    {"liters", "l"}, {"gallons", "gal"}, {"barrels", "bbl"}, {"mph", "mph"},
    {"kph", "km/h"}, {"MW", "MW"}, {"GW", "GW"}, {"megawatts", "MW"},
    {"gigawatts", "GW"}, {"kilowatts", "kW"}, {"MB", "MB"}, {"GB", "GB"},
    {"TB", "TB"}, {"megabytes", "MB"}, {"gigabytes", "GB"}};

#define COUNT(v) (sizeof(v) / sizeof((v)[0]))

static size_t money_sign(
    struct value *, struct mem *, struct str, const struct tok_list *, size_t);
static size_t counted(
    struct value *, struct mem *, struct str, const struct tok_list *, size_t);
static const char *find(const struct form *, size_t, struct str);
static int read_number(struct str, struct number *, struct str *rest);
static size_t scale(struct number *, struct str rest, struct str text,
    const struct tok_list *, size_t i, int *ok);
static size_t percent(struct str, const struct tok_list *, size_t);
static size_t
money_name(struct str, const struct tok_list *, size_t, const char **code);
static struct str
spell(struct mem *, const char *head, const struct number *, const char *tail);
static struct str word(struct str, const struct tok_list *, size_t);

size_t
amount_at(struct value *v, struct mem *mem, struct str text,
    const struct tok_list *l, size_t i)
{
	size_t end;

	if (l->v[i].kind == TOK_NUMBER)
		return counted(v, mem, text, l, i);
	if (l->v[i].kind == TOK_WORD && (l->v[i].flags & TOK_CAPITAL) == 0)
		return i;
	end = money_sign(v, mem, text, l, i);
	return end;
}

/* "$1.2 million", "US$5", "EUR 300", "Rs 300" */
static size_t
money_sign(struct value *v, struct mem *mem, struct str text,
    const struct tok_list *l, size_t i)
{
	const char *code = NULL;
	struct number n;
	struct str rest;
	size_t k = i;
	int ok;

	if (l->v[i].kind == TOK_MARK) {
		code = find(signs, COUNT(signs), word(text, l, i));
	} else if (i + 1 < l->n && l->v[i].end - l->v[i].at <= 4) {
		if (l->v[i + 1].kind == TOK_MARK &&
		    (l->v[i + 1].flags & TOK_GLUED) != 0 &&
		    l->v[i + 1].hash == '$') {
			code = find(before, COUNT(before), word(text, l, i));
			k = i + 1;
		} else if (l->v[i + 1].kind == TOK_NUMBER) {
			code = find(codes, COUNT(codes), word(text, l, i));
		}
	}
	k++;
	if (code == NULL || k >= l->n || l->v[k].kind != TOK_NUMBER ||
	    !read_number(word(text, l, k), &n, &rest))
		return i;
	k = scale(&n, rest, text, l, k, &ok);
	if (!ok)
		return i;
	v->at = l->v[i].at;
	v->end = l->v[k - 1].end;
	v->type = VALUE_MONEY;
	v->canonical = spell(mem, code, &n, NULL);
	return k;
}

/* "12 %", "5 million euros", "300 km" */
static size_t
counted(struct value *v, struct mem *mem, struct str text,
    const struct tok_list *l, size_t i)
{
	const char *code = NULL;
	struct number n;
	struct str rest;
	size_t k, end;
	int ok;

	if (!read_number(word(text, l, i), &n, &rest))
		return i;
	v->at = l->v[i].at;
	end = rest.n == 0 ? percent(text, l, i + 1) : i + 1;
	if (rest.n == 0 && end > i + 1) {
		v->end = l->v[end - 1].end;
		v->type = VALUE_PERCENT;
		v->canonical = spell(mem, NULL, &n, "%");
		return end;
	}
	/* "300km" */
	if (rest.n > 0 && (code = find(units, COUNT(units), rest)) != NULL) {
		v->end = l->v[i].end;
		v->type = VALUE_QUANTITY;
		v->canonical = spell(mem, NULL, &n, code);
		return i + 1;
	}
	k = scale(&n, rest, text, l, i, &ok);
	if (!ok || k >= l->n)
		return i;
	end = money_name(text, l, k, &code);
	if (end > k) {
		v->type = VALUE_MONEY;
		v->canonical = spell(mem, code, &n, NULL);
	} else if (l->v[k].kind == TOK_WORD &&
		   (code = find(units, COUNT(units), word(text, l, k))) !=
		       NULL) {
		end = k + 1;
		v->type = VALUE_QUANTITY;
		v->canonical = spell(mem, NULL, &n, code);
	} else {
		return i;
	}
	v->end = l->v[end - 1].end;
	return end;
}

static const char *
find(const struct form *forms, size_t n, struct str s)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (s.p[0] == (unsigned char)forms[i].text[0] &&
		    str_eq(s, str_of(forms[i].text)))
			return forms[i].code;
	return NULL;
}

/* Read "1,234.50" and leave the letters behind it in `rest`. */
static int
read_number(struct str s, struct number *n, struct str *rest)
{
	size_t i, point = 0;

	n->n = 0;
	for (i = 0; i < s.n; i++) {
		unsigned char c = s.p[i];

		if (c >= '0' && c <= '9') {
			if (n->n == DIGITS_MAX)
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
	return n->n > 0;
}

/*
 * Multiply by what stands in `rest`, glued behind the number that is token
 * `i`, or in the next token.  Returns the token behind; `*ok` is 0 if `rest`
 * makes no sense, or the number would be too long.
 */
static size_t
scale(struct number *n, struct str rest, struct str text,
    const struct tok_list *l, size_t i, int *ok)
{
	struct str s = rest;
	size_t k, power = 0;
	int glued = rest.n > 0;

	*ok = 1;
	i++;
	if (!glued && i < l->n && l->v[i].kind == TOK_WORD)
		s = word(text, l, i);
	/* "$5-million" */
	if (glued && s.p[0] == '-')
		s = str_sub(s, 1, s.n);
	for (k = 0; k < COUNT(powers) && s.n > 0; k++)
		if ((glued || !powers[k].glued) &&
		    str_eq(s, str_of(powers[k].text)))
			power = powers[k].power;
	if (power == 0) {
		*ok = !glued;
		return i;
	}
	for (; power > 0; power--) {
		if (n->fraction > 0)
			n->fraction--;
		else if (n->n < DIGITS_MAX)
			n->digit[n->n++] = '0';
		else
			*ok = 0;
	}
	return glued ? i : i + 1;
}

/* The token behind "%", "percent", "per cent" at token `i`, else `i`. */
static size_t
percent(struct str text, const struct tok_list *l, size_t i)
{
	if (i >= l->n)
		return i;
	if (l->v[i].kind == TOK_MARK)
		return l->v[i].hash == '%' ? i + 1 : i;
	if (str_eq(word(text, l, i), STR_LIT("percent")) ||
	    str_eq(word(text, l, i), STR_LIT("pct")))
		return i + 1;
	if (i + 1 < l->n && str_eq(word(text, l, i), STR_LIT("per")) &&
	    str_eq(word(text, l, i + 1), STR_LIT("cent")))
		return i + 2;
	return i;
}

/* The token behind the name of a currency at token `i`, else `i`. */
static size_t
money_name(
    struct str text, const struct tok_list *l, size_t i, const char **code)
{
	static const struct form first[] = {{"U.S.", "USD"}, {"US", "USD"},
	    {"American", "USD"}, {"Canadian", "CAD"}, {"Australian", "AUD"},
	    {"Swiss", "CHF"}, {"Chinese", "CNY"}, {"Indian", "INR"},
	    {"Pakistani", "PKR"}, {"British", "GBP"}, {"Egyptian", "EGP"}};
	static const struct form after[] = {{"dollars", ""}, {"dollar", ""},
	    {"francs", ""}, {"franc", ""}, {"rupees", ""}, {"pounds", ""},
	    {"yuan", ""}};
	struct str s = word(text, l, i);

	if (l->v[i].kind == TOK_MARK) {
		*code = find(signs + 1, COUNT(signs) - 1, s);
		return *code != NULL && (l->v[i].flags & TOK_GLUED) != 0 ? i + 1
									 : i;
	}
	if ((*code = find(names, COUNT(names), s)) != NULL)
		return i + 1;
	if (s.n == 3 && (*code = find(codes, COUNT(codes), s)) != NULL)
		return i + 1;
	if (i + 1 < l->n && (*code = find(first, COUNT(first), s)) != NULL &&
	    find(after, COUNT(after), word(text, l, i + 1)) != NULL)
		return i + 2;
	return i;
}

/* Write "head 1200000.5tail", without needless zeros. */
static struct str
spell(
    struct mem *mem, const char *head, const struct number *n, const char *tail)
{
	size_t size = DIGITS_MAX + 16, used = 0, i, first = 0, last = n->n;
	unsigned char *to = mem_new(mem, size, 1);

	while (head != NULL && head[used] != '\0') {
		to[used] = (unsigned char)head[used];
		used++;
	}
	if (used > 0)
		to[used++] = ' ';
	while (first + n->fraction + 1 < n->n && n->digit[first] == '0')
		first++;
	while (last > n->n - n->fraction && n->digit[last - 1] == '0')
		last--;
	for (i = first; i < last; i++) {
		if (i + n->fraction == n->n)
			to[used++] = '.';
		to[used++] = (unsigned char)n->digit[i];
	}
	if (tail != NULL) {
		if (tail[0] != '%')
			to[used++] = ' ';
		while (*tail != '\0')
			to[used++] = (unsigned char)*tail++;
	}
	mem_trim(mem, size - used);
	return (struct str){to, used};
}

static struct str
word(struct str text, const struct tok_list *l, size_t i)
{
	return tok_str(text, &l->v[i]);
}
