/* SPDX-License-Identifier: ISC */
#include <assert.h>
#include <string.h>

#include "cmd/entities/amount.h"
#include "cmd/entities/calendar.h"
#include "cmd/entities/date.h"
#include "cmd/entities/number.h"

/* A word and what it stands for; lists of them are sorted. */
struct form {
	const char *text, *code;
};

/* Signs of money, and what they mean in English text. */
static const struct form signs[] = {{"$", "USD"}, {"\xc2\xa3", "GBP"},
    {"\xc2\xa5", "JPY"}, {"\xe0\xb8\xbf", "THB"}, {"\xe2\x82\xa6", "NGN"},
    {"\xe2\x82\xa9", "KRW"}, {"\xe2\x82\xaa", "ILS"}, {"\xe2\x82\xab", "VND"},
    {"\xe2\x82\xac", "EUR"}, {"\xe2\x82\xb1", "PHP"}, {"\xe2\x82\xb4", "UAH"},
    {"\xe2\x82\xb9", "INR"}, {"\xe2\x82\xba", "TRY"}, {"\xe2\x82\xbd", "RUB"}};

/* What stands before a dollar sign; the codes below do, too. */
static const struct form before[] = {{"A", "AUD"}, {"AR", "ARS"}, {"AU", "AUD"},
    {"AUS", "AUD"}, {"Aus", "AUD"}, {"BZ", "BZD"}, {"Bds", "BBD"}, {"C", "CAD"},
    {"CA", "CAD"}, {"CDN", "CAD"}, {"CL", "CLP"}, {"COL", "COP"},
    {"Can", "CAD"}, {"Cdn", "CAD"}, {"Col", "COP"}, {"EC", "XCD"},
    {"FJ", "FJD"}, {"G", "GYD"}, {"HK", "HKD"}, {"J", "JMD"}, {"MX", "MXN"},
    {"Mex", "MXN"}, {"N", "NAD"}, {"NT", "TWD"}, {"NZ", "NZD"}, {"R", "BRL"},
    {"RD", "DOP"}, {"S", "SGD"}, {"SG", "SGD"}, {"TT", "TTD"}, {"U.S.", "USD"},
    {"US", "USD"}};

static const struct form codes[] = {{"AED", "AED"}, {"ARS", "ARS"},
    {"AUD", "AUD"}, {"BDT", "BDT"}, {"BGN", "BGN"}, {"BRL", "BRL"},
    {"BYN", "BYN"}, {"CAD", "CAD"}, {"CHF", "CHF"}, {"CLP", "CLP"},
    {"CNY", "CNY"}, {"COP", "COP"}, {"CZK", "CZK"}, {"DKK", "DKK"},
    {"EGP", "EGP"}, {"EUR", "EUR"}, {"GBP", "GBP"}, {"GHS", "GHS"},
    {"HKD", "HKD"}, {"HUF", "HUF"}, {"IDR", "IDR"}, {"ILS", "ILS"},
    {"INR", "INR"}, {"IQD", "IQD"}, {"IRR", "IRR"}, {"ISK", "ISK"},
    {"JMD", "JMD"}, {"JPY", "JPY"}, {"KES", "KES"}, {"KRW", "KRW"},
    {"KWD", "KWD"}, {"KZT", "KZT"}, {"LKR", "LKR"}, {"MXN", "MXN"},
    {"MYR", "MYR"}, {"NGN", "NGN"}, {"NOK", "NOK"}, {"NPR", "NPR"},
    {"NZD", "NZD"}, {"PHP", "PHP"}, {"PKR", "PKR"}, {"PLN", "PLN"},
    {"QAR", "QAR"}, {"RMB", "CNY"}, {"RON", "RON"}, {"RUB", "RUB"},
    {"Rs", "INR"}, {"SAR", "SAR"}, {"SEK", "SEK"}, {"SGD", "SGD"},
    {"THB", "THB"}, {"TRY", "TRY"}, {"TTD", "TTD"}, {"TWD", "TWD"},
    {"UAH", "UAH"}, {"UGX", "UGX"}, {"USD", "USD"}, {"UYU", "UYU"},
    {"VND", "VND"}, {"ZAR", "ZAR"}};

