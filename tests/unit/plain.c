/* SPDX-License-Identifier: ISC */
#include "common/utf.h"

#include "cmd/docsplit/plain.h"

#include "tests/unit/check.h"
#include "tests/unit/feed.h"

/*
 * The model has all input in memory, cuts it at each separator, then at each
 * line end, and writes one row after the other.
 */

static unsigned char input[1 << 10];
static size_t length;

static struct {
	char rows[1 << 14];
	size_t n, docs;
} model;

static void
make(uint64_t *seed, int separator)
{
	static const char *const bits[] = {"a", "b c", " ", "\n", "\n", "\r\n",
	    "\r", "\t", "\\", "\xc3\xa9", "\xe3\x80\x80", "\xff", "\xe2\x82",
	    "\x01", "\xc2\x85", "\x7f", "longer words here and there"};
	size_t n = check_random(seed) % 24;

	for (length = 0; n > 0; n--) {
		const char *s = bits[check_random(seed) % 17];

		if (separator != READER_NO_BYTE && check_random(seed) % 6 == 0)
			input[length++] = (unsigned char)separator;
		memcpy(input + length, s, strlen(s));
		length += strlen(s);
	}
}

static void
put_line(size_t doc, size_t number, struct str s)
{
	unsigned char clean[1 << 12];
	size_t i, bad = 0;

	/* The control character U+0085 is white space, what replaces it not. */
	if (utf_blank(s))
		return;
	s = (struct str){clean, utf_repair(clean, s, &bad)};
	model.n +=
	    (size_t)sprintf(model.rows + model.n, "-:%zu\t%zu\t", doc, number);
	for (i = 0; i < s.n; i++) {
		const char *all = "\t\r\\";
		const char *hit = s.p[i] == 0 ? NULL : strchr(all, s.p[i]);

		if (hit != NULL)
			model.rows[model.n++] = '\\';
		model.rows[model.n++] =
		    hit == NULL ? (char)s.p[i] : "tr\\"[hit - all];
	}
	model.rows[model.n++] = '\n';
}

static void
run_model(int separator)
{
	size_t at = 0, doc, end, nl, number, cr;

	model.n = 0;
	/* A file that nothing parts is a document, though it be empty. */
	model.docs = separator == READER_NO_BYTE && length == 0;
	for (doc = 1; at < length; doc++) {
		for (end = at; end < length && input[end] != separator;)
			end++;
		for (number = 1; at < end; number++, at = nl + 1) {
			for (nl = at; nl < end && input[nl] != '\n';)
				nl++;
			/* A CR that stands alone is text. */
			cr = nl > at && nl < end && input[nl - 1] == '\r';
			put_line(doc, number,
			    (struct str){input + at, nl - cr - at});
		}
		at = end + 1;
		model.docs++;
	}
}

static void
compare(void)
{
	static const struct docsplit_options split = {
	    .id = DOCSPLIT_SEQ, .prefix = "-:"};
	static const int separators[] = {READER_NO_BYTE, '\f', 0};
	const size_t rounds = check_count();
	uint64_t seed = 1;
	size_t i;

	for (i = 0; i < rounds && check.failures == 0; i++) {
		struct reader_options options = {
		    .separator = separators[i % 3]};
		struct feed got;

		make(&seed, options.separator);
		run_model(options.separator);
		/* Small reads take long. */
		feed(&got, plain_read, (struct str){input, length},
		    i % 8 == 0 ? 1 + check_random(&seed) % 9 : sizeof(input),
		    &split, &options);
		CHECK_EQ((size_t)got.got, 0);
		CHECK_EQ(got.counts.docs, model.docs);
		if (!CHECK_STR(feed_rows(&got),
			((struct str){(unsigned char *)model.rows, model.n})))
			printf("# round %zu: %.*s\n", i, (int)length,
			    (const char *)input);
		feed_free(&got);
	}
}

int
main(void)
{
	check_case("random texts, against a slow model", compare);
	return check_done();
}
