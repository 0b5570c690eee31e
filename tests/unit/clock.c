/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "cmd/entities/clock.h"

#include "tests/unit/check.h"
#include "tests/unit/vary.h"

/* What is found at the front of a text. */
struct model {
	size_t n; /* bytes, 0 for no clock */
	char canonical[32];
};

static const char *const zones[] = {"GMT", "UTC", "EST", "EDT", "CST", "CDT",
    "MST", "MDT", "PST", "PDT", "ET", "CT", "PT", "BST", "CET", "CEST", "EET",
    "EEST", "MSK", "IST", "JST", "KST", "AEST", "AEDT"};

static const char *const halves[] = {"am", "a.m.", "a.m", "pm", "p.m.", "p.m",
    "AM", "PM", "P.M.", "Pm", "A.m.", "aM", "Am", "pM", "P.m.", "p.M.", "a.M.",
    "A.M.", "A.M", "P.M", "P.m", "A.m", "p.M", "a.M"};

#define COUNT(v) (sizeof(v) / sizeof((v)[0]))

static int
is_digit(int c)
{
	return c >= '0' && c <= '9';
}

static int
is_letter(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

/* Where the longest of the words that stands at `at` ends, at least; a letter
 * right behind it makes it another word, unless it ends in a period. */
static size_t
word_end(const unsigned char *s, size_t at, const char *const *words, size_t n,
    size_t *which)
{
	size_t i, len, best = at;

	for (i = 0; i < n; i++) {
		len = strlen(words[i]);
		if (strncmp((const char *)s + at, words[i], len) == 0 &&
		    (words[i][len - 1] == '.' || !is_letter(s[at + len])) &&
		    at + len > best) {
			best = at + len;
			*which = i;
		}
	}
	return best;
}

/* Two digits and no more at `at`; 0 if there are none. */
static int
pair(const unsigned char *s, size_t at)
{
	return is_digit(s[at]) && is_digit(s[at + 1]) && !is_digit(s[at + 2]);
}

/* Read "1715 GMT". */
static void
model_bare(struct model *m, const unsigned char *s)
{
	size_t zone = COUNT(zones), end;

	end = s[4] == ' ' ? word_end(s, 5, zones, COUNT(zones), &zone) : 0;
	if (zone == COUNT(zones) || strlen(zones[zone]) < 3 || s[2] > '5' ||
	    strncmp((const char *)s, "24", 2) >= 0)
		return;
	m->n = end;
	snprintf(m->canonical, sizeof(m->canonical), "%.2s:%.2s %s", s, s + 2,
	    zones[zone]);
}

/* Read the NUL-ended text. */
static void
model_clock(struct model *m, const unsigned char *s)
{
	unsigned v[3] = {0, 0, 0};
	size_t n = 0, end, which = COUNT(halves), zone = COUNT(zones);
	int parts = 1, colon = 0, half;

	m->n = 0;
	while (is_digit(s[n]))
		n++;
	if (n == 4)
		model_bare(m, s);
	if (n == 0 || n > 2)
		return;
	v[0] = (unsigned)strtoul((const char *)s, NULL, 10);
	if ((s[n] == ':' || s[n] == '.') && pair(s, n + 1)) {
		colon = s[n] == ':';
		v[1] = (unsigned)strtoul((const char *)s + n + 1, NULL, 10);
		parts = 2;
		n += 3;
		if (colon && s[n] == ':' && pair(s, n + 1)) {
			v[2] = (unsigned)strtoul(
			    (const char *)s + n + 1, NULL, 10);
			parts = 3;
			n += 3;
		}
		if (s[n] == ':')
			return;
	}
	end = word_end(s, n + (s[n] == ' '), halves, COUNT(halves), &which);
	half = which < COUNT(halves);
	if (half)
		n = end;
	if ((!half && !colon) || v[1] > 59 || v[2] > 59 ||
	    v[0] > (half ? 12 : 23))
		return;
	if (half)
		v[0] = v[0] % 12 + ((halves[which][0] | 32) == 'p' ? 12 : 0);
	end = s[n] == ' ' ? word_end(s, n + 1, zones, COUNT(zones), &zone) : n;
	m->n = zone < COUNT(zones) ? end : n;
	snprintf(m->canonical, sizeof(m->canonical), "%02u:%02u", v[0], v[1]);
	end = strlen(m->canonical);
	if (parts == 3)
		end += (size_t)snprintf(m->canonical + end,
		    sizeof(m->canonical) - end, ":%02u", v[2]);
	if (zone < COUNT(zones))
		snprintf(m->canonical + end, sizeof(m->canonical) - end, " %s",
		    zones[zone]);
}

static void
make(struct vary *v)
{
	static const char *const marks[] = {":", ":", ".", "-", ""};
	static const char *const between[] = {"", " ", "  "};
	static const char *const ends[] = {
	    "", ".", ", he", "x", "\xc3\xa9", " x"};
	char text[16];
	size_t parts = 1 + vary_below(v, 3);

	v->n = 0;
	snprintf(text, sizeof(text), vary_below(v, 2) == 0 ? "%zu" : "%02zu",
	    vary_below(v, 26));
	vary_add(v, str_of(text));
	for (; parts > 1; parts--) {
		vary_word(v, marks, COUNT(marks));
		snprintf(text, sizeof(text), "%02zu", vary_below(v, 63));
		vary_add(v, str_of(text));
	}
	if (vary_below(v, 2) == 0) {
		vary_word(v, between, COUNT(between));
		vary_word(v, halves, COUNT(halves));
	}
	if (vary_below(v, 2) == 0) {
		vary_word(v, between, COUNT(between));
		vary_word(v, zones, COUNT(zones));
	}
	if (vary_below(v, 4) == 0)
		vary_spoil(v, 1, STR_LIT("0123456789:. apm.TESZ"));
	vary_word(v, ends, COUNT(ends));
}

static void
equals_model(void)
{
	const size_t rounds = check_count();
	struct vary v = {.state = 53};
	struct tok_list toks = {0};
	struct mem mem = {NULL, NULL};
	size_t i, end, found = 0;

	for (i = 0; i < rounds; i++) {
		struct model m;
		struct value value;
		struct str s;

		make(&v);
		s = vary_str(&v);
		vary_byte(&v, '\0');
		tok_text(&toks, s);
		model_clock(&m, v.p);
		if (toks.n == 0 || toks.v[0].kind != TOK_NUMBER)
			continue;
		end = clock_at(&value, &mem, s, &toks, 0);
		if (!CHECK((end > 0) == (m.n > 0)) && check.failures < 10)
			printf("# %s\n", (const char *)v.p);
		if (end == 0 || m.n == 0)
			continue;
		CHECK(value.at == 0 && value.type == VALUE_TIME);
		if (!CHECK_EQ(value.end, m.n) && check.failures < 10)
			printf("# %s\n", (const char *)v.p);
		CHECK_STR(value.canonical, str_of(m.canonical));
		CHECK(end == toks.n || toks.v[end].at >= m.n);
		found++;
		mem_reset(&mem);
	}
	CHECK(found > rounds / 5 && found < rounds - rounds / 5);
	mem_free(&mem);
	tok_free(&toks);
}

int
main(void)
{
	check_case("clock: times of day equal the model", equals_model);
	return check_done();
}
