/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <time.h>

#include "common/hash.h"
#include "common/stop.h"
#include "common/tok.h"
#include "common/tok_map.h"
#include "common/utf.h"

#include "tests/unit/check.h"

/* The tokens of `text` with "|" between them; "/" where a sentence begins. */
static struct str
show(struct tok_list *l, struct str text)
{
	static unsigned char buf[4096];
	size_t i, n = 0;

	stop_text(l, text);
	for (i = 0; i < l->n; i++) {
		struct str s = tok_str(text, &l->v[i]);

		if (i > 0)
			buf[n++] = l->v[i].flags & TOK_FIRST ? '/' : '|';
		memcpy(buf + n, s.p, s.n);
		n += s.n;
	}
	return (struct str){buf, n};
}

static void
cut(const char *text, const char *want)
{
	struct tok_list l = {0};

	CHECK_STR(show(&l, str_of(text)), str_of(want));
	tok_free(&l);
}

static void
words(void)
{
	cut("", "");
	cut(" \t\r\n", "");
	cut("One two", "One|two");
	cut("It costs 3,000 or 10.5, not 1990s.",
	    "It|costs|3,000|or|10.5|,|not|1990s|.");
	cut("the U.S. at 5 a.m. today", "the|U.S.|at|5|a.m.|today");
	cut("Mr. Smith of Acme Inc. paid", "Mr.|Smith|of|Acme|Inc.|paid");
	cut("J. R. R. Tolkien", "J.|R.|R.|Tolkien");
	cut("the dog's bone, the dogs' bones",
	    "the|dog|'s|bone|,|the|dogs|'|bones");
	cut("the dog\xe2\x80\x99s bone, don\xe2\x80\x99t",
	    "the|dog|\xe2\x80\x99s|bone|,|don\xe2\x80\x99t");
	cut("don't 'quote' O'Brien", "don't|'|quote|'|O'Brien");
	cut("well-known twenty\xe2\x80\x90one -- then - now...",
	    "well-known|twenty\xe2\x80\x90one|--|then|-|now|...");
	cut("AT&T and a&b", "AT&T|and|a|&|b");
	cut("A&Z Z&A Z&[ @&A A&a", "A&Z|Z&A|Z|&|[|@|&|A|A|&|a");
	cut("see example.com. now", "see|example.com|./now");
	cut("\xe2\x80\x9cOne,\xe2\x80\x9d she said",
	    "\xe2\x80\x9c|One|,|\xe2\x80\x9d|she|said");
	cut("caf\xc3\xa9 na\xc3\xafve \xd0\x9c\xd0\xb8\xd0\xbd\xd1\x81\xd0\xba",
	    "caf\xc3\xa9|na\xc3\xafve|"
	    "\xd0\x9c\xd0\xb8\xd0\xbd\xd1\x81\xd0\xba");
	/* A letter with a combining mark is one word. */
	cut("e\xcc\x81t\xc3\xa9", "e\xcc\x81t\xc3\xa9");
	cut("a\xc2\xa0z\xe3\x80\x80y", "a|z|y");
	cut("1.5.2 and v2", "1.5.2|and|v2");
	cut("end.The next", "end|./The|next");
	cut("trailing-", "trailing|-");
	cut("'s", "'|s");
}

static void
sentences(void)
{
	cut("One. Two! Three? Four", "One|./Two|!/Three|?/Four");
	cut("He left. \xe2\x80\x9cWait.\xe2\x80\x9d She sat.",
	    "He|left|./\xe2\x80\x9c|Wait|.|\xe2\x80\x9d/She|sat|.");
	cut("(So it is.) Next", "(|So|it|is|.|)/Next");
	cut("Mr. Brown met Dr. Green.", "Mr.|Brown|met|Dr.|Green|.");
	cut("Brig. Hall and Bros. Grey", "Brig.|Hall|and|Bros.|Grey");
	cut("He works at Acme Inc. The firm grew.",
	    "He|works|at|Acme|Inc./The|firm|grew|.");
	cut("the U.S. Senate. It", "the|U.S.|Senate|./It");
	cut("\"Why?\" he asked.", "\"|Why|?|\"|he|asked|.");
	cut("What?! No.", "What|?|!/No|.");
	cut("at Acme Inc.! Then", "at|Acme|Inc.|!/Then");
	cut("He went ... and came.", "He|went|...|and|came|.");
	cut("\xe4\xba\xba\xe3\x80\x82\xe4\xba\xba",
	    "\xe4\xba\xba|\xe3\x80\x82/\xe4\xba\xba");
}

