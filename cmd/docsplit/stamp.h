/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_STAMP_H
#define DOCSPLIT_STAMP_H

#include <stddef.h>

#include "common/str.h"

/*
 * stamp - the dates of many formats as ISO 8601 in UTC.
 *
 * Read are
 * - mail: RFC 5322 with its obsolete forms (years of two digits, zones by
 *   name, no weekday, no seconds, comments), and HTTP's older forms
 * - ISO 8601 and RFC 3339: `2020-03-29T09:04:10.5+02:00`, also with a space
 *   for the T, slashes, `+02`, `+0200` or no zone, and the basic form
 *   `20200329T090410Z`
 * - asctime(3), date(1), and JavaScript: `Sun Mar 29 09:04:10 2020`
 * - web archives: `20200329090410`
 * - Unix time: ten digits of seconds or thirteen of milliseconds
 *
 * A time may be one with AM or PM.  One without a zone is taken as UTC; the
 * name of a zone is read if it means one offset alone.
 */

#define STAMP_MAX 20 /* bytes of `2020-03-29T09:04:10Z` */

/*
 * Write `s` to `to`, which has room for STAMP_MAX bytes, as
 * `2020-03-29T09:04:10Z`, fractions dropped, or as `2020-03-29` if it tells no
 * time of day.  Returns the bytes written; 0 if it cannot be read, a field is
 * out of range (February 30), or the year is not one of four digits.
 */
size_t stamp_iso(unsigned char to[STAMP_MAX], struct str s);

#endif
