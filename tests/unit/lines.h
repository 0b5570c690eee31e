/* SPDX-License-Identifier: ISC */
#ifndef UNIT_LINES_H
#define UNIT_LINES_H

#include "common/str.h"

/* lines - a text line by line, byte by byte: for slow models of lists. */

/* The line that begins at `*at`, without its end, "\n" or "\r\n"; `*at` moves
 * behind it.  Returns 0 at the end of the text. */
static inline int
lines_next(struct str text, size_t *at, struct str *line)
{
	size_t to = *at;

	if (*at >= text.n)
		return 0;
	while (to < text.n && text.p[to] != '\n')
		to++;
	*line = str_sub(text, *at, to);
	if (str_ends(*line, STR_LIT("\r")))
		line->n--;
	*at = to + 1;
	return 1;
}

#endif
