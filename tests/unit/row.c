/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "common/mem.h"
#include "common/row.h"

#include "tests/unit/check.h"

static int
block_of(const char *line, size_t *block)
{
	struct row row;
	int got = row_parse(str_of(line), &row);

	*block = got ? row.block : 0;
	return got;
}

static void
parsed(void)
{
	struct row row;
	size_t n;

	CHECK(row_parse(STR_LIT("d\t7\ttext"), &row));
	CHECK_STR(row.doc, STR_LIT("d"));
	CHECK_STR(row.text, STR_LIT("text"));
	CHECK_EQ(row.block, 7);
	CHECK_EQ(row.extra.n, 0);
	CHECK(row_parse(STR_LIT("a b\t12\t\tx\t\ty"), &row));
	CHECK_EQ(row.text.n, 0);
	CHECK_STR(row.extra, STR_LIT("\tx\t\ty"));
	CHECK(row_parse(STR_LIT("d\t1\ta\\tb\t"), &row));
	CHECK_STR(row.text, STR_LIT("a\\tb"));
	CHECK_STR(row.extra, STR_LIT("\t"));
	CHECK(block_of("d\t18446744073709551615\tx", &n) && n == SIZE_MAX);
	CHECK(block_of("d\t007\tx", &n) && n == 7);
}

static void
refused(void)
{
	static const char *const bad[] = {"", "d", "d\t1", "\t1\tx", "d\t\tx",
	    "d\t0\tx", "d\t00\tx", "d\t-1\tx", "d\t+1\tx", "d\t 1\tx",
	    "d\t1 \tx", "d\t1.0\tx", "d\tx\tx", "d\t0x1\tx",
	    "d\t18446744073709551616\tx", "d\t99999999999999999999999\tx",
	    "\t\t"};
	size_t i, n;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (!CHECK(!block_of(bad[i], &n)))
			printf("# %s\n", bad[i]);
}

/* A number from 1 to SIZE_MAX, by its digits alone. */
static int
model_number(const char *s, size_t n)
{
	const char *most = "18446744073709551615";

	if (n == 0 || strspn(s, "0123456789") < n)
		return 0;
	for (; n > 0 && *s == '0'; n--)
		s++;
	return n > 0 && (n < 20 || (n == 20 && memcmp(s, most, 20) <= 0));
}

/* Cut a line at its first tabs; returns whether it is a row. */
static int
model_row(const char *s, struct row *row)
{
	const char *one = strchr(s, '\t'), *two, *three;

	if (one == NULL || one == s || (two = strchr(one + 1, '\t')) == NULL)
		return 0;
	three = two + 1 + strcspn(two + 1, "\t");
	row->doc = str_sub(str_of(s), 0, (size_t)(one - s));
	row->text =
	    str_sub(str_of(s), (size_t)(two + 1 - s), (size_t)(three - s));
	row->extra = str_sub(str_of(s), (size_t)(three - s), strlen(s));
	row->block = (size_t)strtoull(one + 1, NULL, 10);
	return model_number(one + 1, (size_t)(two - one - 1));
}

static void
random_rows(void)
{
	static const char *const bits[] = {"\t", "\t", "\t", "0", "1", "7",
	    "42", "99999", "1844674407370955161", "5", "6", "a", " ", "-",
	    "\\t", ":", "/", "9"};
	const size_t rounds = check_count();
	uint64_t seed = 12;
	size_t i, n;

	for (i = 0; i < rounds; i++) {
		struct row got, want;
		char line[200] = "";
		int is;

		for (n = check_random(&seed) % 9; n > 0; n--)
			strcat(line, bits[check_random(&seed) % 18]);
		is = model_row(line, &want);
		if (!CHECK(row_parse(str_of(line), &got) == is))
			printf("# %s\n", line);
		if (!is)
			continue;
		CHECK_STR(got.doc, want.doc);
		CHECK_STR(got.text, want.text);
		CHECK_STR(got.extra, want.extra);
		CHECK_EQ(got.block, want.block);
	}
}

static void
columns(void)
{
	CHECK_EQ(row_columns(STR_LIT("")), 1);
	CHECK_EQ(row_columns(STR_LIT("a")), 1);
	CHECK_EQ(row_columns(STR_LIT("\t")), 2);
	CHECK_EQ(row_columns(STR_LIT("a\tb\tc\t")), 4);
}

