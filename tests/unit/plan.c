/* SPDX-License-Identifier: ISC */
#include <errno.h>

#include "cmd/entities/plan.h"

#include "tests/unit/check.h"
#include "tests/unit/lines.h"
#include "tests/unit/vary.h"
#include "tests/unit/written.h"

#define COUNT(v) (sizeof(v) / sizeof((v)[0]))
#define WORDS    400 /* of a row, at most */

/* The words of a row, and what is wrong with it. */
struct row {
	struct str word[WORDS];
	size_t n;
	const char *wrong;
	struct str about;
};

struct wanted_set {
	struct str records, gold;
	uint32_t weight, domain, unmarked, capitals;
};

struct wanted {
	struct str type[4], kind[62], names[WORDS], classes;
	uint64_t speak[4], sure[4], alone[4], exact;
	size_t types, kinds, lists, sets;
	struct wanted_set set[WORDS];
	uint32_t rounds, rows, margin, seed;
};

static void
model_words(struct row *r, struct str s)
{
	size_t i, in_word = 0;

	r->n = 0;
	r->wrong = NULL;
	for (i = 0; i < s.n; i++) {
		int blank = s.p[i] == ' ' || s.p[i] == '\t';

		if (!blank && !in_word)
			r->word[r->n++] = str_sub(s, i, i);
		in_word = !blank;
		if (in_word)
			r->word[r->n - 1].n++;
	}
}

static void
wrong(struct row *r, const char *what, struct str about)
{
	if (r->wrong != NULL)
		return;
	r->wrong = what;
	r->about = about;
}

/* Word `i` of the row, empty if it has fewer. */
static struct str
word(const struct row *r, size_t i)
{
	return i < r->n ? r->word[i] : (struct str){NULL, 0};
}

static void
no_more(struct row *r, size_t n)
{
	if (r->n > n)
		wrong(r, "unknown word", r->word[n]);
}

static struct str
name_of(struct row *r, size_t i)
{
	struct str s = word(r, i);

	if (s.n == 0 || memchr(s.p, 0, s.n) != NULL)
		wrong(r, "no file name", s);
	return s;
}

/* Whether `s` is a number from `least` to `most`. */
static int
model_number(struct str s, uint32_t least, uint32_t most, uint32_t *number)
{
	uint64_t all = 0;
	size_t i;

	for (i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return 0;
		all = all * 10 + s.p[i] - '0';
		if (all > most)
			return 0;
	}
	*number = (uint32_t)all;
	return s.n > 0 && all >= least;
}

/* The number of a type, 4 if there is none of that name. */
static size_t
type_of(const struct wanted *m, struct str s)
{
	size_t i = 0;

	while (i < m->types && !str_eq(m->type[i], s))
		i++;
	return i < m->types ? i : 4;
}

static void
model_types(struct wanted *m, struct row *r)
{
	size_t i;

	for (i = 1; i < r->n; i++) {
		if (m->types == 4)
			wrong(r, "more than four types, with", r->word[i]);
		else if (r->word[i].n > 15)
			wrong(r, "more than 15 bytes in type", r->word[i]);
		if (r->wrong != NULL)
			return;
		m->type[m->types++] = r->word[i];
	}
}

static void
model_kind(struct wanted *m, struct row *r)
{
	size_t type = type_of(m, word(r, 2)), i;
	uint64_t bit = (uint64_t)1 << m->kinds % 64;

	if (m->kinds == 62)
		wrong(r, "more than 62 kinds, with", word(r, 1));
	if (type == 4)
		wrong(r, "unknown type", word(r, 2));
	for (i = 3; i < r->n && r->wrong == NULL; i++) {
		if (str_eq(r->word[i], STR_LIT("sure")))
			m->sure[type] |= bit;
		else if (str_eq(r->word[i], STR_LIT("alone")))
			m->alone[type] |= bit;
		else if (str_eq(r->word[i], STR_LIT("exact")))
			m->exact |= bit;
		else
			wrong(r, "unknown word", r->word[i]);
	}
	if (r->wrong != NULL)
		return;
	m->speak[type] |= bit;
	m->kind[m->kinds++] = word(r, 1);
}

