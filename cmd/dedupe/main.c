/* SPDX-License-Identifier: ISC */
/*
 * dedupe - drop documents, blocks or lines that were seen before.
 *
 * Rows in:  doc block text
 * Rows out: the rows of what is new, as they came
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

#include "cmd/dedupe/choice.h"
#include "cmd/dedupe/dedupe.h"
#include "cmd/dedupe/journal.h"
#include "cmd/dedupe/measure.h"
#include "cmd/dedupe/spill.h"
#include "cmd/dedupe/steps.h"

/* Memory of which a part is of use (--memory). */
#define LEAST ((size_t)1 << 16)

#define BUSY 75 /* EX_TEMPFAIL of sysexits.h: try again later */

enum {
	CLUSTERS = OPT_OWN,
	COMPARE,
	FORGET,
	INDEX,
	KEEP,
	MATCH,
	MEMORY,
	MIN_COUNT,
	NEAR,
	NOWAIT,
	READONLY,
	RESOLVE,
	SKETCH,
	TWO_PASS,
	WIDE
};

/* Getopt, --help and a test of the manual all read this. */
static const struct opt_spec options[] = {
    {'a', "all", NULL, "pass everything, with a column for what it repeats"},
    {'b', "blocks", NULL, "decide on blocks, not on documents"},
    {CLUSTERS, "clusters", NULL, "write for each document whose copy it is"},
    {COMPARE, "compare", "WHAT",
	"compare text (default for rows) or bytes (for plain text)"},
    {FORGET, "forget", "AGE", "leave out of the index what is older"},
    OPT_ROWS,
    {INDEX, "index", "FILE", "remember what was seen from run to run"},
    {'v', "invert", NULL, "pass the duplicates alone"},
    {KEEP, "keep", "WHICH",
	"of all copies keep the first (default) or the longest"},
    {MATCH, "match", NULL, "from sorted sketches, who shares samples"},
    {MEMORY, "memory", "SIZE", "what takes more goes into files"},
    {MIN_COUNT, "min-count", "N", "let N of equal blocks pass (default 1)"},
    {NEAR, "near", NULL, "with -b: near copies too"},
    {NOWAIT, "nowait", NULL, "end with status 75 if the index is in use"},
    {'o', "output", "FMT", "write rows (default) or text"},
    {READONLY, "readonly", NULL, "look into the index, do not add to it"},
    {'r', "report", NULL, "write what is a duplicate of what"},
    {RESOLVE, "resolve", NULL, "from sorted matches, report copies"},
    {SKETCH, "sketch", NULL, "write samples, to be sorted and matched"},
    {'t', "threshold", "T", "near copies are similar by T, 0 to 1"},
    {TWO_PASS, "two-pass", NULL, "look at all documents, then decide"},
    {WIDE, "wide", NULL, "use fingerprints of 128 bits, not 64"},
    OPT_COMMON,
};

static void parse(struct opt *, struct dedupe_options *, struct choice *);
static void set_step(const struct opt *, struct choice *, int option);
static void set_show(const struct opt *, struct dedupe_options *, int option);
static void open_files(struct spill *, const struct choice *);
static size_t count(const struct opt *);
static uint64_t age(const struct opt *);
static int
sorted_rows(struct opt *, const struct dedupe_options *, const struct choice *);
static struct dedupe *start(struct doc *, const struct dedupe_options *,
    const struct choice *, struct journal *);
static void first_pass(struct dedupe *, const struct opt *);
static int
read_docs(struct dedupe *, const struct opt *, struct doc *, struct out *);
static void save(struct dedupe *, struct journal *, const struct choice *);