/* Names of money behind a number. */
static const struct form names[] = {{"baht", "THB"}, {"dollar", "USD"},
    {"dollars", "USD"}, {"euro", "EUR"}, {"euros", "EUR"}, {"forint", "HUF"},
    {"hryvnia", "UAH"}, {"hryvnias", "UAH"}, {"lira", "TRY"}, {"liras", "TRY"},
    {"naira", "NGN"}, {"pound", "GBP"}, {"pounds", "GBP"}, {"rand", "ZAR"},
    {"renminbi", "CNY"}, {"ringgit", "MYR"}, {"rouble", "RUB"},
    {"roubles", "RUB"}, {"ruble", "RUB"}, {"rubles", "RUB"}, {"rupee", "INR"},
    {"rupees", "INR"}, {"rupiah", "IDR"}, {"shekel", "ILS"}, {"shekels", "ILS"},
    {"won", "KRW"}, {"yen", "JPY"}, {"yuan", "CNY"}, {"zloty", "PLN"},
    {"zlotys", "PLN"}};

/* Measures, and their signs. */
static const struct form units[] = {{"GB", "GB"}, {"GW", "GW"}, {"MB", "MB"},
    {"MW", "MW"}, {"TB", "TB"}, {"acre", "acre"}, {"acres", "acre"},
    {"barrel", "bbl"}, {"barrels", "bbl"}, {"centimeters", "cm"},
    {"centimetres", "cm"}, {"cm", "cm"}, {"feet", "ft"}, {"foot", "ft"},
    {"ft", "ft"}, {"gallon", "gal"}, {"gallons", "gal"}, {"gigabyte", "GB"},
    {"gigabytes", "GB"}, {"gigawatt", "GW"}, {"gigawatts", "GW"}, {"gram", "g"},
    {"grammes", "g"}, {"grams", "g"}, {"hectare", "ha"}, {"hectares", "ha"},
    {"inch", "in"}, {"inches", "in"}, {"kg", "kg"}, {"kilogram", "kg"},
    {"kilogrammes", "kg"}, {"kilograms", "kg"}, {"kilometer", "km"},
    {"kilometers", "km"}, {"kilometre", "km"}, {"kilometres", "km"},
    {"kilos", "kg"}, {"kilowatt", "kW"}, {"kilowatts", "kW"}, {"km", "km"},
    {"km2", "km2"}, {"km\xc2\xb2", "km2"}, {"kph", "km/h"}, {"lb", "lb"},
    {"lbs", "lb"}, {"liter", "l"}, {"liters", "l"}, {"litre", "l"},
    {"litres", "l"}, {"m2", "m2"}, {"m3", "m3"}, {"megabyte", "MB"},
    {"megabytes", "MB"}, {"megawatt", "MW"}, {"megawatts", "MW"},
    {"meter", "m"}, {"meters", "m"}, {"metre", "m"}, {"metres", "m"},
    {"mile", "mi"}, {"miles", "mi"}, {"mm", "mm"}, {"mph", "mph"},
    {"m\xc2\xb2", "m2"}, {"m\xc2\xb3", "m3"}, {"ounce", "oz"}, {"ounces", "oz"},
    {"ton", "ton"}, {"tonne", "t"}, {"tonnes", "t"}, {"tons", "ton"},
    {"yard", "yd"}, {"yards", "yd"}};

/* What a measure may be told for. */
static const struct form times[] = {{"d", "d"}, {"day", "d"}, {"h", "h"},
    {"hour", "h"}, {"hr", "h"}, {"min", "min"}, {"minute", "min"},
    {"month", "month"}, {"s", "s"}, {"sec", "s"}, {"second", "s"},
    {"week", "week"}, {"year", "year"}};

/* The sign of a measure with a space before it: " bbl/month", " km2". */
#define MEASURE_MAX 24

#define COUNT(v) (sizeof(v) / sizeof((v)[0]))

static size_t money_sign(
    struct value *, struct mem *, struct str, const struct tok_list *, size_t);
