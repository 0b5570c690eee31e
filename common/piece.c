/* SPDX-License-Identifier: ISC */
#include "common/piece.h"

size_t
piece_end(struct str text, size_t from)
{
	size_t end = from + PIECE_MAX, i;

	if (text.n - from <= PIECE_MAX)
		return text.n;
	for (i = end; i > end - 1024; i--)
		if (text.p[i - 1] == ' ' || text.p[i - 1] == '\n')
			return i;
	while ((text.p[end] & 0xc0) == 0x80)
		end--;
	return end;
}
