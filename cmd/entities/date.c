/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/day.h"
#include "common/mem.h"

#include "cmd/entities/calendar.h"
#include "cmd/entities/date.h"
#include "cmd/entities/relative.h"

#define WEEK    7 /* days */
#define EN_DASH 0x2013

/* A place in the text, for functions that look at the tokens from `i` on. */
struct at {
	struct str text;
	const struct tok_list *l;
	size_t i;
	struct day base; /* that of the document; all 0 if it is not known */
};

static size_t day_first(struct at, struct day *);
static size_t month_first(struct at, struct day *);
static size_t numeric(struct at, struct day *);
static size_t year_alone(struct at, struct day *);
static size_t weekday(struct at, struct day *, size_t *from);
static int is_feast(struct at);
static void set_year(struct at, struct day *, int weekday);
static size_t century(struct at);
static size_t years(struct at);
static size_t days(struct at, struct day *, int *last);
static size_t pair(struct at, size_t, struct str *, struct str *);
static int is_amount(struct at, size_t);
static size_t season(struct at);
static size_t relative(struct at, struct mem *, size_t *from, struct str *);
static struct str word(struct at, size_t);
static int is_word(struct at, size_t, const char *);
static int is_mark(struct at, size_t, uint64_t);
static struct str iso(struct mem *, struct day, struct str text);
static struct str interval(struct mem *, struct str years);
static struct str from_to(struct mem *, struct day, int last, struct str text);
static int known_day(struct day);

size_t
date_at(struct value *v, struct mem *mem, struct str text,
    const struct tok_list *l, size_t i, struct day base)
{
	struct at at = {text, l, i, base};
	struct day day = {0, 0, 0}; /* 0 for what is not known */
	struct str told = {NULL, 0};
	size_t end = i, span = i, from = i;
	int yields = VALUE_OPENS, last = 0;

	if (l->v[i].kind == TOK_NUMBER) {
		yields = VALUE_STAYS;
		end = numeric(at, &day);
		if (end == i)
			end = century(at);
		if (end == i)
			end = span = years(at);
		if (end == i)
			end = days(at, &day, &last);
		if (end == i)
			end = day_first(at, &day);
		if (end == i)
			end = year_alone(at, &day);
		if (end == i)
			end = relative(at, mem, &from, &told);
	} else if (l->v[i].kind == TOK_WORD) {
		if (i + 1 < l->n && l->v[i + 1].kind == TOK_NUMBER)
			end = days(at, &day, &last);
		if (end == i && (l->v[i].flags & TOK_CAPITAL) != 0)
			end = month_first(at, &day);
		if (end == i && (l->v[i].flags & TOK_CAPITAL) != 0)
			end = weekday(at, &day, &from);
		if (end == i)
			end = season(at);
		if (end == i) {
			end = relative(at, mem, &from, &told);
			yields = VALUE_PART;
		}
		if (end > i + 1)
			yields = VALUE_STAYS;
	}
	if (end == i)
		return i;
	set_year(at, &day, 0);
	v->at = l->v[from].at;
	v->end = l->v[end - 1].end;
	v->type = VALUE_DATE;
	v->yields = yields;
	v->canonical = str_sub(text, v->at, v->end);
	if (span > i)
		v->canonical = interval(mem, v->canonical);
	else if (told.n > 0)
		v->canonical = told;
	else if (last > day.day)
		v->canonical = from_to(mem, day, last, v->canonical);
	else
		v->canonical = iso(mem, day, v->canonical);
	return end;
}

int
date_after_in(struct str text, const struct tok_list *l, size_t i)
{
	static const char *const words[] = {
	    "During", "In", "Since", "during", "in", "since"};

	return i > 0 && str_in(tok_str(text, &l->v[i - 1]), words,
			    sizeof(words) / sizeof(words[0]));
}

int
date_read(struct str s, struct day *d)
{
	struct day read;

	if (s.n < 10 || s.p[4] != '-' || s.p[7] != '-' ||
	    (s.n > 10 && s.p[10] != 'T'))
		return -1;
	read = (struct day){calendar_number(str_sub(s, 0, 4)),
	    calendar_number(str_sub(s, 5, 7)),
	    calendar_number(str_sub(s, 8, 10))};
	if (!known_day(read) || read.year < 1000 || read.year > 2199)
		return -1;
	*d = read;
	return 0;
}

