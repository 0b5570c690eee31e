/* SPDX-License-Identifier: ISC */
#include "cmd/declutter/own.h"

static void words(const struct columns *, const struct page *);
static void shape(const struct columns *, const struct page *);
static void shares(const struct columns *, const struct page *);
static void kinds(const struct columns *, const struct page *);
static void repeats(const struct columns *, const struct page *);
static uint8_t ending(uint32_t);
static uint8_t start(uint32_t);

void
own_columns(struct columns *c, const struct page *page)
{
	words(c, page);
	shape(c, page);
	shares(c, page);
	kinds(c, page);
	repeats(c, page);
}

static void
words(const struct columns *c, const struct page *page)
{
	uint8_t *n = column_at(c, COL_WORDS), *chars = column_at(c, COL_CHARS);
	uint8_t *sentences = column_at(c, COL_SENTENCES);
	uint8_t *per = column_at(c, COL_PER_SENTENCE);
	uint8_t *letters = column_at(c, COL_LETTERS);
	uint8_t *cues = column_at(c, COL_CUES);
	uint8_t *cue_share = column_at(c, COL_CUE_SHARE);
	uint8_t *comma = column_at(c, COL_COMMA), *bar = column_at(c, COL_BAR);
	size_t i;

	for (i = 0; i < page->n; i++) {
		const struct page_block *b = &page->v[i];
		uint32_t s = b->sentences < 8 ? b->sentences : 8;
		float each = 1 / (float)(b->words + (b->words == 0));

		n[i] = column_log(b->words);
		chars[i] = column_log(b->columns);
		sentences[i] = (uint8_t)s;
		per[i] = b->sentences < 2 ? n[i]
					  : column_log(b->words / b->sentences);
		letters[i] = column_share((float)b->columns * each * 0.05f);
		cues[i] = column_count(b->cues < 4 ? b->cues : 4);
		cue_share[i] = column_share((float)b->cues * each);
		comma[i] = column_share(b->comma);
		bar[i] = column_share(b->bar);
	}
}

static void
shape(const struct columns *c, const struct page *page)
{
	uint8_t *ends = column_at(c, COL_ENDING);
	uint8_t *starts = column_at(c, COL_START);
	uint8_t *bullet = column_at(c, COL_BULLET);
	uint8_t *indent = column_at(c, COL_INDENT);
	uint8_t *gap = column_at(c, COL_GAP);
	uint8_t *brackets = column_at(c, COL_BRACKETS);
	uint8_t *head = column_at(c, COL_HEAD);
	uint8_t *link = column_at(c, COL_LINK);
	uint8_t *quotes = column_at(c, COL_QUOTES);
	uint8_t *clock = column_at(c, COL_CLOCK);
	size_t i;

	for (i = 0; i < page->n; i++) {
		const struct page_block *b = &page->v[i];

		ends[i] = ending(b->flags);
		starts[i] = start(b->flags);
		bullet[i] = (b->flags & PAGE_BULLET) != 0;
		indent[i] = column_count(b->indent);
		gap[i] = column_count(b->gap < 3 ? b->gap : 3);
		brackets[i] = (b->flags & PAGE_BRACKETS) != 0;
		head[i] = (b->flags & PAGE_HEAD) != 0;
		link[i] = column_count(b->links < 4 ? b->links : 4);
		quotes[i] = column_count(b->quotes < 6 ? b->quotes : 6);
		clock[i] = (b->flags & PAGE_CLOCK) != 0;
	}
}

