/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "common/piece.h"
#include "common/stop.h"
#include "common/utf.h"

#include "cmd/docsplit/sentence.h"

#include "tests/unit/check.h"

static size_t
blank_end(struct str s, size_t i)
{
	size_t len;

	while (i < s.n && utf_class(utf_at(s.p + i, &len)) == UTF_SPACE)
		i += len;
	return i;
}

/* Text of words and stops, in one block. */
static size_t
make(unsigned char *buf, size_t max, uint64_t *seed)
{
	static const char *const piece[] = {"a ", "He ", "saw ", "Mr. ",
	    "U.S. ", ". ", "! ", "? ", "... ", "\" ", "\"", ") ", "2. ",
	    "\xc2\xa0", "\xe3\x80\x82", "  ", "\xc3\xa9t\xc3\xa9 ",
	    "http://a.b/ ", ":) ", "end.The ", "- ", "\xef\xbb\xbf"};
	size_t n = 0;

	while (n + 16 < max) {
		const char *s = piece[check_random(seed) %
				      (sizeof(piece) / sizeof(piece[0]))];

		memcpy(buf + n, s, strlen(s));
		n += strlen(s);
	}
	return n;
}

/* Nothing but white space is left out, and a block in parts has the sentences
 * that the tokens of all of it make. */
static void
compare(struct sentence *b, struct tok_list *l, struct str text)
{
	struct str s;
	size_t at = 0, k = 0;

	stop_text(l, text);
	sentence_start(b, text);
	while (sentence_next(b, &s)) {
		at = blank_end(text, at);
		CHECK(s.p == text.p + at && s.n > 0);
		if (CHECK(k < l->sentences))
			CHECK_EQ(l->v[l->sentence[k]].at, at);
		k++;
		at += s.n;
	}
	CHECK_EQ(blank_end(text, at), text.n);
	CHECK_EQ(k, l->sentences);
	CHECK(!sentence_next(b, &s));
}

static void
all_is_there(void)
{
	struct sentence b = {0};
	struct tok_list l = {0};
	uint64_t seed = 3;
	int round;

	compare(&b, &l, (struct str){NULL, 0});
	compare(&b, &l, STR_LIT("  \xc2\xa0 "));
	for (round = 0; round < 20000; round++) {
		unsigned char buf[400];
		size_t n = make(buf, 17 + check_random(&seed) % 380, &seed);

		compare(&b, &l, (struct str){buf, n});
	}
	sentence_free(&b);
	tok_free(&l);
}

static void
parts_agree(void)
{
	const size_t max = 5 * PIECE_MAX;
	struct sentence b = {0};
	struct tok_list l = {0};
	unsigned char *buf = malloc(max);
	uint64_t seed = 9;
	int round;

	if (buf == NULL)
		abort();
	for (round = 0; round < 12; round++)
		compare(&b, &l, (struct str){buf, make(buf, max, &seed)});
	CHECK(b.toks.cap < PIECE_MAX);
	free(buf);
	sentence_free(&b);
	tok_free(&l);
}

/* A sentence that exceeds a part ends with it. */
static void
long_ones_are_cut(void)
{
	const size_t max = 20 * PIECE_MAX;
	struct sentence b = {0};
	unsigned char *buf = malloc(max);
	struct str text = {buf, max}, s;
	size_t at = 0, n = 0;

	if (buf == NULL)
		abort();
	memset(buf, 'a', max);
	sentence_start(&b, text);
	while (sentence_next(&b, &s)) {
		CHECK(s.p == buf + at && s.n <= PIECE_MAX);
		at += s.n;
		n++;
	}
	CHECK_EQ(at, max);
	CHECK_EQ(n, 20);
	free(buf);
	sentence_free(&b);
}

int
main(void)
{
	check_case("sentence: all but white space is in one", all_is_there);
	check_case("sentence: parts agree with the whole", parts_agree);
	check_case("sentence: long ones are cut", long_ones_are_cut);
	return check_done();
}
