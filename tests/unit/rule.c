/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "common/re.h"
#include "common/utf.h"

#include "cmd/declutter/rule.h"

#include "tests/unit/check.h"
#include "tests/unit/lines.h"
#include "tests/unit/vary.h"
#include "tests/unit/written.h"

#define RULES 8

struct model_rule {
	struct re *re;
	enum rule_verdict verdict;
	char host[64]; /* in lower case; empty for all */
};

struct model {
	struct model_rule v[RULES];
	size_t n;
	const char *why; /* begins with this; NULL if all is well */
	size_t line;
};

/* Refuse or take a host; in lower case. */
static const char *
model_host(char *to, struct str host)
{
	size_t i;

	if (host.n == 0)
		return "empty host";
	for (i = 0; i < host.n; i++) {
		if (host.p[i] <= 32 || host.p[i] >= 127 || host.p[i] == '/')
			return "not the name of a host";
		to[i] = (char)host.p[i];
		if (to[i] >= 'A' && to[i] <= 'Z')
			to[i] = (char)(to[i] + 32);
	}
	to[i] = '\0';
	return NULL;
}

static const char *
model_rule(struct model_rule *to, struct str s)
{
	static const char *const verdicts[] = {
	    "keep\t", "drop\t", "start\t", "stop\t"};
	static const enum rule_verdict values[] = {
	    RULE_KEEP, RULE_DROP, RULE_START, RULE_STOP};
	const char *why = NULL;
	char message[120];
	size_t i, k, at;

	for (k = 0; k < 4 && !str_starts(s, str_of(verdicts[k]));)
		k++;
	i = k < 4 ? strlen(verdicts[k]) : s.n;
	for (at = i; at < s.n && s.p[at] != '\t';)
		at++;
	if (at == i)
		return "not a rule `keep|drop|start|stop TAB pattern`";
	if (utf_clean(str_sub(s, i, at)) < at - i)
		return "not UTF-8";
	*to = (struct model_rule){.verdict = values[k]};
	if (at < s.n)
		why = model_host(to->host, str_sub(s, at + 1, s.n));
	if (why == NULL)
		to->re = re_new(str_sub(s, i, at), message, &at);
	return why != NULL ? why : to->re == NULL ? "" : NULL;
}

static void
model_load(struct model *m, struct str s)
{
	struct str row;
	size_t at = 0;

	*m = (struct model){.n = 0};
	while (m->why == NULL && lines_next(s, &at, &row)) {
		m->line++;
		if (row.n > 0 && row.p[0] != '#')
			m->why = model_rule(&m->v[m->n++], row);
	}
	m->n -= m->why != NULL;
}

/* Whether a rule is for this text on this page. */
static int
holds(const struct model_rule *rule, struct str text, const char *host)
{
	size_t n = strlen(host), k = strlen(rule->host), start, end;

	if (k > 0 && strcmp(host, rule->host) != 0 &&
	    (n <= k || strcmp(host + n - k, rule->host) != 0 ||
		host[n - k - 1] != '.'))
		return 0;
	return re_find(rule->re, text, 0, &start, &end) == 1;
}

static void
make(struct vary *v)
{
	static const char *const verdicts[] = {"keep", "drop", "start", "stop"};
	static const char *const patterns[] = {"Ann", "^A", "(?i)bee", "e$",
	    "\\d+", "\xc3\xa9", "(", "a++", "[^a]", "#"};
	static const char *const hosts[] = {"", "\texample.org",
	    "\tExample.ORG", "\torg", "\t.org", "\twww.example.org",
	    "\tlocalhost:80"};
	static const char *const ends[] = {
	    "\n", "\n", "\r\n", "\n\n", "\n#keep\tx\n", "\n\r\n"};
	size_t rows = vary_below(v, 3);

	v->n = 0;
	do {
		size_t from = v->n;

		vary_word(v, verdicts, 4);
		vary_byte(v, '\t');
		vary_word(v, patterns, sizeof(patterns) / sizeof(patterns[0]));
		vary_word(v, hosts, sizeof(hosts) / sizeof(hosts[0]));
		if (vary_below(v, 4) == 0)
			vary_spoil(v, from, STR_LIT("\t\t\r\n#/ kdsA\x7f~!"));
		vary_word(v, ends, sizeof(ends) / sizeof(ends[0]));
	} while (rows-- > 0);
	v->n -= vary_below(v, 4) == 0;
}

/* What the rules say of a text on a page of this host; 1 if anything. */
static int
compare(struct rule_list *l, const struct model *m, struct str text,
    const char *host)
{
	const struct str page = str_of(host);
	enum rule_verdict verdict = RULE_NONE;
	int start = 0, stop = 0;
	size_t i;

	for (i = m->n; i-- > 0;) {
		if (!holds(&m->v[i], text, host))
			continue;
		if (m->v[i].verdict == RULE_START)
			start = 1;
		else if (m->v[i].verdict == RULE_STOP)
			stop = 1;
		else
			verdict = m->v[i].verdict;
	}
	CHECK(rule_match(l, text, page) == verdict);
	CHECK(rule_bound(l, RULE_START, text, page) == start);
	CHECK(rule_bound(l, RULE_STOP, text, page) == stop);
	return start || stop || verdict != RULE_NONE;
}

static void
equals_model(void)
{
	static const char *const hosts[] = {"", "example.org",
	    "www.example.org", "badexample.org", "org", "localhost:80",
	    "a.www.example.org"};
	static const char *const texts[] = {
	    "Ann", "ann Bee", "7", "", "B\xc3\xa9", "aa#"};
	const size_t rounds = check_count();
	struct vary v = {.state = 23};
	struct written file;
	size_t i, k, refused = 0, said = 0;

	written_open(&file);
	for (i = 0; i < rounds; i++) {
		struct rule_list l = {0};
		struct model m;
		char why[120] = "";
		size_t line = 0;
		int got;

		make(&v);
		written_put(&file, vary_str(&v));
		model_load(&m, vary_str(&v));
		got = rule_load(&l, file.name, why, &line);
		CHECK(got == (m.why == NULL ? 0 : -1));
		CHECK_EQ(line, m.why == NULL ? 0 : m.line);
		if (m.why != NULL)
			CHECK(str_starts(str_of(why), str_of(m.why)));
		CHECK_EQ(l.n, m.n);
		said += (size_t)compare(&l, &m,
		    str_of(texts[vary_below(&v, 6)]), hosts[vary_below(&v, 7)]);
		refused += got == -1;
		for (k = 0; k < m.n; k++)
			re_free(m.v[k].re);
		rule_free(&l);
	}
	CHECK(refused > rounds / 10 && refused < rounds / 2);
	CHECK(said > rounds / 10);
	written_close(&file);
}

int
main(void)
{
	check_case(
	    "rule: lines, hosts and verdicts equal the model", equals_model);
	return check_done();
}
