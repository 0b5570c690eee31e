/* SPDX-License-Identifier: ISC */
#include "cmd/dedupe/store.h"

#include "tests/unit/check.h"
#include "tests/unit/vary.h"

enum { RUNS, BLOCK, NAME, SAMPLES, REST, NUMBERS };

/* The number at `*at`, seven bits a byte; 0 if there is none of 32 bits. */
static int
model_number(struct str s, size_t *at, uint32_t *number)
{
	size_t end = *at, k;
	uint64_t all = 0;

	while (end < s.n && s.p[end] > 127)
		end++;
	if (end >= s.n || end - *at > 4)
		return 0;
	for (k = end + 1; k > *at; k--)
		all = all * 128 + s.p[k - 1] % 128;
	*number = (uint32_t)all;
	*at = end + 1;
	return 1;
}

/* The bytes of a record, 0 if `s` does not begin with one. */
static size_t
model_read(struct str s, uint32_t *number, struct str *name)
{
	size_t at = 8, i;

	if (s.n < 8)
		return 0;
	for (i = 0; i < NUMBERS; i++)
		if (!model_number(s, &at, &number[i]))
			return 0;
	at += (size_t)4 * number[SAMPLES] + number[REST];
	if (number[SAMPLES] > SHINGLE_MOST || at > s.n ||
	    number[NAME] > s.n - at)
		return 0;
	*name = str_sub(s, at, at + number[NAME]);
	return at + number[NAME];
}

static void
put_number(struct vary *v, size_t number)
{
	for (; number > 127; number /= 128)
		vary_byte(v, (int)(128 + number % 128));
	/* What is longer than need be is read all the same. */
	if (vary_below(v, 20) == 0) {
		vary_byte(v, (int)(128 + number));
		number = 0;
	}
	vary_byte(v, (int)number);
}

static void
make_record(struct vary *v)
{
	static const size_t some[] = {0, 1, 40, 127, 128, 300, 16383, 16384,
	    2097151, 2097152, 4294967295};
	size_t name = vary_below(v, 20), samples = vary_below(v, 30);
	size_t bytes = vary_below(v, 9), k;

	if (vary_below(v, 8) == 0)
		samples = SHINGLE_MOST - 2 + vary_below(v, 4);
	v->n = 0;
	for (k = 0; k < 8; k++)
		vary_byte(v, (int)vary_below(v, 256));
	put_number(v, some[vary_below(v, 11)]);
	put_number(v, some[vary_below(v, 11)]);
	put_number(v, vary_below(v, 16) == 0 ? some[vary_below(v, 11)] : name);
	put_number(v, samples);
	put_number(v, vary_below(v, 16) == 0 ? some[vary_below(v, 11)] : bytes);
	for (k = 4 * samples + bytes + name; k > 0; k--)
		vary_byte(v, (int)vary_below(v, 256));
	vary_spoil(v, 8, STR_LIT("\x01\x7f\x80\xff"));
	if (vary_below(v, 8) == 0)
		v->n = vary_below(v, v->n);
}

static void
equals_model(void)
{
	const size_t rounds = check_count();
	uint32_t number[NUMBERS];
	struct vary v = {.state = 29};
	size_t i, k, none = 0, n;

	for (i = 0; i < rounds; i++) {
		struct store_text text;
		struct str s, name;

		make_record(&v);
		s = vary_str(&v);
		n = model_read(s, number, &name);
		none += n == 0;
		if (!CHECK_EQ(store_read(s.p, s.n, &text), n) || n == 0)
			continue;
		for (k = 0; k < 8; k++)
			CHECK_EQ((size_t)(text.print >> 8 * k & 255), s.p[k]);
		CHECK_EQ(text.runs, number[RUNS]);
		CHECK_EQ(text.block, number[BLOCK]);
		CHECK_EQ(text.n, number[SAMPLES]);
		CHECK_EQ(text.rest_n, number[REST]);
		CHECK_STR(text.doc, name);
		CHECK(text.doc.p == text.rest + text.rest_n);
		CHECK(text.rest == text.sample + 4 * text.n);
	}
	CHECK(none > rounds / 10 && none < rounds / 2);
}

int
main(void)
{
	check_case("store: damaged records equal the model", equals_model);
	return check_done();
}
