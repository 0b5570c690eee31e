/* SPDX-License-Identifier: ISC */
#ifndef COMMON_MAGIC_H
#define COMMON_MAGIC_H

#include "common/str.h"

/*
 * magic - input that is no text, known by its first bytes.
 *
 * Magic numbers: gzip RFC 1952, zstd RFC 8878, xz and bzip2 of their format
 * documents; byte order marks of The Unicode Standard, 23.8; "ustar" of
 * POSIX pax.
 */

#define MAGIC_HEAD 262 /* bytes of a file that are looked at */

/* What is wrong and what to do about it, or NULL if `head` may be text. */
const char *magic_refuse(struct str head);

#endif