static void
each_abbreviation(void)
{
	static const char *const short_forms[] = {"Adm", "Apr", "Assoc", "Aug",
	    "Bros", "Brig", "Capt", "Cmdr", "Col", "Cpl", "Dec", "Dr", "Feb",
	    "Fr", "Ft", "Gen", "Gov", "Hon", "Jan", "Jul", "Jun", "Lt", "Maj",
	    "Mar", "Messrs", "Mme", "Mr", "Mrs", "Ms", "Mt", "Nov", "Oct",
	    "Prof", "Rep", "Reps", "Rev", "Sen", "Sens", "Sep", "Sept", "Sgt",
	    "Sr", "St", "Supt", "eg", "ie", "vs", "Ariz", "Ark", "Ave", "Blvd",
	    "Calif", "Co", "Colo", "Conn", "Corp", "Dept", "Esq", "Fla", "Inc",
	    "Jr", "Ltd", "Mass", "Md", "Mich", "Minn", "Okla", "Ore", "Penn",
	    "PhD", "Tenn", "Va", "Wash", "Wis", "cf", "etc"};
	static const char *const begin[] = {"A", "After", "All", "An", "And",
	    "As", "At", "But", "By", "For", "He", "Her", "His", "However", "I",
	    "If", "In", "It", "Its", "Last", "Many", "Meanwhile", "Mr", "More",
	    "On", "One", "She", "So", "Some", "That", "The", "Their", "There",
	    "These", "They", "This", "Those", "To", "We", "What", "When",
	    "While", "With", "You"};
	struct tok_list l = {0};
	char text[64];
	size_t i;

	for (i = 0; i < sizeof(short_forms) / sizeof(*short_forms); i++) {
		snprintf(text, sizeof(text), "%s. Hall", short_forms[i]);
		stop_text(&l, str_of(text));
		if (!CHECK(l.n == 2 && (l.v[0].flags & TOK_DOT) != 0))
			printf("# %s\n", text);
	}
	for (i = 0; i < sizeof(begin) / sizeof(*begin); i++) {
		snprintf(text, sizeof(text), "Acme Inc. %s x", begin[i]);
		stop_text(&l, str_of(text));
		if (!CHECK_EQ(l.sentences, 2))
			printf("# %s\n", text);
	}
	tok_free(&l);
}

static void
flags(void)
{
	struct tok_list l = {0};

	stop_text(&l, STR_LIT("The USA's a1 (x) Inc. \xc3\x89t\xc3\xa9 42"));
	/* The USA 's a1 ( x ) Inc. Été 42 */
	if (!CHECK_EQ(l.n, 10))
		return;
	CHECK_EQ(l.v[0].flags, TOK_CAPITAL | TOK_FIRST);
	CHECK_EQ(l.v[1].flags, TOK_CAPITAL | TOK_UPPER);
	CHECK_EQ(l.v[2].flags, TOK_LOWER | TOK_OWNER | TOK_GLUED);
	CHECK_EQ(l.v[3].flags, TOK_LOWER | TOK_DIGIT);
	CHECK_EQ(l.v[4].flags, 0);
	CHECK_EQ(l.v[5].flags, TOK_LOWER | TOK_GLUED);
	CHECK_EQ(l.v[6].flags, TOK_GLUED);
	CHECK_EQ(l.v[7].flags, TOK_CAPITAL | TOK_DOT);
	CHECK_EQ(l.v[8].flags, TOK_CAPITAL);
	CHECK_EQ(l.v[9].flags, TOK_DIGIT);
	CHECK(l.v[9].kind == TOK_NUMBER && l.v[8].kind == TOK_WORD);
	CHECK(l.v[4].kind == TOK_MARK && l.v[4].hash == '(');
	tok_free(&l);
}

static void
maps_agree(void)
{
	uint64_t seed = 5;
	unsigned char p[64];
	const size_t rounds = check_count();
	size_t round;
	int i;

	for (round = 0; round < rounds; round++) {
		struct tok_map a, b;

		for (i = 0; i < 64; i++)
			p[i] = round < 256 ? (unsigned char)round
					   : (unsigned char)check_random(&seed);
		a = tok_map_portable(p);
		b = tok_map_64(p);
		CHECK(memcmp(&a, &b, sizeof(a)) == 0);
	}
}

static int
white(struct str text, size_t i, size_t *len)
{
	return utf_class(utf_at(text.p + i, len)) == UTF_SPACE;
}

