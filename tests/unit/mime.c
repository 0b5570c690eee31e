/* SPDX-License-Identifier: ISC */
#include "cmd/docsplit/address.h"
#include "cmd/docsplit/charset.h"
#include "cmd/docsplit/encword.h"
#include "cmd/docsplit/transfer.h"

#include "tests/unit/check.h"

struct sample {
	const char *in, *out;
};

/* Decode in pieces of at most `step` bytes. */
static struct str
decode(enum transfer_kind kind, unsigned char *to, struct str s, size_t step)
{
	struct transfer t;
	size_t w = 0, n;

	transfer_start(&t, kind);
	for (; s.n > 0; s = str_sub(s, n, s.n)) {
		n = s.n < step ? s.n : step;
		w += transfer_put(&t, to + w, str_sub(s, 0, n));
	}
	w += transfer_end(&t, to + w);
	return (struct str){to, w};
}

static void
decodes(enum transfer_kind kind, const struct sample *v, size_t n)
{
	unsigned char to[400];
	size_t step;

	for (; n > 0; n--, v++)
		for (step = 1; step < 40; step++)
			CHECK_STR(decode(kind, to, str_of(v->in), step),
			    str_of(v->out));
}

static void
quoted(void)
{
	static const struct sample v[] = {
	    {"caf=C3=A9 =3d", "caf\xc3\xa9 ="},
	    {"a=\nb=\r\nc= \t\nd=", "abcd"},
	    {"end = ", "end "},
	    {"a \nb\t\r\n", "a \nb\t\r\n"},
	    {"=4 =G1 =4=41 == ==41", "=4 =G1 =4A == ==41"},
	    {"x =1", "x =1"},
	    {"=\rx = \rx =\r", "=\rx = \rx =\r"},
	    {"= x", "= x"},
	};

	decodes(TRANSFER_QUOTED, v, sizeof(v) / sizeof(*v));
}

static void
base64(void)
{
	static const struct sample v[] = {
	    {"SGVsbG8=", "Hello"},
	    {"SGVs\r\nbG8gd29y\nbGQ=\n", "Hello world"},
	    {"SG*Vs-bG8", "Hello"},
	    {"SGVsbG8=SGVsbG8=", "Hello"},
	    {"SGVsbA", "Hell"},
	    {"SGVsbG8gd", "Hello "},
	    {"=SGVsbA==", "Hell"},
	    {"", ""},
	};

	decodes(TRANSFER_BASE64, v, sizeof(v) / sizeof(*v));
}

static void
base64_faults(void)
{
	unsigned char to[200];
	struct transfer t;

	transfer_start(&t, TRANSFER_BASE64);
	transfer_put(&t, to, STR_LIT("SGVsbG8=\r\n \n"));
	transfer_end(&t, to);
	CHECK(!t.cut && !t.trailing);
	transfer_start(&t, TRANSFER_BASE64);
	transfer_put(&t, to, STR_LIT("SGVsbG8=\n--\n"));
	transfer_end(&t, to);
	CHECK(!t.cut && t.trailing);
	transfer_start(&t, TRANSFER_BASE64);
	transfer_put(&t, to, STR_LIT("SGVsbG8"));
	transfer_end(&t, to);
	CHECK(t.cut && !t.trailing);
}

/* The whole of quoted-printable text at once. */
static size_t
model_quoted(unsigned char *to, struct str s)
{
	const char *digits = "0123456789ABCDEF0123456789abcdef";
	size_t i, k, w = 0;

	for (i = 0; i < s.n; i++) {
		const char *a = NULL, *b = NULL;

		if (s.p[i] == '=' && i + 2 < s.n) {
			a = strchr(digits, s.p[i + 1]);
			b = strchr(digits, s.p[i + 2]);
		}
		for (k = i + 1; k < s.n && (s.p[k] == ' ' || s.p[k] == '\t');)
			k++;
		/* A lone CR at the end is no half of a line end. */
		if (k < s.n && s.p[k] == '\r' && (k > i + 1 || k + 1 < s.n))
			k++;
		if (s.p[i] != '=') {
			to[w++] = s.p[i];
		} else if (a != NULL && b != NULL) {
			to[w++] = (unsigned char)((a - digits) % 16 * 16 +
						  (b - digits) % 16);
			i += 2;
		} else if (k >= s.n || s.p[k] == '\n') {
			i = k;
		} else {
			to[w++] = '=';
			/* The second of two begins nothing. */
			if (s.p[i + 1] == '=')
				to[w++] = s.p[++i];
		}
	}
	return w;
}