int
main(int argc, char *argv[])
{
	const struct fault *faults[DOC_FAULTS];
	struct dedupe_options how = {.show = DEDUPE_NEW};
	struct choice choice = {.compare = -1, .similarity = CHOICE_SIMILARITY};
	struct journal journal = {.fd = -1, .to = -1};
	struct dedupe_counts counts;
	struct dedupe *dedupe;
	struct doc doc;
	struct in in;
	struct opt opt;
	struct out out;
	struct progress progress;
	struct spill spill;
	int got, status, error;

	opt_init(&opt, "dedupe",
	    "Drop documents, blocks or lines that were seen before.",
	    "[file ...]", options, argc, argv);
	parse(&opt, &how, &choice);
	open_files(&spill, &choice);
	how.spill = &spill;
	opt_sandbox(
	    &opt, choice.index, choice.journal.readonly ? SANDBOX_LOOK : 0);
	if (choice.step == CHOICE_MATCH || choice.step == CHOICE_RESOLVE)
		return sorted_rows(&opt, &how, &choice);
	opt_input(&opt, &in);
	doc_init(&doc, &in,
	    (struct doc_options){.format = (enum doc_format)opt.format,
		.header = opt.header,
		.strict = opt.strict,
		.max_doc = opt.max_doc});
	if (out_init(&out, STDOUT_FILENO, opt.unbuffered) == -1)
		err(2, "stdout");
	progress_init(&progress, opt.tool, (enum progress_how)opt.progress, &in,
	    &doc.serial, STDERR_FILENO);

	got = doc_look(&doc);
	choice_settle(&choice, doc.format == DOC_PLAIN, &how);
	if (choice.step != CHOICE_ONE_PASS && doc.format == DOC_PLAIN)
		opt_die("%s: rows are wanted", in.name);
	dedupe = start(&doc, &how, &choice, &journal);
	if (choice.step == CHOICE_TWO_PASS)
		first_pass(dedupe, &opt);
	if (opt.header && got != -1)
		dedupe_header(dedupe, &doc, &out);
	if (got > 0)
		got = read_docs(dedupe, &opt, &doc, &out);
	/* What was found before a file that fails is not lost. */
	error = got == -1 ? errno : 0;
	progress_end(&progress);
	if (out_close(&out) == -1)
		err(2, "stdout");
	if (dedupe_changed(dedupe))
		errx(2, "the input changed between the two passes");
	save(dedupe, &journal, &choice);
	counts = dedupe_counts(dedupe);
	dedupe_free(dedupe);

	doc_faults(&doc, faults);
	status = opt_report(&opt, faults, DOC_FAULTS);
	if (error != 0 && error != EILSEQ)
		opt_fail(error, in.name, in.line);
	opt_stats(&opt,
	    (struct opt_count[]){{"docs", doc.serial}, {"rows", doc.rows},
		{"compared", counts.docs}, {"duplicates", counts.duplicates},
		{"index_bytes", counts.index_bytes},
		{"none", counts.docs > 0 && counts.duplicates == 0},
		{"most", 2 * counts.duplicates > counts.docs}},
	    7);
	spill_free(&spill);
	journal_free(&journal);
	doc_free(&doc);
	in_free(&in);
	return got == -1 ? 1 : status;
}

static void
parse(struct opt *opt, struct dedupe_options *how, struct choice *choice)
{
	static const char *const outputs[] = {"rows", "text", NULL};
	static const char *const keeps[] = {"first", "longest", NULL};
	static const char *const compares[] = {"text", "bytes", NULL};
	const char *clash;
	int ch;

	while ((ch = opt_next(opt)) != -1) {
		switch (ch) {
		case 'a':
		case CLUSTERS:
		case 'r':
		case 'v':
			set_show(opt, how, ch);
			break;
		case 'b':
			how->blocks = 1;
			break;
		case COMPARE:
			choice->compare = opt_choice(opt, compares);
			break;
		case FORGET:
			choice->journal.forget = age(opt);
			break;
		case INDEX:
			choice->index = opt->arg;
			break;
		case KEEP:
			how->longest = opt_choice(opt, keeps);
			break;
		case MATCH:
		case RESOLVE:
		case SKETCH:
		case TWO_PASS:
			set_step(opt, choice, ch);
			break;
		case MEMORY:
			choice->memory = opt_size(opt, LEAST, SIZE_MAX / 4);
			break;
		case MIN_COUNT:
			how->least = count(opt);
			break;
		case NEAR:
			choice->near = 1;
			break;
		case NOWAIT:
			choice->journal.nowait = 1;
			break;
		case 'o':
			how->text = opt_choice(opt, outputs);
			break;
		case READONLY:
			choice->journal.readonly = 1;
			break;
		case 't':
			choice->similarity = opt_number(opt, 0, 1);
			break;
		case WIDE:
			choice->wide = 1;
			break;
		}
	}
	clash = choice_clash(choice, how, opt->header);
	if (clash != NULL)
		opt_usage(opt, clash);
	if (choice->step == CHOICE_TWO_PASS)
		opt_reread(opt);
}

