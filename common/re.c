/* SPDX-License-Identifier: ISC */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "common/re.h"

/* What backtracking may keep in mind. */
#define RE_HEAP_KIB  4096
#define RE_JIT_STACK ((size_t)256 << 10)

/*
 * What one match may cost, in bytes looked at, of which a millisecond does
 * some 500000.  PCRE2's own limit counts no steps inside of a repeated
 * character and begins again at each place where a match could begin.  To
 * come to an item of the pattern costs what RE_ITEM bytes do, and honest
 * patterns come to each item at each byte less than once.
 */
#define RE_ITEM ((size_t)8)
#define RE_COST ((size_t)700000)

/* Lines up to here are first tried without counting: see plain(). */
#define RE_SHORT       ((size_t)4096)
#define RE_SHORT_LIMIT 200
#define RE_MAYBES      4

struct re {
	pcre2_code *code;  /* counts what a match costs */
	pcre2_code *quick; /* the same, uncounted; NULL if it is not plain */
	pcre2_match_data *found;
	pcre2_match_context *limits, *quick_limits;
	pcre2_jit_stack *stack;
	size_t length;  /* of the pattern, in bytes */
	uint32_t least; /* characters that a match has */
	size_t begin;   /* where the try begins that is under way */
	size_t at;      /* the byte of the subject that was reached last */
	size_t cost, most;
};

static pcre2_code *compile(struct str, uint32_t, int *, size_t *);
static int plain(struct str);
static int one_of(unsigned char, const char *);
static int count(pcre2_callout_block *, void *);
static pcre2_match_context *limit(struct re *);

struct re *
re_new(struct str pattern, char why[120], size_t *at)
{
	struct re *re;
	size_t none = 0;
	int error;

	re = mem_grow(NULL, &none, 1, sizeof(*re));
	memset(re, 0, sizeof(*re));
	re->code = compile(pattern, PCRE2_AUTO_CALLOUT, &error, at);
	if (re->code == NULL) {
		pcre2_get_error_message(error, (PCRE2_UCHAR *)why, 120);
		free(re);
		return NULL;
	}
	if (plain(pattern))
		re->quick = compile(pattern, 0, &error, at);
	re->length = pattern.n;
	pcre2_pattern_info(re->code, PCRE2_INFO_MINLENGTH, &re->least);
	re->found = pcre2_match_data_create(1, NULL);
	re->stack = pcre2_jit_stack_create(32 << 10, RE_JIT_STACK, NULL);
	re->limits = limit(re);
	re->quick_limits = limit(re);
	pcre2_set_match_limit(re->quick_limits, RE_SHORT_LIMIT);
	if (re->found == NULL)
		mem_out();
	return re;
}

int
re_find(struct re *re, struct str text, size_t from, size_t *start, size_t *end)
{
	static const unsigned char none[1];
	const unsigned char *p = text.n == 0 ? none : text.p;
	const PCRE2_SIZE *v;
	int got = PCRE2_ERROR_MATCHLIMIT;

	if (from == 0)
		re->cost = 0;
	if (re->quick != NULL && text.n - from <= RE_SHORT)
		got = pcre2_match(re->quick, p, text.n, from,
		    PCRE2_NO_UTF_CHECK, re->found, re->quick_limits);
	if (got < 0 && got != PCRE2_ERROR_NOMATCH) {
		re->at = from;
		re->begin = SIZE_MAX;
		re->most = RE_COST + text.n * (re->length + 1) * RE_ITEM;
		got = pcre2_match(re->code, p, text.n, from, PCRE2_NO_UTF_CHECK,
		    re->found, re->limits);
	}
	if (got == PCRE2_ERROR_NOMATCH)
		return 0;
	if (got < 0)
		return -1;
	v = pcre2_get_ovector_pointer(re->found);
	*start = v[0];
	*end = v[1];
	/* \K in a lookahead can put the start behind the end. */
	return *start <= *end;
}

void
re_free(struct re *re)
{
	if (re == NULL)
		return;
	pcre2_jit_stack_free(re->stack);
	pcre2_match_context_free(re->limits);
	pcre2_match_context_free(re->quick_limits);
	pcre2_match_data_free(re->found);
	pcre2_code_free(re->code);
	pcre2_code_free(re->quick);
	free(re);
}

static pcre2_code *
compile(struct str pattern, uint32_t more, int *error, size_t *at)
{
	pcre2_code *code;
	PCRE2_SIZE offset;

	/* Unlike subjects, patterns come straight from the user: checked. */
	code = pcre2_compile(pattern.p, pattern.n,
	    PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | more, error,
	    &offset, NULL);
	if (code == NULL) {
		*at = offset;
		return NULL;
	}
	/* Without a JIT the interpreter serves, under the same limits. */
	(void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
	return code;
}

/*
 * Whether nothing in the pattern can repeat or refer to another part: then a
 * match costs little at each byte, without counting.  That is so of lists of
 * words, and saves half of the time and more.  In doubt it is not plain.
 */
static int
plain(struct str s)
{
	size_t i, maybes = 0;

	for (i = 0; i < s.n; i++) {
		const char *next = NULL;

		if (one_of(s.p[i], "*+{"))
			return 0;
		if (s.p[i] == '?' && ++maybes > RE_MAYBES)
			return 0;
		/* Of escapes, flags and groups those that look like these. */
		if (s.p[i] == '\\') {
			next = "bBdDsSwW.?*+()[]{}|/-";
		} else if (s.p[i] == '(' && i + 1 < s.n && s.p[i + 1] == '?') {
			next = ":i=!";
			i++;
		}
		if (next != NULL && (++i >= s.n || !one_of(s.p[i], next)))
			return 0;
	}
	return 1;
}

static int
one_of(unsigned char c, const char *all)
{
	return c != '\0' && strchr(all, c) != NULL;
}

/* PCRE2 comes here before each item of the pattern, at each try. */
static int
count(pcre2_callout_block *now, void *arg)
{
	struct re *re = arg;
	size_t at = now->current_position;

	re->cost += RE_ITEM + (at > re->at ? at - re->at : re->at - at);
	re->at = at;
	/* A try may fail at the end of what must be repeated, unseen. */
	if (now->start_match != re->begin)
		re->cost += re->least;
	re->begin = now->start_match;
	return re->cost > re->most ? PCRE2_ERROR_CALLOUT : 0;
}

static pcre2_match_context *
limit(struct re *re)
{
	pcre2_match_context *to = pcre2_match_context_create(NULL);

	if (to == NULL)
		mem_out();
	pcre2_set_heap_limit(to, RE_HEAP_KIB);
	pcre2_jit_stack_assign(to, NULL, re->stack);
	pcre2_set_callout(to, count, re);
	return to;
}
