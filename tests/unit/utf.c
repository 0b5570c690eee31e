/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "common/utf.h"

#include "tests/unit/check.h"

/* Unicode 15, table 3-7, row by row: the range of each byte. */
static const struct {
	size_t len;
	unsigned char range[4][2];
} well_formed[] = {
    {1, {{0x00, 0x7f}}},
    {2, {{0xc2, 0xdf}, {0x80, 0xbf}}},
    {3, {{0xe0, 0xe0}, {0xa0, 0xbf}, {0x80, 0xbf}}},
    {3, {{0xe1, 0xec}, {0x80, 0xbf}, {0x80, 0xbf}}},
    {3, {{0xed, 0xed}, {0x80, 0x9f}, {0x80, 0xbf}}},
    {3, {{0xee, 0xef}, {0x80, 0xbf}, {0x80, 0xbf}}},
    {4, {{0xf0, 0xf0}, {0x90, 0xbf}, {0x80, 0xbf}, {0x80, 0xbf}}},
    {4, {{0xf1, 0xf3}, {0x80, 0xbf}, {0x80, 0xbf}, {0x80, 0xbf}}},
    {4, {{0xf4, 0xf4}, {0x80, 0x8f}, {0x80, 0xbf}, {0x80, 0xbf}}},
};

#define ROWS (sizeof(well_formed) / sizeof(well_formed[0]))

/* How many bytes of `s` fit the row of the table. */
static size_t
fits(size_t row, struct str s)
{
	size_t i;

	for (i = 0; i < well_formed[row].len && i < s.n; i++)
		if (s.p[i] < well_formed[row].range[i][0] ||
		    s.p[i] > well_formed[row].range[i][1])
			break;
	return i;
}

/* A category Cc character other than the three that text may hold. */
static int
control(const unsigned char *p)
{
	if (p[0] == '\t' || p[0] == '\n' || p[0] == '\r')
		return 0;
	return p[0] < 0x20 || p[0] == 0x7f || (p[0] == 0xc2 && p[1] < 0xa0);
}

/* The next character or maximal subpart; returns whether it is clean. */
static int
model_next(struct str s, size_t *len)
{
	size_t row, fit, longest = 1;

	for (row = 0; row < ROWS; row++) {
		fit = fits(row, s);
		if (fit == well_formed[row].len) {
			*len = fit;
			return !control(s.p);
		}
		if (fit > longest)
			longest = fit;
	}
	*len = longest;
	return 0;
}

static size_t
model_clean(struct str s)
{
	size_t i = 0, len;

	while (i < s.n && model_next(str_sub(s, i, s.n), &len))
		i += len;
	return i;
}

static size_t
model_repair(unsigned char *to, struct str s, size_t *n)
{
	size_t i, len, w = 0;

	for (i = 0; i < s.n; i += len) {
		if (model_next(str_sub(s, i, s.n), &len)) {
			memcpy(to + w, s.p + i, len);
			w += len;
		} else {
			memcpy(to + w, "\xef\xbf\xbd", 3);
			w += 3;
			++*n;
		}
	}
	return w;
}

/* Bytes of four sorts: any, mostly ASCII, Cyrillic, edges of the table. */
static void
fill(unsigned char *p, size_t n, unsigned int sort, uint64_t *seed)
{
	static const unsigned char edge[] = {0x00, 0x09, 0x0a, 0x0d, 0x1b, 0x1f,
	    0x20, 0x7e, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1,
	    0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3,
	    0xf4, 0xf5, 0xff};
	size_t i;

	for (i = 0; i < n; i++) {
		uint64_t r = check_random(seed);

		if (sort == 0)
			p[i] = (unsigned char)r;
		else if (sort == 1)
			p[i] = (unsigned char)(r % 997 == 0 ? r >> 32
							    : ' ' + r % 95);
		else if (sort == 2 && r % 300 == 0)
			p[i] = edge[(r >> 32) % sizeof(edge)];
		else if (sort == 2)
			p[i] = (unsigned char)(i % 2 == 0 ? 0xd0 + r % 2
							  : 0x80 + r / 2 % 64);
		else
			p[i] = edge[r % sizeof(edge)];
	}
}

/* Put `n` bytes where a read past them is seen by the sanitizer. */
static unsigned char *
tight(size_t n)
{
	unsigned char *p = malloc(n == 0 ? 1 : n);

	if (p == NULL)
		abort();
	return p;
}

