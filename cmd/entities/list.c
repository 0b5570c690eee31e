/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/hash.h"
#include "common/in.h"
#include "common/re.h"
#include "common/utf.h"

#include "cmd/entities/list.h"

static int add_row(struct list *, struct str, char why[160]);
static int add_name(struct list *, struct str, struct list_name, char why[160]);
static int
add_pattern(struct list *, struct str, struct list_name, char why[160]);
static int fail(char why[160], const char *message);
static struct str column(struct str *rest);
static size_t
name_at(struct list *, struct str, const struct tok_list *, size_t);
static void
find_pattern(struct list *, const struct list_pattern *, struct str);
static void match(struct list *, size_t at, size_t end, struct list_name);
static int by_place(const void *, const void *);
static void drop_overlaps(struct list *);
static uint64_t word_hash(struct str, const struct tok *);

uint32_t
list_type(struct list *l, struct str name)
{
	size_t i;

	for (i = 0; i < l->types; i++)
		if (str_eq(l->type[i], name))
			return (uint32_t)i;
	if (l->types == l->type_cap)
		l->type = mem_grow(
		    l->type, &l->type_cap, l->types + 1, sizeof(*l->type));
	l->type[l->types] = mem_dup(&l->mem, name);
	return (uint32_t)l->types++;
}

int
list_load(struct list *l, const char *path, char why[160], size_t *line)
{
	char name[] = "-", *args[2] = {name, NULL};
	struct str row;
	struct in in;
	int got, bad = 0;

	/* The operand list wants a pointer to char. */
	args[0] = mem_new(&l->mem, strlen(path) + 1, 1);
	memcpy(args[0], path, strlen(path) + 1);
	*line = 0;
	in_init(&in, args, IN_LINE_MAX);
	got = in_next(&in);
	while (got == 1 && !bad && (got = in_entry(&in, &row)) == 1) {
		size_t before = l->patterns;

		bad = add_row(l, row, why) == -1;
		if (l->patterns > before) {
			l->pattern[before].file = path;
			l->pattern[before].line = in.line;
		}
	}
	if (bad)
		*line = in.line;
	in_free(&in);
	return bad || got == -1 ? -1 : 0;
}

void
list_names(struct list *l, struct str text, const struct tok_list *toks)
{
	size_t i = 0, end;

	l->n = 0;
	while (l->names > 0 && i < toks->n) {
		end = name_at(l, text, toks, i);
		i = end > i ? end : i + 1;
	}
}

void
list_patterns(struct list *l, struct str text)
{
	size_t i;

	l->n = 0;
	for (i = 0; i < l->patterns; i++)
		find_pattern(l, &l->pattern[i], text);
	if (l->patterns > 1 && l->n > 1) {
		qsort(l->v, l->n, sizeof(*l->v), by_place);
		drop_overlaps(l);
	}
}

void
list_free(struct list *l)
{
	size_t i;

	for (i = 0; i < l->patterns; i++)
		re_free(l->pattern[i].re);
	free(l->type);
	free(l->name);
	free(l->pattern);
	free(l->v);
	set_free(&l->by_words);
	set_free(&l->by_first);
	tok_free(&l->toks);
	mem_free(&l->mem);
	memset(l, 0, sizeof(*l));
}

static int
add_row(struct list *l, struct str row, char why[160])
{
	struct list_name name = {{NULL, 0}, 0};
	struct str what, type;

	if (row.n == 0 || row.p[0] == '#')
		return 0;
	if (utf_clean(row) != row.n)
		return fail(why, "not clean UTF-8");
	what = column(&row);
	type = column(&row);
	name.canonical = mem_dup(&l->mem, column(&row));
	if (what.n == 0 || type.n == 0)
		return fail(why, "not a row `name TAB type [TAB canonical]`");
	if (memchr(what.p, '\r', what.n) != NULL ||
	    memchr(type.p, '\r', type.n) != NULL)
		return fail(why, "carriage return inside a row");
	name.type = list_type(l, type);
	if (what.p[0] == '/' && what.n > 2 && what.p[what.n - 1] == '/')
		return add_pattern(l, str_sub(what, 1, what.n - 1), name, why);
	return add_name(l, what, name, why);
}

