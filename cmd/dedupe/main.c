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

#include "common/doc.h"
#include "common/in.h"
#include "common/opt.h"
#include "common/out.h"

#include "cmd/dedupe/dedupe.h"
#include "cmd/dedupe/journal.h"

/*
 * How much of a text must stand in another: of copies that agencies, sites
 * and scanners made of news nearly all have more, of stories that were gone
 * on with or share paragraphs nearly all have less.
 */
#define SIMILARITY 0.53

#define BUSY 75 /* EX_TEMPFAIL of sysexits.h: try again later */

enum {
	CLUSTERS = OPT_OWN,
	COMPARE,
	FORGET,
	INDEX,
	NEAR,
	NOWAIT,
	READONLY,
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
    {NEAR, "near", NULL, "with -b: near copies too"},
    {NOWAIT, "nowait", NULL, "end with status 75 if the index is in use"},
    {'o', "output", "FMT", "write rows (default) or text"},
    {READONLY, "readonly", NULL, "look into the index, do not add to it"},
    {'r', "report", NULL, "write what is a duplicate of what"},
    {'t', "threshold", "T", "near copies are similar by T, 0 to 1"},
    {WIDE, "wide", NULL, "use fingerprints of 128 bits, not 64"},
    OPT_COMMON,
};

/* What the options leave open until the input is seen. */
struct choice {
	int compare; /* enum dedupe_compare, or -1 */
	int near;    /* --near */
	int wide;    /* --wide */
	double similarity;
	const char *index; /* path, or NULL */
	struct journal_how journal;
};

static void parse(struct opt *, struct dedupe_options *, struct choice *);
static double share(const char *);
static uint64_t age(const char *);
static void settle(struct dedupe_options *, const struct choice *, int plain);
static struct dedupe *start(struct doc *, const struct dedupe_options *,
    const struct choice *, struct journal *);
static void save(struct dedupe *, struct journal *, const struct choice *);

int
main(int argc, char *argv[])
{
	const struct fault *faults[DOC_FAULTS];
	struct dedupe_options how = {.show = DEDUPE_NEW};
	struct choice choice = {.compare = -1, .similarity = SIMILARITY};
	struct journal journal = {.fd = -1, .to = -1};
	struct dedupe_counts counts;
	struct dedupe *dedupe;
	struct doc doc;
	struct in in;
	struct opt opt;
	struct out out;
	int got, status, error;

	opt_init(&opt, "dedupe",
	    "Drop documents, blocks or lines that were seen before.",
	    "[file ...]", options, argc, argv);
	parse(&opt, &how, &choice);
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

	got = doc_look(&doc);
	settle(&how, &choice, doc.format == DOC_PLAIN);
	dedupe = start(&doc, &how, &choice, &journal);
	if (opt.header && got != -1)
		dedupe_header(dedupe, &doc, &out);
	while (got > 0 && out.err == 0 &&
	       (got = how.blocks ? doc_rows(&doc) : doc_next(&doc)) > 0)
		dedupe_doc(dedupe, &doc, &out);
	/* What was found before a file that fails is not lost. */
	error = got == -1 ? errno : 0;
	if (out_close(&out) == -1)
		err(2, "stdout");
	save(dedupe, &journal, &choice);

	doc_faults(&doc, faults);
	status = opt_report(faults, DOC_FAULTS);
	if (error != 0 && error != EILSEQ)
		opt_fail(error, in.name, in.line);
	counts = dedupe_counts(dedupe);
	opt_stats(&opt,
	    (struct opt_count[]){{"docs", doc.serial}, {"rows", doc.rows},
		{"compared", counts.docs}, {"duplicates", counts.duplicates},
		{"index_bytes", counts.index_bytes},
		{"none", counts.docs > 0 && counts.duplicates == 0},
		{"most", 2 * counts.duplicates > counts.docs}},
	    7);
	dedupe_free(dedupe);
	journal_free(&journal);
	doc_free(&doc);
	in_free(&in);
	return got == -1 ? 1 : status;
}

