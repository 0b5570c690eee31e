/* SPDX-License-Identifier: ISC */
#ifndef DECLUTTER_COLUMN_H
#define DECLUTTER_COLUMN_H

#include <stddef.h>
#include <stdint.h>

/*
 * column - what the trees see of a page: numbers from 0 to 255, a column of
 * them for each thing known of every block.
 *
 * A tree may ask for a neighbour's number as well, COLUMN_REACH blocks away
 * at most; beyond the page all are 0.  own.c, place.c and again.c fill in the
 * columns, each those named after it here.
 */

#define COLUMN_REACH 10 /* blocks */
#define COLUMN_STEP  32 /* blocks that are scored together */
#define COLUMN_PAD   64 /* blocks beyond the page, before and behind */

enum column {
	/* own.c: the block by itself */
	COL_WORDS,        /* log */
	COL_CHARS,        /* log */
	COL_SENTENCES,    /* up to 8 */
	COL_PER_SENTENCE, /* log of words a sentence */
	COL_ENDING,       /* 0 none, 1 colon, 2 ..., 3 question, 4 stop; 8 more
	                   * in quotes */
	COL_START,        /* 0 capital, 1 quote, 2 digit, 3 lower case */
	COL_BULLET,       /* starts with one */
	COL_INDENT,       /* columns */
	COL_STOP,         /* share of function words */
	COL_LOWER,        /* share of lower-case words */
	COL_UPPER,
	COL_TITLE, /* share of capitalised words */
	COL_DIGIT, /* share of digits */
	COL_PUNCT, /* share of marks */
	COL_COMMA, /* commas a word */
	COL_BAR,   /* separators a word */
	COL_CUES,  /* boilerplate phrases */
	COL_CUE_SHARE,
	COL_GAP, /* blank lines before it */
	COL_COPIES,
	COL_EARLIER, /* copies before it */
	COL_PROSE,
	COL_LETTERS, /* characters a word */
	COL_YOU,
	COL_ME,
	COL_LINK,   /* addresses */
	COL_QUOTES, /* quotation marks */
	COL_SAID,
	COL_DATE, /* kinds of phrases: 0 none, 1 has one, 2 begins with one */
	COL_CLOCK,
	COL_STAMP, /* share of words for a date or a time, in short blocks */
	COL_NAV,
	COL_SHARE,
	COL_PROMO,
	COL_LEGAL,
	COL_CAPTION,
	COL_COMMENT,
	COL_TALK,
	COL_TEASER,
	COL_OVER, /* what stands after an article */
	COL_BYLINE,
	COL_BRACKETS, /* all in square brackets */
	COL_HEAD,     /* a colon among its first words */
	COL_REPEATED, /* share of word triples found elsewhere */
	COL_SEEN,     /* share found before */
	COL_TOPIC,    /* share of content words that the prose has */
	COL_IN_TITLE, /* share of the headline's words it has */
	COL_OF_TITLE, /* share of its words in the headline */

	/* place.c: the block in its page */
	COL_LENGTH_RANK, /* share of the page's words in shorter blocks */
	COL_LENGTH_MAX,  /* words by those of the longest block */
	COL_INDENT_OFF,  /* from the indent of most prose; 128 for none */
	COL_CROWD,       /* blocks as short (128 up) or as long (128 down) */
	COL_PROSE_LAST,  /* log of other words since the last prose */
	COL_PROSE_NEXT,
	COL_DENSE2, /* share of prose within 2 blocks */
	COL_DENSE5,
	COL_DENSE10,
	COL_DENSE20,
	COL_PLACE,        /* share of the page's blocks before it */
	COL_FIRST,        /* blocks before it */
	COL_LAST,         /* blocks behind it */
	COL_WORDS_BEFORE, /* share of the page's words */
	COL_PROSE_BEFORE, /* share of its prose */
	COL_PROSE_AFTER,
	COL_LOG_BEFORE, /* log of prose words */
	COL_LOG_AFTER,
	COL_PAGE_PROSE, /* log of prose words of the page */
	COL_PAGE_BLOCKS,
	COL_PROSE_SHARE, /* prose among all words */
	COL_RUN,         /* in the longest prose */
	COL_RUN_START,   /* blocks from its start; 128 there */
	COL_RUN_END,
	COL_NOTE_SINCE, /* log of words since comment furniture */
	COL_NOTE_TO,
	COL_NOTE_BEFORE, /* how many before */
	COL_NOTE_NEAR,   /* within 10 blocks */
	COL_TALK_SINCE,  /* the same for heads of comments */
	COL_TALK_TO,
	COL_TALK_BEFORE,
	COL_TALK_NEAR,
	COL_TALK_PROSE, /* share of prose before the last */
	COL_OVER_SINCE, /* the same for what ends articles */
	COL_OVER_TO,
	COL_OVER_BEFORE,
	COL_OVER_NEAR,
	COL_OVER_PROSE,
	COL_STAMP_SINCE, /* the same for short blocks with a time */
	COL_STAMP_TO,
	COL_STAMP_BEFORE,
	COL_STAMP_NEAR,
	COL_ECHO_SINCE, /* the same for short ones that come often */
	COL_ECHO_TO,
	COL_ECHO_BEFORE,
	COL_ECHO_NEAR,
	COL_ME5, /* share of words for the writer within 5 blocks */
	COL_YOU5,
	COL_TITLE_AT,      /* blocks from the headline; 128 there */
	COL_TITLES,        /* blocks that say it */
	COL_NAV_WORDS,     /* share of words before the longest prose */
	COL_PHRASE,        /* phrase score; 128 for none */
	COL_PHRASE4,       /* its mean within 4 blocks */
	COL_PHRASE10,      /* within 10 */
	COL_PHRASE_BEFORE, /* sum of all before */
	COL_PHRASE_AFTER,
	COL_PHRASE_RUN, /* in the stretch of highest sum */
	COL_PHRASE_START,
	COL_PHRASE_END,
	COL_ROUND1, /* so many columns has the first round */

