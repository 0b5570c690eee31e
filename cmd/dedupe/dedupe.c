/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/hash.h"
#include "common/mem.h"

#include "cmd/dedupe/bytes.h"
#include "cmd/dedupe/dedupe.h"
#include "cmd/dedupe/index.h"
#include "cmd/dedupe/match.h"
#include "cmd/dedupe/measure.h"
#include "cmd/dedupe/twopass.h"

/* Whose copy a text is: the one that was kept. */
struct origin {
	struct str doc; /* as in rows */
	size_t block;
	size_t passed; /* of those equal to it, itself too */
};

/* What was found out about a text. */
struct verdict {
	int fresh;
	int named; /* whether `origin` is known */
	struct origin origin;
	double similarity;
	int several; /* whether it is a copy of others too, see `match` */
};

struct dedupe {
	struct dedupe_options options;
	struct dedupe_counts counts;
	struct index index;
	size_t last; /* document that wrote text last, for doc_put_text() */

	struct hash_128 *print; /* of the blocks, or of the document */
	size_t print_cap;

	struct str run; /* lines to write that lie side by side */

	/* what an index is to be told: prints, or texts from this one on */
	unsigned char *fresh;
	size_t fresh_n, fresh_cap, loaded;

	/* with `near` in place of the index */
	struct match *match;
	struct shingles shingles;

	/* in two passes in place of both */
	struct twopass twopass;
	int changed;

	/* first copies, by number; kept only if they are to be shown */
	struct origin *origin;
	size_t origins, origin_cap;
	struct mem names;
	struct str name; /* the last one stored, to store it once */
};

static int load_texts(struct dedupe *, struct str);
static int load_prints(struct dedupe *, struct str);
static void
doc_exact(struct dedupe *, const struct doc *, struct str made, struct out *);
static void
doc_near(struct dedupe *, const struct doc *, struct str made, struct out *);
static void
doc_pass(struct dedupe *, const struct doc *, struct str made, struct out *);
static struct verdict judge_again(struct dedupe *, const struct doc *);
static struct verdict
judge(struct dedupe *, const struct doc *, size_t from, struct hash_128);
static struct verdict
judge_near(struct dedupe *, const struct doc *, size_t from);
static void report(const struct dedupe *, const struct doc *, size_t from,
    const struct verdict *, struct out *);
static void act(struct dedupe *, const struct doc *, size_t from, size_t to,
    const struct verdict *, struct out *);
static void note(struct dedupe *, struct hash_128);
static void remember(struct dedupe *, const struct doc *, size_t block);
static void
put_name(const struct dedupe *, struct str doc, size_t block, struct out *);
static void put(struct dedupe *, const struct doc *, size_t,
    const struct verdict *, struct out *);
static void put_line(struct dedupe *, struct str, struct out *);
static void end_run(struct dedupe *, struct out *);

struct dedupe *
dedupe_new(const struct dedupe_options *options)
{
	size_t none = 0;
	struct dedupe *d = mem_grow(NULL, &none, 1, sizeof(*d));

	*d = (struct dedupe){.options = *options};
	index_init(&d->index, options->wide,
	    options->show >= DEDUPE_ALL || options->least > 1);
	if (options->near && options->pass == DEDUPE_SINGLE)
		d->match = match_new(options->blocks, options->spill);
	return d;
}

const struct dedupe_options *
dedupe_how(const struct dedupe *d)
{
	return &d->options;
}

void
dedupe_doc(
    void *dedupe, const struct doc *doc, struct str made, struct out *out)
{
	struct dedupe *d = dedupe;

	if (d->options.pass != DEDUPE_SINGLE)
		doc_pass(d, doc, made, out);
	else if (d->options.near)
		doc_near(d, doc, made, out);
	else
		doc_exact(d, doc, made, out);
	end_run(d, out);
}

void
dedupe_turn(struct dedupe *d)
{
	twopass_settle(&d->twopass, d->options.similarity, d->options.longest);
	d->options.pass = DEDUPE_SECOND;
	d->counts = (struct dedupe_counts){0, 0, 0};
}

