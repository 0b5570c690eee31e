/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "common/utf.h"

#include "cmd/docsplit/run.h"

#include "tests/unit/check.h"

static unsigned char text[1 << 12];
static size_t length;

/* Lines of words, some damaged, with what vectors like to get wrong. */
static void
make(uint64_t *seed)
{
	static const char *const bits[] = {"a", "word ", "\xe2\x80\x9c", "\xc3",
	    "\xc2\x85", "\xf0\x9f\x98\x80", "\\", "\t", "\r", "\r\n", "\n",
	    "\n\n", "\x7f", "\x01", " ", "\xed\xa0\x80", "\xe3\x80\x80",
	    "\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6\xd0\xb6",
	    "0123456789012345678901234567890123456789012345678901234567890"};
	size_t n = check_random(seed) % 60;
	/* Damage is rare enough for long runs of lines. */
	int clean = check_random(seed) % 4 != 0;

	length = 0;
	while (n-- > 0) {
		const char *s =
		    bits[check_random(seed) % (sizeof(bits) / sizeof(bits[0]))];
		struct str one = str_of(s);

		if (clean && utf_clean(one) != one.n)
			continue;
		memcpy(text + length, one.p, one.n);
		length += one.n;
	}
	text[length++] = '\n';
}

/* What rows of the first `n` bytes look like, a line at a time. */
static size_t
expected(unsigned char *to, size_t n, size_t number)
{
	size_t at = 0, w = 0;

	while (at < n) {
		const unsigned char *nl = memchr(text + at, '\n', n - at);
		struct str s = {text + at, (size_t)(nl - (text + at))};
		size_t i;

		at += s.n + 1;
		s.n -= s.n > 0 && s.p[s.n - 1] == '\r';
		number++;
		if (utf_blank(s))
			continue;
		CHECK_EQ(utf_clean(s), s.n);
		w += (size_t)sprintf((char *)to + w, "key\t%zu\t", number);
		for (i = 0; i < s.n; i++) {
			const char *special = "\t\r\\";
			const char *hit = strchr(special, s.p[i]);

			if (hit != NULL)
				to[w++] = '\\';
			to[w++] = hit == NULL
				      ? s.p[i]
				      : (unsigned char)"tr\\"[hit - special];
		}
		to[w++] = '\n';
	}
	return w;
}

static void
variants_agree(void)
{
	static unsigned char want[1 << 16];
	struct out out = {.fd = OUT_MEMORY};
	const size_t rounds = check_count();
	uint64_t seed = 3;
	size_t i;
	int which;

	for (i = 0; i < rounds && check.failures == 0; i++) {
		/* Where the number gets longer, too. */
		size_t number = check_random(&seed) % 120, first = 0;

		make(&seed);
		for (which = -1; which < RUN_WIDES; which++) {
			struct run run;
			size_t n;

			CHECK(run_start(&run, STR_LIT("key\t"), number));
			run.wide = which < 0 ? NULL : run_wide_by(which);
			out.n = 0;
			n = run_take(&run, &out, (struct str){text, length});
			if (which < 0)
				first = n;
			CHECK_EQ(n, first);
			CHECK_STR(((struct str){out.buf, out.n}),
			    ((struct str){want, expected(want, n, number)}));
		}
	}
	out_close(&out);
}

static void
long_keys_are_refused(void)
{
	unsigned char key[RUN_HEAD] = {0};
	struct run run;

	CHECK(run_start(&run, (struct str){key, RUN_HEAD - 21}, 0));
	CHECK(!run_start(&run, (struct str){key, RUN_HEAD - 20}, 0));
}

int
main(void)
{
	check_case("the ways to copy agree with a slow model", variants_agree);
	check_case("long keys are refused", long_keys_are_refused);
	return check_done();
}
