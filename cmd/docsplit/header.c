/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "cmd/docsplit/header.h"

/* Parts of one parameter that are looked for (RFC 2231, section 3). */
#define PARTS_MAX 64

/* One `name=value`, quotes and escapes still in it. */
struct parameter {
	struct str name, value;
};

/* A parameter's name taken apart: base, number of the part, encoding. */
struct part {
	int number; /* -1 if it is not in parts */
	int encoded;
};

static struct str line_of(struct str);
static struct str trim(struct str);
static int parameter_next(struct str *, struct parameter *);
static size_t skip_to_mark(struct str, size_t);
static size_t skip_quoted(struct str, size_t);
static size_t skip_comment(struct str, size_t);
static int part_of(struct str, const char *, struct part *);
static size_t put_value(unsigned char *, struct str);
static size_t put_encoded(unsigned char *, struct str, int);
static int hex(int);
static int lower(int);

size_t
header_name(struct str line)
{
	size_t n = 0, colon;

	/* RFC 5322, section 3.6.8: visible ASCII but the colon. */
	while (n < line.n && line.p[n] > ' ' && line.p[n] < 0x7f &&
	       line.p[n] != ':')
		n++;
	colon = n;
	while (
	    colon < line.n && (line.p[colon] == ' ' || line.p[colon] == '\t'))
		colon++;
	return colon < line.n && line.p[colon] == ':' ? n : 0;
}

int
header_next(struct str *block, struct header_field *field)
{
	while (block->n > 0) {
		struct str line = line_of(*block), rest;
		size_t name = header_name(line), n = line.n;

		if (line.p[0] == '\n' || str_eq(line, STR_LIT("\r\n")))
			return 0;
		rest = str_sub(*block, n, block->n);
		while (rest.n > 0 && (rest.p[0] == ' ' || rest.p[0] == '\t')) {
			n += line_of(rest).n;
			rest = str_sub(*block, n, block->n);
		}
		line.n = n;
		*block = rest;
		if (name == 0)
			continue;
		field->name = str_sub(line, 0, name);
		while (line.p[name] != ':')
			name++;
		field->value = trim(str_sub(line, name + 1, line.n));
		return 1;
	}
	return 0;
}

int
header_find(struct str block, const char *name, struct str *value)
{
	struct header_field field;

	while (header_next(&block, &field)) {
		if (!header_same(field.name, str_of(name)))
			continue;
		*value = field.value;
		return 1;
	}
	return 0;
}

void
header_pick(
    struct str block, const struct str *name, struct str *value, size_t n)
{
	struct header_field field;
	size_t i;

	for (i = 0; i < n; i++)
		value[i] = (struct str){NULL, 0};
	while (header_next(&block, &field))
		for (i = 0; i < n; i++)
			if (name[i].n == field.name.n && value[i].p == NULL &&
			    header_same(field.name, name[i]))
				value[i] = field.value;
}

