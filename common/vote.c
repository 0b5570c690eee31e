/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/hash.h"
#include "common/mem.h"
#include "common/vote.h"

/* How much what a group says in the mean counts, beside what a mention says
 * itself. */
#define OTHERS 2

/* Mentions of the same words, or whose words begin with the same letters. */
struct vote_group {
	int64_t say[CANON_TYPES];
	int64_t n;
};

static uint64_t letters_key(const struct canon_mention *);
static void speak(struct vote *, const struct canon_mention *, uint64_t key);
static int hear(const struct vote *, uint64_t key, int64_t *say);

void
vote_find(struct vote *a, struct canon_mention *v, size_t n,
    const uint8_t *type, uint32_t types)
{
	size_t i;

	set_forget(&a->by);
	a->n = 0;
	for (i = 0; i < n; i++) {
		const struct canon_mention *m = &v[i];
		int person = m->words > 1 && m->type == CANON_PER;

		speak(a, m, person ? hash_join(0, m->tail) : m->name);
		if (m->words > 1)
			speak(a, m, letters_key(m));
	}
	for (i = 0; i < n; i++) {
		int64_t say[CANON_TYPES];
		uint32_t k, best = 0;

		for (k = 0; k < CANON_TYPES; k++)
			say[k] = v[i].say[k];
		if (!hear(a, v[i].name, say))
			continue;
		if (v[i].acronym)
			(void)hear(a, letters_key(&v[i]), say);
		for (k = 1; k < types; k++)
			if (say[k] > say[best])
				best = k;
		v[i].type = type[best];
	}
}

void
vote_free(struct vote *a)
{
	set_free(&a->by);
	free(a->v);
	memset(a, 0, sizeof(*a));
}

/* What an acronym and the names that it may be of have in common. */
static uint64_t
letters_key(const struct canon_mention *m)
{
	return hash_join(1, m->initials);
}

/* Count a mention to the group of a key. */
static void
speak(struct vote *a, const struct canon_mention *m, uint64_t key)
{
	struct vote_group *g;
	int fresh;
	uint32_t *at = set_at(&a->by, key, &fresh), k;

	if (fresh) {
		*at = (uint32_t)a->n++;
		a->v = mem_grow(a->v, &a->cap, a->n, sizeof(*a->v));
		a->v[*at] = (struct vote_group){{0}, 0};
	}
	g = &a->v[*at];
	g->n++;
	for (k = 0; k < CANON_TYPES; k++)
		g->say[k] += m->say[k];
}

/* Add what the group of a key says in the mean; returns 0 if there is none. */
static int
hear(const struct vote *a, uint64_t key, int64_t *say)
{
	const uint32_t *at = set_find(&a->by, key);
	uint32_t k;

	if (at == NULL)
		return 0;
	for (k = 0; k < CANON_TYPES; k++)
		say[k] += OTHERS * a->v[*at].say[k] / a->v[*at].n;
	return 1;
}
