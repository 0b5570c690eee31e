/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/hash.h"
#include "common/in.h"
#include "common/mem.h"
#include "common/out.h"

#include "cmd/declutter/feature.h"
#include "cmd/declutter/join.h"
#include "cmd/declutter/repeat.h"
#include "cmd/declutter/train/sample.h"

#define MAX_WEIGHT 0.6f /* share of a page that one block has at most */

/* The columns behind the text. */
struct mark {
	long hits, words;
	struct str host;
	float weight, gold;
};

static void *need(size_t, size_t);
static int mark_of(const struct doc_block *, struct mark *);
static float number(struct str);
static int add(struct samples *, const struct doc *, struct feature *,
    struct repeat *, int);

int
sample_read(struct samples *all, const char *path, int folds)
{
	char *args[] = {strdup(path), NULL};
	struct repeat repeat = {.salt = 0};
	struct feature feature;
	struct doc doc;
	struct in in;
	int got;

	feature_init(&feature);
	in_init(&in, args, IN_ROW_MAX);
	doc_init(&doc, &in,
	    (struct doc_options){.format = DOC_ROWS, .max_doc = IN_LINE_MAX});
	while ((got = doc_next(&doc)) == 1)
		if (add(all, &doc, &feature, &repeat, folds) == -1) {
			errno = EINVAL;
			got = -1;
			break;
		}
	doc_free(&doc);
	in_free(&in);
	feature_free(&feature);
	repeat_free(&repeat);
	free(args[0]);
	return got;
}

int
sample_write_kept(const struct samples *all, const char *path, const char *to,
    struct score *score)
{
	char *args[] = {strdup(path), NULL};
	struct repeat repeat = {.salt = 0};
	struct out out;
	struct doc doc;
	struct in in;
	int16_t *own = score->odds;
	size_t n = 0, i, k;
	int fd = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0666), got;

	if (fd == -1 || out_init(&out, fd, 0) == -1) {
		free(args[0]);
		return -1;
	}
	in_init(&in, args, IN_ROW_MAX);
	doc_init(&doc, &in,
	    (struct doc_options){.format = DOC_ROWS, .max_doc = IN_LINE_MAX});
	for (; doc_next(&doc) == 1 && n < all->n; n++) {
		struct sample *s = &all->v[n];

		score->odds = s->odds;
		repeat_start(&repeat, &s->page);
		score_decide(score, &s->page, &repeat);
		score->odds = own;
		for (i = 0; i < s->page.n; i++) {
			const struct page_block *b = &s->page.v[i];

			for (k = b->line;
			     b->score >= 0.5f && k < b->line + b->lines; k++) {
				out_raw(&out, doc.id);
				out_raw(&out, STR_LIT("\t"));
				out_number(&out, doc.v[k].number);
				out_field(&out, doc.v[k].text);
				out_endrow(&out);
			}
		}
	}
	got = out_close(&out) == -1 || close(fd) == -1 ? -1 : 0;
	doc_free(&doc);
	in_free(&in);
	repeat_free(&repeat);
	free(args[0]);
	return got;
}

static void *
need(size_t n, size_t size)
{
	size_t none = 0;

	return mem_grow(NULL, &none, n + 1, size);
}

/* The last five columns of a row.  Returns 0, or -1 if it has fewer. */
static int
mark_of(const struct doc_block *b, struct mark *m)
{
	struct str field[5], row = b->row;
	size_t k = 5, at = row.n;

	while (k > 0 && at > 0) {
		if (row.p[--at] != '\t')
			continue;
		field[--k] = str_sub(row, at + 1, row.n);
		row.n = at;
	}
	if (k > 0)
		return -1;
	m->hits = (long)number(field[0]);
	m->words = (long)number(field[1]);
	m->host = field[2];
	m->weight = number(field[3]);
	m->gold = number(field[4]);
	return 0;
}

static float
number(struct str s)
{
	char text[32] = {0};

	memcpy(text, s.p, s.n < 31 ? s.n : 31);
	return strtof(text, NULL);
}

static int
add(struct samples *all, const struct doc *doc, struct feature *feature,
    struct repeat *repeat, int folds)
{
	struct sample *s;
	struct mark m = {0, 0, {NULL, 0}, 0, 0};
	size_t i, k;
	uint64_t host;

	all->v = mem_grow(all->v, &all->cap, all->n + 1, sizeof(*all->v));
	s = &all->v[all->n++];
	*s = (struct sample){.fold = 0};
	join_rows(&s->page, doc, 0, doc->n);
	feature_page(feature, &s->page, doc);
	repeat_start(repeat, &s->page);
	repeat_copies(repeat, &s->page);
	s->odds = need(s->page.n + COLUMN_STEP, sizeof(*s->odds));
	s->label = need(s->page.n, 1);
	s->weight = need(s->page.n, sizeof(*s->weight));
	for (i = 0; i < s->page.n; i++) {
		const struct page_block *b = &s->page.v[i];
		long hits = 0, words = 0;
		float share;

		for (k = b->line; k < b->line + b->lines; k++) {
			if (mark_of(&doc->v[k], &m) == -1)
				return -1;
			hits += m.hits < 0 ? 0 : m.hits;
			words += m.hits < 0 ? 0 : m.words;
		}
		s->label[i] = (uint8_t)(2 * hits >= words);
		if (words == 0)
			s->label[i] = m.hits < 0 ? SAMPLE_UNKNOWN : 0;
		share = ((float)b->words + 1.5f) / (m.gold + 60);
		s->weight[i] =
		    (share < MAX_WEIGHT ? share : MAX_WEIGHT) * 100 * m.weight;
	}
	host = hash_64(m.host, 0);
	s->host = (uint32_t)host;
	s->fold = (uint8_t)((host >> 32) % (uint64_t)folds);
	all->blocks += s->page.n;
	return 0;
}
