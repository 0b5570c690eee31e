/* SPDX-License-Identifier: ISC */
/*
 * docsplit - cut raw text into documents and blocks.
 *
 * In:  text, in one of several containers
 * Out: doc block text
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/in.h"
#include "common/magic.h"
#include "common/opt.h"
#include "common/out.h"
#include "common/progress.h"
#include "common/re.h"
#include "common/sandbox.h"
#include "common/utf.h"

#include "cmd/docsplit/bound.h"
#include "cmd/docsplit/docsplit.h"
#include "cmd/docsplit/format.h"
#include "cmd/docsplit/guess.h"
#include "cmd/docsplit/rows.h"
#include "cmd/docsplit/share.h"

enum {
	FOLD = OPT_OWN,
	GUESS,
	ID,
	KEEP_SEPARATOR,
	LOOSE,
	NAME,
	PREFIX,
	SENTENCES,
	UNFOLD
};

/* Getopt, --help and a test of the manual all read this. */
static const struct opt_spec options[] = {
    {FOLD, "fold", NULL, "write a document as one row"},
    {'f', "format", "FMT",
	"input is auto (default), plain, ff, nul, warc, mbox, jsonl, trec, "
	"conllu or rows"},
    {GUESS, "guess", NULL, "guess where web pages end in plain text"},
    {'H', "header", NULL, "write a header row"},
    {ID, "id", "KEY", "call documents by name (default), seq, native or hash"},
    {KEEP_SEPARATOR, "keep-separator", NULL,
	"the line found by -e begins the next document"},
    {'j', "jobs", "N", "work with N threads; 0: one per core"},
    {'k', "key", "KEY", "the text of JSON records is the value of KEY"},
    {LOOSE, "loose", NULL, "every line \"From \" begins a message"},
    {'m', "meta", "FILE", "write the document table to FILE"},
    {NAME, "name", "NAME", "use NAME in place of the file's name"},
    {'p', "paragraphs", NULL, "join lines, blocks are paragraphs"},
    {PREFIX, "prefix", "TEXT", "put TEXT before every document's key"},
    {SENTENCES, "sentences", NULL, "blocks are sentences"},
    {'e', "separator", "RE", "a line that matches RE parts documents"},
    {UNFOLD, "unfold", NULL, "read rows that --fold wrote"},
    OPT_COMMON,
};

struct args {
	struct docsplit_options split;
	struct reader_options read;
	int guess, unfold;
	const char *table;
};

/* What takes the input. */
struct split {
	struct docsplit *docsplit;
	struct share *share; /* NULL if one thread does it all */
	struct out *out;
};

static void parse(struct opt *, struct args *);
static void check(const struct opt *, const struct args *);
static struct re *pattern(const char *);
static void open_table(struct out *, const struct opt *, const char *);
static int is_input(const struct stat *, char *const *operands);
static int is_file(const struct stat *, const char *operand);
static int is_output(const struct stat *);
static int is_same(const struct stat *, const struct stat *);
static struct share *
start(const struct opt *, const struct args *, struct docsplit *);
static void idle(void *);
static int
read_files(struct split *, struct in *, const struct opt *, struct args *);
static int read_file(struct split *, struct in *, struct args *, int);
static int refuse(struct split *, const char *, const char *);
static int choose(const struct args *, struct str);
static reader_fn *reader(const struct args *, int);

