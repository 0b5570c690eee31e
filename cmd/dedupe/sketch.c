/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/hash.h"
#include "common/row.h"

#include "cmd/dedupe/sketch.h"

#define SKETCH_PLACE 10 /* digits of a position, so that it sorts */

/* Text `other` has sample number `sample` of the document at hand. */
struct sketch_share {
	struct str other;
	uint32_t runs, sample, place;
};

static void put_padded(uint32_t, struct out *);
static int hash_number(struct str, uint64_t *);
static void end_hash(struct sketch *, struct out *);
static void
put_row(const struct sketch *, const struct sketch_row *, struct out *);
static void
put_common(const struct sketch *, const struct sketch_row *, struct out *);
static void put_name(struct str doc, struct out *);
static int equal_texts(struct sketch *, struct str doc, struct str count,
    struct row_fields *, struct group *);
static int add_sample(struct sketch *, struct str position, struct str count,
    struct row_fields *);
static int add_shares(struct sketch *, struct row_fields *);
static void end_doc(struct sketch *, struct group *);
static double share_of(struct sketch *, const struct sketch_share *, size_t n);
static uint32_t
known(struct sketch *, struct str doc, uint32_t runs, struct group *);
static int order(struct str, struct str);
static int by_other(const void *, const void *);

void
sketch_put(const struct shingles *s, struct str doc, struct out *out)
{
	size_t i;

	for (i = 0; i <= s->n; i++) {
		if (i == s->n) {
			out_raw(out, STR_LIT("="));
			out_hash(out, s->print);
		} else {
			out_hash(out, s->hash[i]);
		}
		out_raw(out, doc);
		out_raw(out, STR_LIT("\t"));
		put_padded(i == s->n ? 0 : s->v[i].at, out);
		out_number(out, s->runs);
		out_endrow(out);
	}
}

void
sketch_match(struct sketch *s, struct str line, struct out *out)
{
	struct row_fields fields = row_fields(line);
	struct sketch_row row;
	struct str hash;
	size_t i;

	if (line.p == NULL) {
		end_hash(s, out);
		return;
	}
	if (!row_field(&fields, &hash) || hash.n == 0 ||
	    !row_field(&fields, &row.doc) ||
	    !row_field(&fields, &row.position) ||
	    !row_field(&fields, &row.count)) {
		s->malformed++;
		return;
	}
	if (s->rows == 0 || !str_eq(hash, s->hash)) {
		if (s->rows > 0 && order(hash, s->hash) < 0) {
			s->unsorted = 1;
			return;
		}
		end_hash(s, out);
		s->hash = mem_dup(&s->mem, hash);
	}
	if (s->rows == 0 || (hash.p[0] != '=' && s->rows < SKETCH_COMMON)) {
		s->row[s->rows] = (struct sketch_row){mem_dup(&s->mem, row.doc),
		    mem_dup(&s->mem, row.position),
		    mem_dup(&s->mem, row.count)};
	} else if (hash.p[0] == '=') {
		put_name(row.doc, out);
		out_raw(out, STR_LIT("=\t"));
		put_name(row.count, out);
		put_name(hash, out);
		put_name(s->row[0].doc, out);
		put_name(s->row[0].count, out);
		out_endrow(out);
	} else {
		/* The first that is too many: those held are common too. */
		for (i = 0; s->rows == SKETCH_COMMON && i < s->rows; i++)
			put_common(s, &s->row[i], out);
		put_common(s, &row, out);
	}
	s->rows++;
}

void
sketch_resolve(struct sketch *s, struct str line, struct group *group)
{
	struct row_fields fields = row_fields(line);
	struct str doc, position, count;

	if (line.p == NULL) {
		end_doc(s, group);
		return;
	}
	if (!row_field(&fields, &doc) || doc.n == 0 ||
	    !row_field(&fields, &position) || !row_field(&fields, &count)) {
		s->malformed++;
		return;
	}
	if (!str_eq(doc, s->doc)) {
		if (order(doc, s->doc) < 0) {
			s->unsorted = 1;
			return;
		}
		end_doc(s, group);
		s->doc = mem_dup(&s->mem, doc);
	}
	if (str_eq(position, STR_LIT("=")))
		s->malformed += !equal_texts(s, doc, count, &fields, group);
	else
		s->malformed += !add_sample(s, position, count, &fields);
}

void
sketch_free(struct sketch *s)
{
	mem_free(&s->mem);
	set_free(&s->known);
	free(s->share);
	*s = (struct sketch){0};
}

static void
put_padded(uint32_t value, struct out *out)
{
	unsigned char *p = out_room(out, SKETCH_PLACE + 1);
	int i;

	for (i = SKETCH_PLACE - 1; i >= 0; i--, value /= 10)
		p[i] = (unsigned char)('0' + value % 10);
	p[SKETCH_PLACE] = '\t';
	out->n += SKETCH_PLACE + 1;
}

/* Sixteen digits, lower-case ones behind nine, as a number. */
static int
hash_number(struct str s, uint64_t *to)
{
	size_t i;

	*to = 0;
	for (i = 0; i < s.n; i++) {
		unsigned int digit = s.p[i] >= 'a' ? s.p[i] - 'a' + 10U
						   : (unsigned int)s.p[i] - '0';

		if (digit > 15)
			return 0;
		*to = *to << 4 | digit;
	}
	return s.n == 16;
}

/* Write the rows that are held, if their hash is not common. */
static void
end_hash(struct sketch *s, struct out *out)
{
	size_t i;

	if (s->rows <= SKETCH_COMMON && s->hash.n > 0 && s->hash.p[0] != '=')
		for (i = 0; i < s->rows; i++)
			put_row(s, &s->row[i], out);
	s->rows = 0;
	s->hash = (struct str){NULL, 0};
	mem_reset(&s->mem);
}

