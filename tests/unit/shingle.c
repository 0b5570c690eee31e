/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "cmd/dedupe/shingle.h"
#include "cmd/dedupe/word_map.h"

#include "tests/unit/check.h"

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

/* A text of `n` words, those from `from` on of an endless one. */
static struct str
text_of(unsigned char *to, size_t from, size_t n)
{
	size_t i, k = 0;

	for (i = from; i < from + n; i++)
		k += (size_t)sprintf((char *)to + k, "w%zu ", i * i % 9973);
	return (struct str){to, k};
}

static void
sample(struct shingles *s, struct str text)
{
	shingle_begin(s);
	shingle_add(s, text);
	shingle_end(s);
}

static void
same_words_have_the_same_print(void)
{
	static const char *const same[] = {"The U.S. sent 40 men, \"now\"",
	    "the u s SENT 40 men now", "The u.s.   sent/40/men_now!"};
	struct shingles a = {0}, b = {0};
	size_t i;

	sample(&a, str_of(same[0]));
	CHECK_EQ(a.words.n, 7);
	CHECK_EQ(a.runs, 5);
	CHECK_EQ(a.n, 5);
	for (i = 1; i < 3; i++) {
		sample(&b, str_of(same[i]));
		CHECK(a.print == b.print);
		CHECK(memcmp(a.v, b.v, a.n * sizeof(*a.v)) == 0);
	}
	/* The slow path of other letters takes ASCII words the same way. */
	sample(&a, str_of("na\xc3\xafve The U.S. sent 40 men"));
	sample(&b, str_of("NA\xc3\x8fVE the u s sent \xe2\x80\x9c"
			  "40 men"));
	CHECK(a.print == b.print);
	sample(&b, str_of("naive the u s sent 40 men"));
	CHECK(a.print != b.print);
	shingle_free(&a);
	shingle_free(&b);
}

/* Words of any length at any place, also at the end of what may be read. */
static void
words_do_not_depend_on_their_place(void)
{
	struct shingles a = {0}, b = {0};
	size_t len, lead;

	for (len = 1; len < 40; len++) {
		for (lead = 0; lead < 70; lead++) {
			unsigned char *p = malloc(lead + len);

			if (p == NULL)
				abort();
			memset(p, ' ', lead);
			memset(p + lead, 'a', len);
			sample(&a, (struct str){p, lead + len});
			sample(&b, (struct str){p + lead, len});
			CHECK_EQ(a.words.n, 1);
			CHECK(a.print == b.print);
			free(p);
		}
	}
	shingle_free(&a);
	shingle_free(&b);
}

/* Steps of sixteen bytes, of eight and of one lower letters alike. */
static void
case_does_not_count(void)
{
	static const char big[] = "AZ09@[`{ ABCDEFGHIJKLMNOPQRSTUVWXYZ "
				  "0123456789 QUICK-BROWN\xe2\x80\x94"
				  "FOX/JUMPS\xc2\xa0OVER";
	static const char small[] = "az09@[`{ abcdefghijklmnopqrstuvwxyz "
				    "0123456789 quick-brown\xe2\x80\x94"
				    "fox/jumps\xc2\xa0over";
	struct shingles a = {0}, b = {0};
	size_t from;

	for (from = 0; from < sizeof(big) - 1; from++) {
		if ((big[from] & 0xc0) == 0x80)
			continue;
		sample(&a, str_of(big + from));
		sample(&b, str_of(small + from));
		CHECK(a.print == b.print);
		CHECK_EQ(a.words.n, b.words.n);
	}
	CHECK_EQ(a.words.n, 1);
	shingle_free(&a);
	shingle_free(&b);
}

/* Texts are cut in blocks of some thousand bytes, which words cross. */
static void
words_cross_blocks(void)
{
	static unsigned char text[3 << 14];
	struct shingles a = {0}, b = {0};
	size_t len, lead, k;

	for (len = 1990; len < 6300; len += 43) {
		for (lead = 0; lead < 4200; lead += 101) {
			memset(text, ' ', sizeof(text));
			for (k = 0; k < lead; k++)
				text[k] = k % 7 == 6 ? ' ' : 'b';
			memset(text + lead + 1, 'a', len);
			text[lead + len + 2] = 'c';
			sample(&a, (struct str){text, lead + len + 3});
			shingle_begin(&b);
			shingle_add(&b, (struct str){text, lead});
			shingle_add(&b, (struct str){text + lead + 1, len});
			shingle_add(&b, STR_LIT("C"));
			shingle_end(&b);
			CHECK_EQ(a.words.n, (lead + 6) / 7 + 2);
			CHECK(a.print == b.print);
		}
	}
	shingle_free(&a);
	shingle_free(&b);
}

/* The part's samples below the whole's limit are samples of the whole. */
static void
samples_are_nested(void)
{
	static unsigned char part[1 << 17], whole[1 << 17];
	struct shingles a = {0}, b = {0};
	size_t i, shared = 0;

	sample(&a, text_of(part, 500, 1500));
	sample(&b, text_of(whole, 0, 6000));
	CHECK(a.n > 80 && a.n < 190);
	CHECK(b.n > 80 && b.n < 190);
	for (i = 0; i < a.n; i++) {
		if (a.v[i].key >= b.limit)
			continue;
		shared++;
		CHECK(shingle_find(&b, a.v[i].key) != -1);
	}
	CHECK(shared > 5);
	CHECK(shingle_find(&b, b.limit) == -1);
	shingle_free(&a);
	shingle_free(&b);
}

static void
places_step_by_half_a_byte(void)
{
	static unsigned char text[1 << 21];
	struct shingles s = {0};
	unsigned int shift;
	size_t i;

	/* The first and the last words are new, those between repeat. */
	i = text_of(text, 0, 3000).n;
	memset(text + i, 'a', 1 << 17);
	for (; i < 1 << 17; i += 2)
		text[i] = ' ';
	i += text_of(text + i, 3000, 3000).n;
	sample(&s, (struct str){text, i});
	shift = shingle_step(s.runs);
	CHECK(shift > 0);
	CHECK(s.n > 1);
	for (i = 1; i < s.n; i++)
		CHECK((s.v[i].at - s.v[i - 1].at) >> shift <= SHINGLE_STEPS);
	shingle_free(&s);
}

int
main(void)
{
	check_case("the word maps are equal", word_maps_are_equal);
	check_case("the same words have the same print",
	    same_words_have_the_same_print);
	check_case("words do not depend on their place",
	    words_do_not_depend_on_their_place);
	check_case("letter case does not count", case_does_not_count);
	check_case("words cross blocks", words_cross_blocks);
	check_case("samples are nested", samples_are_nested);
	check_case("places step by half a byte", places_step_by_half_a_byte);
	return check_done();
}
