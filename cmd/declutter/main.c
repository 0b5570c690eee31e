/* SPDX-License-Identifier: ISC */
/*
 * declutter - keep the article, drop menus, adverts and repeats.
 *
 * Rows in:  doc block text
 * Rows out: the rows that are article text, unchanged
 */
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/crew.h"
#include "common/doc.h"
#include "common/in.h"
#include "common/mem.h"
#include "common/opt.h"
#include "common/out.h"
#include "common/progress.h"
#include "common/re.h"

#include "cmd/declutter/declutter.h"
#include "cmd/declutter/label.h"

enum { BIAS = OPT_OWN, EXPLAIN, HOST, KEEP, LEARN, STATE, TWO_PASS };

/* Getopt, --help and a test of the manual all read this. */
static const struct opt_spec options[] = {
    {'a', "all", NULL, "pass every row and add columns label and score"},
    {BIAS, "bias", "X", "keep more (above 0, up to 9) or less (below)"},
    {'c', "config", "FILE", "use the rules in FILE; +FILE adds to ours"},
    {EXPLAIN, "explain", NULL, "-a, and a column with the strongest reasons"},
    OPT_ROWS,
    {HOST, "host", "PATTERN", "what tells a document's site in its key"},
    {KEEP, "keep", "LABEL,...", "keep what has one of these labels, too"},
    {LEARN, "learn", NULL, "drop what earlier pages of the site had, too"},
    {'o', "output", "FMT", "write rows (default) or text"},
    {STATE, "state", "FILE", "--learn, and go on with what FILE knows"},
    {TWO_PASS, "two-pass", NULL, "read the files twice, to learn from all"},
    {'v', "invert", NULL, "pass what would be dropped"},
    OPT_COMMON,
};
static const char *const outputs[] = {"rows", "text", NULL};

/* What the options say, besides how a document is decided. */
struct plan {
	struct declutter_options how;
	const char **rules; /* of -c, in order */
	size_t lists, cap;
	const char *host, *state;
	int learn, two_pass;
};

struct worker {
	struct declutter *declutter;
	struct re *host; /* a pattern is for one thread alone */
	size_t kept;
};

static void parse(struct opt *, struct plan *);
static uint32_t labels(const struct opt *);
static void check(struct opt *, const struct plan *);
static struct worker prepare(const struct plan *);
static struct re *pattern(const char *);
static void work(void *, const struct doc *, struct out *);
static void
join_faults(struct fault[DECLUTTER_FAULTS], const struct worker *, size_t);
static void load_rules(struct declutter *, const char *);
static void load_state(struct declutter *, const char *);
static void first_pass(struct declutter *, const struct opt *);
static struct doc_options reading(const struct opt *);
static void
put_header(const struct doc *, const struct declutter_options *, struct out *);

