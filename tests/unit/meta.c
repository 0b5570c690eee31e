/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "cmd/entities/date.h"
#include "cmd/entities/meta.h"

#include "tests/unit/check.h"
#include "tests/unit/vary.h"
#include "tests/unit/written.h"

/* The value of `n` digits from `at` on, -1 if there is anything else. */
static int
model_digits(struct str s, size_t at, size_t n)
{
	int value = 0;

	for (; n > 0; n--, at++) {
		if (s.p[at] < '0' || s.p[at] > '9')
			return -1;
		value = 10 * value + s.p[at] - '0';
	}
	return value;
}

/* Whether a date is one of the calendar, from 1000 to 2199. */
static int
model_date(struct str s, struct day *d)
{
	static const int days[] = {
	    31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int leap;

	if (s.n < 10 || (s.n > 10 && s.p[10] != 'T') || s.p[4] != '-' ||
	    s.p[7] != '-')
		return 0;
	d->year = model_digits(s, 0, 4);
	d->month = model_digits(s, 5, 2);
	d->day = model_digits(s, 8, 2);
	leap = d->year % 400 == 0 || (d->year % 4 == 0 && d->year % 100 != 0);
	return d->year >= 1000 && d->year < 2200 && d->month >= 1 &&
	       d->month <= 12 && d->day >= 1 &&
	       d->day <= days[d->month - 1] - (d->month == 2 && !leap);
}

/* Column `k` of a row, from 0.  Returns 0 if there are fewer. */
static int
column(struct str row, size_t k, struct str *s)
{
	size_t i, from = 0;

	for (i = 0; i < row.n && k > 0; i++) {
		if (row.p[i] == '\t') {
			from = i + 1;
			k--;
		}
	}
	for (i = from; i < row.n && row.p[i] != '\t';)
		i++;
	*s = str_sub(row, from, i);
	return k == 0;
}

/*
 * Set the day of the document, as the first row that has one tells.  Returns
 * the number of the line that is no row, 0 if all are.
 */
static size_t
model_load(struct str s, struct str doc, struct day *d)
{
	size_t from, to, line = 0;
	struct day read;
	int known = 0;

	for (from = 0; from < s.n; from = to + 1) {
		struct str row, key, date;

		for (to = from; to < s.n && s.p[to] != '\n';)
			to++;
		row = str_sub(s, from, to);
		line++;
		if (str_ends(row, STR_LIT("\r")))
			row.n--;
		if (!column(row, 3, &date) || !column(row, 0, &key))
			return line;
		if (line == 1 && str_eq(key, STR_LIT("doc")) &&
		    str_eq(date, STR_LIT("date")))
			continue;
		if (!known && str_eq(key, doc) && model_date(date, &read)) {
			*d = read;
			known = 1;
		}
	}
	return 0;
}

/* A date that is right, or nearly. */
static void
make_date(struct vary *v)
{
	static const char *const ends[] = {"", "", "T10:00:00Z", "T", " 10:00"};
	static const int years[] = {999, 1000, 1900, 2000, 2025, 2199, 2200};
	char text[40];
	size_t from = v->n;

	snprintf(text, sizeof(text), "%04d-%02zu-%02zu",
	    years[vary_below(v, 7)], vary_below(v, 14), vary_below(v, 33));
	vary_add(v, str_of(text));
	vary_word(v, ends, 5);
	if (vary_below(v, 4) == 0)
		vary_spoil(v, from, STR_LIT("0123456789-T"));
}

static void
make(struct vary *v)
{
	static const char *const docs[] = {"a", "b", "a b", "doc", ""};
	static const char *const ends[] = {"\n", "\n", "\r\n", "\tx\ty\n"};
	size_t rows = vary_below(v, 4);

	v->n = 0;
	if (vary_below(v, 4) == 0)
		vary_add(v, STR_LIT("doc\tid\turl\tdate\ttitle\n"));
	do {
		vary_word(v, docs, 5);
		vary_add(v, STR_LIT("\tid\t\t"));
		make_date(v);
		if (vary_below(v, 3) == 0)
			vary_spoil(v, 0, STR_LIT("\t\n\r a"));
		vary_word(v, ends, 4);
	} while (rows-- > 0);
	v->n -= vary_below(v, 4) == 0;
}

static int
same_day(struct day a, struct day b)
{
	return a.year == b.year && a.month == b.month && a.day == b.day;
}

static void
dates_equal_model(void)
{
	const size_t rounds = check_count();
	struct vary v = {.state = 41};
	size_t i, good = 0;

	for (i = 0; i < rounds; i++) {
		struct day got = {0, 0, 0}, want = {0, 0, 0};
		int taken;

		v.n = 0;
		make_date(&v);
		taken = model_date(vary_str(&v), &want);
		CHECK((date_read(vary_str(&v), &got) == 0) == taken);
		if (taken)
			CHECK(same_day(got, want));
		good += (size_t)taken;
	}
	CHECK(good > rounds / 5 && good < rounds - rounds / 5);
}

static void
tables_equal_model(void)
{
	static const char *const docs[] = {"a", "b", "a b", "doc", ""};
	const size_t rounds = check_count();
	struct vary v = {.state = 43};
	struct written file;
	size_t i, k, line, refused = 0, known = 0;

	written_open(&file);
	for (i = 0; i < rounds; i++) {
		const struct day none = {1, 1, 1};
		struct meta meta = {.days = {.n = 0}};
		size_t bad = 0;
		const char *why;
		int got;

		make(&v);
		written_put(&file, vary_str(&v));
		got = meta_load(&meta, file.name, &why, &line);
		for (k = 0; k < 5; k++) {
			struct day day, want = none;

			bad = model_load(vary_str(&v), str_of(docs[k]), &want);
			day = meta_day(&meta, str_of(docs[k]), none);
			CHECK(bad != 0 || same_day(day, want));
			known += !same_day(day, none);
		}
		CHECK(got == (bad == 0 ? 0 : -1));
		if (bad != 0)
			CHECK_EQ(line, bad);
		refused += bad != 0;
		meta_free(&meta);
	}
	CHECK(refused > rounds / 20 && refused < rounds / 2);
	CHECK(known > rounds / 5);
	written_close(&file);
}

int
main(void)
{
	check_case("meta: dates equal the model", dates_equal_model);
	check_case("meta: tables equal the model", tables_equal_model);
	return check_done();
}