static void
set_step(const struct opt *opt, struct choice *choice, int option)
{
	enum choice_step step = option == MATCH     ? CHOICE_MATCH
				: option == RESOLVE ? CHOICE_RESOLVE
				: option == SKETCH  ? CHOICE_SKETCH
						    : CHOICE_TWO_PASS;

	if (choice->step != CHOICE_ONE_PASS)
		opt_usage(opt, "one step at a time");
	choice->step = step;
}

static void
set_show(const struct opt *opt, struct dedupe_options *how, int option)
{
	enum dedupe_show show = option == 'a'        ? DEDUPE_ALL
				: option == CLUSTERS ? DEDUPE_CLUSTERS
				: option == 'r'      ? DEDUPE_REPORT
						     : DEDUPE_OLD;

	if (how->show != DEDUPE_NEW && how->show != show)
		opt_usage(opt, "one of -a, -r, -v and --clusters");
	how->show = show;
}

/* Files for what takes more memory than asked for, where there is room for
 * much: /tmp may lie in memory itself. */
static void
open_files(struct spill *spill, const struct choice *choice)
{
	const char *folder = getenv("TMPDIR");

	if (folder == NULL || folder[0] == '\0')
		folder = "/var/tmp";
	if (choice->memory == 0)
		spill_init(spill);
	else if (spill_open(spill, folder, choice->memory) == -1)
		opt_fail(errno, folder, 0);
}

/* A number from 1 on, or exit. */
static size_t
count(const struct opt *opt)
{
	const char *arg = opt->arg;
	char *end;
	unsigned long number = strtoul(arg, &end, 10);

	if (arg[0] < '0' || arg[0] > '9' || *end != '\0' || number < 1 ||
	    number > UINT32_MAX)
		opt_bad(opt, "not a number from 1 on");
	return number;
}

/* The steps that read sorted rows in place of documents. */
static int
sorted_rows(struct opt *opt, const struct dedupe_options *how,
    const struct choice *choice)
{
	const int resolve = choice->step == CHOICE_RESOLVE;
	struct steps_counts counts;
	struct steps *steps = steps_new(choice->similarity, opt->strict);
	struct in in;
	const struct fault *faults[] = {&in.cut, steps_malformed(steps)};
	struct out out;
	struct progress progress;
	int got, error, status;

	opt_input(opt, &in);
	if (out_init(&out, STDOUT_FILENO, opt->unbuffered) == -1)
		err(2, "stdout");
	in.idle = out_idle;
	in.idle_arg = &out;
	progress_init(&progress, opt->tool, (enum progress_how)opt->progress,
	    &in, NULL, STDERR_FILENO);
	got =
	    resolve ? steps_resolve(steps, &in) : steps_match(steps, &in, &out);
	error = got == -1 ? errno : 0;
	progress_end(&progress);
	if (resolve && (error == 0 || error == EILSEQ))
		steps_put(
		    steps, how->longest, how->show == DEDUPE_CLUSTERS, &out);
	if (out_close(&out) == -1)
		err(2, "stdout");
	status = opt_report(opt, faults, 2);
	if (error != 0 && error != EILSEQ)
		opt_fail(error, in.name, in.line);
	counts = steps_counts(steps);
	opt_stats(opt,
	    (struct opt_count[]){{"rows", counts.rows}, {"docs", counts.docs},
		{"duplicates", counts.duplicates}},
	    resolve ? 3 : 1);
	steps_free(steps);
	in_free(&in);
	return status;
}

