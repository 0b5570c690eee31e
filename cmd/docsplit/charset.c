/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"

#include "cmd/docsplit/charset.h"

/* Bytes converted at once, and what they can become: iconv stops before it
 * runs out of room. */
#define STEP ((size_t)16 << 10)
#define ROOM ((size_t)64 << 10)

/* Names that pass as they are; "unknown-8bit" is RFC 1428's. */
static const char *const raw_names[] = {
    "",
    "ansi_x3.4-1968",
    "ascii",
    "unknown-8bit",
    "us-ascii",
    "utf-8",
    "utf8",
};

/* What mail calls sets that iconv knows by another name. */
static const char *const aliases[][2] = {
    {"gb_2312-80", "gb2312"},
    {"iso-8859-8-e", "iso-8859-8"},
    {"iso-8859-8-i", "iso-8859-8"},
    {"ks_c_5601-1987", "cp949"},
    {"unicode-1-1-utf-7", "utf-7"},
    {"x-mac-roman", "macintosh"},
    {"x-sjis", "shift_jis"},
};

/* Sets of two or four bytes a character. */
static const struct {
	const char *part; /* of the name */
	size_t unit;
} wide[] = {
    {"utf-16", 2},
    {"utf16", 2},
    {"ucs-2", 2},
    {"ucs2", 2},
    {"unicode", 2},
    {"utf-32", 4},
    {"utf32", 4},
    {"ucs-4", 4},
    {"ucs4", 4},
};

static void clean_name(char *, struct str);
static int is_raw(const char *);
static size_t unit_of(const char *);
static int open_set(struct charset *, const char *);
static int open_alias(struct charset *, const char *);
static int open_page(struct charset *, const char *, const char *);
static struct str complete(struct charset *, struct out *, struct str);
static size_t convert(struct charset *, struct out *, struct str);
static void mend_ascii(struct out *, size_t);
static void put_bad(struct charset *, struct out *);

void
charset_init(struct charset *c)
{
	*c = (struct charset){.raw = 1};
}

int
charset_start(struct charset *c, struct str name)
{
	char wanted[CHARSET_NAME + 1];

	c->held_n = c->bad = 0;
	c->raw = 1;
	if (name.n == 0)
		return 1;
	clean_name(wanted, name);
	if (is_raw(wanted))
		return 1;
	if (c->convert != NULL && strcmp(c->name, wanted) == 0) {
		iconv(c->convert, NULL, NULL, NULL, NULL);
		c->raw = 0;
		return 1;
	}
	charset_free(c);
	if (!open_set(c, wanted) && !open_alias(c, wanted))
		return 0;
	memcpy(c->name, wanted, sizeof(wanted));
	c->unit = unit_of(wanted);
	c->yen = strstr(wanted, "jis") != NULL && strstr(wanted, "sh") != NULL;
	c->raw = 0;
	return 1;
}

void
charset_put(struct charset *c, struct out *to, struct str s)
{
	if (c->raw) {
		out_raw(to, s);
		return;
	}
	while (s.n > 0) {
		size_t n = s.n < STEP ? s.n : STEP, used;

		if (c->held_n > 0) {
			s = complete(c, to, s);
			continue;
		}
		used = convert(c, to, str_sub(s, 0, n));
		s = str_sub(s, used, s.n);
		if (s.n <= CHARSET_HELD && used < n) {
			memcpy(c->held, s.p, s.n);
			c->held_n = s.n;
			return;
		}
		if (used == 0) {
			put_bad(c, to);
			s = str_sub(s, 1, s.n);
		}
	}
}

void
charset_end(struct charset *c, struct out *to)
{
	if (c->raw)
		return;
	if (c->held_n > 0)
		put_bad(c, to);
	c->held_n = 0;
	/* Some sets keep a character back in case a mark follows it. */
	convert(c, to, (struct str){NULL, 0});
}

void
charset_free(struct charset *c)
{
	if (c->convert != NULL)
		iconv_close(c->convert);
	c->convert = NULL;
}

/* Lower case, without quotes or what is no part of a name. */
static void
clean_name(char *to, struct str name)
{
	size_t i, w = 0;

	for (i = 0; i < name.n && w < CHARSET_NAME; i++) {
		int c = name.p[i];

		if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
		    (c != '\0' && strchr("-_.:+", c) != NULL))
			to[w++] = (char)c;
		else if (w > 0)
			break;
	}
	to[w] = '\0';
}

static int
is_raw(const char *name)
{
	return str_in(
	    str_of(name), raw_names, sizeof(raw_names) / sizeof(*raw_names));
}

