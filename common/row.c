/* SPDX-License-Identifier: ISC */
#include <stdint.h>
#include <string.h>

#include "common/escape.h"
#include "common/row.h"
#include "common/utf.h"

int
row_parse(struct str line, struct row *row)
{
	struct row_fields fields = row_fields(line);
	struct str block;

	if (!row_field(&fields, &row->doc) || row->doc.n == 0 ||
	    !row_field(&fields, &block) || !row_field(&fields, &row->text))
		return 0;
	row->extra =
	    str_sub(line, (size_t)(row->text.p - line.p) + row->text.n, line.n);
	return row_number(block, SIZE_MAX, &row->block) && row->block > 0;
}

size_t
row_columns(struct str line)
{
	size_t i, n = 1;

	for (i = 0; i < line.n; i++)
		n += line.p[i] == '\t';
	return n;
}

int
row_number(struct str field, size_t most, size_t *value)
{
	const size_t tenth = most / 10;
	size_t i, n = 0;

	for (i = 0; i < field.n; i++) {
		unsigned int digit = (unsigned int)field.p[i] - '0';

		if (digit > 9 || n > tenth || (n == tenth && digit > most % 10))
			return 0;
		n = 10 * n + digit;
	}
	if (field.n > 0)
		*value = n;
	return field.n > 0;
}

int
row_number32(struct str field, uint32_t most, uint32_t *value)
{
	size_t n;
	int got = row_number(field, most, &n);

	if (got)
		*value = (uint32_t)n;
	return got;
}

struct str
row_unescape(struct mem *mem, struct str s)
{
	const unsigned char *back;
	unsigned char *from, *w;
	size_t i;

	if (s.n == 0 || (back = memchr(s.p, '\\', s.n)) == NULL)
		return s;
	i = (size_t)(back - s.p);
	from = mem_new(mem, s.n, 1);
	memcpy(from, s.p, i);
	for (w = from + i; i < s.n; i++) {
		unsigned char c = s.p[i];

		if (c == '\\' && i + 1 < s.n) {
			unsigned char next = s.p[i + 1];

			i++;
			if (next == 't')
				c = '\t';
			else if (next == 'n')
				c = '\n';
			else if (next == 'r')
				c = '\r';
			else if (next != '\\')
				i--;
		}
		*w++ = c;
	}
	return (struct str){from, (size_t)(w - from)};
}

struct str
row_key(struct mem *mem, struct str name)
{
	unsigned char *clean, *p, *w;
	size_t i, n = 0;

	if (name.n == 0)
		return STR_LIT("-");
	clean = mem_new(mem, 3 * name.n, 1);
	name = (struct str){clean, utf_repair(clean, name, &n)};
	p = w = mem_new(mem, 2 * name.n, 1);
	for (i = 0; i < name.n; i++) {
		unsigned char letter = escape_letter(name.p[i]);

		if (letter != 0)
			*w++ = '\\';
		*w++ = letter != 0 ? letter : name.p[i];
	}
	return (struct str){p, (size_t)(w - p)};
}
