/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <strings.h>

#include "cmd/docsplit/warc.h"

#include "tests/unit/check.h"
#include "tests/unit/feed.h"

/*
 * The model has all input in memory and looks at it byte by byte, again and
 * again.  It knows plain text only, without what escapes or repair change.
 */

static struct {
	unsigned char s[1 << 16];
	size_t n;
} input;

static struct {
	char rows[1 << 18];
	size_t n, docs, faults;
} model;

static size_t
end_of_line(size_t at)
{
	if (at < input.n && input.s[at] == '\n')
		return 1;
	return at + 1 < input.n && memcmp(input.s + at, "\r\n", 2) == 0 ? 2 : 0;
}

static int
is(size_t at, const char *what)
{
	return at + strlen(what) <= input.n &&
	       memcmp(input.s + at, what, strlen(what)) == 0;
}

static int
is_digit(size_t at)
{
	return at < input.n && input.s[at] >= '0' && input.s[at] <= '9';
}

static size_t
version(size_t at)
{
	if (!is(at, "WARC/") || !is_digit(at + 5) || !is(at + 6, ".") ||
	    !is_digit(at + 7) || end_of_line(at + 8) == 0)
		return 0;
	return 8 + end_of_line(at + 8);
}

static int
begins(size_t at)
{
	return version(at) > 0 && is(at + version(at), "WARC-");
}

/* The first record at or behind `at`; `inside` if that is within a line. */
static size_t
next_record(size_t at, int inside)
{
	size_t i = at;

	while (i < input.n &&
	       ((i == at ? inside : input.s[i - 1] != '\n') || !begins(i)))
		i++;
	return i;
}

/* The value of a field between two places, as a string. */
static int
field(size_t at, size_t end, const char *name, char *value)
{
	size_t n = 0;

	while (at < end) {
		int hit = strncasecmp((const char *)input.s + at, name,
			      strlen(name)) == 0 &&
			  input.s[at + strlen(name)] == ':';

		if (hit)
			at += strlen(name) + 1;
		do {
			for (; at < end && input.s[at] != '\n'; at++)
				if (hit && input.s[at] > ' ')
					value[n++] = (char)input.s[at];
			at++;
		} while (at < end && input.s[at] == ' ');
		if (hit) {
			value[n] = '\0';
			return 1;
		}
	}
	return 0;
}

static int
may_end(size_t at)
{
	size_t ends = 0;

	if (at > input.n)
		return 0;
	for (; ends < 2 && end_of_line(at) > 0; ends++)
		at += end_of_line(at);
	return ends == 2 || at == input.n || begins(at);
}

static void
put_document(size_t at, size_t end)
{
	size_t line = 0, stop, i;

	model.docs++;
	for (; at < end; at = stop + 1) {
		int blank = 1;

		for (stop = at; stop < end && input.s[stop] != '\n'; stop++)
			blank &= input.s[stop] <= ' ';
		line++;
		if (blank)
			continue;
		model.n += (size_t)sprintf(
		    model.rows + model.n, "-:%zu\t%zu\t", model.docs, line);
		for (i = at; i < stop; i++)
			if (input.s[i] == '\t')
				model.n += (size_t)sprintf(
				    model.rows + model.n, "\\t");
			else if (input.s[i] != '\r')
				model.rows[model.n++] = (char)input.s[i];
			else if (i + 1 < stop || stop == end)
				model.n += (size_t)sprintf(
				    model.rows + model.n, "\\r");
		model.rows[model.n++] = '\n';
	}
}

/* The record at `at`; returns where it ends. */
static size_t
take_record(size_t at)
{
	char type[4096] = "", length[4096] = "";
	size_t line = at, end = at, stop, body;

	for (;;) {
		while (end < input.n && input.s[end] != '\n')
			end++;
		if (end == input.n || (line > at && begins(line))) {
			model.faults++;
			return end == input.n ? end : line;
		}
		end++;
		if (end_of_line(line) == end - line)
			break;
		line = end;
	}
	body = end;
	field(at, line, "WARC-Type", type);
	if (!field(at, line, "Content-Length", length))
		model.faults++;
	stop = body + (size_t)atoi(length);
	if (length[0] == '\0' || !may_end(stop)) {
		model.faults += length[0] != '\0';
		stop = next_record(body, 0);
	}
	if (strcasecmp(type, "conversion") == 0)
		put_document(body, stop);
	return stop;
}

