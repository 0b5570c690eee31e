/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "common/tag.h"
#include "common/utf.h"

#include "tests/unit/check.h"

/* The names of one document, as "type:text>canonical" with "; " between. */
static void
names(const char *const *lines, size_t n, const char *want)
{
	struct doc_block v[16];
	struct doc doc = {.v = v, .n = n};
	struct tag_names names = {0};
	struct tag *tag = tag_new();
	char buf[2000] = "";
	size_t i, at = 0;

	for (i = 0; i < n; i++)
		v[i] = (struct doc_block){
		    .text = str_of(lines[i]), .number = i + 1};
	tag_doc(tag, &doc, &names);
	for (i = 0; i < names.n; i++) {
		const struct tag_name *t = &names.v[i];
		struct str s = str_sub(v[t->block].text, t->at, t->end);
		struct str full = names.entity[t->entity].name;

		/* Nobody asked. */
		CHECK(t->score <= 0);
		at += (size_t)snprintf(buf + at, sizeof(buf) - at,
		    "%s%c:%.*s>%.*s", at > 0 ? "; " : "", "POLM"[t->type],
		    (int)s.n, (const char *)s.p, (int)full.n,
		    (const char *)full.p);
	}
	CHECK_STR(str_of(buf), str_of(want));
	tag_names_free(&names);
	tag_free(tag);
}

static void
plain_names(void)
{
	names((const char *const[]){"Anna Berg flew from Paris to Tokyo.",
		  "Berg met the mayor of Geneva."},
	    2,
	    "P:Anna Berg>Anna Berg; L:Paris>Paris; L:Tokyo>Tokyo; "
	    "P:Berg>Anna Berg; L:Geneva>Geneva");
	names((const char *const[]){"Nothing is named here."}, 1, "");
	names((const char *const[]){""}, 1, "");
	names(NULL, 0, "");
}

/* What holds for any text. */
static void
invariants(const struct doc *doc, const struct tag_names *names)
{
	size_t i, *mentions = calloc(names->entities + 1, sizeof(*mentions));

	if (mentions == NULL)
		abort();
	for (i = 0; i < names->n; i++) {
		const struct tag_name *t = &names->v[i];

		if (!CHECK(t->block < doc->n && t->at < t->end &&
			   t->end <= doc->v[t->block].text.n &&
			   t->entity < names->entities))
			continue;
		CHECK(t->type <= TAG_MISC);
		CHECK(t->score > 0 && t->score <= 1);
		if (i > 0)
			CHECK(t[-1].block < t->block ||
			      (t[-1].block == t->block && t[-1].end <= t->at));
		CHECK_EQ(
		    utf_clean(str_sub(doc->v[t->block].text, t->at, t->end)),
		    t->end - t->at);
		CHECK(names->entity[t->entity].name.n > 0);
		mentions[t->entity]++;
	}
	for (i = 0; i < names->entities; i++)
		CHECK_EQ(mentions[i], names->entity[i].count);
	free(mentions);
}

static void
any_text(void)
{
	static const char *const piece[] = {"Anna", "Berg", "Paris", "the",
	    "of", "Mr.", "President", "said", "University", "Bank", "May",
	    "U.S.", ",", ".", "-", "'s", "\xe2\x80\x99s", "\"", "\xe2\x80\x9c",
	    "\xc3\x89t\xc3\xa9", "\xe4\xba\xba", "New", "York", "AND", "J.",
	    "&", "(", ")", "\t", "1999", "von", "al-", "London-based", "Berg's",
	    "\xef\xbf\xbd", "O'Neil"};
	struct tag *tag = tag_new();
	struct tag_names names = {0};
	struct doc_block v[12];
	struct doc doc = {.v = v};
	uint64_t seed = 21;
	int round;

	tag_scores(tag);
	for (round = 0; round < 3000; round++) {
		unsigned char *p[12];
		size_t b, i, n, len, words;

		doc.n = check_random(&seed) % 12;
		for (b = 0; b < doc.n; b++) {
			unsigned char line[900];

			words = check_random(&seed) % 40;
			for (i = n = 0; i < words; i++) {
				const char *s =
				    piece[check_random(&seed) %
					  (sizeof(piece) / sizeof(*piece))];

				len = strlen(s);
				memcpy(line + n, s, len);
				n += len;
				if (check_random(&seed) % 8 != 0)
					line[n++] = ' ';
			}
			if ((p[b] = malloc(n + 1)) == NULL)
				abort();
			memcpy(p[b], line, n);
			v[b] = (struct doc_block){
			    .text = {p[b], n}, .number = b + 1};
		}
		tag_doc(tag, &doc, &names);
		invariants(&doc, &names);
		for (b = 0; b < doc.n; b++)
			free(p[b]);
	}
	tag_names_free(&names);
	tag_free(tag);
	tag_free(NULL);
}

int
main(void)
{
	check_case("tag: plain names", plain_names);
	check_case("tag: any text keeps the promises", any_text);
	return check_done();
}
