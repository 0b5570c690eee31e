/* SPDX-License-Identifier: ISC */
/*
 * docsplit - what holds for each input of each format.
 *
 * Built with -DFORMAT=NAME this is a target for libFuzzer.  Built without, it
 * is a program that tests the files it is given, each as what the folder it
 * lies in is called, and prints `ok` or `not ok` for each folder.
 *
 * An input begins with two bytes that choose options.  Of the first:
 *
 *   1, 2    blocks are lines, paragraphs, sentences; or lines with -e '^--'
 *   4       --loose, -k a.b
 *   8, 16   --id: name, seq, native, hash
 *
 * The second one, of which 31 counts, and 1 is how many bytes are read at
 * once when the input is read again.  Behind them the byte FE stands for a
 * repetition, so that a small input tells of a large one: `FE n` are the
 * n / 16 + 1 bytes before it, 2^(n % 16) times more.
 */
#define _GNU_SOURCE /* memfd_create(2), in input.h */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/mem.h"
#include "common/re.h"
#include "common/row.h"
#include "common/utf.h"

#include "cmd/docsplit/format.h"
#include "cmd/docsplit/guess.h"
#include "cmd/docsplit/rows.h"

#include "tests/fuzz/input.h"
#include "tests/unit/feed.h"

#define REPEAT     0xfe
#define INPUT_MAX  ((size_t)300000)
#define READS      256    /* at most, when the input is read again */
#define CHECKS     4      /* kinds that read the input some more times */
#define FOLD_LINES 500000 /* more blank ones make too much of little */

struct input {
	struct str text;
	reader_fn *read;
	struct docsplit_options split;
	struct reader_options options;
	size_t step;
	size_t check; /* which one is made, or CHECKS for all */
};

static const char *check_all(const struct input *, const struct feed *);
static const char *check_rows(const struct feed *);
static const char *check_row(struct mem *, struct str, struct row *);
static const char *check_table(const struct feed *);
static const char *check_reads(const struct input *, const struct feed *);
static const char *check_faults(const struct input *, const struct feed *);
static const char *check_fold(const struct input *, const struct feed *);
static const char *check_text(const struct input *, const struct feed *);

static reader_fn *
reader(const char *name)
{
	size_t i;

	if (strcmp(name, "unfold") == 0)
		return rows_unfold;
	if (strcmp(name, "guess") == 0)
		return guess_read;
	for (i = FORMAT_AUTO + 1; format_names[i] != NULL; i++)
		if (strcmp(name, format_names[i]) == 0)
			return format_reader((enum format)i);
	return NULL;
}

static int
separator(const char *name)
{
	return strcmp(name, "ff") == 0    ? '\f'
	       : strcmp(name, "nul") == 0 ? '\0'
					  : READER_NO_BYTE;
}

/* Write out the repetitions. */
static struct str
expand(struct str s)
{
	static unsigned char to[INPUT_MAX];
	size_t n = 0, i;

	for (i = 0; i < s.n && n < INPUT_MAX; i++) {
		if (s.p[i] == REPEAT && i + 1 < s.n) {
			size_t unit = s.p[i + 1] / 16 + 1u;
			size_t left = unit << s.p[i + 1] % 16;

			for (; n >= unit && left > 0 && n < INPUT_MAX; left--) {
				to[n] = to[n - unit];
				n++;
			}
			i++;
		} else {
			to[n++] = s.p[i];
		}
	}
	return (struct str){to, n};
}

/* Return what does not hold for an input of format `name`, or NULL. */
static const char *
examine(const char *name, struct str s, size_t check)
{
	struct input input = {
	    .read = reader(name),
	    .split = {.prefix = ""},
	    .options = {.separator = separator(name)},
	    .check = check,
	};
	const char *what;
	struct feed base;
	size_t at;

	MUST(input.read != NULL, "no such format");
	if (s.n < 2)
		return NULL;
	input.text = expand(str_sub(s, 2, s.n));
	input.step = input.text.n / READS + 1 + s.p[1] % 32u;
	input.split.paragraphs = s.p[0] % 4 == 1;
	input.split.sentences = s.p[0] % 4 == 2;
	if (s.p[0] % 4 == 3 && format_reader(FORMAT_PLAIN) == input.read)
		input.split.separator = re_new(STR_LIT("^--"), NULL, &at);
	input.options.loose = s.p[0] / 4 % 2;
	input.options.key = s.p[0] / 4 % 2 ? "a.b" : NULL;
	input.split.id = (enum docsplit_id)(s.p[0] / 8 % 4);

	feed(&base, input.read, input.text, INPUT_MAX, &input.split,
	    &input.options);
	what = check_all(&input, &base);
	feed_free(&base);
	re_free(input.split.separator);
	return what;
}