static void
fields(void)
{
	static const char *const want[] = {"a", "", "b", ""};
	struct row_fields f = row_fields((struct str){NULL, 0});
	struct str s;
	size_t i;

	CHECK(row_field(&f, &s) && s.n == 0);
	CHECK(!row_field(&f, &s));
	f = row_fields(STR_LIT("a\t\tb\t"));
	for (i = 0; i < 4; i++) {
		CHECK(f.left);
		CHECK(row_field(&f, &s));
		CHECK_STR(s, str_of(want[i]));
	}
	CHECK(!f.left);
	CHECK(!row_field(&f, &s));
}

/* Around each bound, those of the types among them. */
static void
numbers(void)
{
	static const size_t most[] = {0, 1, 9, 10, 99, 4294967295, SIZE_MAX};
	static const char *const bad[] = {"", "-1", "+1", " 1", "1 ", "1x",
	    "0x1", "18446744073709551616", "99999999999999999999999"};
	char digits[30];
	uint32_t small = 7;
	size_t i, n = 7;

	for (i = 0; i < sizeof(most) / sizeof(most[0]); i++) {
		snprintf(digits, sizeof(digits), "%zu", most[i]);
		CHECK(row_number(str_of(digits), most[i], &n));
		CHECK_EQ(n, most[i]);
		if (most[i] > 0)
			CHECK(!row_number(str_of(digits), most[i] - 1, &n));
		if (most[i] == SIZE_MAX)
			continue;
		snprintf(digits, sizeof(digits), "%zu", most[i] + 1);
		CHECK(!row_number(str_of(digits), most[i], &n));
	}
	n = 7;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK(!row_number(str_of(bad[i]), SIZE_MAX, &n) && n == 7);
	CHECK(!row_number32(STR_LIT("4294967296"), UINT32_MAX, &small));
	CHECK_EQ(small, 7);
	CHECK(row_number32(STR_LIT("4294967295"), UINT32_MAX, &small));
	CHECK_EQ(small, UINT32_MAX);
}

/* The escapes, undone one letter at a time. */
static size_t
model(struct str s, unsigned char *to)
{
	static const char letters[] = "tnr\\", bytes[] = "\t\n\r\\";
	size_t i, n = 0;

	for (i = 0; i < s.n; i++) {
		const char *at = NULL;

		if (s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] != '\0')
			at = strchr(letters, s.p[i + 1]);
		to[n++] =
		    at == NULL ? s.p[i] : (unsigned char)bytes[at - letters];
		i += at != NULL;
	}
	return n;
}

static void
unescaped(void)
{
	struct mem mem = {NULL, NULL};
	uint64_t seed = 10;
	unsigned char text[40], want[40];
	size_t i, n, w, round, rounds = check_count();

	CHECK_STR(row_unescape(&mem, STR_LIT("a\\tb\\nc\\rd\\\\e")),
	    STR_LIT("a\tb\nc\rd\\e"));
	CHECK_STR(row_unescape(&mem, STR_LIT("C:\\new")), STR_LIT("C:\new"));
	CHECK_STR(row_unescape(&mem, STR_LIT("\\q \\")), STR_LIT("\\q \\"));
	CHECK_STR(row_unescape(&mem, STR_LIT("\\\\t")), STR_LIT("\\t"));
	CHECK_EQ(row_unescape(&mem, STR_LIT("")).n, 0);
	for (round = 0; round < rounds; round++) {
		n = check_random(&seed) % sizeof(text);
		for (i = 0; i < n; i++)
			text[i] = (unsigned char)"\\\\\\tnrqa\xc3\0"
			    [check_random(&seed) % 10];
		w = model((struct str){text, n}, want);
		CHECK_STR(row_unescape(&mem, (struct str){text, n}),
		    ((struct str){want, w}));
		mem_reset(&mem);
	}
	mem_free(&mem);
}

static void
keys(void)
{
	struct mem mem = {NULL, NULL};

	CHECK_STR(row_key(&mem, STR_LIT("page1.txt")), STR_LIT("page1.txt"));
	CHECK_STR(row_key(&mem, STR_LIT("")), STR_LIT("-"));
	CHECK_STR(row_key(&mem, STR_LIT("a\tb\nc\\d\re")),
	    STR_LIT("a\\tb\\nc\\\\d\\re"));
	CHECK_STR(row_key(&mem, STR_LIT("\xff\x1b")),
	    STR_LIT("\xef\xbf\xbd\xef\xbf\xbd"));
	mem_free(&mem);
}

int
main(void)
{
	check_case("row: parsed", parsed);
	check_case("row: refused", refused);
	check_case("row: random lines equal the model", random_rows);
	check_case("row: columns", columns);
	check_case("row: fields one by one", fields);
	check_case("row: numbers within a bound", numbers);
	check_case("row: unescape equals the model", unescaped);
	check_case("row: names as keys", keys);
	return check_done();
}