/* Ready what decides, with what earlier runs left to it. */
static struct dedupe *
start(struct doc *doc, const struct dedupe_options *how,
    const struct choice *choice, struct journal *journal)
{
	struct journal_how opening = choice->journal;
	const char *path = choice->index;
	struct dedupe *dedupe = dedupe_new(how);

	if (how->near && how->least > 1)
		errx(2, "--min-count is for blocks and lines: add -b");
	if (choice->near && !how->blocks && doc->format != DOC_AUTO)
		errx(2, "--near is for blocks and lines: add -b");
	if (choice->memory > 0 && !how->near && doc->format != DOC_AUTO)
		errx(2, "--memory is for near copies");
	/* Without a row it is not known what the index should hold. */
	if (path == NULL || doc->format == DOC_AUTO)
		return dedupe;
	if (!how->near && how->show >= DEDUPE_ALL)
		opt_die("%s: an index of equal texts holds no names for -a, "
			"-r, --clusters",
		    path);
	dedupe_parameters(how, opening.parameter);
	switch (journal_open(journal, path, &opening)) {
	case JOURNAL_GOOD:
		break;
	case JOURNAL_CUT:
		opt_warn("%s: left out a run that was not finished", path);
		break;
	case JOURNAL_BUSY:
		opt_warn("%s: in use by another run", path);
		exit(BUSY);
	case JOURNAL_FOREIGN:
		opt_die("%s: not an index of this version", path);
	case JOURNAL_OTHER:
		opt_die("%s: an index made with other options", path);
	case JOURNAL_DAMAGED:
		opt_die("%s: damaged at byte %zu", path, journal->good);
	case JOURNAL_ERROR:
		opt_fail(errno, path, 0);
	}
	if (!dedupe_load(dedupe, journal))
		opt_die("%s: damaged", path);
	return dedupe;
}

/* Read all documents once, before they are read again. */
static void
first_pass(struct dedupe *dedupe, const struct opt *opt)
{
	struct out nothing = {.fd = OUT_MEMORY};
	struct progress progress;
	struct doc doc;
	struct in in;
	int got;

	in_init(&in, opt->rest, IN_ROW_MAX);
	doc_init(&doc, &in,
	    (struct doc_options){.format = (enum doc_format)opt->format,
		.header = opt->header,
		.strict = opt->strict,
		.max_doc = opt->max_doc});
	progress_init(&progress, "dedupe: first pass",
	    (enum progress_how)opt->progress, &in, &doc.serial, STDERR_FILENO);
	got = read_docs(dedupe, opt, &doc, &nothing);
	progress_end(&progress);
	if (got == -1 && errno != EILSEQ)
		opt_fail(errno, in.name, in.line);
	doc_free(&doc);
	in_free(&in);
	dedupe_turn(dedupe);
}

/* Read documents and decide on them.  Returns as doc_next(). */
static int
read_docs(struct dedupe *dedupe, const struct opt *opt, struct doc *doc,
    struct out *out)
{
	const struct dedupe_options *how = dedupe_how(dedupe);
	const struct crew_plan plan = {
	    .work = measure_doc, .finish = dedupe_doc, .arg = dedupe};
	/* To gather lines would take longer than what threads could share. */
	size_t jobs = how->lines ? 1 : opt->jobs, none = 0, k;
	struct measure *measure = mem_grow(NULL, &none, jobs, sizeof(*measure));
	void *worker[OPT_JOBS_MAX];
	struct crew *crew;
	int got, error;

	for (k = 0; k < jobs; k++) {
		measure[k] = (struct measure){.options = how};
		worker[k] = &measure[k];
	}
	crew = crew_new(jobs, &plan, worker, out);
	if (crew == NULL)
		err(2, "-j %zu", jobs);
	doc->in->idle = crew_idle;
	doc->in->idle_arg = crew;
	do
		got = how->blocks && jobs == 1 ? doc_rows(doc) : doc_next(doc);
	while (got > 0 && crew_doc(crew, doc));
	error = errno;
	doc->in->idle = NULL;
	crew_free(crew);
	for (k = 0; k < jobs; k++)
		measure_free(&measure[k]);
	free(measure);
	errno = error;
	return got;
}

static void
save(
    struct dedupe *dedupe, struct journal *journal, const struct choice *choice)
{
	if (journal->fd != -1 && !choice->journal.readonly &&
	    dedupe_save(dedupe, journal) == -1)
		opt_fail(errno, choice->index, 0);
}

/* Seconds of an age like 30d, or exit. */
static uint64_t
age(const struct opt *opt)
{
	static const struct {
		char suffix;
		uint32_t seconds;
	} units[] = {
	    {'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}, {'w', 604800}};
	const char *arg = opt->arg;
	uint64_t seconds = 0;
	size_t i;
	char *end;
	unsigned long n = strtoul(arg, &end, 10);

	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (*end == units[i].suffix)
			seconds = units[i].seconds;
	if (arg[0] < '0' || arg[0] > '9' || n == 0 || n > UINT32_MAX ||
	    seconds == 0 || end[1] != '\0')
		opt_bad(opt, "not an age such as 36h, 30d or 52w");
	return n * seconds;
}