static int
add_name(struct list *l, struct str what, struct list_name name, char why[160])
{
	uint64_t hash = 0;
	uint32_t *at;
	size_t i;
	int fresh;

	tok_text(&l->toks, what);
	if (l->toks.n == 0)
		return fail(why, "empty name");
	if (l->toks.n > LIST_WORDS_MAX)
		return fail(why, "name of more than 64 words");
	for (i = 0; i < l->toks.n; i++)
		hash = hash_join(hash, word_hash(what, &l->toks.v[i]));
	at = set_at(&l->by_first, word_hash(what, &l->toks.v[0]), &fresh);
	if (*at < l->toks.n)
		*at = (uint32_t)l->toks.n;
	at = set_at(&l->by_words, hash, &fresh);
	/* The first row of a name counts. */
	if (!fresh)
		return 0;
	*at = (uint32_t)l->names;
	if (l->names == l->name_cap)
		l->name = mem_grow(
		    l->name, &l->name_cap, l->names + 1, sizeof(*l->name));
	l->name[l->names++] = name;
	return 0;
}

static int
add_pattern(
    struct list *l, struct str what, struct list_name name, char why[160])
{
	char message[120];
	struct re *re;
	size_t at;

	re = re_new(what, message, &at);
	if (re == NULL) {
		snprintf(
		    why, 160, "pattern, at byte %zu: %.110s", at + 1, message);
		return -1;
	}
	if (l->patterns == l->pattern_cap)
		l->pattern = mem_grow(l->pattern, &l->pattern_cap,
		    l->patterns + 1, sizeof(*l->pattern));
	l->pattern[l->patterns++] = (struct list_pattern){re, NULL, 0, name};
	return 0;
}

static int
fail(char why[160], const char *message)
{
	memcpy(why, message, strlen(message) + 1);
	return -1;
}

/* Cut the first column off a row. */
static struct str
column(struct str *rest)
{
	const unsigned char *tab =
	    rest->n == 0 ? NULL : memchr(rest->p, '\t', rest->n);
	size_t n = tab == NULL ? rest->n : (size_t)(tab - rest->p);
	struct str s = str_sub(*rest, 0, n);

	*rest = str_sub(*rest, n + (tab != NULL), rest->n);
	return s;
}

/* Take the longest name at token `i`; returns the token behind it. */
static size_t
name_at(struct list *l, struct str text, const struct tok_list *toks, size_t i)
{
	uint64_t hash = word_hash(text, &toks->v[i]);
	const uint32_t *found = set_find(&l->by_first, hash), *best = NULL;
	size_t k, end = i, last;

	if (found == NULL)
		return i;
	last = toks->n - i < *found ? toks->n : i + *found;
	hash = hash_join(0, hash);
	for (k = i + 1;; k++) {
		found = set_find(&l->by_words, hash);
		if (found != NULL) {
			best = found;
			end = k;
		}
		if (k >= last)
			break;
		hash = hash_join(hash, word_hash(text, &toks->v[k]));
	}
	if (best != NULL)
		match(l, toks->v[i].at, toks->v[end - 1].end, l->name[*best]);
	return end;
}

static void
find_pattern(struct list *l, const struct list_pattern *p, struct str text)
{
	size_t from = 0, at, end, len;
	int got = 0;

	while (from <= text.n &&
	       (got = re_find(p->re, text, from, &at, &end)) == 1) {
		if (end > at) {
			match(l, at, end, p->name);
			from = end;
			continue;
		}
		if (end >= text.n)
			break;
		(void)utf_at(text.p + end, &len);
		from = end + len;
	}
	if (got == -1)
		fault_add(&l->costly, 1, p->file, p->line);
}

static void
match(struct list *l, size_t at, size_t end, struct list_name name)
{
	if (l->n == l->cap)
		l->v = mem_grow(l->v, &l->cap, l->n + 1, sizeof(*l->v));
	l->v[l->n++] = (struct list_match){
	    (uint32_t)at, (uint32_t)end, name.canonical, name.type};
}

/* By start, then the longer one; equal ones by type, to be the same always. */
static int
by_place(const void *a, const void *b)
{
	const struct list_match *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->end != y->end)
		return x->end > y->end ? -1 : 1;
	return x->type < y->type ? -1 : x->type > y->type;
}

static void
drop_overlaps(struct list *l)
{
	size_t i, kept = 1;

	for (i = 1; i < l->n; i++)
		if (l->v[i].at >= l->v[kept - 1].end)
			l->v[kept++] = l->v[i];
	l->n = kept;
}

static uint64_t
word_hash(struct str text, const struct tok *t)
{
	return tok_exact(tok_str(text, t));
}
