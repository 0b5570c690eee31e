/* SPDX-License-Identifier: ISC */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "common/re.h"

/* About a millisecond of backtracking; honest patterns need a thousandth. */
#define RE_MATCH_LIMIT 100000
#define RE_HEAP_KIB    4096
#define RE_JIT_STACK   ((size_t)256 << 10)

struct re {
	pcre2_code *code;
	pcre2_match_data *found;
	pcre2_match_context *limits;
	pcre2_jit_stack *stack;
};

struct re *
re_new(struct str pattern, char why[120], size_t *at)
{
	struct re *re;
	size_t none = 0;
	int error;
	PCRE2_SIZE offset;

	re = mem_grow(NULL, &none, 1, sizeof(*re));
	memset(re, 0, sizeof(*re));
	/* Unlike subjects, patterns come straight from the user: checked. */
	re->code = pcre2_compile(pattern.p, pattern.n,
	    PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C, &error, &offset,
	    NULL);
	if (re->code == NULL) {
		pcre2_get_error_message(error, (PCRE2_UCHAR *)why, 120);
		*at = offset;
		free(re);
		return NULL;
	}
	/* Without a JIT the interpreter serves, under the same limits. */
	(void)pcre2_jit_compile(re->code, PCRE2_JIT_COMPLETE);
	re->found = pcre2_match_data_create(1, NULL);
	re->limits = pcre2_match_context_create(NULL);
	re->stack = pcre2_jit_stack_create(32 << 10, RE_JIT_STACK, NULL);
	if (re->found == NULL || re->limits == NULL)
		mem_out();
	pcre2_set_match_limit(re->limits, RE_MATCH_LIMIT);
	pcre2_set_heap_limit(re->limits, RE_HEAP_KIB);
	pcre2_jit_stack_assign(re->limits, NULL, re->stack);
	return re;
}

int
re_find(struct re *re, struct str text, size_t from, size_t *start, size_t *end)
{
	static const unsigned char none[1];
	const PCRE2_SIZE *v;
	int got;

	got = pcre2_match(re->code, text.n == 0 ? none : text.p, text.n, from,
	    PCRE2_NO_UTF_CHECK, re->found, re->limits);
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
	pcre2_match_data_free(re->found);
	pcre2_code_free(re->code);
	free(re);
}
