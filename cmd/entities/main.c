/* SPDX-License-Identifier: ISC */
/*
 * entities - find names and values in text, and what they are short for.
 *
 * Rows in:  doc block text
 * Rows out: doc block start end type text canonical [score]
 */
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/crew.h"
#include "common/doc.h"
#include "common/in.h"
#include "common/mem.h"
#include "common/opt.h"
#include "common/out.h"
#include "common/progress.h"
#include "common/sandbox.h"

#include "cmd/entities/date.h"
#include "cmd/entities/entities.h"
#include "cmd/entities/meta.h"
#include "cmd/entities/train.h"

enum {
	OPT_DATE = OPT_OWN,
	OPT_META,
	OPT_MIN_SCORE,
	OPT_MODEL,
	OPT_PREFER_MODEL,
	OPT_TRAIN,
	OPT_TYPES
};

/* Getopt, --help and a test of the manual all read this. */
static const struct opt_spec options[] = {
    {'c', "config", "FILE", "take names from FILE; +FILE adds to ours"},
    {OPT_DATE, "date", "DAY", "dates count from DAY, as YYYY-MM-DD"},
    {OPT_META, "meta", "FILE", "the same for documents by a document table"},
    {OPT_MIN_SCORE, "min-score", "X", "leave out names less sure, 0 to 1"},
    {OPT_MODEL, "model", "FILE", "find names by the model in FILE"},
    OPT_OFFSET_UNITS,
    {OPT_PREFER_MODEL, "prefer-model", NULL, "ours win over those of -c +FILE"},
    {'S', "scores", NULL, "add a column: how sure, from 0 to 1"},
    {OPT_TRAIN, "train", "PLAN", "learn a model as PLAN says, write it out"},
    {OPT_TYPES, "types", "A,B", "write these types alone"},
    OPT_ROWS,
    OPT_COMMON,
};

/* What the options say. */
struct plan {
	struct entities_options how;
	const char *model, *types;
	const char **list; /* of -c, in order */
	size_t lists, cap;
	struct meta meta;
};

struct worker {
	struct entities *entities;
	size_t found;
};

static void parse(struct opt *, struct plan *);
static struct entities *prepare(const struct plan *);
static void work(void *, const struct doc *, struct out *);
static void put_header(const struct plan *, struct out *);
static void load_list(struct entities *, const char *);
static void load_model(struct entities *, const char *);
static void load_meta(struct plan *, const char *);
static int train(const struct opt *);
static void told_set(const char *, size_t tokens, size_t names, size_t lost);
static void told_round(uint32_t round, double wrong);

int
main(int argc, char *argv[])
{
	const struct fault *faults[DOC_FAULTS + 1];
	struct worker worker[OPT_JOBS_MAX] = {{NULL, 0}};
	void *workers[OPT_JOBS_MAX];
	struct plan plan = {.model = NULL};
	struct fault costly;
	struct crew *crew;
	struct doc doc;
	struct in in;
	struct opt opt;
	struct out out;
	struct progress progress;
	size_t found = 0, k;
	int got, status, error;

	opt_init(&opt, "entities", "Find names and values in text.",
	    "[file ...]", options, argc, argv);
	parse(&opt, &plan);
	/* Fail on what the user gave before reading a byte of input. */
	for (k = 0; k < opt.jobs; k++) {
		worker[k] = (struct worker){.entities = prepare(&plan)};
		workers[k] = &worker[k];
	}
	opt_sandbox(&opt, NULL, 0);
	opt_input(&opt, &in);
	doc_init(&doc, &in,
	    (struct doc_options){.format = (enum doc_format)opt.format,
		.header = opt.header,
		.strict = opt.strict,
		.max_doc = opt.max_doc});
	if (out_init(&out, STDOUT_FILENO, opt.unbuffered) == -1)
		err(2, "stdout");
	crew = crew_new(
	    opt.jobs, &(struct crew_plan){.work = work}, workers, &out);
	if (crew == NULL)
		err(2, "-j %zu", opt.jobs);
	in.idle = crew_idle;
	in.idle_arg = crew;
	progress_init(&progress, opt.tool, (enum progress_how)opt.progress, &in,
	    &doc.serial, STDERR_FILENO);
	if (opt.header)
		put_header(&plan, &out);

	do
		got = doc_next(&doc);
	while (got == 1 && crew_doc(crew, &doc));
	/* What was found before a file that fails is not lost. */
	error = got == -1 ? errno : 0;
	crew_free(crew);
	progress_end(&progress);
	if (out_close(&out) == -1)
		err(2, "stdout");

	doc_faults(&doc, faults);
	costly = *entities_costly(worker[0].entities);
	for (k = 0; k < opt.jobs; k++) {
		if (k > 0)
			fault_join(
			    &costly, entities_costly(worker[k].entities));
		found += worker[k].found;
	}
	faults[DOC_FAULTS] = &costly;
	status = opt_report(&opt, faults, DOC_FAULTS + 1);
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
	for (k = 0; k < opt.jobs; k++)
		entities_free(worker[k].entities);
	free(plan.list);
	meta_free(&plan.meta);
	return status;
}

