/* SPDX-License-Identifier: ISC */
#ifndef DEDUPE_CHOICE_H
#define DEDUPE_CHOICE_H

#include <stddef.h>

#include "cmd/dedupe/dedupe.h"
#include "cmd/dedupe/journal.h"

/* choice - what the options leave open until the input is seen. */

/*
 * How much of a text must stand in another: of copies that agencies, sites
 * and scanners made of news nearly all have more, of stories that were gone
 * on with or share paragraphs nearly all have less.
 */
#define CHOICE_SIMILARITY 0.56

enum choice_step {
	CHOICE_ONE_PASS,
	CHOICE_SKETCH,
	CHOICE_MATCH,
	CHOICE_RESOLVE,
	CHOICE_TWO_PASS
};

struct choice {
	int compare; /* enum dedupe_compare, or -1 */
	int near;    /* --near */
	int wide;    /* --wide */
	enum choice_step step;
	double similarity;
	size_t memory;     /* bytes, 0 for no limit */
	const char *index; /* path, or NULL */
	struct journal_how journal;
};

/* What does not go together, `header` for -H among it, or NULL. */
const char *
choice_clash(const struct choice *, const struct dedupe_options *, int header);

/*
 * Settle what is open: plain text, as the first file shows it, is compared
 * line by line and byte by byte, repaired, as sort -u and awk do; rows by
 * document and by their words.
 */
void choice_settle(const struct choice *, int plain, struct dedupe_options *);

#endif
