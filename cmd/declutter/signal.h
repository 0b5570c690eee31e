/* SPDX-License-Identifier: ISC */
#ifndef DECLUTTER_SIGNAL_H
#define DECLUTTER_SIGNAL_H

#include <stddef.h>

#include "cmd/declutter/page.h"

/*
 * signal - what speaks for a block being article, as numbers from -1 to 1.
 *
 * Most are 0 or 1, shares, or logarithms.  Those of the first round tell of
 * the block, its neighbours and the page; those of the second of what the
 * first round made of the blocks around.
 */
enum signal {
	S_BIAS,         /* every block */
	S_LENGTH,       /* log2 of words */
	S_TINY,         /* up to 2 words */
	S_FEW,          /* 3 to 5 */
	S_SOME,         /* 6 to 9 */
	S_MIDDLE,       /* 10 to 14 */
	S_LONG,         /* 15 to 24 */
	S_LONGER,       /* 25 to 39 */
	S_LONGEST,      /* 40 and more */
	S_END_SHORT,    /* ends like a sentence, under 6 words */
	S_END_MIDDLE,   /* the same, under 15 */
	S_END_LONG,     /* the same, longer */
	S_NO_END,       /* 6 words or more, no end */
	S_SENTENCES,    /* sentences, up to 4 */
	S_PER_SENTENCE, /* log2 of words a sentence */
	S_COLON,        /* ends in a colon */
	S_ELLIPSIS,     /* ends in "..." */
	S_QUESTION,     /* ends in "?" */
	S_BULLET,
	S_BULLET_LONG, /* 12 words or more */
	S_BULLET_ENDS,
	S_SMALL,    /* starts lower-case */
	S_NUMBER,   /* starts with a digit */
	S_BRACKETS, /* all in brackets */
	S_QUOTED,   /* starts with a quotation mark */
	S_CLOCK,    /* under 12 words, with a time */
	S_STOP,     /* share of function words */
	S_LOWER,    /* share of lower-case words */
	S_UPPER,    /* share of upper-case words */
	S_TITLE,    /* share of capitalised words */
	S_DIGIT,    /* share of digits */
	S_COMMA,    /* commas a word */
	S_BAR,      /* separators a word */
	S_YOU,
	S_ME,
	S_CUE_SHORT,  /* one cue, under 10 words */
	S_CUES_SHORT, /* two and more */
	S_CUE_MIDDLE, /* cues a word, under 30 words */
	S_CUES_LONG,  /* two and more in 30 words */
	S_SAID,       /* reporting verb */
	S_DATE,       /* under 15 words */
	S_BYLINE,     /* under 15 words */
	S_NAV,        /* under 30 words, here to END */
	S_SHARE,
	S_PROMO,
	S_LEGAL,
	S_CAPTION,
	S_COMMENT,
	S_TALK,
	S_TEASER,
	S_END,
	S_LEADS_TEASER, /* begins with such a phrase, under 30 words */
	S_LEADS_PROMO,
	S_LEADS_CAPTION,
	S_LEADS_BYLINE,
	S_LEADS_OTHER, /* begins with other cues */
	S_YOU_PROMO,   /* speaks to the reader of an offer */
	S_BY_FIRST,    /* "By A. Writer" */
	S_DATE_LINE,   /* a date and little else */
	S_CUE_COLON,   /* "Related: ...", "Photo: ..." */
	S_PROMO_LONG,
	S_LEGAL_LONG,
	S_CAPTION_LONG,
	S_COPIED,  /* the page has a copy */
	S_EARLIER, /* and it came before */
	S_SHARED,  /* share of triples found elsewhere */
	S_SEEN,    /* share of triples found before */
	S_GAP,     /* blank lines before */
	S_GAP_AFTER,
	S_RUN,        /* in the longest prose */
	S_BEFORE_RUN, /* blocks to its start */
	S_AFTER_RUN,  /* blocks since its end */
	S_PROSE,
	S_PROSE_LAST, /* prose of the block before */
	S_PROSE_NEXT,
	S_PROSE_LAST2,
	S_PROSE_NEXT2,
	S_BETWEEN,     /* short, between prose */
	S_LEADING,     /* short, prose follows only */
	S_TRAILING,    /* short, prose before only */
	S_LENGTH_LAST, /* log2 of words of the block before */
	S_LENGTH_NEXT,
	S_DENSE2, /* share of prose within 2 blocks */
	S_DENSE5,
	S_DENSE10,
	S_DENSE20,
	S_BEFORE, /* share of the prose before */
	S_AFTER,  /* share of the prose behind */
	S_LOG_BEFORE,
	S_LOG_AFTER,
	S_FAR_LAST, /* other words since the last prose */
	S_FAR_NEXT,
	S_PLACE,       /* place in the page */
	S_PROSE_SHARE, /* prose among all words */
	S_PAGE_PROSE,  /* log2 of prose words */
	S_PAGE_BLOCKS,
	S_TALKED,         /* prose before the last head of comments */
	S_COMMENTS,       /* comment furniture within 10 blocks */
	S_TEASED,         /* a head of teasers in the 10 blocks before */
	S_ENDED,          /* an end marker in the 10 blocks before */
	S_TOPIC,          /* content words that the prose has */
	S_NO_TOPIC,       /* no content words */
	S_IS_TITLE,       /* the headline */
	S_HEADLINE,       /* share of its words */
	S_HEADED,         /* share of own words in it */
	S_TITLE_COPY,     /* one of several that say the headline */
	S_ABOVE,          /* above the headline */
	S_INDENT,         /* indented as most prose is */
	S_INDENTED,       /* deeper than that */
	S_CROWD,          /* length of the run of short blocks */
	S_LISTED,         /* bullets before and behind */
	S_CAPTION_NEXT,   /* a caption word in the block before or next */
	S_FIRST,          /* their number in the first round */
	S_ODDS = S_FIRST, /* round one */
	S_ODDS_LAST,
	S_ODDS_NEXT,
	S_ODDS_LAST2,
	S_ODDS_NEXT2,
	S_NEAR2, /* mean within 2 blocks */
	S_NEAR5,
	S_NEAR10,
	S_NEAR20,
	S_LAST5, /* mean of the 5 blocks before */
	S_NEXT5,
	S_LAST20,
	S_NEXT20,
	S_BEST,        /* in the best stretch */
	S_BEST_BEFORE, /* blocks to its start */
	S_BEST_AFTER,  /* blocks since its end */
	S_BEST_FIT,    /* share of the kept words in it */
	S_KEPT_BEFORE, /* share of the kept words before */
	S_KEPT_AFTER,
	S_KEPT,       /* log2 of kept words */
	S_KEPT_SHARE, /* share of the page */
	S_SURE_LAST,  /* refused words to the last sure block */
	S_SURE_NEXT,
	S_BEST_SHORT,  /* in the best stretch, under 8 words */
	S_BEST_CUE,    /* in the best stretch, with a cue */
	S_BEST_ODDS,   /* odds, by how well the best stretch fits */
	S_BEST_SURE,   /* in it, by how well it fits */
	S_NONE_BEFORE, /* hardly any kept words before */
	S_NONE_AFTER,  /* or after */
	S_AFTER_PROSE, /* prose, blocks since the end of the best stretch */
	S_ABOVE_PROSE, /* prose above the headline */
	S_TOPIC_LONG,  /* topic by length */
	S_ALL
};

