/* SPDX-License-Identifier: ISC */
#include "common/utf.h"

#include "cmd/docsplit/docsplit.h"
#include "cmd/docsplit/paragraph.h"

int
paragraph_add(struct out *p, struct str s)
{
	size_t from = 0;
	int cut = 0;

	if (p->n > 0) {
		/* The indent of a wrapped line is no part of the text. */
		while (p->n > 0 &&
		       (p->buf[p->n - 1] == ' ' || p->buf[p->n - 1] == '\t'))
			p->n--;
		while (from < s.n && (s.p[from] == ' ' || s.p[from] == '\t'))
			from++;
		out_raw(p, STR_LIT(" "));
	}
	s = str_sub(s, from, s.n);
	if (s.n > DOCSPLIT_BLOCK_MAX - p->n) {
		s.n = DOCSPLIT_BLOCK_MAX - p->n;
		s.n -= utf_tail(s);
		cut = 1;
	}
	out_raw(p, s);
	return cut;
}
