/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "cmd/entities/calendar.h"

static int same(struct str, const char *);

int
calendar_month(struct str s)
{
	static const struct {
		const char *name;
		int number;
	} months[] = {{"January", 1}, {"February", 2}, {"March", 3},
	    {"April", 4}, {"May", 5}, {"June", 6}, {"July", 7}, {"August", 8},
	    {"September", 9}, {"October", 10}, {"November", 11},
	    {"December", 12}, {"Jan", 1}, {"Feb", 2}, {"Mar", 3}, {"Apr", 4},
	    {"Jun", 6}, {"Jul", 7}, {"Aug", 8}, {"Sep", 9}, {"Sept", 9},
	    {"Oct", 10}, {"Nov", 11}, {"Dec", 12}};
	size_t k;

	if (s.n < 3 || s.n > 9 || s.p[0] < 'A' || s.p[0] > 'S')
		return 0;
	if (s.p[s.n - 1] == '.')
		s.n--;
	for (k = 0; k < sizeof(months) / sizeof(months[0]); k++)
		if (same(s, months[k].name))
			return months[k].number;
	return 0;
}

int
calendar_weekday(struct str s)
{
	static const char *const days[] = {"Monday", "Tuesday", "Wednesday",
	    "Thursday", "Friday", "Saturday", "Sunday", "Mondays", "Tuesdays",
	    "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"};
	int k;

	if (s.n < 6)
		return 0;
	for (k = 0; k < (int)(sizeof(days) / sizeof(days[0])); k++)
		if (same(s, days[k]))
			return k + 1;
	return 0;
}

int
calendar_day(struct str s)
{
	int day;

	if (s.n > 4)
		return 0;
	if (s.n > 2 &&
	    (str_ends(s, STR_LIT("st")) || str_ends(s, STR_LIT("nd")) ||
		str_ends(s, STR_LIT("rd")) || str_ends(s, STR_LIT("th"))))
		s.n -= 2;
	day = s.n <= 2 ? calendar_number(s) : 0;
	return day <= 31 ? day : 0;
}

int
calendar_ordinal(struct str s)
{
	static const char *const words[] = {"first", "second", "third",
	    "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
	    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth",
	    "sixteenth", "seventeenth", "eighteenth", "nineteenth",
	    "twentieth"};
	int k;

	for (k = 0; k < (int)(sizeof(words) / sizeof(words[0])); k++)
		if (str_eq(s, str_of(words[k])))
			return k + 1;
	return str_eq(s, STR_LIT("thirtieth")) ? 30 : 0;
}

int
calendar_year(struct str s)
{
	int year = s.n == 4 ? calendar_number(s) : 0;

	return year >= 1000 && year < 2200 ? year : 0;
}

int
calendar_number(struct str s)
{
	int n = 0;
	size_t i;

	if (s.n > 4)
		return 0;
	for (i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return 0;
		n = 10 * n + (s.p[i] - '0');
	}
	return n;
}

/* Whether the word is this one, or this one in capitals. */
static int
same(struct str s, const char *name)
{
	size_t i, n;

	if (s.p[0] != (unsigned char)name[0] || s.n != (n = strlen(name)))
		return 0;
	if (memcmp(s.p, name, n) == 0)
		return 1;
	for (i = 1; i < n; i++)
		if (s.p[i] != (unsigned char)name[i] - ('a' - 'A'))
			return 0;
	return 1;
}
