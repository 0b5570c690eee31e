/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "cmd/docsplit/rows.h"

#include "tests/unit/check.h"
#include "tests/unit/feed.h"

static const struct docsplit_options split = {.prefix = ""};
static const struct reader_options options = {.separator = READER_NO_BYTE};

static struct {
	char rows[1 << 14], folded[1 << 14];
} made;

/* Some documents as rows, and folded as the manual says, by hand. */
static void
make(uint64_t *seed)
{
	static const char *const texts[] = {"a", "\\\\n", "b\\tc", "z \\r ",
	    "\\\\", "x\\\\\\\\n", "n", "\\\\t ", "é"};
	size_t docs = check_random(seed) % 4, d;

	made.rows[0] = made.folded[0] = '\0';
	for (d = 0; d < docs; d++) {
		size_t blocks = 1 + check_random(seed) % 5, line = 0, b;
		char *folded = made.folded + strlen(made.folded);
		size_t first = 1;

		for (b = 0; b < blocks; b++) {
			size_t next = line + 1 + check_random(seed) % 8 / 5 * 2;
			const char *text = texts[check_random(seed) % 9];

			/* A long document goes on in another row. */
			if (b == 0 || check_random(seed) % 8 == 0) {
				if (b > 0)
					strcat(folded, "\n");
				first = b == 0 ? 1 : next;
				sprintf(folded + strlen(folded), "d%zu\t%zu\t",
				    d, first);
				line = first;
			}
			for (; line < next; line++)
				strcat(folded, "\\n");
			strcat(folded, text);
			sprintf(made.rows + strlen(made.rows),
			    "d%zu\t%zu\t%s\n", d, next, text);
		}
		strcat(folded, "\n");
	}
}

static void
gives(reader_fn *read, const char *from, const char *to, size_t faults)
{
	struct feed got;

	feed(&got, read, str_of(from), 1 << 14, &split, &options);
	CHECK_EQ(got.faults, faults);
	CHECK_STR(feed_rows(&got), str_of(to));
	feed_free(&got);
}

static void
round_trip(void)
{
	const size_t rounds = check_count();
	uint64_t seed = 1;
	size_t i;

	for (i = 0; i < rounds && check.failures == 0; i++) {
		make(&seed);
		gives(rows_read, made.rows, made.rows, 0);
		gives(rows_unfold, made.folded, made.rows, 0);
	}
}

static void
odd_rows(void)
{
	gives(rows_read, "doc\tblock\ttext\r\na\t2\tx\n", "a\t2\tx\n", 0);
	gives(
	    rows_read, "a\t1\tx\nb\nc\t0\tx\nd\t1\ty", "a\t1\tx\nd\t1\ty\n", 2);
	gives(rows_read, "a\t3\tx\na\t3\ty\na\t9\tz\tq\n",
	    "a\t3\tx\na\t4\ty\na\t9\tz\n", 2);
	gives(rows_read, "a\t1\tx\\ny\na\t1048578\tz\n",
	    "a\t1\tx\\ny\na\t1048578\tz\n", 0);
	gives(rows_read, "a\t1\tx\na\t1048579\tz\n", "a\t1\tx\na\t2\tz\n", 1);
	gives(rows_read, "a\t1\t \na\t2\tb\n", "a\t2\tb\n", 1);
	/* A CR that ends no line is written as rows write it. */
	gives(rows_read, "a\t1\tb\rc\r\n\r\n", "a\t1\tb\\rc\n", 1);
	gives(rows_read, "a\r\t1\tb\r", "a\\r\t1\tb\\r\n", 0);
	gives(rows_unfold, "a\t1\tx\\n\\ny\na\t1\tz\n",
	    "a\t1\tx\na\t3\ty\na\t1\tz\n", 0);
	gives(rows_unfold, "a\t18446744073709551615\tx\n",
	    "a\t18446744073709551615\tx\n", 0);
	gives(rows_unfold, "a\t1\t\\n\\nx\n", "a\t3\tx\n", 0);
	gives(rows_unfold, "a\tx\ty\na\t1\tb\tc\n", "a\t1\tb\n", 2);
}

int
main(void)
{
	check_case("rows stay as they are, folded ones come back", round_trip);
	check_case("rows that cannot be kept are counted", odd_rows);
	return check_done();
}
