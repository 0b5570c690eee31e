/* SPDX-License-Identifier: ISC */
#ifndef UNIT_VARY_H
#define UNIT_VARY_H

#include <assert.h>

#include "tests/unit/check.h"

/*
 * vary - random inputs for parsers: what is nearly right reaches more of them
 * than noise does.
 */

/* Bytes under way to be an input. */
struct vary {
	unsigned char p[2048];
	size_t n;
	uint64_t state;
};

static inline size_t
vary_below(struct vary *v, size_t n)
{
	assert(n > 0);
	return (size_t)(check_random(&v->state) % n);
}

static inline void
vary_byte(struct vary *v, int c)
{
	if (v->n < sizeof(v->p))
		v->p[v->n++] = (unsigned char)c;
}

static inline void
vary_add(struct vary *v, struct str s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		vary_byte(v, s.p[i]);
}

/* Add one of the `n` words. */
static inline struct str
vary_word(struct vary *v, const char *const *words, size_t n)
{
	struct str s = str_of(words[vary_below(v, n)]);

	vary_add(v, s);
	return s;
}

/* A byte of `bytes`, seldom any. */
static inline unsigned char
vary_any(struct vary *v, struct str bytes)
{
	return vary_below(v, 16) == 0 ? (unsigned char)vary_below(v, 256)
				      : bytes.p[vary_below(v, bytes.n)];
}

/*
 * Change, put in or take out some bytes from `from` on, of every second
 * input at most three; what comes in is of `bytes` or, seldom, any.
 */
static inline void
vary_spoil(struct vary *v, size_t from, struct str bytes)
{
	size_t edits = vary_below(v, 2) * (1 + vary_below(v, 3)), at;

	for (; edits > 0 && from < v->n && v->n < sizeof(v->p); edits--) {
		at = from + vary_below(v, v->n - from);
		switch (vary_below(v, 3)) {
		case 0:
			v->p[at] = vary_any(v, bytes);
			break;
		case 1:
			memmove(v->p + at + 1, v->p + at, v->n++ - at);
			v->p[at] = vary_any(v, bytes);
			break;
		default:
			memmove(v->p + at, v->p + at + 1, --v->n - at);
		}
	}
}

static inline struct str
vary_str(const struct vary *v)
{
	return (struct str){v->p, v->n};
}

#endif
