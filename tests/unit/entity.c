/* SPDX-License-Identifier: ISC */
#include <iconv.h>
#include <stdlib.h>

#include "cmd/docsplit/entity.h"

#include "tests/unit/check.h"
#include "tests/unit/vary.h"

/* Names of the HTML standard, section 13.5; inputs have no other right ones. */
static const struct {
	const char *name;
	uint32_t value;
} names[] = {{"AElig", 0xc6}, {"Oslash", 0xd8}, {"amp", 0x26}, {"apos", 0x27},
    {"alefsym", 0x2135}, {"bull", 0x2022}, {"euro", 0x20ac}, {"frac12", 0xbd},
    {"gt", 0x3e}, {"hellip", 0x2026}, {"lt", 0x3c}, {"nbsp", 0xa0},
    {"quot", 0x22}, {"rsquo", 0x2019}, {"szlig", 0xdf}, {"weierp", 0x2118},
    {"zwj", 0x200d}, {"zwnj", 0x200c}};

#define NAMES (sizeof(names) / sizeof(names[0]))

static iconv_t windows; /* to UTF-32 */

/* Encode as RFC 3629, section 3, defines it. */
static size_t
put(unsigned char *to, uint32_t c)
{
	if (c < 0x80) {
		to[0] = (unsigned char)c;
		return 1;
	}
	if (c < 0x800) {
		to[0] = (unsigned char)(0xc0 | c >> 6);
		to[1] = (unsigned char)(0x80 | (c & 63));
		return 2;
	}
	if (c < 0x10000) {
		to[0] = (unsigned char)(0xe0 | c >> 12);
		to[1] = (unsigned char)(0x80 | (c >> 6 & 63));
		to[2] = (unsigned char)(0x80 | (c & 63));
		return 3;
	}
	to[0] = (unsigned char)(0xf0 | c >> 18);
	to[1] = (unsigned char)(0x80 | (c >> 12 & 63));
	to[2] = (unsigned char)(0x80 | (c >> 6 & 63));
	to[3] = (unsigned char)(0x80 | (c & 63));
	return 4;
}

/* Those that windows-1252 leaves free stand for themselves. */
static uint32_t
model_windows(uint32_t c)
{
	char in = (char)c, *from = &in, *to = (char *)&c;
	size_t left = 1, room = sizeof(c);

	iconv(windows, &from, &left, &to, &room);
	return c;
}

