/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "cmd/entities/clock.h"

enum half { HALF_NONE, HALF_MORNING, HALF_EVENING };

struct clock {
	unsigned hour, minute, second;
	int parts; /* 1 hour, 2 minute, 3 second */
	int colon; /* the first mark is a colon, not a period */
	int bare;  /* four digits, which only a zone makes a clock */
};

static size_t read_clock(struct str, struct clock *);
static size_t read_bare(struct str, struct clock *);
static size_t two_digits(struct str, size_t, unsigned *);
static size_t read_half(struct str, size_t, enum half *);
static size_t read_zone(struct str, size_t, struct str *zone);
static struct str spell(struct mem *, const struct clock *, struct str zone);
static int is_letter(struct str, size_t);

/* "10:30", "10.30 p.m.", "10pm", "10:30:15 GMT", "1030 GMT" */
size_t
clock_at(struct value *v, struct mem *mem, struct str text,
    const struct tok_list *l, size_t i)
{
	struct str s = str_sub(text, l->v[i].at, text.n), zone = {NULL, 0};
	struct clock c = {0, 0, 0, 1, 0, 0};
	enum half half = HALF_NONE;
	size_t n;

	if (l->v[i].kind != TOK_NUMBER)
		return i;
	n = l->v[i].end - l->v[i].at == 4 ? read_bare(s, &c) : 0;
	if (n == 0 && (n = read_clock(s, &c)) == 0)
		return i;
	if (!c.bare) {
		n = read_half(s, n, &half);
		if (half == HALF_NONE && !c.colon)
			return i;
	}
	if (c.minute > 59 || c.second > 59 ||
	    c.hour > (half == HALF_NONE ? 23u : 12u))
		return i;
	if (half != HALF_NONE)
		c.hour = c.hour % 12 + (half == HALF_EVENING ? 12 : 0);
	n = read_zone(s, n, &zone);
	/* "2015 CT scans", "in 2015". */
	if (c.bare && zone.n < 3)
		return i;
	*v = (struct value){l->v[i].at, l->v[i].at + (uint32_t)n,
	    spell(mem, &c, zone), VALUE_TIME, VALUE_STAYS};
	while (i < l->n && l->v[i].at < v->end)
		i++;
	return i;
}

/* Read hour, minute and second; returns the bytes read, 0 for no clock. */
static size_t
read_clock(struct str s, struct clock *c)
{
	size_t n = 0, k;

	while (n < s.n && n < 3 && s.p[n] >= '0' && s.p[n] <= '9')
		c->hour = 10 * c->hour + (unsigned)(s.p[n++] - '0');
	if (n == 0 || n > 2)
		return 0;
	if (n == s.n || (s.p[n] != ':' && s.p[n] != '.') ||
	    (k = two_digits(s, n + 1, &c->minute)) == 0)
		return n;
	c->parts = 2;
	c->colon = s.p[n] == ':';
	n = k;
	if (c->colon && n < s.n && s.p[n] == ':' &&
	    (k = two_digits(s, n + 1, &c->second)) != 0) {
		c->parts = 3;
		n = k;
	}
	/* "10:30-12" or "1:15:2" is something else, and so is "10.305". */
	return n < s.n && (s.p[n] == ':' || (s.p[n] >= '0' && s.p[n] <= '9'))
		   ? 0
		   : n;
}

/* Read "1030"; returns the bytes read, 0 for none. */
static size_t
read_bare(struct str s, struct clock *c)
{
	unsigned hour, minute;

	if (two_digits(s, 2, &minute) == 0 ||
	    two_digits(str_sub(s, 0, 2), 0, &hour) == 0)
		return 0;
	*c = (struct clock){hour, minute, 0, 2, 0, 1};
	return 4;
}

static size_t
two_digits(struct str s, size_t at, unsigned *n)
{
	if (at + 2 > s.n || s.p[at] < '0' || s.p[at] > '9' ||
	    s.p[at + 1] < '0' || s.p[at + 1] > '9')
		return 0;
	if (at + 2 < s.n && s.p[at + 2] >= '0' && s.p[at + 2] <= '9')
		return 0;
	*n = 10u * (unsigned)(s.p[at] - '0') + (unsigned)(s.p[at + 1] - '0');
	return at + 2;
}

/* Read "am", "p.m." and the like behind byte `at`; returns the new end. */
static size_t
read_half(struct str s, size_t at, enum half *half)
{
	size_t i = at;
	unsigned char c;

	*half = HALF_NONE;
	if (i < s.n && s.p[i] == ' ')
		i++;
	if (i + 1 >= s.n)
		return at;
	c = s.p[i] | 0x20;
	if (c != 'a' && c != 'p')
		return at;
	i++;
	if (s.p[i] == '.')
		i++;
	if (i >= s.n || (s.p[i] | 0x20) != 'm' || is_letter(s, i + 1))
		return at;
	*half = c == 'a' ? HALF_MORNING : HALF_EVENING;
	i++;
	return i < s.n && s.p[i] == '.' && s.p[i - 2] == '.' ? i + 1 : i;
}

/* Read " GMT" and the like behind byte `at`; returns the new end. */
static size_t
read_zone(struct str s, size_t at, struct str *zone)
{
	static const char *const zones[] = {"GMT", "UTC", "EST", "EDT", "CST",
	    "CDT", "MST", "MDT", "PST", "PDT", "ET", "CT", "PT", "BST", "CET",
	    "CEST", "EET", "EEST", "MSK", "IST", "JST", "KST", "AEST", "AEDT"};
	size_t i;

	if (at >= s.n || s.p[at] != ' ')
		return at;
	for (i = 0; i < sizeof(zones) / sizeof(zones[0]); i++) {
		struct str z = str_of(zones[i]);

		if (str_starts(str_sub(s, at + 1, s.n), z) &&
		    !is_letter(s, at + 1 + z.n)) {
			*zone = z;
			return at + 1 + z.n;
		}
	}
	return at;
}

/* "22:30", "22:30:15 GMT" */
static struct str
spell(struct mem *mem, const struct clock *c, struct str zone)
{
	const unsigned v[3] = {c->hour, c->minute, c->second};
	int i, parts = c->parts < 2 ? 2 : c->parts;
	unsigned char *to = mem_new(mem, sizeof("00:00:00 ") + zone.n, 1);
	size_t n = 0;

	for (i = 0; i < parts; i++) {
		if (i > 0)
			to[n++] = ':';
		to[n++] = (unsigned char)('0' + v[i] / 10);
		to[n++] = (unsigned char)('0' + v[i] % 10);
	}
	if (zone.n > 0) {
		to[n++] = ' ';
		memcpy(to + n, zone.p, zone.n);
		n += zone.n;
	}
	return (struct str){to, n};
}

static int
is_letter(struct str s, size_t i)
{
	return i < s.n && (((s.p[i] | 0x20) >= 'a' && (s.p[i] | 0x20) <= 'z') ||
			      s.p[i] >= 0x80);
}
