/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/hash.h"
#include "common/hyphen.h"
#include "common/in.h"
#include "common/lexeme.h"
#include "common/mem.h"
#include "common/row.h"
#include "common/set.h"
#include "common/stop.h"

#include "cmd/entities/bundle.h"

/* Listed names of more words are left out, as the tagger looks no further. */
#define WORDS_MAX 9

/* What the lists say, before it is packed. */
struct gather {
	const struct plan *plan;
	struct set name; /* hash of words to index into `kinds` */
	uint64_t *hash;  /* of each */
	uint64_t *kinds; /* with MODEL_GOES_ON */
	size_t names, hash_cap, kinds_cap;
	struct set word; /* tok_exact() to index into `path` */
	uint64_t *exact; /* of each word */
	uint32_t *of;    /* its path */
	size_t words, exact_cap, of_cap;
	struct set known; /* hash of a path to its index */
	struct model_path *path;
	size_t paths, path_cap;
	struct set seen; /* hash of a set of kinds to its index */
	uint64_t *sets;
	size_t n_sets, set_cap;
	struct tok_list raw, cut;
	uint64_t the; /* the hash of "the" */
	const char *why;
};

static int read_file(struct gather *, char *path, size_t *line,
    void (*row)(struct gather *, struct str, struct str));
static void name_row(struct gather *, struct str kind, struct str name);
static uint64_t *name_at(struct gather *, uint64_t hash);
static void class_row(struct gather *, struct str way, struct str rest);
static uint32_t path_at(struct gather *, struct model_path);
static uint32_t set_index(struct gather *, uint64_t kinds);
static void pack(struct bundle *, struct gather *);
static void set_head(struct model_head *, const struct gather *);
static void put(uint32_t *slot, uint32_t log2, uint64_t hash, uint32_t value);
static uint32_t log2_of(size_t n);
static void gather_free(struct gather *);

int
bundle_init(struct bundle *b, const struct plan *plan, char **file,
    size_t *line, const char **why)
{
	struct gather g = {.plan = plan, .the = tok_hash(STR_LIT("the"))};
	size_t i;
	int bad = 0;

	memset(b, 0, sizeof(*b));
	(void)path_at(&g, (struct model_path){0, 0});
	(void)set_index(&g, 0);
	for (i = 0; i < plan->lists && !bad; i++) {
		*file = plan->names[i];
		bad = read_file(&g, *file, line, name_row) == -1;
	}
	if (!bad && plan->classes != NULL) {
		*file = plan->classes;
		bad = read_file(&g, *file, line, class_row) == -1;
	}
	*why = g.why;
	if (!bad)
		pack(b, &g);
	gather_free(&g);
	return bad ? -1 : 0;
}

int
bundle_write(struct bundle *b, int fd)
{
	size_t skip = offsetof(struct model_head, types), at = 0;
	size_t size = b->head->size;

	b->head->sum = hash_64((struct str){b->bytes + skip, size - skip}, 0);
	while (at < size) {
		ssize_t got = write(fd, b->bytes + at, size - at);

		if (got > 0)
			at += (size_t)got;
		else if (got == -1 && errno != EINTR)
			return -1;
	}
	return 0;
}

void
bundle_free(struct bundle *b)
{
	free(b->bytes);
	memset(b, 0, sizeof(*b));
}

/* Hand out the first two columns of each row. */
static int
read_file(struct gather *g, char *path, size_t *line,
    void (*row)(struct gather *, struct str, struct str))
{
	char *args[2] = {path, NULL};
	struct str text;
	struct in in;
	int got;

	*line = 0;
	in_init(&in, args, IN_LINE_MAX);
	got = in_next(&in);
	while (
	    got == 1 && g->why == NULL && (got = in_entry(&in, &text)) == 1) {
		struct row_fields fields = row_fields(text);
		struct str first;

		if (text.n == 0 || text.p[0] == '#')
			continue;
		if (!row_field(&fields, &first) || !fields.left)
			g->why = "not a row of two columns";
		else
			row(g, first, fields.rest);
	}
	if (g->why != NULL)
		*line = in.line;
	in_free(&in);
	return got == -1 || g->why != NULL ? -1 : 0;
}

