/* SPDX-License-Identifier: ISC */
#include "cmd/docsplit/hint.h"

#include "tests/unit/check.h"

static struct hint_list list;

static unsigned int
flags(const char *line)
{
	struct hint hint;

	hint_line(&list, str_of(line), &hint);
	return hint.flags;
}

static void
are(unsigned int want, const char *const *line, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!CHECK_EQ(flags(line[i]), want))
			printf("# %s\n", line[i]);
}

#define ARE(want, ...)                                                         \
	are((want), (const char *const[]){__VA_ARGS__},                        \
	    sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

/* A sign speaks for itself in a short line, a word or a long one by a year. */
static void
copyright(void)
{
	ARE(HINT_FOOT, "\xc2\xa9 The Daily Rain", "(c) 2019 The Daily Rain",
	    "  Copyright 1998-2004 The Daily Rain \t", "(C) The Rain 2024",
	    "All Rights Reserved", "A text. \xc2\xa9 Ann Hill");
	ARE(0, "A copyright law was passed", "(c) a third point",
	    "Copyright 3019 by men of the moon", "The copyright of 204 songs",
	    "Copyright 19 and 20x3", "(c)", "(c) 2", "a\xc2",
	    "\xc2\xa9 signs are older than most people think, for there were "
	    "some in print long before there were laws about them, as a look "
	    "at old maps shows");
	ARE(HINT_FOOT,
	    "\xc2\xa9 2020 signs are older than most people think, for there "
	    "were some in print long before there were laws about them, as a "
	    "look at old maps shows");
}

static void
makers(void)
{
	ARE(HINT_FOOT | HINT_TAIL, "Powered by Rain", "+ Website by Ann Hill",
	    "Proudly powered by steam");
	ARE(0, "The train is powered by steam", "A website by Ann Hill");
}

static void
heads(void)
{
	ARE(HINT_SKIP, "Skip to content", "  [ Skip to main content ]",
	    "Jump to navigation");
	ARE(0, "They skip to content", "reskip to content");
	ARE(HINT_LEGAL, "Privacy policy", "Read our privacy policy",
	    "Terms and conditions");
	ARE(HINT_HEAD, "News", "  News [ ] _");
	ARE(0, "News of it", "No News");
	/* Of other pages of a feed only what dumps write of <link>. */
	ARE(HINT_LINKS, "   #The Rain \xc2\xbb Feed");
	ARE(0, "The Rain \xc2\xbb Feed", "   # The Rain Feed");
}

static void
items(void)
{
	ARE(HINT_ITEM, "\xe2\x80\xa2 Rain", "  * Rain", "\xe2\x96\xaa Rain",
	    " o Rain", "  \xe2\x80\xa2 * Rain");
	ARE(0, "o Rain", "*Rain", "+ Rain", "# Rain", "[Rain]",
	    "\xc3\x97 Close it", "October", " of it", "\xe2\x80\x9cRain");
	ARE(HINT_EMPTY, "", " ", "* ", "\xe2\x80\xa2", "x", "+", " o ");
}

static void
lengths(void)
{
	struct hint a, b;

	hint_line(&list, STR_LIT("  \xe2\x80\xa2 H\xc3\xa4user "), &a);
	hint_line(&list, STR_LIT("h\xc3\xa4user"), &b);
	CHECK_EQ(a.length, 11);
	CHECK_EQ(b.length, 6);
	CHECK_EQ(a.text, 7);
	CHECK(a.text == b.text && a.hash == b.hash);
}

int
main(void)
{
	hint_init(&list);
	check_case("hint: notices of copyright", copyright);
	check_case("hint: makers of pages", makers);
	check_case("hint: heads, links and notices", heads);
	check_case("hint: items of lists", items);
	check_case("hint: lengths and text alone", lengths);
	return check_done();
}