/* "11 September 2025", "11th of September", "11 Sept." */
static size_t
day_first(struct at at, struct day *d)
{
	size_t k = at.i + 1, year;

	d->day = calendar_day(word(at, at.i));
	if (d->day == 0)
		return at.i;
	if (is_word(at, k, "of"))
		k++;
	d->month = calendar_month(word(at, k));
	if (d->month == 0)
		return at.i;
	k++;
	year = k + (size_t)is_mark(at, k, ',');
	d->year = calendar_year(word(at, year));
	return d->year != 0 ? year + 1 : k;
}

/* "September 11, 2025", "September 2025", "September" */
static size_t
month_first(struct at at, struct day *d)
{
	size_t k = at.i + 1, year;

	d->month = calendar_month(word(at, at.i));
	if (d->month == 0)
		return at.i;
	year = k + (size_t)(is_mark(at, k, ',') || is_word(at, k, "of"));
	d->year = calendar_year(word(at, year));
	if (d->year != 0)
		return year + 1;
	d->day = calendar_day(word(at, k));
	if (d->day == 0)
		d->day = calendar_ordinal(word(at, k));
	if (d->day != 0) {
		k++;
		year = k + (size_t)is_mark(at, k, ',');
		d->year = calendar_year(word(at, year));
		return d->year != 0 ? year + 1 : k;
	}
	/* Alone: words that are no month otherwise, or after "in". */
	if (d->month == 3 || d->month == 5 || d->month == 12 || d->month == 8 ||
	    word(at, at.i).n <= 4) {
		static const char *const before[] = {"in", "In", "since",
		    "Since", "by", "By", "until", "Until", "last", "Last",
		    "next", "Next", "this", "early", "late", "mid", "during",
		    "between", "from", "of", "before", "after"};
		size_t b;

		if (d->month == 8 || (d->month == 12 && word(at, at.i).n > 4))
			return k;
		for (b = 0; b < sizeof(before) / sizeof(before[0]); b++)
			if (at.i > 0 && is_word(at, at.i - 1, before[b]))
				return k;
		return at.i;
	}
	return k;
}

/* "2025-09-11", "2025/09/11", "9/11/2025" */
static size_t
numeric(struct at at, struct day *d)
{
	struct str s = word(at, at.i);
	int a, b, c;

	if (s.n == 10 && s.p[4] == '-' && s.p[7] == '-') {
		d->year = calendar_number(str_sub(s, 0, 4));
		d->month = calendar_number(str_sub(s, 5, 7));
		d->day = calendar_number(str_sub(s, 8, 10));
		return known_day(*d) ? at.i + 1 : at.i;
	}
	if (at.i + 5 > at.l->n || !is_mark(at, at.i + 1, '/') ||
	    !is_mark(at, at.i + 3, '/'))
		return at.i;
	a = calendar_number(s);
	b = calendar_number(word(at, at.i + 2));
	c = calendar_number(word(at, at.i + 4));
	if (s.n == 4)
		*d = (struct day){a, b, c};
	else if (word(at, at.i + 4).n != 4)
		return at.i;
	else if (b > 12)
		*d = (struct day){c, a, b};
	else if (a > 12)
		*d = (struct day){c, b, a};
	else /* day or month first?  The text stands for itself. */
		*d = (struct day){0, b == a ? a : 0, 0};
	if (d->year == 0 && a > 0 && b > 0 && c > 999) {
		if (a == b)
			*d = (struct day){c, a, b};
		return at.i + 5;
	}
	return known_day(*d) ? at.i + 5 : at.i;
}

/* "in 2025", "(2025)", "the 1990s", "2025 season" */
static size_t
year_alone(struct at at, struct day *d)
{
	static const char *const before[] = {"by", "By", "until", "Until",
	    "till", "from", "From", "early", "late", "mid", "after", "After",
	    "before", "Before", "between", "Between", "of", "to", "and",
	    "circa", "c", "year", "the", "The", "to", "through", "summer",
	    "winter", "autumn", "spring", "fall"};
	struct str s = word(at, at.i);
	size_t k;

	if (s.n == 5 && s.p[4] == 's' && s.p[3] == '0' &&
	    calendar_year(s) == 0) {
		int year = calendar_number(str_sub(s, 0, 4));

		return year >= 1000 && year <= 2100 ? at.i + 1 : at.i;
	}
	d->year = calendar_year(s);
	if (d->year < 1100)
		return at.i;
	if (date_after_in(at.text, at.l, at.i))
		return at.i + 1;
	if (is_amount(at, at.i + 1))
		return at.i;
	if (at.i == 0)
		return d->year >= 1900 && at.l->n > 1 &&
			       at.l->v[1].kind == TOK_WORD
			   ? at.i + 1
			   : at.i;
	if (is_mark(at, at.i - 1, '(') || is_mark(at, at.i + 1, ')'))
		return at.i + 1;
	for (k = 0; k < sizeof(before) / sizeof(before[0]); k++)
		if (is_word(at, at.i - 1, before[k]))
			return at.i + 1;
	return at.i;
}