int
main(int argc, char *argv[])
{
	const struct fault *faults[DOC_FAULTS + DECLUTTER_FAULTS];
	struct worker worker[OPT_JOBS_MAX] = {{NULL, NULL, 0}};
	void *workers[OPT_JOBS_MAX];
	struct plan plan = {.rules = NULL};
	struct fault costly[DECLUTTER_FAULTS];
	struct crew *crew;
	struct doc doc;
	struct in in;
	struct opt opt;
	struct out out;
	struct progress progress;
	size_t kept = 0, k;
	int got, status, error;

	opt_init(&opt, "declutter",
	    "Keep the article text of pages, drop menus, adverts and repeats.",
	    "[file ...]", options, argc, argv);
	parse(&opt, &plan);
	/* Fail on what the user gave before reading a byte of input. */
	for (k = 0; k < opt.jobs; k++) {
		worker[k] = prepare(&plan);
		workers[k] = &worker[k];
	}
	opt_sandbox(&opt, plan.state, 0);
	if (plan.two_pass)
		first_pass(worker[0].declutter, &opt);
	opt_input(&opt, &in);
	doc_init(&doc, &in, reading(&opt));
	if (out_init(&out, STDOUT_FILENO, opt.unbuffered) == -1)
		err(2, "stdout");
	crew = crew_new(opt.jobs,
	    &(struct crew_plan){.work = work, .skip = plan.how.behind}, workers,
	    &out);
	if (crew == NULL)
		err(2, "-j %zu", opt.jobs);
	in.idle = crew_idle;
	in.idle_arg = crew;
	progress_init(&progress, opt.tool, (enum progress_how)opt.progress, &in,
	    &doc.serial, STDERR_FILENO);

	got = doc_next(&doc);
	if (opt.header)
		put_header(&doc, &plan.how, &out);
	while (got == 1 && crew_doc(crew, &doc))
		got = doc_next(&doc);
	/* What was found before a file that fails is not lost. */
	error = got == -1 ? errno : 0;
	crew_free(crew);
	progress_end(&progress);
	if (out_close(&out) == -1)
		err(2, "stdout");
	if (plan.state != NULL && declutter_save(worker[0].declutter) == -1)
		opt_fail(errno, plan.state, 0);

	doc_faults(&doc, faults);
	join_faults(costly, worker, opt.jobs);
	for (k = 0; k < DECLUTTER_FAULTS; k++)
		faults[DOC_FAULTS + k] = &costly[k];
	for (k = 0; k < opt.jobs; k++)
		kept += worker[k].kept;
	status = opt_report(&opt, faults, DOC_FAULTS + DECLUTTER_FAULTS);
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
	for (k = 0; k < opt.jobs; k++) {
		declutter_free(worker[k].declutter);
		re_free(worker[k].host);
	}
	free(plan.rules);
	return status;
}

static void
parse(struct opt *opt, struct plan *plan)
{
	struct declutter_options *how = &plan->how;
	int ch;

	while ((ch = opt_next(opt)) != -1) {
		switch (ch) {
		case 'a':
			how->all = 1;
			break;
		case BIAS:
			how->bias = (float)opt_number(opt, -9, 9);
			break;
		case 'c':
			plan->rules = mem_grow(plan->rules, &plan->cap,
			    plan->lists + 1, sizeof(*plan->rules));
			plan->rules[plan->lists++] = opt->arg;
			break;
		case EXPLAIN:
			how->all = how->explain = 1;
			break;
		case HOST:
			plan->host = opt->arg;
			break;
		case KEEP:
			how->keep |= labels(opt);
			break;
		case LEARN:
			plan->learn = 1;
			break;
		case 'o':
			how->output = opt_choice(opt, outputs) == 0
					  ? DECLUTTER_ROWS
					  : DECLUTTER_TEXT;
			break;
		case STATE:
			plan->state = opt->arg;
			break;
		case TWO_PASS:
			plan->two_pass = 1;
			break;
		case 'v':
			how->invert = 1;
			break;
		}
	}
	check(opt, plan);
	/* What pages teach is learnt in the order they come. */
	if (plan->learn || plan->two_pass || plan->state != NULL)
		opt->jobs = 1;
	how->behind = opt->jobs > 1 && how->output == DECLUTTER_TEXT;
}

/* The argument as a list of labels, a bit for each. */
static uint32_t
labels(const struct opt *opt)
{
	const char *p = opt->arg;
	uint32_t bits = 0;

	for (;;) {
		size_t n = strcspn(p, ",");
		enum label label = label_find((struct str){(const void *)p, n});

		if (label == LABELS)
			opt_bad(opt,
			    "unknown label '%.*s', see -a in the "
			    "manual",
			    (int)n, p);
		bits |= (uint32_t)1 << label;
		if (p[n] == '\0')
			return bits;
		p += n + 1;
	}
}

static void
check(struct opt *opt, const struct plan *plan)
{
	if (plan->how.all && plan->how.invert)
		opt_usage(opt, "-a passes every row: it does not go with -v");
	if (plan->how.all && plan->how.output == DECLUTTER_TEXT)
		opt_usage(opt, "-a adds columns: it does not go with -o text");
	if (plan->two_pass)
		opt_reread(opt);
}

