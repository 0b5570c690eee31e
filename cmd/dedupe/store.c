/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "cmd/dedupe/bytes.h"
#include "cmd/dedupe/store.h"

#define STORE_CHUNK ((size_t)64000) /* with its head a block of `mem` */

static unsigned char *room(struct store *, size_t);

void
store_add(
    struct store *s, const struct shingles *from, struct str doc, size_t block)
{
	unsigned int shift = shingle_step(from->runs);
	size_t steps = (from->n + 1) / 2;
	unsigned char *p = room(s, STORE_HEAD + 4 * from->n + steps + doc.n);
	uint32_t last = 0;
	size_t i;

	store_refer(s, p);
	bytes_put64(p, from->print);
	bytes_put32(p + 8, from->runs);
	bytes_put32(p + 12, (uint32_t)block);
	bytes_put32(p + 16, (uint32_t)doc.n);
	p[20] = (unsigned char)from->n;
	p += STORE_HEAD;
	for (i = 0; i < from->n; i++)
		bytes_put32(p + 4 * i, from->v[i].key);
	p += 4 * from->n;
	memset(p, 0, steps);
	for (i = 0; i < from->n; i++) {
		uint32_t step = (from->v[i].at - last) >> shift;

		p[i / 2] = (unsigned char)(p[i / 2] | step << 4 * (i & 1));
		last = from->v[i].at;
	}
	if (doc.n > 0)
		memcpy(p + steps, doc.p, doc.n);
}

void
store_refer(struct store *s, const unsigned char *record)
{
	s->record = mem_grow(s->record, &s->cap, s->n + 1, sizeof(*s->record));
	s->record[s->n++] = record;
}

size_t
store_read(const unsigned char *p, size_t n, struct store_text *t)
{
	size_t need;

	if (n < STORE_HEAD)
		return 0;
	t->print = bytes_get64(p);
	t->runs = bytes_get32(p + 8);
	t->block = bytes_get32(p + 12);
	t->doc.n = bytes_get32(p + 16);
	t->n = p[20];
	t->key = p + STORE_HEAD;
	t->step = t->key + 4 * t->n;
	t->doc.p = t->step + (t->n + 1) / 2;
	need = STORE_HEAD + 4 * t->n + (t->n + 1) / 2 + t->doc.n;
	return need <= n ? need : 0;
}

void
store_get(const struct store *s, size_t number, struct store_text *t)
{
	store_read(s->record[number], SIZE_MAX, t);
}

void
store_samples(const struct store_text *t, struct shingle *v)
{
	unsigned int shift = shingle_step(t->runs);
	uint32_t at = 0;
	size_t i;

	for (i = 0; i < t->n; i++) {
		at += ((uint32_t)t->step[i / 2] >> 4 * (i & 1) & SHINGLE_STEPS)
		      << shift;
		v[i] = (struct shingle){bytes_get32(t->key + 4 * i), at};
	}
}

size_t
store_bytes(const struct store *s)
{
	return s->bytes + s->cap * sizeof(*s->record);
}

void
store_free(struct store *s)
{
	mem_free(&s->mem);
	free(s->record);
	*s = (struct store){0};
}

/* Memory for a record: packed, as most are small. */
static unsigned char *
room(struct store *s, size_t n)
{
	unsigned char *p;

	if (n > s->left) {
		s->left = n > STORE_CHUNK ? n : STORE_CHUNK;
		s->chunk = mem_new(&s->mem, s->left, 1);
		s->bytes += s->left;
	}
	p = s->chunk;
	s->chunk += n;
	s->left -= n;
	return p;
}