/* The whole of base64, a group after the other. */
static size_t
model_base64(unsigned char *to, struct str s)
{
	const char *all = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
			  "0123456789+/";
	size_t i, k, n = 0, pads = 0, w = 0;
	uint32_t v[4] = {0};

	for (i = 0; i <= s.n; i++) {
		const char *at = i < s.n ? strchr(all, s.p[i]) : NULL;

		if (at != NULL)
			v[n++] = (uint32_t)(at - all);
		pads += i < s.n && s.p[i] == '=' && n >= 2;
		if (n < 4 && i < s.n && (s.p[i] != '=' || n + pads != 4))
			continue;
		for (k = n; k < 4; k++)
			v[k] = 0;
		if (n > 1)
			to[w++] = (unsigned char)(v[0] << 2 | v[1] >> 4);
		if (n > 2)
			to[w++] = (unsigned char)(v[1] << 4 | v[2] >> 2);
		if (n > 3)
			to[w++] = (unsigned char)(v[2] << 6 | v[3]);
		if (n < 4)
			break;
		n = pads = 0;
	}
	return w;
}

static void
random_codes(void)
{
	static const char bytes[] = "===  \t\r\n4Aa9fSGVz/+-G";
	const size_t rounds = check_count();
	uint64_t state = 7;
	size_t i, k;

	for (i = 0; i < rounds; i++) {
		unsigned char in[60], a[200], b[200];
		struct str s = {in, check_random(&state) % sizeof(in)};
		struct str want = {b, 0};

		for (k = 0; k < s.n; k++)
			in[k] = (unsigned char)
			    bytes[check_random(&state) % (sizeof(bytes) - 1)];
		want.n = i % 2 == 0 ? model_quoted(b, s) : model_base64(b, s);
		k = 1 + check_random(&state) % 60;
		if (!CHECK_STR(
			decode(i % 2 == 0 ? TRANSFER_QUOTED : TRANSFER_BASE64,
			    a, s, k),
			want))
			printf("# %.*s\n", (int)s.n, (const char *)in);
	}
}

/* Any bytes in any pieces give the same. */
static void
pieces(void)
{
	static const char bytes[] = "=== \t\r\n4Aa9fSGVz/+-";
	uint64_t state = 1;
	size_t i, k;

	for (i = 0; i < 20000; i++) {
		unsigned char in[60], a[200], b[200];
		struct str s = {in, check_random(&state) % sizeof(in)};
		enum transfer_kind kind =
		    i % 2 == 0 ? TRANSFER_QUOTED : TRANSFER_BASE64;

		for (k = 0; k < s.n; k++)
			in[k] = (unsigned char)
			    bytes[check_random(&state) % (sizeof(bytes) - 1)];
		k = 1 + check_random(&state) % 9;
		CHECK_STR(decode(kind, a, s, k), decode(kind, b, s, 60));
	}
}

static struct str
convert(struct out *to, const char *name, struct str s, size_t step)
{
	struct charset c;
	size_t n;

	charset_init(&c);
	to->n = 0;
	charset_start(&c, str_of(name));
	for (; s.n > 0; s = str_sub(s, n, s.n)) {
		n = s.n < step ? s.n : step;
		charset_put(&c, to, str_sub(s, 0, n));
	}
	charset_end(&c, to);
	charset_free(&c);
	return (struct str){to->buf, to->n};
}

static void
charsets(void)
{
	static const struct {
		const char *name, *in, *out;
	} v[] = {
	    {"ISO-8859-1", "caf\xe9", "caf\xc3\xa9"},
	    {"'Windows-1252'", "\x80", "\xe2\x82\xac"},
	    {"windows-874", "\xa1", "\xe0\xb8\x81"},
	    {"iso-2022-jp", "\x1b$B$\"\x1b(Ba",
		"\xe3\x81\x82"
		"a"},
	    {"Shift_JIS", "\x82\xa0\\~\x82", "\xe3\x81\x82\\~\xef\xbf\xbd"},
	    {"x-sjis", "\x82\xa0", "\xe3\x81\x82"},
	    {"X-MAC-ROMAN", "\x8a", "\xc3\xa4"},
	    {"X-KOI8-R", "\xc1", "\xd0\xb0"},
	    {"x-koi8-r", "\xc1", "\xd0\xb0"},
	    {"z-koi8-r", "a", "a"},
	    {"gb2312", "\x81z", "\xef\xbf\xbdz"},
	    {"UTF-8", "\xff\xc3", "\xff\xc3"},
	    {"us-ascii", "\xe9", "\xe9"},
	    {"unknown-8bit", "\xe9", "\xe9"},
	    {"no-such-set", "\xe9", "\xe9"},
	    {"utf-16//IGNORE", "", ""},
	};
	struct out to = {.fd = OUT_MEMORY};
	size_t i, step;

	for (i = 0; i < sizeof(v) / sizeof(*v); i++)
		for (step = 1; step < 12; step++)
			CHECK_STR(
			    convert(&to, v[i].name, str_of(v[i].in), step),
			    str_of(v[i].out));
	CHECK_STR(
	    convert(&to, "utf-16be",
		(struct str){(const unsigned char *)"\0a\xdc\0\0b", 6}, 1),
	    STR_LIT("a\xef\xbf\xbd"
		    "b"));
	out_close(&to);
}

