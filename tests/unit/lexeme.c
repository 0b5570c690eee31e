/* SPDX-License-Identifier: ISC */
#include "common/lexeme.h"
#include "common/model.h"
#include "common/tok.h"

#include "tests/unit/check.h"

/* The number that the only word of `text` has. */
static uint32_t
find(struct lexicon *l, const char *text)
{
	struct tok_list toks = {0};
	uint32_t word[LEXEME_BATCH] = {0};

	tok_text(&toks, str_of(text));
	if (CHECK_EQ(toks.n, 1))
		lexeme_find(l, str_of(text), toks.v, toks.n, word);
	tok_free(&toks);
	return word[0];
}

/* What is kept of one must not be what another gets: rows of a document hang
 * on that document alone. */
static void
spellings_are_kept_apart(void)
{
	struct lexicon l;
	struct model model;
	const char *why;
	uint32_t straight;

	CHECK(model_open(&model, NULL, &why) == 0);
	lexeme_init(&l, &model, 0);
	straight = find(&l, "wouldn't");
	CHECK(find(&l, "wouldn\u2019t") != straight);
	CHECK(find(&l, "Wouldn't") != straight);
	CHECK_EQ(find(&l, "wouldn't"), straight);
	CHECK(find(&l, "non\u2011stop") != find(&l, "non-stop"));
	CHECK(find(&l, "\u00e9t\u00e9") != find(&l, "\u00c9t\u00e9"));
	lexeme_free(&l);
	model_close(&model);
}

static uint64_t
class_of(struct lexicon *l, const char *text)
{
	uint32_t word = find(l, text);

	return lexeme_class(&l->v[word], UINT32_MAX);
}

static void
capitals_are_of_the_words_class(void)
{
	struct lexicon l;
	struct model model;
	const char *why;

	CHECK(model_open(&model, NULL, &why) == 0);
	lexeme_init(&l, &model, 0);
	CHECK(class_of(&l, "Safaricom") != 0);
	CHECK_EQ(class_of(&l, "SAFARICOM"), class_of(&l, "Safaricom"));
	CHECK_EQ(class_of(&l, "FERRY"), class_of(&l, "ferry"));
	/* Mixed cases, and the short ones that are seldom words. */
	CHECK_EQ(class_of(&l, "sAFARICOM"), 0);
	CHECK(class_of(&l, "Elbe") != 0);
	CHECK_EQ(class_of(&l, "ELBE"), 0);
	lexeme_free(&l);
	model_close(&model);
}

int
main(void)
{
	check_case("lexeme: spellings of a word are kept apart",
	    spellings_are_kept_apart);
	check_case("lexeme: capitals are of the class of the word",
	    capitals_are_of_the_words_class);
	return check_done();
}