static void
run_model(void)
{
	size_t at = 0;
	int inside = 0;

	model.n = model.docs = model.faults = 0;
	while (at < input.n) {
		if (version(at) > 0) {
			at = take_record(at);
		} else if (end_of_line(at) > 0) {
			at += end_of_line(at);
		} else {
			model.faults++;
			at = next_record(at, inside);
		}
		inside = at > 0 && input.s[at - 1] != '\n';
	}
}

static void
put(const char *s)
{
	memcpy(input.s + input.n, s, strlen(s));
	input.n += strlen(s);
}

static void
put_some(uint64_t *seed, size_t most)
{
	static const char *const words[] = {"a", "b c", "\n", "\n", "\r\n",
	    "\n\n", "\r\n\r\n", "WARC/1.0", "WARC/1.0\n", "WARC-", "W", " ",
	    "WARC/1.1\r\nWARC-Type: conversion\r\n",
	    "WARC/1.0\nWARC-Type: conversion\n\nx\n", "\r"};
	size_t n = check_random(seed) % most;

	while (n-- > 0)
		put(words[check_random(seed) %
			  (sizeof(words) / sizeof(words[0]))]);
}

/* A record, mostly a good one. */
static void
put_record(uint64_t *seed)
{
	static const char *const types[] = {"conversion", "conversion",
	    "warcinfo", "Conversion", "request\r\n and: more"};
	const char *end = check_random(seed) % 3 ? "\r\n" : "\n";
	char line[100];
	size_t body, length, says;

	put("WARC/1.0");
	put(end);
	sprintf(line, "%s: %s%s",
	    check_random(seed) % 4 ? "WARC-Type" : "warc-type",
	    types[check_random(seed) % 5], end);
	put(line);
	if (check_random(seed) % 8 == 0)
		put("X-Note: WARC/1.0\n\tContent-Length: 3\n");
	body = input.n;
	put_some(seed, 12);
	length = input.n - body;
	input.n = body;
	says = check_random(seed) % 3 ? length : check_random(seed) % 60;
	if (check_random(seed) % 16)
		sprintf(line, "Content-Length: %zu%s%s", says, end, end);
	else
		sprintf(line, "%s", end);
	memmove(input.s + body + strlen(line), input.s + body, length);
	memcpy(input.s + body, line, strlen(line));
	input.n += strlen(line) + length;
	if (check_random(seed) % 8) {
		put(end);
		put(end);
	}
}

static void
compare(void)
{
	static const struct docsplit_options split = {.prefix = ""};
	static const struct reader_options options = {
	    .separator = READER_NO_BYTE};
	static const size_t steps[] = {100000, 1, 7, 64};
	uint64_t seed = 1;
	const size_t rounds = check_count();
	size_t i;

	for (i = 0; i < rounds && check.failures == 0; i++) {
		size_t n = 1 + check_random(&seed) % 4;
		struct feed got;

		input.n = 0;
		while (n-- > 0)
			if (check_random(&seed) % 6)
				put_record(&seed);
			else
				put_some(&seed, 6);
		/* Cut somewhere, now and then. */
		if (input.n > 0 && check_random(&seed) % 6 == 0)
			input.n -= check_random(&seed) % input.n;
		run_model();
		/* Small reads take long. */
		feed(&got, warc_read, (struct str){input.s, input.n},
		    steps[i % 64 < 3 ? 1 + i % 64 : 0], &split, &options);
		CHECK_EQ(got.faults, model.faults);
		if (!CHECK_STR(feed_rows(&got),
			((struct str){(unsigned char *)model.rows, model.n})))
			printf("# round %zu: %.*s\n", i, (int)input.n,
			    (const char *)input.s);
		feed_free(&got);
	}
}

int
main(void)
{
	check_case("random archives, against a slow model", compare);
	return check_done();
}