/* How many characters there are in clean text, and how many of four bytes. */
static size_t
model_count(struct str s, size_t *astral)
{
	size_t i, len, n = 0;

	*astral = 0;
	for (i = 0; i < s.n; i += len, n++) {
		(void)model_next(str_sub(s, i, s.n), &len);
		*astral += len == 4;
	}
	return n;
}

static void
compare(struct str s)
{
	size_t want = model_clean(s), which, n = 0, model_n = 0, astral;
	unsigned char *to = tight(3 * s.n), *model = tight(3 * s.n);
	struct str mended;

	CHECK_EQ(utf_clean(s), want);
	for (which = 0; utf_variant(which) != NULL; which++)
		if (!CHECK_EQ(utf_clean_by(which, s), want))
			printf("# variant %s\n", utf_variant(which));
	mended = (struct str){to, utf_repair(to, s, &n)};
	CHECK_STR(
	    mended, ((struct str){model, model_repair(model, s, &model_n)}));
	CHECK_EQ(n, model_n);
	n = model_count(mended, &astral);
	CHECK_EQ(utf_count(mended, UTF_POINTS), n);
	CHECK_EQ(utf_count(mended, UTF_UTF16), n + astral);
	free(to);
	free(model);
}

static void
variants_agree(void)
{
	const size_t rounds = 1 + check_count() / 1000;
	uint64_t seed = 1;
	size_t n, offset, round;
	unsigned int sort;

	for (sort = 0; sort < 4; sort++)
		for (n = 0; n < 260; n++)
			for (round = 0; round < rounds; round++) {
				unsigned char *p;

				offset = check_random(&seed) % 64;
				p = tight(offset + n);
				fill(p + offset, n, sort, &seed);
				compare((struct str){p + offset, n});
				free(p);
			}
	CHECK(strcmp(utf_variant(0), "portable") == 0);
}

/* One ill-formed piece of every kind at every place of a clean line. */
static void
damage_at_each_place(void)
{
	static const char *const bad[] = {"\x80", "\xff", "\xc0\xaf",
	    "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc3",
	    "\xe2\x82", "\xf0\x9f\x98", "\x1b", "\x7f", "\xc2\x85", "\xe2\x28",
	    "\xf0\x80\x80\x80", "\xed\xbf\xbf", "\xf8\x88\x80\x80\x80"};
	unsigned char line[200];
	size_t b, at, len, fill_with;

	for (b = 0; b < sizeof(bad) / sizeof(bad[0]); b++)
		for (fill_with = 0; fill_with < 2; fill_with++)
			for (at = 0; at < 150; at++) {
				len = strlen(bad[b]);
				memset(line, 'a', sizeof(line));
				if (fill_with == 1) {
					size_t i;

					for (i = at % 2; i + 2 <= 200; i += 2)
						memcpy(line + i, "\xd0\x96", 2);
				}
				memcpy(line + at, bad[b], len);
				compare((struct str){line, sizeof(line)});
				compare((struct str){line, at + len});
			}
}

static void
large_blocks(void)
{
	enum { N = 300000 };
	uint64_t seed = 7;
	unsigned char *p = tight(N);
	unsigned int sort;

	for (sort = 0; sort < 4; sort++) {
		fill(p, N, sort, &seed);
		compare((struct str){p, N});
	}
	memset(p, 'x', N);
	compare((struct str){p, N});
	free(p);
}

/* Encode by the definition of UTF-8 in RFC 3629, section 3. */
static size_t
encode(unsigned char *to, uint32_t c)
{
	static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4, i;

	for (i = n - 1; i > 0; i--) {
		to[i] = (unsigned char)(0x80 | (c & 0x3f));
		c >>= 6;
	}
	to[0] = (unsigned char)(lead[n] | c);
	return n;
}

