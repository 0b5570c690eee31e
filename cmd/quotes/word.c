/* SPDX-License-Identifier: ISC */
#include <assert.h>

#include "common/blob.h"
#include "common/hash.h"

#include "cmd/quotes/word.h"

BLOB_EMBED(grammar);

void
word_open(struct word_list *l)
{
	blob_open(&l->blob, blob_grammar);
	assert(blob_kind(&l->blob, "adv") == WORD_ADV);
	assert(blob_kind(&l->blob, "title") == WORD_TITLE);
}

uint32_t
word_classes(const struct word_list *l, uint64_t hash)
{
	return blob_find(&l->blob, hash_join(0, hash));
}