static void
parse(struct opt *opt, struct plan *plan)
{
	int ch;

	while ((ch = opt_next(opt)) != -1) {
		switch (ch) {
		case 'c':
			plan->list = mem_grow(plan->list, &plan->cap,
			    plan->lists + 1, sizeof(*plan->list));
			plan->list[plan->lists++] = opt->arg;
			break;
		case 'S':
			plan->how.scores = 1;
			break;
		case OPT_DATE:
			if (date_read(str_of(opt->arg), &plan->how.day) == -1)
				opt_bad(opt, "not a day as 2025-09-11");
			break;
		case OPT_META:
			load_meta(plan, opt->arg);
			break;
		case OPT_MIN_SCORE:
			plan->how.least = (float)opt_number(opt, 0, 1);
			break;
		case OPT_MODEL:
			plan->model = opt->arg;
			break;
		case OPT_PREFER_MODEL:
			plan->how.prefer_model = 1;
			break;
		case OPT_TRAIN:
			exit(train(opt));
		case OPT_TYPES:
			plan->types = opt->arg;
			break;
		}
	}
	plan->how.unit = (enum utf_unit)opt->offsets;
	if (plan->how.prefer_model && plan->lists == 0)
		opt_usage(opt, "--prefer-model wants -c +FILE");
}

/* What a worker needs of its own: it remembers words that it has seen. */
static struct entities *
prepare(const struct plan *plan)
{
	struct entities *entities = entities_new();
	struct str unknown;
	size_t i;

	for (i = 0; i < plan->lists; i++)
		load_list(entities, plan->list[i]);
	if (plan->model != NULL)
		load_model(entities, plan->model);
	entities_set(entities, plan->how);
	if (plan->types != NULL &&
	    entities_types(entities, plan->types, &unknown) == -1)
		opt_die("--types=%s: unknown type '%.*s'", plan->types,
		    (int)unknown.n, (const char *)unknown.p);
	return entities;
}

static void
work(void *worker, const struct doc *doc, struct out *out)
{
	struct worker *w = worker;

	w->found += entities_doc(w->entities, doc, out);
}

static void
put_header(const struct plan *plan, struct out *out)
{
	out_raw(
	    out, STR_LIT("doc\tblock\tstart\tend\ttype\ttext\tcanonical\t"));
	if (plan->how.scores)
		out_raw(out, STR_LIT("score\t"));
	out_endrow(out);
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
	opt_die("%s:%zu: %s", path + add, line, why);
}

static void
load_model(struct entities *entities, const char *path)
{
	const char *why;

	if (entities_model(entities, path, &why) == 0)
		return;
	if (why == NULL)
		opt_fail(errno, path, 0);
	opt_die("%s: %s", path, why);
}

static void
load_meta(struct plan *plan, const char *path)
{
	const char *why;
	size_t line;

	plan->how.meta = &plan->meta;
	if (meta_load(&plan->meta, path, &why, &line) == 0)
		return;
	if (why == NULL)
		opt_fail(errno, path, 0);
	opt_die("%s:%zu: %s", path, line, why);
}

static int
train(const struct opt *opt)
{
	static const struct train_watch watch = {told_set, told_round};
	struct train_fault fault;

	/* The plan names more files as it goes. */
	opt_sandbox(opt, NULL, SANDBOX_READ);
	if (train_run(opt->arg, STDOUT_FILENO, &watch, &fault) == 0)
		return 0;
	if (fault.why[0] == '\0')
		opt_fail(errno, fault.file, fault.line);
	opt_die("%s:%zu: %s", fault.file, fault.line, fault.why);
}

static void
told_set(const char *file, size_t tokens, size_t names, size_t lost)
{
	opt_warn("%s: %zu tokens, %zu names, %zu not at the edges of tokens",
	    file, tokens, names, lost);
}

static void
told_round(uint32_t round, double wrong)
{
	warnx("round %u: %.3f %% of tokens wrong", round, 100 * wrong);
}