static uint32_t
model_number(const char *digits, int base)
{
	unsigned long c = strtoul(digits, NULL, base);

	if (c >= 0x80 && c <= 0x9f)
		return model_windows((uint32_t)c);
	if (c == 0 || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return 0xfffd;
	return (uint32_t)c;
}

/* The bytes of the reference at the front of `s`, 0 if it is none. */
static size_t
model_read(struct str s, uint32_t *value)
{
	const char *digits = "0123456789abcdefABCDEF";
	char body[ENTITY_LONG + 1];
	size_t i, n = 1, hex;

	while (n < s.n && s.p[n] != ';')
		n++;
	if (n == s.n || n + 1 > ENTITY_LONG)
		return 0;
	memcpy(body, s.p + 1, n - 1);
	body[n - 1] = '\0';
	if (memchr(body, '\0', n - 1) != NULL)
		return 0;
	for (i = 0; i < NAMES; i++) {
		if (strcmp(body, names[i].name) == 0) {
			*value = names[i].value;
			return n + 1;
		}
	}
	hex = body[0] == '#' && (body[1] == 'x' || body[1] == 'X');
	if (body[0] != '#' || body[1 + hex] == '\0' ||
	    strspn(body + 1 + hex, hex ? digits : "0123456789") != n - 2 - hex)
		return 0;
	*value = model_number(body + 1 + hex, hex ? 16 : 10);
	return n + 1;
}

static size_t
model_decode(unsigned char *to, struct str s)
{
	size_t i = 0, w = 0, n;
	uint32_t value;

	while (i < s.n) {
		n = s.p[i] == '&' ? model_read(str_sub(s, i, s.n), &value) : 0;
		if (n > 0)
			w += put(to + w, value);
		else
			to[w++] = s.p[i];
		i += n > 0 ? n : 1;
	}
	return w;
}

/* A reference, most often a right one. */
static void
make(struct vary *v)
{
	static const uint32_t edges[] = {0, 1, 0x7f, 0x80, 0x81, 0x9f, 0xa0,
	    0x7ff, 0x800, 0xd7ff, 0xd800, 0xdfff, 0xe000, 0xffff, 0x10000,
	    0x10ffff, 0x110000};
	uint32_t c = edges[vary_below(v, sizeof(edges) / sizeof(edges[0]))];
	size_t from = v->n;
	char text[40];

	if (vary_below(v, 3) == 0)
		c = (uint32_t)(check_random(&v->state) >>
			       (32 + vary_below(v, 32)));
	switch (vary_below(v, 3)) {
	case 0:
		snprintf(text, sizeof(text), "&%s;",
		    names[vary_below(v, NAMES)].name);
		break;
	case 1:
		snprintf(text, sizeof(text), "&#%0*u;",
		    (int)vary_below(v, 12) + 1, c);
		break;
	default:
		snprintf(text, sizeof(text),
		    vary_below(v, 2) == 0 ? "&#x%0*x;" : "&#X%0*X;",
		    (int)vary_below(v, 12) + 1, c);
	}
	vary_add(v, str_of(text));
	/* "Q" and "_" are in no name, so that none becomes another. */
	if (vary_below(v, 2) == 0)
		v->p[from + vary_below(v, v->n - from)] =
		    (unsigned char)("Q_;&#0x"[vary_below(v, 7)]);
	if (vary_below(v, 8) == 0)
		v->n--;
}

static void
read_one(struct str s, size_t counts[2])
{
	unsigned char a[ENTITY_MAX], b[4] = "";
	size_t n = 0, len = 0, want, k, more;
	enum entity got;
	uint32_t c = 0;

	want = model_read(s, &c);
	got = entity_read(s, a, &n, &len);
	counts[want > 0]++;
	CHECK((got == ENTITY_READ) == (want > 0));
	if (got == ENTITY_READ) {
		CHECK_EQ(len, want);
		CHECK_STR(((struct str){a, n}), ((struct str){b, put(b, c)}));
	}
	/* What is decided early stays so. */
	for (k = 1; k < s.n; k++) {
		more = (size_t)entity_read(str_sub(s, 0, k), a, &n, &len);
		CHECK(more == ENTITY_MORE ? k < ENTITY_LONG
					  : more == (size_t)got);
	}
}

static void
equals_model(void)
{
	const size_t rounds = check_count();
	struct vary v = {.state = 11};
	size_t i, counts[2] = {0};

	windows = iconv_open("UTF-32LE", "WINDOWS-1252");
	for (i = 0; i < rounds; i++) {
		unsigned char a[sizeof(v.p)], b[sizeof(v.p)] = "";
		struct str s = {a, 0}, want = {b, 0};

		v.n = 0;
		make(&v);
		read_one(vary_str(&v), counts);
		while (vary_below(&v, 3) > 0) {
			if (vary_below(&v, 2) == 0)
				vary_byte(&v, ' ');
			make(&v);
		}
		memcpy(a, v.p, v.n);
		s.n = entity_decode(a, (struct str){a, v.n});
		want.n = model_decode(b, vary_str(&v));
		if (!CHECK_STR(s, want) && check.failures < 10)
			printf("# %.*s\n", (int)v.n, (const char *)v.p);
	}
	iconv_close(windows);
	CHECK(counts[0] > rounds / 5 && counts[1] > rounds / 5);
}

int
main(void)
{
	check_case("entity: references equal the model", equals_model);
	return check_done();
}
