/* SPDX-License-Identifier: ISC */
/*
 * parts - what holds for any bytes in the parsers of the library, in the
 * files that options name, and in each tool that reads rows.
 *
 * Built with -DTARGET=NAME this is a target for libFuzzer.  Built without, it
 * is a program that tests the files it is given, each as what the folder it
 * lies in is called, and prints `ok` or `not ok` for each folder.
 */
#define _GNU_SOURCE /* memfd_create(2) */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/day.h"
#include "common/escape.h"
#include "common/hash.h"
#include "common/mem.h"
#include "common/model.h"
#include "common/re.h"
#include "common/row.h"
#include "common/utf.h"

#include "cmd/declutter/declutter.h"
#include "cmd/dedupe/dedupe.h"
#include "cmd/dedupe/measure.h"
#include "cmd/entities/entities.h"
#include "cmd/entities/meta.h"
#include "cmd/quotes/quotes.h"

#include "tests/fuzz/input.h"

/* A page for what is no page itself, with something for every tool. */
static const char page[] =
    "a\t1\tHome\n"
    "a\t2\t“We know,” Anna Keller told reporters in Lausanne on 5 May.\n"
    "a\t3\tIt costs $3 million, said the Lake Transit Authority of Geneva.\n"
    "b\t1\tIt costs $3 million, said the Lake Transit Authority of Geneva.\n";

/* Lines of clean text, of `columns` columns at least. */
static const char *
check_out(const struct out *out, size_t columns)
{
	struct str s = {out->buf, out->n};
	const unsigned char *nl;

	if (s.n == 0)
		return NULL;
	MUST(utf_clean(s) == s.n, "what is written is clean");
	for (; s.n > 0; s = str_sub(s, (size_t)(nl - s.p) + 1, s.n)) {
		nl = memchr(s.p, '\n', s.n);
		MUST(nl != NULL, "rows end in a newline");
		MUST(row_columns(str_sub(s, 0, (size_t)(nl - s.p))) >= columns,
		    "rows have their columns");
	}
	return NULL;
}

/* Run a tool's work on the documents of `s`. */
typedef void work_fn(void *tool, const struct doc *, struct out *);

static const char *
each_doc(struct str s, size_t columns, work_fn *work, void *tool)
{
	struct out out = {.fd = OUT_MEMORY};
	const char *what;
	struct file file;
	struct doc doc;
	struct in in;

	file_of(&file, s);
	in_init(&in, file.args, IN_ROW_MAX);
	doc_init(&doc, &in, (struct doc_options){.max_doc = 4096});
	while (doc_next(&doc) == 1)
		work(tool, &doc, &out);
	what = check_out(&out, columns);
	doc_free(&doc);
	in_free(&in);
	close(file.fd);
	out_close(&out);
	return what;
}

/* The first tab or the end. */
static size_t
column_end(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] != '\t')
		n++;
	return n;
}

/* Whether digits say a number from 1 to SIZE_MAX. */
static int
is_number(struct str s)
{
	char text[32];

	while (s.n > 1 && s.p[0] == '0')
		s = str_sub(s, 1, s.n);
	if (s.n == 0 || s.n > 20 || s.p[0] == '0')
		return 0;
	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	return strspn(text, "0123456789") == s.n &&
	       (s.n < 20 || strcmp(text, "18446744073709551615") <= 0);
}

static const char *
try_row(struct str s)
{
	size_t a = column_end(s), b, c;
	struct str block, rest, plain, back, again;
	struct mem mem = {NULL, NULL};
	struct row row;
	int is_row;

	rest = str_sub(s, a < s.n ? a + 1 : a, s.n);
	b = column_end(rest);
	block = str_sub(rest, 0, b);
	is_row = a > 0 && a < s.n && b < rest.n && is_number(block);
	MUST(row_parse(s, &row) == is_row, "a row is a row");
	plain = row_unescape(&mem, s);
	back.p = mem_new(&mem, 2 * plain.n + 16, 1);
	back.n = escape_copy(mem_new(&mem, 2 * plain.n + 16, 1), plain);
	again = row_key(&mem, plain);
	MUST(again.n > 0 && utf_clean(again) == again.n, "keys are clean");
	if (is_row) {
		rest = str_sub(rest, b + 1, rest.n);
		c = column_end(rest);
		MUST(str_eq(row.doc, str_sub(s, 0, a)) &&
			 str_eq(row.text, str_sub(rest, 0, c)) &&
			 str_eq(row.extra, str_sub(rest, c, rest.n)),
		    "a row's columns are its");
	}
	MUST(back.n >= plain.n && plain.n <= s.n, "escapes add bytes");
	mem_free(&mem);
	return NULL;
}