static size_t
sign_end(struct str, const struct tok_list *, size_t, const char **code);
static int is_counted(struct str);
static size_t counted(struct value *, struct mem *, struct str,
    const struct tok_list *, size_t, struct number *, struct reach *);
static const char *find(const struct form *, size_t, struct str);
static int percent(struct reach *, struct str, const struct tok_list *);
static const char *
money_name(struct reach *, struct str, const struct tok_list *);
static const char *
money_of_country(struct reach *, struct str, const struct tok_list *);
static int is_sum(const struct number *, const struct reach *, struct str,
    const struct tok_list *, size_t);
static int
measure(struct reach *, struct str, const struct tok_list *, char[MEASURE_MAX]);
static const char *degrees(struct reach *, struct str, const struct tok_list *);
static int
rate(struct reach *, struct str, const struct tok_list *, const char **per);
static void join(char[MEASURE_MAX], const char *);
static size_t minus(struct number *, const struct tok_list *, size_t);
static int is_mark(const struct tok_list *, size_t, uint64_t);
static struct str word(struct str, const struct tok_list *, size_t);

size_t
amount_at(struct value *v, struct mem *mem, struct str text,
    const struct tok_list *l, size_t i)
{
	struct number n;
	struct reach r;

	if (l->v[i].kind == TOK_NUMBER)
		return number_read(&n, &r, text, l, i)
			   ? counted(v, mem, text, l, i, &n, &r)
			   : i;
	if (l->v[i].kind == TOK_WORD && (l->v[i].flags & TOK_CAPITAL) == 0)
		return i > 0 && is_counted(word(text, l, i)) &&
			       number_in_words(&n, &r, text, l, i - 1)
			   ? counted(v, mem, text, l, i, &n, &r)
			   : i;
	return money_sign(v, mem, text, l, i);
}

/* "$1.2 million", "US$5", "EUR 300", "Rs. 300" */
static size_t
money_sign(struct value *v, struct mem *mem, struct str text,
    const struct tok_list *l, size_t i)
{
	const char *code = NULL;
	size_t k = sign_end(text, l, i, &code);
	struct number n;
	struct reach r;

	if (code == NULL || k >= l->n || l->v[k].kind != TOK_NUMBER ||
	    !number_read(&n, &r, text, l, k) || r.from != k ||
	    !number_scale(&n, &r, text, l))
		return i;
	/* "$5-a-day", but not "$2-3". */
	if (r.rest.n > 0 &&
	    (r.rest.p[0] != '-' || r.rest.n == 1 || r.rest.p[1] < 'A'))
		return i;
	v->at = l->v[minus(&n, l, i)].at;
	v->end = (uint32_t)number_end(&r, text, l);
	v->type = VALUE_MONEY;
	v->canonical = number_spell(mem, code, &n, STR_LIT(""));
	return r.k;
}

/* The token behind the sign or code of money at token `i`; `*code` is left
 * alone if there is none. */
static size_t
sign_end(struct str text, const struct tok_list *l, size_t i, const char **code)
{
	struct str s = word(text, l, i);

	if (l->v[i].kind == TOK_MARK) {
		/* "X$5" is of no land that we know. */
		if (l->v[i].hash != '$' || (l->v[i].flags & TOK_GLUED) == 0 ||
		    i == 0 || (l->v[i - 1].flags & TOK_CAPITAL) == 0)
			*code = find(signs, COUNT(signs), s);
		return i + 1;
	}
	if (i + 1 >= l->n || s.n > 4)
		return i;
	if (is_mark(l, i + 1, '$') && (l->v[i + 1].flags & TOK_GLUED) != 0)
		*code = find(before, COUNT(before), s);
	if (*code == NULL)
		*code = find(codes, COUNT(codes), s);
	return i + 1 +
	       (size_t)(is_mark(l, i + 1, '$') ||
			(is_mark(l, i + 1, '.') && s.n == 2));
}

/* Whether a word may follow a number in words: "five percent", "two million
 * dollars".  Before other words those mostly mean no amount. */
