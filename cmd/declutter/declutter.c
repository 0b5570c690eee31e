/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"

#include "cmd/declutter/declutter.h"
#include "cmd/declutter/feature.h"
#include "cmd/declutter/join.h"
#include "cmd/declutter/page.h"
#include "cmd/declutter/repeat.h"
#include "cmd/declutter/rule.h"
#include "cmd/declutter/score.h"

/*
 * A document of more rows or bytes is decided in stretches, each as a page of
 * its own.  No page of the Web comes near; it keeps memory bounded whatever
 * --max-doc says.
 */
#define PAGE_ROWS  ((size_t)1 << 15)
#define PAGE_BYTES ((size_t)2 << 20)

struct declutter {
	struct declutter_options options;
	struct rule_list rules;
	int rules_alone;
	struct feature feature;
	struct repeat repeat;
	struct score score;
	struct page page;
	size_t last; /* serial of the document that wrote text last */
};

static size_t stretch(const struct doc *, size_t);
static size_t emit(struct declutter *, const struct page_block *,
    const struct doc *, struct out *);
static float with_rules(struct declutter *, float, struct str);
static void put(struct declutter *, const struct page_block *, float,
    const struct doc *, size_t, struct out *);
static struct str label(const struct page_block *, float);

struct declutter *
declutter_new(struct declutter_options options)
{
	struct declutter *d;
	size_t none = 0;

	d = mem_grow(NULL, &none, 1, sizeof(*d));
	memset(d, 0, sizeof(*d));
	d->options = options;
	feature_init(&d->feature);
	return d;
}

int
declutter_rules(
    struct declutter *d, const char *path, int add, char why[120], size_t *line)
{
	d->rules_alone = !add;
	return rule_load(&d->rules, path, why, line);
}

size_t
declutter_doc(struct declutter *d, const struct doc *doc, struct out *out)
{
	struct page *page = &d->page;
	size_t from, to, i, kept = 0;

	for (from = 0; from < doc->n; from = to) {
		to = stretch(doc, from);
		join_rows(page, doc, from, to);
		feature_page(&d->feature, page, doc);
		repeat_copies(&d->repeat, page);
		score_page(&d->score, page, &d->repeat);
		for (i = 0; i < page->n; i++)
			kept += emit(d, &page->v[i], doc, out);
	}
	return kept;
}

const struct fault *
declutter_fault(const struct declutter *d)
{
	return &d->rules.costly;
}

void
declutter_free(struct declutter *d)
{
	if (d == NULL)
		return;
	rule_free(&d->rules);
	feature_free(&d->feature);
	repeat_free(&d->repeat);
	score_free(&d->score);
	free(d->page.row);
	free(d->page.v);
	free(d->page.term);
	free(d);
}

/* The end of the stretch of rows that begins at `from`. */
static size_t
stretch(const struct doc *doc, size_t from)
{
	size_t to = from, bytes = 0;

	while (to < doc->n && to - from < PAGE_ROWS && bytes < PAGE_BYTES)
		bytes += doc->v[to++].text.n;
	return to;
}

/* Write the rows of a block.  Returns how many of them are kept. */
static size_t
emit(struct declutter *d, const struct page_block *b, const struct doc *doc,
    struct out *out)
{
	size_t i, kept = 0;

	for (i = b->line; i < b->line + b->lines; i++) {
		float score = with_rules(d, b->score, doc->v[i].text);
		int keep = score >= 0.5f;

		kept += (size_t)keep;
		if (d->options.all || keep != d->options.invert)
			put(d, b, score, doc, i, out);
	}
	return kept;
}

static float
with_rules(struct declutter *d, float score, struct str text)
{
	switch (rule_match(&d->rules, text)) {
	case RULE_KEEP:
		return 1;
	case RULE_DROP:
		return 0;
	default:
		return d->rules_alone && score < 0.5f ? 0.5f : score;
	}
}

static void
put(struct declutter *d, const struct page_block *b, float score,
    const struct doc *doc, size_t i, struct out *out)
{
	if (d->options.output == DECLUTTER_TEXT) {
		doc_put_text(doc, i, out, &d->last);
		return;
	}
	doc_put(doc, i, out);
	if (d->options.all) {
		out_field(out, label(b, score));
		/* A dropped row must not be rounded up to a kept one. */
		out_score(out, score < 0.5f && score > 0.499f ? 0.499f : score);
	}
	out_endrow(out);
}

/* What the block seems to be; of dropped ones, why they are. */
static struct str
label(const struct page_block *b, float score)
{
	static const struct {
		enum page_kind kind;
		struct str name;
	} why[] = {
	    {PAGE_LEGAL, {(const unsigned char *)"legal", 5}},
	    {PAGE_SHARE, {(const unsigned char *)"share", 5}},
	    {PAGE_PROMO, {(const unsigned char *)"promo", 5}},
	    {PAGE_CAPTION, {(const unsigned char *)"caption", 7}},
	    {PAGE_TALK, {(const unsigned char *)"comment", 7}},
	    {PAGE_COMMENT, {(const unsigned char *)"comment", 7}},
	    {PAGE_TEASER, {(const unsigned char *)"nav", 3}},
	    {PAGE_NAV, {(const unsigned char *)"nav", 3}},
	};
	size_t i;

	if (score >= 0.5f) {
		if ((b->flags & PAGE_BULLET) != 0)
			return STR_LIT("list");
		if (b->words < 15 && (b->flags & PAGE_ENDS) == 0)
			return STR_LIT("headline");
		if ((b->flags & PAGE_QUOTED) != 0)
			return STR_LIT("quote");
		return STR_LIT("text");
	}
	if (b->words >= 3 && b->earlier > 0)
		return STR_LIT("repeat");
	if (page_is_title(b))
		return STR_LIT("headline");
	for (i = 0; i < sizeof(why) / sizeof(why[0]); i++)
		if (page_has(b, (int)why[i].kind))
			return why[i].name;
	if (b->words < 8 && (b->flags & PAGE_ENDS) == 0)
		return STR_LIT("nav");
	return STR_LIT("other");
}
