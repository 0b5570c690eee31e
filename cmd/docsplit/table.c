/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "common/utf.h"

#include "cmd/docsplit/stamp.h"
#include "cmd/docsplit/table.h"

static struct str trim(struct str);

void
table_init(struct table *t, struct out *out)
{
	size_t i;

	t->out = out;
	for (i = 0; i < DOCSPLIT_FIELDS; i++)
		t->field[i] = (struct out){.fd = OUT_MEMORY};
}

void
table_clear(struct table *t)
{
	size_t i;

	for (i = 0; i < DOCSPLIT_FIELDS; i++)
		t->field[i].n = 0;
}

void
table_note(struct table *t, enum docsplit_field field, struct str s)
{
	struct out *out = &t->field[field];
	unsigned char date[STAMP_MAX];
	size_t none = 0;

	out->n = 0;
	if (s.n == 0)
		return;
	out->n = utf_repair(out_room(out, 3 * s.n), s, &none);
	s = table_known(t, field);
	if (field != DOCSPLIT_TITLE)
		s = trim(s);
	if (field == DOCSPLIT_DATE && (out->n = stamp_iso(date, s)) > 0)
		s = (struct str){date, out->n};
	if (s.n > 0)
		memmove(out->buf, s.p, s.n);
	out->n = s.n;
}

struct str
table_known(const struct table *t, enum docsplit_field field)
{
	const struct out *out = &t->field[field];

	return (struct str){out->buf, out->n};
}

/* doc id url date title type lang source blocks bytes */
void
table_row(struct table *t, struct str key, struct str source, size_t blocks,
    size_t bytes)
{
	struct out *out = t->out;
	size_t i;

	if (out == NULL)
		return;
	out_raw(out, key);
	for (i = 0; i < DOCSPLIT_FIELDS; i++) {
		struct str s = table_known(t, (enum docsplit_field)i);

		if (s.n == 0 && i == DOCSPLIT_TYPE)
			s = STR_LIT("text/plain");
		out_field(out, s);
	}
	out_raw(out, source);
	out_raw(out, STR_LIT("\t"));
	out_number(out, blocks);
	out_number(out, bytes);
	out_endrow(out);
}

size_t
table_size(const struct table *t)
{
	return t->out == NULL ? 0 : t->out->n;
}

int
table_lost(const struct table *t, const struct out *blocks)
{
	return blocks->err != 0 || (t->out != NULL && t->out->err != 0);
}

void
table_free(struct table *t)
{
	size_t i;

	for (i = 0; i < DOCSPLIT_FIELDS; i++)
		out_close(&t->field[i]);
}

/* Clean text without the white space at its ends. */
static struct str
trim(struct str s)
{
	size_t len;

	while (s.n > 0 && utf_class(utf_at(s.p, &len)) == UTF_SPACE)
		s = str_sub(s, len, s.n);
	while (
	    s.n > 0 && utf_class(utf_before(s.p, s.p + s.n, &len)) == UTF_SPACE)
		s.n -= len;
	return s;
}
