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
	struct out plain; /* the same, decoded, as a mark ends them */
	int gap;          /* white space or a comment since */
	int listed;       /* an address was written */
	int group;        /* inside `name: a, b;` */
};

static void put_word(struct scan *);
static void put_letter(struct scan *, int);
static void put_part(struct scan *, int);
static void put_plain(struct scan *, const char *);
static void put_angle(struct scan *);
static void skip_route(struct scan *);
static void put_domain(struct scan *);
static void skip_to_comma(struct scan *);
static void skip_gap(struct scan *);
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

	while (scan.i < value.n) {
		int c = value.p[scan.i];

		if (is_one_of(c, " \t(")) {
			skip_gap(&scan);
			scan.gap = 1;
		} else if (is_one_of(c, "<,:;@")) {
			put_part(&scan, c);
		} else {
			put_word(&scan);
		}
	}
	put_part(&scan, ',');
	out_close(&scan.words);
	out_close(&scan.plain);
}

/* Add a word or a quoted string, without its quotes, to `words`. */
static void
put_word(struct scan *scan)
{
	struct str s = scan->s;
	size_t i = scan->i;

	if (s.p[i] == '"') {
		for (i++; i < s.n && s.p[i] != '"'; i++) {
			i += s.p[i] == '\\' && i + 1 < s.n;
			put_letter(scan, s.p[i]);
		}
		scan->i = i < s.n ? i + 1 : i;
		return;
	}
	while (i < s.n && !is_one_of(s.p[i], "\"<,:;@( \t"))
		put_letter(scan, s.p[i++]);
	scan->i = i;
}

/* Add a byte of a word, behind a space if one belongs there. */
static void
put_letter(struct scan *scan, int c)
{
	if (scan->gap && scan->words.n > 0)
		put(&scan->words, ' ');
	scan->gap = 0;
	put(&scan->words, c);
}

/* Write what ends with the mark `c`, and go on behind that. */
static void
put_part(struct scan *scan, int c)
{
	int any;

	scan->plain.n = 0;
	encword_decode(scan->charset, &scan->plain,
	    (struct str){scan->words.buf, scan->words.n});
	any = scan->plain.n > 0;
	if (c == '<' || c == '@' || c == ':' || any)
		separate(scan);
	if (c == '<') {
		if (any) {
			put_plain(scan, SPECIALS ".");
			put(scan->to, ' ');
		}
		put_angle(scan);
	} else if (c == '@') {
		put_plain(scan, SPECIALS " \t");
		put_domain(scan);
	} else if (c == ':') {
		put_plain(scan, SPECIALS ".");
		put(scan->to, ':');
		scan->group = 1;
		scan->listed = 0;
		scan->i++;
	} else {
		/* Words alone may be the local part of an address. */
		put_plain(scan, SPECIALS " \t");
		scan->i++;
	}
	if (c == ';' && scan->group) {
		put(scan->to, ';');
		scan->group = 0;
		scan->listed = 1;
	}
	scan->words.n = 0;
	scan->gap = 0;
}

/* Write the decoded words, in quotes if they hold one of `specials`. */
static void
put_plain(struct scan *scan, const char *specials)
{
	struct str s = {scan->plain.buf, scan->plain.n};
	size_t i;

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
	const int named = scan->plain.n > 0;
	const size_t from = scan->to->n;
	struct str s = scan->s;
	int quoted = 0;

	if (named)
		put(scan->to, '<');
	scan->i++;
	skip_route(scan);
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
	if (named)
		put(scan->to, '>');
	else if (scan->to->n == from)
		out_raw(scan->to, STR_LIT("<>"));
	skip_to_comma(scan);
}

/* An obsolete route before an address: `<@a,@b:c@d>`. */
static void
skip_route(struct scan *scan)
{
	struct str s = scan->s;
	size_t i;

	skip_gap(scan);
	if (scan->i == s.n || s.p[scan->i] != '@')
		return;
	for (i = scan->i; i < s.n && s.p[i] != '>'; i++)
		if (s.p[i] == ':') {
			scan->i = i + 1;
			return;
		}
}

/* `@domain` behind a local part. */
static void
put_domain(struct scan *scan)
{
	struct str s = scan->s;
	int last = '@';

	put(scan->to, '@');
	scan->i++;
	for (;;) {
		size_t from = scan->i;
		int c;

		skip_gap(scan);
		c = scan->i < s.n ? s.p[scan->i] : ',';
		if (is_one_of(c, ",;<"))
			break;
		/* Other words behind it are no part of the address, but
		 * RFC 5322, section 4.4, lets white space be at its dots. */
		if (scan->i > from && !is_one_of(last, "@.") && c != '.')
			break;
		put(scan->to, c);
		last = c;
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

/* White space and comments. */
static void
skip_gap(struct scan *scan)
{
	while (scan->i < scan->s.n && is_one_of(scan->s.p[scan->i], " \t(")) {
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
