/* SPDX-License-Identifier: ISC */
#include "common/hyphen.h"
#include "common/stop.h"

#include "tests/unit/check.h"

static void
cut(const char *text, const char *want)
{
	struct tok_list raw = {0}, list = {0};
	const struct tok_list *l;
	unsigned char buf[400];
	size_t i, n = 0;

	stop_text(&raw, str_of(text));
	l = hyphen_split(&raw, &list, str_of(text));
	for (i = 0; i < l->n; i++) {
		struct str s = tok_str(str_of(text), &l->v[i]);

		if (i > 0)
			buf[n++] = l->v[i].flags & TOK_FIRST ? '/' : '|';
		memcpy(buf + n, s.p, s.n);
		n += s.n;
		CHECK(l->v[i].kind == TOK_MARK || l->v[i].hash == tok_hash(s));
	}
	CHECK_STR(((struct str){buf, n}), str_of(want));
	tok_free(&raw);
	tok_free(&list);
}

static void
words_are_cut(void)
{
	cut("", "");
	cut("plain words.", "plain|words|.");
	cut("the London-based firm", "the|London|based|firm");
	cut("London-based. Paris-born She", "London|based|./Paris|born|She");
	cut("US-led talks", "US|led|talks");
}

static void
names_stay_whole(void)
{
	cut("Jean-Luc and al-Qaeda", "Jean-Luc|and|al-Qaeda");
	cut("Smith-Jones, A-b", "Smith-Jones|,|A-b");
	cut("well-known twenty-one", "well-known|twenty-one");
}

int
main(void)
{
	check_case("hyphen: words are cut", words_are_cut);
	check_case("hyphen: names stay whole", names_stay_whole);
	return check_done();
}
