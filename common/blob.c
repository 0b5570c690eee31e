/* SPDX-License-Identifier: ISC */
#include <assert.h>
#include <string.h>

#include "common/blob.h"

void
blob_open(struct blob *b, const unsigned char *p)
{
	b->head = (const void *)p;
	assert(memcmp(b->head->magic, BLOB_MAGIC, sizeof(BLOB_MAGIC)) == 0);
	b->kind = (const void *)(p + sizeof(*b->head));
	b->slot =
	    (const void *)(p + sizeof(*b->head) + (size_t)8 * b->head->kinds);
}

uint32_t
blob_kind(const struct blob *b, const char *name)
{
	uint32_t i;

	for (i = 0; i < b->head->kinds; i++)
		if (strncmp(b->kind + (size_t)8 * i, name, 8) == 0)
			return (uint32_t)1 << i;
	return 0;
}