static int
is_counted(struct str s)
{
	if (s.p[0] == 'p')
		return str_eq(s, STR_LIT("percent")) ||
		       str_eq(s, STR_LIT("per"));
	return s.n > 6 && s.p[s.n - 1] == 'n' && str_ends(s, STR_LIT("illion"));
}

/* "12 %", "5 million euros", "300 km": what is told with the number at token
 * `i`, or before it in words, of which is read up to `*r`. */
static size_t
counted(struct value *v, struct mem *mem, struct str text,
    const struct tok_list *l, size_t i, struct number *n, struct reach *r)
{
	const char *code;
	char sign[MEASURE_MAX] = "";

	v->at = l->v[minus(n, l, r->from)].at;
	if (percent(r, text, l)) {
		v->type = VALUE_PERCENT;
		v->canonical = number_spell(mem, NULL, n, STR_LIT("%"));
		v->end = (uint32_t)number_end(r, text, l);
		return r->k;
	}
	if (!number_scale(n, r, text, l))
		return i;
	if ((code = money_name(r, text, l)) != NULL) {
		if (!is_sum(n, r, text, l, i))
			return i;
		v->type = VALUE_MONEY;
		v->canonical = number_spell(mem, code, n, STR_LIT(""));
	} else if (measure(r, text, l, sign)) {
		v->type = VALUE_QUANTITY;
		v->canonical = number_spell(mem, NULL, n, str_of(sign));
	} else {
		return i;
	}
	v->end = (uint32_t)number_end(r, text, l);
	return r->k;
}

/* The code of a form, in a list that is sorted by bytes, or NULL. */
static const char *
find(const struct form *forms, size_t n, struct str s)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = (low + high) / 2, k = 0;
		const char *form = forms[mid].text;

		while (k < s.n && (unsigned char)form[k] == s.p[k])
			k++;
		if (k == s.n && form[k] == '\0')
			return forms[mid].code;
		if (k < s.n && (unsigned char)form[k] < s.p[k])
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

/* Read "%", "percent", "pct" or "per cent". */
static int
percent(struct reach *r, struct str text, const struct tok_list *l)
{
	struct reach next = *r;
	struct str s;

	if (r->rest.n == 0 && is_mark(l, r->k, '%')) {
		r->k++;
		return 1;
	}
	s = number_next(&next, text, l);
	if (!str_eq(s, STR_LIT("percent")) && !str_eq(s, STR_LIT("pct")) &&
	    (!str_eq(s, STR_LIT("per")) ||
		!str_eq(number_next(&next, text, l), STR_LIT("cent"))))
		return 0;
	*r = next;
	return 1;
}

/* Read the name of a currency, or a sign close behind the number: its code, or
 * NULL. */
static const char *
money_name(struct reach *r, struct str text, const struct tok_list *l)
{
	int hyphen = r->rest.n > 0 && r->rest.p[0] == '-';
	struct reach next = *r;
	const char *code;
	struct str s;

	if (r->rest.n == 0 && r->k < l->n && l->v[r->k].kind == TOK_MARK) {
		if ((l->v[r->k].flags & TOK_GLUED) == 0 ||
		    (code = find(signs + 1, COUNT(signs) - 1,
			 word(text, l, r->k))) == NULL)
			return NULL;
		r->k++;
		return code;
	}
	s = number_next(&next, text, l);
	code = find(names, COUNT(names), s);
	if (code == NULL && s.n == 3)
		code = find(codes, COUNT(codes), s);
	/* A 10-pound cake is not dear but heavy. */
	if (hyphen && code != NULL && str_eq(str_of(code), STR_LIT("GBP")))
		return NULL;
	if (code != NULL)
		*r = next;
	else if (r->rest.n == 0)
		code = money_of_country(r, text, l);
	return code;
}

