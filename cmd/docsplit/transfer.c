/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "cmd/docsplit/transfer.h"

enum { WHITE = 64, PAD = 65, NOISE = 66 };

static size_t put_quoted(struct transfer *, unsigned char *, struct str);
static size_t put_held(struct transfer *, unsigned char *, int);
static size_t release(struct transfer *, unsigned char *);
static size_t put_base64(struct transfer *, unsigned char *, struct str);
static size_t put_rest(struct transfer *, unsigned char *);
static int sextet(int);
static int hex(int);

enum transfer_kind
transfer_kind(struct str name)
{
	static const struct {
		const char *name;
		enum transfer_kind kind;
	} kinds[] = {
	    {"7bit", TRANSFER_NONE},
	    {"8bit", TRANSFER_NONE},
	    {"binary", TRANSFER_NONE},
	    {"quoted-printable", TRANSFER_QUOTED},
	    {"base64", TRANSFER_BASE64},
	};
	size_t i;

	if (name.n == 0)
		return TRANSFER_NONE;
	for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (str_eq(name, str_of(kinds[i].name)))
			return kinds[i].kind;
	return TRANSFER_UNKNOWN;
}

void
transfer_start(struct transfer *t, enum transfer_kind kind)
{
	*t = (struct transfer){.kind = kind};
}

size_t
transfer_put(struct transfer *t, unsigned char *to, struct str s)
{
	if (t->kind == TRANSFER_QUOTED)
		return put_quoted(t, to, s);
	if (t->kind == TRANSFER_BASE64)
		return put_base64(t, to, s);
	if (s.n > 0)
		memcpy(to, s.p, s.n);
	return s.n;
}

size_t
transfer_end(struct transfer *t, unsigned char *to)
{
	size_t w = 0;

	if (t->kind == TRANSFER_BASE64)
		return put_rest(t, to);
	/* A soft line break whose line end belongs to the boundary. */
	if (t->held_n > 1 && t->held[1] != ' ' && t->held[1] != '\t')
		w = release(t, to);
	t->held_n = 0;
	return w;
}

static size_t
put_quoted(struct transfer *t, unsigned char *to, struct str s)
{
	size_t w = 0;

	while (s.n > 0) {
		const unsigned char *mark;
		size_t n;

		if (t->held_n > 0) {
			w += put_held(t, to + w, s.p[0]);
			s = str_sub(s, 1, s.n);
			continue;
		}
		mark = memchr(s.p, '=', s.n);
		n = mark == NULL ? s.n : (size_t)(mark - s.p);
		memcpy(to + w, s.p, n);
		w += n;
		s = str_sub(s, n, s.n);
		if (mark != NULL) {
			t->held[t->held_n++] = '=';
			s = str_sub(s, 1, s.n);
		}
	}
	return w;
}

/*
 * One more byte of an escape: two digits, or a line end with white space in
 * front of it that was added on the way (RFC 2045, 6.7, rule 3 and grammar).
 */
static size_t
put_held(struct transfer *t, unsigned char *to, int c)
{
	const int last = t->held[t->held_n - 1];
	const int first = t->held_n == 1;
	size_t w = 0;

	if (c == '\n' &&
	    (first || last == ' ' || last == '\t' || last == '\r')) {
		t->held_n = 0;
		return 0;
	}
	if (t->held_n == 2 && hex(last) >= 0 && hex(c) >= 0) {
		to[0] = (unsigned char)(hex(last) << 4 | hex(c));
		t->held_n = 0;
		return 1;
	}
	if (t->held_n < TRANSFER_HELD &&
	    ((first && hex(c) >= 0) ||
		((c == ' ' || c == '\t' || c == '\r') &&
		    (first || last == ' ' || last == '\t')))) {
		t->held[t->held_n++] = (unsigned char)c;
		return 0;
	}
	/* No escape: "=" and the byte behind it stay as they are. */
	w = release(t, to);
	if (c == '=' && !first) {
		t->held[t->held_n++] = '=';
		return w;
	}
	to[w++] = (unsigned char)c;
	return w;
}

static size_t
release(struct transfer *t, unsigned char *to)
{
	size_t n = t->held_n;

	memcpy(to, t->held, n);
	t->held_n = 0;
	return n;
}

static size_t
put_base64(struct transfer *t, unsigned char *to, struct str s)
{
	size_t i, w = 0;

	for (i = 0; i < s.n; i++) {
		int value = sextet(s.p[i]);

		if (t->ended) {
			t->trailing |= value != WHITE;
		} else if (value < 64) {
			t->bits = t->bits << 6 | (uint32_t)value;
			if (++t->quad < 4)
				continue;
			to[w++] = (unsigned char)(t->bits >> 16);
			to[w++] = (unsigned char)(t->bits >> 8);
			to[w++] = (unsigned char)t->bits;
			t->quad = t->padding = 0;
		} else if (value == PAD && t->quad >= 2 &&
			   t->quad + ++t->padding == 4) {
			w += put_rest(t, to + w);
			t->ended = 1;
		}
	}
	return w;
}

/* The whole bytes of what is no group of four characters. */
static size_t
put_rest(struct transfer *t, unsigned char *to)
{
	size_t w = 0;

	t->cut |= t->quad > 0 && t->quad + t->padding < 4;
	if (t->quad == 2)
		to[w++] = (unsigned char)(t->bits >> 4);
	if (t->quad == 3) {
		to[w++] = (unsigned char)(t->bits >> 10);
		to[w++] = (unsigned char)(t->bits >> 2);
	}
	t->quad = t->padding = 0;
	return w;
}

static int
sextet(int c)
{
	/* clang-format off */
	enum { W = WHITE, P = PAD, X = NOISE };
	static const unsigned char table[128] = {
	    X, X, X, X, X, X, X, X, X, W, W, W, W, W, X, X,
	    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
	    W, X, X, X, X, X, X, X, X, X, X, 62, X, X, X, 63,
	    52, 53, 54, 55, 56, 57, 58, 59, 60, 61, X, X, X, P, X, X,
	    X, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
	    15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, X, X, X, X, X,
	    X, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
	    41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, X, X, X, X, X,
	};
	/* clang-format on */

	return c < 128 ? table[c] : NOISE;
}

static int
hex(int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}