/* What the letters and digits of a word say of it. */
static unsigned
model_flags(struct str s, int *number)
{
	size_t i, len, letters = 0, upper = 0;
	unsigned flags = 0;

	*number = utf_class(utf_at(s.p, &len)) == UTF_DIGIT;
	for (i = 0; i < s.n; i += len) {
		enum utf_class class = utf_class(utf_at(s.p + i, &len));

		if (class == UTF_UPPER && letters == 0)
			flags |= TOK_CAPITAL;
		if (class == UTF_DIGIT)
			flags |= TOK_DIGIT;
		upper += class == UTF_UPPER;
		letters += class == UTF_UPPER || class == UTF_LOWER ||
			   class == UTF_LETTER;
	}
	if (letters > 0 && upper == 0)
		flags |= TOK_LOWER;
	if (letters > 1 && upper == letters)
		flags |= TOK_UPPER;
	return flags | (s.p[s.n - 1] == '.' ? TOK_DOT : 0);
}

static void
check_word(struct str s, const struct tok *t)
{
	const unsigned all =
	    TOK_CAPITAL | TOK_DIGIT | TOK_LOWER | TOK_UPPER | TOK_DOT;
	int number;

	CHECK(t->hash == tok_hash(s));
	CHECK_EQ(t->flags & all, model_flags(s, &number));
	CHECK((t->kind == TOK_NUMBER) == number);
}

/* What holds for the tokens of any text. */
static void
check_tokens(struct tok_list *l, struct str text)
{
	size_t i, k = 0, at = 0, len;

	stop_text(l, text);
	for (i = 0; i < l->n; i++) {
		const struct tok *t = &l->v[i];
		size_t gap = t->at;

		CHECK(t->at >= at && t->end > t->at && t->end <= text.n);
		CHECK_EQ((t->flags & TOK_GLUED) != 0, i > 0 && t->at == at);
		for (; at < gap; at += len)
			CHECK(white(text, at, &len));
		CHECK(utf_clean(tok_str(text, t)) == t->end - t->at);
		if (t->kind == TOK_MARK)
			CHECK_EQ(
			    t->hash, (uint64_t)utf_at(text.p + t->at, &len));
		else
			check_word(tok_str(text, t), t);
		if ((t->flags & TOK_FIRST) != 0) {
			if (CHECK(k < l->sentences))
				CHECK_EQ(l->sentence[k], i);
			k++;
		}
		at = t->end;
	}
	for (; at < text.n; at += len)
		CHECK(white(text, at, &len));
	CHECK_EQ(k, l->sentences);
	CHECK(l->n == 0 || l->sentence[0] == 0);
}

static void
any_text_is_covered(void)
{
	static const char *const piece[] = {"a", "B", "9", "0", "Z", " ", ".",
	    "'", "-", ",", "&", "_", "s", "U.S.", "Mr.", "\xe2\x80\x99",
	    "\xe2\x80\x9c", "\xc3\xa9", "\xc3\x89", "\xe4\xba\xba",
	    "\xe3\x80\x82", "\xc2\xad", "\xcc\x81", "\xf0\x9f\x98\x80",
	    "\xc2\xa0", "!", "\"", ")", "\n", "\t", "\xe2\x80\x8d", "\xd9\xa1",
	    "The ", "abcdefgh", "\xe2\x80\x90", "\xef\xbf\xbd", "?", ":", ";",
	    "/", "*", "=", "[", "]", "-----", "PM", "Photo", "regards", "www.",
	    "Monday", "May"};
	struct tok_list l = {0};
	uint64_t seed = 11;
	const size_t rounds = check_count();
	size_t round;

	for (round = 0; round < rounds; round++) {
		unsigned char buf[600], *tight;
		size_t n = 0, pieces = check_random(&seed) % 60;

		while (pieces-- > 0) {
			const char *s = piece[check_random(&seed) %
					      (sizeof(piece) / sizeof(*piece))];

			memcpy(buf + n, s, strlen(s));
			n += strlen(s);
		}
		if ((tight = malloc(n == 0 ? 1 : n)) == NULL)
			abort();
		memcpy(tight, buf, n);
		check_tokens(&l, (struct str){tight, n});
		free(tight);
	}
	tok_free(&l);
}

static int
alike(const char *a, const char *b)
{
	return tok_hash(str_of(a)) == tok_hash(str_of(b));
}

