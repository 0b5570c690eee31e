/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/hash.h"
#include "common/mem.h"

#include "cmd/declutter/declutter.h"
#include "cmd/declutter/explain.h"
#include "cmd/declutter/feature.h"
#include "cmd/declutter/host.h"
#include "cmd/declutter/join.h"
#include "cmd/declutter/label.h"
#include "cmd/declutter/page.h"
#include "cmd/declutter/repeat.h"
#include "cmd/declutter/rule.h"
#include "cmd/declutter/score.h"
#include "cmd/declutter/template.h"

/*
 * A document of more rows or bytes is decided in stretches, each as a page of
 * its own.  No page of the Web comes near; it keeps memory bounded whatever
 * --max-doc says.
 */
#define PAGE_ROWS  ((size_t)1 << 14)
#define PAGE_BYTES ((size_t)2 << 20)

struct declutter {
	struct declutter_options options;
	struct rule_list rules;
	int rules_alone;
	struct feature feature;
	struct repeat repeat;
	struct score score;
	struct page page;
	enum declutter_learn learn;
	struct template *template; /* NULL unless something is learnt */
	const char *state;         /* where it is kept, or NULL */
	int lock;
	struct fault costly; /* matches of `host` that ran into their limits */
	size_t last;         /* serial of the document that wrote text last */

	/* of the document */
	struct mem mem;
	struct str host;
	size_t start, stop;   /* rows that the rules' bounds leave */
	int started, stopped; /* a bound was met, in an earlier part too */
};

static size_t stretch(const struct doc *, size_t);
static void set_bounds(struct declutter *, const struct doc *);
static void decide(struct declutter *, const struct doc *, size_t, size_t);
static void use_templates(struct declutter *, const struct doc *);
static size_t emit(struct declutter *, struct label_page, size_t,
    const struct doc *, struct out *);
static float with_rules(struct declutter *, float, struct str, size_t);
static void put(struct declutter *, enum label, float, size_t,
    const struct doc *, size_t, struct out *);

struct declutter *
declutter_new(struct declutter_options options)
{
	struct declutter *d;
	size_t none = 0;

	d = mem_grow(NULL, &none, 1, sizeof(*d));
	memset(d, 0, sizeof(*d));
	d->options = options;
	d->score.bias = options.bias;
	d->last = options.behind ? SIZE_MAX : 0;
	d->lock = -1;
	d->costly = (struct fault){RULE_COSTLY, 1, 0, NULL, 0};
	feature_init(&d->feature);
	return d;
}

int
declutter_rules(
    struct declutter *d, const char *path, int add, char why[120], size_t *line)
{
	d->rules_alone |= !add;
	return rule_load(&d->rules, path, why, line);
}

void
declutter_learn(struct declutter *d, enum declutter_learn learn)
{
	d->learn = learn;
	if (learn != DECLUTTER_ALONE && d->template == NULL)
		d->template = template_new();
}

int
declutter_load(struct declutter *d, const char *path)
{
	d->state = path;
	return template_load(d->template, path, &d->lock);
}

int
declutter_save(struct declutter *d)
{
	return template_save(d->template, d->state, &d->lock);
}

size_t
declutter_doc(struct declutter *d, const struct doc *doc, struct out *out)
{
	struct page *page = &d->page;
	struct label_page around;
	size_t from, to, i, kept = 0;

	mem_reset(&d->mem);
	d->host = host_of(doc->id, d->options.host, &d->costly, &d->mem);
	set_bounds(d, doc);
	for (from = 0; from < doc->n; from = to) {
		to = stretch(doc, from);
		decide(d, doc, from, to);
		if (d->learn == DECLUTTER_FIRST)
			continue;
		around = label_start(page);
		for (i = 0; i < page->n; i++)
			kept += emit(d, around, i, doc, out);
	}
	return kept;
}