static const char *
check_all(const struct input *input, const struct feed *base)
{
	static const char *(*const checks[CHECKS])(
	    const struct input *, const struct feed *) = {
	    check_reads, check_faults, check_fold, check_text};
	const char *what = check_rows(base);
	size_t i;

	if (what == NULL)
		what = check_table(base);
	for (i = 0; what == NULL && i < CHECKS; i++)
		if (input->check == CHECKS || input->check == i)
			what = checks[i](input, base);
	return what;
}

/* Cut the next line off, without its newline. */
static int
next_line(struct str *rest, struct str *line)
{
	const unsigned char *nl;

	if (rest->n == 0)
		return 0;
	nl = memchr(rest->p, '\n', rest->n);
	*line =
	    str_sub(*rest, 0, nl == NULL ? rest->n : (size_t)(nl - rest->p));
	*rest = str_sub(*rest, line->n + (nl != NULL), rest->n);
	return 1;
}

static const char *
check_rows(const struct feed *f)
{
	struct str rest = feed_rows(f), line;
	struct mem mem = {0};
	size_t rows = 0, bytes = 0;
	const char *what = NULL;
	struct row row;

	MUST(f->got == 0, "reading fails");
	MUST(utf_clean(rest) == rest.n, "rows are no clean UTF-8");
	MUST(rest.n == 0 || rest.p[rest.n - 1] == '\n', "half a row");
	while (what == NULL && next_line(&rest, &line)) {
		mem_reset(&mem);
		what = check_row(&mem, line, &row);
		bytes += row.text.n;
		rows++;
	}
	mem_free(&mem);
	MUST(what == NULL, what);
	MUST(f->counts.rows == rows, "rows are counted wrongly");
	MUST(f->counts.bytes == bytes, "bytes are counted wrongly");
	return NULL;
}

/* The text of the row is unescaped. */
static const char *
check_row(struct mem *mem, struct str line, struct row *row)
{
	size_t i;

	MUST(row_parse(line, row) && row->extra.n == 0, "no row");
	MUST(memchr(line.p, '\r', line.n) == NULL, "a bare CR in a row");
	for (i = 0; i < row->text.n; i++) {
		if (row->text.p[i] != '\\')
			continue;
		i++;
		MUST(i < row->text.n && row->text.p[i] != '\0' &&
			 strchr("tnr\\", row->text.p[i]) != NULL,
		    "a bare backslash in a text");
	}
	row->text = row_unescape(mem, row->text);
	MUST(!utf_blank(row->text), "a blank block");
	return NULL;
}

/* Column `n`, from 0, of a row of the table. */
static struct str
column(struct str line, size_t n)
{
	const unsigned char *tab;

	for (;; n--) {
		tab = line.n == 0 ? NULL : memchr(line.p, '\t', line.n);
		if (n == 0 || tab == NULL)
			break;
		line = str_sub(line, (size_t)(tab - line.p) + 1, line.n);
	}
	line.n = tab == NULL ? line.n : (size_t)(tab - line.p);
	return line;
}

static size_t
number(struct str s)
{
	size_t n = 0, i;

	for (i = 0; i < s.n; i++)
		n = 10 * n + s.p[i] - '0';
	return n;
}

/* Documents stand in it in the order of their rows, with as many blocks. */
static const char *
check_table(const struct feed *f)
{
	struct str rest = feed_table(f), rows = feed_rows(f), doc, line;
	size_t docs = 0, bytes = 0, blocks, last;
	struct row row;

	MUST(utf_clean(rest) == rest.n, "the table is no clean UTF-8");
	MUST(memchr(rest.p, '\r', rest.n) == NULL, "a bare CR in the table");
	for (; next_line(&rest, &line); docs++) {
		MUST(row_columns(line) == 10, "columns of the table");
		doc = column(line, 0);
		blocks = number(column(line, 8));
		bytes += number(column(line, 9));
		for (last = 0; blocks > 0; blocks--, last = row.block) {
			MUST(next_line(&rows, &line), "fewer rows than told");
			MUST(row_parse(line, &row) && str_eq(row.doc, doc),
			    "rows of a document apart");
			MUST(row.block > last, "block numbers do not rise");
		}
	}
	MUST(rows.n == 0, "more rows than told");
	MUST(docs == f->counts.docs, "documents are counted wrongly");
	MUST(bytes == f->counts.bytes, "bytes are told wrongly");
	return NULL;
}