/* Enter a listed name, and what it begins with. */
static void
name_row(struct gather *g, struct str kind, struct str name)
{
	uint32_t k = plan_kind(g->plan, kind);
	const struct tok_list *l;
	uint64_t bit, hash;
	size_t i;
	int exact;

	if (k == UINT32_MAX)
		return;
	bit = (uint64_t)1 << k;
	exact = (g->plan->exact & bit) != 0;
	if (name.n > 8 && tok_hash(str_sub(name, 0, 3)) == g->the &&
	    name.p[3] == ' ')
		name = str_sub(name, 4, name.n);
	stop_text(&g->raw, name);
	l = hyphen_split(&g->raw, &g->cut, name);
	if (l->n == 0 || l->n > WORDS_MAX)
		return;
	hash = (uint64_t)exact;
	for (i = 0; i < l->n; i++) {
		if (i > 0)
			*name_at(g, hash) |= MODEL_GOES_ON;
		hash =
		    hash_join(hash, exact ? tok_exact(tok_str(name, &l->v[i]))
					  : lexeme_low(&l->v[i]));
	}
	*name_at(g, hash) |= bit;
}

/* The kinds of the name with this hash, which is added if it is new. */
static uint64_t *
name_at(struct gather *g, uint64_t hash)
{
	int fresh;
	uint32_t *at = set_at(&g->name, hash, &fresh);

	if (!fresh)
		return &g->kinds[*at];
	*at = (uint32_t)g->names;
	g->hash =
	    mem_grow(g->hash, &g->hash_cap, g->names + 1, sizeof(*g->hash));
	g->kinds =
	    mem_grow(g->kinds, &g->kinds_cap, g->names + 1, sizeof(*g->kinds));
	g->hash[g->names] = hash;
	g->kinds[g->names] = 0;
	return &g->kinds[g->names++];
}

/* Enter a word and its class, a way of "0" and "1". */
static void
class_row(struct gather *g, struct str way, struct str rest)
{
	struct model_path path = {0, 0};
	struct row_fields fields = row_fields(rest);
	struct str word;
	size_t i;
	uint64_t exact;
	int fresh;

	(void)row_field(&fields, &word);
	exact = tok_exact(word);

	for (i = 0; i < way.n; i++) {
		if (way.p[i] != '0' && way.p[i] != '1') {
			g->why = "way to a class is not of 0 and 1";
			return;
		}
		if (path.length < 32)
			path.bits |= (uint32_t)(way.p[i] - '0')
				     << path.length++;
	}
	(void)set_at(&g->word, exact, &fresh);
	if (!fresh || path.length == 0)
		return;
	g->exact =
	    mem_grow(g->exact, &g->exact_cap, g->words + 1, sizeof(*g->exact));
	g->of = mem_grow(g->of, &g->of_cap, g->words + 1, sizeof(*g->of));
	g->exact[g->words] = exact;
	g->of[g->words++] = path_at(g, path);
}

static uint32_t
path_at(struct gather *g, struct model_path path)
{
	int fresh;
	uint32_t *at = set_at(
	    &g->known, hash_join(path.bits, (uint64_t)path.length + 1), &fresh);

	if (fresh) {
		*at = (uint32_t)g->paths;
		g->path = mem_grow(
		    g->path, &g->path_cap, g->paths + 1, sizeof(*g->path));
		g->path[g->paths++] = path;
		if (g->paths == 65536)
			g->why = "more than 65535 word classes";
	}
	return *at;
}

static uint32_t
set_index(struct gather *g, uint64_t kinds)
{
	int fresh;
	uint32_t *at = set_at(&g->seen, hash_join(1, kinds), &fresh);

	if (fresh) {
		*at = (uint32_t)g->n_sets;
		g->sets = mem_grow(
		    g->sets, &g->set_cap, g->n_sets + 1, sizeof(*g->sets));
		g->sets[g->n_sets++] = kinds;
	}
	return *at;
}

