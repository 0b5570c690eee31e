/* SPDX-License-Identifier: ISC */
#include "common/stop.h"

#include "tests/unit/check.h"

/* The sentences of a text, with "|" between them, are those of `want`, which
 * is the text with a "|" before each but the first. */
static void
cut(const char *want)
{
	static unsigned char text[1024], buf[2048];
	struct tok_list l = {0};
	struct str s = {text, 0};
	size_t i, k = 1, n = 0;

	for (i = 0; want[i] != '\0'; i++)
		if (want[i] != '|')
			text[s.n++] = (unsigned char)want[i];
	stop_text(&l, s);
	for (i = 0; i < s.n; i++) {
		if (k < l.sentences && l.v[l.sentence[k]].at == i) {
			buf[n++] = '|';
			k++;
		}
		buf[n++] = text[i];
	}
	CHECK_STR(((struct str){buf, n}), str_of(want));
	tok_free(&l);
}

/* A word of each kind of data/sentences.tsv: its bits are in that order. */
static void
kinds(void)
{
	cut("It rose. [source needed] |It fell.");
	cut("Buy from Yahoo! today. |Buy it! |today.");
	cut("Thanks, |Jane Hall");
	cut("Eggs etc. are good. |Eggs etc. |Good.");
	cut("Birch Inc. in Ohio and Birch Inc. Shares. |At Birch Inc. |They");
	cut("in Mass. he is known. |Holy mass. |Hall prayed. |In Mass. |The");
	cut("A boat |Photo: Jane Hall");
	cut("(b. May 1950) and b. |Again.");
	cut("See no. 5 now. |No. |Never.");
	cut("A boat |Sunday, May 3, 2015");
	cut("A boat on Sunday, May 3, 2015");
	cut("the U.S. Senate of the U.S. |However, it met.");
	cut("Dr. Hall met Mr. Lind.");
	cut("\"Why?\" Jane Hall asked. |\"Why?\" |Jane Hall left.");
	cut("That is, e.g. The Times.");
}

static void
abbreviations(void)
{
	cut("J. B. Hall and K. Lind. |Plan B. |The rest.");
	cut("William I. of Orange. |So do I. |They do.");
	cut("We met at 5 p.m. |They came. |At 5 p.m. Jane came.");
	cut("It is by bldg. two. |It is by the sea. |two of them.");
	cut("1. Wash it. |2. Dry it. |iv. Rest. |It was 1998. |He left.");
	cut("Acme Inc.! |Then more. |Acme Inc.. |More.");
	cut("21st St. |The end of St. Ives.");
	cut("Am 3. Mai kam er.");
}

static void
marks(void)
{
	cut("(So it is.) |Then [12.] |No. [12] |So");
	cut("It was. [12] [13] |Next");
	cut("Good :) |Come. :-) |It is ;P but no.");
	cut("Good! ^_^ |Come =)) |No");
	cut("He went . . . and came. |... Then he left.");
	cut("Was it so ? |Yes ! |On .NET it is.");
	cut("That is all. |--Jane");
	cut("That is all. |-- Jane");
	cut("\"That is all.\" -- Jane");
	cut("One ----- |two *** |three");
	cut("*, *! ... He came. |Well");
	cut("*Bold.* |Next. |_");
}

static void
spaces(void)
{
	cut("the end.|The next is example.Com/a and a.B.c");
	cut("was it?|no one./See a.Png.");
	cut("well...|Maybe but...I think");
	cut("See http://a.b/c?d=E!f. |It is. |See http://a.b/ |http://a.c/d");
	cut("Look. |http://a.b/ ... |www.example.com is");
}

static void
mails(void)
{
	cut("Jane Hall |08/16/2000 03:48 PM |Will you?");
	cut("Jane Hall |08/16/2000 03:48:10 PM |will you?");
	cut("on 08/16/2000 03:48 PM |Will you?");
	cut("on 08/16/2000 03:48 PM he came, at 03:48 PM Hall");
	cut("Best regards, |Jane Hall");
	cut("Best regards, I am well");
	cut("With a lot of best regards, Jane Hall");
	cut("Sunday, May 3, 2015 |A boat was found");
}

int
main(void)
{
	check_case("stop: kinds of words", kinds);
	check_case("stop: abbreviations, initials, items", abbreviations);
	check_case("stop: marks, faces, notes", marks);
	check_case("stop: missing spaces, addresses", spaces);
	check_case("stop: mails and headlines", mails);
	return check_done();
}
