/* SPDX-License-Identifier: ISC */
#include <stdint.h>
#include <string.h>

#include "common/escape.h"
#include "common/row.h"
#include "common/utf.h"

static int number(struct str, size_t *);

int
row_parse(struct str line, struct row *row)
{
	const unsigned char *end = line.p + line.n, *t1, *t2, *t3;

	if (line.n == 0)
		return 0;
	t1 = memchr(line.p, '\t', line.n);
	if (t1 == NULL || t1 == line.p)
		return 0;
	t2 = memchr(t1 + 1, '\t', (size_t)(end - t1 - 1));
	if (t2 == NULL)
		return 0;
	t3 = memchr(t2 + 1, '\t', (size_t)(end - t2 - 1));
	if (t3 == NULL)
		t3 = end;
	row->doc = (struct str){line.p, (size_t)(t1 - line.p)};
	row->text = (struct str){t2 + 1, (size_t)(t3 - t2 - 1)};
	row->extra = (struct str){t3, (size_t)(end - t3)};
	return number((struct str){t1 + 1, (size_t)(t2 - t1 - 1)}, &row->block);
}

size_t
row_columns(struct str line)
{
	size_t i, n = 1;

	for (i = 0; i < line.n; i++)
		n += line.p[i] == '\t';
	return n;
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

/* A decimal number from 1, without sign or space. */
static int
number(struct str s, size_t *value)
{
	size_t i, n = 0;

	for (i = 0; i < s.n; i++) {
		unsigned int digit = (unsigned int)s.p[i] - '0';

		if (digit > 9 || n > (SIZE_MAX - digit) / 10)
			return 0;
		n = 10 * n + digit;
	}
	*value = n;
	return n > 0;
}