/* What a worker needs of its own. */
static struct worker
prepare(const struct plan *plan)
{
	struct declutter_options how = plan->how;
	struct declutter *declutter;
	size_t i;

	if (plan->host != NULL)
		how.host = pattern(plan->host);
	declutter = declutter_new(how);
	for (i = 0; i < plan->lists; i++)
		load_rules(declutter, plan->rules[i]);
	if (plan->learn || plan->state != NULL)
		declutter_learn(declutter, DECLUTTER_LEARN);
	if (plan->state != NULL)
		load_state(declutter, plan->state);
	return (struct worker){declutter, how.host, 0};
}

static struct re *
pattern(const char *text)
{
	char why[120];
	size_t at;
	struct re *re = re_new(str_of(text), why, &at);

	if (re == NULL)
		errx(2, "--host: %s", why);
	return re;
}

static void
work(void *worker, const struct doc *doc, struct out *out)
{
	struct worker *w = worker;

	w->kept += declutter_doc(w->declutter, doc, out);
}

/* What all workers found, first place first. */
static void
join_faults(
    struct fault sum[DECLUTTER_FAULTS], const struct worker *v, size_t n)
{
	const struct fault *of[DECLUTTER_FAULTS];
	size_t i, k;

	for (k = 0; k < n; k++) {
		declutter_faults(v[k].declutter, of);
		for (i = 0; i < DECLUTTER_FAULTS; i++) {
			if (k == 0)
				sum[i] = *of[i];
			else
				fault_join(&sum[i], of[i]);
		}
	}
}

static void
load_rules(struct declutter *declutter, const char *path)
{
	int add = path[0] == '+', error;
	char why[120];
	size_t line;

	if (declutter_rules(declutter, path + add, add, why, &line) == 0)
		return;
	error = errno;
	declutter_free(declutter);
	if (line == 0)
		opt_fail(error, path + add, 0);
	opt_die("%s:%zu: %s", path + add, line, why);
}

static void
load_state(struct declutter *declutter, const char *path)
{
	int error;

	if (declutter_load(declutter, path) == 0)
		return;
	error = errno;
	declutter_free(declutter);
	if (error == EILSEQ)
		opt_die("%s: not a state file, or a damaged one", path);
	if (error == EBUSY)
		opt_die("%s: in use by another run", path);
	opt_fail(error, path, 0);
}

/* Learn from all files.  What is damaged in them is told the second time. */
static void
first_pass(struct declutter *declutter, const struct opt *opt)
{
	struct progress progress;
	struct doc doc;
	struct in in;
	int got;

	declutter_learn(declutter, DECLUTTER_FIRST);
	in_init(&in, opt->rest, IN_ROW_MAX);
	doc_init(&doc, &in, reading(opt));
	progress_init(&progress, "declutter: first pass",
	    (enum progress_how)opt->progress, &in, &doc.serial, STDERR_FILENO);
	while ((got = doc_next(&doc)) == 1)
		declutter_doc(declutter, &doc, NULL);
	progress_end(&progress);
	if (got == -1 && errno != EILSEQ)
		opt_fail(errno, in.name, in.line);
	doc_free(&doc);
	in_free(&in);
	declutter_learn(declutter, DECLUTTER_SECOND);
}

static struct doc_options
reading(const struct opt *opt)
{
	return (struct doc_options){.format = (enum doc_format)opt->format,
	    .header = opt->header,
	    .strict = opt->strict,
	    .max_doc = opt->max_doc};
}

static void
put_header(
    const struct doc *doc, const struct declutter_options *how, struct out *out)
{
	if (how->output == DECLUTTER_TEXT)
		return;
	doc_put_header(doc, out);
	if (how->all)
		out_raw(out, STR_LIT("label\tscore\t"));
	if (how->explain)
		out_raw(out, STR_LIT("reasons\t"));
	out_endrow(out);
}
