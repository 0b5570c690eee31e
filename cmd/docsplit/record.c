/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "cmd/docsplit/record.h"

size_t
record_search(struct str s, int inside, int ended, int *found)
{
	const unsigned char *p;
	size_t at = 0;

	*found = 0;
	while (at < s.n && (p = memchr(s.p + at, 'W', s.n - at)) != NULL) {
		at = (size_t)(p - s.p);
		if (at == 0 ? !inside : p[-1] == '\n') {
			int begins = record_begins(str_sub(s, at, s.n));

			*found = begins > 0;
			if (begins > 0 || (begins < 0 && !ended))
				return at;
		}
		at++;
	}
	return s.n;
}

int
record_begins(struct str s)
{
	const unsigned char next[] = "WARC-";
	size_t n = record_version(s), i;

	if (n == 0)
		return s.n < RECORD_HEAD && memchr(s.p, '\n', s.n) == NULL &&
			       memcmp(s.p, "WARC/", s.n < 5 ? s.n : 5) == 0
			   ? -1
			   : 0;
	for (i = 0; i < 5; i++) {
		if (n + i == s.n)
			return -1;
		if (s.p[n + i] != next[i])
			return 0;
	}
	return 1;
}

size_t
record_version(struct str s)
{
	size_t n;

	if (s.n < 9 || !str_starts(s, STR_LIT("WARC/")) || s.p[5] < '0' ||
	    s.p[5] > '9' || s.p[6] != '.' || s.p[7] < '0' || s.p[7] > '9' ||
	    (n = record_line_end(s, 8)) == 0)
		return 0;
	return 8 + n;
}

size_t
record_line_end(struct str s, size_t at)
{
	const size_t cr = at < s.n && s.p[at] == '\r';

	return at + cr < s.n && s.p[at + cr] == '\n' ? cr + 1 : 0;
}