/* `key=value` */
static void
model_option(struct wanted *m, struct row *r, struct str s)
{
	struct wanted_set *set = &m->set[m->sets];
	const struct {
		struct str key;
		uint32_t *number, most;
	} known[] = {{STR_LIT("weight="), &set->weight, 100},
	    {STR_LIT("domain="), &set->domain, 100},
	    {STR_LIT("capitals="), &set->capitals, 1000}};
	struct str unmarked = STR_LIT("unmarked=");
	size_t i, type;

	if (str_starts(s, unmarked)) {
		s = str_sub(s, unmarked.n, s.n);
		if ((type = type_of(m, s)) == 4)
			wrong(r, "unknown type", s);
		else
			set->unmarked |= (uint32_t)1 << type;
		return;
	}
	for (i = 0; i < COUNT(known); i++)
		if (str_starts(s, known[i].key) &&
		    model_number(str_sub(s, known[i].key.n, s.n), 0,
			known[i].most, known[i].number))
			return;
	wrong(r,
	    memchr(s.p, '=', s.n) == NULL ? "unknown word"
					  : "unknown option or bad number",
	    s);
}

static void
model_set(struct wanted *m, struct row *r)
{
	size_t i;

	m->set[m->sets] = (struct wanted_set){.weight = 1};
	m->set[m->sets].records = name_of(r, 1);
	m->set[m->sets].gold = name_of(r, 2);
	for (i = 3; i < r->n; i++)
		model_option(m, r, r->word[i]);
	m->sets++;
}

static void
model_row(struct wanted *m, struct row *r)
{
	const struct {
		struct str word;
		uint32_t least, most, *number;
	} numbers[] = {{STR_LIT("rounds"), 0, 1000, &m->rounds},
	    {STR_LIT("rows"), 1, 24, &m->rows},
	    {STR_LIT("margin"), 0, 1000, &m->margin},
	    {STR_LIT("seed"), 0, UINT32_MAX, &m->seed}};
	struct str what = word(r, 0);
	size_t i;

	if (what.n == 0 || what.p[0] == '#')
		return;
	if (str_eq(what, STR_LIT("types"))) {
		model_types(m, r);
	} else if (str_eq(what, STR_LIT("kind"))) {
		model_kind(m, r);
	} else if (str_eq(what, STR_LIT("names"))) {
		m->names[m->lists++] = name_of(r, 1);
		no_more(r, 2);
	} else if (str_eq(what, STR_LIT("classes"))) {
		m->classes = name_of(r, 1);
		no_more(r, 2);
	} else if (str_eq(what, STR_LIT("set"))) {
		model_set(m, r);
	} else {
		for (i = 0; i < COUNT(numbers); i++)
			if (str_eq(what, numbers[i].word))
				break;
		if (i == COUNT(numbers))
			wrong(r, "unknown row", what);
		else if (!model_number(word(r, 1), numbers[i].least,
			     numbers[i].most, numbers[i].number))
			wrong(r, "bad number", word(r, 1));
		no_more(r, 2);
	}
}

/* Returns the number of the row that is wrong, 0 if none is. */
static size_t
model_load(struct wanted *m, struct row *r, struct str s, const char *path)
{
	size_t at = 0, line = 0;
	struct str text;

	*m = (struct wanted){.rounds = 6, .rows = 18, .margin = 5, .seed = 1};
	while (lines_next(s, &at, &text)) {
		line++;
		model_words(r, text);
		model_row(m, r);
		if (r->wrong != NULL)
			return line;
	}
	r->wrong = NULL;
	if (m->types > 0 && m->sets > 0)
		return 0;
	wrong(r, "no types or no sets", str_of(path));
	return 1;
}

static void
compare(const struct plan *p, const struct wanted *m)
{
	size_t i;

	CHECK_EQ(p->types, m->types);
	for (i = 0; i < m->types; i++) {
		CHECK_STR(p->type[i], m->type[i]);
		CHECK_EQ(plan_type(p, p->type[i]), type_of(m, m->type[i]));
		CHECK(p->speak[i] == m->speak[i] && p->sure[i] == m->sure[i] &&
		      p->alone[i] == m->alone[i]);
	}
	CHECK_EQ(p->kinds, m->kinds);
	for (i = 0; i < m->kinds; i++)
		CHECK_STR(p->kind[i], m->kind[i]);
	CHECK(plan_type(p, STR_LIT("")) == UINT32_MAX);
	CHECK(plan_kind(p, STR_LIT("")) == UINT32_MAX);
	CHECK(p->exact == m->exact);
	CHECK_EQ(p->lists, m->lists);
	for (i = 0; i < m->lists; i++)
		CHECK_STR(str_of(p->names[i]), m->names[i]);
	CHECK((p->classes == NULL) == (m->classes.n == 0));
	if (p->classes != NULL)
		CHECK_STR(str_of(p->classes), m->classes);
	CHECK_EQ(p->sets, m->sets);
	for (i = 0; i < m->sets; i++) {
		CHECK_STR(str_of(p->set[i].records), m->set[i].records);
		CHECK_STR(str_of(p->set[i].gold), m->set[i].gold);
		CHECK_EQ(p->set[i].weight, m->set[i].weight);
		CHECK_EQ(p->set[i].domain, m->set[i].domain);
		CHECK_EQ(p->set[i].unmarked, m->set[i].unmarked);
		CHECK_EQ(p->set[i].capitals, m->set[i].capitals);
	}
	CHECK_EQ(p->rounds, m->rounds);
	CHECK_EQ(p->log2_rows, m->rows);
	CHECK_EQ(p->margin, m->margin);
	CHECK_EQ(p->seed, m->seed);
}

