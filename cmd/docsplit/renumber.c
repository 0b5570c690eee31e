/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"

#include "cmd/docsplit/renumber.h"

struct renumber_span {
	size_t from, to, head;
};

static void write_row(struct out *, struct str, size_t, size_t);

void
renumber_begin(struct renumber *r, size_t from)
{
	r->from = from;
	r->noted = 0;
}

void
renumber_number(struct renumber *r, size_t head)
{
	r->head = head;
	r->noted = 1;
}

void
renumber_end(struct renumber *r, size_t to)
{
	struct renumber_span *last = r->n == 0 ? NULL : &r->v[r->n - 1];

	if (!r->noted || r->from == to)
		return;
	if (last != NULL && last->to == r->from && last->head == r->head) {
		last->to = to;
		return;
	}
	r->v = mem_grow(r->v, &r->cap, r->n + 1, sizeof(*r->v));
	r->v[r->n++] = (struct renumber_span){r->from, to, r->head};
}

void
renumber_write(
    const struct renumber *r, struct out *out, struct str rows, size_t more)
{
	size_t i, at = 0;

	for (i = 0; i < r->n && more != 0; i++) {
		const struct renumber_span *span = &r->v[i];

		out_raw(out, str_sub(rows, at, span->from));
		for (at = span->from; at < span->to;) {
			const unsigned char *p = rows.p + at;
			const unsigned char *nl =
			    memchr(p, '\n', span->to - at);
			size_t n = (size_t)(nl - p) + 1;

			write_row(
			    out, str_sub(rows, at, at + n), span->head, more);
			at += n;
		}
	}
	out_raw(out, str_sub(rows, at, rows.n));
}

void
renumber_clear(struct renumber *r)
{
	r->n = 0;
}

void
renumber_free(struct renumber *r)
{
	free(r->v);
	*r = (struct renumber){.v = NULL};
}

static void
write_row(struct out *out, struct str row, size_t head, size_t more)
{
	size_t number = 0, at = head;

	for (; row.p[at] != '\t'; at++)
		number = 10 * number + (size_t)(row.p[at] - '0');
	out_raw(out, str_sub(row, 0, head));
	out_number(out, number + more);
	out_raw(out, str_sub(row, at + 1, row.n));
}