/* A read that fails is told to have failed, and not to have ended. */
static const char *
check_error(const struct input *input)
{
	const int folder = open(".", O_RDONLY | O_CLOEXEC);
	const char *what = NULL;
	struct feed f;

	feed_until(&f, input->read, input->text, input->step, &input->split,
	    &input->options, folder);
	if (f.got != -1 || f.error != EISDIR)
		what = "a read error is lost";
	feed_free(&f);
	close(folder);
	return what;
}

/* How bytes arrive makes no difference. */
static const char *
check_reads(const struct input *input, const struct feed *base)
{
	const char *what = NULL;
	struct feed again;

	feed(&again, input->read, input->text, input->step, &input->split,
	    &input->options);
	if (!str_eq(feed_rows(base), feed_rows(&again)))
		what = "other rows when reads are short";
	else if (!str_eq(feed_table(base), feed_table(&again)))
		what = "another table when reads are short";
	else if (base->got != again.got || base->error != again.error ||
		 base->faults != again.faults || base->kinds != again.kinds ||
		 base->counts.repaired.n != again.counts.repaired.n)
		what = "other faults when reads are short";
	feed_free(&again);
	return what == NULL ? check_error(input) : what;
}

/*
 * Whether `s` begins with the rows of `with`.  In longer blocks than lines,
 * those of long sentences too, the last one may be cut short, and a hash is
 * another one then.
 */
static int
starts(const struct input *input, struct str s, struct str with)
{
	if (input->split.id == DOCSPLIT_HASH)
		return 1;
	if ((input->split.paragraphs || input->split.sentences ||
		input->read == format_reader(FORMAT_CONLLU)) &&
	    with.n > 0)
		do
			with.n--;
		while (with.n > 0 && with.p[with.n - 1] != '\n');
	return str_starts(s, with);
}

/* With -s it ends at the first fault, and what was before is written. */
static const char *
check_faults(const struct input *input, const struct feed *base)
{
	const struct docsplit_counts *c = &base->counts;
	const int faulty =
	    c->repaired.n + c->cut.n + c->costly.n + base->faults > 0;
	struct docsplit_options split = input->split;
	const char *what = NULL;
	struct feed strict, again;

	split.strict = 1;
	feed(&strict, input->read, input->text, INPUT_MAX, &split,
	    &input->options);
	feed(&again, input->read, input->text, input->step, &split,
	    &input->options);
	if (!starts(input, feed_rows(base), feed_rows(&strict)))
		what = "other rows with -s";
	else if (faulty && (strict.got != -1 || strict.error != EILSEQ))
		what = "-s does not end at a fault";
	else if (!faulty && (strict.got != 0 || strict.rows.n != base->rows.n))
		what = "-s ends without a fault";
	else if (!str_eq(feed_rows(&strict), feed_rows(&again)))
		what = "other rows with -s when reads are short";
	feed_free(&again);
	feed_free(&strict);
	return what;
}

