/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "common/re.h"
#include "common/tok.h"
#include "common/utf.h"

#include "cmd/entities/list.h"

#include "tests/unit/check.h"
#include "tests/unit/lines.h"
#include "tests/unit/vary.h"
#include "tests/unit/written.h"

#define ROWS  16
#define FOUND 512

/* A row as the model reads it. */
struct model_row {
	struct str what, type, canonical;
	struct re *re; /* of a pattern */
};

struct model {
	struct model_row v[ROWS];
	size_t n;
	const char *why; /* begins with this; NULL if all is well */
	size_t line;
	struct found {
		size_t at, end;
		size_t row; /* which one found it */
	} found[FOUND];
	size_t found_n;
};

/* Column `k` of a row, from 0; empty if there are fewer. */
static struct str
column(struct str row, size_t k)
{
	size_t i, from = 0;

	for (i = 0; i < row.n && k > 0; i++) {
		if (row.p[i] == '\t') {
			from = i + 1;
			k--;
		}
	}
	if (k > 0)
		return STR_LIT("");
	for (i = from; i < row.n && row.p[i] != '\t';)
		i++;
	return str_sub(row, from, i);
}

static const char *
model_row(struct model_row *to, struct str row)
{
	struct tok_list toks = {0};
	const char *why = NULL;
	char message[120];
	size_t at;

	if (utf_clean(row) != row.n)
		return "not clean UTF-8";
	*to = (struct model_row){
	    column(row, 0), column(row, 1), column(row, 2), NULL};
	if (to->what.n == 0 || to->type.n == 0)
		return "not a row `name TAB type [TAB canonical]`";
	if (memchr(to->what.p, '\r', to->what.n) ||
	    memchr(to->type.p, '\r', to->type.n))
		return "carriage return inside a row";
	if (to->what.n > 2 && str_starts(to->what, STR_LIT("/")) &&
	    str_ends(to->what, STR_LIT("/"))) {
		to->re =
		    re_new(str_sub(to->what, 1, to->what.n - 1), message, &at);
		return to->re == NULL ? "pattern, at byte " : NULL;
	}
	tok_text(&toks, to->what);
	if (toks.n == 0)
		why = "empty name";
	if (toks.n > 64)
		why = "name of more than 64 words";
	tok_free(&toks);
	return why;
}

static void
model_load(struct model *m, struct str s)
{
	struct str row;
	size_t at = 0;

	*m = (struct model){.n = 0};
	while (m->why == NULL && lines_next(s, &at, &row)) {
		m->line++;
		if (str_starts(row, STR_LIT("\xef\xbb\xbf")))
			row = str_sub(row, 3, row.n);
		if (row.n > 0 && row.p[0] != '#')
			m->why = model_row(&m->v[m->n++], row);
	}
	/* The row that is bad is none. */
	m->n -= m->why != NULL;
}

static void
model_match(struct model *m, size_t at, size_t end, size_t row)
{
	if (m->found_n == FOUND)
		abort();
	m->found[m->found_n++] = (struct found){at, end, row};
}

/* Of how many words the name is that begins with token `i`, 0 if it is not
 * there. */
static size_t
model_name(struct str name, struct str text, const struct tok_list *l, size_t i)
{
	struct tok_list own = {0};
	size_t k, n;

	tok_text(&own, name);
	for (k = 0; k < own.n && i + k < l->n; k++)
		if (!str_eq(
			tok_str(name, &own.v[k]), tok_str(text, &l->v[i + k])))
			break;
	n = k == own.n ? k : 0;
	tok_free(&own);
	return n;
}

static void
model_names(struct model *m, struct str text, const struct tok_list *l)
{
	size_t i, k, n, most, row = 0;

	m->found_n = 0;
	for (i = 0; i<l->n; i += most> 0 ? most : 1) {
		most = 0;
		for (k = 0; k < m->n; k++) {
			if (m->v[k].re != NULL)
				continue;
			n = model_name(m->v[k].what, text, l, i);
			if (n > most) {
				most = n;
				row = k;
			}
		}
		if (most > 0)
			model_match(m, l->v[i].at, l->v[i + most - 1].end, row);
	}
}

/* The type's number: that of the first row that has it. */
static size_t
type_of(const struct model *m, size_t row)
{
	size_t k = 0;

	while (!str_eq(m->v[k].type, m->v[row].type))
		k++;
	return k;
}

/* What begins first, then what is longest, then what is of the first type. */
static int
better(const struct model *m, const struct found *a, const struct found *b)
{
	if (a->at != b->at)
		return a->at < b->at;
	if (a->end != b->end)
		return a->end > b->end;
	return type_of(m, a->row) < type_of(m, b->row);
}

