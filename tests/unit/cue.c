/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "common/utf.h"

#include "cmd/quotes/cue.h"

#include "tests/unit/check.h"
#include "tests/unit/lines.h"
#include "tests/unit/vary.h"

#define ROWS 8

struct model_cue {
	uint64_t hash[CUE_WORDS]; /* of each word */
	size_t words;
	double weight;
	int frame, class;
};

struct model {
	struct model_cue v[ROWS];
	size_t n;
	const char *why; /* begins with this; NULL if all is well */
	size_t line;
};

static const char *const frames[] = {"clause", "comma", "hearer", "marks",
    "object", "source", "aim", "noun", "seem", "so", "term"};
static const char *const classes[] = {"other", "core", "mind"};

/* The index of a word, or `n`. */
static int
index_of(struct str s, const char *const *words, int n)
{
	int i = 0;

	while (i < n && !str_eq(s, str_of(words[i])))
		i++;
	return i;
}

/* A weight as the manual has it: from 0 to 1, at most seven decimals. */
static double
model_weight(struct str s)
{
	char text[10];
	size_t digits;

	if (s.n == 0 || s.n > 9)
		return -1;
	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	if (strspn(text, "01") < 1)
		return -1;
	digits = s.n > 2 ? strspn(text + 2, "0123456789") : 0;
	if (s.n != 1 && (text[1] != '.' || digits == 0 || digits != s.n - 2))
		return -1;
	return strtod(text, NULL) > 1 ? -1 : strtod(text, NULL);
}

static const char *
model_cue(struct model_cue *to, struct str row)
{
	struct tok_list toks = {0};
	struct str field[4];
	size_t i, from = 0, tabs = 0;

	if (utf_clean(row) != row.n)
		return "not clean UTF-8";
	for (i = 0; i <= row.n; i++) {
		if (i < row.n && row.p[i] != '\t')
			continue;
		if (tabs < 4)
			field[tabs] = str_sub(row, from, i);
		tabs++;
		from = i + 1;
	}
	if (tabs != 4)
		return "not four columns";
	to->weight = model_weight(field[1]);
	if (to->weight < 0)
		return "weight not from 0 to 1";
	to->frame = index_of(field[2], frames, 11);
	if (to->frame == 11)
		return "unknown frame";
	to->class = index_of(field[3], classes, 3);
	if (to->class == 3)
		return "unknown class";
	tok_text(&toks, field[0]);
	to->words = toks.n;
	for (i = 0; i < toks.n && i < CUE_WORDS; i++)
		to->hash[i] = toks.v[i].hash;
	tok_free(&toks);
	return to->words < 1 || to->words > 4 ? "form not of 1 to 4 words"
					      : NULL;
}

static void
model_read(struct model *m, struct str s)
{
	struct str row;
	size_t at = 0;

	*m = (struct model){.n = 0};
	while (m->why == NULL && lines_next(s, &at, &row)) {
		m->line++;
		if (row.n > 0 && row.p[0] != '#')
			m->why = model_cue(&m->v[m->n++], row);
	}
	m->n -= m->why != NULL;
}

/* The last row of the longest form that the tokens begin with, from 1. */
static size_t
model_at(const struct model *m, const struct tok *t, size_t n, size_t *len)
{
	size_t i, k, found = 0;

	*len = 0;
	for (i = 0; i < m->n; i++) {
		const struct model_cue *c = &m->v[i];

		if (c->words > n || c->words < *len)
			continue;
		for (k = 0; k < c->words && c->hash[k] == t[k].hash;)
			k++;
		if (k == c->words) {
			*len = k;
			found = i + 1;
		}
	}
	return found;
}

static void
make(struct vary *v)
{
	static const char *const forms[] = {"said", "Said", "said that",
	    "so said", "so", "went on to say", "went", "went  on",
	    "\xc3\xa4u\xc3\x9fre", "s.o.", "went on to say so", ""};
	static const char *const weights[] = {"0", "1", "0.5", "0.875", "1.0",
	    "0.9999999", "1.0000001", "0.0000001", "0.99999", "2", "0.",
	    "1.0000000", "0.12345678", "0.1e1", "-0", ".5"};
	static const char *const ends[] = {
	    "\n", "\n", "\r\n", "\n\n", "\n#so\t1\n", "\n\r\n"};
	size_t rows = vary_below(v, 4);

	v->n = 0;
	do {
		size_t from = v->n;

		vary_word(v, forms,
		    sizeof(forms) / sizeof(forms[0]) -
			(vary_below(v, 8) == 0 ? 0 : 2));
		vary_byte(v, '\t');
		vary_word(v, weights,
		    vary_below(v, 8) == 0 ? sizeof(weights) / sizeof(weights[0])
					  : 6);
		vary_byte(v, '\t');
		vary_word(v, frames, 11);
		vary_byte(v, '\t');
		vary_word(v, classes, 3);
		if (vary_below(v, 8) == 0)
			vary_spoil(v, from, STR_LIT("\t\t\r\n#.01 so\x07"));
		vary_word(v, ends, sizeof(ends) / sizeof(ends[0]));
	} while (rows-- > 0);
	v->n -= vary_below(v, 4) == 0;
}

static size_t
compare(const struct cue_list *l, const struct model *m, struct str text)
{
	struct tok_list toks = {0};
	size_t i, len, want_len, want, found = 0;

	CHECK_EQ(l->n, m->n);
	for (i = 0; i < l->n && i < m->n; i++) {
		double less = m->v[i].weight - (double)l->v[i].weight;

		CHECK(less < 1e-6 && less > -1e-6);
		CHECK(l->v[i].frame == m->v[i].frame);
		CHECK(l->v[i].core == (m->v[i].class == 1));
		CHECK(l->v[i].mind == (m->v[i].class == 2));
	}
	tok_text(&toks, text);
	for (i = 0; i < toks.n; i++) {
		want = model_at(m, toks.v + i, toks.n - i, &want_len);
		CHECK_EQ(cue_at(l, toks.v + i, toks.n - i, &len), want);
		CHECK_EQ(len, want_len);
		found += want > 0;
	}
	tok_free(&toks);
	return found;
}

static void
equals_model(void)
{
	static const char *const texts[] = {"she said that, so said he",
	    "SO SAID went on to say so", "went on", "so so",
	    "\xc3\x84u\xc3\x9fre s.o. went on to say",
	    "went on to go, went, said"};
	const size_t rounds = check_count();
	struct vary v = {.state = 29};
	struct cue_list l = {0};
	struct model m;
	size_t i, line, refused = 0, found = 0;

	for (i = 0; i < rounds; i++) {
		char why[120] = "";
		int got;

		make(&v);
		model_read(&m, vary_str(&v));
		cue_clear(&l);
		got = cue_read(&l, vary_str(&v), why, &line);
		CHECK(got == (m.why == NULL ? 0 : -1));
		if (got == -1 && m.why != NULL) {
			CHECK(str_starts(str_of(why), str_of(m.why)));
			CHECK_EQ(line, m.line);
			CHECK(utf_clean(str_of(why)) == strlen(why));
		}
		refused += got == -1;
		found += compare(&l, &m, str_of(texts[vary_below(&v, 6)])) > 0;
	}
	CHECK(refused > rounds / 10 && refused < rounds / 3 * 2);
	CHECK(found > rounds / 10);
	cue_free(&l);
}

int
main(void)
{
	check_case(
	    "cue: rows and what they find equal the model", equals_model);
	return check_done();
}
