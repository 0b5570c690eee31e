/* SPDX-License-Identifier: ISC */
#include "cmd/docsplit/address.h"
#include "cmd/docsplit/encword.h"

#include "tests/unit/check.h"
#include "tests/unit/vary.h"

/* RFC 5322, section 3.2.3. */
#define SPECIALS "()<>@,:;\"[]\\"

static void
addresses(void)
{
	static const char *const v[][2] = {
	    {"ann@example.org", "ann@example.org"},
	    {"<ann@example.org>", "ann@example.org"},
	    {"\"Ann\"  Bee  <ann@example.org>", "Ann Bee <ann@example.org>"},
	    {"Ann B. Cee <a@b>", "\"Ann B. Cee\" <a@b>"},
	    {"\"Bee, \\\"Ann\" <a@b>", "\"Bee, \\\"Ann\" <a@b>"},
	    {"=?utf-8?q?Bee=2C_J=C3=B6?= <a@b>", "\"Bee, J\xc3\xb6\" <a@b>"},
	    {"a@b (Ann)", "a@b"},
	    {"(x (y)) Ann (z) Bee < a @ b >", "Ann Bee <a@b>"},
	    {"a@b, Ann <c@d>,", "a@b, Ann <c@d>"},
	    {"list: a@b, c@d;", "list: a@b, c@d;"},
	    {"none:;", "none:;"},
	    {"\"a b\"@c", "\"a b\"@c"},
	    {"<@x,@y:a@b>", "a@b"},
	    {"Ann <>", "Ann <>"},
	    {"MAILER-DAEMON", "MAILER-DAEMON"},
	    {"ann at example.org (Ann)", "\"ann at example.org\""},
	    {"Ann <a@b", "Ann <a@b>"},
	    {"a@b c <d@e>", "a@b"},
	    {"<", "<>"},
	    {"Ann \"\" Bee \"\" <a@b>", "Ann Bee <a@b>"},
	    {"<(c)>", "<>"},
	    {"a@b, < (c) >", "a@b, <>"},
	    {"=?utf-8?q?\?= <a@b>, =?utf-8?q?\?=", "a@b"},
	    {"<@x>, \"B: C\" <a@b>", "@x, \"B: C\" <a@b>"},
	    {"<(c) @x (d),@y: a@b>", "a@b"},
	    /* RFC 5322, sections A.1.2, A.1.3, A.5 and A.6.1 */
	    {"\"Joe Q. Public\" <john.q.public@example.com>, Mary Smith"
	     " <mary@x.test>, jdoe@example.org, Who? <one@y.test>",
		"\"Joe Q. Public\" <john.q.public@example.com>, Mary Smith"
		" <mary@x.test>, jdoe@example.org, Who? <one@y.test>"},
	    {"A Group:Ed Jones <c@a.test>,joe@where.test,John "
	     "<jdoe@one.test>;",
		"A Group: Ed Jones <c@a.test>, joe@where.test, John "
		"<jdoe@one.test>;"},
	    {"Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>",
		"Pete <pete@silly.test>"},
	    {"A Group(Some people) :Chris Jones <c@(Chris's host.)public."
	     "example>, joe@example.org, John <jdoe@one.test> (my dear "
	     "friend); (the end of the group)",
		"A Group: Chris Jones <c@public.example>, joe@example.org, "
		"John <jdoe@one.test>;"},
	    {"(Empty list)(start)Hidden recipients  :(nobody(that I know))"
	     "  ;",
		"Hidden recipients:;"},
	    {"Joe Q. Public <john.q.public@example.com>",
		"\"Joe Q. Public\" <john.q.public@example.com>"},
	    {"Mary Smith <@node.test:mary@example.net>, , jdoe@test  . "
	     "example",
		"Mary Smith <mary@example.net>, jdoe@test.example"},
	    {"\"", ""},
	    {"\"a\\,", "\"a,\""},
	    {"<\"a\\", "\"a\\"},
	    {"\"a\\", "\"a\\\\\""},
	    {"", ""},
	};

	struct out to = {.fd = OUT_MEMORY};
	struct charset c;
	size_t i;

	charset_init(&c);
	for (i = 0; i < sizeof(v) / sizeof(*v); i++) {
		to.n = 0;
		address_list(&c, &to, str_of(v[i][0]));
		CHECK_STR(((struct str){to.buf, to.n}), str_of(v[i][1]));
	}
	charset_free(&c);
	out_close(&to);
}

