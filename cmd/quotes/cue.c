/* SPDX-License-Identifier: ISC */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/hash.h"
#include "common/mem.h"
#include "common/utf.h"

#include "cmd/quotes/cue.h"

/* The built-in list, as it is written, and its bytes. */
__asm__(".section .rodata\n"
	".balign 8\n"
	"cue_text_size:\n"
	".quad cue_text_end - cue_text\n"
	"cue_text:\n"
	".incbin \"cmd/quotes/data/cues.tsv\"\n"
	"cue_text_end:\n"
	".previous\n");
extern const unsigned char cue_text[] __attribute__((visibility("hidden")));
extern const uint64_t cue_text_size __attribute__((visibility("hidden")));

/* Values in the set: 1 + index of the cue, and whether it may go on. */
#define INDEX 0x7fffffffu
#define MORE  0x80000000u

static int read_row(struct cue_list *, struct str, char why[120]);
static int fail(char why[120], const char *what, struct str field);
static int weight_of(struct str, float *);
static int choice(struct str, const char *const *, uint8_t *);
static int put(struct cue_list *, struct str form, struct cue);

void
cue_init(struct cue_list *l)
{
	struct str text = {cue_text, (size_t)cue_text_size};
	char why[120];
	size_t line;
	int bad;

	*l = (struct cue_list){0};
	bad = cue_read(l, text, why, &line);
	assert(bad == 0);
	(void)bad;
}

int
cue_read(struct cue_list *l, struct str text, char why[120], size_t *line)
{
	size_t at = 0, number = 0;

	while (at < text.n) {
		const unsigned char *end =
		    memchr(text.p + at, '\n', text.n - at);
		size_t to = end == NULL ? text.n : (size_t)(end - text.p);
		struct str row = str_sub(text, at, to);

		at = to + 1;
		number++;
		row = str_entry(row);
		if (row.n == 0 || row.p[0] == '#')
			continue;
		if (read_row(l, row, why) == -1) {
			*line = number;
			return -1;
		}
	}
	return 0;
}

void
cue_clear(struct cue_list *l)
{
	l->n = 0;
	set_clear(&l->set);
	l->glance = (struct glance){{0}};
	memset(l->first, 0, sizeof(l->first));
}

size_t
cue_at(const struct cue_list *l, const struct tok *t, size_t n, size_t *len)
{
	uint64_t hash = 0;
	size_t i, found = 0;

	*len = 0;
	if (!cue_may_begin(l, t->hash))
		return 0;
	for (i = 0; i < n && i < CUE_WORDS; i++) {
		const uint32_t *value;

		hash = hash_join(hash, t[i].hash);
		if ((value = set_find(&l->set, hash)) == NULL)
			break;
		if ((*value & INDEX) != 0) {
			found = *value & INDEX;
			*len = i + 1;
		}
		if ((*value & MORE) == 0)
			break;
	}
	return found;
}

void
cue_free(struct cue_list *l)
{
	free(l->v);
	set_free(&l->set);
	tok_free(&l->toks);
	*l = (struct cue_list){0};
}

static int
read_row(struct cue_list *l, struct str row, char why[120])
{
	static const char *const frames[] = {"clause", "comma", "hearer",
	    "marks", "object", "source", "aim", "noun", "seem", "so", "term",
	    NULL};
	static const char *const classes[] = {"other", "core", "mind", NULL};
	uint8_t class = 0;
	struct str field[4];
	struct cue cue = {0};
	size_t i, at = 0;

	if (utf_clean(row) != row.n)
		return fail(why, "not clean UTF-8", (struct str){0});
	for (i = 0; i < 4 && at <= row.n; i++) {
		const unsigned char *tab =
		    at == row.n ? NULL : memchr(row.p + at, '\t', row.n - at);
		size_t to = tab == NULL ? row.n : (size_t)(tab - row.p);

		field[i] = str_sub(row, at, to);
		at = to + 1;
	}
	if (i < 4 || at <= row.n)
		return fail(why, "not four columns", (struct str){0});
	if (weight_of(field[1], &cue.weight) == -1)
		return fail(why, "weight not from 0 to 1", field[1]);
	if (choice(field[2], frames, &cue.frame) == -1)
		return fail(why, "unknown frame", field[2]);
	if (choice(field[3], classes, &class) == -1)
		return fail(why, "unknown class", field[3]);
	cue.core = class == 1;
	cue.mind = class == 2;
	if (put(l, field[0], cue) == -1)
		return fail(why, "form not of 1 to 4 words", field[0]);
	return 0;
}

static int
fail(char why[120], const char *what, struct str field)
{
	size_t n = field.n < 60 ? field.n : 60;

	/* Do not cut a character in two. */
	while (n > 0 && n < field.n && (field.p[n] & 0xc0) == 0x80)
		n--;
	if (field.n == 0)
		(void)snprintf(why, 120, "%s", what);
	else
		(void)snprintf(
		    why, 120, "%s: %.*s", what, (int)n, (const char *)field.p);
	return -1;
}

/* Read "0", "1", "0.875": strtod(3) would ask the locale for its point. */
static int
weight_of(struct str s, float *weight)
{
	float unit = 1, value = 0;
	size_t i;

	if (s.n == 0 || s.n > 9 || (s.p[0] != '0' && s.p[0] != '1') ||
	    (s.n > 1 && s.p[1] != '.') || s.n == 2)
		return -1;
	value = (float)(s.p[0] - '0');
	for (i = 2; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return -1;
		unit /= 10;
		value += unit * (float)(s.p[i] - '0');
	}
	if (value > 1)
		return -1;
	*weight = value;
	return 0;
}

static int
choice(struct str s, const char *const *words, uint8_t *which)
{
	size_t i;

	for (i = 0; words[i] != NULL; i++) {
		if (str_eq(s, str_of(words[i]))) {
			*which = (uint8_t)i;
			return 0;
		}
	}
	return -1;
}

static int
put(struct cue_list *l, struct str form, struct cue cue)
{
	uint64_t hash = 0;
	uint32_t *value = NULL;
	size_t i;
	int fresh;

	tok_text(&l->toks, form);
	if (l->toks.n == 0 || l->toks.n > CUE_WORDS || l->n >= INDEX - 1)
		return -1;
	for (i = 0; i < l->toks.n; i++) {
		hash = hash_join(hash, l->toks.v[i].hash);
		if (i == 0) {
			size_t k = l->toks.v[0].hash % CUE_FIRST;

			l->first[k / 64] |= (uint64_t)1 << k % 64;
		}
		value = set_at(&l->set, hash, &fresh);
		if (i + 1 < l->toks.n)
			*value |= MORE;
	}
	if (l->n == l->cap)
		l->v = mem_grow(l->v, &l->cap, l->n + 1, sizeof(*l->v));
	l->v[l->n++] = cue;
	glance_add(&l->glance, form);
	*value = (*value & MORE) | (uint32_t)l->n;
	return 0;
}
