/* SPDX-License-Identifier: ISC */
#include "common/magic.h"

static int is_utf16(struct str);

static const struct {
	struct str bytes;
	size_t at;
	const char *advice;
} magic[] = {
    {{(const void *)"\x1f\x8b", 2}, 0,
	"gzip data, not text; pipe it through zcat; skipped"},
    {{(const void *)"\x28\xb5\x2f\xfd", 4}, 0,
	"zstd data, not text; pipe it through zstdcat; skipped"},
    {{(const void *)"\xfd\x37zXZ", 5}, 0,
	"xz data, not text; pipe it through xzcat; skipped"},
    {{(const void *)"1AY&SY", 6}, 4,
	"bzip2 data, not text; pipe it through bzcat; skipped"},
    {{(const void *)"PK\3\4", 4}, 0,
	"zip archive, not text; unpack it with unzip; skipped"},
    {{(const void *)"%PDF-", 5}, 0,
	"PDF, not text; pipe it through pdftotext - -; skipped"},
    {{(const void *)"\x89PNG", 4}, 0, "PNG picture, not text; skipped"},
    {{(const void *)"\xff\xd8\xff", 3}, 0, "JPEG picture, not text; skipped"},
    {{(const void *)"\0\0\xfe\xff", 4}, 0,
	"UTF-32 text; pipe it through iconv -f UTF-32 -t UTF-8; skipped"},
    {{(const void *)"\xff\xfe", 2}, 0,
	"UTF-16 or UTF-32 text; pipe it through iconv -f UTF-16 -t UTF-8; "
	"skipped"},
    {{(const void *)"\xfe\xff", 2}, 0,
	"UTF-16 text; pipe it through iconv -f UTF-16 -t UTF-8; skipped"},
    {{(const void *)"ustar", 5}, 257,
	"tar archive, not text; pipe it through tar -xO; skipped"},
};

#define MARKS (sizeof(magic) / sizeof(magic[0]))

/* UTF-16 without a mark is of two kinds. */
_Static_assert(MAGIC_KINDS == MARKS + 2, "a kind for each advice");

const char *
magic_refuse(struct str head)
{
	size_t i;

	for (i = 0; i < MARKS; i++)
		if (head.n > magic[i].at &&
		    str_starts(
			str_sub(head, magic[i].at, head.n), magic[i].bytes))
			return magic[i].advice;
	if (head.n < MAGIC_PAIRS)
		return NULL;
	if (is_utf16(head))
		return "UTF-16 text; pipe it through iconv -f UTF-16LE -t "
		       "UTF-8; skipped";
	if (is_utf16(str_sub(head, 1, head.n)))
		return "UTF-16 text; pipe it through iconv -f UTF-16BE -t "
		       "UTF-8; skipped";
	return NULL;
}

/* Whether it is letters, each with a NUL behind it. */
static int
is_utf16(struct str s)
{
	size_t i;

	for (i = 0; i < s.n && i < MAGIC_PAIRS; i++)
		if ((s.p[i] == '\0') != (i % 2 == 1))
			return 0;
	return 1;
}
