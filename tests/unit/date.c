/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "cmd/entities/value.h"

#include "tests/unit/check.h"
#include "tests/unit/vary.h"

#define COUNT(v) (sizeof(v) / sizeof((v)[0]))

/* A date that is to be found at the front of a text. */
struct model {
	size_t n; /* bytes, 0 for none */
	char canonical[64];
};

static const char *const months[] = {"January", "February", "March", "April",
    "May", "June", "July", "August", "September", "October", "November",
    "December", "Jan", "Feb", "Mar", "Apr", "MAY", "Jun", "Jul", "Aug", "Sept",
    "Oct", "Nov", "Dec", "JANUARY", "FEBRUARY", "MARCH", "APRIL", "May", "JUNE",
    "JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER"};

static int
in_calendar(size_t year, size_t month, size_t day)
{
	static const size_t days[] = {
	    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);

	if (month == 2 && leap)
		return day >= 1 && day <= 29;
	return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}

/* All that was put is found; it is told as it stands. */
static void
as_it_stands(struct model *m, const struct vary *v)
{
	m->n = v->n;
	snprintf(m->canonical, sizeof(m->canonical), "%.*s", (int)v->n,
	    (const char *)v->p);
}

static void
as_day(struct model *m, const struct vary *v, size_t year, size_t month,
    size_t day)
{
	as_it_stands(m, v);
	if (in_calendar(year, month, day))
		snprintf(m->canonical, sizeof(m->canonical),
		    "%04zu-%02zu-%02zu", year, month, day);
}

static void
add_number(struct vary *v, size_t n, int width)
{
	char text[24];

	snprintf(text, sizeof(text), "%0*zu", width, n);
	vary_add(v, str_of(text));
}

static size_t
year_of(struct vary *v)
{
	return vary_below(v, 4) == 0 ? 1896 + 4 * vary_below(v, 30)
				     : 1000 + vary_below(v, 1200);
}

/* "11 September 2025", "11th of September", "32 May" */
static void
day_first(struct model *m, struct vary *v)
{
	static const char *const behind[] = {" ", " ", "th ", "rd of ", " of "};
	static const char *const before_year[] = {" ", ", "};
	size_t day = vary_below(v, 34), name = vary_below(v, COUNT(months));
	size_t year = year_of(v);

	add_number(v, day, 1 + (int)vary_below(v, 2));
	vary_word(v, behind, COUNT(behind));
	vary_add(v, str_of(months[name]));
	if (vary_below(v, 3) == 0) {
		as_it_stands(m, v);
	} else {
		vary_word(v, before_year, 2);
		add_number(v, year, 4);
		as_day(m, v, year, name % 12 + 1, day);
	}
	if (day == 0 || day > 31)
		m->n = 0;
}

/* "September 11, 2025", "September 2025", "September 11" */
static void
month_first(struct model *m, struct vary *v)
{
	static const char *const before_year[] = {" ", ", ", " of "};
	size_t day = 1 + vary_below(v, 31), name = vary_below(v, COUNT(months));
	size_t year = year_of(v), form = vary_below(v, 3);

	vary_add(v, str_of(months[name]));
	if (form < 2) {
		vary_byte(v, ' ');
		add_number(v, day, 1 + (int)vary_below(v, 2));
	}
	if (form == 0) {
		as_it_stands(m, v);
		return;
	}
	vary_word(v, before_year, form == 1 ? 2 : 3);
	add_number(v, year, 4);
	if (form == 1) {
		as_day(m, v, year, name % 12 + 1, day);
		return;
	}
	m->n = v->n;
	snprintf(m->canonical, sizeof(m->canonical), "%04zu-%02zu", year,
	    name % 12 + 1);
}

/* "Friday, 11 September 2025" */
static void
weekday(struct model *m, struct vary *v)
{
	static const char *const days[] = {"Monday", "Tuesday", "Wednesday",
	    "Thursday", "Friday", "Saturday", "Sunday", "SUNDAY"};
	static const char *const behind[] = {" ", ", "};
	struct str day = vary_word(v, days, COUNT(days));
	struct vary rest = {.state = check_random(&v->state)};
	int told;

	vary_word(v, behind, 2);
	if (vary_below(v, 2) == 0)
		day_first(m, &rest);
	else
		month_first(m, &rest);
	told = m->n > 0 && m->canonical[0] >= '0' && m->canonical[0] <= '9' &&
	       m->canonical[4] == '-';
	/* Of a month and its year the weekday is no part. */
	if (m->n == 0 || (told && strlen(m->canonical) == 7)) {
		m->n = day.n;
		snprintf(m->canonical, sizeof(m->canonical), "%.*s", (int)day.n,
		    (const char *)day.p);
		vary_add(v, vary_str(&rest));
		return;
	}
	vary_add(v, vary_str(&rest));
	if (told)
		m->n = v->n;
	else
		as_it_stands(m, v);
}

