/* SPDX-License-Identifier: ISC */
#ifndef DECLUTTER_PAGE_H
#define DECLUTTER_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * page - the blocks of one page and what is known of each.
 *
 * A block of a page is one row, or the rows of one paragraph that was wrapped
 * to a narrow width (join.c).  feature.c fills in what a block says by itself,
 * repeat.c what it shares with others, score.c decides.
 */

/* Kinds of listed phrases, named in feature.c. */
enum page_kind {
	PAGE_STOP, /* function words: any running text has them */
	PAGE_YOU,
	PAGE_ME,
	PAGE_SAID,
	PAGE_DATE, /* months and days */
	PAGE_TIME, /* ago, pm, minutes */
	PAGE_NAV,
	PAGE_SHARE,
	PAGE_PROMO,
	PAGE_LEGAL,
	PAGE_CAPTION,
	PAGE_COMMENT, /* what stands around each reader's comment */
	PAGE_TALK,    /* heads of comment areas */
	PAGE_TEASER,  /* heads of lists of other articles */
	PAGE_END,     /* what stands after an article */
	PAGE_BYLINE,
	PAGE_BY, /* "by" and its like, to begin a byline with */
	PAGE_KINDS
};

enum page_flag {
	PAGE_BULLET = 1,      /* starts with a bullet or "1." */
	PAGE_ENDS = 2,        /* ends like a sentence */
	PAGE_COLON = 4,       /* ends in a colon or semicolon */
	PAGE_ELLIPSIS = 8,    /* ends in "..." */
	PAGE_QUESTION = 16,   /* ends in "?" */
	PAGE_LOWER = 32,      /* starts with a lower-case letter */
	PAGE_NUMBER = 64,     /* starts with a digit */
	PAGE_BRACKETS = 128,  /* all of it stands in square brackets */
	PAGE_QUOTED = 256,    /* starts with a quotation mark */
	PAGE_CLOCK = 512,     /* 12:30, 3 days ago, 5 May */
	PAGE_HEAD = 1024,     /* has a colon among its first five words */
	PAGE_BY_FIRST = 2048, /* starts with "by" or its like */
	PAGE_END_QUOTE = 4096 /* ends in a quotation mark */
};

struct page_block {
	size_t line;      /* index of its first row in the document */
	uint32_t lines;   /* rows */
	uint32_t indent;  /* columns */
	uint32_t gap;     /* blank lines before it */
	uint32_t columns; /* of its text, wide characters being two */
	uint32_t words;   /* in the sense of tok.h, marks left out */
	uint32_t sentences;
	uint32_t flags;           /* enum page_flag */
	uint32_t kinds;           /* bit for each enum page_kind that occurs */
	uint32_t lead;            /* the same for the phrase it begins with */
	uint32_t cues;            /* boilerplate phrases */
	uint32_t first, terms;    /* its words in page.term */
	uint32_t about, contents; /* the content words in page.content */
	uint32_t first_key, keys; /* its phrases in page.key */
	uint32_t marks, quotes, links; /* quotation marks; "@", addresses */
	uint64_t hash; /* of its words in order; numbers are alike
	                        * in short ones */

	/* Shares of the words. */
	float stop, lower, upper, title, digit, comma, bar, you, me, stamp;

	/* By repeat.c. */
	uint32_t copies;  /* blocks with this text, itself included */
	uint32_t earlier; /* of them before it */
	float shared;     /* share of its word triples found elsewhere too */
	float seen;       /* share found in earlier blocks */
	float topic;      /* share of content words that the prose has too;
	                   * below 0 if it has no content words */
	float headline;   /* share of the headline's words that stand here */
	float headed;     /* share of its content words in the headline */

	float phrase; /* what its phrases say, -6 to 6 */
	float shift;  /* added to its log-odds, by template.c */
	float prose;  /* how much it looks like running text, -2 to 1 */
	float score;  /* 0 to 1, that it is article */
};

static inline bool
page_has(const struct page_block *b, int kind)
{
	return (b->kinds >> kind & 1) != 0;
}

static inline bool
page_leads(const struct page_block *b, int kind)
{
	return (b->lead >> kind & 1) != 0;
}

/* Whether a block says the headline and little else. */
static inline bool
page_is_title(const struct page_block *b)
{
	return b->headline >= 0.8f && b->headed >= 0.5f && b->words < 40;
}

/* The shape of a row, white space after it left out. */
struct page_row {
	uint32_t width;  /* columns, those of the indent included */
	uint32_t indent; /* columns of white space before it */
	uint32_t first;  /* columns of its first word, up to 400 */
	uint32_t gap;    /* blank lines before it */
	uint32_t bullet; /* starts with a bullet or a number like "1." */
	uint32_t lower;  /* starts with a lower-case letter */
};

struct page {
	struct page_row *row; /* scratch of join.c */
	size_t row_cap;
	struct page_block *v;
	size_t n, cap;
	uint64_t *term; /* hashes of words */
	size_t terms, term_cap;
	uint64_t *content; /* hashes of those that carry what it is about */
	size_t contents, content_cap;
	uint32_t *key; /* hashes of phrases of one and two words */
	size_t keys, key_cap;
	size_t run, run_end; /* the longest prose: blocks [run,run_end) */
	size_t title;        /* block that is the headline, or n */
	size_t titles;       /* blocks that say little else */
};

#endif
