/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/hash.h"
#include "common/mem.h"

#include "cmd/dedupe/dedupe.h"
#include "cmd/dedupe/fold.h"
#include "cmd/dedupe/index.h"

/* Whose first copy a fingerprint came from. */
struct origin {
	struct str doc; /* as in rows */
	size_t block;
};

struct dedupe {
	struct dedupe_options options;
	struct dedupe_counts counts;
	struct index index;
	size_t last; /* document that wrote text last, for doc_put_text() */

	struct hash_128 *print; /* of the blocks, or of the document */
	size_t print_cap;

	struct str run; /* lines to write that lie side by side */

	/* what is being compared */
	unsigned char *text;
	size_t cap;

	/* first copies, by number; kept only if they are to be shown */
	struct origin *origin;
	size_t origins, origin_cap;
	struct mem names;
	struct str name; /* the last one stored, to store it once */
};

static void decide(struct dedupe *, const struct doc *, size_t from, size_t to,
    struct hash_128, struct out *);
static struct hash_128
fingerprint(struct dedupe *, const struct doc *, size_t from, size_t to);
static size_t gather(struct dedupe *, const struct doc *, size_t, size_t);
static void remember(struct dedupe *, const struct doc *, size_t block);
static void report(const struct dedupe *, const struct doc *, size_t,
    const struct origin *, struct out *);
static void put(struct dedupe *, const struct doc *, size_t,
    const struct origin *, struct out *);
static void put_line(struct dedupe *, struct str, struct out *);
static void end_run(struct dedupe *, struct out *);
static void
put_origin(const struct dedupe *, const struct origin *, struct out *);

struct dedupe *
dedupe_new(const struct dedupe_options *options)
{
	size_t none = 0;
	struct dedupe *d = mem_grow(NULL, &none, 1, sizeof(*d));

	*d = (struct dedupe){.options = *options};
	index_init(&d->index, options->wide,
	    options->show == DEDUPE_ALL || options->show == DEDUPE_REPORT);
	return d;
}

void
dedupe_doc(struct dedupe *d, const struct doc *doc, struct out *out)
{
	size_t step = d->options.blocks ? 1 : doc->n, i, n = 0;

	d->print =
	    mem_grow(d->print, &d->print_cap, doc->n / step, sizeof(*d->print));
	/* All fingerprints first: so the index is looked up in a table that
	 * is on its way from memory. */
	for (i = 0; i < doc->n; i += step) {
		d->print[n] = fingerprint(d, doc, i, i + step);
		index_prefetch(&d->index, d->print[n]);
		n++;
	}
	for (i = n = 0; i < doc->n; i += step)
		decide(d, doc, i, i + step, d->print[n++], out);
	end_run(d, out);
}

void
dedupe_header(const struct dedupe *d, const struct doc *doc, struct out *out)
{
	static const char *const report[] = {"doc\tduplicate_of\tsimilarity\t",
	    "doc\tblock\tduplicate_of_doc\tduplicate_of_block\tsimilarity\t"};
	static const char *const added[] = {
	    "duplicate_of\t", "duplicate_of_doc\tduplicate_of_block\t"};

	if (d->options.text)
		return;
	if (d->options.show == DEDUPE_REPORT) {
		out_raw(out, str_of(report[d->options.blocks]));
	} else {
		doc_put_header(doc, out);
		if (d->options.show == DEDUPE_ALL)
			out_raw(out, str_of(added[d->options.blocks]));
	}
	out_endrow(out);
}

struct dedupe_counts
dedupe_counts(const struct dedupe *d)
{
	struct dedupe_counts counts = d->counts;

	counts.index_bytes = index_bytes(&d->index);
	return counts;
}

void
dedupe_free(struct dedupe *d)
{
	if (d == NULL)
		return;
	index_free(&d->index);
	mem_free(&d->names);
	free(d->origin);
	free(d->print);
	free(d->text);
	free(d);
}