int
main(int argc, char *argv[])
{
	struct args args = {.split = {.prefix = ""}};
	const struct fault *faults[DOCSPLIT_FAULTS_ALL];
	const struct docsplit_counts *counts;
	struct docsplit *docsplit;
	struct split split;
	struct out out, table;
	struct progress progress;
	struct in in;
	struct opt opt;
	int got, status, error;

	opt_init(&opt, "docsplit", "Cut raw text into documents and blocks.",
	    "[file ...]", options, argc, argv);
	parse(&opt, &args);
	if (out_init(&out, STDOUT_FILENO, opt.unbuffered) == -1)
		err(2, "stdout");
	if (args.table != NULL)
		open_table(&table, &opt, args.table);
	docsplit =
	    docsplit_new(&args.split, &out, args.table == NULL ? NULL : &table);
	opt_sandbox(&opt, NULL, SANDBOX_CONVERT);
	opt_input(&opt, &in);
	split = (struct split){docsplit, start(&opt, &args, docsplit), &out};
	in.idle = idle;
	in.idle_arg = &split;
	progress_init(&progress, opt.tool, (enum progress_how)opt.progress, &in,
	    &docsplit_counts(docsplit)->docs, STDERR_FILENO);
	if (opt.header) {
		out_raw(&out, STR_LIT("doc\tblock\ttext\t"));
		out_endrow(&out);
	}

	got = read_files(&split, &in, &opt, &args);
	/* What was read before a file that fails is not lost. */
	error = got == -1 ? errno : 0;
	if (split.share != NULL)
		share_free(split.share);
	progress_end(&progress);
	if (out_close(&out) == -1)
		err(2, "stdout");
	if (args.table != NULL &&
	    (out_close(&table) == -1 || close(table.fd) == -1))
		opt_fail(errno, args.table, 0);

	counts = docsplit_counts(docsplit);
	status = opt_report(&opt, faults, docsplit_faults(docsplit, faults));
	if (error != 0 && error != EILSEQ)
		opt_fail(error, in.name, 0);
	opt_stats(&opt,
	    (struct opt_count[]){{"docs", counts->docs}, {"rows", counts->rows},
		{"bytes_in", in.bytes}, {"bytes_text", counts->bytes},
		{"repairs", counts->repaired.n}},
	    5);
	docsplit_free(docsplit);
	re_free(args.split.separator);
	in_free(&in);
	return got == -1 ? 1 : status;
}

static void
parse(struct opt *opt, struct args *args)
{
	static const char *const ids[] = {
	    "name", "seq", "native", "hash", NULL};
	int ch;

	opt->formats = format_names;
	while ((ch = opt_next(opt)) != -1) {
		switch (ch) {
		case FOLD:
			args->split.fold = 1;
			break;
		case GUESS:
			args->guess = 1;
			break;
		case ID:
			args->split.id = (enum docsplit_id)opt_choice(opt, ids);
			break;
		case KEEP_SEPARATOR:
			args->split.keep_separator = 1;
			break;
		case 'k':
			args->read.key = opt->arg;
			break;
		case LOOSE:
			args->read.loose = 1;
			break;
		case 'm':
			args->table = opt->arg;
			break;
		case NAME:
			args->split.name = opt->arg;
			break;
		case 'p':
			args->split.paragraphs = 1;
			break;
		case PREFIX:
			args->split.prefix = opt->arg;
			break;
		case SENTENCES:
			args->split.sentences = 1;
			break;
		case 'e':
			re_free(args->split.separator);
			args->split.separator = pattern(opt->arg);
			break;
		case UNFOLD:
			args->unfold = 1;
			break;
		}
	}
	args->split.strict = opt->strict;
	check(opt, args);
}

/* No option is without effect on all input there may be. */
static void
check(const struct opt *opt, const struct args *args)
{
	const int format = args->unfold ? FORMAT_ROWS : opt->format;

	if (args->unfold && args->split.fold)
		opt_usage(opt, "--fold or --unfold, not both");
	if (args->unfold && opt->format != FORMAT_AUTO &&
	    opt->format != FORMAT_ROWS)
		opt_usage(opt, "--unfold reads rows");
	/* Containers say where documents end. */
	if (args->split.separator != NULL && format > FORMAT_NUL)
		opt_usage(opt, "-e is for plain text");
	if (args->split.keep_separator && args->split.separator == NULL)
		opt_usage(opt, "--keep-separator goes with -e");
	if (args->guess && format > FORMAT_PLAIN)
		opt_usage(opt, "--guess is for plain text");
	if (args->read.key != NULL && format != FORMAT_AUTO &&
	    format != FORMAT_JSONL)
		opt_usage(opt, "-k is for JSON");
	if (args->read.loose && format != FORMAT_AUTO && format != FORMAT_MBOX)
		opt_usage(opt, "--loose is for mailboxes");
	if (format == FORMAT_ROWS &&
	    (args->split.id != DOCSPLIT_NAME || args->split.name != NULL ||
		args->split.prefix[0] != '\0'))
		opt_usage(
		    opt, "rows keep their keys: no --id, --name, --prefix");
}

static struct re *
pattern(const char *text)
{
	struct re *re;
	char why[120];
	size_t at;

	if (utf_clean(str_of(text)) != strlen(text))
		errx(2, "-e: pattern is not clean UTF-8");
	if ((re = re_new(str_of(text), why, &at)) == NULL)
		errx(2, "-e: %s at byte %zu of %s", why, at, text);
	return re;
}

