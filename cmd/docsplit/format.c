/* SPDX-License-Identifier: ISC */
#include <stddef.h>

#include "cmd/docsplit/conllu.h"
#include "cmd/docsplit/format.h"
#include "cmd/docsplit/jsonl.h"
#include "cmd/docsplit/mbox.h"
#include "cmd/docsplit/plain.h"
#include "cmd/docsplit/rows.h"
#include "cmd/docsplit/trec.h"
#include "cmd/docsplit/warc.h"

const char *const format_names[] = {"auto", "plain", "ff", "nul", "warc",
    "mbox", "jsonl", "trec", "conllu", "rows", NULL};

static int is_object(struct str);

enum format
format_of(struct str head)
{
	if (str_starts(head, STR_LIT("\xef\xbb\xbf")))
		head = str_sub(head, 3, head.n);
	if (str_starts(head, STR_LIT("WARC/")) && head.n > 5 &&
	    head.p[5] >= '0' && head.p[5] <= '9')
		return FORMAT_WARC;
	/* Text may begin with the word. */
	if (str_starts(head, STR_LIT("From ")) && mbox_dated(head))
		return FORMAT_MBOX;
	if (str_starts(head, STR_LIT("\x1e")) || is_object(head))
		return FORMAT_JSONL;
	if ((str_starts(head, STR_LIT("<DOC")) ||
		str_starts(head, STR_LIT("<doc"))) &&
	    head.n > 4 && (head.p[4] == '>' || head.p[4] == ' '))
		return FORMAT_TREC;
	return FORMAT_PLAIN;
}

reader_fn *
format_reader(enum format format)
{
	static reader_fn *const readers[] = {
	    [FORMAT_PLAIN] = plain_read,
	    [FORMAT_FF] = plain_read,
	    [FORMAT_NUL] = plain_read,
	    [FORMAT_WARC] = warc_read,
	    [FORMAT_MBOX] = mbox_read,
	    [FORMAT_JSONL] = jsonl_read,
	    [FORMAT_TREC] = trec_read,
	    [FORMAT_CONLLU] = conllu_read,
	    [FORMAT_ROWS] = rows_read,
	};

	return readers[format];
}

int
format_separator(enum format format)
{
	switch (format) {
	case FORMAT_FF:
		return '\f';
	case FORMAT_NUL:
		return '\0';
	default:
		return READER_NO_BYTE;
	}
}

int
format_any(enum format format)
{
	return format == FORMAT_PLAIN || format == FORMAT_FF ||
	       format == FORMAT_NUL;
}

int
format_several(enum format format)
{
	return format != FORMAT_PLAIN;
}

/* Whether JSON's `{` and a key, or its end, come first. */
static int
is_object(struct str s)
{
	size_t i = 1;

	if (s.n == 0 || s.p[0] != '{')
		return 0;
	while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\t'))
		i++;
	return i < s.n && (s.p[i] == '"' || s.p[i] == '}');
}
