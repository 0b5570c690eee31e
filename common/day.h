/* SPDX-License-Identifier: ISC */
#ifndef COMMON_DAY_H
#define COMMON_DAY_H

#include <stdint.h>

/* day - the Gregorian calendar, also before it was made. */

struct day {
	int year;  /* 0 is 1 BC */
	int month; /* 1 to 12 */
	int day;   /* from 1 */
};

/* Days from 1970-01-01 to a day; below 0 for earlier ones. */
int64_t day_count(struct day);

/* The day that is so many days after 1970-01-01. */
struct day day_at(int64_t count);

/* How many days the month has. */
int day_month_length(int year, int month);

/* 1 for Monday to 7 for Sunday, as in ISO 8601. */
int day_of_week(int64_t count);

/*
 * The week of a day as ISO 8601 counts: from Monday to Sunday, and of the year
 * that has four of its days.  Returns its number, from 1; the year is stored in
 * `*year`.
 */
int day_week(int64_t count, int *year);

#endif