static void
open_table(struct out *table, const struct opt *opt, const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
	struct stat st;

	if (fd == -1 || fstat(fd, &st) == -1)
		opt_fail(errno, path, 0);
	if (S_ISREG(st.st_mode)) {
		if (is_input(&st, opt->rest))
			opt_die(
			    "%s: is input, the table would replace it", path);
		if (is_output(&st))
			opt_die("%s: is where the rows go, too", path);
		if (ftruncate(fd, 0) == -1)
			opt_fail(errno, path, 0);
	}
	if (out_init(table, fd, opt->unbuffered) == -1)
		opt_fail(errno, path, 0);
	if (opt->header) {
		out_raw(table,
		    STR_LIT("doc\tid\turl\tdate\ttitle\ttype\tlang\tsource\t"
			    "blocks\tbytes\t"));
		out_endrow(table);
	}
}

/* Whether the file is one of the operands, which are none for standard input,
 * by whatever name. */
static int
is_input(const struct stat *st, char *const *operands)
{
	if (*operands == NULL)
		return is_file(st, "-");
	while (*operands != NULL && !is_file(st, *operands))
		operands++;
	return *operands != NULL;
}

static int
is_file(const struct stat *st, const char *operand)
{
	struct stat other;
	int got = strcmp(operand, "-") == 0 ? fstat(STDIN_FILENO, &other)
					    : stat(operand, &other);

	return got == 0 && is_same(&other, st);
}

static int
is_output(const struct stat *st)
{
	struct stat other;

	return fstat(STDOUT_FILENO, &other) == 0 && is_same(&other, st);
}

static int
is_same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* One thread does all where it must stop at once, or has a pattern to try. */
static struct share *
start(const struct opt *opt, const struct args *args, struct docsplit *docsplit)
{
	struct share *share;

	if (opt->jobs < 2 || opt->strict || opt->unbuffered ||
	    args->split.separator != NULL)
		return NULL;
	share = share_new(opt->jobs, docsplit, args->table != NULL);
	if (share == NULL)
		err(2, "-j %zu", opt->jobs);
	return share;
}

static void
idle(void *arg)
{
	struct split *split = arg;

	if (split->share != NULL)
		share_drain(split->share);
	out_flush(split->out);
}

static int
read_files(struct split *split, struct in *in, const struct opt *opt,
    struct args *args)
{
	int got;

	while ((got = in_next(in)) > 0) {
		struct str head = {NULL, 0};
		int format = opt->format;
		const char *why = NULL;

		if (!format_any((enum format)format)) {
			if (in_peek(in, &head, FORMAT_HEAD) == -1)
				return -1;
			why = magic_refuse(head);
		}
		if (format == FORMAT_AUTO)
			format = choose(args, head);
		got = why == NULL ? read_file(split, in, args, format)
				  : refuse(split, in->name, why);
		if (got == -1)
			return -1;
	}
	return got;
}

static int
read_file(struct split *split, struct in *in, struct args *args, int format)
{
	const struct share_file file = {
	    .name = in->name,
	    .several = format_several((enum format)format) || args->guess ||
		       args->split.separator != NULL,
	    .read = reader(args, format),
	    .bound = bound_of((enum format)format),
	    .options = &args->read,
	};

	args->read.separator = format_separator((enum format)format);
	if (split->share != NULL)
		return share_read(split->share, in, &file);
	docsplit_file(split->docsplit, file.name, file.several);
	return file.read(split->docsplit, in, file.options);
}

/* The file is none of text. */
static int
refuse(struct split *split, const char *name, const char *why)
{
	if (split->share != NULL)
		share_drain(split->share);
	docsplit_file(split->docsplit, name, 0);
	docsplit_fault(split->docsplit, why, 1, 1);
	if (!docsplit_stop(split->docsplit))
		return 0;
	errno = EILSEQ;
	return -1;
}

/* The format of a file that begins with `head`. */
static int
choose(const struct args *args, struct str head)
{
	if (args->unfold)
		return FORMAT_ROWS;
	/* What parts plain text says that it is that. */
	if (args->guess || args->split.separator != NULL)
		return FORMAT_PLAIN;
	return (int)format_of(head);
}

static reader_fn *
reader(const struct args *args, int format)
{
	if (args->unfold)
		return rows_unfold;
	return args->guess ? guess_read : format_reader((enum format)format);
}