/* "Friday", "Good Friday", "Friday, 11 September 2025" */
static size_t
weekday(struct at at, struct day *d, size_t *from)
{
	int name = calendar_weekday(word(at, at.i));
	size_t k = at.i + 1, end;

	if (name == 0)
		return at.i;
	k += (size_t)is_mark(at, k, ',');
	if (k < at.l->n) {
		struct at rest = at;

		rest.i = k;
		end = at.l->v[k].kind == TOK_NUMBER ? day_first(rest, d)
						    : month_first(rest, d);
		if (end > k && d->day != 0) {
			set_year(rest, d, name);
			return end;
		}
	}
	*d = (struct day){0, 0, 0};
	/* Mondays are any. */
	if (is_feast(at))
		--*from;
	else if (at.base.month != 0 && name <= WEEK)
		*d = relative_weekday(
		    &(struct relative){at.text, at.l, at.i, at.base}, name);
	return at.i + 1;
}

/* "Good Friday": the word before makes it a day that comes once a year. */
static int
is_feast(struct at at)
{
	static const char *const words[] = {"Ash", "Black", "Bloody", "Cyber",
	    "Easter", "Good", "Holy", "Maundy", "Palm", "Shrove", "Super",
	    "Whit"};

	return at.i > 0 && str_in(tok_str(at.text, &at.l->v[at.i - 1]), words,
			       sizeof(words) / sizeof(words[0]));
}

/* Tell the year of a month or day that has none, if the document's day does;
 * `weekday` is 0 for any. */
static void
set_year(struct at at, struct day *d, int weekday)
{
	if (at.base.month == 0 || d->year != 0 || d->month == 0)
		return;
	d->year = relative_year(
	    &(struct relative){at.text, at.l, at.i, at.base}, *d, weekday);
}

/* "19th century" */
static size_t
century(struct at at)
{
	size_t k = at.i + 1;

	if (calendar_day(word(at, at.i)) == 0 || word(at, at.i).n < 3)
		return at.i;
	return is_word(at, k, "century") || is_word(at, k, "centuries") ? k + 1
									: at.i;
}

/* "1939-1945", "1939-45" */
static size_t
years(struct at at)
{
	struct str a, b;
	size_t end = pair(at, at.i, &a, &b);
	int first, last;

	if (end == at.i || is_amount(at, end))
		return at.i;
	first = calendar_year(a);
	last = calendar_number(b);
	if (b.n == 2)
		last += first / 100 * 100;
	else if (b.n != 4)
		return at.i;
	return first != 0 && first < last && last < 2200 ? end : at.i;
}

/* "May 12-14, 2025", "12-14 May 2025" */
static size_t
days(struct at at, struct day *d, int *last)
{
	int month = calendar_month(word(at, at.i));
	size_t k = at.i + (size_t)(month != 0), end, year;
	struct str a, b;

	end = pair(at, k, &a, &b);
	if (end == k || is_amount(at, end))
		return at.i;
	if (month == 0)
		month = calendar_month(word(at, end++));
	*last = calendar_day(b);
	if (month == 0 || calendar_day(a) == 0 || calendar_day(a) >= *last)
		return at.i;
	year = end + (size_t)is_mark(at, end, ',');
	*d =
	    (struct day){calendar_year(word(at, year)), month, calendar_day(a)};
	return d->year != 0 ? year + 1 : end;
}

/* Read two numbers with a hyphen or an en dash between them; returns the token
 * behind, or `i` if there are none. */
static size_t
pair(struct at at, size_t i, struct str *a, struct str *b)
{
	struct str s = word(at, i);
	size_t n = 0;

	if (i >= at.l->n || at.l->v[i].kind != TOK_NUMBER)
		return i;
	while (n < s.n && s.p[n] != '-')
		n++;
	*a = str_sub(s, 0, n);
	if (n < s.n) {
		*b = str_sub(s, n + 1, s.n);
		return i + 1;
	}
	*b = word(at, i + 2);
	return is_mark(at, i + 1, EN_DASH) && i + 2 < at.l->n &&
		       at.l->v[i + 2].kind == TOK_NUMBER &&
		       (at.l->v[i + 1].flags & at.l->v[i + 2].flags &
			   TOK_GLUED) != 0
		   ? i + 3
		   : i;
}

