/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "cmd/entities/value.h"

#include "tests/unit/check.h"
#include "tests/unit/vary.h"

/* A word and what it means. */
struct pair {
	const char *text, *means;
};

static const struct pair signs[] = {{"$", "USD"}, {"US$", "USD"}, {"A$", "AUD"},
    {"\xe2\x82\xac", "EUR"}, {"\xc2\xa3", "GBP"}, {"EUR ", "EUR"},
    {"CHF ", "CHF"}, {"RMB ", "CNY"}, {"J$", "JMD"}, {"AUD$", "AUD"},
    {"CAD $", "CAD"}, {"Rs. ", "INR"}};

/* Powers of ten as zeros; close to the number or apart from it. */
static const struct pair scales[] = {{"", ""}, {"", ""}, {"k", "000"},
    {"m", "000000"}, {"bn", "000000000"}, {" bn", "000000000"},
    {" thousand", "000"}, {" million", "000000"}, {"-million", "000000"},
    {" trillion", "000000000000"}, {" lakh", "00000"}, {" crore", "0000000"}};

static const struct pair names[] = {{" euros", "EUR"}, {" dollars", "USD"},
    {" Canadian dollars", "CAD"}, {" NOK", "NOK"}, {" yen", "JPY"},
    {"-euro", "EUR"}, {" Hong Kong dollars", "HKD"}, {" won", "KRW"},
    {" South Korean won", "KRW"}};

static const struct pair units[] = {{" km", "km"}, {" miles", "mi"},
    {" tonnes", "t"}, {" GB", "GB"}, {" km/h", "km/h"},
    {" miles an hour", "mph"}, {" MB/s", "MB/s"}, {" barrels per day", "bbl/d"},
    {"-mile", "mi"}, {" acre", "acre"}, {" cubic metres", "m3"},
    {" square miles", "mi2"},
    {"\xc2\xb0"
     "C",
	"\xc2\xb0"
	"C"},
    {" degrees Fahrenheit", "\xc2\xb0"
			    "F"}};

static const struct pair percents[] = {{"%", "%"}, {" %", "%"},
    {" percent", "%"}, {" per cent", "%"}, {"-percent", "%"}};

static const struct pair nothing[] = {
    {"", ""}, {" people", ""}, {" b", ""}, {" kg/m", ""}, {"-pound", ""}};

#define PICK(v, list) (&(list)[vary_below(v, sizeof(list) / sizeof((list)[0]))])

/* What stands in the text, and what is to be found. */
struct model {
	char whole[80], fraction[80], canonical[200];
	int minus, endless, plain; /* "-5"; "1/3"; digits alone */
	int type;                  /* -1 for nothing */
	size_t end;
};

static void
random_digits(struct vary *v, char *to, size_t n)
{
	while (n-- > 0)
		*to++ = (char)('0' + vary_below(v, vary_below(v, 2) ? 10 : 2));
	*to = '\0';
}

/* Write "3 1/2", or "1/2" for none and a half. */
static void
make_parts(struct vary *v, struct model *m)
{
	static const int under[] = {2, 3, 4, 5, 8, 16};
	int b = under[vary_below(v, 6)];
	int a = 1 + (int)vary_below(v, (size_t)b - 1);
	char text[24];

	random_digits(v, m->whole, 1);
	if (m->whole[0] != '0') {
		vary_byte(v, m->whole[0]);
		vary_byte(v, ' ');
	}
	snprintf(text, sizeof(text), "%d/%d", a, b);
	vary_add(v, str_of(text));
	snprintf(m->fraction, sizeof(m->fraction), "%04d", 10000 * a / b);
	m->endless = b == 3;
}

/* Write a number as people do: thousands apart by commas, spaces or not, the
 * naught before the point perhaps left out. */
static void
make_number(struct vary *v, struct model *m)
{
	static const char *const gaps[] = {
	    "", "", ",", ",", " ", "\xc2\xa0", "\xe2\x80\xaf"};
	size_t n = 1 + vary_below(v, vary_below(v, 8) == 0 ? 45 : 9), i;
	const char *gap = gaps[vary_below(v, 7)];

	if (vary_below(v, 8) == 0) {
		make_parts(v, m);
		return;
	}
	random_digits(v, m->whole, n);
	random_digits(v, m->fraction, vary_below(v, 3) * vary_below(v, 4));
	if (gap[0] != '\0' && gap[0] != ',')
		m->whole[0] = '1';
	/* "202 555.0143" and "1 202 555.0143" are numbers to call. */
	if ((n == 6 || n == 7) && strlen(m->fraction) == 4)
		m->fraction[3] = '\0';
	for (i = 0; i < n; i++) {
		if (i > 0 && (n - i) % 3 == 0)
			vary_add(v, str_of(gap));
		vary_byte(v, m->whole[i]);
	}
	if (m->fraction[0] != '\0')
		vary_byte(v, '.');
	vary_add(v, str_of(m->fraction));
	m->plain = m->fraction[0] == '\0' && (n < 4 || gap[0] == '\0');
}

