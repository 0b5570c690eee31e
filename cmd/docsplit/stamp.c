/* SPDX-License-Identifier: ISC */
#include <stdint.h>

#include "common/day.h"

#include "cmd/docsplit/stamp.h"

/* What is left to read of a date. */
struct scan {
	const unsigned char *p, *end;
};

struct when {
	int year, month, day; /* month and day from 1 */
	int hour, minute, second;
	int east; /* minutes that its clock is ahead of UTC */
	int has_year, has_time, has_zone;
};

struct zone {
	const char *name;
	int hours;
};

/* Those of RFC 5322, section 4.3, then those that the tz database gives to one
 * offset alone; any other name may mean several. */
static const struct zone zones[] = {
    {"Z", 0},
    {"UT", 0},
    {"GMT", 0},
    {"UTC", 0},
    {"EDT", -4},
    {"EST", -5},
    {"CDT", -5},
    {"CST", -6},
    {"MDT", -6},
    {"MST", -7},
    {"PDT", -7},
    {"PST", -8},
    {"AKDT", -8},
    {"AKST", -9},
    {"WET", 0},
    {"WEST", 1},
    {"BST", 1},
    {"CET", 1},
    {"MET", 1},
    {"CEST", 2},
    {"MEST", 2},
    {"EET", 2},
    {"SAST", 2},
    {"EEST", 3},
    {"HKT", 8},
    {"JST", 9},
    {"KST", 9},
    {"AEST", 10},
    {"AEDT", 11},
    {"NZST", 12},
    {"NZDT", 13},
};

static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
static const char weekdays[] = "sunmontuewedthufrisat";

static int read_digits(struct scan *, struct when *);
static int read_iso(struct scan *, struct when *);
static int read_words(struct scan *, struct when *);
static int read_day(struct scan *, struct when *);
static int read_rest(struct scan *, struct when *);
static int read_clock(struct scan *, struct when *);
static int read_half(struct scan *, struct when *);
static int read_fields(struct scan *, const int *, int *, int);
static int read_zone(struct scan *, struct when *);
static int read_offset(struct scan *, struct when *);
static void unix_time(struct when *, int64_t);
static size_t put(unsigned char *, const struct when *);
static void set_day(struct when *, int64_t);
static size_t count_digits(const struct scan *);
static int number(struct scan *, size_t);
static int small(struct scan *);
static struct str word(struct scan *);
static int among(struct str, const char *, size_t);
static int same(struct str, const char *);
static void skip_space(struct scan *);
static void skip_comment(struct scan *);
static int at(const struct scan *, size_t);
static int is_letter(int);
static int is_digit(int);

size_t
stamp_iso(unsigned char to[STAMP_MAX], struct str s)
{
	struct scan scan;
	struct when when = {.month = 1, .day = 1};
	size_t digits;
	int good;

	if (s.n == 0)
		return 0;
	scan = (struct scan){s.p, s.p + s.n};
	skip_space(&scan);
	digits = count_digits(&scan);
	if (digits == 4 && (at(&scan, 4) == '-' || at(&scan, 4) == '/'))
		good = read_iso(&scan, &when);
	else if (digits >= 8)
		good = read_digits(&scan, &when);
	else
		good = read_words(&scan, &when);
	skip_space(&scan);
	if (!good || scan.p < scan.end)
		return 0;
	return put(to, &when);
}

