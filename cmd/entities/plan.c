/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/in.h"
#include "common/row.h"

#include "cmd/entities/plan.h"

/* One row, cut into words as it is read. */
struct words {
	struct plan *plan;
	struct str rest;
	char *why;
};

static int row(struct plan *, struct str, char why[160]);
static int types_row(struct words *);
static int kind_row(struct words *);
static int names_row(struct words *);
static int classes_row(struct words *);
static int set_row(struct words *);
static int set_option(struct words *, struct plan_set *, struct str);
static int unmarked(struct words *, struct plan_set *, struct str);
static int number_row(struct words *, struct str what);
static struct str next(struct words *);
static int file(struct words *, char **name);
static int row_end(struct words *);
static int fail(const struct words *, const char *message, struct str about);
static uint32_t index_of(const struct str *, uint32_t n, struct str);

int
plan_load(struct plan *p, const char *path, char why[160], size_t *line)
{
	char *args[2] = {NULL, NULL};
	struct str text;
	struct in in;
	int got, bad = 0;

	memset(p, 0, sizeof(*p));
	p->rounds = 6;
	p->log2_rows = 18;
	p->margin = 5;
	p->seed = 1;
	*line = 0;
	args[0] = mem_new(&p->mem, strlen(path) + 1, 1);
	memcpy(args[0], path, strlen(path) + 1);
	in_init(&in, args, IN_LINE_MAX);
	got = in_next(&in);
	while (got == 1 && !bad && (got = in_entry(&in, &text)) == 1)
		bad = row(p, text, why) == -1;
	if (bad)
		*line = in.line;
	in_free(&in);
	if (bad || got == -1)
		return -1;
	*line = 1;
	if (p->types > 0 && p->sets > 0)
		return 0;
	return fail(
	    &(struct words){.why = why}, "no types or no sets", str_of(path));
}

uint32_t
plan_type(const struct plan *p, struct str s)
{
	return index_of(p->type, p->types, s);
}

uint32_t
plan_kind(const struct plan *p, struct str s)
{
	return index_of(p->kind, p->kinds, s);
}

void
plan_free(struct plan *p)
{
	free(p->names);
	free(p->set);
	mem_free(&p->mem);
	memset(p, 0, sizeof(*p));
}

static int
row(struct plan *p, struct str text, char why[160])
{
	static const struct {
		const char *word;
		int (*read)(struct words *);
	} rows[] = {{"types", types_row}, {"kind", kind_row},
	    {"names", names_row}, {"classes", classes_row}, {"set", set_row}};
	struct words w = {p, text, why};
	struct str what = next(&w);
	size_t i;

	if (what.n == 0 || what.p[0] == '#')
		return 0;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (str_eq(what, str_of(rows[i].word)))
			return rows[i].read(&w);
	return number_row(&w, what);
}

static int
types_row(struct words *w)
{
	struct str s;

	while ((s = next(w)).n > 0) {
		if (w->plan->types == MODEL_TYPES)
			return fail(w, "more than four types, with", s);
		if (s.n > 15)
			return fail(w, "more than 15 bytes in type", s);
		w->plan->type[w->plan->types++] = mem_dup(&w->plan->mem, s);
	}
	return 0;
}

/* kind NAME TYPE [sure] [alone] [exact] */
static int
kind_row(struct words *w)
{
	struct plan *p = w->plan;
	struct str s = next(w), type = next(w);
	uint32_t t = plan_type(p, type);
	uint64_t bit;

	if (p->kinds == MODEL_KINDS)
		return fail(w, "more than 62 kinds, with", s);
	if (t == UINT32_MAX)
		return fail(w, "unknown type", type);
	bit = (uint64_t)1 << p->kinds;
	p->kind[p->kinds++] = mem_dup(&p->mem, s);
	p->speak[t] |= bit;
	while ((s = next(w)).n > 0) {
		if (str_eq(s, STR_LIT("sure")))
			p->sure[t] |= bit;
		else if (str_eq(s, STR_LIT("alone")))
			p->alone[t] |= bit;
		else if (str_eq(s, STR_LIT("exact")))
			p->exact |= bit;
		else
			return fail(w, "unknown word", s);
	}
	return 0;
}

static int
names_row(struct words *w)
{
	struct plan *p = w->plan;

	p->names =
	    mem_grow(p->names, &p->list_cap, p->lists + 1, sizeof(*p->names));
	return file(w, &p->names[p->lists++]) == -1 ? -1 : row_end(w);
}