static void
model_patterns(struct model *m, struct str text)
{
	size_t i, k, from, at, end, kept = 0, behind = 0, all;

	m->found_n = 0;
	for (k = 0; k < m->n; k++) {
		for (from = 0; m->v[k].re != NULL && from <= text.n;) {
			if (re_find(m->v[k].re, text, from, &at, &end) != 1)
				break;
			if (end > at)
				model_match(m, at, end, k);
			from = end > at ? end : end + 1;
			while (from < text.n && (text.p[from] & 0xc0) == 0x80)
				from++;
		}
	}
	/* Sort what is left to the front, one after the other. */
	for (all = m->found_n;; behind = m->found[kept++].end) {
		size_t best = all;
		struct found first;

		for (i = kept; i < all; i++)
			if (m->found[i].at >= behind &&
			    (best == all ||
				better(m, &m->found[i], &m->found[best])))
				best = i;
		if (best == all)
			break;
		first = m->found[best];
		memmove(m->found + kept + 1, m->found + kept,
		    (best - kept) * sizeof(first));
		m->found[kept] = first;
	}
	m->found_n = kept;
}

static void
compare(const struct list *l, const struct model *m)
{
	size_t i;

	CHECK_EQ(l->n, m->found_n);
	for (i = 0; i < l->n && i < m->found_n; i++) {
		const struct model_row *row = &m->v[m->found[i].row];

		CHECK_EQ(l->v[i].at, m->found[i].at);
		CHECK_EQ(l->v[i].end, m->found[i].end);
		CHECK_STR(l->v[i].canonical, row->canonical);
		CHECK_STR(l->type[l->v[i].type], row->type);
	}
}

static void
make(struct vary *v)
{
	static const char *const names[] = {"Ann", "Ann Bee", "Ann  Bee", "Bee",
	    "ann", "St. Ann", "Ann Bee-Cee", "U.S.", "Bee Ann Bee",
	    "\xc3\x84nn", "#Ann", "/Ann/", "/B?e+/", "/[A-Z]\\w+ Bee/", "//",
	    "/n|/", "/(/", "/a++/", "Ann Bee Ann Bee Ann"};
	static const char *const types[] = {"PER", "ORG", "X"};
	static const char *const ends[] = {
	    "\n", "\n", "\n", "\r\n", "\n\n", "\n# Ann\tX\n", "\n\xef\xbb\xbf"};
	size_t rows = vary_below(v, ROWS / 4);

	v->n = 0;
	do {
		size_t from = v->n;

		vary_word(v, names, sizeof(names) / sizeof(names[0]));
		while (vary_below(v, 60) == 0 && v->n < 200)
			vary_add(v, STR_LIT(" a b c d e f g h i j k l m n o p"
					    " q r s t u v w x y z 1 2 3 4 5"));
		vary_byte(v, '\t');
		vary_word(v, types, 3);
		if (vary_below(v, 3) == 0)
			vary_add(v, STR_LIT("\tAnn\xc3\xa9"));
		if (vary_below(v, 8) == 0)
			vary_spoil(v, from, STR_LIT("\t\t\r\n#/ Ane\x1b"));
		vary_word(v, ends, sizeof(ends) / sizeof(ends[0]));
	} while (rows-- > 0);
	v->n -= vary_below(v, 4) == 0;
}

/* A text of the words of names. */
static void
make_text(struct vary *v)
{
	static const char *const words[] = {"Ann", "Bee", "ann", "Bee", "St.",
	    "U.S.", "-", "Cee", "\xc3\x84nn", "/", "#", "c", "/Ann/"};
	size_t n = vary_below(v, 12);

	for (v->n = 0; n > 0; n--) {
		vary_word(v, words, sizeof(words) / sizeof(words[0]));
		while (vary_below(v, 3) > 0 && vary_below(v, 2) == 0)
			vary_byte(v, ' ');
	}
}

static void
equals_model(void)
{
	const size_t rounds = check_count();
	struct written file;
	struct vary v = {.state = 17}, text = {.state = 18};
	struct tok_list toks = {0};
	size_t i, k, refused = 0, found = 0;

	written_open(&file);
	for (i = 0; i < rounds; i++) {
		struct list l = {0};
		struct model m;
		char why[160] = "";
		size_t line = 0;
		int got;

		make(&v);
		written_put(&file, vary_str(&v));
		model_load(&m, vary_str(&v));
		got = list_load(&l, file.name, why, &line);
		CHECK(got == (m.why == NULL ? 0 : -1));
		if (m.why != NULL) {
			CHECK(str_starts(str_of(why), str_of(m.why)));
			CHECK_EQ(line, m.line);
		}
		make_text(&text);
		tok_text(&toks, vary_str(&text));
		list_names(&l, vary_str(&text), &toks);
		model_names(&m, vary_str(&text), &toks);
		compare(&l, &m);
		found += l.n > 0;
		list_patterns(&l, vary_str(&text));
		model_patterns(&m, vary_str(&text));
		compare(&l, &m);
		found += l.n > 0;
		refused += got == -1;
		for (k = 0; k < m.n; k++)
			re_free(m.v[k].re);
		list_free(&l);
	}
	CHECK(refused > rounds / 20 && refused < rounds / 2);
	CHECK(found > rounds / 4);
	tok_free(&toks);
	written_close(&file);
}

int
main(void)
{
	check_case("list: names and patterns equal the model", equals_model);
	return check_done();
}
