/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/hash.h"
#include "common/in.h"
#include "common/mem.h"
#include "common/row.h"

#include "cmd/entities/date.h"
#include "cmd/entities/meta.h"

/* Columns that are looked at. */
enum { DOC, ID, URL, DATE, COLUMNS };

#define BASE 32 /* of a day and a month in a packed day */

static int take(struct meta *, struct str row, int first);
static int cut(struct str row, struct str *column);

int
meta_load(struct meta *m, const char *path, const char **why, size_t *line)
{
	struct mem mem = {NULL, NULL};
	char *args[2] = {mem_new(&mem, strlen(path) + 1, 1), NULL};
	struct str row;
	struct in in;
	int got, bad = 0;

	*why = NULL;
	memcpy(args[0], path, strlen(path) + 1);
	in_init(&in, args, IN_ROW_MAX);
	got = in_next(&in);
	while (got == 1 && !bad && (got = in_entry(&in, &row)) == 1)
		bad = take(m, row, in.line == 1) == -1;
	*line = in.line;
	if (bad)
		*why = "four columns wanted: doc, id, url, date";
	in_free(&in);
	mem_free(&mem);
	return bad || got == -1 ? -1 : 0;
}

struct day
meta_day(const struct meta *m, struct str key, struct day other)
{
	const uint32_t *packed = set_find(&m->days, hash_64(key, 0));
	int day;

	if (packed == NULL)
		return other;
	day = (int)*packed;
	return (struct day){day / (BASE * BASE), day / BASE % BASE, day % BASE};
}

void
meta_free(struct meta *m)
{
	set_free(&m->days);
}

/* Take a row; -1 if it is none. */
static int
take(struct meta *m, struct str row, int first)
{
	struct str column[COLUMNS];
	struct day d;
	uint32_t *packed;
	int fresh;

	if (cut(row, column) == -1)
		return -1;
	if (first && str_eq(column[DOC], STR_LIT("doc")) &&
	    str_eq(column[DATE], STR_LIT("date")))
		return 0;
	if (date_read(column[DATE], &d) == -1)
		return 0;
	packed = set_at(&m->days, hash_64(column[DOC], 0), &fresh);
	if (fresh)
		*packed = (uint32_t)((d.year * BASE + d.month) * BASE + d.day);
	return 0;
}

/* Cut the first columns; -1 if there are fewer. */
static int
cut(struct str row, struct str *column)
{
	struct row_fields fields = row_fields(row);
	size_t i;

	for (i = 0; i < COLUMNS; i++)
		if (!row_field(&fields, &column[i]))
			return -1;
	return 0;
}
