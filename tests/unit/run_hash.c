/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "cmd/dedupe/run_hash.h"
#include "cmd/dedupe/word_map.h"

#include "tests/unit/check.h"

#define MOST_WORDS 900

/* Words, without what stands between them. */
static unsigned char letters[1 << 16];
static struct {
	size_t from, to; /* among the letters */
} word[MOST_WORDS];
static size_t words;

static void
word_maps_are_equal(void)
{
	unsigned char p[64];
	uint64_t seed = 3;
	int i, k;

	for (i = 0; i < 2000; i++) {
		for (k = 0; k < 64; k++)
			p[k] = (unsigned char)check_random(&seed);
		CHECK(word_map_64(p) == word_map_portable(p));
	}
}

static void
hash(struct run_hash *r, struct str text)
{
	run_hash_begin(r);
	run_hash_add(r, text);
	run_hash_end(r);
}

static int
same(const struct run_hash *a, const struct run_hash *b)
{
	return a->n == b->n && memcmp(a->v, b->v, a->n * sizeof(*a->v)) == 0;
}

/* Words of any length at any place, also at the end of what may be read. */
static void
words_do_not_depend_on_their_place(void)
{
	struct run_hash a = {0}, b = {0};
	size_t len, lead;

	for (len = 1; len < 40; len++) {
		for (lead = 0; lead < 70; lead++) {
			unsigned char *p = malloc(lead + len);

			if (p == NULL)
				abort();
			memset(p, ' ', lead);
			memset(p + lead, 'a', len);
			hash(&a, (struct str){p, lead + len});
			hash(&b, (struct str){p + lead, len});
			CHECK_EQ(a.n, 1);
			CHECK(same(&a, &b));
			free(p);
		}
	}
	run_hash_free(&a);
	run_hash_free(&b);
}

/* The bytes beside letters and digits, in steps of sixteen bytes, of eight and
 * of one. */
static void
case_does_not_count(void)
{
	static const char big[] = "AZ09@[`{ ABCDEFGHIJKLMNOPQRSTUVWXYZ "
				  "0123456789 QUICK-BROWN\xe2\x80\x94"
				  "FOX/JUMPS\xc2\xa0OVER";
	static const char small[] = "az09@[`{ abcdefghijklmnopqrstuvwxyz "
				    "0123456789 quick-brown\xe2\x80\x94"
				    "fox/jumps\xc2\xa0over";
	struct run_hash a = {0}, b = {0};
	size_t from;

	for (from = 0; from < sizeof(big) - 1; from++) {
		if ((big[from] & 0xc0) == 0x80)
			continue;
		hash(&a, str_of(big + from));
		hash(&b, str_of(small + from));
		CHECK(same(&a, &b));
	}
	CHECK_EQ(a.n, 1);
	run_hash_free(&a);
	run_hash_free(&b);
}

/* Make words of up to 30 letters and, sometimes, one that is longer than what
 * is cut at a time; some texts have letters beyond ASCII. */
static void
make_words(uint64_t *seed)
{
	static const char *const one[] = {"a", "k", "z", "0", "7", "9",
	    "\xc3\xa9", "\xd1\x8f", "\xe4\xb8\xad", "\xe1\x80\x80",
	    "\xe2\xb0\xb1", "\xd9\xa3"};
	size_t choice = check_random(seed) % 3 == 0 ? 12 : 6, at = 0, n;
	size_t most = check_random(seed) % 8 == 0 ? MOST_WORDS : 30;

	words = 0;
	most = 1 + check_random(seed) % most;
	for (; most > 0 && at < sizeof(letters) - 4 * 5000; most--) {
		word[words].from = at;
		n = 1 + check_random(seed) % 30;
		if (check_random(seed) % 1000 == 0)
			n += check_random(seed) % 4900;
		while (n-- > 0) {
			struct str c = str_of(one[check_random(seed) % choice]);

			memcpy(letters + at, c.p, c.n);
			at += c.n;
		}
		word[words++].to = at;
	}
}

/* Hash the words with some of these marks before them, capitals here and
 * there, in one piece or several. */
static void
hash_words(
    struct run_hash *r, const char *const *marks, size_t choice, uint64_t *seed)
{
	static unsigned char text[sizeof(letters) + MOST_WORDS * 64];
	int pieces = check_random(seed) % 2 == 0;
	size_t n = 0, i, k;

	run_hash_begin(r);
	for (i = 0; i < words; i++) {
		struct str mark = str_of(marks[check_random(seed) % choice]);

		memcpy(text + n, mark.p, mark.n);
		n += mark.n;
		for (k = word[i].from; k < word[i].to; k++) {
			unsigned char c = letters[k];

			if (c >= 'a' && c <= 'z' && check_random(seed) % 8 == 0)
				c = (unsigned char)(c - 'a' + 'A');
			text[n++] = c;
		}
		if (pieces && check_random(seed) % 4 == 0) {
			run_hash_add(r, (struct str){text, n});
			n = 0;
		}
	}
	run_hash_add(r, (struct str){text, n});
	run_hash_end(r);
}

static void
words_count_and_marks_do_not(void)
{
	static const char *const marks[] = {" ", "-", ". ", "\xe2\x80\x94",
	    "\xe2\x80\x9d \xe2\x80\x9c", "\xc2\xa0", "@[`{/:", "_\x7f\x01",
	    "\xe3\x80\x82", "                                          "};
	const size_t rounds = check_count();
	struct run_hash a = {0}, b = {0};
	uint64_t seed = 5;
	size_t i, k, at;

	for (i = 0; i < rounds && check.failures == 0; i++) {
		make_words(&seed);
		hash_words(&a, marks, 1, &seed);
		hash_words(&b, marks, sizeof(marks) / sizeof(*marks), &seed);
		CHECK_EQ(a.n, words);
		CHECK(same(&a, &b));
		/* Another letter makes other runs where its word stands, no
		 * more and no less. */
		k = check_random(&seed) % words;
		at = word[k].from +
		     check_random(&seed) % (word[k].to - word[k].from);
		if (letters[at] >= 0x80)
			continue;
		letters[at] = 'q';
		hash_words(&b, marks, 1, &seed);
		for (at = 0; at < words; at++)
			CHECK((a.v[at] == b.v[at]) ==
			      (at < k || at >= k + RUN_HASH_WORDS));
	}
	run_hash_free(&a);
	run_hash_free(&b);
}

int
main(void)
{
	check_case("the word maps are equal", word_maps_are_equal);
	check_case("words do not depend on their place",
	    words_do_not_depend_on_their_place);
	check_case("letter case does not count", case_does_not_count);
	check_case("words count and the marks between do not",
	    words_count_and_marks_do_not);
	return check_done();
}