/* Dates that begin with eight digits or more. */
static int
read_digits(struct scan *s, struct when *w)
{
	static const int of_date[] = {4, 2, 2}, of_time[] = {2, 2, 2};
	size_t n = count_digits(s);
	int date[3], time[3] = {0, 0, 0};
	int64_t seconds = 0;
	size_t i;

	if (n == 10 || n == 13) {
		for (i = 0; i < 10; i++)
			seconds = 10 * seconds + (*s->p++ - '0');
		s->p += n - 10;
		if (at(s, 0) == '.' && is_digit(at(s, 1))) {
			s->p++;
			s->p += count_digits(s);
		}
		unix_time(w, seconds);
		return 1;
	}
	if (n != 8 && n != 14)
		return 0;
	read_fields(s, of_date, date, 3);
	w->year = date[0];
	w->month = date[1];
	w->day = date[2];
	w->has_year = 1;
	if (n == 8) {
		if (at(s, 0) != 'T')
			return 1;
		s->p++;
		if (count_digits(s) != 4 && count_digits(s) != 6)
			return 0;
	}
	read_fields(s, of_time, time, count_digits(s) == 4 ? 2 : 3);
	w->hour = time[0];
	w->minute = time[1];
	w->second = time[2];
	w->has_time = 1;
	return read_zone(s, w);
}

/* Read `n` numbers of so many digits each, which are known to be there. */
static int
read_fields(struct scan *s, const int *digits, int *value, int n)
{
	int i;

	for (i = 0; i < n; i++)
		value[i] = number(s, (size_t)digits[i]);
	return n;
}

static int
read_iso(struct scan *s, struct when *w)
{
	int mark = at(s, 4);

	w->year = number(s, 4);
	w->has_year = 1;
	s->p++;
	w->month = small(s);
	if (at(s, 0) != mark)
		return 0;
	s->p++;
	w->day = small(s);
	if (at(s, 0) == 'T' || at(s, 0) == 't')
		s->p++;
	else
		skip_space(s);
	if (s->p == s->end)
		return s->p[-1] != 'T' && s->p[-1] != 't';
	return read_clock(s, w) && read_zone(s, w);
}

/* Dates with a month's name. */
static int
read_words(struct scan *s, struct when *w)
{
	struct scan before = *s;
	struct str name = word(s);

	if (name.n > 0 && among(name, weekdays, 7) < 0)
		*s = before;
	skip_space(s);
	if (at(s, 0) == ',' || at(s, 0) == '.')
		s->p++;
	skip_space(s);
	return read_day(s, w) && read_rest(s, w) && w->has_year;
}

/* Day and month, in either order. */
static int
read_day(struct scan *s, struct when *w)
{
	int first = is_digit(at(s, 0)), month;

	if (first)
		w->day = small(s);
	/* HTTP once wrote 06-Nov-94. */
	if (at(s, 0) == '-')
		s->p++;
	skip_space(s);
	if ((month = among(word(s), months, 12)) < 0)
		return 0;
	w->month = month + 1;
	if (at(s, 0) == '-' || at(s, 0) == '.' || at(s, 0) == ',')
		s->p++;
	skip_space(s);
	if (!first) {
		w->day = small(s);
		if (at(s, 0) == ',')
			s->p++;
	}
	return 1;
}

/* Year, time of day and zone, in any order; mail and asctime differ. */
static int
read_rest(struct scan *s, struct when *w)
{
	for (;;) {
		size_t n;

		skip_space(s);
		n = count_digits(s);
		if (s->p == s->end)
			return 1;
		if (n > 0 && n <= 2 && !w->has_time && w->has_year) {
			if (!read_clock(s, w))
				return 0;
		} else if (n > 0 && n <= 2 && at(s, n) == ':') {
			if (w->has_time || !read_clock(s, w))
				return 0;
		} else if (n >= 2 && n <= 4 && !w->has_year) {
			w->year = number(s, n);
			/* RFC 5322, section 4.3. */
			if (n == 3 || (n == 2 && w->year >= 50))
				w->year += 1900;
			else if (n == 2)
				w->year += 2000;
			w->has_year = 1;
		} else if (n > 0 || !w->has_time || !read_zone(s, w)) {
			return 0;
		}
	}
}

