/* SPDX-License-Identifier: ISC */
#ifndef COMMON_MAGIC_H
#define COMMON_MAGIC_H

#include "common/str.h"

/*
 * magic - input that is no UTF-8 text, known by its first bytes.
 *
 * Magic numbers: gzip RFC 1952, zstd RFC 8878, xz and bzip2 of their format
 * documents, zip PKWARE's APPNOTE 4.3.7, "ustar" of POSIX pax; PDF ISO
 * 32000-1, 7.5.2, PNG RFC 2083, 3.1, JPEG ITU-T T.81, B.1.1.3 (and the FF of
 * the marker that follows); byte order marks of The Unicode Standard, 23.8.
 * Without a mark text is UTF-16 where of the first MAGIC_PAIRS bytes every
 * second one is NUL and no other is: letters of Europe, no damage.
 */

#define MAGIC_HEAD  262 /* bytes of a file that are looked at */
#define MAGIC_PAIRS 64  /* of which UTF-16 without a mark is told */
#define MAGIC_KINDS 14  /* of input that is known so */

/* What is wrong and what to do about it, a string for each kind, or NULL if
 * `head` may be text. */
const char *magic_refuse(struct str head);

#endif
