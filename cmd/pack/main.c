/* SPDX-License-Identifier: ISC */
/*
 * pack - turn lists into a packed table (common/blob.h), at build time.
 *
 * Rows in: kind phrase
 * Usage: pack [-x KIND,...] [-o KIND] list.tsv ... > table
 *
 * Phrases are found in any letter case, those of the kinds named by -x only
 * as they are written.  What a phrase of several words begins with, all but
 * the last words of it, gets the kind named by -o.  Rows that begin with "#"
 * are comments.
 */
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/blob.h"
#include "common/hash.h"
#include "common/in.h"
#include "common/mem.h"
#include "common/out.h"
#include "common/tok.h"

/* Phrases of a table that has room to spare. */
#define SMALL ((size_t)1 << 14)

struct entry {
	uint64_t hash;
	uint32_t kinds;
};

struct table {
	struct blob_head head;
	char kind[BLOB_KINDS][8];
	struct entry *v;
	size_t n, cap;
	struct tok_list toks;
	const char *exact, *open; /* of -x and -o, or NULL */
};

static int
is_exact(const char *exact, struct str kind)
{
	const char *p, *end;

	for (p = exact; p != NULL && *p != '\0';
	     p = *end == '\0' ? end : end + 1) {
		end = p + strcspn(p, ",");
		if ((size_t)(end - p) == kind.n &&
		    memcmp(p, kind.p, kind.n) == 0)
			return 1;
	}
	return 0;
}

/* The bit of a kind, which is new or known. */
static uint32_t
kind_bit(struct table *t, struct str kind)
{
	uint32_t i;

	if (kind.n == 0 || kind.n > 7)
		errx(2, "kind of 1 to 7 letters wanted");
	for (i = 0; i < t->head.kinds; i++)
		if (str_eq(str_of(t->kind[i]), kind))
			return (uint32_t)1 << i;
	if (t->head.kinds == BLOB_KINDS)
		errx(2, "more than %d kinds", BLOB_KINDS);
	memcpy(t->kind[t->head.kinds++], kind.p, kind.n);
	return (uint32_t)1 << i;
}

static void
add(struct table *t, uint64_t hash, uint32_t kinds)
{
	if (t->n == t->cap)
		t->v = mem_grow(t->v, &t->cap, t->n + 1, sizeof(*t->v));
	t->v[t->n++] = (struct entry){hash, kinds};
}

/* Add what the phrase that was cut last begins with. */
static void
add_openings(struct table *t)
{
	uint32_t kind = kind_bit(t, str_of(t->open));
	uint64_t hash = 0;
	size_t i;

	for (i = 0; i + 1 < t->toks.n; i++) {
		hash = hash_join(hash, t->toks.v[i].hash);
		add(t, hash, kind);
	}
}

static void
add_row(struct table *t, struct str line, const struct in *in)
{
	const unsigned char *tab = memchr(line.p, '\t', line.n);
	struct str kind, phrase;
	size_t words = 1;
	uint64_t hash;

	if (tab == NULL || tab == line.p)
		errx(2, "%s:%zu: not a row `kind TAB phrase`", in->name,
		    in->line);
	kind = str_sub(line, 0, (size_t)(tab - line.p));
	phrase = str_sub(line, kind.n + 1, line.n);
	hash = tok_phrase(&t->toks, phrase, &words);
	if (is_exact(t->exact, kind))
		hash = tok_exact(phrase);
	if (words == 0)
		errx(2, "%s:%zu: empty phrase", in->name, in->line);
	add(t, hash, kind_bit(t, kind));
	if (t->open != NULL)
		add_openings(t);
}

static void
write_table(struct table *t)
{
	struct blob_slot *slot;
	struct out out;
	size_t i, k, size, spare;

	/* Half full at most, so that a miss costs about one look; small tables
	 * have room to spare, and nearly all are found at the first. */
	spare = t->n < SMALL ? 4 : 2;
	for (t->head.log2 = 4; ((size_t)1 << t->head.log2) < spare * t->n;)
		t->head.log2++;
	size = (size_t)1 << t->head.log2;
	if ((slot = calloc(size, sizeof(*slot))) == NULL)
		err(2, NULL);
	for (i = 0; i < t->n; i++) {
		uint32_t high = (uint32_t)(t->v[i].hash >> 32);

		for (k = (size_t)t->v[i].hash & (size - 1);
		     slot[k].kinds != 0 && slot[k].high != high;)
			k = (k + 1) & (size - 1);
		t->head.phrases += slot[k].kinds == 0;
		slot[k].high = high;
		slot[k].kinds |= t->v[i].kinds;
	}
	memcpy(t->head.magic, BLOB_MAGIC, sizeof(BLOB_MAGIC));
	if (out_init(&out, STDOUT_FILENO, 0) == -1)
		err(2, NULL);
	out_raw(&out, (struct str){(const void *)&t->head, sizeof(t->head)});
	out_raw(&out,
	    (struct str){(const void *)t->kind, (size_t)8 * t->head.kinds});
	out_raw(&out, (struct str){(const void *)slot, size * sizeof(*slot)});
	if (out_close(&out) == -1)
		err(2, "stdout");
	free(slot);
}

int
main(int argc, char *argv[])
{
	static struct table table;
	struct str line;
	struct in in;
	int ch, got;

	while ((ch = getopt(argc, argv, "o:x:")) != -1) {
		if (ch == 'o')
			table.open = optarg;
		else if (ch == 'x')
			table.exact = optarg;
		else
			errx(2, "usage: pack [-o kind] [-x kinds] list ...");
	}
	in_init(&in, argv + optind, IN_LINE_MAX);
	while ((got = in_next(&in)) == 1) {
		while ((got = in_line(&in, &line)) == 1)
			if (line.n > 0 && line.p[0] != '#')
				add_row(&table, line, &in);
		if (got == -1)
			err(2, "%s", in.name);
	}
	if (got == -1)
		err(2, "%s", in.name);
	write_table(&table);
	tok_free(&table.toks);
	free(table.v);
	in_free(&in);
	return 0;
}
