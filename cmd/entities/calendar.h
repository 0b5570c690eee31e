/* SPDX-License-Identifier: ISC */
#ifndef ENTITIES_CALENDAR_H
#define ENTITIES_CALENDAR_H

#include "common/str.h"

/* calendar - words and numbers that name days, months and years; each of these
 * is 0 for what is none.  A day of the week and a month are written with a
 * capital, or all in capitals. */

/* 1 to 12 for "September" or "Sept.". */
int calendar_month(struct str);

/* 1 for "Monday" to 7, 8 for "Mondays" to 14. */
int calendar_weekday(struct str);

/* 1 to 31 for "7", "07", "7th". */
int calendar_day(struct str);

/* 1 to 20, and 30, for "seventh". */
int calendar_ordinal(struct str);

/* 1000 to 2199 for a number of four digits. */
int calendar_year(struct str);

/* The value of up to four digits. */
int calendar_number(struct str);

#endif