/* Read "Swiss francs" or "Hong Kong dollars". */
static const char *
money_of_country(struct reach *r, struct str text, const struct tok_list *l)
{
	static const struct form countries[] = {{"American", "USD"},
	    {"Argentine", "ARS"}, {"Australian", "AUD"}, {"Bangladeshi", "BDT"},
	    {"Belarusian", "BYN"}, {"Brazilian", "BRL"}, {"British", "GBP"},
	    {"Bulgarian", "BGN"}, {"Canadian", "CAD"}, {"Chilean", "CLP"},
	    {"Chinese", "CNY"}, {"Colombian", "COP"}, {"Czech", "CZK"},
	    {"Danish", "DKK"}, {"Egyptian", "EGP"}, {"Hong Kong", "HKD"},
	    {"Icelandic", "ISK"}, {"Indian", "INR"}, {"Indonesian", "IDR"},
	    {"Iranian", "IRR"}, {"Iraqi", "IQD"}, {"Israeli", "ILS"},
	    {"Jamaican", "JMD"}, {"Japanese", "JPY"}, {"Kenyan", "KES"},
	    {"Kuwaiti", "KWD"}, {"Lebanese", "LBP"}, {"Mexican", "MXN"},
	    {"Nepalese", "NPR"}, {"New Taiwan", "TWD"}, {"New Zealand", "NZD"},
	    {"North Korean", "KPW"}, {"Norwegian", "NOK"}, {"Pakistani", "PKR"},
	    {"Philippine", "PHP"}, {"Polish", "PLN"}, {"Qatari", "QAR"},
	    {"Romanian", "RON"}, {"Russian", "RUB"}, {"Saudi", "SAR"},
	    {"Serbian", "RSD"}, {"Singapore", "SGD"}, {"South African", "ZAR"},
	    {"South Korean", "KRW"}, {"Sri Lankan", "LKR"}, {"Swedish", "SEK"},
	    {"Swiss", "CHF"}, {"Syrian", "SYP"}, {"Taiwan", "TWD"},
	    {"Turkish", "TRY"}, {"U.S.", "USD"}, {"US", "USD"},
	    {"Ukrainian", "UAH"}, {"Vietnamese", "VND"}};
	static const struct form after[] = {{"baht", ""}, {"crowns", ""},
	    {"dinars", ""}, {"dollar", ""}, {"dollars", ""}, {"dong", ""},
	    {"franc", ""}, {"francs", ""}, {"hryvnia", ""}, {"hryvnias", ""},
	    {"koruna", ""}, {"kroner", ""}, {"kronor", ""}, {"lei", ""},
	    {"leva", ""}, {"lira", ""}, {"liras", ""}, {"peso", ""},
	    {"pesos", ""}, {"pound", ""}, {"pounds", ""}, {"rand", ""},
	    {"reais", ""}, {"rials", ""}, {"riyals", ""}, {"roubles", ""},
	    {"rubles", ""}, {"rupee", ""}, {"rupees", ""}, {"rupiah", ""},
	    {"shekel", ""}, {"shekels", ""}, {"shillings", ""}, {"taka", ""},
	    {"won", ""}, {"yen", ""}, {"yuan", ""}, {"zloty", ""},
	    {"zlotys", ""}};
	const char *code;
	size_t k;

	for (k = r->k + 1; k < l->n && k <= r->k + 2; k++) {
		if ((l->v[k - 1].flags & TOK_CAPITAL) == 0)
			return NULL;
		code = find(
		    countries, COUNT(countries), tok_span(text, l, r->k, k));
		if (code != NULL &&
		    find(after, COUNT(after), word(text, l, k)) != NULL) {
			r->k = k + 1;
			return code;
		}
	}
	return NULL;
}

/* Whether the number at token `i` is a sum of the money that was read, not a
 * year or what somebody won. */
static int
is_sum(const struct number *n, const struct reach *r, struct str text,
    const struct tok_list *l, size_t i)
{
	int year = n->n == 4 && calendar_year(word(text, l, i)) != 0;

	if (str_eq(word(text, l, r->k - 1), STR_LIT("won")))
		return n->n - n->fraction > 3 && !year;
	return !year || !date_after_in(text, l, i);
}

/* Read a measure; what it is called goes to `sign`.  Returns 0 if there is
 * none that we know. */
