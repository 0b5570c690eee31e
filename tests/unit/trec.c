/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "cmd/docsplit/entity.h"
#include "cmd/docsplit/markup.h"
#include "cmd/docsplit/trec.h"

#include "tests/unit/check.h"
#include "tests/unit/feed.h"

/*
 * The model has all input in memory and looks ahead as far as it likes.  It
 * knows the references and elements that the test makes, and no more.
 */

static struct {
	char s[1 << 14]; /* ends in NUL */
	size_t n;
} input;

static struct {
	char rows[1 << 16], text[1 << 14];
	size_t n, text_n, docs, faults;
	int inside, begun, numbered, wiki, stray, parted;
	char doc[4]; /* the name of the tag as it is written */
} model;

static int
is(size_t at, const char *what)
{
	return strncmp(input.s + at, what, strlen(what)) == 0;
}

static int
is_letter(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int
is_name(int c)
{
	return c != '\0' && (is_letter(c) || strchr("0123456789_-.:", c));
}

/* Where `what` is at or behind `at`, or the end. */
static size_t
find(size_t at, const char *what)
{
	while (at < input.n && !is(at, what))
		at++;
	return at;
}

/* Whether what is behind the name of a tag can be attributes. */
static int
attributes_only(size_t at, size_t end)
{
	size_t words = 0, i;
	int white = strchr(" \n", input.s[at]) != NULL, values = 0;

	for (i = at; i < end; i++) {
		values |= input.s[i] == '=';
		if (is_name(input.s[i]))
			words += !is_name(input.s[i - 1]);
		else if (!strchr(" \n", input.s[i]) &&
			 (input.s[i] != '/' ||
			     strspn(input.s + i + 1, " \n") < end - i - 1))
			words = 2;
	}
	return at == end || input.s[at] == '/' ? words == 0
					       : white && (values || words < 2);
}

/* Bytes of what may be markup at `at`, 0 if it is text; not of comments. */
static size_t
measure(size_t at)
{
	size_t i = at + 1, first = 0, end = at + 1;
	char quote = 0;

	if (input.s[i] == '/' || input.s[i] == '!' || input.s[i] == '?')
		i++;
	if (!is_letter(input.s[i]))
		return 0;
	while (end < input.n && input.s[end] != '<')
		end++;
	for (; i < end; i++) {
		if (input.s[i] == '>' && !quote)
			return i + 1 - at;
		if (input.s[i] == '>' && first == 0)
			first = i + 1 - at;
		if (quote && input.s[i] == quote)
			quote = 0;
		else if (!quote && strchr("\"'", input.s[i]) &&
			 input.s[i - 1] == '=')
			quote = input.s[i];
	}
	return first;
}

/* Bytes of the markup at `at`, 0 if it is text. */
static size_t
tag(size_t at)
{
	size_t n = measure(at), name = at + 1;

	if (n == 0 || input.s[name] == '!' || input.s[name] == '?')
		return n;
	name += input.s[name] == '/';
	while (is_name(input.s[name]))
		name++;
	return attributes_only(name, at + n - 1) ? n : 0;
}

/* Whether the name at `at` is this one, in any case or as it is. */
static int
named(size_t at, const char *name, int any_case)
{
	size_t i, n = strlen(name);

	for (i = 0; i < n; i++)
		if (input.s[at + i] != name[i] &&
		    !(any_case && input.s[at + i] == (name[i] & ~0x20)))
			return 0;
	return !is_name(input.s[at + n]);
}

static int
line_start(size_t at)
{
	return at == 0 || input.s[at - 1] == '\n';
}

/* Whether a document ends at `at`, or another begins. */
static int
boundary(size_t at)
{
	if (is(at, "</") && named(at + 2, model.doc, 0) &&
	    at + 2 + strlen(model.doc) < input.n)
		return 1;
	return is(at, "<") && line_start(at) && named(at + 1, model.doc, 0) &&
	       at + 1 + strlen(model.doc) < input.n;
}

/* Whether the line has some text. */
static int
texted(void)
{
	size_t i = model.text_n;

	while (i > 0 && model.text[i - 1] == ' ')
		i--;
	return i > 0 && model.text[i - 1] != '\n';
}

static void
put(char c)
{
	if (model.parted && c == ' ')
		return;
	if (model.parted && c != '\n')
		model.text[model.text_n++] = '\n';
	model.parted = 0;
	model.text[model.text_n++] = c;
}

static void
end_doc(void)
{
	size_t i, from = 0, line = 1;
	int blank = 1;

	model.inside = model.stray = 0;
	if (!model.begun) {
		model.faults++;
		return;
	}
	model.parted = 0;
	put('\n');
	for (i = 0; i < model.text_n; i++) {
		if (model.text[i] != '\n') {
			blank &= model.text[i] == ' ';
			continue;
		}
		if (!blank)
			model.n += (size_t)sprintf(model.rows + model.n,
			    "-:%zu\t%zu\t%.*s\n", model.docs, line,
			    (int)(i - from), model.text + from);
		from = i + 1;
		line++;
		blank = 1;
	}
}

static void
begin_doc(size_t at)
{
	size_t i, n = tag(at);

	if (model.doc[0] == '\0') {
		memcpy(model.doc, input.s + at + 1, 3);
		model.wiki = model.doc[0] == 'd';
		model.numbered = 1;
		for (i = at; i < at + n; i++)
			model.numbered &= input.s[i] != '=';
	}
	model.inside = 1;
	model.begun = !model.numbered;
	model.docs += (size_t)model.begun;
	model.text_n = 0;
	model.parted = 0;
}

/* The length of the reference at `at`, and what it stands for. */
static size_t
reference(size_t at, char *c)
{
	static const struct {
		const char *name;
		char c;
	} known[] = {
	    {"&amp;", '&'}, {"&lt;", '<'}, {"&#10;", '\n'}, {"&#x41;", 'A'}};
	size_t i;

	*c = '&';
	for (i = 0; i < 4; i++)
		if (is(at, known[i].name)) {
			*c = known[i].c;
			return strlen(known[i].name);
		}
	return 1;
}

/* Skip the comment at `at`, or what it begins with. */
static size_t
comment(size_t at)
{
	char end_tag[8];
	size_t close = find(at + 2, "-->"), end = input.n;

	sprintf(end_tag, "</%s", model.doc);
	if (model.inside)
		end = find(at + 4, end_tag);
	return close < input.n && close < end ? close + 3 : at + 4;
}

/* Skip the content of DOCNO, which begins at `at`. */
static size_t
number(size_t at)
{
	size_t n = 0;
	char c;

	while (at < input.n) {
		if (is(at, "<!--")) {
			at = comment(at);
			continue;
		}
		if (is(at, "<") && tag(at) > 0)
			break;
		c = input.s[at];
		at += c == '&' ? reference(at, &c) : 1;
		n += c != ' ' && c != '\n';
	}
	if (!model.begun && n > 0) {
		model.begun = 1;
		model.docs++;
	}
	model.faults += !(is(at, "</") && named(at + 2, "docno", 1));
	put('\n');
	return at;
}

/* Skip what `name` holds, up to its end tag. */
static size_t
hidden(size_t at, const char *name)
{
	for (; at < input.n; at++) {
		if (is(at, "</") && named(at + 2, name, 1) &&
		    at + 2 + strlen(name) < input.n)
			break;
		if (boundary(at)) {
			model.faults++;
			break;
		}
	}
	return at;
}

static size_t
element(size_t at, size_t n)
{
	static const char *const hiding[] = {"script", "style", "dochdr"};
	size_t i;

	if (input.s[at + n - 2] == '/')
		return at + n;
	if (named(at + 1, "docno", 1))
		return number(at + n);
	for (i = 0; i < 3; i++)
		if (named(at + 1, hiding[i], 1))
			return hidden(at + n, hiding[i]);
	return at + n;
}

static size_t
markup(size_t at)
{
	static const char *const blocks[] = {"p", "br", "title"};
	size_t n = tag(at), i;
	int is_doc = model.doc[0] ? named(at + 1, model.doc, 0)
				  : named(at + 1, "doc", 1);

	if (is_doc && (!model.inside || line_start(at))) {
		if (model.inside) {
			model.faults++;
			end_doc();
		}
		begin_doc(at);
		return at + n;
	}
	if (!model.inside)
		return at + n;
	for (i = 0; i < 3; i++)
		if (named(at + (is(at, "</") ? 2 : 1), blocks[i], 1))
			model.parted = texted();
	if (is(at, "</") && named(at + 2, model.doc, 0))
		end_doc();
	else if (!is(at, "</"))
		return element(at, n);
	return at + n;
}

static void
run_model(void)
{
	size_t at = 0;
	char c;

	memset(&model, 0, sizeof(model));
	while (at < input.n) {
		int text = model.inside && model.wiki && !boundary(at);

		if (!text && is(at, "<!--")) {
			at = comment(at);
			continue;
		}
		if (!text && is(at, "<") && tag(at) > 0) {
			at = markup(at);
			continue;
		}
		c = input.s[at];
		if (!model.inside && c != ' ' && c != '\n' && !model.stray) {
			model.faults++;
			model.stray = 1;
		}
		at += model.inside && c == '&' ? reference(at, &c) : 1;
		if (model.inside)
			put(c);
	}
	if (model.inside) {
		model.faults++;
		end_doc();
	}
}

static void
make(uint64_t *seed, int wiki)
{
	static const char *const words[] = {"a", "b ", "\n", "\n", " ", "<",
	    ">", "\"", "=\"", "'", "-->", "<!--", "<!-- c -->", "<p>", "</p\n>",
	    "<br/>", "<a b=\"", "<a b='x>y'>", "<?x y>", "<!D>", "&amp;",
	    "&lt;", "&#10;", "&#x41;", "&", "&nil;", "<docno>",
	    "<DOCNO> 1 </DOCNO>", "</docno>", "<script>", "</script>",
	    "</SCRIPT", "<Style x>", "</style >", "<dochdr>\nu", "</dochdr>",
	    "<title>", "</title>", "<docs>", "</DO", "<i>", "<p a>", "<a b",
	    "<p/", "<title b c"};
	static const char *const upper[] = {"<DOC>", "</DOC>", "\n<DOC>\n",
	    "<DOC>\n<DOCNO>2</DOCNO>\n", "\n</DOC>\n", "<DOC id=\"3\">",
	    "<doc>", "\n<DOC\n>", "</DOC"};
	static const char *const lower[] = {"<doc id=\"1\">", "</doc>\n",
	    "\n<doc url=x>\n", "</doc", "\n<doc", "<DOC>", "\n</doc>\n",
	    "\n<doc x>", "</doc>"};
	size_t n = 1 + check_random(seed) % 30;

	input.s[0] = '\0';
	if (wiki)
		strcat(input.s, "<doc id=\"1\" url=\"u\">\nT t\n</doc>\n");
	else
		strcat(input.s, check_random(seed) % 2 ? "<DOC x=y>" : "<DOC>");
	while (n-- > 0) {
		uint64_t r = check_random(seed);
		const char *const *docs = wiki ? lower : upper;

		strcat(input.s, r % 3 ? words[r / 3 % 45] : docs[r / 3 % 9]);
	}
	input.n = strlen(input.s);
}

static void
compare(void)
{
	static const struct docsplit_options split = {.prefix = ""};
	static const struct reader_options options = {
	    .separator = READER_NO_BYTE};
	const size_t rounds = check_count();
	uint64_t seed = 1;
	size_t i;

	for (i = 0; i < rounds && check.failures == 0; i++) {
		struct feed got;

		make(&seed, i % 3 == 0);
		run_model();
		/* Small reads take long, and the socket holds a few hundred. */
		feed(&got, trec_read,
		    (struct str){(unsigned char *)input.s, input.n},
		    i % 32 < 3 ? input.n / 200 + 1 + i % 32 : 1 << 14, &split,
		    &options);
		if (!CHECK_EQ(got.faults, model.faults) ||
		    !CHECK_STR(feed_rows(&got),
			((struct str){(unsigned char *)model.rows, model.n})))
			printf("# round %zu: %s\n", i, input.s);
		feed_free(&got);
	}
}

static void
references(void)
{
	static const struct {
		const char *from, *to;
	} v[] = {{"&amp;lt;", "&lt;"}, {"&thetasym;&zwnj;", "ϑ\u200c"},
	    {"&hyph;&blank;&sect;", "- §"}, {"&AMP;&amp &;", "&AMP;&amp &;"},
	    {"&#65;&#x42;&#X43;", "ABC"}, {"&#0;&#xd800;&#x110000;", "���"},
	    {"&#128;", "€"}, {"&#99999999999;", "�"},
	    {"&#;&#x;&#xg;&#1a;", "&#;&#x;&#xg;&#1a;"}, {"&&amp;&", "&&&"},
	    {"&#x10ffff;", "\U0010ffff"}};
	unsigned char to[100];
	size_t i;

	for (i = 0; i < sizeof(v) / sizeof(v[0]); i++)
		CHECK_STR(
		    ((struct str){to, entity_decode(to, str_of(v[i].from))}),
		    str_of(v[i].to));
}

static void
attributes(void)
{
	static const struct {
		const char *inner, *name, *value;
	} v[] = {{" id=\"1\" url=\"u\"", "url", "u"}, {" ID=7", "id", "7"},
	    {" a = 'x y' b", "a", "x y"},
	    {" title=\"\"H\" (s)\"", "title", "\"H\" (s)"},
	    {" a=\"x\" b", "a", "x"}, {" a=\"x", "a", "x"}, {" b a", "a", ""},
	    {" a=\"1\" /", "a", "1"}, {" a=\"q\"r=\" b=\"2\"", "a", "q\"r="}};
	struct str value;
	size_t i;

	for (i = 0; i < sizeof(v) / sizeof(v[0]); i++)
		if (CHECK(markup_attribute(
			str_of(v[i].inner), v[i].name, &value)))
			CHECK_STR(value, str_of(v[i].value));
	CHECK(!markup_attribute(STR_LIT(" ab=\"1\""), "a", &value));
	CHECK(!markup_attribute(STR_LIT(""), "a", &value));
}

int
main(void)
{
	check_case("character references", references);
	check_case("attributes", attributes);
	check_case("random documents, against a slow model", compare);
	return check_done();
}