static const char *
try_utf(struct str s)
{
	struct mem mem = {NULL, NULL};
	size_t clean = utf_clean(s), bad = 0, i, points = 0;
	struct str mended;
	unsigned char *to = mem_new(&mem, 3 * s.n + 1, 1);

	for (i = 0; utf_variant(i) != NULL; i++)
		MUST(utf_clean_by(i, s) == clean, "variants agree");
	mended = (struct str){to, utf_repair(to, s, &bad)};
	MUST(clean <= s.n && (bad == 0) == (clean == s.n), "dirt is counted");
	MUST(utf_clean(mended) == mended.n, "what is mended is clean");
	MUST(mended.n >= clean && memcmp(to, s.p, clean) == 0,
	    "what is clean stays");
	for (i = 0; i < mended.n; i++)
		points += (to[i] & 0xc0) != 0x80;
	MUST(utf_count(mended, UTF_POINTS) == points, "points are counted");
	MUST(utf_tail(s) <= 3, "a tail is short");
	(void)utf_blank(s);
	mem_free(&mem);
	return NULL;
}

static const char *
try_re(struct str s)
{
	const unsigned char *nl = memchr(s.p, '\n', s.n);
	size_t n = nl == NULL ? s.n : (size_t)(nl - s.p), at, from = 0;
	size_t start, end;
	struct str text = str_sub(s, nl == NULL ? n : n + 1, s.n);
	char why[120];
	struct re *re;

	if (utf_clean(s) != s.n)
		return NULL;
	if ((re = re_new(str_sub(s, 0, n), why, &at)) == NULL) {
		MUST(at <= n && memchr(why, '\0', sizeof(why)) != NULL,
		    "a bad pattern is told");
		return NULL;
	}
	while (from <= text.n && re_find(re, text, from, &start, &end) == 1) {
		MUST(start <= end && end <= text.n, "matches lie in the text");
		from = end > from ? end : from + 1;
		while (from < text.n && (text.p[from] & 0xc0) == 0x80)
			from++;
	}
	re_free(re);
	return NULL;
}

static void
by_declutter(void *tool, const struct doc *doc, struct out *out)
{
	declutter_doc(tool, doc, out);
}

static void
by_dedupe(void *tool, const struct doc *doc, struct out *out)
{
	struct measure measure = {.options = dedupe_how(tool)};
	struct out made = {.fd = OUT_MEMORY};

	measure_doc(&measure, doc, &made);
	dedupe_doc(tool, doc, (struct str){made.buf, made.n}, out);
	measure_free(&measure);
	free(made.buf);
}

static void
by_entities(void *tool, const struct doc *doc, struct out *out)
{
	entities_doc(tool, doc, out);
}

static void
by_quotes(void *tool, const struct doc *doc, struct out *out)
{
	size_t n = 0;

	if (quotes_doc(tool, doc, out, &n) == -1)
		abort();
}

static const char *
try_declutter(struct str s)
{
	unsigned how = choice(&s);
	struct declutter *tool = declutter_new((struct declutter_options){
	    .all = how & 1,
	    .explain = (how & 3) == 3,
	    .invert = (how & 5) == 4,
	});
	const char *what;

	if ((how & 8) != 0)
		declutter_learn(tool, DECLUTTER_LEARN);
	what = each_doc(s,
	    (how & 3) == 3 ? 6
	    : how & 1      ? 5
			   : 3,
	    by_declutter, tool);
	declutter_free(tool);
	return what;
}

static struct dedupe_options
dedupe_choice(unsigned how)
{
	struct dedupe_options options = {
	    .compare = (how & 1) != 0 ? DEDUPE_BYTES : DEDUPE_TEXT,
	    .show = (how & 2) != 0 ? DEDUPE_OLD : DEDUPE_NEW,
	    .blocks = (how & 4) != 0,
	    .similarity = 0.56,
	};

	options.wide = (how & 8) != 0;
	options.near = !options.wide && options.compare == DEDUPE_TEXT;
	return options;
}