/* `HH:MM`, with seconds and their fraction or without. */
static int
read_clock(struct scan *s, struct when *w)
{
	int mark;

	w->hour = small(s);
	skip_space(s);
	/* Some mailers wrote 10.30.00. */
	mark = at(s, 0);
	if (mark != ':' && mark != '.')
		return 0;
	s->p++;
	skip_space(s);
	w->minute = small(s);
	w->has_time = 1;
	skip_space(s);
	if (at(s, 0) != mark)
		return read_half(s, w);
	s->p++;
	skip_space(s);
	w->second = small(s);
	if ((at(s, 0) == '.' || at(s, 0) == ',') && is_digit(at(s, 1))) {
		s->p++;
		s->p += count_digits(s);
	}
	skip_space(s);
	return read_half(s, w);
}

/* AM or PM, with dots or without, if it is there; returns 0 if it cannot be. */
static int
read_half(struct scan *s, struct when *w)
{
	const int half = at(s, 0) | 0x20;
	const size_t dot = at(s, 1) == '.';

	if ((half != 'a' && half != 'p') || (at(s, 1 + dot) | 0x20) != 'm' ||
	    is_letter(at(s, 2 + dot)))
		return 1;
	s->p += 2 + dot;
	if (dot > 0 && at(s, 0) == '.')
		s->p++;
	if (w->hour == 12)
		w->hour = 0;
	if (half == 'p' && w->hour < 12)
		w->hour += 12;
	/* Some write the hour of 24 and PM. */
	return half == 'p' || w->hour < 12;
}

/* A zone by name, by number, or both; nothing is UTC. */
static int
read_zone(struct scan *s, struct when *w)
{
	struct str name;
	size_t i;

	skip_space(s);
	if (s->p == s->end)
		return 1;
	if (at(s, 0) == '+' || at(s, 0) == '-')
		return read_offset(s, w);
	if ((name = word(s)).n == 0)
		return 0;
	/* What is said twice ("+0100 CET") was said by the number. */
	if (w->has_zone)
		return 1;
	for (i = 0; i < sizeof(zones) / sizeof(*zones); i++)
		if (same(name, zones[i].name))
			break;
	if (i == sizeof(zones) / sizeof(*zones))
		return 0;
	w->east = zones[i].hours * 60;
	if ((at(s, 0) == '+' || at(s, 0) == '-') &&
	    (same(name, "GMT") || same(name, "UTC")))
		return read_offset(s, w);
	w->has_zone = 1;
	return 1;
}

/* `+hhmm`, `+hh:mm` or `+hh`. */
static int
read_offset(struct scan *s, struct when *w)
{
	int sign = *s->p++ == '-' ? -1 : 1;
	size_t n = count_digits(s);
	int hours, minutes = 0;

	if (w->has_zone || (n != 1 && n != 2 && n != 4))
		return 0;
	hours = number(s, n == 1 ? 1 : 2);
	if (n == 4)
		minutes = number(s, 2);
	else if (at(s, 0) == ':') {
		s->p++;
		minutes = small(s);
	}
	if (hours > 23 || minutes < 0 || minutes > 59)
		return 0;
	w->east = sign * (60 * hours + minutes);
	w->has_zone = 1;
	return 1;
}

static void
unix_time(struct when *w, int64_t seconds)
{
	set_day(w, seconds / 86400);
	seconds %= 86400;
	w->hour = (int)(seconds / 3600);
	w->minute = (int)(seconds / 60 % 60);
	w->second = (int)(seconds % 60);
	w->has_year = w->has_time = 1;
}