static void
hashes(void)
{
	struct tok_list l = {0};
	size_t n;

	CHECK(alike("Mr.", "mr"));
	CHECK(alike("DON'T", "don\xe2\x80\x99t"));
	CHECK(alike("twenty-one", "twenty\xe2\x80\x90one"));
	CHECK(alike("\xc3\x89T\xc3\x89", "\xc3\xa9t\xc3\xa9"));
	CHECK(alike("internationalisation", "INTERNATIONALISATION"));
	CHECK(!alike("a", "b") && !alike("a", "aa") && !alike("ab", "ba"));
	CHECK(!alike("a", "") && !alike("a-b", "a'b"));
	/* Bytes that differ in the bit of letter case alone. */
	CHECK(!alike("\xe4\xba\xba", "\xe4\xba\x9a"));
	CHECK(!alike("\xc5\x91", "\xc5\xb1"));
	CHECK(!alike("\xc4\x81", "\xc4\xa1"));
	CHECK(tok_exact(STR_LIT("May")) != tok_exact(STR_LIT("may")));
	CHECK(tok_exact(STR_LIT("may")) != tok_hash(STR_LIT("may")));
	CHECK(tok_phrase(&l, STR_LIT("New  York"), &n) ==
	      hash_join(hash_join(0, tok_hash(STR_LIT("new"))),
		  tok_hash(STR_LIT("york"))));
	CHECK_EQ(n, 2);
	CHECK(tok_phrase(&l, STR_LIT("a b"), &n) !=
	      tok_phrase(&l, STR_LIT("b a"), &n));
	CHECK_EQ(tok_phrase(&l, STR_LIT(" "), &n), 0);
	CHECK_EQ(n, 0);
	tok_free(&l);
}

/* No two code points that fold apart may share a hash, alone or as words. */
static void
letters_keep_apart(void)
{
	size_t n = 0, i;
	uint64_t *v = malloc(0x110000 * sizeof(*v));
	int32_t c;

	if (v == NULL)
		abort();
	for (c = 'a'; c < 0x110000; c++) {
		unsigned char bytes[4];

		if (utf_class(c) < UTF_LOWER || utf_lower(c) != c)
			continue;
		v[n++] = tok_hash((struct str){bytes, utf_put(bytes, c)});
	}
	/* Shell sort: qsort(3) needs a function of its own for this. */
	for (i = n / 2; i > 0; i /= 2) {
		size_t k, j;

		for (k = i; k < n; k++) {
			uint64_t x = v[k];

			for (j = k; j >= i && v[j - i] > x; j -= i)
				v[j] = v[j - i];
			v[j] = x;
		}
	}
	for (i = 1; i < n; i++)
		CHECK(v[i] != v[i - 1]);
	CHECK(n > 100000);
	free(v);
}

/* Lines on which careless code takes the square of their length. */
static void
long_lines(void)
{
	static const char *const unit[] = {"\xe2\x80\x9c", "a\xe2\x80\x9c", "!",
	    "?\"", ".)", "'", "'s", "-", ".", "a.", "A.", "A. ", "a-", "U.S.",
	    "9,", "&A", "A&", "(", "\"", " ", "A", "\xc3\xa9", "\xe4\xba\xba",
	    "\xcc\x81", "\xc2\xad", "_", "Mr.", "Mr. ", "\xe2\x80\x99s", "! ,",
	    "\xe3\x80\x82", ":", ": ", "a:/", ":/", ":/!", "=", "= ", "*", "* ",
	    "a *!", "!:", "!:)", ":)", " :)", ";", "[", "![", "![1] ",
	    "![a b c ", "^_", "!^_^", ". ", " ..", "!-", "1.", "1. ", "a, ",
	    "May 1, ", "1/1/1 1:1 ", "1/1/1 1:1 PM ",
	    "Photo: ", "a Photo: ", "thanks, A ", "Monday, May 1, 1 ", "www.",
	    "! www."};
	enum { N = 4 << 20 };
	struct tok_list l = {0};
	unsigned char *p = malloc(N);
	size_t u, n, len;

	if (p == NULL)
		abort();
	for (u = 0; u < sizeof(unit) / sizeof(unit[0]); u++) {
		clock_t start = clock();

		len = strlen(unit[u]);
		for (n = 0; n + len + 1 <= N; n += len)
			memcpy(p + n, unit[u], len);
		/* A glued letter takes back what the marks before promise. */
		p[n++] = 'x';
		stop_text(&l, (struct str){p, n});
		if (!CHECK(clock() - start < 3 * CLOCKS_PER_SEC))
			printf("# %s\n", unit[u]);
	}
	free(p);
	tok_free(&l);
}

int
main(void)
{
	check_case("tok: words, numbers, marks", words);
	check_case("tok: sentences", sentences);
	check_case("tok: each abbreviation and opener", each_abbreviation);
	check_case("tok: flags", flags);
	check_case("tok: both byte maps agree", maps_agree);
	check_case("tok: tokens cover any text in order", any_text_is_covered);
	check_case("tok: hashes fold case and marks", hashes);
	check_case("tok: no two letters share a hash", letters_keep_apart);
	check_case("tok: long lines stay linear", long_lines);
	return check_done();
}
