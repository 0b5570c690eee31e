/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "common/piece.h"
#include "common/utf.h"

#include "tests/unit/check.h"

/* Cut all of `s`; returns the number of parts. */
static size_t
cut_all(struct str s)
{
	size_t at = 0, end, parts = 0;

	while (at < s.n) {
		end = piece_end(s, at);
		if (!CHECK(end > at && end <= s.n))
			return parts;
		CHECK(end - at <= PIECE_MAX);
		CHECK_EQ(utf_clean(str_sub(s, at, end)), end - at);
		/* None is cut that need not be. */
		CHECK(end == s.n || end - at > PIECE_MAX / 2);
		at = end;
		parts++;
	}
	return parts;
}

static void
parts_of_long_lines(void)
{
	static const char *const unit[] = {"word ", "x", "\xe4\xba\xba",
	    "\xf0\x9f\x98\x80", "\xc2\xa0", " ", "a\xe2\x80\x83", "\xcc\x81"};
	size_t u, n, k, size, len;

	for (u = 0; u < sizeof(unit) / sizeof(unit[0]); u++)
		for (k = 0; k < 8; k++) {
			unsigned char *p;

			len = strlen(unit[u]);
			size = 3 * PIECE_MAX + k;
			if ((p = malloc(size)) == NULL)
				abort();
			memset(p, 'y', k);
			for (n = k; n + len <= size; n += len)
				memcpy(p + n, unit[u], len);
			CHECK(cut_all((struct str){p, n}) >= 3);
			free(p);
		}
}

static void
short_text_is_whole(void)
{
	struct str s = STR_LIT("a b c");

	CHECK_EQ(piece_end(s, 0), s.n);
	CHECK_EQ(piece_end(s, 3), s.n);
	CHECK_EQ(piece_end(s, s.n), s.n);
}

static void
words_are_kept(void)
{
	size_t n = 2 * PIECE_MAX, i, end;
	unsigned char *p = malloc(n);

	if (p == NULL)
		abort();
	for (i = 0; i < n; i++)
		p[i] = i % 700 == 0 ? ' ' : 'a';
	end = piece_end((struct str){p, n}, 0);
	CHECK(end < n && p[end - 1] == ' ');
	free(p);
}

int
main(void)
{
	check_case("piece: parts of long lines", parts_of_long_lines);
	check_case("piece: short text is whole", short_text_is_whole);
	check_case("piece: words are kept", words_are_kept);
	return check_done();
}
