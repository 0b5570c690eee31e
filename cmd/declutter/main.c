/* SPDX-License-Identifier: ISC */
/*
 * declutter - keep the article, drop menus, adverts and repeats.
 *
 * Rows in:  doc block text
 * Rows out: the rows that are article text, unchanged
 */
#include <err.h>
#include <errno.h>
#include <unistd.h>

#include "common/doc.h"
#include "common/in.h"
#include "common/opt.h"
#include "common/out.h"

#include "cmd/declutter/declutter.h"

/* Getopt, --help and a test of the manual all read this. */
static const struct opt_spec options[] = {
    {'a', "all", NULL, "pass every row and add columns label and score"},
    {'c', "config", "FILE", "use the rules in FILE; +FILE adds to ours"},
    OPT_ROWS,
    {'o', "output", "FMT", "write rows (default) or text"},
    {'v', "invert", NULL, "pass what would be dropped"},
    OPT_COMMON,
};
static const char *const outputs[] = {"rows", "text", NULL};

static void load_rules(struct declutter *, const char *);
static void put_header(const struct doc *, int all, struct out *);

int
main(int argc, char *argv[])
{
	const struct fault *faults[DOC_FAULTS + 1];
	struct declutter_options how = {.all = 0};
	const char *rules = NULL;
	struct declutter *declutter;
	struct doc doc;
	struct in in;
	struct opt opt;
	struct out out;
	size_t kept = 0;
	int ch, got, status, error, headed = 0;

	opt_init(&opt, "declutter",
	    "Keep the article text of pages, drop menus, adverts and repeats.",
	    "[file ...]", options, argc, argv);
	while ((ch = opt_next(&opt)) != -1) {
		switch (ch) {
		case 'a':
			how.all = 1;
			break;
		case 'c':
			rules = opt.arg;
			break;
		case 'o':
			how.output = opt_choice(&opt, outputs) == 0
					 ? DECLUTTER_ROWS
					 : DECLUTTER_TEXT;
			break;
		case 'v':
			how.invert = 1;
			break;
		}
	}
	if (how.all && how.invert)
		opt_usage(&opt, "-a passes every row: it does not go with -v");
	if (how.all && how.output == DECLUTTER_TEXT)
		opt_usage(&opt, "-a adds columns: it does not go with -o text");

	/* Fail on what the user gave before reading a byte of input. */
	declutter = declutter_new(how);
	if (rules != NULL)
		load_rules(declutter, rules);
	in_init(&in, opt.rest, IN_ROW_MAX);
	doc_init(&doc, &in,
	    (struct doc_options){.format = (enum doc_format)opt.format,
		.header = opt.header,
		.strict = opt.strict,
		.max_doc = opt.max_doc});
	if (out_init(&out, STDOUT_FILENO, opt.unbuffered) == -1)
		err(2, "stdout");
	in.idle = out_idle;
	in.idle_arg = &out;

	while ((got = doc_next(&doc)) == 1 && out.err == 0) {
		if (opt.header && !headed++ && how.output == DECLUTTER_ROWS)
			put_header(&doc, how.all, &out);
		kept += declutter_doc(declutter, &doc, &out);
	}
	if (opt.header && !headed && how.output == DECLUTTER_ROWS)
		put_header(&doc, how.all, &out);
	/* What was found before a file that fails is not lost. */
	error = got == -1 ? errno : 0;
	if (out_close(&out) == -1)
		err(2, "stdout");

	doc_faults(&doc, faults);
	faults[DOC_FAULTS] = declutter_fault(declutter);
	status = opt_report(faults, DOC_FAULTS + 1);
	if (error != 0 && error != EILSEQ)
		opt_fail(error, in.name, in.line);
	opt_stats(&opt,
	    (struct opt_count[]){
		{"docs", doc.serial}, {"rows", doc.rows}, {"kept", kept}},
	    3);
	if (got == -1)
		status = 1;
	doc_free(&doc);
	in_free(&in);
	declutter_free(declutter);
	return status;
}

static void
load_rules(struct declutter *declutter, const char *path)
{
	int add = path[0] == '+';
	char why[120];
	size_t line;

	if (declutter_rules(declutter, path + add, add, why, &line) == 0)
		return;
	if (line == 0)
		opt_fail(errno, path + add, 0);
	errx(2, "%s:%zu: %s", path + add, line, why);
}

static void
put_header(const struct doc *doc, int all, struct out *out)
{
	doc_put_header(doc, out);
	if (all)
		out_raw(out, STR_LIT("label\tscore\t"));
	out_endrow(out);
}
