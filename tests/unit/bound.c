/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "cmd/docsplit/bound.h"

#include "tests/unit/check.h"

#define MAIL "From a Thu Jan  1 10:00:00 2026\nSubject: a\n\n"
#define WARC                                                                   \
	"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 3\r\n\r\nabc"    \
	"\r\n\r\n"
#define FIRST(s) (sizeof(s) - 1)

static const struct reader_options options = {.separator = '\f'};
static const struct reader_options loose = {.loose = 1};

/* The first `want` bytes of the text can be cut off, and hold `docs`. */
static void
cut(enum format format, const struct reader_options *o, const char *text,
    size_t want, size_t docs)
{
	struct str s = str_of(text);
	size_t found = 0, got = bound_of(format)(s, 0, o, &found);

	if (!CHECK_EQ(got, want))
		printf("# in \"%s\"\n", text);
	if (want > 0 && want != BOUND_ODD)
		CHECK_EQ(found, docs);
}

/* The same when nothing was found in any shorter piece of it. */
static void
in_pieces(enum format format, const char *text, size_t want)
{
	struct str s = str_of(text);
	size_t n, docs, got = 0;

	for (n = 1; n <= s.n && got == 0; n++)
		got =
		    bound_of(format)(str_sub(s, 0, n), n - 1, &options, &docs);
	CHECK_EQ(got, want);
}

static void
lines_of_json(void)
{
	cut(FORMAT_JSONL, &options, "{}\n{}\n{", 6, 2);
	cut(FORMAT_JSONL, &options, "{}\n{}\n", 6, 2);
	cut(FORMAT_JSONL, &options, "{}\n{}\n\x1e{}\n{}\n", 6, 2);
	cut(FORMAT_JSONL, &options, "\x1e{}\n{}\n{}\n", BOUND_ODD, 0);
	cut(FORMAT_JSONL, &options, "{\"text\": \"", 0, 0);
	in_pieces(FORMAT_JSONL, "{\"text\": 1}\n{}\n{}", 12);
}

static void
form_feeds(void)
{
	cut(FORMAT_FF, &options, "a\fb\n\fc", FIRST("a\fb\n\f"), 2);
	cut(FORMAT_FF, &options, "\f", 1, 1);
	cut(FORMAT_FF, &options, "a\nb", 0, 0);
	in_pieces(FORMAT_FF, "a\n\fb\f", 3);
}

static void
records(void)
{
	const char *odd[] = {"WARC/1.0\r\nWARC-Type: a\r\n\r\nabc\r\n\r\n" WARC,
	    "WARC/1.0\r\nWARC-Type: a\r\nContent-Length: 9\r\n\r\nabc\r\n" WARC,
	    "WARC/1.0\r\nWARC-Type: a\r\nContent-Length: 3\r\n"
	    "Content-Length: 3\r\n\r\nabc\r\n\r\n" WARC,
	    "WARC/1.0\r\nWARC-Type: a\r\n Content-Length: 3\r\n\r\n" WARC,
	    "WARC/1.0\r\nWARC-Type: a\r\nContent-Length: 9999999\r\n\r\n" WARC,
	    "no record begins like this, nor does one follow\n"};
	size_t i;

	cut(FORMAT_WARC, &options, WARC WARC WARC, 3 * FIRST(WARC), 3);
	/* More than its first bytes is not looked at. */
	cut(FORMAT_WARC, &options, WARC WARC "WARC/1.0\r\nWARC-T",
	    2 * FIRST(WARC), 2);
	cut(FORMAT_WARC, &options, WARC "WARC/1.0\r\nWAR", FIRST(WARC), 1);
	/* An empty line is enough, and nothing less. */
	cut(FORMAT_WARC, &options, WARC, FIRST(WARC), 1);
	in_pieces(FORMAT_WARC, WARC WARC, FIRST(WARC));
	cut(FORMAT_WARC, &options,
	    "WARC/1.0\r\nWARC-Type: a\r\nContent-Length: 0\r\n\r\n\r\n", 0, 0);
	cut(FORMAT_WARC, &options, "\r\n\r\n\r\n", 0, 0);
	for (i = 0; i < sizeof(odd) / sizeof(odd[0]); i++)
		cut(FORMAT_WARC, &options, odd[i], BOUND_ODD, 0);
	/* What comes before it can be cut off all the same. */
	cut(FORMAT_WARC, &options,
	    WARC "WARC/1.0\r\nWARC-Type: a\r\n\r\nabc\r\n\r\n" WARC,
	    FIRST(WARC), 1);
}

static void
mails(void)
{
	cut(FORMAT_MBOX, &options, MAIL "a\n\n" MAIL, FIRST(MAIL "a\n\n"), 1);
	cut(FORMAT_MBOX, &options, MAIL "a\r\n\r\n" MAIL,
	    FIRST(MAIL "a\r\n\r\n"), 1);
	cut(FORMAT_MBOX, &options, MAIL "a\n" MAIL, 0, 0);
	cut(FORMAT_MBOX, &options, MAIL "\nFrom here on\n", 0, 0);
	cut(FORMAT_MBOX, &loose, MAIL "\nFrom here on\n", FIRST(MAIL "\n"), 1);
	/* A header may not have ended there. */
	cut(FORMAT_MBOX, &loose, MAIL "\nFrom here on\nFrom here on\n",
	    FIRST(MAIL "\n"), 1);
	in_pieces(FORMAT_MBOX, MAIL "a\n\n" MAIL, FIRST(MAIL "a\n\n"));
}

static void
treebanks(void)
{
	const char *plus = "# global.columns = ID FORM\n1\ta\n\n# newdoc\n";

	cut(FORMAT_CONLLU, &options, "1\ta\n\n# newdoc\n# newpar\n", 5, 1);
	cut(FORMAT_CONLLU, &options, "1\ta\r\n\r\n#newdoc id = b\n", 7, 1);
	cut(FORMAT_CONLLU, &options, "# sent_id = 1\n# newdoc\n", 0, 0);
	cut(FORMAT_CONLLU, &options, "1\ta\n\n# newdocs\n", 0, 0);
	cut(FORMAT_CONLLU, &options, plus, BOUND_ODD, 0);
	in_pieces(FORMAT_CONLLU, "1\ta\n\n# newdoc\n\n", 5);
}

static void
keys(void)
{
	cut(FORMAT_ROWS, &options, "a\t1\tx\nb\t1\tx\n", 6, 0);
	cut(FORMAT_ROWS, &options, "a\t1\tx\nb\t1\tx\nb\t2\tx\nc\t1", 6, 0);
	cut(FORMAT_ROWS, &options, "a\t1\tx\na\t2\tx\n", 0, 0);
	/* Of a row that is none, or has to be repaired, nobody knows. */
	cut(FORMAT_ROWS, &options, "a\t1\tx\nb\n", 0, 0);
	cut(FORMAT_ROWS, &options, "a\xff\t1\tx\na\xfe\t1\tx\n", 0, 0);
	cut(FORMAT_ROWS, &options, "a\t1\tx\n\xef\xbb\xbfq\t1\tx\n", 0, 0);
	in_pieces(FORMAT_ROWS, "a\t1\tx\na\t2\tx\nb\t1\tx\nb\t2\tx\n", 12);
}

int
main(void)
{
	check_case("bound: JSON Lines", lines_of_json);
	check_case("bound: form feeds", form_feeds);
	check_case("bound: WARC", records);
	check_case("bound: mailboxes", mails);
	check_case("bound: CoNLL-U", treebanks);
	check_case("bound: rows", keys);
	return check_done();
}