static size_t
unit_of(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(wide) / sizeof(*wide); i++)
		if (strstr(name, wide[i].part) != NULL &&
		    strstr(name, "utf-7") == NULL)
			return wide[i].unit;
	return 1;
}

/*
 * iconv_open(3) calls a set unknown when it had no memory for its module, too.
 * So see whether there is any, and ask once more.
 */
static int
open_set(struct charset *c, const char *name)
{
	size_t none = 0;
	int tries;

	for (tries = 0; tries < 2; tries++) {
		iconv_t convert = iconv_open("UTF-8", name);

		if ((size_t)convert != (size_t)-1) {
			c->convert = convert;
			return 1;
		}
		if (errno == ENOMEM)
			mem_out();
		free(mem_grow(NULL, &none, ROOM, 1));
		none = 0;
	}
	return 0;
}

static int
open_alias(struct charset *c, const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(aliases) / sizeof(*aliases); i++)
		if (strcmp(name, aliases[i][0]) == 0)
			return open_set(c, aliases[i][1]);
	return open_page(c, name, "windows-") || open_page(c, name, "cp-") ||
	       open_page(c, name, "dos-") || open_page(c, name, "ibm-") ||
	       (strncmp(name, "x-", 2) == 0 && open_set(c, name + 2));
}

/* Code pages go by many names: windows-874 is cp874. */
static int
open_page(struct charset *c, const char *name, const char *prefix)
{
	char page[CHARSET_NAME + 3] = "cp";
	size_t n = strlen(prefix);

	if (strncmp(name, prefix, n) != 0)
		return 0;
	memcpy(page + 2, name + n, strlen(name + n) + 1);
	return open_set(c, page);
}

/* Take from `s` what makes the held character whole; returns the rest. */
static struct str
complete(struct charset *c, struct out *to, struct str s)
{
	unsigned char both[2 * CHARSET_HELD];
	size_t held = c->held_n, n = CHARSET_HELD, used;

	n = s.n < n ? s.n : n;
	memcpy(both, c->held, held);
	memcpy(both + held, s.p, n);
	used = convert(c, to, (struct str){both, held + n});
	if (used >= held) {
		c->held_n = 0;
		return str_sub(s, used - held, s.n);
	}
	if (held + n - used > CHARSET_HELD) {
		/* No character is that long: its first byte is bad. */
		put_bad(c, to);
		used++;
		n = 0;
	}
	c->held_n = held + n - used;
	memcpy(c->held, both + used, c->held_n);
	return str_sub(s, n, s.n);
}

/*
 * Convert `s` and return the bytes of it that were done: less than all if it
 * ends in an incomplete character.  Without bytes, what iconv keeps back is
 * written out.
 */
static size_t
convert(struct charset *c, struct out *to, struct str s)
{
	char *in, *p;
	size_t left = s.n, room, got, n, from;

	/* It is declared without const, but does not write there. */
	memcpy(&in, &s.p, sizeof(in));
	for (;;) {
		p = (char *)out_room(to, ROOM);
		room = ROOM;
		from = to->n;
		got = iconv(
		    c->convert, in == NULL ? NULL : &in, &left, &p, &room);
		to->n += ROOM - room;
		if (c->yen)
			mend_ascii(to, from);
		if (got != (size_t)-1)
			return s.n;
		if (errno == EINVAL)
			return s.n - left;
		if (errno == E2BIG)
			continue;
		put_bad(c, to);
		if (left == 0)
			return s.n;
		n = left < c->unit ? left : c->unit;
		in += n;
		left -= n;
	}
}

/*
 * The bytes of "\\" and "~" are a yen sign and an overline in Shift_JIS by the
 * letter, and iconv says so; all who write it mean ASCII (WHATWG Encoding
 * Standard, Shift_JIS decoder).  No other bytes stand for those two.
 */
static void
mend_ascii(struct out *to, size_t from)
{
	unsigned char *p = to->buf;
	size_t i, w = from;

	for (i = from; i < to->n; i++) {
		if (to->n - i > 1 && memcmp(p + i, "\xc2\xa5", 2) == 0) {
			p[w++] = '\\';
			i++;
		} else if (to->n - i > 2 &&
			   memcmp(p + i, "\xe2\x80\xbe", 3) == 0) {
			p[w++] = '~';
			i += 2;
		} else {
			p[w++] = p[i];
		}
	}
	to->n = w;
}

static void
put_bad(struct charset *c, struct out *to)
{
	out_raw(to, STR_LIT("\xef\xbf\xbd"));
	c->bad++;
}