/* Where the comment at `i` ends; comments nest. */
static size_t
model_comment(struct str s, size_t i)
{
	size_t depth = 0;

	do {
		depth += s.p[i] == '(';
		depth -= s.p[i] == ')';
		i += s.p[i] == '\\' ? 2 : 1;
	} while (i < s.n && depth > 0);
	return i < s.n ? i : s.n;
}

static int
is_in(int c, const char *list)
{
	return c != '\0' && strchr(list, c) != NULL;
}

/* What a stretch of a list ends before, and what is taken from it. */
struct form {
	const char *marks;
	int quotes; /* no mark counts within quotes, no comment begins there */
	int kept;   /* quotes are taken, with what keeps them from ending */
	int gap;    /* of white space and comments one space is taken */
};

static const struct form words = {"<,:;@", 1, 0, 1}, angle = {">", 1, 1, 0},
			 domain = {",;<", 0, 0, 1}, rest = {",;", 0, 0, 0};

static void
model_take(struct str s, size_t *i, const struct form *form, struct vary *to)
{
	int within = 0, gap = 0;

	for (to->n = 0; *i < s.n; ++*i) {
		int c = s.p[*i];

		if (!within && is_in(c, form->marks))
			return;
		if (!within && is_in(c, " \t(")) {
			gap = 1;
			if (c == '(')
				*i = model_comment(s, *i) - 1;
			continue;
		}
		if (form->quotes && c == '"') {
			within = !within;
			if (!form->kept)
				continue;
		}
		if (gap && form->gap && to->n > 0)
			vary_byte(to, ' ');
		gap = 0;
		if (within && c == '\\' && *i + 1 < s.n) {
			if (form->kept)
				vary_byte(to, c);
			c = s.p[++*i];
		}
		vary_byte(to, c);
	}
}

/* Behind the route at `i`, if there is one. */
static size_t
model_route(struct str s, size_t i)
{
	size_t colon;

	while (i < s.n && is_in(s.p[i], " \t("))
		i = s.p[i] == '(' ? model_comment(s, i) : i + 1;
	for (colon = i; colon < s.n && !is_in(s.p[colon], ":>");)
		colon++;
	return i < s.n && s.p[i] == '@' && colon < s.n && s.p[colon] == ':'
		   ? colon + 1
		   : i;
}

/* The domain that begins with `s`, whose white space is single spaces: these
 * may be at its dots alone. */
static void
model_domain(struct out *to, struct str s)
{
	size_t i;

	out_raw(to, STR_LIT("@"));
	for (i = 0; i < s.n; i++) {
		if (s.p[i] != ' ')
			out_raw(to, str_sub(s, i, i + 1));
		else if (!is_in(s.p[i - 1], "@.") && s.p[i + 1] != '.')
			return;
	}
}

/* The text, in quotes if it has one of these in it. */
static void
model_quoted(struct out *to, struct str s, const char *specials)
{
	int quotes = 0;
	size_t i;

	for (i = 0; i < s.n; i++)
		quotes |= is_in(s.p[i], specials);
	if (quotes)
		out_raw(to, STR_LIT("\""));
	for (i = 0; i < s.n; i++) {
		if (is_in(s.p[i], "\"\\"))
			out_raw(to, STR_LIT("\\"));
		out_raw(to, str_sub(s, i, i + 1));
	}
	if (quotes)
		out_raw(to, STR_LIT("\""));
}

/*
 * What the mark `c` ends, with what follows the mark: an address, a name of a
 * group with its colon, or nothing.
 */
static void
model_entry(struct out *to, struct str name, int c, struct str s, size_t *i)
{
	struct vary more;

	if (c == '<') {
		*i = model_route(s, *i);
		model_take(s, i, &angle, &more);
		if (name.n > 0) {
			model_quoted(to, name, SPECIALS ".");
			out_raw(to, STR_LIT(" "));
		}
		if (name.n > 0 || more.n == 0)
			out_raw(to, STR_LIT("<"));
		out_raw(to, vary_str(&more));
		if (name.n > 0 || more.n == 0)
			out_raw(to, STR_LIT(">"));
	} else if (c == '@') {
		model_quoted(to, name, SPECIALS " \t");
		model_take(s, i, &domain, &more);
		model_domain(to, vary_str(&more));
	} else if (c == ':') {
		model_quoted(to, name, SPECIALS ".");
		out_raw(to, STR_LIT(":"));
	} else {
		model_quoted(to, name, SPECIALS " \t");
	}
}

