/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <time.h>

#include "cmd/docsplit/stamp.h"

#include "tests/unit/check.h"

/* Seconds of the year 0 and behind the year 9999, from 1970. */
#define FIRST (-62167219200)
#define LAST  253402300800

struct pair {
	const char *in, *out;
};

static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
static const char *const days[] = {
    "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

static void
same(const char *in, const char *out)
{
	unsigned char to[STAMP_MAX];
	size_t n = stamp_iso(to, str_of(in));

	if (!str_eq((struct str){to, n}, str_of(out))) {
		printf("# %s is %.*s\n", in, (int)n, (const char *)to);
		CHECK_STR(((struct str){to, n}), str_of(out));
	}
}

static void
same_all(const struct pair *v, size_t n)
{
	for (; n > 0; n--, v++)
		same(v->in, v->out);
}

static void
mail(void)
{
	static const struct pair v[] = {
	    {"Tue, 9 Jun 2009 23:58:45 -0400", "2009-06-10T03:58:45Z"},
	    {"9 Jun 2009 23:58 -0400", "2009-06-10T03:58:00Z"},
	    {" tue,9 june 2009 23:58:45 +0000 ", "2009-06-09T23:58:45Z"},
	    {"Tue, 9 Jun 2009 23:58:45", "2009-06-09T23:58:45Z"},
	    {"1 Jan 49 00:00 GMT", "2049-01-01T00:00:00Z"},
	    {"1 Jan 50 00:00 UT", "1950-01-01T00:00:00Z"},
	    {"1 Jan 101 00:00 Z", "2001-01-01T00:00:00Z"},
	    {"1 Jan 2001 00:00 EST", "2001-01-01T05:00:00Z"},
	    {"1 Jan 2001 00:00 pdt", "2001-01-01T07:00:00Z"},
	    {"1 Jan 2001 00:00 CET", "2000-12-31T23:00:00Z"},
	    {"1 Jan 2001 00:00 +0300 MSK", "2000-12-31T21:00:00Z"},
	    {"1 Jan 2001 00:00 +0100 (CET)", "2000-12-31T23:00:00Z"},
	    {"1 Jan 2001 00:00 +0100 CET", "2000-12-31T23:00:00Z"},
	    {"1 (a (b) \\) c) Jan(x)2001 00 : 00 : 07 (",
		"2001-01-01T00:00:07Z"},
	    {"Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z"},
	    {"31 Dec 1998 23:59:60 -0000", "1999-01-01T00:00:00Z"},
	    {"9 Jun 2009", "2009-06-09"},
	};

	same_all(v, sizeof(v) / sizeof(*v));
}

static void
iso(void)
{
	static const struct pair v[] = {
	    {"2020-03-29", "2020-03-29"},
	    {"2020-03-29T09:04:10Z", "2020-03-29T09:04:10Z"},
	    {"2020-03-29t09:04:10z", "2020-03-29T09:04:10Z"},
	    {"2020-03-29 09:04:10", "2020-03-29T09:04:10Z"},
	    {"2020-03-29T09:04:10.999+02:00", "2020-03-29T07:04:10Z"},
	    {"2020-03-29T09:04:10,5-0230", "2020-03-29T11:34:10Z"},
	    {"2020-03-29 09:04:10 +02", "2020-03-29T07:04:10Z"},
	    {"2020-03-29 09:04:10 UTC", "2020-03-29T09:04:10Z"},
	    {"2020/03/29 09:04", "2020-03-29T09:04:00Z"},
	    {"2020-03-29T24:00:00Z", "2020-03-30T00:00:00Z"},
	    {"20200329", "2020-03-29"},
	    {"20200329T090410Z", "2020-03-29T09:04:10Z"},
	    {"20200329T0904+0200", "2020-03-29T07:04:00Z"},
	    {"20200329090410", "2020-03-29T09:04:10Z"},
	    {"1585472650", "2020-03-29T09:04:10Z"},
	    {"1585472650.75", "2020-03-29T09:04:10Z"},
	    {"1585472650999", "2020-03-29T09:04:10Z"},
	    {"2000-02-29T00:30+01:00", "2000-02-28T23:30:00Z"},
	};

	same_all(v, sizeof(v) / sizeof(*v));
}

static void
others(void)
{
	static const struct pair v[] = {
	    {"Tue Mar 04 03:33:20 2003", "2003-03-04T03:33:20Z"},
	    {"Tue Mar  4 03:33:20 EST 2003", "2003-03-04T08:33:20Z"},
	    {"Tue Mar  4 03:33:20 2003 +0100", "2003-03-04T02:33:20Z"},
	    {"Sun Mar 29 2020 09:04:10 GMT+0200 (CEST)",
		"2020-03-29T07:04:10Z"},
	    {"March 29, 2020", "2020-03-29"},
	    {"Jan 5, 2026 3:00 PM EST", "2026-01-05T20:00:00Z"},
	    {"9 May 2026 5.42 p.m. BST", "2026-05-09T16:42:00Z"},
	    {"May 9, 2026 5:42:07pm", "2026-05-09T17:42:07Z"},
	    {"May 9 12:30 am 2026", "2026-05-09T00:30:00Z"},
	    {"2026-05-09 12:00 AM", "2026-05-09T00:00:00Z"},
	    {"2026-05-09 12:00 P.M", "2026-05-09T12:00:00Z"},
	    {"2026-05-09 11:59:59.5 A.M. +02:00", "2026-05-09T09:59:59Z"},
	    {"2026-05-09 17:42 PM", "2026-05-09T17:42:00Z"},
	    {"2026-05-09 17:42 cest", "2026-05-09T15:42:00Z"},
	    {"2026-05-09T17:42 NZST", "2026-05-09T05:42:00Z"},
	};

	same_all(v, sizeof(v) / sizeof(*v));
}

static void
refused(void)
{
	static const char *const v[] = {"", " ", "()", "yesterday", "2020",
	    "2020-03", "2020-13-01", "2020-00-10", "2020-02-30", "2019-02-29",
	    "1900-02-29", "2020-03-29T", "2020-03-29T25:00", "2020-03-29T24:01",
	    "2020-03-29T09:60", "2020-03-29T09:04:61", "2020-03-29T09",
	    "2020-03-29T09:04 nonsense here", "2020-03/29", "202003290904",
	    "20201329090410", "20200329T09", "158547265", "30 Feb 2001 10:00",
	    "0 Jan 2001 10:00", "32 Jan 2001 10:00", "1 Foo 2001 10:00",
	    "Mar 2003", "1 Jan 10:00", "1 Jan 2001 10:00 +9900",
	    "1 Jan 2001 10:00 +0260", "1 Jan 2001 10:00 11:00",
	    "1 Jan 2001 2002", "0000-01-01T00:00+01:00", "9999-12-31T23:59:60Z",
	    "99999-01-01", "Tue, ", "Tue, 1", "1 Jan", "1 Jan 2001 00:00 A",
	    "May 9, 2026 5:42 PM ET", "2026-05-09 17:42 IST",
	    "2026-05-09 17:42 AM", "2026-05-09 5:42 PM PM",
	    "2026-05-09 5:42 PX", "2020-03-29T09:04:10Z and more",
	    "-1585472650", "1e10"};
	size_t i;

	for (i = 0; i < sizeof(v) / sizeof(*v); i++)
		same(v[i], "");
}

/* Write the instant in some form, `east` minutes ahead of UTC. */
static void
form(char *to, size_t room, time_t when, int east, uint64_t kind)
{
	int far = east < 0 ? -east : east;
	char sign = east < 0 ? '-' : '+';
	time_t local = when + 60 * (time_t)east;
	struct tm t;
	int year;

	gmtime_r(&local, &t);
	year = t.tm_year + 1900;
	if (kind == 0)
		snprintf(to, room, "%s, %d %s %04d %02d:%02d:%02d %c%02d%02d",
		    days[t.tm_wday], t.tm_mday, months[t.tm_mon], year,
		    t.tm_hour, t.tm_min, t.tm_sec, sign, far / 60, far % 60);
	else if (kind == 1)
		snprintf(to, room, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d",
		    year, t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min,
		    t.tm_sec, sign, far / 60, far % 60);
	else if (kind == 2)
		snprintf(to, room, "%s %s %2d %02d:%02d:%02d %04d %c%02d%02d",
		    days[t.tm_wday], months[t.tm_mon], t.tm_mday, t.tm_hour,
		    t.tm_min, t.tm_sec, year, sign, far / 60, far % 60);
	else
		snprintf(to, room, "%04d%02d%02dT%02d%02d%02d%c%02d%02d", year,
		    t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec,
		    sign, far / 60, far % 60);
}

/* Instants of all years that have four digits, against gmtime_r(3). */
static void
instants(void)
{
	const size_t rounds = check_count();
	uint64_t state = 1;
	size_t i;

	for (i = 0; i < rounds; i++) {
		char in[120], out[80];
		int64_t span = LAST - FIRST - 2 * 86400;
		int64_t at = FIRST + 86400 +
			     (int64_t)(check_random(&state) % (uint64_t)span);
		time_t when = (time_t)at;
		struct tm t;

		gmtime_r(&when, &t);
		snprintf(out, sizeof(out), "%04d-%02d-%02dT%02d:%02d:%02dZ",
		    t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour,
		    t.tm_min, t.tm_sec);
		form(in, sizeof(in), when,
		    (int)(check_random(&state) % 2879) - 1439,
		    check_random(&state) % 4);
		same(in, out);
	}
}

static void
unix_times(void)
{
	const size_t rounds = check_count();
	uint64_t state = 2;
	size_t i;

	for (i = 0; i < rounds / 10; i++) {
		char in[80], out[80];
		time_t when =
		    (time_t)(1000000000 + check_random(&state) % 9000000000u);
		struct tm t;

		gmtime_r(&when, &t);
		snprintf(out, sizeof(out), "%04d-%02d-%02dT%02d:%02d:%02dZ",
		    t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour,
		    t.tm_min, t.tm_sec);
		snprintf(in, sizeof(in), "%lld%s", (long long)when,
		    i % 2 == 0 ? "" : "123");
		same(in, out);
	}
}

/* Anything may be given; what comes out is a date, read as itself. */
static void
anything(void)
{
	static const char *const parts[] = {"2020", "03", "29", "-", "/", "T",
	    " ", ":", ".", "+", "Z", "GMT", "Mon", "Mar", ",", "(", ")", "\\",
	    "9", "00", "2020-03-29", "10:00:00", "0200", "20200329090410", "AM",
	    "p.m.", "CET"};
	const size_t rounds = check_count();
	uint64_t state = 3;
	size_t i;

	for (i = 0; i < rounds; i++) {
		unsigned char to[STAMP_MAX], again[STAMP_MAX];
		char in[200];
		size_t k, n = 0, parts_n = check_random(&state) % 9;

		for (k = 0; k < parts_n; k++) {
			const char *s = parts[check_random(&state) %
					      (sizeof(parts) / sizeof(*parts))];

			memcpy(in + n, s, strlen(s));
			n += strlen(s);
		}
		n = stamp_iso(to, (struct str){(unsigned char *)in, n});
		CHECK(n == 0 || n == 10 || n == 20);
		k = stamp_iso(again, (struct str){to, n});
		CHECK_STR(((struct str){again, k}), ((struct str){to, n}));
	}
}

int
main(void)
{
	check_case("stamp: dates of mail", mail);
	check_case("stamp: ISO 8601 and numbers", iso);
	check_case("stamp: other forms", others);
	check_case("stamp: what is no date", refused);
	check_case("stamp: random instants in any zone", instants);
	check_case("stamp: Unix times", unix_times);
	check_case("stamp: anything", anything);
	return check_done();
}
