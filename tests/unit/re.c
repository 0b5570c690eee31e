/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <time.h>

#include "common/re.h"

#include "tests/unit/check.h"

static struct re *
compile(const char *pattern)
{
	char why[120];
	size_t at;
	struct re *re = re_new(str_of(pattern), why, &at);

	if (!CHECK(re != NULL))
		printf("# %s: %s\n", pattern, why);
	return re;
}

/* The first match of `pattern` in `text`, "-" for none. */
static void
match(const char *pattern, const char *text, const char *want)
{
	struct re *re = compile(pattern);
	size_t start, end;

	if (re == NULL)
		return;
	if (re_find(re, str_of(text), 0, &start, &end) == 1)
		CHECK_STR(str_sub(str_of(text), start, end), str_of(want));
	else
		CHECK_STR(STR_LIT("-"), str_of(want));
	re_free(re);
}

static void
matches(void)
{
	match("b+", "abbc", "bb");
	match("^x", "ax", "-");
	match("", "abc", "");
	match("(?i)MENU", "the menu", "menu");
	match("\\w+", "\xc3\xa9t\xc3\xa9 x", "\xc3\xa9t\xc3\xa9");
	match("^.$", "\xe2\x82\xac", "\xe2\x82\xac");
	match("\\p{Lu}", "a\xc3\x89", "\xc3\x89");
	match("\xc3\xa9+", "caf\xc3\xa9\xc3\xa9", "\xc3\xa9\xc3\xa9");
	match("a(?=b)", "ab", "a");
	match("$", "", "");
}

static void
from_a_place_on(void)
{
	struct re *re = compile("a");
	size_t start = 9, end = 9;

	if (re == NULL)
		return;
	CHECK(re_find(re, STR_LIT("aba"), 1, &start, &end) == 1);
	CHECK(start == 2 && end == 3);
	CHECK(re_find(re, STR_LIT("aba"), 3, &start, &end) == 0);
	re_free(re);
	re_free(NULL);
}

static void
bad_patterns(void)
{
	static const char *const bad[] = {"(", "[", "a{2,1}", "*", "(?<n", "\\",
	    "\\C", "\xff", "a\xc3", "\xed\xa0\x80"};
	char why[120];
	size_t i, at;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct re *re;

		why[0] = '\0';
		at = 1000;
		re = re_new(str_of(bad[i]), why, &at);
		if (!CHECK(re == NULL))
			printf("# %s\n", bad[i]);
		else
			CHECK(why[0] != '\0' && at <= strlen(bad[i]));
		re_free(re);
	}
}

/* Patterns that backtrack without end give -1, or a quick answer. */
static void
costly_patterns(void)
{
	static const char *const costly[] = {"(a+)+$", "(a|aa)+$", "(.*)*x$",
	    "^(([a-z])+.)+[A-Z]([a-z])+$", "(a*)*b", "(?:a?){30}a{30}",
	    "((a+)b?)+\\1c", "(?R)?a", "(a(?1)?)+b"};
	enum { N = 1 << 20 };
	unsigned char *text = malloc(N);
	size_t i, start, end;

	if (text == NULL)
		abort();
	memset(text, 'a', N);
	for (i = 0; i < sizeof(costly) / sizeof(costly[0]); i++) {
		struct re *re = compile(costly[i]);
		clock_t before = clock();
		int got;

		if (re == NULL)
			continue;
		text[40] = '!';
		got = re_find(re, (struct str){text, 41}, 0, &start, &end);
		CHECK(got >= -1 && got <= 1);
		text[40] = 'a';
		got = re_find(re, (struct str){text, N}, 0, &start, &end);
		CHECK(got >= -1 && got <= 1);
		if (!CHECK(clock() - before < CLOCKS_PER_SEC))
			printf("# %s\n", costly[i]);
		re_free(re);
	}
	free(text);
}

int
main(void)
{
	check_case("re: matches", matches);
	check_case("re: from a place on", from_a_place_on);
	check_case("re: bad patterns are told", bad_patterns);
	check_case("re: costly patterns are bounded", costly_patterns);
	return check_done();
}
