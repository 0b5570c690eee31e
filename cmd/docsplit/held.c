/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "common/hash.h"

#include "cmd/docsplit/held.h"

uint64_t
held_hash(struct str rows)
{
	const size_t last = HELD_MAX - 1;

	if (rows.n > HELD_MAX) {
		const unsigned char *nl =
		    memchr(rows.p + last, '\n', rows.n - last);

		rows.n = (size_t)(nl - rows.p) + 1;
	}
	return hash_64(rows, 0);
}

int
held_next(struct str *rows, size_t *block, struct str *text)
{
	const unsigned char *nl;
	size_t at = 0;

	if (rows->n == 0)
		return 0;
	nl = memchr(rows->p, '\n', rows->n);
	for (*block = 0; rows->p[at] != '\t'; at++)
		*block = 10 * *block + rows->p[at] - '0';
	*text = str_sub(*rows, at + 1, (size_t)(nl - rows->p));
	*rows = str_sub(*rows, (size_t)(nl - rows->p) + 1, rows->n);
	return 1;
}
