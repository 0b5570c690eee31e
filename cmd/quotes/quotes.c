/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/in.h"
#include "common/mem.h"
#include "common/utf.h"

#include "cmd/quotes/attrib.h"
#include "cmd/quotes/cue.h"
#include "cmd/quotes/given.h"
#include "cmd/quotes/kept.h"
#include "cmd/quotes/quotes.h"
#include "cmd/quotes/resolve.h"
#include "cmd/quotes/word.h"

struct quotes {
	enum utf_unit unit; /* what offsets count */
	struct word_list words;
	struct cue_list cues;
	struct kept kept;
	struct attrib attrib;
	struct resolve *resolve;
	struct given *given; /* names from a file, or NULL */
	struct given_error error;
	struct str *name; /* resolved, one for each quotation */
	size_t name_cap;

	/* of the document at hand */
	const struct doc *doc;
	size_t next; /* block to be looked at */
};

static void look(struct quotes *);
static const struct tok_list *cut(void *, size_t block);
static int speaks(const struct attrib *, size_t from);
static void on_piece(
    void *, size_t block, size_t from, struct str, const struct tok_list *);
static int read_all(const char *path, unsigned char **text, size_t *n);
static void put(const struct quotes *, const struct doc *, size_t, size_t *seen,
    size_t *units, struct out *);

struct quotes *
quotes_new(void)
{
	struct quotes *q;
	size_t none = 0;

	q = mem_grow(NULL, &none, 1, sizeof(*q));
	*q = (struct quotes){.unit = UTF_POINTS};
	word_open(&q->words);
	cue_init(&q->cues);
	q->attrib.cues = &q->cues;
	q->attrib.words = &q->words;
	q->attrib.kept = &q->kept;
	q->resolve = resolve_new(&q->words, &q->kept);
	resolve_watch(q->resolve, (struct trait_watch){on_piece, cut, q});
	return q;
}

int
quotes_cues(
    struct quotes *q, const char *path, int add, char why[120], size_t *line)
{
	unsigned char *text = NULL;
	size_t n = 0;
	int status;

	*line = 0;
	if (read_all(path, &text, &n) == -1)
		return -1;
	if (!add)
		cue_clear(&q->cues);
	status = cue_read(&q->cues, (struct str){text, n}, why, line);
	free(text);
	return status;
}

/* Read a whole file, which may be a pipe.  Returns 0, or -1 with errno. */
static int
read_all(const char *path, unsigned char **text, size_t *n)
{
	size_t cap = 0;
	ssize_t got;
	int fd, saved;

	if ((fd = open(path, O_RDONLY | O_CLOEXEC)) == -1)
		return -1;
	do {
		*text = mem_grow(*text, &cap, *n + 4096, 1);
		got = read(fd, *text + *n, cap - *n);
		if (got > 0)
			*n += (size_t)got;
	} while (got > 0 || (got == -1 && errno == EINTR));
	saved = errno;
	(void)close(fd);
	errno = saved;
	if (got == 0)
		return 0;
	free(*text);
	return -1;
}

int
quotes_model(struct quotes *q, const char *path, const char **why)
{
	return resolve_model(q->resolve, path, why);
}

void
quotes_offsets(struct quotes *q, enum utf_unit unit)
{
	q->unit = unit;
}

void
quotes_speech(struct quotes *q)
{
	q->cues.speech = 1;
}

int
quotes_names(struct quotes *q, const char *path)
{
	given_free(q->given);
	q->given = given_open(path, q->unit);
	resolve_given(q->resolve, q->given);
	return q->given == NULL ? -1 : 0;
}

int
quotes_doc(struct quotes *q, const struct doc *doc, struct out *out, size_t *n)
{
	struct attrib *a = &q->attrib;
	size_t i, block = 0, seen = 0, units = 0, n_before;
	int named = q->given != NULL;

	kept_clear(&q->kept, doc->n);
	attrib_start(a, doc->part);
	q->doc = doc;
	q->next = 0;
	while (q->next < doc->n) {
		n_before = a->n;
		look(q);
		/* Most of the time goes into names: find none that nobody asks
		 * for.  Tokens are cut once for both. */
		if (!named && speaks(a, n_before)) {
			resolve_tag(q->resolve, doc);
			named = 1;
		}
	}
	if (a->n == 0 && q->given == NULL)
		return 0;
	q->name = mem_grow(q->name, &q->name_cap, a->n + 1, sizeof(*q->name));
	if (resolve_doc(q->resolve, doc, a->v, a->n, q->name, &q->error) == -1)
		return -1;
	for (i = 0; i < a->n && out->err == 0; i++) {
		if (a->v[i].block != block)
			seen = units = 0;
		block = a->v[i].block;
		put(q, doc, i, &seen, &units, out);
	}
	*n += a->n;
	return 0;
}

/* Look for quotations in the next block. */
static void
look(struct quotes *q)
{
	size_t i = q->next++;

	attrib_block(&q->attrib, (uint32_t)i, q->doc->v[i].text);
}

/* Whether one of the quotations from `from` on has a speaker. */
static int
speaks(const struct attrib *a, size_t from)
{
	for (; from < a->n; from++)
		if (a->v[from].source.speaker.n > 0)
			return 1;
	return 0;
}

/* The tagger asks for the tokens of a block. */
static const struct tok_list *
cut(void *arg, size_t block)
{
	struct quotes *q = arg;

	return kept_find(&q->kept, block);
}

/* The tagger has the tokens of a piece of a block. */
static void
on_piece(void *arg, size_t block, size_t from, struct str text,
    const struct tok_list *toks)
{
	struct quotes *q = arg;

	if (from == 0 && text.n == q->doc->v[block].text.n)
		kept_add(&q->kept, block, toks);
	if (block == q->next)
		look(q);
}

int
quotes_end(struct quotes *q)
{
	return q->given == NULL ? 0 : given_end(q->given, &q->error);
}

const char *
quotes_fault(const struct quotes *q, size_t *line)
{
	*line = q->error.line;
	return q->error.what;
}

/* Write row `i`; `*seen` bytes of the block are `*units` units so far. */
static void
put(const struct quotes *q, const struct doc *doc, size_t i, size_t *seen,
    size_t *units, struct out *out)
{
	static const char *const kinds[] = {"direct", "indirect", "mixed"};
	const struct attrib_quote *v = &q->attrib.v[i];
	const struct doc_block *block = &doc->v[v->block];
	struct str text = str_sub(block->text, v->at, v->end);

	*units += utf_count(str_sub(block->text, *seen, v->at), q->unit);
	*seen = v->at;
	out_raw(out, doc->id);
	out_raw(out, STR_LIT("\t"));
	out_number(out, block->number);
	out_number(out, *units);
	*units += utf_count(text, q->unit);
	*seen = v->end;
	out_number(out, *units);
	out_field(out, str_of(kinds[v->kind]));
	out_field(out, v->source.speaker);
	out_field(out, v->source.cue);
	out_field(out, text);
	out_field(out, q->name[i]);
	out_number(out, v->source.group);
	out_endrow(out);
}

void
quotes_free(struct quotes *q)
{
	if (q == NULL)
		return;
	cue_free(&q->cues);
	attrib_free(&q->attrib);
	kept_free(&q->kept);
	resolve_free(q->resolve);
	given_free(q->given);
	free(q->name);
	free(q);
}
