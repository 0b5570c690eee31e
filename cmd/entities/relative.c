/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "cmd/entities/number.h"
#include "cmd/entities/relative.h"

/* Words before a day of the week that are looked at for what is to come. */
#define AHEAD_WORDS 10
/* Years before and behind that a day of the month may be of. */
#define YEARS_NEAR 3

enum unit { DAY, WEEKEND, WEEK, MONTH, YEAR, UNITS };

static size_t told_by_word(
    const struct relative *, struct mem *, size_t *from, struct str *iso);
static size_t told_by_step(const struct relative *, struct mem *, struct str *);
static size_t
told_by_count(const struct relative *, struct mem *, struct str *);
static int next_but_one(const struct relative *, int by);
static int step(struct str);
static int unit(struct str);
static int count(struct str, const struct tok *);
static void
put(const struct relative *, struct mem *, enum unit, int by, struct str *iso);
static size_t put_day(unsigned char *, struct day, size_t n);
static void put_digits(unsigned char *, int value, size_t n);
static int is_ahead(const struct relative *);
static struct str word(const struct relative *, size_t);

size_t
relative_at(
    const struct relative *r, struct mem *mem, size_t *from, struct str *iso)
{
	size_t end = told_by_word(r, mem, from, iso);

	if (end == r->i && r->base.month != 0)
		end = told_by_step(r, mem, iso);
	if (end == r->i && r->base.month != 0)
		end = told_by_count(r, mem, iso);
	return end;
}

struct day
relative_weekday(const struct relative *r, int weekday)
{
	int64_t base = day_count(r->base);
	int back = (day_of_week(base) - weekday + 7) % 7;
	int by = r->i == 0 ? 2 : step(word(r, r->i - 1));

	/* That of this week is meant. */
	if (by == 0)
		return day_at(base - day_of_week(base) + weekday);
	if (by == 1 || (by == 2 && is_ahead(r)))
		return day_at(base - back + 7);
	if (by == -1 && back == 0)
		back = 7;
	return day_at(base - back);
}

int
relative_year(const struct relative *r, struct day d, int weekday)
{
	int by = r->i == 0 ? 2 : step(word(r, r->i - 1)), best = r->base.year;
	int64_t base = day_count(r->base), least = INT64_MAX;

	if (d.day == 0) {
		int months = d.month - r->base.month;

		if (by == 1)
			return best + (months <= 0);
		if (by == -1)
			return best - (months >= 0);
		if (by == 0)
			return best;
		return best + (months < -6) - (months >= 6);
	}
	for (d.year = best - YEARS_NEAR; d.year <= r->base.year + YEARS_NEAR;
	     d.year++) {
		int64_t then = day_count(d), off;

		if (d.day > day_month_length(d.year, d.month))
			continue;
		off = then < base ? base - then : then - base;
		/* A wrong day of the week is worse than any distance. */
		if (weekday != 0 && day_of_week(then) != weekday)
			off += (int64_t)366 * 2 * YEARS_NEAR;
		if (off < least) {
			least = off;
			best = d.year;
		}
	}
	return best;
}

static size_t
told_by_word(
    const struct relative *r, struct mem *mem, size_t *from, struct str *iso)
{
	static const struct {
		const char *name;
		int by; /* days from `base` */
	} words[] = {{"today", 0}, {"yesterday", -1}, {"tomorrow", 1},
	    {"tonight", 0}, {"Today", 0}, {"Yesterday", -1}, {"Tomorrow", 1},
	    {"Tonight", 0}};
	struct str s = word(r, r->i);
	int by, far;
	size_t k;

	*from = r->i;
	if (s.n < 5 || ((s.p[0] | 0x20) != 't' && (s.p[0] | 0x20) != 'y'))
		return r->i;
	for (k = 0; k < sizeof(words) / sizeof(words[0]); k++)
		if (str_eq(s, str_of(words[k].name)))
			break;
	if (k == sizeof(words) / sizeof(words[0]))
		return r->i;
	by = words[k].by;
	far = next_but_one(r, by);
	*from -= (size_t)(2 * far);
	if (r->base.month != 0)
		put(r, mem, DAY, by * (1 + far), iso);
	return r->i + 1;
}

/* Whether "day before" or "day after" makes it one day more. */
static int
next_but_one(const struct relative *r, int by)
{
	return by != 0 && r->i >= 2 &&
	       str_eq(word(r, r->i - 1),
		   by < 0 ? STR_LIT("before") : STR_LIT("after")) &&
	       str_eq(word(r, r->i - 2), STR_LIT("day"));
}

/* "last week", "this month", "next year" */
static size_t
told_by_step(const struct relative *r, struct mem *mem, struct str *iso)
{
	int by = step(word(r, r->i)), what = unit(word(r, r->i + 1));

	if (by > 1 || what == UNITS || what == DAY)
		return r->i;
	put(r, mem, (enum unit)what, by, iso);
	return r->i + 2;
}

