/* SPDX-License-Identifier: ISC */
#include <err.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"

#define MEM_BLOCK ((size_t)1 << 16)
#define MEM_ALIGN (_Alignof(max_align_t))

struct mem_block {
	struct mem_block *next;
	size_t n, cap, last; /* last: size of the newest piece */
	max_align_t data[];
};

static struct mem_block *block_new(size_t, struct mem_block *);

void *
mem_new(struct mem *mem, size_t n, size_t size)
{
	struct mem_block *b;
	size_t need;
	unsigned char *p;

	if (size != 0 && n > (SIZE_MAX / 2) / size)
		errx(2, "out of memory");
	need = (n * size + MEM_ALIGN - 1) / MEM_ALIGN * MEM_ALIGN;
	if (mem->cur == NULL)
		mem->first = mem->cur = block_new(need, NULL);
	while (mem->cur->cap - mem->cur->n < need) {
		b = mem->cur->next;
		if (b == NULL || b->cap < need) {
			/* Replace one that is too small: pieces that grow a
			 * little each round must not add a block each. */
			mem->cur->next = block_new(need, b);
			b = mem->cur->next;
		}
		mem->cur = b;
		mem->cur->n = 0;
	}
	p = (unsigned char *)mem->cur->data + mem->cur->n;
	mem->cur->n += need;
	mem->cur->last = need;
	return p;
}

_Noreturn void
mem_out(void)
{
	errx(2, "out of memory");
}

_Noreturn void
mem_lost(const char *folder)
{
	err(2, "%s", folder);
}

struct str
mem_dup(struct mem *mem, struct str s)
{
	unsigned char *p;

	if (s.n == 0)
		return (struct str){NULL, 0};
	p = mem_new(mem, s.n, 1);
	memcpy(p, s.p, s.n);
	return (struct str){p, s.n};
}

void
mem_trim(struct mem *mem, size_t unused)
{
	unused = unused / MEM_ALIGN * MEM_ALIGN;
	if (mem->cur == NULL || unused > mem->cur->last)
		return;
	mem->cur->n -= unused;
	mem->cur->last -= unused;
}

void
mem_reset(struct mem *mem)
{
	mem->cur = mem->first;
	if (mem->cur != NULL)
		mem->cur->n = 0;
}

void
mem_free(struct mem *mem)
{
	struct mem_block *b, *next;

	for (b = mem->first; b != NULL; b = next) {
		next = b->next;
		free(b);
	}
	*mem = (struct mem){NULL, NULL};
}

void *
mem_grow(void *v, size_t *cap, size_t need, size_t size)
{
	size_t n = *cap < 16 ? 16 : *cap;

	if (need <= *cap)
		return v;
	while (n < need && n <= SIZE_MAX / 4)
		n *= 2;
	if (n < need || n > SIZE_MAX / 2 / size)
		errx(2, "out of memory");
	if ((v = realloc(v, n * size)) == NULL)
		errx(2, "out of memory");
	*cap = n;
	return v;
}

/* A block for `need` bytes, or twice what `old`, which it replaces, has. */
static struct mem_block *
block_new(size_t need, struct mem_block *old)
{
	size_t cap = need > MEM_BLOCK ? need : MEM_BLOCK;
	struct mem_block *b, *next = NULL;

	if (old != NULL) {
		if (cap < 2 * old->cap)
			cap = 2 * old->cap;
		next = old->next;
		free(old);
	}
	if (cap > SIZE_MAX - sizeof(*b) ||
	    (b = malloc(sizeof(*b) + cap)) == NULL)
		errx(2, "out of memory");
	b->next = next;
	b->n = 0;
	b->cap = cap;
	b->last = 0;
	return b;
}
