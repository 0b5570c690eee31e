/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "cmd/dedupe/shingle.h"

#include "tests/unit/check.h"

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

/* Whether the text has this key among the first `n` of its samples. */
static int
seen(const struct shingles *s, size_t n, uint32_t key)
{
	while (n-- > 0)
		if (s->v[n].key == key)
			return 1;
	return 0;
}

/* Runs below the limit are samples, in order and each key once; a text of few
 * runs has all of them. */
static void
samples_equal_a_slow_model(void)
{
	static unsigned char text[1 << 16];
	const size_t rounds = check_count() / 4;
	struct shingles s = {0};
	uint64_t seed = 11;
	size_t i, k, n;

	for (i = 0; i < rounds && check.failures == 0; i++) {
		size_t most = check_random(&seed) % 4 == 0 ? 3000 : 12;
		size_t all = check_random(&seed) % most, known = 0;
		/* Few words or many, so that runs come again or do not. */
		size_t kinds = 1 + check_random(&seed) % (2 * most);
		uint64_t limit = UINT64_MAX;

		for (n = k = 0; k < all; k++)
			n += (size_t)sprintf((char *)text + n, "w%zu ",
			    (size_t)check_random(&seed) % kinds);
		sample(&s, (struct str){text, n});
		CHECK_EQ(s.words.n, all);
		CHECK_EQ(s.runs, all < 3 ? 0 : all - 2);
		if (s.runs > SHINGLE_SAMPLES)
			limit = UINT64_MAX / s.runs * SHINGLE_SAMPLES;
		for (k = 2; k < all; k++) {
			uint64_t hash = s.words.v[k];
			uint32_t key = shingle_key(hash);

			if (limit != UINT64_MAX && hash >= limit)
				continue;
			if (seen(&s, known, key))
				continue;
			if (known == SHINGLE_MOST)
				break;
			CHECK(s.hash[known] == hash);
			CHECK_EQ(s.v[known].key, key);
			CHECK(shingle_find(&s, key) == (int)known);
			CHECK(s.limit == UINT32_MAX || key <= s.limit);
			known++;
		}
		CHECK_EQ(s.n, known);
	}
	shingle_free(&s);
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
	CHECK_EQ(shingle_step(4 * SHINGLE_SAMPLES), 0);
	CHECK_EQ(shingle_step(4 * SHINGLE_SAMPLES + 1), 1);
	CHECK(s.n > 1);
	for (i = 1; i < s.n; i++)
		CHECK((s.v[i].at - s.v[i - 1].at) >> shift <= SHINGLE_STEPS);
	shingle_free(&s);
}

int
main(void)
{
	check_case("the same words have the same print",
	    same_words_have_the_same_print);
	check_case("samples are nested", samples_are_nested);
	check_case("samples equal a slow model", samples_equal_a_slow_model);
	check_case("places step by half a byte", places_step_by_half_a_byte);
	return check_done();
}