/* "2025-09-11", "2025/9/11", "9/11/2025" */
static void
numeric(struct model *m, struct vary *v)
{
	size_t a = vary_below(v, 34), b = vary_below(v, 34), year = year_of(v);

	m->n = 0;
	switch (vary_below(v, 3)) {
	case 0:
		add_number(v, year, 4);
		vary_byte(v, '-');
		add_number(v, a % 14, 2);
		vary_byte(v, '-');
		add_number(v, b, 2);
		if (in_calendar(year, a % 14, b))
			as_day(m, v, year, a % 14, b);
		return;
	case 1:
		add_number(v, year, 4);
		vary_byte(v, '/');
		add_number(v, a % 14, 1);
		vary_byte(v, '/');
		add_number(v, b, 1);
		if (in_calendar(year, a % 14, b))
			as_day(m, v, year, a % 14, b);
		return;
	default:
		add_number(v, a, 1);
		vary_byte(v, '/');
		add_number(v, b, 1);
		vary_byte(v, '/');
		add_number(v, year, 4);
	}
	/* Month and day, or day and month; either is told as it stands. */
	if (a == b ? in_calendar(year, a, a)
		   : in_calendar(year, a, b) && !in_calendar(year, b, a))
		as_day(m, v, year, a, b);
	else if (in_calendar(year, b, a) && a > 12)
		as_day(m, v, year, b, a);
	else if (a > 0 && b > 0 && a <= 12 && b <= 12)
		as_it_stands(m, v);
}

static const char *const dashes[] = {"-", "\xe2\x80\x93"};

/* "1939-1945", "1939-45"; "2001-05" may be a month. */
static void
years(struct model *m, struct vary *v)
{
	size_t first = year_of(v), last = year_of(v);
	int full = vary_below(v, 2) == 0;
	struct str dash;

	add_number(v, first, 4);
	dash = vary_word(v, dashes, COUNT(dashes));
	add_number(v, full ? last : last % 100, full ? 4 : 2);
	if (!full)
		last = first / 100 * 100 + last % 100;
	m->n = 0;
	if (first >= last || last > 2199)
		return;
	as_it_stands(m, v);
	if (full || last % 100 > 12 || dash.n > 1)
		snprintf(
		    m->canonical, sizeof(m->canonical), "%zu/%zu", first, last);
}

/* "May 12-14, 2025", "12-14 May"; turned around they are none. */
static void
days(struct model *m, struct vary *v)
{
	static const char *const before_year[] = {" ", ", "};
	size_t name = vary_below(v, COUNT(months)), year = year_of(v);
	size_t first = 1 + vary_below(v, 33), last = 1 + vary_below(v, 33);
	int month_first = first < last && last < 32 && vary_below(v, 2) == 0;

	if (month_first) {
		vary_add(v, str_of(months[name]));
		vary_byte(v, ' ');
	}
	add_number(v, first, 1);
	vary_word(v, dashes, COUNT(dashes));
	add_number(v, last, 1);
	if (!month_first) {
		vary_byte(v, ' ');
		vary_add(v, str_of(months[name]));
	}
	if (vary_below(v, 3) == 0) {
		year = 0;
	} else {
		vary_word(v, before_year, 2);
		add_number(v, year, 4);
	}
	as_it_stands(m, v);
	if (year != 0 && in_calendar(year, name % 12 + 1, last))
		snprintf(m->canonical, sizeof(m->canonical),
		    "%04zu-%02zu-%02zu/%04zu-%02zu-%02zu", year, name % 12 + 1,
		    first, year, name % 12 + 1, last);
	if (first >= last || last > 31)
		m->n = 0;
}

static void
equals_model(void)
{
	static void (*const forms[])(struct model *, struct vary *) = {
	    day_first, month_first, weekday, numeric, years, days};
	const size_t rounds = check_count();
	struct vary v = {.state = 61};
	struct value_list list = {0};
	struct tok_list toks = {0};
	struct mem mem = {NULL, NULL};
	size_t i, none = 0;

	for (i = 0; i < rounds; i++) {
		const struct day unknown = {0, 0, 0};
		struct model m = {.n = 0};
		int found;

		v.n = 0;
		forms[vary_below(&v, COUNT(forms))](&m, &v);
		vary_add(&v, STR_LIT(", he says"));
		tok_text(&toks, vary_str(&v));
		value_find(&list, &mem, vary_str(&v), &toks, unknown);
		found = list.n > 0 && list.v[0].at == 0 &&
			list.v[0].type == VALUE_DATE;
		CHECK(found == (m.n > 0));
		if (found && m.n > 0) {
			CHECK_EQ(list.v[0].end, m.n);
			CHECK_STR(list.v[0].canonical, str_of(m.canonical));
		}
		if (check.failures > 0 && check.failures < 10)
			printf("# %.*s\n", (int)v.n, (const char *)v.p);
		none += m.n == 0;
		mem_reset(&mem);
	}
	CHECK(none > rounds / 10 && none < rounds / 2);
	mem_free(&mem);
	tok_free(&toks);
	value_free(&list);
}

int
main(void)
{
	check_case(
	    "date: days, months and years equal the model", equals_model);
	return check_done();
}
