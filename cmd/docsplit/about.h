/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_ABOUT_H
#define DOCSPLIT_ABOUT_H

#include <stddef.h>

#include "common/str.h"

#include "cmd/docsplit/docsplit.h"

/*
 * about - what the elements of a tagged document say about it: its id, title,
 * date and URL, gathered while its text goes by.
 */

#define ABOUT_MAX ((size_t)4 << 10) /* bytes of one of them */

enum about_kind {
	ABOUT_NONE,
	ABOUT_ID,
	ABOUT_HEADER,   /* first word: URL; and perhaps a date */
	ABOUT_HEADLINE, /* a title if there is no better one */
	ABOUT_TITLE,
	ABOUT_DATE,
	ABOUT_URL
};

struct about_value {
	unsigned char p[ABOUT_MAX];
	size_t n;
};

struct about {
	struct docsplit *docsplit;
	enum about_kind open; /* what is being gathered */
	enum about_kind titled;
	int dated; /* the date can be read as one */
	int over;  /* what is gathered is too long */
	int lost;  /* something was too long */
	struct about_value gathered, id, title, date, url;
};

void about_init(struct about *, struct docsplit *);

/* A document begins. */
void about_clear(struct about *);

/* Gather one of them from now on; what was being gathered is complete. */
void about_open(struct about *, enum about_kind);

/* What is being gathered is complete. */
void about_close(struct about *);

/* Text goes by. */
void about_gather(struct about *, struct str);

static inline void
about_text(struct about *about, struct str s)
{
	if (about->open != ABOUT_NONE)
		about_gather(about, s);
}

/* Take them from the attributes of its tag, and tell the document, which is
 * open, its id and language. */
void about_attributes(struct about *, struct str inner);

/* Tell the document all but its id.  Returns whether one was too long. */
int about_tell(struct about *);

#endif
