/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_GATHER_H
#define DOCSPLIT_GATHER_H

#include <stddef.h>

#include "common/out.h"
#include "common/str.h"

/* gather - the header block of a mail or of a part of it, as lines come. */

/* Bytes of a header that are kept. */
#define GATHER_MAX ((size_t)1 << 20)

struct gather {
	struct out block; /* the lines kept so far */
	int keep;         /* whether the line under way is among them */
	int content;      /* a field "Content-..." is among them */
	int cut;          /* the header is longer than GATHER_MAX */
};

enum gather_got {
	GATHER_MORE, /* all was taken, the header goes on */
	GATHER_END,  /* the empty line behind the header was taken */
	GATHER_BODY  /* the body begins with what is left: no header's line */
};

void gather_init(struct gather *);
void gather_start(struct gather *);

/*
 * Take lines with their line ends off the front of `*s`.  A last one that has
 * none is left, unless it is alone: it is then the last of the file, or a
 * piece of a line that is longer than any field's name.  `starts` says whether
 * `*s` begins a line.  Of "From " lines, which some mailers put into headers,
 * nothing is kept.
 */
enum gather_got gather_lines(struct gather *, struct str *s, int starts);

/* The block so far, valid until the next call. */
struct str gather_block(const struct gather *);

void gather_free(struct gather *);

#endif