static const char *
try_dedupe(struct str s)
{
	unsigned how = choice(&s);
	struct dedupe_options options = dedupe_choice(how);
	struct dedupe *tool;
	const char *what;

	if ((how & 16) != 0)
		options.show = (how & 32) != 0 ? DEDUPE_REPORT : DEDUPE_ALL;
	tool = dedupe_new(&options);
	what = each_doc(s, 3, by_dedupe, tool);
	dedupe_free(tool);
	return what;
}

static const char *
try_entities(struct str s)
{
	/* Kept: to read its model takes longer than most inputs. */
	static struct entities *tool;
	unsigned how = choice(&s);

	if (tool == NULL)
		tool = entities_new();
	entities_set(
	    tool, (struct entities_options){.unit = (enum utf_unit)(how % 3),
		      .scores = (int)(how >> 7),
		      .day = {2025, (how & 64) != 0 ? 9 : 0, 11}});
	return each_doc(s, how >> 7 ? 8 : 7, by_entities, tool);
}

static const char *
try_quotes(struct str s)
{
	static struct quotes *tool;

	if (tool == NULL)
		tool = quotes_new();
	quotes_offsets(tool, (enum utf_unit)(choice(&s) % 3));
	return each_doc(s, 10, by_quotes, tool);
}

static const char *
try_rules(struct str s)
{
	int add = (int)choice(&s) & 1;
	struct declutter *tool =
	    declutter_new((struct declutter_options){.all = 1});
	const char *what = NULL;
	struct file file;
	char why[120];
	size_t line;

	file_of(&file, s);
	if (declutter_rules(tool, file.name, add, why, &line) == 0)
		what = each_doc(str_of(page), 5, by_declutter, tool);
	else if (line == 0 || memchr(why, '\0', sizeof(why)) == NULL)
		what = "bad rules are told";
	close(file.fd);
	declutter_free(tool);
	return what;
}

static const char *
try_names(struct str s)
{
	int add = (int)choice(&s) & 1;
	struct entities *tool = entities_new();
	const char *what = NULL;
	struct file file;
	char why[160];
	size_t line;

	file_of(&file, s);
	if (entities_list(tool, file.name, add, why, &line) == 0)
		what = each_doc(str_of(page), 7, by_entities, tool);
	else if (line == 0 || memchr(why, '\0', sizeof(why)) == NULL)
		what = "a bad list is told";
	close(file.fd);
	entities_free(tool);
	return what;
}

static const char *
try_meta(struct str s)
{
	struct meta meta = {.days = {.n = 0}};
	const char *what = NULL, *why;
	struct file file;
	size_t line;
	struct day d;

	file_of(&file, s);
	if (meta_load(&meta, file.name, &why, &line) == -1 && why == NULL)
		what = "a bad table is told";
	d = meta_day(
	    &meta, str_sub(s, 0, column_end(s)), (struct day){1, 1, 1});
	if (d.month < 1 || d.day < 1 || day_at(day_count(d)).day != d.day)
		what = "days are in the calendar";
	close(file.fd);
	meta_free(&meta);
	return what;
}

static const char *
try_cues(struct str s)
{
	int add = (int)choice(&s) & 1;
	struct quotes *tool = quotes_new();
	const char *what = NULL;
	struct file file;
	char why[120];
	size_t line;

	file_of(&file, s);
	if (quotes_cues(tool, file.name, add, why, &line) == 0)
		what = each_doc(str_of(page), 10, by_quotes, tool);
	else if (line == 0 || memchr(why, '\0', sizeof(why)) == NULL)
		what = "bad cues are told";
	close(file.fd);
	quotes_free(tool);
	return what;
}

/* A model whose magic, size and sum are right, whatever the rest is; with an
 * odd first byte as it came. */
static const char *
try_model(struct str s)
{
	struct entities *tool = entities_new();
	int raw = (int)choice(&s) & 1;
	const char *what = NULL, *why;
	struct mem mem = {NULL, NULL};
	struct model_head *head;
	struct file file;

	if (s.n >= sizeof(*head) && !raw) {
		head = mem_new(&mem, s.n, 1);
		memcpy(head, s.p, s.n);
		s.p = (const unsigned char *)head;
		memcpy(head->magic, MODEL_MAGIC, sizeof(head->magic));
		head->order = MODEL_ORDER;
		head->version = MODEL_VERSION;
		head->size = s.n;
		head->sum = hash_64(
		    str_sub(s, offsetof(struct model_head, types), s.n), 0);
	}
	file_of(&file, s);
	if (entities_model(tool, file.name, &why) == 0)
		what = each_doc(str_of(page), 7, by_entities, tool);
	else if (why == NULL)
		what = "a bad model is told";
	close(file.fd);
	entities_free(tool);
	mem_free(&mem);
	return what;
}