static int
measure(struct reach *r, struct str text, const struct tok_list *l,
    char sign[MEASURE_MAX])
{
	static const struct form powers[] = {
	    {"cubic", "3"}, {"sq", "2"}, {"square", "2"}};
	struct reach next = *r;
	const char *power, *unit = degrees(r, text, l), *per;
	struct str s;

	if (unit != NULL) {
		join(sign, " \xc2\xb0");
		join(sign, unit);
		return 1;
	}
	s = number_next(&next, text, l);
	power = find(powers, COUNT(powers), s);
	if (power != NULL)
		s = number_next(&next, text, l);
	unit = find(units, COUNT(units), s);
	if (unit == NULL || !rate(&next, text, l, &per))
		return 0;
	join(sign, " ");
	if (*per == 'h' && str_eq(str_of(unit), STR_LIT("mi"))) {
		join(sign, "mph");
	} else {
		join(sign, unit);
		join(sign, power != NULL ? power : "");
		join(sign, *per != '\0' ? "/" : "");
		join(sign, per);
	}
	*r = next;
	return 1;
}

/* Read a sign of degrees and "C", or "degrees Celsius": "C", "F" or NULL. */
static const char *
degrees(struct reach *r, struct str text, const struct tok_list *l)
{
	static const struct form scales[] = {
	    {"C", "C"}, {"Celsius", "C"}, {"F", "F"}, {"Fahrenheit", "F"}};
	struct reach next = *r;
	const char *scale;

	if (next.rest.n == 0 && is_mark(l, next.k, 0xb0))
		next.k++;
	else if (!str_eq(number_next(&next, text, l), STR_LIT("degrees")))
		return NULL;
	scale = find(scales, COUNT(scales), number_next(&next, text, l));
	if (scale != NULL)
		*r = next;
	return scale;
}

/* Read the time that a measure is told for, as in "km/h" or "miles an hour";
 * `*per` is empty if there is none.  Returns 0 for something else than a time
 * behind a slash. */
static int
rate(struct reach *r, struct str text, const struct tok_list *l,
    const char **per)
{
	const char *unit;
	struct str s;

	*per = "";
	if (r->rest.n > 0 || r->k + 1 >= l->n)
		return 1;
	s = word(text, l, r->k);
	unit = find(times, COUNT(times), word(text, l, r->k + 1));
	if (is_mark(l, r->k, '/')) {
		if (unit == NULL)
			return l->v[r->k + 1].kind != TOK_WORD ||
			       (l->v[r->k + 1].flags & TOK_GLUED) == 0;
	} else if (unit == NULL ||
		   !(str_eq(s, STR_LIT("per")) || str_eq(s, STR_LIT("a")) ||
		       str_eq(s, STR_LIT("an")))) {
		return 1;
	}
	*per = unit;
	r->k += 2;
	return 1;
}

/* Add `s` to what is in `sign`. */
static void
join(char sign[MEASURE_MAX], const char *s)
{
	size_t n = strlen(sign), more = strlen(s);

	assert(n + more < MEASURE_MAX);
	memcpy(sign + n, s, more + 1);
}

/*
 * The token that an amount begins with: a minus close before token `i`, or
 * that.  A hyphen that has something before it is none.
 */
static size_t
minus(struct number *n, const struct tok_list *l, size_t i)
{
	const struct tok *t = &l->v[i];

	if (i == 0 || (t->flags & TOK_GLUED) == 0 ||
	    !(is_mark(l, i - 1, 0x2212) ||
		(is_mark(l, i - 1, '-') && t[-1].end - t[-1].at == 1)))
		return i;
	if (i > 1 &&
	    ((t[-1].flags & TOK_GLUED) != 0
		    ? !is_mark(l, i - 2, '(')
		    : t[-2].kind == TOK_NUMBER || is_mark(l, i - 2, '%')))
		return i;
	n->minus = 1;
	return i - 1;
}

static int
is_mark(const struct tok_list *l, size_t i, uint64_t mark)
{
	return i < l->n && l->v[i].kind == TOK_MARK && l->v[i].hash == mark;
}

static struct str
word(struct str text, const struct tok_list *l, size_t i)
{
	return tok_str(text, &l->v[i]);
}
