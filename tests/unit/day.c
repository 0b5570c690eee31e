/* SPDX-License-Identifier: ISC */
#include "common/day.h"

#include "tests/unit/check.h"

/* Every day of four centuries, against a calendar that is turned by leaf. */
static void
every_day(void)
{
	struct day d = {1800, 1, 1};
	int64_t count = day_count(d);
	int weekday = 3, week = 1; /* a Wednesday */

	for (; d.year < 2200; count++) {
		struct day got = day_at(count);
		int year, in_year = day_week(count, &year);

		CHECK(day_count(d) == count);
		CHECK(got.year == d.year);
		CHECK(got.month == d.month);
		CHECK(got.day == d.day);
		CHECK(day_of_week(count) == weekday);
		CHECK(in_year == week);
		/* 4 January is always in the first week of its year. */
		if (d.month == 1 && d.day == 4) {
			CHECK(week == 1);
			CHECK(year == d.year);
		}
		if (++d.day > day_month_length(d.year, d.month)) {
			d.day = 1;
			d.month = d.month % 12 + 1;
			d.year += d.month == 1;
		}
		if (++weekday == 8) {
			weekday = 1;
			/* A week is the first if its Thursday is new. */
			week = (d.month == 12 && d.day > 28) ||
				       (d.month == 1 && d.day < 5)
				   ? 1
				   : week + 1;
		}
	}
	CHECK(day_count((struct day){2200, 1, 1}) == count);
}

static void
known_days(void)
{
	int year;

	CHECK(day_count((struct day){1970, 1, 1}) == 0);
	CHECK(day_count((struct day){2000, 3, 1}) == 11017);
	CHECK(day_count((struct day){0, 1, 1}) == -719528);
	CHECK(day_at(-719529).year == -1);
	CHECK(day_of_week(0) == 4);
	CHECK(day_of_week(-4) == 7);
	CHECK(day_week(day_count((struct day){2021, 1, 3}), &year) == 53);
	CHECK(year == 2020);
	CHECK(day_week(day_count((struct day){2019, 12, 30}), &year) == 1);
	CHECK(year == 2020);
	CHECK(day_month_length(1900, 2) == 28);
	CHECK(day_month_length(2000, 2) == 29);
}

int
main(void)
{
	check_case("day: every day of four centuries", every_day);
	check_case("day: known days", known_days);
	return check_done();
}
