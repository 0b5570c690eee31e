/* SPDX-License-Identifier: ISC */
/*
 * quotes - find quotations and say who spoke them.
 *
 * Rows in:  doc block text
 * Rows out: doc block start end kind speaker cue quote resolved group
 */
#include <err.h>
#include <errno.h>
#include <unistd.h>

#include "common/doc.h"
#include "common/in.h"
#include "common/opt.h"
#include "common/out.h"

#include "cmd/quotes/quotes.h"

enum { OPT_MODEL = OPT_OWN, OPT_SPEECH };

/* Getopt, --help and a test of the manual all read this. */
static const struct opt_spec options[] = {
    {'c', "config", "FILE", "use the cue list in FILE; +FILE adds to ours"},
    {'E', "entities", "FILE", "take names from rows of entities in FILE"},
    {OPT_MODEL, "model", "FILE", "find names by the model in FILE"},
    OPT_OFFSET_UNITS,
    OPT_ROWS,
    {OPT_SPEECH, "speech", NULL, "leave out beliefs and intentions"},
    OPT_COMMON,
};

static void load_cues(struct quotes *, const char *);
_Noreturn static void
names_fail(const struct quotes *, const char *path, struct out *);
static void load_model(struct quotes *, const char *);

int
main(int argc, char *argv[])
{
	const struct fault *faults[DOC_FAULTS];
	struct quotes *quotes;
	struct doc doc;
	struct in in;
	struct opt opt;
	struct out out;
	const char *names = NULL;
	size_t found = 0;
	int ch, got, status, error;

	opt_init(&opt, "quotes", "Find quotations and say who spoke them.",
	    "[file ...]", options, argc, argv);
	quotes = quotes_new();
	while ((ch = opt_next(&opt)) != -1)
		if (ch == 'c')
			load_cues(quotes, opt.arg);
		else if (ch == 'E')
			names = opt.arg;
		else if (ch == OPT_SPEECH)
			quotes_speech(quotes);
		else if (ch == OPT_MODEL)
			load_model(quotes, opt.arg);
	quotes_offsets(quotes, (enum utf_unit)opt.offsets);
	if (names != NULL && quotes_names(quotes, names) == -1)
		opt_fail(errno, names, 0);

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
	if (opt.header) {
		out_raw(
		    &out, STR_LIT("doc\tblock\tstart\tend\tkind\tspeaker\tcue\t"
				  "quote\tresolved\tgroup\t"));
		out_endrow(&out);
	}

	while ((got = doc_next(&doc)) == 1 && out.err == 0)
		if (quotes_doc(quotes, &doc, &out, &found) == -1)
			names_fail(quotes, names, &out);
	/* What was found before a file that fails is not lost. */
	error = got == -1 ? errno : 0;
	if (error == 0 && out.err == 0 && quotes_end(quotes) == -1)
		names_fail(quotes, names, &out);
	if (out_close(&out) == -1)
		err(2, "stdout");

	doc_faults(&doc, faults);
	status = opt_report(faults, DOC_FAULTS);
	if (error != 0 && error != EILSEQ)
		opt_fail(error, in.name, in.line);
	opt_stats(&opt,
	    (struct opt_count[]){
		{"docs", doc.serial}, {"rows", doc.rows}, {"quotes", found}},
	    3);
	if (got == -1)
		status = 1;
	doc_free(&doc);
	in_free(&in);
	quotes_free(quotes);
	return status;
}

static void
load_cues(struct quotes *quotes, const char *path)
{
	int add = path[0] == '+';
	char why[120];
	size_t line;

	if (quotes_cues(quotes, path + add, add, why, &line) == 0)
		return;
	if (line == 0)
		opt_fail(errno, path + add, 0);
	errx(2, "%s:%zu: %s", path + add, line, why);
}

/* The names do not fit: what was found so far is not lost. */
_Noreturn static void
names_fail(const struct quotes *quotes, const char *path, struct out *out)
{
	int error = errno;
	const char *why;
	size_t line;

	if (out_close(out) == -1)
		err(2, "stdout");
	why = quotes_fault(quotes, &line);
	if (line == 0)
		opt_fail(error, path, 0);
	errx(2, "%s:%zu: %s", path, line, why);
}

static void
load_model(struct quotes *quotes, const char *path)
{
	const char *why;

	if (quotes_model(quotes, path, &why) == 0)
		return;
	if (why == NULL)
		opt_fail(errno, path, 0);
	errx(2, "%s: %s", path, why);
}
