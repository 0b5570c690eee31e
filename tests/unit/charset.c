/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>

#include "cmd/docsplit/charset.h"

#include "tests/unit/check.h"
#include "tests/unit/vary.h"

/* What a model has made of an input. */
struct made {
	unsigned char p[4096];
	size_t n, bad;
};

/* How the text of a set begins and what becomes of it: the bytes of the
 * first character, 0 if the text ends too soon, with its number in `*c`,
 * which is -1 for bytes that are no character. */
typedef size_t read_fn(struct str, int32_t *c);

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
known_text(void)
{
	static const struct {
		const char *name, *in, *out;
	} v[] = {
	    {"ISO-8859-1", "caf\xe9", "caf\xc3\xa9"},
	    {"'Windows-1252'", "\x80", "\xe2\x82\xac"},
	    {"dos-866", "\x80", "\xd0\x90"},
	    {"cp-1251", "\xc0", "\xd0\x90"},
	    {"IBM-866", "\x81", "\xd0\x91"},
	    {"windows-949", "\xb0\xa1", "\xea\xb0\x80"},
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
any_pieces(void)
{
	static const char *const names[] = {"shift_jis", "iso-2022-jp",
	    "utf-16le", "utf-7", "gb18030", "koi8-r", "big5"};
	static const unsigned char bytes[] = {
	    0x1b, '$', 'B', '(', 'B', '+', '-', 'a', 0x82, 0xa0, 0xd8, 0};
	struct out a = {.fd = OUT_MEMORY}, b = {.fd = OUT_MEMORY};
	const size_t rounds = check_count() / 2;
	uint64_t state = 1;
	size_t i, k;

	for (i = 0; i < rounds; i++) {
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

static void
put(struct made *to, int32_t c)
{
	to->bad += c == -1;
	c = c == -1 ? 0xfffd : c;
	if (c < 0x80) {
		to->p[to->n++] = (unsigned char)c;
		return;
	}
	if (c >= 0x10000)
		to->p[to->n++] = (unsigned char)(0xf0 | c >> 18);
	if (c >= 0x800)
		to->p[to->n++] =
		    (unsigned char)(c >= 0x10000 ? 0x80 | (c >> 12 & 63)
						 : 0xe0 | c >> 12);
	to->p[to->n++] =
	    (unsigned char)(c >= 0x800 ? 0x80 | (c >> 6 & 63) : 0xc0 | c >> 6);
	to->p[to->n++] = (unsigned char)(0x80 | (c & 63));
}

static size_t
read_latin1(struct str s, int32_t *c)
{
	*c = s.p[0];
	return 1;
}

static size_t
read_ascii(struct str s, int32_t *c)
{
	*c = s.p[0] < 0x80 ? s.p[0] : -1;
	return 1;
}

/* RFC 2781, section 2.2. */
static size_t
read_utf16be(struct str s, int32_t *c)
{
	int32_t low;

	*c = s.n < 2 ? 0 : s.p[0] << 8 | s.p[1];
	if (s.n < 2 || *c < 0xd800 || *c > 0xdfff)
		return s.n < 2 ? 0 : 2;
	if (*c >= 0xdc00) {
		*c = -1;
		return 2;
	}
	if (s.n < 4)
		return 0;
	low = s.p[2] << 8 | s.p[3];
	*c = low < 0xdc00 || low > 0xdfff
		 ? -1
		 : 0x10000 + ((*c & 0x3ff) << 10 | (low & 0x3ff));
	return *c == -1 ? 2 : 4;
}

static size_t
read_utf16le(struct str s, int32_t *c)
{
	unsigned char turned[4] = {0};
	size_t i;

	s.n = s.n < 4 ? s.n : 4;
	for (i = 0; i + 1 < s.n; i += 2) {
		turned[i] = s.p[i + 1];
		turned[i + 1] = s.p[i];
	}
	return read_utf16be((struct str){turned, s.n / 2 * 2}, c);
}

static size_t
read_utf32be(struct str s, int32_t *c)
{
	uint32_t v;

	if (s.n < 4)
		return 0;
	v = (uint32_t)s.p[0] << 24 | (uint32_t)s.p[1] << 16 |
	    (uint32_t)s.p[2] << 8 | s.p[3];
	*c = v > 0x10ffff || (v >= 0xd800 && v < 0xe000) ? -1 : (int32_t)v;
	return 4;
}

/* Sets that are written down in few lines, and what they are called. */
static const struct {
	const char *names[4];
	read_fn *read;
} simple[] = {{{"iso-8859-1", "ISO8859-1", "latin1", "L1"}, read_latin1},
    {{"ANSI_X3.4-1986", "csascii", "iso646-us", "ibm367"}, read_ascii},
    {{"utf-16be", "UTF16BE", "'utf-16be'", " utf-16be;x"}, read_utf16be},
    {{"utf-16le", "UTF-16LE", "\"utf-16le\"", "utf16le"}, read_utf16le},
    {{"utf-32be", "UTF-32BE", "utf32be", "utf-32be "}, read_utf32be}};

/* Sets that iconv(3) reads for the model: with one character at a time. */
static const char *const tables[] = {"koi8-r", "windows-1251", "shift_jis",
    "euc-jp", "gb18030", "big5", "euc-kr", "gbk", "iso-8859-7"};

#define SIMPLE (sizeof(simple) / sizeof(simple[0]))
#define TABLES (sizeof(tables) / sizeof(tables[0]))

static void
model_simple(struct made *to, size_t set, struct str s)
{
	size_t i = 0, n;
	int32_t c;

	*to = (struct made){.n = 0};
	for (; i < s.n; i += n) {
		n = simple[set].read(str_sub(s, i, s.n), &c);
		put(to, n == 0 ? -1 : c);
		if (n == 0)
			return;
	}
}

/* Try one byte, two, three and four for each character. */
static void
model_table(struct made *to, size_t set, struct str s)
{
	static iconv_t open[TABLES];
	size_t i = 0, n, got, left, room;
	const unsigned char *from;
	char *p, *w;

	*to = (struct made){.n = 0};
	if (open[set] == NULL)
		open[set] =
		    iconv_open("UTF-8", set == 1 ? "cp1251" : tables[set]);
	for (n = 1; i < s.n; n++) {
		if (i + n > s.n) {
			put(to, -1);
			return;
		}
		iconv(open[set], NULL, NULL, NULL, NULL);
		/* It is declared without const, but does not write there. */
		from = s.p + i;
		memcpy(&p, &from, sizeof(p));
		w = (char *)to->p + to->n;
		left = n;
		room = 16;
		got = iconv(open[set], &p, &left, &w, &room);
		if (got == (size_t)-1 && errno == EINVAL)
			continue;
		if (got == (size_t)-1)
			put(to, -1);
		else
			to->n += 16 - room;
		i += got == (size_t)-1 ? 1 : n;
		n = 0;
	}
}

/* The two characters of Shift_JIS that all take for those of ASCII. */
static void
mend_yen(struct made *to)
{
	size_t i, w = 0;

	for (i = 0; i < to->n; i++) {
		if (i + 1 < to->n && memcmp(to->p + i, "\xc2\xa5", 2) == 0) {
			to->p[w++] = '\\';
			i += 1;
		} else if (i + 2 < to->n &&
			   memcmp(to->p + i, "\xe2\x80\xbe", 3) == 0) {
			to->p[w++] = '~';
			i += 2;
		} else {
			to->p[w++] = to->p[i];
		}
	}
	to->n = w;
}

/* Bytes that begin, go on and end characters in one set or another. */
static void
make(struct vary *v)
{
	const struct str bytes =
	    STR_LIT("aZ~\\0\x30\x39\x81\x82\xa0\xa4\xb0\xc1\xd8\xdc\xe0"
		    "\xfc\xff\xfe\x8e\x8f\0\0\x01\x10\xa5");
	size_t n = vary_below(v, 60);

	v->n = 0;
	/* Long ones are converted in steps, which meet at any byte. */
	if (vary_below(v, 64) == 0)
		n += 900;
	while (v->n < n)
		vary_byte(v, vary_any(v, bytes));
}

static void
compare(const struct charset *c, const struct out *got, const struct made *want,
    const char *name)
{
	const struct str a = {got->buf, got->n}, b = {want->p, want->n};

	CHECK_EQ(c->bad, want->bad);
	if (!CHECK_STR(a, b) && check.failures < 10)
		printf("# %s\n", name);
}

static void
equals_model(void)
{
	const size_t rounds = check_count();
	struct out to = {.fd = OUT_MEMORY};
	struct vary v = {.state = 3};
	struct made want;
	struct charset c;
	size_t i, n, dirty = 0;

	charset_init(&c);
	for (i = 0; i < rounds; i++) {
		size_t set = vary_below(&v, SIMPLE + TABLES);
		const char *name = set < SIMPLE
				       ? simple[set].names[vary_below(&v, 4)]
				       : tables[set - SIMPLE];
		struct str s;

		make(&v);
		s = vary_str(&v);
		if (set < SIMPLE)
			model_simple(&want, set, s);
		else
			model_table(&want, set - SIMPLE, s);
		if (strcmp(name, "shift_jis") == 0)
			mend_yen(&want);
		to.n = 0;
		CHECK(charset_start(&c, str_of(name)));
		while (s.n > 0) {
			n = 1 + vary_below(&v, s.n);
			charset_put(&c, &to, str_sub(s, 0, n));
			s = str_sub(s, n, s.n);
		}
		charset_end(&c, &to);
		compare(&c, &to, &want, name);
		dirty += want.bad > 0;
	}
	charset_free(&c);
	out_close(&to);
	CHECK(dirty > rounds / 5 && dirty < rounds - rounds / 10);
}

int
main(void)
{
	check_case("charset: known text", known_text);
	check_case("charset: any pieces", any_pieces);
	check_case("charset: sets equal the model", equals_model);
	return check_done();
}
