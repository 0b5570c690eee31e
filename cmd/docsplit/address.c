/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "cmd/docsplit/address.h"
#include "cmd/docsplit/encword.h"

/* RFC 5322, section 3.2.3: characters that part words; the dot is allowed in
 * the local part of an address, not in a name. */
#define SPECIALS "()<>@,:;\"[]\\"

struct scan {
	struct str s;
	size_t i;
	struct charset *charset;
	struct out *to;
	struct out words; /* the words since the last mark, one space between */
	struct out plain; /* the same, decoded */
	int listed;       /* an address was written */
	int group;        /* inside `name: a, b;` */
};

static void put_word(struct scan *, int);
static void put_part(struct scan *, int);
static void put_decoded(struct scan *, const char *);
static void put_angle(struct scan *);
static void put_domain(struct scan *);
static void skip_to_comma(struct scan *);
static void skip_comment(struct scan *);
static void separate(struct scan *);
static int needs_quotes(struct str, const char *);
static int is_one_of(int, const char *);
static void put(struct out *, int);

void
address_list(struct charset *charset, struct out *to, struct str value)
{
	struct scan scan = {
	    .s = value,
	    .charset = charset,
	    .to = to,
	    .words = {.fd = OUT_MEMORY},
	    .plain = {.fd = OUT_MEMORY},
	};
	int space = 0;

	while (scan.i < value.n) {
		int c = value.p[scan.i];

		if (c == ' ' || c == '\t' || c == '(') {
			space = 1;
			if (c == '(')
				skip_comment(&scan);
			else
				scan.i++;
		} else if (is_one_of(c, "<,:;@")) {
			put_part(&scan, c);
			space = 0;
		} else {
			put_word(&scan, space);
			space = 0;
		}
	}
	put_part(&scan, ',');
	out_close(&scan.words);
	out_close(&scan.plain);
}

/* Add a word or a quoted string, without its quotes, to `words`. */
static void
put_word(struct scan *scan, int space)
{
	struct str s = scan->s;
	size_t i = scan->i;

	if (space && scan->words.n > 0)
		put(&scan->words, ' ');
	if (s.p[i] == '"') {
		for (i++; i < s.n && s.p[i] != '"'; i++) {
			i += s.p[i] == '\\' && i + 1 < s.n;
			put(&scan->words, s.p[i]);
		}
		scan->i = i < s.n ? i + 1 : i;
		return;
	}
	while (i < s.n && !is_one_of(s.p[i], "\"<,:;@( \t"))
		put(&scan->words, s.p[i++]);
	scan->i = i;
}

/* Write what ends with the mark `c`, and go on behind that. */
static void
put_part(struct scan *scan, int c)
{
	const int any = scan->words.n > 0;

	if (c == '<' || c == '@' || (any && c != ':'))
		separate(scan);
	if (c == '<') {
		if (any) {
			put_decoded(scan, SPECIALS ".");
			put(scan->to, ' ');
		}
		put_angle(scan);
	} else if (c == '@') {
		put_decoded(scan, SPECIALS " \t");
		put_domain(scan);
	} else if (c == ':') {
		separate(scan);
		put_decoded(scan, SPECIALS ".");
		put(scan->to, ':');
		scan->group = 1;
		scan->listed = 0;
		scan->i++;
	} else {
		/* Words alone may be the local part of an address. */
		if (any)
			put_decoded(scan, SPECIALS " \t");
		scan->i++;
	}
	if (c == ';' && scan->group) {
		put(scan->to, ';');
		scan->group = 0;
		scan->listed = 1;
	}
	scan->words.n = 0;
}