int
header_same(struct str a, struct str b)
{
	size_t i;

	if (a.n != b.n)
		return 0;
	for (i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return 0;
	return 1;
}

size_t
header_unfold(unsigned char *to, struct str value)
{
	size_t i, w = 0;

	for (i = 0; i < value.n; i++) {
		int c = value.p[i];

		if (c == '\n' ||
		    (c == '\r' && i + 1 < value.n && value.p[i + 1] == '\n'))
			continue;
		to[w++] = (unsigned char)c;
	}
	return w;
}

size_t
header_word(unsigned char *to, struct str value)
{
	size_t i = 0, w = 0;

	while (i < value.n && value.p[i] != ';') {
		if (value.p[i] == '(') {
			i = skip_comment(value, i);
			continue;
		}
		if (!str_white(value.p[i]))
			to[w++] = (unsigned char)lower(value.p[i]);
		i++;
	}
	return w;
}

int
header_parameter(
    unsigned char *to, size_t *n, struct str value, const char *name)
{
	struct parameter p;
	struct part part;
	struct str plain = {NULL, 0}, rest = value;
	int whole = 0, parts = 0, i;

	*n = 0;
	while (parameter_next(&rest, &p)) {
		if (!part_of(p.name, name, &part))
			continue;
		if (part.number >= 0) {
			parts = 1;
		} else if (part.encoded) {
			*n = put_encoded(to, p.value, 1);
			return 1;
		} else if (!whole) {
			plain = p.value;
			whole = 1;
		}
	}
	if (whole || !parts) {
		*n = put_value(to, plain);
		return whole;
	}
	for (i = 0; i < PARTS_MAX; i++) {
		rest = value;
		while (parameter_next(&rest, &p))
			if (part_of(p.name, name, &part) && part.number == i)
				break;
		if (p.name.n == 0)
			break;
		*n += part.encoded ? put_encoded(to + *n, p.value, i == 0)
				   : put_value(to + *n, p.value);
	}
	return 1;
}

/* The first line of what is left, with its line end. */
static struct str
line_of(struct str s)
{
	const unsigned char *nl = memchr(s.p, '\n', s.n);

	return str_sub(s, 0, nl == NULL ? s.n : (size_t)(nl - s.p) + 1);
}

static struct str
trim(struct str s)
{
	size_t from = 0;

	while (s.n > 0 && str_white(s.p[s.n - 1]))
		s.n--;
	while (from < s.n && str_white(s.p[from]))
		from++;
	return str_sub(s, from, s.n);
}

/* Take the next parameter; the name is empty when there is none. */
static int
parameter_next(struct str *s, struct parameter *p)
{
	size_t at = skip_to_mark(*s, 0), from, end;

	for (;;) {
		p->name.n = 0;
		if (at >= s->n)
			return 0;
		from = at + 1;
		end = from;
		while (end < s->n && s->p[end] != '=' && s->p[end] != ';')
			end++;
		at = end;
		if (end < s->n && s->p[end] == '=')
			break;
	}
	p->name = trim(str_sub(*s, from, end));
	from = end + 1;
	while (from < s->n && (str_white(s->p[from]) || s->p[from] == '('))
		from = s->p[from] == '(' ? skip_comment(*s, from) : from + 1;
	at = skip_to_mark(*s, from);
	if (from < s->n && s->p[from] == '"') {
		end = skip_quoted(*s, from);
	} else {
		/* White space or a comment ends a value without quotes. */
		end = from;
		while (end < at && !str_white(s->p[end]))
			end++;
	}
	p->value = str_sub(*s, from, end);
	*s = str_sub(*s, at, s->n);
	return 1;
}

/* The next `;` that stands neither in quotes nor in a comment. */
static size_t
skip_to_mark(struct str s, size_t i)
{
	size_t from = i;

	while (i < s.n && s.p[i] != ';') {
		if (s.p[i] == '"')
			i = skip_quoted(s, i);
		else if (s.p[i] == '(' && i > from && str_white(s.p[i - 1]))
			i = skip_comment(s, i);
		else
			i++;
	}
	return i;
}

/* Behind the quoted string that begins at `i`, closed or not. */
static size_t
skip_quoted(struct str s, size_t i)
{
	for (i++; i < s.n && s.p[i] != '"'; i++)
		i += s.p[i] == '\\' && i + 1 < s.n;
	return i < s.n ? i + 1 : s.n;
}

/* Behind the comment that begins at `i`; they nest. */
static size_t
skip_comment(struct str s, size_t i)
{
	size_t depth = 0;

	for (; i < s.n; i++) {
		if (s.p[i] == '\\')
			i++;
		else if (s.p[i] == '(')
			depth++;
		else if (s.p[i] == ')' && --depth == 0)
			return i + 1;
	}
	return s.n;
}

/* Whether `s` is `name`, `name*`, `name*3` or `name*3*`. */
static int
part_of(struct str s, const char *name, struct part *part)
{
	struct str base = str_of(name);
	size_t i = base.n;

	*part = (struct part){.number = -1};
	if (s.n < base.n || !header_same(str_sub(s, 0, base.n), base))
		return 0;
	if (i == s.n)
		return 1;
	if (s.p[i++] != '*')
		return 0;
	if (i < s.n && s.p[i] >= '0' && s.p[i] <= '9') {
		part->number = 0;
		for (; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++)
			if (part->number < PARTS_MAX)
				part->number =
				    10 * part->number + (s.p[i] - '0');
		if (i == s.n)
			return 1;
		i += s.p[i] == '*';
	}
	part->encoded = 1;
	return i == s.n;
}

/* Copy a token, or a quoted string without quotes, escapes and folds. */
static size_t
put_value(unsigned char *to, struct str s)
{
	size_t i = 0, w = 0;

	if (s.n == 0 || s.p[0] != '"') {
		if (s.n > 0)
			memcpy(to, s.p, s.n);
		return s.n;
	}
	for (i = 1; i < s.n && s.p[i] != '"'; i++) {
		if (s.p[i] == '\\' && i + 1 < s.n)
			i++;
		else if (s.p[i] == '\r' || s.p[i] == '\n')
			continue;
		to[w++] = s.p[i];
	}
	return w;
}

/* Copy `charset'language'%61%62` decoded; only a `first` part has those. */
static size_t
put_encoded(unsigned char *to, struct str s, int first)
{
	size_t n = put_value(to, s), i = 0, w = 0;
	const unsigned char *quote = NULL;

	if (first && n > 0)
		quote = memchr(to, '\'', n);
	if (quote != NULL)
		quote = memchr(quote + 1, '\'', n - (size_t)(quote + 1 - to));
	if (quote != NULL)
		i = (size_t)(quote - to) + 1;
	for (; i < n; i++) {
		if (to[i] == '%' && i + 2 < n && hex(to[i + 1]) >= 0 &&
		    hex(to[i + 2]) >= 0) {
			to[w++] = (unsigned char)(16 * hex(to[i + 1]) +
						  hex(to[i + 2]));
			i += 2;
		} else {
			to[w++] = to[i];
		}
	}
	return w;
}

static int
hex(int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static int
lower(int c)
{
	return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}
