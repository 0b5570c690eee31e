/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "common/in.h"
#include "common/mem.h"
#include "common/re.h"
#include "common/utf.h"

#include "cmd/declutter/rule.h"

struct rule {
	struct re *re;
	const char *path;
	size_t line;
	enum rule_verdict verdict;
	char *host; /* NULL for all */
};

static int parse(struct str, struct rule *, char[120]);
static int fail(char[120], const char *);
static struct str field(struct str *);
static int set_host(struct rule *, struct str, char[120]);
static int holds(const struct rule *, struct str);
static int find(struct rule_list *, size_t, struct str);

int
rule_load(struct rule_list *l, const char *path, char why[120], size_t *line)
{
	char *args[] = {NULL, NULL};
	struct str s;
	struct in in;
	int got, error;

	*line = 0;
	/* The operand list wants a pointer to char. */
	if ((args[0] = strdup(path)) == NULL)
		return -1;
	l->costly.what = RULE_COSTLY;
	l->costly.status = 1;
	in_init(&in, args, IN_LINE_MAX);
	got = in_next(&in);
	while (got == 1 && (got = in_entry(&in, &s)) == 1) {
		struct rule rule = {.path = path, .line = in.line};

		if (s.n == 0 || s.p[0] == '#')
			continue;
		if (parse(s, &rule, why) == -1) {
			*line = in.line;
			got = -1;
			break;
		}
		l->v = mem_grow(l->v, &l->cap, l->n + 1, sizeof(*l->v));
		l->v[l->n++] = rule;
		l->bounds += rule.verdict >= RULE_START;
	}
	error = errno;
	in_free(&in);
	free(args[0]);
	errno = error;
	return got == 0 ? 0 : -1;
}

enum rule_verdict
rule_match(struct rule_list *l, struct str text, struct str host)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (l->v[i].verdict < RULE_START && holds(&l->v[i], host) &&
		    find(l, i, text))
			return l->v[i].verdict;
	return RULE_NONE;
}

int
rule_bound(struct rule_list *l, enum rule_verdict verdict, struct str text,
    struct str host)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (l->v[i].verdict == verdict && holds(&l->v[i], host) &&
		    find(l, i, text))
			return 1;
	return 0;
}

void
rule_free(struct rule_list *l)
{
	size_t i;

	for (i = 0; i < l->n; i++) {
		re_free(l->v[i].re);
		free(l->v[i].host);
	}
	free(l->v);
	*l = (struct rule_list){.n = 0};
}

/* Read one rule.  Returns 0, or -1 with what is wrong in `why`. */
static int
parse(struct str s, struct rule *rule, char why[120])
{
	static const char *const names[] = {"keep", "drop", "start", "stop"};
	struct str name = field(&s), pattern;
	size_t k, at;

	for (k = 0; k < 4 && !str_eq(name, str_of(names[k]));)
		k++;
	pattern = field(&s);
	if (k == 4 || pattern.n == 0)
		return fail(
		    why, "not a rule `keep|drop|start|stop TAB pattern`");
	rule->verdict = (enum rule_verdict)(RULE_KEEP + k);
	if (utf_clean(pattern) < pattern.n)
		return fail(why, "not UTF-8");
	if (s.p != NULL && set_host(rule, s, why) == -1)
		return -1;
	rule->re = re_new(pattern, why, &at);
	if (rule->re == NULL)
		free(rule->host);
	return rule->re == NULL ? -1 : 0;
}

static int
fail(char why[120], const char *what)
{
	memcpy(why, what, strlen(what) + 1);
	return -1;
}

/* Cut the field up to the next tab off `*s`, which gets no bytes, and NULL,
 * where there is no tab. */
static struct str
field(struct str *s)
{
	struct str got = *s;
	const unsigned char *tab = s->n == 0 ? NULL : memchr(s->p, '\t', s->n);

	if (tab == NULL) {
		*s = (struct str){NULL, 0};
		return got;
	}
	got.n = (size_t)(tab - s->p);
	*s = str_sub(*s, got.n + 1, s->n);
	return got;
}

static int
set_host(struct rule *rule, struct str host, char why[120])
{
	size_t i;

	if (host.n == 0)
		return fail(why, "empty host");
	for (i = 0; i < host.n; i++)
		if (host.p[i] <= ' ' || host.p[i] == '/' || host.p[i] >= 0x7f)
			return fail(why, "not the name of a host");
	if ((rule->host = malloc(host.n + 1)) == NULL)
		return fail(why, "out of memory");
	for (i = 0; i < host.n; i++)
		rule->host[i] = (char)(host.p[i] >= 'A' && host.p[i] <= 'Z'
					   ? host.p[i] | 0x20
					   : host.p[i]);
	rule->host[host.n] = '\0';
	return 0;
}

/* Whether the rule is for pages of this host. */
static int
holds(const struct rule *rule, struct str host)
{
	struct str of;

	if (rule->host == NULL)
		return 1;
	of = str_of(rule->host);
	return str_ends(host, of) &&
	       (host.n == of.n || host.p[host.n - of.n - 1] == '.');
}

static int
find(struct rule_list *l, size_t i, struct str text)
{
	size_t start, end;
	int got = re_find(l->v[i].re, text, 0, &start, &end);

	if (got < 0)
		fault_add(&l->costly, 1, l->v[i].path, l->v[i].line);
	return got == 1;
}
