/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "cmd/docsplit/gather.h"
#include "cmd/docsplit/header.h"

/* A field's name and colon stand within so many bytes: RFC 5322, 2.1.1, has
 * no longer lines, and pieces of long lines are longer. */
#define NAME_MAX 998

enum kind { KEPT, DROPPED, EMPTY, NO_FIELD };

static enum kind kind_of(const struct gather *, struct str);
static void keep(struct gather *, struct str);
static int is_from(struct str);
static int is_content(struct str);

void
gather_init(struct gather *g)
{
	*g = (struct gather){.block = {.fd = OUT_MEMORY}};
}

void
gather_start(struct gather *g)
{
	g->block.n = 0;
	g->keep = g->content = g->cut = 0;
}

enum gather_got
gather_lines(struct gather *g, struct str *s, int starts)
{
	size_t from = 0, at = 0;
	enum kind kind = KEPT;

	for (; at < s->n; starts = 1) {
		struct str line = str_sub(*s, at, s->n);
		const unsigned char *nl = memchr(line.p, '\n', line.n);

		if (nl != NULL)
			line.n = (size_t)(nl - line.p) + 1;
		else if (at > 0)
			break;
		if (starts)
			kind = kind_of(g, line);
		if (kind == EMPTY || kind == NO_FIELD)
			break;
		/* Lines that are kept are copied together. */
		if (starts && g->keep != (kind == KEPT)) {
			keep(g, str_sub(*s, from, at));
			from = at;
			g->keep = kind == KEPT;
		}
		g->content |= is_content(line);
		at += line.n;
	}
	keep(g, str_sub(*s, from, at));
	if (kind == EMPTY)
		at += s->p[at] == '\r' ? 2 : 1;
	*s = str_sub(*s, at, s->n);
	if (kind == EMPTY)
		return GATHER_END;
	return kind == NO_FIELD ? GATHER_BODY : GATHER_MORE;
}

struct str
gather_block(const struct gather *g)
{
	return (struct str){g->block.buf, g->block.n};
}

void
gather_free(struct gather *g)
{
	out_close(&g->block);
}

/* What a line is that begins so. */
static enum kind
kind_of(const struct gather *g, struct str s)
{
	if (s.p[0] == '\n' || str_eq(s, STR_LIT("\r\n")))
		return EMPTY;
	if (s.p[0] == ' ' || s.p[0] == '\t')
		return g->keep ? KEPT : DROPPED;
	if ((s.p[0] == 'F' || s.p[0] == '>') && is_from(s))
		return DROPPED;
	if (s.n > NAME_MAX)
		s.n = NAME_MAX;
	return header_name(s) > 0 ? KEPT : NO_FIELD;
}

/* Add lines to the block, if they are kept. */
static void
keep(struct gather *g, struct str s)
{
	size_t room = GATHER_MAX - g->block.n;

	if (!g->keep)
		return;
	if (s.n > room) {
		g->cut = 1;
		s.n = room;
	}
	out_raw(&g->block, s);
}

static int
is_from(struct str s)
{
	size_t quote = s.n > 0 && s.p[0] == '>';

	return str_starts(str_sub(s, quote, s.n), STR_LIT("From "));
}

static int
is_content(struct str s)
{
	return s.n > 8 && (s.p[0] | 0x20) == 'c' &&
	       header_same(str_sub(s, 0, 8), STR_LIT("content-"));
}