/* Rows that are folded and unfolded, or read again, are the same. */
static const char *
check_fold(const struct input *input, const struct feed *base)
{
	const struct docsplit_options plain = {.prefix = ""};
	struct docsplit_options split = input->split;
	struct str rest = feed_rows(base), line;
	const char *what = NULL;
	struct feed folded, again;
	size_t lines = 0, last = 0;
	struct row row;

	for (; next_line(&rest, &line) && row_parse(line, &row);
	     last = row.block) {
		lines += row.block > last ? row.block - last : row.block;
		if (lines > FOLD_LINES || row.block > FOLD_LINES)
			return NULL;
	}
	/* What reads rows drops a byte order mark, though a key begin so. */
	if (str_starts(feed_rows(base), STR_LIT("\xef\xbb\xbf")))
		return NULL;
	split.fold = 1;
	feed(&folded, input->read, input->text, INPUT_MAX, &split,
	    &input->options);
	if (!str_eq(feed_table(base), feed_table(&folded)))
		what = "another table with --fold";
	feed(&again, rows_unfold, feed_rows(&folded), INPUT_MAX, &plain,
	    &input->options);
	/* What folding cannot hold is told to be a fault. */
	if (input->read != rows_read || folded.faults == 0) {
		if (!str_eq(feed_rows(base), feed_rows(&again)))
			what = "other rows behind --fold and --unfold";
		else if (again.faults > 0)
			what = "--unfold finds faults in what --fold wrote";
	}
	feed_free(&again);
	feed(&again, rows_read, feed_rows(base), INPUT_MAX, &plain,
	    &input->options);
	/* Where documents share a key, the second one goes on with the
	 * first. */
	if (again.faults == 0 && !str_eq(feed_rows(base), feed_rows(&again)))
		what = "other rows behind -f rows";
	if (again.faults > 0 && input->read != rows_read &&
	    input->split.id < DOCSPLIT_NATIVE && input->read != rows_unfold)
		what = "-f rows finds faults";
	feed_free(&again);
	feed_free(&folded);
	return what;
}

/* Add all visible characters of the text to `to`. */
static void
visible(const struct feed *f, struct out *to)
{
	struct str rest = feed_rows(f), line, s;
	struct mem mem = {0};
	struct row row;
	size_t i, n, len;

	while (next_line(&rest, &line)) {
		mem_reset(&mem);
		if (!row_parse(line, &row))
			abort();
		s = row_unescape(&mem, row.text);
		for (i = n = 0; i < s.n; i += len) {
			if (utf_class(utf_at(s.p + i, &len)) != UTF_SPACE)
				continue;
			out_raw(to, str_sub(s, n, i));
			n = i + len;
		}
		out_raw(to, str_sub(s, n, s.n));
	}
	mem_free(&mem);
}

/* Whatever blocks and documents are, the text is the same. */
static const char *
check_text(const struct input *input, const struct feed *base)
{
	struct docsplit_options split = {.prefix = ""};
	reader_fn *read = input->read;
	const char *what = NULL;
	struct out a = {.fd = OUT_MEMORY}, b = {.fd = OUT_MEMORY};
	struct feed other;

	if (input->split.separator != NULL)
		return NULL;
	split.paragraphs = !input->split.paragraphs;
	if (read == guess_read)
		read = format_reader(FORMAT_PLAIN);
	feed(&other, read, input->text, INPUT_MAX, &split, &input->options);
	visible(base, &a);
	visible(&other, &b);
	if (!str_eq(feed_out(&a), feed_out(&b)))
		what = "another text when blocks are others";
	out_close(&a);
	out_close(&b);
	feed_free(&other);
	return what;
}

#ifdef FORMAT

#define NAME_OF(x) #x
#define NAME(x)    NAME_OF(x)

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	const char *what;
	size_t check = 0, i;

	/* One check each is three times as fast as all. */
	for (i = 0; i < n; i++)
		check += p[i];
	what = examine(NAME(FORMAT), (struct str){p, n}, check % CHECKS);
	if (what != NULL) {
		fprintf(stderr, "does not hold: %s\n", what);
		abort();
	}
	return 0;
}

#else

/* Read a file.  Returns 0, or -1. */
static int
load(const char *path, struct out *to)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got = -1;

	to->n = 0;
	while (
	    fd != -1 && (got = read(fd, out_room(to, IN_BLOCK), IN_BLOCK)) > 0)
		to->n += (size_t)got;
	if (fd != -1)
		close(fd);
	return got == 0 ? 0 : -1;
}

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
	struct out bytes = {.fd = OUT_MEMORY};
	int i, bad = 0, here = 0;

	for (i = 1; i < argc; i++) {
		const struct str at = folder(argv[i]);
		char name[32] = "";
		const char *what = "cannot be read";

		memcpy(name, at.p, at.n < sizeof(name) ? at.n : 0);
		if (load(argv[i], &bytes) == 0)
			what = examine(
			    name, (struct str){bytes.buf, bytes.n}, CHECKS);
		if (what != NULL) {
			printf("not ok - fuzz: %s: %s\n", argv[i], what);
			here = bad = 1;
		}
		if (i + 1 < argc && str_eq(at, folder(argv[i + 1])))
			continue;
		if (!here)
			printf("ok - fuzz: inputs of %s\n", name);
		here = 0;
	}
	out_close(&bytes);
	return bad;
}

#endif
