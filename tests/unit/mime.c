/* SPDX-License-Identifier: ISC */
#include "cmd/docsplit/charset.h"
#include "cmd/docsplit/encword.h"
#include "cmd/docsplit/header.h"
#include "cmd/docsplit/transfer.h"

#include "tests/unit/check.h"
#include "tests/unit/vary.h"

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

/* Where a byte is in the list, which has no NUL; NULL if it is not. */
static const char *
place_of(int c, const char *list)
{
	return c == '\0' ? NULL : strchr(list, c);
}

/* The whole of quoted-printable text at once. */
static size_t
model_quoted(unsigned char *to, struct str s)
{
	static const char digits[] = "0123456789ABCDEF0123456789abcdef";
	size_t i, k, w = 0;

	for (i = 0; i < s.n; i++) {
		const char *a = NULL, *b = NULL;

		if (s.p[i] == '=' && i + 2 < s.n) {
			a = place_of(s.p[i + 1], digits);
			b = place_of(s.p[i + 2], digits);
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
	static const char all[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	    "0123456789+/";
	size_t i, k, n = 0, pads = 0, w = 0;
	uint32_t v[4] = {0};

	for (i = 0; i <= s.n; i++) {
		const char *at = i < s.n ? place_of(s.p[i], all) : NULL;

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
	struct out to = {.fd = OUT_MEMORY};
	struct charset c;
	size_t i;

	charset_init(&c);
	for (i = 0; i < sizeof(v) / sizeof(*v); i++) {
		to.n = 0;
		encword_decode(&c, &to, str_of(v[i].in));
		CHECK_STR(((struct str){to.buf, to.n}), str_of(v[i].out));
	}
	charset_free(&c);
	out_close(&to);
}

/* An encoded word, its text decoded to bytes of its set. */
struct model_word {
	struct str set;
	unsigned char p[sizeof(((struct vary *)NULL)->p)];
	size_t n;
};

/* The bytes of the encoded word at `i`, 0 if there is none. */
static size_t
model_word(struct str s, size_t i, struct model_word *word)
{
	size_t set = i + 2, k = set, end, n;
	unsigned char text[sizeof(word->p)];
	int letter;

	while (k < s.n && s.p[k] > ' ' && s.p[k] != '?')
		k++;
	if (!str_starts(str_sub(s, i, s.n), STR_LIT("=?")) || k == set ||
	    k - set > 80 || k + 3 > s.n || s.p[k] != '?' || s.p[k + 2] != '?')
		return 0;
	letter = s.p[k + 1];
	for (end = k + 3; end < s.n; end++)
		if (str_starts(str_sub(s, end, s.n), STR_LIT("?=")))
			break;
	if (end == s.n || place_of(letter, "bBqQ") == NULL)
		return 0;
	for (n = 0; n < end - k - 3; n++)
		text[n] = (letter | 32) == 'q' && s.p[k + 3 + n] == '_'
			      ? ' '
			      : s.p[k + 3 + n];
	word->n = (letter | 32) == 'q'
		      ? model_quoted(word->p, (struct str){text, n})
		      : model_base64(word->p, (struct str){text, n});
	for (n = set; n < k && s.p[n] != '*';)
		n++;
	word->set = str_sub(s, set, n);
	return end + 2 - i;
}

/*
 * Words that follow each other, at most white space between, and are of one
 * set, are one text.
 */
static size_t
model_words(struct charset *c, struct out *to, struct str s)
{
	size_t i = 0, at, n, words = 0;
	struct model_word word;
	struct str set;

	to->n = 0;
	while (i < s.n) {
		n = model_word(s, i, &word);
		if (n == 0) {
			out_raw(to, str_sub(s, i, i + 1));
			i++;
			continue;
		}
		set = word.set;
		charset_start(c, set);
		for (at = i; n > 0; n = model_word(s, at, &word)) {
			if (!header_same(set, word.set)) {
				charset_end(c, to);
				charset_start(c, set = word.set);
			}
			charset_put(c, to, (struct str){word.p, word.n});
			words++;
			i = at += n;
			while (at < s.n && (s.p[at] == ' ' || s.p[at] == '\t'))
				at++;
		}
		charset_end(c, to);
	}
	return words;
}

/* Of 77 bytes: 80 are the most that a name of a set may have. */
static const char long_name[] =
    "a-name-of-so-many-letters-that-it-is-none-of-a-set-of-characters-"
    "but-just-long";

static void
make_word(struct vary *v)
{
	static const char *const sets[] = {"utf-8", "UTF-8*en", "latin1",
	    "LATIN1", "utf-16be", "x-none", "shift_jis", long_name};
	static const char *const ways[] = {"?q?", "?Q?", "?b?", "?B?", "?x?"};
	static const char *const texts[] = {"a_b", "=C3=B6", "=E4", "=00a",
	    "=00", "=82=A0", "=82", "w7Y=", "AGEA", "gqA", "gg==", "", "= _\t"};

	vary_add(v, STR_LIT("=?"));
	vary_word(v, sets, sizeof(sets) / sizeof(sets[0]));
	while (vary_below(v, 8) == 0)
		vary_byte(v, 'n');
	vary_word(v, ways, 4 + (vary_below(v, 8) == 0));
	vary_word(v, texts, sizeof(texts) / sizeof(texts[0]));
	if (vary_below(v, 3) == 0)
		vary_word(v, texts, sizeof(texts) / sizeof(texts[0]));
	vary_add(v, STR_LIT("?="));
}

static void
random_words(void)
{
	static const char *const between[] = {"", " ", "\t ", "x", " = ", "?="};
	const size_t rounds = check_count();
	struct out a = {.fd = OUT_MEMORY}, b = {.fd = OUT_MEMORY};
	struct charset one, other;
	struct vary v = {.state = 5};
	size_t i, n, none = 0, several = 0;

	charset_init(&one);
	charset_init(&other);
	for (i = 0; i < rounds; i++) {
		v.n = 0;
		do {
			make_word(&v);
			vary_word(&v, between, 6);
		} while (vary_below(&v, 3) > 0);
		vary_spoil(&v, 0, STR_LIT("?=?=_* qb\r\n4"));
		n = model_words(&other, &b, vary_str(&v));
		none += n == 0;
		several += n > 1;
		a.n = 0;
		encword_decode(&one, &a, vary_str(&v));
		if (!CHECK_STR(((struct str){a.buf, a.n}),
			((struct str){b.buf, b.n})) &&
		    check.failures < 10)
			printf("# %.*s\n", (int)v.n, (const char *)v.p);
	}
	CHECK(none > rounds / 50 && several > rounds / 5);
	charset_free(&one);
	charset_free(&other);
	out_close(&a);
	out_close(&b);
}

int
main(void)
{
	check_case("mime: quoted-printable", quoted);
	check_case("mime: base64", base64);
	check_case("mime: faults in base64", base64_faults);
	check_case("mime: transfer encodings in pieces", pieces);
	check_case("mime: encoded words", words);
	check_case("mime: encodings equal the model", random_codes);
	check_case("mime: encoded words equal the model", random_words);
	return check_done();
}
