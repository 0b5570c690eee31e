/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/in.h"
#include "common/mem.h"
#include "common/re.h"
#include "common/utf.h"

#include "cmd/declutter/rule.h"

struct rule {
	struct re *re;
	size_t line;
	enum rule_verdict verdict;
};

static int parse(struct str, struct rule *, char[120]);

int
rule_load(struct rule_list *l, const char *path, char why[120], size_t *line)
{
	char *args[] = {NULL, NULL};
	struct str s;
	struct in in;
	int got;

	*line = 0;
	if ((l->path = strdup(path)) == NULL)
		return -1;
	l->costly.what = "pattern too costly, taken as no match";
	l->costly.status = 1;
	args[0] = l->path;
	in_init(&in, args, IN_LINE_MAX);
	got = in_next(&in);
	while (got == 1 && (got = in_line(&in, &s)) == 1) {
		struct rule rule = {.line = in.line};

		if (s.n > 0 && s.p[s.n - 1] == '\r')
			s.n--;
		if (s.n == 0 || s.p[0] == '#')
			continue;
		if (parse(s, &rule, why) == -1) {
			*line = in.line;
			got = -1;
			break;
		}
		l->v = mem_grow(l->v, &l->cap, l->n + 1, sizeof(*l->v));
		l->v[l->n++] = rule;
	}
	in_free(&in);
	return got == 0 ? 0 : -1;
}

enum rule_verdict
rule_match(struct rule_list *l, struct str text)
{
	size_t i, start, end;

	for (i = 0; i < l->n; i++) {
		int got = re_find(l->v[i].re, text, 0, &start, &end);

		if (got == 1)
			return l->v[i].verdict;
		if (got < 0)
			fault_add(&l->costly, 1, l->path, l->v[i].line);
	}
	return RULE_NONE;
}

void
rule_free(struct rule_list *l)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		re_free(l->v[i].re);
	free(l->v);
	free(l->path);
	*l = (struct rule_list){.n = 0};
}

/* Read one rule.  Returns 0, or -1 with what is wrong in `why`. */
static int
parse(struct str s, struct rule *rule, char why[120])
{
	static const char wrong[] = "not a rule `keep|drop TAB pattern`";
	static const char bytes[] = "not UTF-8";
	struct str keep = STR_LIT("keep\t"), drop = STR_LIT("drop\t");
	size_t at;

	if (str_starts(s, keep)) {
		rule->verdict = RULE_KEEP;
	} else if (str_starts(s, drop)) {
		rule->verdict = RULE_DROP;
	} else {
		memcpy(why, wrong, sizeof(wrong));
		return -1;
	}
	s = str_sub(s, keep.n, s.n);
	if (s.n == 0) {
		memcpy(why, wrong, sizeof(wrong));
		return -1;
	}
	if (utf_clean(s) < s.n) {
		memcpy(why, bytes, sizeof(bytes));
		return -1;
	}
	rule->re = re_new(s, why, &at);
	return rule->re == NULL ? -1 : 0;
}
