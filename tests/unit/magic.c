/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "common/magic.h"

#include "tests/unit/check.h"

static void
known_files(void)
{
	unsigned char tar[MAGIC_HEAD] = "page.txt";
	unsigned char pairs[MAGIC_PAIRS + 1] = {0};
	size_t i;

	for (i = 1; i < sizeof(pairs); i += 2)
		pairs[i] = 'a';
	memcpy(tar + 257, "ustar", 5);
	CHECK(magic_refuse(STR_LIT("\x1f\x8b\x08\x00")) != NULL);
	CHECK(magic_refuse(STR_LIT("\x28\xb5\x2f\xfd..")) != NULL);
	CHECK(magic_refuse(STR_LIT("\xfd"
				   "7zXZ\0")) != NULL);
	CHECK(magic_refuse(STR_LIT("BZh91AY&SY")) != NULL);
	CHECK(magic_refuse(STR_LIT("\xff\xfeh\0i\0")) != NULL);
	CHECK(magic_refuse(STR_LIT("\xfe\xff\0h\0i")) != NULL);
	CHECK(magic_refuse((struct str){tar, sizeof(tar)}) != NULL);
	CHECK(magic_refuse(STR_LIT("PK\3\4..")) != NULL);
	CHECK(magic_refuse(STR_LIT("%PDF-1.7\n")) != NULL);
	CHECK(magic_refuse(STR_LIT("\x89PNG\r\n")) != NULL);
	CHECK(magic_refuse(STR_LIT("\xff\xd8\xff\xe0")) != NULL);
	CHECK(magic_refuse(STR_LIT("\0\0\xfe\xff")) != NULL);
	CHECK(magic_refuse((struct str){pairs, MAGIC_PAIRS}) != NULL);
	CHECK(magic_refuse((struct str){pairs + 1, MAGIC_PAIRS}) != NULL);
	CHECK(magic_refuse((struct str){pairs, MAGIC_PAIRS - 1}) == NULL);
	pairs[MAGIC_PAIRS - 1] = '\0';
	CHECK(magic_refuse((struct str){pairs, MAGIC_PAIRS}) == NULL);
	CHECK(magic_refuse((struct str){pairs + 1, MAGIC_PAIRS}) == NULL);
}

static void
text(void)
{
	static const char *const fine[] = {"", "a", "\n", "BZh",
	    "BZh is a name", "\xef\xbb\xbfText", "\xff", "\x1f", "From here",
	    "{\"a\":1}", "doc\t1\ttext", "7zXZ", "PK", "PKZIP", "%PDF", "PNG"};
	size_t i, n;

	/* Copies of just their size: nothing behind them is looked at. */
	for (i = 0; i < sizeof(fine) / sizeof(fine[0]); i++) {
		unsigned char *p;

		n = strlen(fine[i]);
		if ((p = malloc(n + 1)) == NULL)
			abort();
		memcpy(p, fine[i], n);
		if (!CHECK(magic_refuse((struct str){p, n}) == NULL))
			printf("# %s\n", fine[i]);
		free(p);
	}
}

int
main(void)
{
	check_case("magic: other files than text are told", known_files);
	check_case("magic: text passes", text);
	return check_done();
}