/* Put what the input is into an index as a run of an honest program. */
static void
make_index(struct file *file, struct str s, const struct journal_how *how)
{
	struct journal journal;

	file_of(file, STR_LIT(""));
	if (journal_open(&journal, file->name, how) != JOURNAL_GOOD ||
	    journal_begin(&journal) == -1 || journal_put(&journal, s) == -1 ||
	    journal_end(&journal) == -1)
		abort();
	journal_free(&journal);
}

/* An index of any bytes, or a good one that holds any bytes. */
static const char *
try_index(struct str s)
{
	unsigned choose = choice(&s);
	struct dedupe_options options = dedupe_choice(choose);
	struct journal_how how = {.forget = (choose & 64) != 0};
	struct dedupe *tool;
	struct journal journal;
	const char *what = NULL;
	struct file file;

	options.saved = 1;
	tool = dedupe_new(&options);
	dedupe_parameters(&options, how.parameter);
	if ((choose & 128) != 0)
		file_of(&file, s);
	else
		make_index(&file, s, &how);
	how.forget = 0;
	if (journal_open(&journal, file.name, &how) <= JOURNAL_CUT &&
	    dedupe_load(tool, &journal)) {
		what = each_doc(str_of(page), 3, by_dedupe, tool);
		if (what == NULL && dedupe_save(tool, &journal) == -1)
			what = "an index is gone on with";
	}
	journal_free(&journal);
	dedupe_free(tool);
	close(file.fd);
	return what;
}

static const struct {
	const char *name;
	const char *(*try)(struct str);
} targets[] = {
    {"cues", try_cues},
    {"declutter", try_declutter},
    {"dedupe", try_dedupe},
    {"entities", try_entities},
    {"index", try_index},
    {"meta", try_meta},
    {"model", try_model},
    {"names", try_names},
    {"quotes", try_quotes},
    {"re", try_re},
    {"row", try_row},
    {"rules", try_rules},
    {"utf", try_utf},
};

/* Return what does not hold for an input of the target, or NULL. */
static const char *
examine(struct str target, struct str s)
{
	/* So that the sanitizers see what reads behind the end. */
	unsigned char *exact = malloc(s.n + (s.n == 0));
	const char *what = "is of no target";
	size_t i;

	if (exact == NULL)
		abort();
	memcpy(exact, s.p, s.n);
	for (i = 0; i < sizeof(targets) / sizeof(*targets); i++)
		if (str_eq(str_of(targets[i].name), target))
			what = targets[i].try((struct str){exact, s.n});
	free(exact);
	return what;
}

#ifdef TARGET

#define QUOTE(x) #x
#define NAME(x)  QUOTE(x)

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	const char *what = examine(STR_LIT(NAME(TARGET)), (struct str){p, n});

	if (what != NULL) {
		fprintf(stderr, "does not hold: %s\n", what);
		abort();
	}
	return 0;
}

#else

/* The name of the folder that a file is in. */
static struct str
folder(const char *path)
{
	const char *end = strrchr(path, '/'), *from = end;

	if (end == NULL)
		return STR_LIT("");
	while (from > path && from[-1] != '/')
		from--;
	return str_sub(str_of(from), 0, (size_t)(end - from));
}

int
main(int argc, char *argv[])
{
	static unsigned char bytes[1 << 20];
	int i, bad = 0, here = 0;

	for (i = 1; i < argc; i++) {
		const struct str at = folder(argv[i]);
		int fd = open(argv[i], O_RDONLY | O_CLOEXEC);
		ssize_t n = fd == -1 ? -1 : read(fd, bytes, sizeof(bytes));
		const char *what = "cannot be read";

		if (n >= 0)
			what = examine(at, (struct str){bytes, (size_t)n});
		if (fd != -1)
			close(fd);
		if (what != NULL) {
			printf("not ok - fuzz: %s: %s\n", argv[i], what);
			here = bad = 1;
		}
		if (i + 1 < argc && str_eq(at, folder(argv[i + 1])))
			continue;
		if (!here)
			printf("ok - fuzz: inputs of %.*s\n", (int)at.n,
			    (const char *)at.p);
		here = 0;
	}
	return bad;
}

#endif