/* Lay out the file and fill in the tables. */
static void
pack(struct bundle *b, struct gather *g)
{
	struct model_layout l;
	uint32_t *index, *slot;
	size_t none = 0, i;

	index = mem_grow(NULL, &none, g->names + 1, sizeof(*index));
	for (i = 0; i < g->names; i++)
		index[i] = set_index(g, g->kinds[i]);
	if (g->n_sets > 65535) {
		g->why = "more than 65535 sets of kinds";
		free(index);
		return;
	}
	none = 0;
	b->head = mem_grow(NULL, &none, 1, sizeof(*b->head));
	memset(b->head, 0, sizeof(*b->head));
	set_head(b->head, g);
	l = model_layout(b->head);
	b->head->size = l.end;
	none = 0;
	b->bytes = mem_grow(NULL, &none, l.end, 1);
	memset(b->bytes, 0, l.end);
	memcpy(b->bytes, b->head, sizeof(*b->head));
	free(b->head);
	b->head = (void *)b->bytes;
	b->row = (void *)(b->bytes + l.row);
	slot = (void *)(b->bytes + l.name);
	for (i = 0; i < g->names; i++)
		put(slot, b->head->log2_names, g->hash[i], index[i]);
	slot = (void *)(b->bytes + l.word);
	for (i = 0; i < g->words; i++)
		put(slot, b->head->log2_words, g->exact[i], g->of[i]);
	memcpy(b->bytes + l.set, g->sets, g->n_sets * sizeof(*g->sets));
	memcpy(b->bytes + l.path, g->path, g->paths * sizeof(*g->path));
	b->model = (struct model){b->head, b->row,
	    (const void *)(b->bytes + l.name),
	    (const void *)(b->bytes + l.word), (const void *)(b->bytes + l.set),
	    (const void *)(b->bytes + l.path), NULL};
	free(index);
}

static void
set_head(struct model_head *h, const struct gather *g)
{
	const struct plan *p = g->plan;
	uint32_t i;

	memcpy(h->magic, MODEL_MAGIC, sizeof(h->magic));
	h->order = MODEL_ORDER;
	h->version = MODEL_VERSION;
	h->types = p->types;
	h->kinds = p->kinds;
	h->log2_rows = p->log2_rows;
	h->log2_names = log2_of(g->names);
	h->log2_words = log2_of(g->words);
	h->sets = (uint32_t)g->n_sets;
	h->paths = (uint32_t)g->paths;
	for (i = 0; i < p->types; i++) {
		memcpy(h->type[i], p->type[i].p, p->type[i].n);
		h->speak[i] = p->speak[i];
		h->sure[i] = p->sure[i];
		h->alone[i] = p->alone[i];
	}
}

/* Two things of one place and check are one, whose first value holds. */
static void
put(uint32_t *slot, uint32_t log2, uint64_t hash, uint32_t value)
{
	uint32_t high = (uint32_t)(hash >> 48) << 16;
	size_t mask = ((size_t)1 << log2) - 1, i = (size_t)hash & mask;

	while (slot[i] != 0) {
		if ((slot[i] & 0xffff0000U) == high)
			return;
		i = (i + 1) & mask;
	}
	slot[i] = high | value;
}

/* For a table that is filled to three quarters at most. */
static uint32_t
log2_of(size_t n)
{
	uint32_t log2 = 4;

	while (((size_t)3 << log2) / 4 < n)
		log2++;
	return log2;
}

static void
gather_free(struct gather *g)
{
	set_free(&g->name);
	set_free(&g->word);
	set_free(&g->known);
	set_free(&g->seen);
	free(g->hash);
	free(g->kinds);
	free(g->exact);
	free(g->of);
	free(g->path);
	free(g->sets);
	tok_free(&g->raw);
	tok_free(&g->cut);
}
