/* SPDX-License-Identifier: ISC */
#include "cmd/declutter/label.h"

static enum label kept(const struct page_block *);
static enum label by_phrase(const struct page_block *);

static const char *const names[LABELS] = {
    [LABEL_TEXT] = "text",
    [LABEL_HEADLINE] = "headline",
    [LABEL_LIST] = "list",
    [LABEL_QUOTE] = "quote",
    [LABEL_CAPTION] = "caption",
    [LABEL_COMMENT] = "comment",
    [LABEL_LEGAL] = "legal",
    [LABEL_NAV] = "nav",
    [LABEL_PROMO] = "promo",
    [LABEL_REPEAT] = "repeat",
    [LABEL_SHARE] = "share",
    [LABEL_TEMPLATE] = "template",
    [LABEL_OTHER] = "other",
};

struct label_page
label_start(const struct page *page)
{
	struct label_page l = {page->n, 0, page->n};
	size_t i;

	for (i = 0; i < page->n; i++) {
		if (page->v[i].score < 0.5f)
			continue;
		if (l.first == page->n)
			l.first = i;
		l.last = i;
	}
	for (i = l.last + 1; i < page->n && l.first < page->n; i++)
		if (page->v[i].words < 12 && page_has(&page->v[i], PAGE_TALK)) {
			l.talk = i;
			break;
		}
	return l;
}

enum label
label_of(const struct page *page, struct label_page l, size_t i, int keep)
{
	const struct page_block *b = &page->v[i];
	enum label label;

	if (keep)
		return kept(b);
	if (b->shift < 0)
		return LABEL_TEMPLATE;
	if (b->words >= 3 && b->earlier > 0)
		return LABEL_REPEAT;
	if (page_is_title(b))
		return LABEL_HEADLINE;
	label = by_phrase(b);
	if (label == LABEL_OTHER && i > l.talk)
		return LABEL_COMMENT;
	if (label == LABEL_OTHER && i > l.first && i < l.last &&
	    (b->flags & PAGE_BULLET) != 0)
		return LABEL_LIST;
	if (label == LABEL_OTHER && b->words < 8 && (b->flags & PAGE_ENDS) == 0)
		return LABEL_NAV;
	return label;
}

struct str
label_name(enum label label)
{
	return str_of(names[label]);
}

enum label
label_find(struct str name)
{
	int k;

	for (k = 0; k < LABELS; k++)
		if (str_eq(str_of(names[k]), name))
			break;
	return (enum label)k;
}

static enum label
kept(const struct page_block *b)
{
	if ((b->flags & PAGE_BULLET) != 0)
		return LABEL_LIST;
	if (b->words < 15 && (b->flags & PAGE_ENDS) == 0)
		return LABEL_HEADLINE;
	if ((b->flags & PAGE_QUOTED) != 0)
		return LABEL_QUOTE;
	return LABEL_TEXT;
}

static enum label
by_phrase(const struct page_block *b)
{
	static const struct {
		enum page_kind kind;
		enum label label;
	} why[] = {{PAGE_LEGAL, LABEL_LEGAL}, {PAGE_SHARE, LABEL_SHARE},
	    {PAGE_PROMO, LABEL_PROMO}, {PAGE_CAPTION, LABEL_CAPTION},
	    {PAGE_TALK, LABEL_COMMENT}, {PAGE_COMMENT, LABEL_COMMENT},
	    {PAGE_TEASER, LABEL_NAV}, {PAGE_NAV, LABEL_NAV}};
	size_t i;

	for (i = 0; i < sizeof(why) / sizeof(why[0]); i++)
		if (page_has(b, (int)why[i].kind))
			return why[i].label;
	return LABEL_OTHER;
}