/* "two days ago" */
static size_t
told_by_count(const struct relative *r, struct mem *mem, struct str *iso)
{
	int what = unit(word(r, r->i + 1)), n;

	if (what == UNITS || what == WEEKEND ||
	    !str_eq(word(r, r->i + 2), STR_LIT("ago")))
		return r->i;
	n = count(word(r, r->i), &r->l->v[r->i]);
	if (n == 0 || (what == YEAR && n >= r->base.year))
		return r->i;
	put(r, mem, (enum unit)what, -n, iso);
	return r->i + 3;
}

/* -1 for "last", 0 for "this", 1 for "next", else 2. */
static int
step(struct str s)
{
	static const char *const words[] = {
	    "last", "Last", "this", "This", "next", "Next", "coming"};
	size_t k;

	for (k = 0; k < sizeof(words) / sizeof(words[0]); k++)
		if (str_eq(s, str_of(words[k])))
			return k < 2 ? -1 : k >= 4;
	return 2;
}

/* The unit of time that a word names, or UNITS. */
static int
unit(struct str s)
{
	static const char *const words[UNITS] = {
	    "day", "weekend", "week", "month", "year"};
	size_t k;

	if (s.n > 0 && s.p[s.n - 1] == 's')
		s.n--;
	for (k = 0; k < UNITS; k++)
		if (str_eq(s, str_of(words[k])))
			break;
	return (int)k;
}

/* 1 to 999 for "a", "Two" and "12", else 0. */
static int
count(struct str s, const struct tok *t)
{
	size_t k;
	int n = 0;

	if (t->kind == TOK_NUMBER) {
		for (k = 0; k < s.n && s.n <= 3; k++)
			n = s.p[k] < '0' || s.p[k] > '9'
				? -1000
				: 10 * n + s.p[k] - '0';
		return n < 0 ? 0 : n;
	}
	if (s.n == 1 && (s.p[0] | 0x20) == 'a')
		return 1;
	return number_of_word(s);
}

/* Write what is `by` units from `base`. */
static void
put(const struct relative *r, struct mem *mem, enum unit what, int by,
    struct str *iso)
{
	unsigned char *to = mem_new(mem, 24, 1);
	int64_t days = day_count(r->base);
	int year, week, months;
	struct day d = r->base;
	size_t n = 0;

	switch (what) {
	case WEEK:
		week = day_week(days + (int64_t)7 * by, &year);
		put_digits(to, year, 4);
		to[4] = '-';
		to[5] = 'W';
		put_digits(to + 6, week, 2);
		n = 8;
		break;
	case WEEKEND:
		days += (int64_t)7 * by + 6 - day_of_week(days);
		n = put_day(to, day_at(days), 10);
		to[n++] = '/';
		n += put_day(to + n, day_at(days + 1), 10);
		break;
	case MONTH:
		months = 12 * d.year + d.month - 1 + by;
		n = put_day(
		    to, (struct day){months / 12, months % 12 + 1, 1}, 7);
		break;
	case YEAR:
		n = put_day(to, (struct day){d.year + by, 1, 1}, 4);
		break;
	default:
		n = put_day(to, day_at(days + by), 10);
	}
	*iso = (struct str){to, n};
}

/* The first `n` bytes of a day as ISO 8601 writes it. */
static size_t
put_day(unsigned char *to, struct day d, size_t n)
{
	put_digits(to, d.year, 4);
	if (n > 4) {
		to[4] = '-';
		put_digits(to + 5, d.month, 2);
	}
	if (n > 7) {
		to[7] = '-';
		put_digits(to + 8, d.day, 2);
	}
	return n;
}

static void
put_digits(unsigned char *to, int value, size_t n)
{
	for (; n > 0; value /= 10)
		to[--n] = (unsigned char)('0' + value % 10);
}

/* Whether the words before speak of what is to come, back to a mark. */
static int
is_ahead(const struct relative *r)
{
	static const char *const words[] = {"due", "expected", "plans",
	    "scheduled", "shall", "till", "until", "will"};
	size_t k;

	for (k = 1; k <= AHEAD_WORDS && k <= r->i; k++) {
		const struct tok *t = &r->l->v[r->i - k];

		if (t->kind == TOK_MARK)
			return 0;
		if (str_in(tok_str(r->text, t), words,
			sizeof(words) / sizeof(words[0])))
			return 1;
	}
	return 0;
}

/* The bytes of token `i`; the empty slice behind the last one. */
static struct str
word(const struct relative *r, size_t i)
{
	if (i >= r->l->n)
		return (struct str){NULL, 0};
	return tok_str(r->text, &r->l->v[i]);
}
