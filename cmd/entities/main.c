/* SPDX-License-Identifier: ISC */
/*
 * entities - find names and values in text, and what they are short for.
 *
 * Rows in:  doc block text
 * Rows out: doc block start end type text canonical [score]
 */
#include <err.h>
#include <errno.h>
#include <unistd.h>

#include "common/doc.h"
#include "common/in.h"
#include "common/opt.h"
#include "common/out.h"

#include "cmd/entities/entities.h"
#include "cmd/entities/train.h"

enum { OPT_MODEL = OPT_OWN, OPT_TRAIN, OPT_TYPES };

/* Getopt, --help and a test of the manual all read this. */
static const struct opt_spec options[] = {
    {'c', "config", "FILE", "take names from FILE; +FILE adds to ours"},
    {OPT_MODEL, "model", "FILE", "find names by the model in FILE"},
    OPT_OFFSET_UNITS,
    {'S', "scores", NULL, "add a column: how sure, from 0 to 1"},
    {OPT_TRAIN, "train", "PLAN", "learn a model as PLAN says, write it out"},
    {OPT_TYPES, "types", "A,B", "write these types alone"},
    OPT_ROWS,
    OPT_COMMON,
};

static void load_list(struct entities *, const char *);
static void load_model(struct entities *, const char *);
static int train(const char *plan);
static void told_set(const char *, size_t tokens, size_t names, size_t lost);
static void told_round(uint32_t round, double wrong);

int
main(int argc, char *argv[])
{
	const struct fault *faults[DOC_FAULTS + 1];
	struct entities_options own = {.scores = 0};
	struct entities *entities;
	const char *types = NULL;
	struct doc doc;
	struct in in;
	struct opt opt;
	struct out out;
	size_t found = 0;
	int ch, got, status, error;

	opt_init(&opt, "entities", "Find names and values in text.",
	    "[file ...]", options, argc, argv);
	/* Fail on what the user gave before reading a byte of input. */
	entities = entities_new();
	while ((ch = opt_next(&opt)) != -1) {
		if (ch == 'c')
			load_list(entities, opt.arg);
		else if (ch == 'S')
			own.scores = 1;
		else if (ch == OPT_MODEL)
			load_model(entities, opt.arg);
		else if (ch == OPT_TRAIN)
			return train(opt.arg);
		else if (ch == OPT_TYPES)
			types = opt.arg;
	}

	own.unit = (enum utf_unit)opt.offsets;
	entities_set(entities, own);
	if (types != NULL && entities_types(entities, types) == -1)
		errx(2, "%s: unknown type", types);
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
		out_raw(&out, STR_LIT("doc\tblock\tstart\tend\ttype\ttext\t"
				      "canonical\t"));
		if (own.scores)
			out_raw(&out, STR_LIT("score\t"));
		out_endrow(&out);
	}

	while ((got = doc_next(&doc)) == 1 && out.err == 0)
		found += entities_doc(entities, &doc, &out);
	/* What was found before a file that fails is not lost. */
	error = got == -1 ? errno : 0;
	if (out_close(&out) == -1)
		err(2, "stdout");

	doc_faults(&doc, faults);
	faults[DOC_FAULTS] = entities_costly(entities);
	status = opt_report(faults, DOC_FAULTS + 1);
	if (error != 0 && error != EILSEQ)
		opt_fail(error, in.name, in.line);
	opt_stats(&opt,
	    (struct opt_count[]){
		{"docs", doc.serial}, {"rows", doc.rows}, {"entities", found}},
	    3);
	if (got == -1)
		status = 1;
	doc_free(&doc);
	in_free(&in);
	entities_free(entities);
	return status;
}

static void
load_list(struct entities *entities, const char *path)
{
	int add = path[0] == '+';
	char why[160];
	size_t line;

	if (entities_list(entities, path + add, add, why, &line) == 0)
		return;
	if (line == 0)
		opt_fail(errno, path + add, 0);
	errx(2, "%s:%zu: %s", path + add, line, why);
}

static void
load_model(struct entities *entities, const char *path)
{
	const char *why;

	if (entities_model(entities, path, &why) == 0)
		return;
	if (why == NULL)
		opt_fail(errno, path, 0);
	errx(2, "%s: %s", path, why);
}

static int
train(const char *plan)
{
	static const struct train_watch watch = {told_set, told_round};
	struct train_fault fault;

	if (train_run(plan, STDOUT_FILENO, &watch, &fault) == 0)
		return 0;
	if (fault.why[0] == '\0')
		opt_fail(errno, fault.file, fault.line);
	errx(2, "%s:%zu: %s", fault.file, fault.line, fault.why);
}

static void
told_set(const char *file, size_t tokens, size_t names, size_t lost)
{
	warnx("%s: %zu tokens, %zu names, %zu not at the edges of tokens", file,
	    tokens, names, lost);
}

static void
told_round(uint32_t round, double wrong)
{
	warnx("round %u: %.3f %% of tokens wrong", round, 100 * wrong);
}