/* Write `words`, decoded, in quotes if they hold one of `specials`. */
static void
put_decoded(struct scan *scan, const char *specials)
{
	struct str s;
	size_t i;

	scan->plain.n = 0;
	encword_decode(scan->charset, &scan->plain,
	    (struct str){scan->words.buf, scan->words.n});
	s = (struct str){scan->plain.buf, scan->plain.n};
	if (!needs_quotes(s, specials)) {
		out_raw(scan->to, s);
		return;
	}
	put(scan->to, '"');
	for (i = 0; i < s.n; i++) {
		if (s.p[i] == '"' || s.p[i] == '\\')
			put(scan->to, '\\');
		put(scan->to, s.p[i]);
	}
	put(scan->to, '"');
}

/* `<local@domain>`, without brackets if no name stands before it. */
static void
put_angle(struct scan *scan)
{
	const int bare = scan->words.n == 0;
	struct str s = scan->s;
	int quoted = 0;

	scan->i++;
	while (scan->i < s.n && is_one_of(s.p[scan->i], " \t"))
		scan->i++;
	/* An obsolete route: `<@a,@b:c@d>`. */
	if (scan->i < s.n && s.p[scan->i] == '@') {
		const unsigned char *colon =
		    memchr(s.p + scan->i, ':', s.n - scan->i);

		if (colon != NULL)
			scan->i = (size_t)(colon - s.p) + 1;
	}
	if (!bare || scan->i >= s.n || s.p[scan->i] == '>')
		put(scan->to, '<');
	while (scan->i < s.n && (quoted || s.p[scan->i] != '>')) {
		int c = s.p[scan->i];

		if (c == '(' && !quoted) {
			skip_comment(scan);
			continue;
		}
		quoted ^= c == '"';
		if (quoted || !is_one_of(c, " \t"))
			put(scan->to, c);
		if (c == '\\' && quoted && scan->i + 1 < s.n)
			put(scan->to, s.p[++scan->i]);
		scan->i++;
	}
	if (!bare || scan->to->buf[scan->to->n - 1] == '<')
		put(scan->to, '>');
	skip_to_comma(scan);
}

/* `@domain` behind a local part. */
static void
put_domain(struct scan *scan)
{
	struct str s = scan->s;
	int space = 0;

	put(scan->to, '@');
	scan->i++;
	while (scan->i < s.n && !is_one_of(s.p[scan->i], ",;<")) {
		int c = s.p[scan->i];

		if (c == '(' || c == ' ' || c == '\t') {
			space = scan->to->buf[scan->to->n - 1] != '@';
			if (c == '(')
				skip_comment(scan);
			else
				scan->i++;
			continue;
		}
		/* Other words behind it are no part of the address. */
		if (space)
			break;
		put(scan->to, c);
		scan->i++;
	}
	skip_to_comma(scan);
}

/* Leave out what follows an address in its place in the list. */
static void
skip_to_comma(struct scan *scan)
{
	while (scan->i < scan->s.n && !is_one_of(scan->s.p[scan->i], ",;")) {
		if (scan->s.p[scan->i] == '(')
			skip_comment(scan);
		else
			scan->i++;
	}
}

/* Comments nest; one that is never closed goes to the end. */
static void
skip_comment(struct scan *scan)
{
	size_t depth = 0;

	while (scan->i < scan->s.n) {
		int c = scan->s.p[scan->i++];

		if (c == '\\')
			scan->i++;
		else if (c == '(')
			depth++;
		else if (c == ')' && --depth == 0)
			return;
	}
	scan->i = scan->s.n;
}

static void
separate(struct scan *scan)
{
	if (scan->listed)
		out_raw(scan->to, STR_LIT(", "));
	else if (scan->group)
		put(scan->to, ' ');
	scan->listed = 1;
}

static int
needs_quotes(struct str s, const char *specials)
{
	size_t i = 0;

	while (i < s.n && !is_one_of(s.p[i], specials))
		i++;
	return i < s.n;
}

static int
is_one_of(int c, const char *list)
{
	return c != '\0' && strchr(list, c) != NULL;
}

static void
put(struct out *to, int c)
{
	*out_room(to, 1) = (unsigned char)c;
	to->n++;
}