static void
each_code_point(void)
{
	uint32_t c;

	for (c = 0; c < 0x110000; c++) {
		unsigned char bytes[4], again[4], lower[8];
		size_t n = encode(bytes, c), len, which;
		struct str s = {bytes, n};
		int surrogate = c >= 0xd800 && c < 0xe000;
		int cc = (c < 32 && c != 9 && c != 10 && c != 13) ||
			 (c >= 0x7f && c < 0xa0);

		CHECK_EQ(utf_clean(s), surrogate || cc ? 0 : n);
		for (which = 0; utf_variant(which) != NULL; which++)
			CHECK_EQ(utf_clean_by(which, s), utf_clean(s));
		if (surrogate)
			continue;
		CHECK_EQ((size_t)utf_at(bytes, &len), c);
		CHECK_EQ(len, n);
		CHECK_EQ((size_t)utf_before(bytes, bytes + n, &len), c);
		CHECK_EQ(len, n);
		CHECK_EQ(utf_put(again, (int32_t)c), n);
		CHECK(memcmp(bytes, again, n) == 0);
		CHECK(utf_put(lower, utf_lower((int32_t)c)) <= 2 * n);
		CHECK_EQ(utf_count(s, UTF_POINTS), 1);
		CHECK_EQ(utf_count(s, UTF_UTF16), c < 0x10000 ? 1 : 2);
		CHECK_EQ(utf_count(s, UTF_BYTES), n);
	}
}

static void
classes(void)
{
	static const struct {
		int32_t c;
		enum utf_class class;
	} known[] = {{'a', UTF_LOWER}, {'Z', UTF_UPPER}, {'0', UTF_DIGIT},
	    {' ', UTF_SPACE}, {'\t', UTF_SPACE}, {'-', UTF_PUNCT},
	    {'_', UTF_PUNCT}, {0xe9, UTF_LOWER}, {0xc9, UTF_UPPER},
	    {0x416, UTF_UPPER}, {0x436, UTF_LOWER}, {0x1c5, UTF_UPPER},
	    {0x661, UTF_DIGIT}, {0x2167, UTF_DIGIT}, {0xbd, UTF_DIGIT},
	    {0x4eba, UTF_LETTER}, {0x5d0, UTF_LETTER}, {0x2b0, UTF_LETTER},
	    {0x301, UTF_MARK}, {0x903, UTF_MARK}, {0x20dd, UTF_MARK},
	    {0xa0, UTF_SPACE}, {0x2003, UTF_SPACE}, {0x2028, UTF_SPACE},
	    {0x3000, UTF_SPACE}, {0x201c, UTF_PUNCT}, {0x20ac, UTF_PUNCT},
	    {0x200d, UTF_PUNCT}, {0x1f600, UTF_PUNCT}, {0x378, UTF_PUNCT}};
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (!CHECK(utf_class(known[i].c) == known[i].class))
			printf("# U+%04X\n", (unsigned int)known[i].c);
	CHECK(utf_lower('A') == 'a' && utf_lower('[') == '[');
	CHECK(utf_lower(0x416) == 0x436 && utf_lower(0x436) == 0x436);
	CHECK(utf_lower(0x4eba) == 0x4eba);
}

/* Those of ASCII, range by range. */
static void
ascii_classes(void)
{
	static const struct {
		int32_t first, last;
		enum utf_class class;
	} range[] = {{' ', ' ', UTF_SPACE}, {'!', '/', UTF_PUNCT},
	    {'0', '9', UTF_DIGIT}, {':', '@', UTF_PUNCT}, {'A', 'Z', UTF_UPPER},
	    {'[', '`', UTF_PUNCT}, {'a', 'z', UTF_LOWER},
	    {'{', '~', UTF_PUNCT}};
	size_t i;
	int32_t c;

	for (i = 0; i < sizeof(range) / sizeof(range[0]); i++)
		for (c = range[i].first; c <= range[i].last; c++) {
			int upper = range[i].class == UTF_UPPER;
			int lower = range[i].class == UTF_LOWER;

			CHECK(utf_class(c) == range[i].class);
			CHECK(utf_lower(c) == (upper ? c + 32 : c));
			CHECK(utf_upper(c) == (lower ? c - 32 : c));
		}
}

static void
counts(void)
{
	/* é, a euro sign and an emoji: 2, 3 and 4 bytes. */
	struct str s = STR_LIT("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");

	CHECK_EQ(utf_count(s, UTF_POINTS), 4);
	CHECK_EQ(utf_count(s, UTF_UTF16), 5);
	CHECK_EQ(utf_count(s, UTF_BYTES), 10);
	CHECK_EQ(utf_count(STR_LIT(""), UTF_UTF16), 0);
}