int
dedupe_changed(const struct dedupe *d)
{
	return d->changed;
}

void
dedupe_header(const struct dedupe *d, const struct doc *doc, struct out *out)
{
	static const char *const report[] = {"doc\tduplicate_of\tsimilarity\t",
	    "doc\tblock\tduplicate_of_doc\tduplicate_of_block\tsimilarity\t"};
	static const char *const clusters[] = {
	    "doc\tcluster\t", "doc\tblock\tcluster_doc\tcluster_block\t"};
	static const char *const added[] = {
	    "duplicate_of\t", "duplicate_of_doc\tduplicate_of_block\t"};

	if (d->options.text)
		return;
	if (d->options.show == DEDUPE_REPORT) {
		out_raw(out, str_of(report[d->options.blocks]));
	} else if (d->options.show == DEDUPE_CLUSTERS) {
		out_raw(out, str_of(clusters[d->options.blocks]));
	} else {
		doc_put_header(doc, out);
		if (d->options.show == DEDUPE_ALL)
			out_raw(out, str_of(added[d->options.blocks]));
	}
	out_endrow(out);
}

void
dedupe_parameters(
    const struct dedupe_options *how, uint32_t v[JOURNAL_PARAMETERS])
{
	v[0] = how->near ? 1 : how->wide ? 3 : 2;
	v[1] = how->compare == DEDUPE_TEXT;
	v[2] = how->blocks != 0;
	v[3] = how->near ? RUN_HASH_WORDS : 0;
	v[4] = how->near ? SHINGLE_SAMPLES : 0;
	v[5] = how->near ? SHINGLE_INDEX : 0;
	v[6] = how->near ? COVER_COMMON : 0;
}

int
dedupe_load(struct dedupe *d, struct journal *journal)
{
	struct str s;

	while (journal_next(journal, &s))
		if (!(d->match != NULL ? load_texts(d, s) : load_prints(d, s)))
			return 0;
	if (d->match != NULL)
		d->loaded = match_texts(d->match);
	return 1;
}

int
dedupe_save(struct dedupe *d, struct journal *journal)
{
	size_t each = d->options.wide ? 16 : 8, i;

	if (journal_begin(journal) == -1)
		return -1;
	for (i = 0; i < d->fresh_n; i += each)
		if (journal_put(journal, (struct str){d->fresh + i, each}) ==
		    -1)
			return -1;
	for (i = d->loaded; d->match != NULL && i < match_texts(d->match); i++)
		if (journal_put(journal, match_record(d->match, i)) == -1)
			return -1;
	return journal_end(journal);
}

struct dedupe_counts
dedupe_counts(const struct dedupe *d)
{
	struct dedupe_counts counts = d->counts;

	counts.index_bytes =
	    twopass_bytes(&d->twopass) +
	    (d->match == NULL ? index_bytes(&d->index) : match_bytes(d->match));
	return counts;
}

void
dedupe_free(struct dedupe *d)
{
	if (d == NULL)
		return;
	index_free(&d->index);
	match_free(d->match);
	twopass_free(&d->twopass);
	mem_free(&d->names);
	free(d->origin);
	free(d->print);
	free(d->fresh);
	free(d);
}

static int
load_texts(struct dedupe *d, struct str s)
{
	while (s.n > 0) {
		size_t n = match_load(d->match, s.p, s.n);

		if (n == 0)
			return 0;
		s = str_sub(s, n, s.n);
	}
	return 1;
}

static int
load_prints(struct dedupe *d, struct str s)
{
	size_t each = d->options.wide ? 16 : 8;
	uint32_t number = 0;

	for (; s.n >= each; s = str_sub(s, each, s.n)) {
		struct hash_128 print = {bytes_get64(s.p), 0};

		if (d->options.wide)
			print.high = bytes_get64(s.p + 8);
		index_add(&d->index, print, &number);
	}
	return s.n == 0;
}

