/* SPDX-License-Identifier: ISC */
#include "cmd/docsplit/header.h"

#include "tests/unit/check.h"

static void
fields(void)
{
	struct str block = STR_LIT("A: b\r\n  c\r\nnone\n folded: x\nd:\n"
				   "E-f \t: g \n: no\n\r\nH: i\n");
	struct header_field f;
	struct str value;

	CHECK_EQ((size_t)header_find(block, "e-F", &value), 1);
	CHECK_STR(value, STR_LIT("g"));
	CHECK_EQ((size_t)header_find(block, "h", &value), 0);
	CHECK_EQ((size_t)header_find(block, "folded", &value), 0);
	CHECK_EQ((size_t)header_next(&block, &f), 1);
	CHECK_STR(f.name, STR_LIT("A"));
	CHECK_STR(f.value, STR_LIT("b\r\n  c"));
	CHECK_EQ((size_t)header_next(&block, &f), 1);
	CHECK_STR(f.name, STR_LIT("d"));
	CHECK_STR(f.value, STR_LIT(""));
	CHECK_EQ((size_t)header_next(&block, &f), 1);
	CHECK_STR(f.name, STR_LIT("E-f"));
	CHECK_EQ((size_t)header_next(&block, &f), 0);
}

static void
picks(void)
{
	const struct str names[] = {
	    STR_LIT("b"), STR_LIT("none"), STR_LIT("a"), STR_LIT("empty")};
	struct str value[4];

	header_pick(STR_LIT("A: 1\nB: 2\nb: 3\nEmpty:\n"), names, value, 4);
	CHECK_STR(value[0], STR_LIT("2"));
	CHECK(value[1].p == NULL);
	CHECK_STR(value[2], STR_LIT("1"));
	CHECK(value[3].p != NULL && value[3].n == 0);
}

static void
unfolds(void)
{
	unsigned char to[80];
	size_t n = header_unfold(to, STR_LIT("a\r\n b\n\tc\rd"));

	CHECK_STR(((struct str){to, n}), STR_LIT("a b\tc\rd"));
}

static void
names(void)
{
	CHECK_EQ(header_name(STR_LIT("Subject: x")), 7);
	CHECK_EQ(header_name(STR_LIT("Subject \t: x")), 7);
	CHECK_EQ(header_name(STR_LIT("Sub ject: x")), 0);
	CHECK_EQ(header_name(STR_LIT("S\xc3\xa9: x")), 0);
	CHECK_EQ(header_name(STR_LIT(": x")), 0);
	CHECK_EQ(header_name(STR_LIT("x")), 0);
	CHECK_EQ(header_name(STR_LIT("")), 0);
}

/* A value, the word it begins with, and its parameter "p" or "-". */
static void
words(void)
{
	static const char *const v[][3] = {
	    {"text/plain; p=a (Plain text)", "text/plain", "a"},
	    {"Text / Plain (x;(y)) ;P=a;p=b", "text/plain", "a"},
	    {"a; p = \"b; c\\\"d\" ; q=e", "a", "b; c\"d"},
	    {"a; x=\"p=1;\"; p=2", "a", "2"},
	    {"a; p=\"b\r\n c", "a", "b c"},
	    {"a; p=b=c==", "a", "b=c=="},
	    {"a;; p ;p=(c) d e", "a", "d"},
	    {"a; p=", "a", ""},
	    {"a; pp=b; p", "a", "-"},
	    {"a; p*=utf-8'en'%61%zz%", "a", "a%zz%"},
	    {"a; p*=%61", "a", "a"},
	    {"a; p*=%39%30%4a%4F%5g%4/%4:%4@%6`", "a", "90JO%5g%4/%4:%4@%6`"},
	    {"a; p*1=b; p*0=\"a;\"; p*3=c", "a", "a;b"},
	    {"a; p*0*=u'e'%61; p*1*=%62; p*2=%63", "a", "ab%63"},
	    {"a; p*x=b; p*1*x=c", "a", "-"},
	    {"; p=b", "", "b"},
	    {"", "", "-"},
	    {"(a", "", "-"},
	};
	unsigned char to[200];
	size_t i, n;

	for (i = 0; i < sizeof(v) / sizeof(*v); i++) {
		struct str s = str_of(v[i][0]);
		int found;

		n = header_word(to, s);
		CHECK_STR(((struct str){to, n}), str_of(v[i][1]));
		found = header_parameter(to, &n, s, "p");
		CHECK_EQ((size_t)found, strcmp(v[i][2], "-") != 0);
		if (found)
			CHECK_STR(((struct str){to, n}), str_of(v[i][2]));
	}
}

/* Nothing that is read or written exceeds the value: for the sanitizers. */
static void
anything(void)
{
	static const char bytes[] = "pP*01='%6;;  \"\"\\()\r\n\tx:";
	const size_t rounds = check_count();
	uint64_t state = 1;
	size_t i, k, n;

	for (i = 0; i < rounds; i++) {
		unsigned char in[24], to[24];
		struct str s = {in, check_random(&state) % sizeof(in)};
		struct header_field f;

		for (k = 0; k < s.n; k++)
			in[k] = (unsigned char)
			    bytes[check_random(&state) % (sizeof(bytes) - 1)];
		CHECK(header_word(to, s) <= s.n);
		header_parameter(to, &n, s, "p");
		CHECK(n <= s.n);
		CHECK(header_unfold(to, s) <= s.n);
		for (k = 0; header_next(&s, &f); k++)
			CHECK(f.name.n > 0);
		CHECK(k <= sizeof(in));
	}
}

int
main(void)
{
	check_case("header: fields, folds and what is none", fields);
	check_case("header: several fields at once", picks);
	check_case("header: unfolding", unfolds);
	check_case("header: names", names);
	check_case("header: words and parameters", words);
	check_case("header: anything", anything);
	return check_done();
}
