/* SPDX-License-Identifier: ISC */
#include "common/day.h"

/*
 * After Howard Hinnant, "chrono-compatible low-level date algorithms": years
 * begin in March, so that the leap day is their last, and 400 of them have
 * 146097 days.
 */
int64_t
day_count(struct day d)
{
	int64_t era, of_year, year = d.year;

	year -= d.month <= 2;
	era = (year >= 0 ? year : year - 399) / 400;
	year -= era * 400;
	of_year =
	    (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
	return era * 146097 + year * 365 + year / 4 - year / 100 + of_year -
	       719468;
}

struct day
day_at(int64_t count)
{
	int64_t era, day, year, month;
	struct day d;

	count += 719468;
	era = (count >= 0 ? count : count - 146096) / 146097;
	day = count - era * 146097;
	year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	day -= 365 * year + year / 4 - year / 100;
	month = (5 * day + 2) / 153;
	d.day = (int)(day - (153 * month + 2) / 5) + 1;
	d.month = (int)(month < 10 ? month + 3 : month - 9);
	d.year = (int)(year + era * 400 + (d.month <= 2));
	return d;
}

int
day_month_length(int year, int month)
{
	static const int days[] = {
	    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

int
day_of_week(int64_t count)
{
	/* 1970-01-01 was a Thursday. */
	int64_t since = (count + 3) % 7;

	return (int)(since < 0 ? since + 7 : since) + 1;
}

int
day_week(int64_t count, int *year)
{
	int64_t thursday = count - day_of_week(count) + 4;
	struct day first = {day_at(thursday).year, 1, 1};

	*year = first.year;
	return (int)(thursday - day_count(first)) / 7 + 1;
}