static void
doc_exact(
    struct dedupe *d, const struct doc *doc, struct str made, struct out *out)
{
	size_t step = d->options.blocks ? 1 : doc->n, i, n = 0;

	d->print =
	    mem_grow(d->print, &d->print_cap, doc->n / step, sizeof(*d->print));
	/* All are on their way from memory before the first is looked up. */
	for (i = 0; i < doc->n; i += step) {
		d->print[n] = measure_print(&made);
		index_prefetch(&d->index, d->print[n]);
		n++;
	}
	for (i = n = 0; i < doc->n; i += step) {
		struct verdict verdict = judge(d, doc, i, d->print[n++]);

		act(d, doc, i, i + step, &verdict, out);
	}
}

static void
doc_near(
    struct dedupe *d, const struct doc *doc, struct str made, struct out *out)
{
	size_t step = d->options.blocks ? 1 : doc->n, i;

	for (i = 0; i < doc->n; i += step) {
		struct verdict verdict;

		measure_samples(&made, &d->shingles);
		verdict = judge_near(d, doc, i);
		act(d, doc, i, i + step, &verdict, out);
	}
}

static struct verdict
judge(
    struct dedupe *d, const struct doc *doc, size_t from, struct hash_128 print)
{
	uint32_t number = (uint32_t)d->origins;
	struct verdict v = {.similarity = 1};

	v.fresh = index_add(&d->index, print, &number);
	if (v.fresh && d->options.saved)
		note(d, print);
	if (v.fresh && d->index.numbered) {
		remember(d, doc, doc->v[from].number);
	} else if (d->index.numbered) {
		v.fresh = d->origin[number].passed < d->options.least;
		d->origin[number].passed += (size_t)v.fresh;
		v.origin = d->origin[number];
	}
	v.named = !v.fresh && d->index.numbered;
	return v;
}

/* A pass of its own over a document; parts of one go with its first. */
static void
doc_pass(
    struct dedupe *d, const struct doc *doc, struct str made, struct out *out)
{
	struct verdict verdict;

	if (d->options.pass == DEDUPE_SECOND) {
		verdict = judge_again(d, doc);
		act(d, doc, 0, doc->n, &verdict, out);
		return;
	}
	if (doc->part)
		return;
	d->counts.docs++;
	if (d->options.pass == DEDUPE_SKETCH) {
		out_raw(out, made);
		return;
	}
	measure_samples(&made, &d->shingles);
	twopass_add(&d->twopass, &d->shingles, doc->id);
}

/* What was found out about all documents, for this one. */
static struct verdict
judge_again(struct dedupe *d, const struct doc *doc)
{
	const struct group *group = &d->twopass.group;
	const struct group_doc *mine, *keeper;
	struct verdict v = {.fresh = 1};

	if (doc->serial > group->n ||
	    !str_eq(group->v[doc->serial - 1].name, doc->id)) {
		d->changed = 1;
		return v;
	}
	mine = &group->v[doc->serial - 1];
	keeper = &group->v[mine->keeper];
	v.fresh = mine == keeper;
	v.named = !v.fresh;
	v.origin.doc = keeper->name;
	v.similarity = (double)mine->similarity;
	return v;
}

static struct verdict
judge_near(struct dedupe *d, const struct doc *doc, size_t from)
{
	struct shingles *s = &d->shingles;
	const struct match_found *found = d->match->found;
	struct verdict v = {0};

	v.fresh = match_find(d->match, s, d->options.similarity) == 0;
	v.named = !v.fresh;
	if (v.fresh) {
		match_keep(d->match, s, doc->id, doc->v[from].number);
		return v;
	}
	v.origin = (struct origin){found->doc, found->block, 1};
	v.similarity = found->similarity;
	v.several = d->match->founds > 1;
	if (v.similarity < MATCH_SURE)
		match_keep(d->match, s, found->doc, found->block);
	return v;
}