static void
shares(const struct columns *c, const struct page *page)
{
	uint8_t *stop = column_at(c, COL_STOP), *you = column_at(c, COL_YOU);
	uint8_t *lower = column_at(c, COL_LOWER), *me = column_at(c, COL_ME);
	uint8_t *upper = column_at(c, COL_UPPER);
	uint8_t *title = column_at(c, COL_TITLE);
	uint8_t *digit = column_at(c, COL_DIGIT);
	uint8_t *punct = column_at(c, COL_PUNCT);
	uint8_t *prose = column_at(c, COL_PROSE);
	uint8_t *stamp = column_at(c, COL_STAMP);
	size_t i;

	for (i = 0; i < page->n; i++) {
		const struct page_block *b = &page->v[i];

		stop[i] = column_share(b->stop);
		lower[i] = column_share(b->lower);
		upper[i] = column_share(b->upper);
		title[i] = column_share(b->title);
		digit[i] = column_share(b->digit);
		punct[i] =
		    column_share((float)b->marks / (float)(b->columns + 1) * 2);
		you[i] = column_share(b->you);
		me[i] = column_share(b->me);
		stamp[i] = b->words < 15 ? column_share(b->stamp) : 0;
		prose[i] = column_share((b->prose + 3) * 0.25f);
	}
}

/* Short blocks are judged by what they speak of; in long ones such words
 * stand by chance, so that there the first phrase alone counts. */
static void
kinds(const struct columns *c, const struct page *page)
{
	static const struct {
		enum column column;
		enum page_kind kind;
	} list[] = {{COL_SAID, PAGE_SAID}, {COL_DATE, PAGE_DATE},
	    {COL_NAV, PAGE_NAV}, {COL_SHARE, PAGE_SHARE},
	    {COL_PROMO, PAGE_PROMO}, {COL_LEGAL, PAGE_LEGAL},
	    {COL_CAPTION, PAGE_CAPTION}, {COL_COMMENT, PAGE_COMMENT},
	    {COL_TALK, PAGE_TALK}, {COL_TEASER, PAGE_TEASER},
	    {COL_OVER, PAGE_END}, {COL_BYLINE, PAGE_BYLINE}};
	size_t i, k;

	for (k = 0; k < sizeof(list) / sizeof(list[0]); k++) {
		uint8_t *v = column_at(c, (int)list[k].column);
		int kind = (int)list[k].kind;

		for (i = 0; i < page->n; i++) {
			const struct page_block *b = &page->v[i];

			v[i] = (uint8_t)((b->kinds >> kind & 1) +
					 (b->lead >> kind & 1));
		}
	}
}

static void
repeats(const struct columns *c, const struct page *page)
{
	uint8_t *copies = column_at(c, COL_COPIES);
	uint8_t *earlier = column_at(c, COL_EARLIER);
	uint8_t *shared = column_at(c, COL_REPEATED);
	uint8_t *seen = column_at(c, COL_SEEN);
	uint8_t *topic = column_at(c, COL_TOPIC);
	uint8_t *in = column_at(c, COL_IN_TITLE);
	uint8_t *of = column_at(c, COL_OF_TITLE);
	size_t i;

	for (i = 0; i < page->n; i++) {
		const struct page_block *b = &page->v[i];

		copies[i] = column_count(b->copies < 5 ? b->copies : 5);
		earlier[i] = column_count(b->earlier < 5 ? b->earlier : 5);
		shared[i] = column_share(b->shared);
		seen[i] = column_share(b->seen);
		topic[i] = column_share(b->topic + 0.2f);
		in[i] = column_share(b->headline);
		of[i] = column_share(b->headed);
	}
}

static uint8_t
ending(uint32_t flags)
{
	uint8_t quoted = (flags & PAGE_END_QUOTE) != 0 ? 8 : 0;

	if ((flags & PAGE_ELLIPSIS) != 0)
		return 2;
	if ((flags & PAGE_QUESTION) != 0)
		return (uint8_t)(3 + quoted);
	if ((flags & PAGE_ENDS) != 0)
		return (uint8_t)(4 + quoted);
	return (flags & PAGE_COLON) != 0;
}

static uint8_t
start(uint32_t flags)
{
	if ((flags & PAGE_LOWER) != 0)
		return 3;
	if ((flags & PAGE_NUMBER) != 0)
		return 2;
	return (flags & PAGE_QUOTED) != 0;
}
