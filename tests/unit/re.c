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

#define TEN_LETTERS "\\w\\w\\w\\w\\w\\w\\w\\w\\w\\w"
#define TEN_DIGITS  "\\d\\d\\d\\d\\d\\d\\d\\d\\d\\d"

/* Quadratic patterns cost what their text's length allows, honest ones less. */
static void
long_lines(void)
{
	static const struct {
		const char *pattern, *of;
		int want;
	} v[] = {
	    {"(\\w+)\\s+\\1!", "a", -1},
	    {"(?=.*z)a", "ab", -1},
	    {"a.*b.*c.*[dz]", "abc ", -1},
	    {"\\w+!", "x", -1},
	    {"(?:[ab]{60000})!", "ab", -1},
	    {"[ \\t]+$", " ", -1},
	    {"^.*zoo", "some words of it ", 0},
	    {".*z", "some words of it ", 0},
	    {"(?i)(?:share|tweet|pin|mail|print) this", "Share it. ", 0},
	    {"\\w+@\\w+\\.com", "some words of it ", 0},
	    {"[A-Z]\\w+ (?:said|told)", "And She sat. ", 0},
	    {"menu|home", "the mention of ho", 0},
	    /* Of many items, of which a third is come to at each byte. */
	    {TEN_LETTERS TEN_LETTERS TEN_DIGITS TEN_DIGITS TEN_DIGITS
		    TEN_DIGITS,
		"a", 0},
	    {"\\w+\\s+!", "some words of it ", 1},
	};
	enum { N = 1 << 20 };
	unsigned char *text = malloc(N);
	size_t i, k, start, end;

	if (text == NULL)
		abort();
	for (i = 0; i < sizeof(v) / sizeof(v[0]); i++) {
		struct re *re = compile(v[i].pattern);
		struct str s = {text, N};
		clock_t before = clock();

		for (k = 0; k < N; k++)
			text[k] = (unsigned char)v[i].of[k % strlen(v[i].of)];
		memcpy(text + N - 4, " ! ?", 4);
		if (!CHECK(re_find(re, s, 0, &start, &end) == v[i].want))
			printf("# %s\n", v[i].pattern);
		/* A line of usual length is never too long for it. */
		s.n = 200;
		if (v[i].want >= 0)
			CHECK(re_find(re, s, 0, &start, &end) >= 0);
		if (!CHECK(clock() - before < CLOCKS_PER_SEC))
			printf("# %s\n", v[i].pattern);
		re_free(re);
	}
	free(text);
}

/* Many matches that look far ahead: the text has one allowance for all. */
static void
many_matches(void)
{
	enum { N = 1 << 20 };
	unsigned char *text = malloc(N);
	struct re *re = compile("x(?=.*!)");
	size_t start, end = 0, n = 0;
	clock_t before = clock();
	int got;

	if (text == NULL || re == NULL)
		abort();
	memset(text, 'x', N);
	text[N - 1] = '!';
	do {
		got = re_find(re, (struct str){text, N}, end, &start, &end);
		n += got == 1;
	} while (got == 1);
	CHECK(got == -1 && n > 1);
	CHECK(clock() - before < CLOCKS_PER_SEC);
	/* The next text begins anew. */
	CHECK(re_find(re, STR_LIT("xx!"), 0, &start, &end) == 1);
	re_free(re);
	free(text);
}

/* What is tried without counting gives what counting gives. */
static void
plain_patterns(void)
{
	static const char *const bit[] = {"a", "b", "ab", "(?:a|ab)", "(b|a)",
	    "a?", "b?", "[ab]", ".", "\\b", "\\w", "^", "$", "(?=b)", "(?!a)",
	    "|", "(?i)", "\\.", "\xc3\xa9"};
	static const char *const piece[] = {
	    "a", "b", " ", ".", "A", "\xc3\xa9", "\n"};
	uint64_t seed = 4;
	int round;

	for (round = 0; round < 3000; round++) {
		char pattern[128] = "", counted[160], text[64] = "";
		size_t k, n = 1 + check_random(&seed) % 7, v[4] = {0};
		struct re *a, *b;

		for (k = 0; k < n; k++)
			strcat(pattern, bit[check_random(&seed) % 19]);
		snprintf(counted, sizeof(counted), "(?:%s){1}", pattern);
		a = compile(pattern);
		b = compile(counted);
		for (k = check_random(&seed) % 20; k > 0; k--)
			strcat(text, piece[check_random(&seed) % 7]);
		if (!CHECK(re_find(a, str_of(text), 0, &v[0], &v[1]) ==
			   re_find(b, str_of(text), 0, &v[2], &v[3])) ||
		    !CHECK(v[0] == v[2] && v[1] == v[3]))
			printf("# %s on %s\n", pattern, text);
		re_free(a);
		re_free(b);
	}
}

int
main(void)
{
	check_case("re: matches", matches);
	check_case("re: from a place on", from_a_place_on);
	check_case("re: bad patterns are told", bad_patterns);
	check_case("re: costly patterns are bounded", costly_patterns);
	check_case("re: quadratic patterns are bounded", long_lines);
	check_case(
	    "re: matches of one text are bounded together", many_matches);
	check_case("re: plain patterns match as counted ones", plain_patterns);
	return check_done();
}