/* Entry after entry; what is between them tells what came before.  Returns
 * how many there are. */
static size_t
model_list(struct charset *charset, struct out *to, struct str s)
{
	struct out name = {.fd = OUT_MEMORY}, entry = {.fd = OUT_MEMORY};
	const char *between = "";
	size_t i = 0, n = 0;
	struct vary more;
	int c, group = 0;

	to->n = 0;
	while (i < s.n) {
		model_take(s, &i, &words, &more);
		c = i < s.n ? s.p[i++] : ',';
		name.n = entry.n = 0;
		encword_decode(charset, &name, vary_str(&more));
		model_entry(&entry, (struct str){name.buf, name.n}, c, s, &i);
		if (entry.n > 0) {
			out_raw(to, str_of(between));
			out_raw(to, (struct str){entry.buf, entry.n});
			between = c == ':' ? " " : ", ";
			n++;
		}
		group |= c == ':';
		if (c == ';' && group) {
			out_raw(to, STR_LIT(";"));
			between = ", ";
			group = 0;
		}
		if (is_in(c, "<@"))
			model_take(s, &i, &rest, &more);
	}
	out_close(&name);
	out_close(&entry);
	return n;
}

static void
make_list(struct vary *v)
{
	static const char *const names[] = {"Ann", "Bee", "B.", "a", "\"A, B\"",
	    "\"a \\\" b\"", "\"\"",
	    "=?utf-8?q?=C3=B6=2C?=", "=?utf-8?q?\?=", "(c)", "(c (d\\)) e)",
	    "(", "\""};
	static const char *const marks[] = {"@", "@", "@", "<", ">", " <", "> ",
	    ", ", ",", ": ", "; ", ".", "<@"};
	static const char *const whole[] = {"Ann B. <ann@example.org>",
	    "<@x.example,@y:a@b.example>", "a.b@[127.0.0.1] (Ann)",
	    "list: ", "; ", ",", "\"a b\" (c) @ d . e", "Ann < (c) a @ b >"};

	do {
		switch (vary_below(v, 4)) {
		case 0:
			vary_word(v, whole, sizeof(whole) / sizeof(whole[0]));
			if (vary_below(v, 3) > 0)
				vary_add(v, STR_LIT(", "));
			break;
		case 1:
			vary_word(v, marks, sizeof(marks) / sizeof(marks[0]));
			break;
		default:
			vary_word(v, names, sizeof(names) / sizeof(names[0]));
			if (vary_below(v, 2) == 0)
				vary_byte(v, ' ');
		}
	} while (vary_below(v, 6) > 0);
	vary_spoil(v, 0, STR_LIT("<>@,:;\"\"\\() .\tab"));
}

static void
equals_model(void)
{
	const size_t rounds = check_count();
	struct out got = {.fd = OUT_MEMORY}, want = {.fd = OUT_MEMORY};
	struct charset c;
	struct vary v = {.state = 31};
	size_t i, n, none = 0, several = 0;

	charset_init(&c);
	for (i = 0; i < rounds; i++) {
		v.n = 0;
		make_list(&v);
		n = model_list(&c, &want, vary_str(&v));
		none += n == 0;
		several += n > 1;
		got.n = 0;
		address_list(&c, &got, vary_str(&v));
		if (!CHECK_STR(((struct str){got.buf, got.n}),
			((struct str){want.buf, want.n})) &&
		    check.failures < 10)
			printf("# %.*s\n", (int)v.n, (const char *)v.p);
	}
	CHECK(none > rounds / 100 && several > rounds / 4);
	charset_free(&c);
	out_close(&got);
	out_close(&want);
}

int
main(void)
{
	check_case("address: lists in one form", addresses);
	check_case("address: random lists equal the model", equals_model);
	return check_done();
}