/* Check the fields, go to UTC, and write. */
static size_t
put(unsigned char *to, const struct when *when)
{
	static const char shape[] = "0000-00-00T00:00:00Z";
	struct when w = *when;
	int value[6], i, k, n;
	int64_t minutes;

	/* A leap second and 24:00:00 are the first of the next minute. */
	if (w.month < 1 || w.month > 12 || w.day < 1 ||
	    w.day > day_month_length(w.year, w.month) || w.hour < 0 ||
	    w.hour > 24 || w.minute < 0 || w.minute > 59 || w.second < 0 ||
	    w.second > 60 || (w.hour == 24 && w.minute + w.second > 0))
		return 0;
	minutes = day_count((struct day){w.year, w.month, w.day}) * 1440 +
		  (int64_t)60 * w.hour + w.minute - w.east;
	if (w.second == 60) {
		w.second = 0;
		minutes++;
	}
	/* The day of a negative number of minutes begins below it. */
	set_day(&w, (minutes - (minutes < 0 ? 1439 : 0)) / 1440);
	if (w.year < 0 || w.year > 9999)
		return 0;
	minutes = ((minutes % 1440) + 1440) % 1440;
	value[0] = w.year;
	value[1] = w.month;
	value[2] = w.day;
	value[3] = (int)minutes / 60;
	value[4] = (int)minutes % 60;
	value[5] = w.second;
	n = w.has_time ? 20 : 10;
	for (i = n - 1, k = w.has_time ? 5 : 2; i >= 0; i--) {
		to[i] = (unsigned char)shape[i];
		if (shape[i] == '0') {
			to[i] = (unsigned char)('0' + value[k] % 10);
			value[k] /= 10;
		} else if (shape[i] != 'Z') {
			k--;
		}
	}
	return (size_t)n;
}

/* The day that is so many after 1970-01-01. */
static void
set_day(struct when *w, int64_t count)
{
	struct day d = day_at(count);

	w->year = d.year;
	w->month = d.month;
	w->day = d.day;
}

static size_t
count_digits(const struct scan *s)
{
	size_t n = 0;

	while (is_digit(at(s, n)))
		n++;
	return n;
}

/* The next `n` digits, which are known to be there. */
static int
number(struct scan *s, size_t n)
{
	int value = 0;

	for (; n > 0; n--)
		value = 10 * value + (*s->p++ - '0');
	return value;
}

/* A number of one digit or two, or -1, which is out of every range. */
static int
small(struct scan *s)
{
	size_t n = count_digits(s);

	return n == 1 || n == 2 ? number(s, n) : -1;
}

static struct str
word(struct scan *s)
{
	struct str w = {s->p, 0};

	while (is_letter(at(s, 0))) {
		s->p++;
		w.n++;
	}
	return w;
}

/* Which name of the list, three letters each, `w` begins with, or -1. */
static int
among(struct str w, const char *list, size_t n)
{
	size_t i, k;

	if (w.n < 3)
		return -1;
	for (i = 0; i < n; i++) {
		for (k = 0; k < 3; k++)
			if ((w.p[k] | 0x20) != list[3 * i + k])
				break;
		if (k == 3)
			return (int)i;
	}
	return -1;
}

/* Whether `w` is `name`, which is upper case, in any case. */
static int
same(struct str w, const char *name)
{
	size_t i;

	for (i = 0; i < w.n; i++)
		if ((w.p[i] & ~0x20) != name[i])
			return 0;
	return name[w.n] == '\0';
}

/* White space and comments. */
static void
skip_space(struct scan *s)
{
	for (;;) {
		int c = at(s, 0);

		if (str_white(c))
			s->p++;
		else if (c == '(')
			skip_comment(s);
		else
			return;
	}
}

/* Comments nest; one that is never closed goes to the end. */
static void
skip_comment(struct scan *s)
{
	size_t depth = 0;

	while (s->p < s->end) {
		int c = *s->p++;

		if (c == '\\' && s->p < s->end)
			s->p++;
		else if (c == '(')
			depth++;
		else if (c == ')' && --depth == 0)
			return;
	}
}

/* The byte `n` further on, or -1 behind the end. */
static int
at(const struct scan *s, size_t n)
{
	return (size_t)(s->end - s->p) > n ? s->p[n] : -1;
}

static int
is_letter(int c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static int
is_digit(int c)
{
	return c >= '0' && c <= '9';
}