void
declutter_faults(
    const struct declutter *d, const struct fault *v[DECLUTTER_FAULTS])
{
	v[0] = &d->rules.costly;
	v[1] = &d->costly;
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
	template_free(d->template);
	if (d->lock != -1)
		close(d->lock);
	mem_free(&d->mem);
	free(d->page.row);
	free(d->page.v);
	free(d->page.term);
	free(d->page.content);
	free(d->page.key);
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

/* Find the rows that rules say the article starts at and stops before. */
static void
set_bounds(struct declutter *d, const struct doc *doc)
{
	size_t i;

	if (!doc->part)
		d->started = d->stopped = 0;
	d->start = 0;
	d->stop = d->stopped ? 0 : doc->n;
	if (d->rules.bounds == 0)
		return;
	for (i = 0; i < d->stop && !d->started; i++)
		if (rule_bound(
			&d->rules, RULE_START, doc->v[i].text, d->host)) {
			d->start = i;
			d->started = 1;
		}
	for (i = d->start; i < d->stop; i++)
		if (rule_bound(&d->rules, RULE_STOP, doc->v[i].text, d->host)) {
			d->stop = i;
			d->stopped = 1;
		}
}

static void
decide(struct declutter *d, const struct doc *doc, size_t from, size_t to)
{
	struct page *page = &d->page;

	join_rows(page, doc, from, to);
	feature_page(&d->feature, page, doc);
	repeat_start(&d->repeat, page);
	repeat_copies(&d->repeat, page);
	score_page(&d->score, &score_built_in, page, &d->repeat);
	if (d->learn != DECLUTTER_ALONE)
		use_templates(d, doc);
}

static void
use_templates(struct declutter *d, const struct doc *doc)
{
	struct page *page = &d->page;
	uint64_t site = hash_64(d->host, 1);
	uint32_t id = (uint32_t)hash_64(doc->id, 0);
	long found = template_look(d->template, page, site, id);

	if (found > 0 && d->learn != DECLUTTER_FIRST)
		score_decide(&d->score, page, &d->repeat);
	if (found >= 0 && d->learn != DECLUTTER_SECOND)
		template_learn(d->template, page, site, id);
}

/* Write the rows of a block.  Returns how many of them are kept. */
static size_t
emit(struct declutter *d, struct label_page around, size_t block,
    const struct doc *doc, struct out *out)
{
	const struct page_block *b = &d->page.v[block];
	int likely = b->score >= 0.5f, wants = d->options.all;
	enum label label = LABEL_OTHER;
	float score = b->score;
	size_t i, kept = 0;

	if (wants || d->options.keep != 0)
		label = label_of(&d->page, around, block, likely);
	if (!likely && (d->options.keep >> label & 1) != 0)
		score = 0.5f;
	for (i = b->line; i < b->line + b->lines; i++) {
		float by = with_rules(d, score, doc->v[i].text, i);
		int keep = by >= 0.5f;
		enum label is = label;

		/* What a rule decided is called what it would be then. */
		if (wants && keep != (score >= 0.5f))
			is = label_of(&d->page, around, block, keep);
		kept += (size_t)keep;
		if (wants || keep != d->options.invert)
			put(d, is, by, block, doc, i, out);
	}
	return kept;
}

static float
with_rules(struct declutter *d, float score, struct str text, size_t row)
{
	switch (rule_match(&d->rules, text, d->host)) {
	case RULE_KEEP:
		return 1;
	case RULE_DROP:
		return 0;
	default:
		if (row < d->start || row >= d->stop)
			return 0;
		return d->rules_alone && score < 0.5f ? 0.5f : score;
	}
}

static void
put(struct declutter *d, enum label label, float score, size_t block,
    const struct doc *doc, size_t i, struct out *out)
{
	if (d->options.output == DECLUTTER_TEXT) {
		doc_put_text(doc, i, out, &d->last);
		return;
	}
	doc_put(doc, i, out);
	if (d->options.all) {
		out_field(out, label_name(label));
		/* A dropped row must not be rounded up to a kept one. */
		out_score(out, score < 0.5f && score > 0.499f ? 0.499f : score);
	}
	if (d->options.explain)
		explain_put(&d->score, &score_built_in, block, out);
	out_endrow(out);
}