/* Write what is to be written of blocks [from,to). */
static void
decide(struct dedupe *d, const struct doc *doc, size_t from, size_t to,
    struct hash_128 print, struct out *out)
{
	enum dedupe_show show = d->options.show;
	const struct origin *origin = NULL;
	uint32_t number = (uint32_t)d->origins;
	int fresh = index_add(&d->index, print, &number);
	size_t i;

	d->counts.docs++;
	d->counts.duplicates += !fresh;
	if (fresh && d->index.numbered)
		remember(d, doc, doc->v[from].number);
	else if (d->index.numbered)
		origin = &d->origin[number];
	if (show == DEDUPE_REPORT) {
		if (!fresh)
			report(d, doc, from, origin, out);
	} else if (show == DEDUPE_ALL || fresh == (show == DEDUPE_NEW)) {
		for (i = from; i < to; i++)
			put(d, doc, i, origin, out);
	}
}

static struct hash_128
fingerprint(struct dedupe *d, const struct doc *doc, size_t from, size_t to)
{
	struct str s = doc->v[from].text;

	/* A single block that is compared as it is needs no copy. */
	if (to - from > 1 || d->options.compare == DEDUPE_TEXT) {
		s.n = gather(d, doc, from, to);
		s.p = d->text;
	}
	if (d->options.wide)
		return hash_128(s);
	return (struct hash_128){hash_64(s, 0), 0};
}

/* Put what is compared of blocks [from,to) into `text`; its length. */
static size_t
gather(struct dedupe *d, const struct doc *doc, size_t from, size_t to)
{
	int fold = d->options.compare == DEDUPE_TEXT;
	size_t n = 0, i;

	for (i = from; i < to; i++) {
		struct str s = doc->v[i].text;

		d->text = mem_grow(d->text, &d->cap, n + 2 * s.n + 1, 1);
		if (fold) {
			n += fold_text(d->text + n, s);
		} else {
			memcpy(d->text + n, s.p, s.n);
			n += s.n;
			d->text[n++] = '\n';
		}
	}
	/* Text without a letter, "* * *", is compared as it is. */
	if (fold && n == 0) {
		for (i = from; i < to; i++) {
			struct str s = doc->v[i].text;

			d->text = mem_grow(d->text, &d->cap, n + s.n + 1, 1);
			memcpy(d->text + n, s.p, s.n);
			n += s.n;
			d->text[n++] = '\n';
		}
	}
	return n;
}

static void
remember(struct dedupe *d, const struct doc *doc, size_t block)
{
	if (!str_eq(d->name, doc->id))
		d->name = mem_dup(&d->names, doc->id);
	if (d->origins == d->origin_cap)
		d->origin = mem_grow(d->origin, &d->origin_cap, d->origins + 1,
		    sizeof(*d->origin));
	d->origin[d->origins++] = (struct origin){d->name, block};
}

static void
report(const struct dedupe *d, const struct doc *doc, size_t i,
    const struct origin *origin, struct out *out)
{
	out_raw(out, doc->id);
	out_raw(out, STR_LIT("\t"));
	if (d->options.blocks)
		out_number(out, doc->v[i].number);
	put_origin(d, origin, out);
	out_score(out, 1.0);
	out_endrow(out);
}

static void
put(struct dedupe *d, const struct doc *doc, size_t i,
    const struct origin *origin, struct out *out)
{
	if (d->options.text) {
		if (d->options.lines)
			put_line(d, doc->v[i].text, out);
		else
			doc_put_text(doc, i, out, &d->last);
		return;
	}
	doc_put(doc, i, out);
	if (d->options.show == DEDUPE_ALL)
		put_origin(d, origin, out);
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

/* The columns that name the first copy; empty for NULL. */
static void
put_origin(const struct dedupe *d, const struct origin *origin, struct out *out)
{
	if (origin != NULL)
		out_raw(out, origin->doc);
	out_raw(out, STR_LIT("\t"));
	if (!d->options.blocks)
		return;
	if (origin != NULL)
		out_number(out, origin->block);
	else
		out_raw(out, STR_LIT("\t"));
}