/* A sample of one text, with all others that have it. */
static void
put_row(const struct sketch *s, const struct sketch_row *row, struct out *out)
{
	size_t i;

	put_name(row->doc, out);
	put_name(row->position, out);
	put_name(row->count, out);
	put_name(s->hash, out);
	for (i = 0; i < s->rows; i++) {
		if (&s->row[i] == row)
			continue;
		put_name(s->row[i].doc, out);
		put_name(s->row[i].position, out);
		put_name(s->row[i].count, out);
	}
	out_endrow(out);
}

static void
put_common(
    const struct sketch *s, const struct sketch_row *row, struct out *out)
{
	put_name(row->doc, out);
	put_name(row->position, out);
	put_name(row->count, out);
	put_name(s->hash, out);
	out_raw(out, STR_LIT("*\t"));
	out_endrow(out);
}

/* A field that is escaped already. */
static void
put_name(struct str doc, struct out *out)
{
	out_raw(out, doc);
	out_raw(out, STR_LIT("\t"));
}

static int
equal_texts(struct sketch *s, struct str doc, struct str count,
    struct row_fields *fields, struct group *group)
{
	struct str hash, other, other_count;
	uint32_t runs, other_runs;

	if (!row_field(fields, &hash) || !row_field(fields, &other) ||
	    !row_field(fields, &other_count) ||
	    !row_number32(count, UINT32_MAX, &runs) ||
	    !row_number32(other_count, UINT32_MAX, &other_runs))
		return 0;
	group_link(group, known(s, doc, runs, group),
	    known(s, other, other_runs, group), 1);
	return 1;
}

static int
add_sample(struct sketch *s, struct str position, struct str count,
    struct row_fields *fields)
{
	struct cover_sample *sample = &s->sample[s->samples];
	struct str digits;
	uint64_t hash;

	if (s->samples == SHINGLE_MOST || !row_field(fields, &digits))
		return 0;
	*sample = (struct cover_sample){.found = 0};
	if (!row_number32(position, UINT32_MAX, &sample->shingle.at) ||
	    !row_number32(count, UINT32_MAX, &s->runs) ||
	    !hash_number(digits, &hash))
		return 0;
	sample->shingle.key = shingle_key(hash);
	sample->common = str_eq(fields->rest, STR_LIT("*"));
	if (!sample->common && !add_shares(s, fields))
		return 0;
	s->samples++;
	return 1;
}

static int
add_shares(struct sketch *s, struct row_fields *fields)
{
	while (fields->left) {
		struct sketch_share *share;
		struct str other, position, count;

		s->share = mem_grow(
		    s->share, &s->share_cap, s->shares + 1, sizeof(*s->share));
		share = &s->share[s->shares];
		share->sample = (uint32_t)s->samples;
		if (!row_field(fields, &other) ||
		    !row_field(fields, &position) ||
		    !row_field(fields, &count) ||
		    !row_number32(position, UINT32_MAX, &share->place) ||
		    !row_number32(count, UINT32_MAX, &share->runs))
			return 0;
		share->other = mem_dup(&s->mem, other);
		s->shares++;
	}
	return 1;
}

/* Look at each text that shares samples with the document at hand. */
static void
end_doc(struct sketch *s, struct group *group)
{
	size_t i, n;

	if (s->shares > 1)
		qsort(s->share, s->shares, sizeof(*s->share), by_other);
	for (i = 0; i < s->shares; i += n) {
		const struct sketch_share *share = &s->share[i];
		double similarity;

		for (n = 1;
		     i + n < s->shares && str_eq(share[n].other, share->other);)
			n++;
		if (str_eq(share->other, s->doc))
			continue;
		similarity = share_of(s, share, n);
		if (similarity >= s->least && similarity > 0)
			group_link(group, known(s, s->doc, s->runs, group),
			    known(s, share->other, share->runs, group),
			    similarity);
	}
	s->samples = s->shares = 0;
	s->doc = (struct str){NULL, 0};
	mem_reset(&s->mem);
}

/* The share of the document at hand that stands in one other text. */
static double
share_of(struct sketch *s, const struct sketch_share *share, size_t n)
{
	uint32_t limit = shingle_limit(s->runs, SHINGLE_SAMPLES);
	uint32_t other = shingle_limit(share->runs, SHINGLE_SAMPLES);
	double similarity;
	size_t i;

	for (i = 0; i < n; i++) {
		s->sample[share[i].sample].found = 1;
		s->sample[share[i].sample].there = share[i].place;
	}
	similarity =
	    cover_share(s->sample, s->samples, limit < other ? limit : other);
	for (i = 0; i < n; i++)
		s->sample[share[i].sample].found = 0;
	return similarity;
}

/* The number of a document in the group. */
static uint32_t
known(struct sketch *s, struct str doc, uint32_t runs, struct group *group)
{
	int fresh;
	uint32_t *value = set_at(&s->known, hash_64(doc, 0), &fresh);

	if (fresh)
		*value = group_add(group, doc, runs);
	return *value;
}

/* By bytes, as sort(1) does with LC_ALL=C. */
static int
order(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int first = n == 0 ? 0 : memcmp(a.p, b.p, n);

	return first != 0 ? first : (a.n > b.n) - (a.n < b.n);
}

static int
by_other(const void *a, const void *b)
{
	const struct sketch_share *x = a, *y = b;
	int first = order(x->other, y->other);

	if (first != 0)
		return first;
	return (x->sample > y->sample) - (x->sample < y->sample);
}