/* Write whose copy a text is, in a report of each that was kept. */
static void
report(const struct dedupe *d, const struct doc *doc, size_t from,
    const struct verdict *v, struct out *out)
{
	struct origin own = {doc->id, doc->v[from].number, 1};
	int clusters = d->options.show == DEDUPE_CLUSTERS;
	const struct origin *to = v->named ? &v->origin : &own;
	size_t i;

	put_name(d, own.doc, own.block, out);
	put_name(d, to->doc, to->block, out);
	if (!clusters)
		out_score(out, v->similarity);
	out_endrow(out);
	if (clusters || !v->several)
		return;
	for (i = 1; i < d->match->founds; i++) {
		const struct match_found *found = &d->match->found[i];

		put_name(d, own.doc, own.block, out);
		put_name(d, found->doc, found->block, out);
		out_score(out, found->similarity);
		out_endrow(out);
	}
}

/* Write what is to be written of blocks [from,to). */
static void
act(struct dedupe *d, const struct doc *doc, size_t from, size_t to,
    const struct verdict *v, struct out *out)
{
	enum dedupe_show show = d->options.show;
	size_t i;

	d->counts.docs++;
	d->counts.duplicates += !v->fresh;
	if (show == DEDUPE_CLUSTERS || (show == DEDUPE_REPORT && !v->fresh)) {
		report(d, doc, from, v, out);
	} else if (show == DEDUPE_ALL ||
		   show == (v->fresh ? DEDUPE_NEW : DEDUPE_OLD)) {
		for (i = from; i < to; i++)
			put(d, doc, i, v, out);
	}
}

/* Have a new print saved to the index. */
static void
note(struct dedupe *d, struct hash_128 print)
{
	d->fresh = mem_grow(d->fresh, &d->fresh_cap, d->fresh_n + 16, 1);
	bytes_put64(d->fresh + d->fresh_n, print.low);
	d->fresh_n += 8;
	if (!d->options.wide)
		return;
	bytes_put64(d->fresh + d->fresh_n, print.high);
	d->fresh_n += 8;
}

static void
remember(struct dedupe *d, const struct doc *doc, size_t block)
{
	if (!str_eq(d->name, doc->id))
		d->name = mem_dup(&d->names, doc->id);
	if (d->origins == d->origin_cap)
		d->origin = mem_grow(d->origin, &d->origin_cap, d->origins + 1,
		    sizeof(*d->origin));
	d->origin[d->origins++] = (struct origin){d->name, block, 1};
}

/* The columns that name a text. */
static void
put_name(const struct dedupe *d, struct str doc, size_t block, struct out *out)
{
	out_raw(out, doc);
	out_raw(out, STR_LIT("\t"));
	if (d->options.blocks)
		out_number(out, block);
}

static void
put(struct dedupe *d, const struct doc *doc, size_t i, const struct verdict *v,
    struct out *out)
{
	if (d->options.text) {
		if (d->options.lines)
			put_line(d, doc->v[i].text, out);
		else
			doc_put_text(doc, i, out, &d->last);
		return;
	}
	doc_put(doc, i, out);
	if (d->options.show == DEDUPE_ALL) {
		if (v->named)
			put_name(d, v->origin.doc, v->origin.block, out);
		else
			out_raw(out, d->options.blocks ? STR_LIT("\t\t")
						       : STR_LIT("\t"));
	}
	out_endrow(out);
}

/* Write a line of plain text.  Lines stand side by side in the read buffer, a
 * newline between two: what is kept together goes out together. */
static void
put_line(struct dedupe *d, struct str s, struct out *out)
{
	if (d->run.p != NULL && s.p == d->run.p + d->run.n + 1 &&
	    s.p[-1] == '\n') {
		d->run.n += 1 + s.n;
		return;
	}
	end_run(d, out);
	d->run = s;
}

static void
end_run(struct dedupe *d, struct out *out)
{
	if (d->run.p == NULL)
		return;
	out_raw(out, d->run);
	out_newline(out);
	d->run.p = NULL;
}
