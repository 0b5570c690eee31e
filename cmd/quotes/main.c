/* SPDX-License-Identifier: ISC */
/*
 * quotes - find quotations and say who spoke them.
 *
 * Rows in:  doc block text
 * Rows out: doc block start end kind speaker cue quote resolved group
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

/* What the options say. */
struct plan {
	const char **cues; /* of -c, in order */
	size_t lists, cap;
	const char *names, *model;
	int speech;
	enum utf_unit unit;
};

struct worker {
	struct quotes *quotes;
	size_t found;
	int failed; /* the names do not fit */
	int error;  /* errno then */
};

static void parse(struct opt *, struct plan *);
static struct quotes *prepare(const struct plan *);
static void work(void *, const struct doc *, struct out *);
static void put_header(struct out *);
static void load_cues(struct quotes *, const char *);
_Noreturn static void
names_fail(const struct worker *, const char *path, struct out *);
static void load_model(struct quotes *, const char *);

int
main(int argc, char *argv[])
{
	const struct fault *faults[DOC_FAULTS];
	struct worker worker[OPT_JOBS_MAX] = {{NULL, 0, 0, 0}};
	void *workers[OPT_JOBS_MAX];
	struct plan plan = {.cues = NULL};
	struct crew *crew;
	struct doc doc;
	struct in in;
	struct opt opt;
	struct out out;
	struct progress progress;
	size_t found = 0, k;
	int got, status, error;

	opt_init(&opt, "quotes", "Find quotations and say who spoke them.",
	    "[file ...]", options, argc, argv);
	parse(&opt, &plan);
	for (k = 0; k < opt.jobs; k++) {
		worker[k] = (struct worker){.quotes = prepare(&plan)};
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
		put_header(&out);

	do
		got = doc_next(&doc);
	while (got == 1 && crew_doc(crew, &doc) && !worker[0].failed);
	/* What was found before a file that fails is not lost. */
	error = got == -1 ? errno : 0;
	crew_free(crew);
	progress_end(&progress);
	if (error == 0 && out.err == 0 && !worker[0].failed &&
	    quotes_end(worker[0].quotes) == -1) {
		worker[0].failed = 1;
		worker[0].error = errno;
	}
	if (worker[0].failed)
		names_fail(&worker[0], plan.names, &out);
	if (out_close(&out) == -1)
		err(2, "stdout");

	doc_faults(&doc, faults);
	status = opt_report(&opt, faults, DOC_FAULTS);
	if (error != 0 && error != EILSEQ)
		opt_fail(error, in.name, in.line);
	for (k = 0; k < opt.jobs; k++)
		found += worker[k].found;
	opt_stats(&opt,
	    (struct opt_count[]){
		{"docs", doc.serial}, {"rows", doc.rows}, {"quotes", found}},
	    3);
	if (got == -1)
		status = 1;
	doc_free(&doc);
	in_free(&in);
	for (k = 0; k < opt.jobs; k++)
		quotes_free(worker[k].quotes);
	free(plan.cues);
	return status;
}

static void
parse(struct opt *opt, struct plan *plan)
{
	int ch;

	while ((ch = opt_next(opt)) != -1) {
		switch (ch) {
		case 'c':
			plan->cues = mem_grow(plan->cues, &plan->cap,
			    plan->lists + 1, sizeof(*plan->cues));
			plan->cues[plan->lists++] = opt->arg;
			break;
		case 'E':
			plan->names = opt->arg;
			break;
		case OPT_SPEECH:
			plan->speech = 1;
			break;
		case OPT_MODEL:
			plan->model = opt->arg;
			break;
		}
	}
	plan->unit = (enum utf_unit)opt->offsets;
	/* Names in the order of the documents are for one reader alone. */
	if (plan->names != NULL)
		opt->jobs = 1;
}

/* What a worker needs of its own: it remembers words that it has seen. */
static struct quotes *
prepare(const struct plan *plan)
{
	struct quotes *quotes = quotes_new();
	size_t i;

	for (i = 0; i < plan->lists; i++)
		load_cues(quotes, plan->cues[i]);
	if (plan->model != NULL)
		load_model(quotes, plan->model);
	if (plan->speech)
		quotes_speech(quotes);
	quotes_offsets(quotes, plan->unit);
	if (plan->names != NULL && quotes_names(quotes, plan->names) == -1)
		opt_fail(errno, plan->names, 0);
	return quotes;
}

static void
work(void *worker, const struct doc *doc, struct out *out)
{
	struct worker *w = worker;

	if (!w->failed && quotes_doc(w->quotes, doc, out, &w->found) == -1) {
		w->failed = 1;
		w->error = errno;
	}
}

static void
put_header(struct out *out)
{
	out_raw(out, STR_LIT("doc\tblock\tstart\tend\tkind\tspeaker\tcue\t"
			     "quote\tresolved\tgroup\t"));
	out_endrow(out);
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
	opt_die("%s:%zu: %s", path + add, line, why);
}

/* The names do not fit: what was found so far is not lost. */
_Noreturn static void
names_fail(const struct worker *w, const char *path, struct out *out)
{
	const char *why;
	size_t line;

	if (out_close(out) == -1)
		err(2, "stdout");
	why = quotes_fault(w->quotes, &line);
	if (line == 0)
		opt_fail(w->error, path, 0);
	opt_die("%s:%zu: %s", path, line, why);
}

static void
load_model(struct quotes *quotes, const char *path)
{
	const char *why;

	if (quotes_model(quotes, path, &why) == 0)
		return;
	if (why == NULL)
		opt_fail(errno, path, 0);
	opt_die("%s: %s", path, why);
}