static void
parse(struct opt *opt, struct dedupe_options *how, struct choice *choice)
{
	static const char *const outputs[] = {"rows", "text", NULL};
	static const char *const compares[] = {"text", "bytes", NULL};
	int ch;

	while ((ch = opt_next(opt)) != -1) {
		switch (ch) {
		case 'a':
			how->show = DEDUPE_ALL;
			break;
		case 'b':
			how->blocks = 1;
			break;
		case CLUSTERS:
			how->show = DEDUPE_CLUSTERS;
			break;
		case COMPARE:
			choice->compare = opt_choice(opt, compares);
			break;
		case FORGET:
			choice->journal.forget = age(opt->arg);
			break;
		case INDEX:
			choice->index = opt->arg;
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
		case 'r':
			how->show = DEDUPE_REPORT;
			break;
		case READONLY:
			choice->journal.readonly = 1;
			break;
		case 'v':
			how->show = DEDUPE_OLD;
			break;
		case 't':
			choice->similarity = share(opt->arg);
			break;
		case WIDE:
			choice->wide = 1;
			break;
		}
	}
	if (how->text && how->show >= DEDUPE_ALL)
		opt_usage(opt, "-o text goes with rows alone that pass");
	if (choice->near && (choice->compare == DEDUPE_BYTES || choice->wide))
		opt_usage(opt, "--near compares text, by its words");
	if (choice->index == NULL &&
	    (choice->journal.forget > 0 || choice->journal.nowait ||
		choice->journal.readonly))
		opt_usage(opt, "--forget, --nowait, --readonly need --index");
	if (choice->journal.forget > 0 && choice->journal.readonly)
		opt_usage(opt, "--forget does not go with --readonly");
}

/* A number from 0 to 1, or exit. */
static double
share(const char *arg)
{
	char *end;
	double number = strtod(arg, &end);

	if (arg[0] < '0' || arg[0] > '9' || *end != '\0' || number > 1)
		errx(2, "%s: not a number from 0 to 1", arg);
	return number;
}

/*
 * Plain text, as the first file shows it, is compared line by line and byte
 * by byte, as sort -u and awk do; rows by document and by their words.
 */
static void
settle(struct dedupe_options *how, const struct choice *choice, int plain)
{
	how->lines = plain;
	how->blocks |= plain;
	how->wide = choice->wide;
	how->saved = choice->index != NULL && !choice->journal.readonly;
	how->similarity = choice->similarity;
	how->compare = choice->compare != -1
			   ? (enum dedupe_compare)choice->compare
		       : plain && !choice->near ? DEDUPE_BYTES
						: DEDUPE_TEXT;
	how->near = how->compare == DEDUPE_TEXT && !how->wide &&
		    how->similarity < 1 && (choice->near || !how->blocks);
}

/* Ready what decides, with what earlier runs left to it. */
static struct dedupe *
start(struct doc *doc, const struct dedupe_options *how,
    const struct choice *choice, struct journal *journal)
{
	struct journal_how opening = choice->journal;
	const char *path = choice->index;
	struct dedupe *dedupe = dedupe_new(how);

	/* Without a row it is not known what the index should hold. */
	if (path == NULL || doc->format == DOC_AUTO)
		return dedupe;
	if (!how->near && how->show >= DEDUPE_ALL)
		errx(2,
		    "%s: an index of equal texts holds no names for -a, "
		    "-r, --clusters",
		    path);
	dedupe_parameters(how, opening.parameter);
	switch (journal_open(journal, path, &opening)) {
	case JOURNAL_GOOD:
		break;
	case JOURNAL_CUT:
		warnx("%s: left out a run that was not finished", path);
		break;
	case JOURNAL_BUSY:
		errx(BUSY, "%s: in use by another run", path);
	case JOURNAL_FOREIGN:
		errx(2, "%s: not an index of this version", path);
	case JOURNAL_OTHER:
		errx(2, "%s: an index made with other options", path);
	case JOURNAL_DAMAGED:
		errx(2, "%s: damaged at byte %zu", path, journal->good);
	case JOURNAL_ERROR:
		err(2, "%s", path);
	}
	if (!dedupe_load(dedupe, journal))
		errx(2, "%s: damaged", path);
	return dedupe;
}

static void
save(
    struct dedupe *dedupe, struct journal *journal, const struct choice *choice)
{
	if (journal->fd != -1 && !choice->journal.readonly &&
	    dedupe_save(dedupe, journal) == -1)
		err(2, "%s", choice->index);
}

/* Seconds of an age like 30d, or exit. */
static uint64_t
age(const char *arg)
{
	static const struct {
		char suffix;
		uint32_t seconds;
	} units[] = {
	    {'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}, {'w', 604800}};
	size_t i = 0;
	char *end;
	unsigned long n = strtoul(arg, &end, 10);

	while (i < 5 && *end != units[i].suffix)
		i++;
	if (arg[0] < '0' || arg[0] > '9' || n == 0 || n > UINT32_MAX ||
	    i == 5 || end[1] != '\0')
		errx(2, "%s: not an age such as 36h, 30d or 52w", arg);
	return (uint64_t)n * units[i].seconds;
}
