/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "cmd/docsplit/markup.h"

static size_t find_end(struct str, size_t, int);
static int may_be_inner(struct str);
static size_t skip_white(struct str, size_t);
static size_t value_end(struct str, size_t, unsigned char);
static int ends_value(struct str, size_t);
static int is_letter(unsigned char);
static int is_name(unsigned char);

void
markup_read(struct markup *m, struct str s, int last)
{
	enum markup_kind more =
	    last || s.n >= MARKUP_MAX ? MARKUP_NONE : MARKUP_MORE;
	size_t from = 1, name;

	*m = (struct markup){.kind = MARKUP_START};
	if (s.n > 1 && (s.p[1] == '/' || s.p[1] == '!' || s.p[1] == '?'))
		from = 2;
	if (s.n <= from) {
		m->kind = more;
		return;
	}
	if (from == 2)
		m->kind = s.p[1] == '/' ? MARKUP_END : MARKUP_OTHER;
	if (m->kind == MARKUP_OTHER && s.p[1] == '!' && s.p[2] == '-') {
		m->kind = s.n < 4         ? more
			  : s.p[3] == '-' ? MARKUP_COMMENT
					  : MARKUP_NONE;
		m->n = 4;
		return;
	}
	if (!is_letter(s.p[from]) &&
	    !(m->kind == MARKUP_OTHER && s.p[1] == '!' && s.p[2] == '[')) {
		m->kind = MARKUP_NONE;
		return;
	}
	if (s.n > MARKUP_MAX)
		s.n = MARKUP_MAX;
	name = markup_name(s, from);
	m->n = find_end(s, name, more == MARKUP_NONE);
	if (m->n == 0) {
		m->kind = more;
		return;
	}
	if (s.p[m->n - 1] != '>') {
		m->kind = MARKUP_NONE;
		return;
	}
	m->name = str_sub(s, from, name);
	m->inner = str_sub(s, name, m->n - 1);
	if (m->kind != MARKUP_OTHER && !may_be_inner(m->inner))
		m->kind = MARKUP_NONE;
}

size_t
markup_name(struct str s, size_t at)
{
	while (at < s.n && is_name(s.p[at]))
		at++;
	return at;
}

int
markup_is(struct str name, const char *lower)
{
	size_t i;

	for (i = 0; i < name.n; i++) {
		unsigned char c = name.p[i];

		if (c >= 'A' && c <= 'Z')
			c |= 0x20;
		if (c != (unsigned char)lower[i])
			return 0;
	}
	return lower[i] == '\0';
}

int
markup_attribute(struct str inner, const char *name, struct str *value)
{
	size_t at = 0, end;

	for (;;) {
		struct str key;

		while (at < inner.n && !is_name(inner.p[at]))
			at++;
		if (at == inner.n)
			return 0;
		end = markup_name(inner, at);
		key = str_sub(inner, at, end);
		at = skip_white(inner, end);
		*value = str_sub(inner, end, end);
		if (at < inner.n && inner.p[at] == '=') {
			unsigned char quote;

			at = skip_white(inner, at + 1);
			quote = at < inner.n ? inner.p[at] : 0;
			if (quote != '"' && quote != '\'')
				quote = 0;
			at += quote != 0;
			end = value_end(inner, at, quote);
			*value = str_sub(inner, at, end);
			at = end + (quote != 0 && end < inner.n);
		}
		if (markup_is(key, name))
			return 1;
	}
}

/*
 * Where the tag ends, behind its `>`, or behind a `<` that comes before it; 0
 * if neither is there.
 */
static size_t
find_end(struct str s, size_t at, int last)
{
	size_t first = 0; /* behind a `>` that may be in a quoted value */
	unsigned char quote = 0;

	for (; at < s.n; at++) {
		unsigned char c = s.p[at];

		if (c == '<')
			return first > 0 ? first : at + 1;
		if (c == '>' && quote == 0)
			return at + 1;
		if (c == '>' && first == 0)
			first = at + 1;
		if (c == quote)
			quote = 0;
		else if (quote == 0 && (c == '"' || c == '\'') &&
			 s.p[at - 1] == '=')
			quote = c;
	}
	return last ? first : 0;
}

/* Whether this may be behind the name of a tag: nothing, or white space and
 * then attributes with values, or one without.  `<j and k>`, `<me@home>` and
 * `<http://here>` are text. */
static int
may_be_inner(struct str s)
{
	size_t at = skip_white(s, 0);

	if (at > 0 && memchr(s.p, '=', s.n) != NULL)
		return 1;
	if (at > 0)
		at = skip_white(s, markup_name(s, at));
	at += at < s.n && s.p[at] == '/';
	return skip_white(s, at) == s.n;
}

static size_t
skip_white(struct str s, size_t at)
{
	while (at < s.n && str_white(s.p[at]))
		at++;
	return at;
}

/* Where the value ends that begins at `at`, with this quote or none. */
static size_t
value_end(struct str s, size_t at, unsigned char quote)
{
	size_t first = s.n; /* quote, for want of a better one */

	for (; at < s.n; at++) {
		if (quote == 0 && str_white(s.p[at]))
			return at;
		if (quote == 0 || s.p[at] != quote)
			continue;
		if (ends_value(s, at + 1))
			return at;
		first = first < at ? first : at;
	}
	return first;
}

/* Whether nothing but "/" follows, or white space and another attribute. */
static int
ends_value(struct str s, size_t at)
{
	size_t next = skip_white(s, at), end = markup_name(s, next), equals;

	if (next < s.n && s.p[next] == '/')
		return skip_white(s, next + 1) == s.n;
	equals = skip_white(s, end);
	return next == s.n ||
	       (next > at && end > next && equals < s.n && s.p[equals] == '=');
}

static int
is_letter(unsigned char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26;
}

static int
is_name(unsigned char c)
{
	return is_letter(c) || (unsigned char)(c - '0') < 10 || c == '_' ||
	       c == '-' || c == '.' || c == ':' || c >= 0x80;
}
