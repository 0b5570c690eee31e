/* SPDX-License-Identifier: ISC */
#include <stdint.h>
#include <string.h>

#include "common/utf.h"

#include "cmd/dedupe/fold.h"

/* ASCII letters and digits in lower case, a space for all else. */
static const unsigned char lower[128] = "                "
					"                "
					"                "
					"0123456789      "
					" abcdefghijklmno"
					"pqrstuvwxyz     "
					" abcdefghijklmno"
					"pqrstuvwxyz    ";

static size_t fold_character(unsigned char *, struct str, size_t *);

size_t
fold_text(unsigned char *to, struct str s)
{
	unsigned char *w = to;
	size_t i = 0, len;
	int word = 0; /* whether the last byte written is of a word */

	while (i < s.n) {
		unsigned char c;

		if (s.p[i] < 0x80) {
			/* Without a branch: the byte is written in any case,
			 * and kept if it or the one before is of a word. */
			c = lower[s.p[i++]];
			*w = c;
			w += word | (c != ' ');
			word = c != ' ';
			continue;
		}
		len = fold_character(w, str_sub(s, i, s.n), &i);
		if (len == 0 && word)
			*w++ = ' ';
		w += len;
		word = len > 0;
	}
	if (word)
		*w++ = ' ';
	return (size_t)(w - to);
}

/* Fold one non-ASCII character; returns 0 bytes for what is no word's. */
static size_t
fold_character(unsigned char *to, struct str s, size_t *i)
{
	size_t len;
	int32_t c = utf_at(s.p, &len);

	*i += len;
	if (utf_class(c) < UTF_DIGIT)
		return 0;
	return utf_put(to, utf_lower(c));
}