/* Sums over the blocks before block i, at [i]. */
enum signal_sum {
	SUM_PROSE, /* words of prose */
	SUM_OTHER, /* weight of what is no prose */
	SUM_WORDS,
	SUM_COMMENT, /* blocks with comment furniture, ... */
	SUM_TEASER,
	SUM_END,
	SUM_GAIN, /* from the first round: chance times weight */
	SUM_WEIGHT,
	SUM_KEPT,    /* words of likely blocks */
	SUM_REFUSED, /* words of unlikely ones */
	SUMS
};

/* A page being looked at.  The arrays are kept from page to page; all zero is
 * ready. */
struct signal_look {
	const struct page *page;
	float *sum[SUMS];
	float *odds; /* log-odds of each block after the first round */
	size_t cap;
	unsigned int indent;     /* of most of the prose */
	size_t crowd, crowd_end; /* blocks as short, or as long, as this */
	size_t last, next;       /* prose around: index and one, index */
	float talked;            /* share of prose before a head of comments */
	size_t best, best_end;   /* best stretch of the first round */
	size_t sure_last, sure_next;
};

/* Start on a page that feature.c and repeat.c have filled in. */
void signal_start(struct signal_look *, const struct page *);

/* Store the S_FIRST signals of block `i`, which rises from 0, in `x`. */
void signal_first(struct signal_look *, size_t i, float *x);

/* Turn to the second round; the caller has filled in `odds`. */
void signal_turn(struct signal_look *);

/* Store the others of block `i`, rising from 0 again, from x[S_FIRST] on. */
void signal_second(struct signal_look *, size_t i, float *x);

void signal_free(struct signal_look *);

/* log2(1 + x) for x >= 0 by the bits of the number: exact to a hundredth and
 * the same on every machine. */
float signal_log2(float x);

/* 1 / (1 + exp(-odds)), likewise, to a thousandth. */
float signal_chance(float odds);

static inline float
signal_clamp(float x, float low, float high)
{
	return x < low ? low : x > high ? high : x;
}

#endif