static void
charset_pieces(void)
{
	static const char *const names[] = {"shift_jis", "iso-2022-jp",
	    "utf-16le", "utf-7", "gb18030", "koi8-r", "big5"};
	static const unsigned char bytes[] = {
	    0x1b, '$', 'B', '(', 'B', '+', '-', 'a', 0x82, 0xa0, 0xd8, 0};
	struct out a = {.fd = OUT_MEMORY}, b = {.fd = OUT_MEMORY};
	uint64_t state = 1;
	size_t i, k;

	for (i = 0; i < 5000; i++) {
		unsigned char in[40];
		struct str s = {in, check_random(&state) % sizeof(in)};
		const char *name = names[i % 7];

		for (k = 0; k < s.n; k++)
			in[k] = bytes[check_random(&state) % sizeof(bytes)];
		k = 1 + check_random(&state) % 6;
		CHECK_STR(convert(&a, name, s, k), convert(&b, name, s, 64));
	}
	out_close(&a);
	out_close(&b);
}

typedef void value_fn(struct charset *, struct out *, struct str);

static void
values(value_fn *fn, const struct sample *v, size_t n)
{
	struct out to = {.fd = OUT_MEMORY};
	struct charset c;

	charset_init(&c);
	for (; n > 0; n--, v++) {
		to.n = 0;
		fn(&c, &to, str_of(v->in));
		CHECK_STR(((struct str){to.buf, to.n}), str_of(v->out));
	}
	charset_free(&c);
	out_close(&to);
}

static void
words(void)
{
	static const struct sample v[] = {
	    {"plain", "plain"},
	    {"=?utf-8?q?a_b=21?=", "a b!"},
	    {"x =?UTF-8?B?w7Y=?= y", "x \xc3\xb6 y"},
	    {"=?utf-8?q?a?= \t =?utf-8?q?b?= c", "ab c"},
	    {"=?utf-8?q?=C3?= =?utf-8?q?=B6?=", "\xc3\xb6"},
	    {"=?iso-8859-1?q?=E4?= =?utf-8?q?b?=", "\xc3\xa4"
						   "b"},
	    {"x=?utf-8?q?a?=y", "xay"},
	    {"=?utf-8?q?a b?=", "a b"},
	    {"=?utf-8*en?q?a?=", "a"},
	    {"=?none?q?=C3=B6?=", "\xc3\xb6"},
	    {"=?utf-8?x?a?=", "=?utf-8?x?a?="},
	    {"=?iso-8859-1?q?=E4?= =?utf-8?q?=C3=B6?=", "\xc3\xa4\xc3\xb6"},
	    {"=?utf-8?q?a", "=?utf-8?q?a"},
	    {"=?utf-8?q?a =?utf-8?q?b", "=?utf-8?q?a =?utf-8?q?b"},
	    {"=?utf-8?q?a?= =?utf-8?q?b", "a =?utf-8?q?b"},
	    {"=?utf-8?q?"
	     "?= y",
		" y"},
	    {"=?a=?utf-8?q?b?=", "=?ab"},
	    {"=?=?=?=", "=?=?=?="},
	    {"", ""},
	};

	values(encword_decode, v, sizeof(v) / sizeof(*v));
}

static void
addresses(void)
{
	static const struct sample v[] = {
	    {"ann@example.org", "ann@example.org"},
	    {"<ann@example.org>", "ann@example.org"},
	    {"\"Ann\"  Bee  <ann@example.org>", "Ann Bee <ann@example.org>"},
	    {"Ann B. Cee <a@b>", "\"Ann B. Cee\" <a@b>"},
	    {"\"Bee, \\\"Ann\" <a@b>", "\"Bee, \\\"Ann\" <a@b>"},
	    {"=?utf-8?q?Bee=2C_J=C3=B6?= <a@b>", "\"Bee, J\xc3\xb6\" <a@b>"},
	    {"a@b (Ann)", "a@b"},
	    {"(x (y)) Ann (z) Bee < a @ b >", "Ann Bee <a@b>"},
	    {"a@b, Ann <c@d>,", "a@b, Ann <c@d>"},
	    {"list: a@b, c@d;", "list: a@b, c@d;"},
	    {"none:;", "none:;"},
	    {"\"a b\"@c", "\"a b\"@c"},
	    {"<@x,@y:a@b>", "a@b"},
	    {"Ann <>", "Ann <>"},
	    {"MAILER-DAEMON", "MAILER-DAEMON"},
	    {"ann at example.org (Ann)", "\"ann at example.org\""},
	    {"Ann <a@b", "Ann <a@b>"},
	    {"a@b c <d@e>", "a@b"},
	    {"<", "<>"},
	    {"\"", ""},
	    {"", ""},
	};

	values(address_list, v, sizeof(v) / sizeof(*v));
}

int
main(void)
{
	check_case("mime: quoted-printable", quoted);
	check_case("mime: base64", base64);
	check_case("mime: faults in base64", base64_faults);
	check_case("mime: transfer encodings in pieces", pieces);
	check_case("mime: charsets", charsets);
	check_case("mime: charsets in pieces", charset_pieces);
	check_case("mime: encoded words", words);
	check_case("mime: addresses", addresses);
	check_case("mime: encodings equal the model", random_codes);
	return check_done();
}