static int
classes_row(struct words *w)
{
	return file(w, &w->plan->classes) == -1 ? -1 : row_end(w);
}

/* set RECORDS GOLD [OPTION=VALUE ...] */
static int
set_row(struct words *w)
{
	struct plan *p = w->plan;
	struct plan_set *set;
	struct str s;

	p->set = mem_grow(p->set, &p->set_cap, p->sets + 1, sizeof(*p->set));
	set = &p->set[p->sets++];
	*set = (struct plan_set){.weight = 1};
	if (file(w, &set->records) == -1 || file(w, &set->gold) == -1)
		return -1;
	while ((s = next(w)).n > 0)
		if (set_option(w, set, s) == -1)
			return -1;
	return 0;
}

static int
set_option(struct words *w, struct plan_set *set, struct str s)
{
	const unsigned char *eq = memchr(s.p, '=', s.n);
	struct str key, value;

	if (eq == NULL)
		return fail(w, "unknown word", s);
	key = str_sub(s, 0, (size_t)(eq - s.p));
	value = str_sub(s, key.n + 1, s.n);
	if (str_eq(key, STR_LIT("unmarked")))
		return unmarked(w, set, value);
	if ((str_eq(key, STR_LIT("weight")) &&
		row_number32(value, 100, &set->weight)) ||
	    (str_eq(key, STR_LIT("domain")) &&
		row_number32(value, 100, &set->domain)) ||
	    (str_eq(key, STR_LIT("capitals")) &&
		row_number32(value, 1000, &set->capitals)))
		return 0;
	return fail(w, "unknown option or bad number", s);
}

static int
unmarked(struct words *w, struct plan_set *set, struct str s)
{
	uint32_t type = plan_type(w->plan, s);

	if (type == UINT32_MAX)
		return fail(w, "unknown type", s);
	set->unmarked |= (uint32_t)1 << type;
	return 0;
}

static int
number_row(struct words *w, struct str what)
{
	struct plan *p = w->plan;
	struct str s = next(w);
	int bad;

	if (str_eq(what, STR_LIT("rounds")))
		bad = !row_number32(s, 1000, &p->rounds);
	else if (str_eq(what, STR_LIT("rows")))
		bad = !row_number32(s, 24, &p->log2_rows) || p->log2_rows == 0;
	else if (str_eq(what, STR_LIT("margin")))
		bad = !row_number32(s, 1000, &p->margin);
	else if (str_eq(what, STR_LIT("seed")))
		bad = !row_number32(s, UINT32_MAX, &p->seed);
	else
		return fail(w, "unknown row", what);
	return bad == 0 ? row_end(w) : fail(w, "bad number", s);
}

/* The next word of the row, empty at its end. */
static struct str
next(struct words *w)
{
	size_t i = 0, from;

	while (i < w->rest.n && (w->rest.p[i] == ' ' || w->rest.p[i] == '\t'))
		i++;
	for (from = i; i < w->rest.n;) {
		if (w->rest.p[i] == ' ' || w->rest.p[i] == '\t')
			break;
		i++;
	}
	struct str s = str_sub(w->rest, from, i);

	w->rest = str_sub(w->rest, i, w->rest.n);
	return s;
}

/* The next word as the name of a file. */
static int
file(struct words *w, char **name)
{
	struct str s = next(w);

	*name = NULL;
	if (s.n == 0 || memchr(s.p, '\0', s.n) != NULL)
		return fail(w, "no file name", s);
	*name = mem_new(&w->plan->mem, s.n + 1, 1);
	memcpy(*name, s.p, s.n);
	(*name)[s.n] = '\0';
	return 0;
}

/* A name with a blank in it, say, is not taken for its first half. */
static int
row_end(struct words *w)
{
	struct str s = next(w);

	return s.n == 0 ? 0 : fail(w, "unknown word", s);
}

static int
fail(const struct words *w, const char *message, struct str about)
{
	snprintf(w->why, 160, "%s: %.*s", message,
	    (int)(about.n < 80 ? about.n : 80), (const char *)about.p);
	return -1;
}

static uint32_t
index_of(const struct str *v, uint32_t n, struct str s)
{
	uint32_t i;

	for (i = 0; i < n; i++)
		if (str_eq(v[i], s))
			return i;
	return UINT32_MAX;
}