/*
 * Move the point behind as many digits as there are zeros, and drop the zeros
 * that say nothing.  Returns 0 for a number of more than 40 digits.
 */
static int
model_number(char to[100], const struct model *m, const char *zeros)
{
	char all[200];
	size_t point = strlen(m->whole) + strlen(zeros), from = 0, n;

	if (strlen(m->whole) + strlen(m->fraction) > 40)
		return 0;
	snprintf(all, sizeof(all), "%s%s", m->whole, m->fraction);
	for (n = strlen(all); n < point; n++)
		all[n] = '0';
	if (n > 40)
		return 0;
	while (n > point && all[n - 1] == '0')
		n--;
	while (from + 1 < point && all[from] == '0')
		from++;
	snprintf(to, 100, "%s%.*s%s%.*s", m->minus ? "-" : "",
	    (int)(point - from), all + from, n > point ? "." : "",
	    (int)(n - point), all + point);
	return 1;
}

/* Whether a number of won is a sum: not "2018 won" nor "12 won". */
static int
is_sum(const struct model *m, const char *zeros)
{
	int year = m->plain && zeros[0] == '\0' && strlen(m->whole) == 4 &&
		   strcmp(m->whole, "1000") >= 0 &&
		   strcmp(m->whole, "2200") < 0;

	return strlen(m->whole) + strlen(zeros) > 3 && !year;
}

static void
make(struct vary *v, struct model *m)
{
	static const struct pair none = {"", ""};
	const struct pair *sign = &none, *scale = PICK(v, scales),
			  *unit = &none;
	char number[100];
	int type;

	*m = (struct model){.type = -1};
	v->n = 0;
	switch (vary_below(v, 6)) {
	case 0:
	case 1:
		type = VALUE_MONEY;
		sign = PICK(v, signs);
		break;
	case 2:
		type = VALUE_MONEY;
		unit = PICK(v, names);
		break;
	case 3:
		type = VALUE_QUANTITY;
		unit = PICK(v, units);
		break;
	case 4:
		type = VALUE_PERCENT;
		unit = PICK(v, percents);
		break;
	default:
		type = -1;
		unit = PICK(v, nothing);
	}
	m->minus = vary_below(v, 4) == 0;
	if (m->minus)
		vary_add(v, vary_below(v, 2) == 0 ? STR_LIT("-")
						  : STR_LIT("\xe2\x88\x92"));
	vary_add(v, str_of(sign->text));
	make_number(v, m);
	vary_add(v, str_of(scale->text));
	vary_add(v, str_of(unit->text));
	m->end = v->n;
	vary_add(v, STR_LIT(", he says"));
	m->type = type;
	if (!model_number(number, m, scale->means) || m->endless ||
	    (str_ends(str_of(unit->text), STR_LIT("won")) &&
		!is_sum(m, scale->means)) ||
	    (type == VALUE_PERCENT && scale->text[0] != '\0'))
		m->type = -1;
	else
		snprintf(m->canonical, sizeof(m->canonical), "%s%s%s%s%s%s",
		    type == VALUE_MONEY ? sign->means : "",
		    type == VALUE_MONEY ? unit->means : "",
		    type == VALUE_MONEY ? " " : "", number,
		    type == VALUE_QUANTITY ? " " : "",
		    type == VALUE_MONEY ? "" : unit->means);
}

/* Dates and clocks are found, too. */
static int
is_amount(const struct value *v)
{
	return v->at == 0 &&
	       (v->type == VALUE_MONEY || v->type == VALUE_PERCENT ||
		   v->type == VALUE_QUANTITY);
}

static void
equals_model(void)
{
	const size_t rounds = check_count();
	struct vary v = {.state = 47};
	struct value_list list = {0};
	struct tok_list toks = {0};
	struct mem mem = {NULL, NULL};
	struct model m;
	size_t i, found = 0;
	size_t seen = 0;

	for (i = 0; i < rounds; i++) {
		const struct day unknown = {0, 0, 0};
		int same;

		make(&v, &m);
		tok_text(&toks, vary_str(&v));
		value_find(&list, &mem, vary_str(&v), &toks, unknown);
		same = list.n > 0 && is_amount(&list.v[0]);
		CHECK(same == (m.type != -1));
		if (same && m.type != -1) {
			CHECK(list.v[0].type == m.type);
			CHECK_EQ(list.v[0].end, m.end);
			CHECK_STR(list.v[0].canonical, str_of(m.canonical));
			found++;
		}
		if (check.failures > seen && seen < 10)
			printf("# %.*s\n", (int)v.n, (const char *)v.p);
		seen = check.failures;
		mem_reset(&mem);
	}
	CHECK(found > rounds / 2 && found < rounds - rounds / 10);
	mem_free(&mem);
	tok_free(&toks);
	value_free(&list);
}

int
main(void)
{
	check_case("amount: sums and measures equal the model", equals_model);
	return check_done();
}
