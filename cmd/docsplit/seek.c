/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "cmd/docsplit/seek.h"

size_t
seek_next(struct seek *seek, const struct source *source, size_t offset,
    size_t from, size_t to)
{
	const struct str s = source->rest, what = seek->what;
	size_t at;

	if (to > s.n)
		to = s.n;
	if (seek->at < offset + from) {
		seek->at = offset + from;
		seek->found = 0;
	}
	at = seek->at - offset;
	while (!seek->found && at + what.n <= to) {
		const unsigned char *p =
		    memchr(s.p + at, what.p[0], to - what.n + 1 - at);

		if (p == NULL) {
			at = to - what.n + 1;
		} else {
			at = (size_t)(p - s.p);
			seek->found = memcmp(p, what.p, what.n) == 0;
			at += !seek->found;
		}
	}
	seek->at = offset + at;
	return seek->found && at + what.n <= to ? at : SEEK_NONE;
}