static void
blanks(void)
{
	CHECK(utf_blank(STR_LIT("")));
	CHECK(utf_blank(STR_LIT(" \t\r\n")));
	CHECK(utf_blank(STR_LIT("\xc2\xa0\xe2\x80\x83\xe3\x80\x80\xe2\x80\xa8"
				"\xe1\x9a\x80\xe2\x80\xaf\xe2\x81\x9f")));
	CHECK(!utf_blank(STR_LIT("  .")));
	/* Zero-width space and the byte order mark are no white space. */
	CHECK(!utf_blank(STR_LIT("\xe2\x80\x8b")));
	CHECK(!utf_blank(STR_LIT("\xef\xbb\xbf")));
}

/* White_Space of PropList.txt, Unicode 15, written out. */
static int
white(uint32_t c)
{
	static const uint32_t list[] = {9, 10, 11, 12, 13, 0x20, 0x85, 0xa0,
	    0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006,
	    0x2007, 0x2008, 0x2009, 0x200a, 0x2028, 0x2029, 0x202f, 0x205f,
	    0x3000};
	size_t i;

	for (i = 0; i < sizeof(list) / sizeof(list[0]); i++)
		if (list[i] == c)
			return 1;
	return 0;
}

static void
blanks_of_any_bytes(void)
{
	const size_t rounds = check_count();
	uint64_t seed = 9;
	unsigned char p[8];
	size_t round;
	uint32_t c;

	for (c = 0; c < 0x110000; c++)
		if (c < 0xd800 || c >= 0xe000)
			CHECK(utf_blank((struct str){p, encode(p, c)}) ==
			      white(c));
	/* Damaged bytes are not blank, and nothing behind them is read. */
	for (round = 0; round < rounds; round++) {
		size_t n = 1 + check_random(&seed) % 6;
		unsigned char *s = tight(n);

		fill(s, n, 3, &seed);
		s[n - 1] = (unsigned char)(round % 2 == 0 ? 0xe2 : 0xf0);
		CHECK(!utf_blank((struct str){s, n}));
		free(s);
	}
}

static void
tails(void)
{
	const size_t rounds = check_count();
	uint64_t seed = 3;
	unsigned char p[64];
	size_t round;

	CHECK_EQ(utf_tail(STR_LIT("")), 0);
	CHECK_EQ(utf_tail(STR_LIT("abc")), 0);
	CHECK_EQ(utf_tail(STR_LIT("\xc3\xa9")), 0);
	CHECK_EQ(utf_tail(STR_LIT("\xc3")), 1);
	CHECK_EQ(utf_tail(STR_LIT("a\xe2\x82")), 2);
	CHECK_EQ(utf_tail(STR_LIT("a\xe2\x82\xac")), 0);
	CHECK_EQ(utf_tail(STR_LIT("\xf0\x9f\x98")), 3);
	CHECK_EQ(utf_tail(STR_LIT("\xf0\x9f\x98\x80")), 0);
	CHECK_EQ(utf_tail(STR_LIT("\x80\x80\x80")), 0);

	/* Cut anywhere, keep the tail: the repaired whole stays the same. */
	for (round = 0; round < rounds; round++) {
		unsigned char whole[192], parts[192];
		size_t n = 0, cut = check_random(&seed) % 64, keep, w;

		fill(p, sizeof(p), (unsigned int)round % 4, &seed);
		keep = utf_tail((struct str){p, cut});
		w = utf_repair(parts, (struct str){p, cut - keep}, &n);
		w += utf_repair(parts + w,
		    (struct str){p + cut - keep, sizeof(p) - cut + keep}, &n);
		CHECK_STR(((struct str){parts, w}),
		    ((struct str){whole,
			utf_repair(whole, (struct str){p, sizeof(p)}, &n)}));
	}
}

int
main(void)
{
	check_case(
	    "utf: all variants and repair equal the model", variants_agree);
	check_case("utf: damage at each place of a line", damage_at_each_place);
	check_case("utf: large blocks", large_blocks);
	check_case("utf: each code point", each_code_point);
	check_case("utf: classes and lower case", classes);
	check_case("utf: classes and case of ASCII", ascii_classes);
	check_case("utf: counts", counts);
	check_case("utf: blank", blanks);
	check_case("utf: blank of any bytes", blanks_of_any_bytes);
	check_case("utf: tail of a cut block", tails);
	return check_done();
}
