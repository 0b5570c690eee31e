/* SPDX-License-Identifier: ISC */
#include <assert.h>
#include <string.h>

#include "common/gaz.h"
#include "common/hash.h"

BLOB_EMBED(names);
BLOB_EMBED(triggers);

/* Longer phrases of the lists are found by their head words. */
#define LONGEST 8

static const char *const name_kinds[] = {"A", "AA", "C", "D", "E", "F", "G",
    "OB", "OE", "OG", "OM", "OP", "OT", "P", "S", "Z", "W1", "W2"};
static const char *const trigger_kinds[] = {"AD", "B", "DR", "I", "J", "K",
    "LF", "LT", "M", "MN", "N", "NF", "OF", "OH", "ON", "OV", "OX", "PO", "PT",
    "Q", "R", "T", "TF", "TM", "V", "VX", "XF", "XM"};

static int agree(const struct blob *, const char *const *, size_t);
static int name_like(const struct tok *);
static void names(const struct gaz *, struct str, const struct tok_list *,
    size_t, struct gaz_word *);
static void triggers(
    const struct gaz *, const struct tok_list *, size_t, struct gaz_word *);
static int goes_on(const struct tok *);
static int short_form(struct str);
static int prefixed(const struct gaz *, struct str text, const struct tok *);

void
gaz_init(struct gaz *gaz)
{
	blob_open(&gaz->names, blob_names);
	blob_open(&gaz->triggers, blob_triggers);
	assert(agree(&gaz->names, name_kinds,
	    sizeof(name_kinds) / sizeof(name_kinds[0])));
	assert(agree(&gaz->triggers, trigger_kinds,
	    sizeof(trigger_kinds) / sizeof(trigger_kinds[0])));
	gaz->longest = gaz->names.head->longest;
	if (gaz->longest > LONGEST)
		gaz->longest = LONGEST;
}

void
gaz_block(const struct gaz *gaz, struct str text, const struct tok_list *l,
    struct gaz_word *v)
{
	size_t i;

	for (i = 0; i < l->n; i++) {
		v[i] = (struct gaz_word){.names = 0};
		if (l->v[i].kind == TOK_MARK)
			continue;
		v[i].name_like = (uint8_t)name_like(&l->v[i]);
		triggers(gaz, l, i, &v[i]);
		if (v[i].name_like && (short_form(tok_str(text, &l->v[i])) ||
					  prefixed(gaz, text, &l->v[i])))
			v[i].triggers |= GAZ_NEVER;
		if (v[i].name_like)
			names(gaz, text, l, i, &v[i]);
	}
}

static int
agree(const struct blob *b, const char *const *kinds, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (blob_kind(b, kinds[i]) != (uint32_t)1 << i)
			return 0;
	return b->head->kinds == n;
}

static int
name_like(const struct tok *t)
{
	if (t->kind != TOK_WORD || (t->flags & (TOK_OWNER | TOK_LOWER)) != 0)
		return 0;
	return 1;
}

/* Look up the word and the longest phrase from token `i` on. */
static void
names(const struct gaz *gaz, struct str text, const struct tok_list *l,
    size_t i, struct gaz_word *w)
{
	const struct tok *t = &l->v[i];
	uint64_t hash = hash_join(0, t->hash);
	size_t k, end = i + gaz->longest;

	w->names = blob_find(&gaz->names, hash);
	if (t->end - t->at <= 8)
		w->names |= blob_find(&gaz->names, tok_exact(tok_str(text, t)));
	if (end > l->n)
		end = l->n;
	for (k = i + 1; k < end && goes_on(&l->v[k]); k++) {
		uint32_t kinds;

		hash = hash_join(hash, l->v[k].hash);
		if (l->v[k].kind == TOK_MARK ||
		    (l->v[k].flags & TOK_LOWER) != 0)
			continue;
		kinds = blob_find(&gaz->names, hash);
		if (kinds != 0) {
			w->phrase = kinds;
			w->phrase_n = (uint8_t)(k + 1 - i);
		}
	}
}

/* Whether a phrase may go on over this token. */
static int
goes_on(const struct tok *t)
{
	if (t->kind == TOK_MARK)
		return t->hash == '&' || t->hash == ',' || t->hash == '.' ||
		       t->hash == '\'' || t->hash == '-';
	if ((t->flags & TOK_LOWER) != 0)
		return t->end - t->at <= 4;
	return 1;
}

static void
triggers(const struct gaz *gaz, const struct tok_list *l, size_t i,
    struct gaz_word *w)
{
	uint64_t hash = hash_join(0, l->v[i].hash);
	size_t k;

	w->triggers = blob_find(&gaz->triggers, hash);
	if ((w->triggers & GAZ_STARTS) == 0)
		return;
	for (k = i + 1; k < l->n && k < i + 4; k++) {
		uint32_t kinds;

		if (l->v[k].kind == TOK_MARK)
			return;
		hash = hash_join(hash, l->v[k].hash);
		kinds = blob_find(&gaz->triggers, hash);
		if (kinds != 0) {
			w->title = kinds;
			w->title_n = (uint8_t)(k + 1 - i);
		}
	}
}

/* Whether the word is a short form such as We'll or Don't, or the plural of
 * capitals: APIs, MPs. */
static int
short_form(struct str s)
{
	static const char tails[][3] = {"ll", "re", "ve", "m", "d", "t", "S"};
	size_t i, k;

	if (s.n > 2 && s.n < 7 && s.p[s.n - 1] == 's') {
		for (i = 0; i + 1 < s.n && s.p[i] >= 'A' && s.p[i] <= 'Z';)
			i++;
		return i + 1 == s.n;
	}
	for (i = s.n > 3 ? s.n - 3 : 0; i < s.n; i++)
		if (s.p[i] == '\'' || s.p[i] == 0x99)
			break;
	if (i == s.n)
		return 0;
	if (s.p[i] == 0x99 &&
	    !str_ends(str_sub(s, 0, i + 1), STR_LIT("\xe2\x80\x99")))
		return 0;
	for (k = 0; k < sizeof(tails) / sizeof(tails[0]); k++)
		if (str_eq(str_sub(s, i + 1, s.n), str_of(tails[k])))
			return 1;
	return 0;
}

/* Whether the word is one that is never a name, with a prefix: mid-July. */
static int
prefixed(const struct gaz *gaz, struct str text, const struct tok *t)
{
	struct str s = tok_str(text, t);
	size_t i;

	/* The party and state of American politicians: D-Mass., R-Ohio. */
	if (s.n > 2 && s.p[1] == '-' && s.p[2] >= 'A' && s.p[2] <= 'Z')
		return s.p[0] == 'D' || s.p[0] == 'R' || s.p[0] == 'I';
	if ((t->flags & TOK_CAPITAL) != 0)
		return 0;
	for (i = 0; i < s.n && s.p[i] >= 'a' && s.p[i] <= 'z';)
		i++;
	if (i + 1 >= s.n || s.p[i] != '-')
		return 0;
	s = str_sub(s, i + 1, s.n);
	return (blob_find(&gaz->triggers, hash_join(0, tok_hash(s))) &
		   (GAZ_NEVER | GAZ_CALENDAR)) != 0;
}