	/* again.c: what the first round made of the page */
	COL_ODDS = COL_ROUND1, /* log-odds; 128 for even */
	COL_NEAR2,             /* mean chance within 2 blocks, and so on */
	COL_NEAR5,
	COL_NEAR10,
	COL_NEAR20,
	COL_NEAR40,
	COL_LAST2, /* of those before */
	COL_LAST5,
	COL_LAST10,
	COL_LAST20,
	COL_LAST40,
	COL_NEXT2,
	COL_NEXT5,
	COL_NEXT10,
	COL_NEXT20,
	COL_NEXT40,
	COL_KEPT,       /* log of likely words of the page */
	COL_KEPT_SHARE, /* share of its words */
	COL_KEPT_BEFORE,
	COL_KEPT_AFTER,
	COL_HOPED_BEFORE, /* words times chance, as shares */
	COL_HOPED_AFTER,
	COL_HOPED,
	COL_KEPT_LOG_BEFORE,
	COL_KEPT_LOG_AFTER,
	COL_BEST, /* three bars: in the best stretch; 2 in the second best */
	COL_BEST_START,
	COL_BEST_END,
	COL_BEST_SUM,
	COL_BEST_SECOND, /* sum of the second best by that of the best */
	COL_BEST_SHARE,  /* share of likely words in it */
	COL_MID,
	COL_MID_START,
	COL_MID_END,
	COL_MID_SUM,
	COL_MID_SECOND,
	COL_MID_SHARE,
	COL_HIGH,
	COL_HIGH_START,
	COL_HIGH_END,
	COL_HIGH_SUM,
	COL_HIGH_SECOND,
	COL_HIGH_SHARE,
	COL_SURE_LAST, /* blocks to the last sure one */
	COL_SURE_NEXT,
	COL_REFUSED_LAST, /* log of refused words to there */
	COL_REFUSED_NEXT,
	COL_OFF_INDENT, /* from the mean of likely words; 128 for none */
	COL_OFF_RANK,
	COL_OFF_GAP,
	COL_OFF_BULLET,
	COL_OFF_LOWER,
	COL_OFF_LETTERS,
	COL_OFF_STOP,
	COL_OFF_ME,
	COL_OFF_YOU,
	COL_OFF_TOPIC,
	COL_KEPT_TOPIC,  /* share of content words that likely blocks have */
	COL_KEPT_LENGTH, /* log of the mean length of likely blocks */
	COL_ALL
};

/* All zero is ready; kept from page to page. */
struct columns {
	uint8_t *v;
	size_t n;      /* blocks of the page */
	size_t stride; /* bytes from one column to the next */
	size_t cap;
};

/* Make room for a page of `n` blocks. */
void column_start(struct columns *, size_t n);

/* The name of a column: in lower case what stands behind COL_ above. */
const char *column_name(int);

void column_free(struct columns *);

/* The numbers of all blocks; those beyond the page can be read, too. */
static inline uint8_t *
column_at(const struct columns *c, int column)
{
	return c->v + (size_t)column * c->stride + COLUMN_PAD;
}

/* 16 log2(1 + x), nearly, up to 255.  The bits of a float are its logarithm,
 * linear between powers of two. */
static inline uint8_t
column_log(uint32_t x)
{
	union {
		float f;
		uint32_t bits;
	} u = {(float)(x < 0xffff ? x + 1 : 0xffff)};

	return (uint8_t)((u.bits >> 19) - (127u << 4));
}

/* A share from 0 to 1, in steps of 1/200. */
static inline uint8_t
column_share(float x)
{
	x *= 200;
	return (uint8_t)(x > 0 ? x < 255 ? x : 255 : 0);
}

/* A number of either sign, 128 for 0. */
static inline uint8_t
column_signed(long x)
{
	return (uint8_t)(x > 127 ? 255 : x < -127 ? 1 : x + 128);
}

static inline uint8_t
column_count(size_t x)
{
	return (uint8_t)(x < 255 ? x : 255);
}

#endif
