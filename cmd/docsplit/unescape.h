/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_UNESCAPE_H
#define DOCSPLIT_UNESCAPE_H

#include <stddef.h>

#include "common/str.h"

/*
 * unescape - the escapes in JSON strings (RFC 8259, section 7).
 *
 * Half a surrogate pair becomes the byte FF, which is in no UTF-8 and so is
 * repaired, and counted, where other bad bytes are.
 */

/* What is written is never longer than what is read; but up to this many
 * bytes behind it may be overwritten. */
#define UNESCAPE_ROOM ((size_t)64)

/* The length of the escape at `p`, which is a backslash before `end`; 0 if it
 * goes on behind that; or if it is no escape, minus the offset of the byte at
 * which that shows. */
int unescape_length(const unsigned char *p, const unsigned char *end);

/* Whether the string text from `from` to `p` ends with the first half of a
 * surrogate pair. */
int unescape_half(const unsigned char *from, const unsigned char *p);

/*
 * Write to `*to`, and move it behind that, what the escapes stand for that
 * begin at `p`, as long as one follows the other, they are good, and `*to` is
 * before `most`.  Returns their length; `*length` is what unescape_length()
 * says of the last one looked at.
 */
size_t unescape_run(unsigned char **to, const unsigned char *most,
    const unsigned char *p, const unsigned char *end, int *length);

/* The length of the text from `p` up to the next quote, backslash or control,
 * or to `end`. */
size_t unescape_skip(const unsigned char *p, const unsigned char *end);

/*
 * The same, and copy the text to `to`.  `fast`: use what this machine has.
 */
size_t unescape_plain(unsigned char *to, const unsigned char *p,
    const unsigned char *end, int fast);

/*
 * Write the meaning of `*raw`, the checked inside of a string or a part of it
 * that does not end in an escape, to `to`, which has room for `room` bytes,
 * twice UNESCAPE_ROOM or more.  Drops what was used from the front of `*raw`,
 * all of it if the room suffices.  Returns the bytes written.
 */
size_t unescape_text(unsigned char *to, size_t room, struct str *raw);

#endif