/* "2025 people": whether token `i` says what the number before it counts. */
static int
is_amount(struct at at, size_t i)
{
	static const char *const things[] = {"people", "men", "women", "km",
	    "miles", "dollars", "euros", "years", "troops", "soldiers", "jobs",
	    "times", "children", "feet", "meters", "metres", "pounds",
	    "members", "employees", "students", "workers", "votes", "homes",
	    "houses", "per", "percent", "hours", "points", "of"};
	size_t k;

	for (k = 0; k < sizeof(things) / sizeof(things[0]); k++)
		if (is_word(at, i, things[k]))
			return 1;
	return 0;
}

/* "summer 2008", "spring of 2000" */
static size_t
season(struct at at)
{
	static const char *const seasons[] = {"spring", "Spring", "summer",
	    "Summer", "autumn", "Autumn", "winter", "Winter"};
	struct str s = word(at, at.i);
	size_t k, year = at.i + 1;

	if (s.n != 6)
		return at.i;
	for (k = 0; k < sizeof(seasons) / sizeof(seasons[0]); k++)
		if (str_eq(s, str_of(seasons[k])))
			break;
	if (k == sizeof(seasons) / sizeof(seasons[0]))
		return at.i;
	year += (size_t)is_word(at, year, "of");
	return calendar_year(word(at, year)) != 0 ? year + 1 : at.i;
}

static size_t
relative(struct at at, struct mem *mem, size_t *from, struct str *told)
{
	return relative_at(
	    &(struct relative){at.text, at.l, at.i, at.base}, mem, from, told);
}

/* The bytes of token `i`; the empty slice behind the last one. */
static struct str
word(struct at at, size_t i)
{
	if (i >= at.l->n)
		return (struct str){NULL, 0};
	return tok_str(at.text, &at.l->v[i]);
}

static int
is_word(struct at at, size_t i, const char *s)
{
	return i < at.l->n && str_eq(word(at, i), str_of(s));
}

static int
is_mark(struct at at, size_t i, uint64_t mark)
{
	return i < at.l->n && at.l->v[i].kind == TOK_MARK &&
	       at.l->v[i].hash == mark;
}

/* The date as ISO 8601 writes it, or `text` if its year is not known. */
static struct str
iso(struct mem *mem, struct day d, struct str text)
{
	unsigned char *to;
	size_t i, n = d.month == 0 ? 4 : d.day == 0 ? 7 : 10;
	int v[3] = {d.year, d.month, d.day};

	if (d.year == 0 || (d.day != 0 && !known_day(d)))
		return text;
	to = mem_new(mem, 10, 1);
	for (i = 0; i < 4; i++, v[0] /= 10)
		to[3 - i] = (unsigned char)('0' + v[0] % 10);
	for (i = 1; i < 3; i++) {
		to[1 + 3 * i] = '-';
		to[2 + 3 * i] = (unsigned char)('0' + v[i] / 10);
		to[3 + 3 * i] = (unsigned char)('0' + v[i] % 10);
	}
	return (struct str){to, n};
}

/* "1939/1945" for "1939-45"; "2008-09" may be a month and stays. */
static struct str
interval(struct mem *mem, struct str years)
{
	struct str last = str_sub(years, years.p[4] == '-' ? 5 : 7, years.n);
	unsigned char *to;

	if (years.p[4] == '-' && last.n == 2 && calendar_number(last) <= 12)
		return years;
	to = mem_new(mem, 9, 1);
	memcpy(to, years.p, 4);
	to[4] = '/';
	memcpy(to + 5, years.p, 4);
	memcpy(to + 9 - last.n, last.p, last.n);
	return (struct str){to, 9};
}

/* "2025-05-12/2025-05-14", or `text` if either is not known. */
static struct str
from_to(struct mem *mem, struct day d, int last, struct str text)
{
	struct str from = iso(mem, d, text), till;
	unsigned char *to;

	d.day = last;
	till = iso(mem, d, text);
	if (from.p == text.p || till.p == text.p)
		return text;
	to = mem_new(mem, from.n + 1 + till.n, 1);
	memcpy(to, from.p, from.n);
	to[from.n] = '/';
	memcpy(to + from.n + 1, till.p, till.n);
	return (struct str){to, from.n + 1 + till.n};
}

/* Whether the calendar has that day. */
static int
known_day(struct day d)
{
	return d.year != 0 && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
	       d.day <= day_month_length(d.year, d.month);
}