static void
make_row(struct vary *v)
{
	static const char *const rows[] = {"types", "types", "kind", "kind",
	    "kind", "names", "classes", "set", "set", "rounds", "rows",
	    "margin", "seed", "#", "", "weeks"};
	static const char *const words[] = {"A", "B", "TOWN", "C", "rec",
	    "gold", "sure", "alone", "exact",
	    "weight=", "domain=", "capitals=", "unmarked=", "A-TYPE-OF-16-LET",
	    "A-TYPE-OF-15-LE"};
	static const char *const numbers[] = {"0", "1", "24", "25", "100",
	    "101", "1000", "1001", "4294967295", "4294967296", "4294967297",
	    "007", "99999999999999999999", "A", "TOWN", ""};
	static const char *const gaps[] = {" ", " ", " ", "\t", "  ", " \t "};
	static const char *const good[] = {"types A TOWN", "kind city TOWN",
	    "set records gold", "set records gold weight=2 unmarked=A"};
	static const char *const ends[] = {"\n", "\n", "\n", "\r\n", " \n"};
	size_t n = vary_below(v, 5);

	if (vary_below(v, 3) > 0) {
		vary_word(v, good, COUNT(good));
		if (vary_below(v, 4) > 0)
			n = 0;
	} else {
		vary_word(v, rows, COUNT(rows));
	}
	for (; n > 0; n--) {
		vary_word(v, gaps, COUNT(gaps));
		if (vary_below(v, 4) > 0)
			vary_word(v, words, COUNT(words));
		if (v->p[v->n - 1] == '=' || vary_below(v, 3) == 0)
			vary_word(v, numbers, COUNT(numbers));
	}
	vary_word(v, ends, COUNT(ends));
}

static void
make_plan(struct vary *v)
{
	size_t n = vary_below(v, 6);

	v->n = 0;
	if (vary_below(v, 4) > 0)
		vary_add(v, STR_LIT("types A B TOWN\nset rec gold\n"));
	/* As many kinds as there may be. */
	if (vary_below(v, 8) == 0) {
		vary_add(v, STR_LIT("types T\n"));
		for (n = 60 + vary_below(v, 3); n > 0; n--)
			vary_add(v, STR_LIT("kind k T exact\n"));
		n = 3;
	}
	for (; n > 0; n--)
		make_row(v);
	if (vary_below(v, 3) == 0)
		vary_spoil(v, 0, STR_LIT(" \n=0A#"));
}

static void
equals_model(void)
{
	static struct wanted m;
	static struct row r;
	const size_t rounds = check_count();
	struct vary v = {.state = 41};
	struct written file;
	size_t i, good = 0;

	written_open(&file);
	for (i = 0; i < rounds; i++) {
		char why[160] = "", want[160] = "";
		struct plan p;
		size_t bad, line;
		int got;

		make_plan(&v);
		written_put(&file, vary_str(&v));
		bad = model_load(&m, &r, vary_str(&v), file.name);
		if (bad > 0)
			snprintf(want, sizeof(want), "%s: %.*s", r.wrong,
			    (int)(r.about.n < 80 ? r.about.n : 80),
			    (const char *)r.about.p);
		got = plan_load(&p, file.name, why, &line);
		CHECK_EQ((size_t)(got == -1), (size_t)(bad > 0));
		CHECK_STR(str_of(why), str_of(want));
		if (got == -1)
			CHECK_EQ(line, bad);
		else
			compare(&p, &m);
		plan_free(&p);
		if (check.failures > 0 && check.failures < 10)
			printf("# %.*s\n", (int)v.n, (const char *)v.p);
		good += bad == 0;
	}
	CHECK(good > rounds / 8 && good < rounds / 2);
	written_close(&file);
}

static void
no_file(void)
{
	char why[160];
	struct plan p;
	size_t line = 7;

	CHECK(plan_load(&p, "/nonexistent/file", why, &line) == -1);
	CHECK(errno == ENOENT);
	CHECK_EQ(line, 0);
	plan_free(&p);
	plan_free(&p);
}

int
main(void)
{
	check_case("plan: random plans equal the model", equals_model);
	check_case("plan: none", no_file);
	return check_done();
}
