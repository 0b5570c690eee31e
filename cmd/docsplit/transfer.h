/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_TRANSFER_H
#define DOCSPLIT_TRANSFER_H

#include <stddef.h>
#include <stdint.h>

#include "common/str.h"

/*
 * transfer - the content transfer encodings of MIME (RFC 2045), undone as the
 * bytes come.  What comes out does not depend on how they were cut.
 */

enum transfer_kind {
	TRANSFER_NONE,
	TRANSFER_QUOTED,
	TRANSFER_BASE64,
	TRANSFER_UNKNOWN
};

/* Bytes of an unfinished escape; white space behind its "=" is padding. */
#define TRANSFER_HELD 80

struct transfer {
	enum transfer_kind kind;
	unsigned char held[TRANSFER_HELD]; /* "=" and what follows it */
	size_t held_n;
	uint32_t bits; /* of base64 characters that make no whole byte yet */
	int quad;      /* how many such characters: 0 to 3 */
	int padding;   /* "=" seen behind them */
	int ended;     /* the padding is complete: the data has ended */

	/* What was wrong. */
	int trailing; /* something visible follows the end of the base64 */
	int cut;      /* the base64 ends too early */
};

/* The encoding called `name`, in lower case; an empty one is none. */
enum transfer_kind transfer_kind(struct str name);

void transfer_start(struct transfer *, enum transfer_kind);

/*
 * Decode some more to `to`, which has room for s.n + TRANSFER_HELD bytes.
 * Returns the bytes written.  Quoted-printable: what is no escape stays as it
 * is (RFC 2045, section 6.7), as does white space at the end of a line.
 * Base64: other characters are passed over, padding ends the data (6.8).
 */
size_t transfer_put(struct transfer *, unsigned char *to, struct str s);

/* The same for what is left at the end: TRANSFER_HELD bytes of room. */
size_t transfer_end(struct transfer *, unsigned char *to);

#endif
