/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_ENTITY_H
#define DOCSPLIT_ENTITY_H

#include <stddef.h>

#include "common/str.h"

/*
 * entity - character references of SGML, XML and HTML: `&amp;` `&#38;`
 * `&#x26;`.
 *
 * Known by name are the five of XML, those of HTML 4 and those of ISO 8879
 * that news collections use.  All must end in a semicolon.  A number that
 * is no character stands for U+FFFD; 128 to 159 are taken as windows-1252,
 * as browsers do.
 */

#define ENTITY_MAX  4  /* bytes of what a reference stands for */
#define ENTITY_LONG 16 /* bytes of the longest reference that is read */

enum entity { ENTITY_NONE, ENTITY_MORE, ENTITY_READ };

/*
 * Read the reference that `s` begins with, which has at least the "&".
 * ENTITY_READ: it is `*len` bytes long and `*n` bytes at `to` stand for it.
 * ENTITY_NONE: it is none.  ENTITY_MORE: that depends on what follows.
 */
enum entity
entity_read(struct str s, unsigned char to[ENTITY_MAX], size_t *n, size_t *len);

/*
 * Copy `s` to `to`, its references replaced; they never grow, so `to` may be
 * `s.p` itself.  Returns the bytes written.
 */
size_t entity_decode(unsigned char *to, struct str s);

#endif
