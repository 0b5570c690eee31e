/* SPDX-License-Identifier: ISC */
#include <assert.h>

#include "common/hash.h"
#include "common/trigger.h"

BLOB_EMBED(triggers);

#ifndef NDEBUG
static int
agree(const struct blob *b)
{
	static const char *const kinds[] = {"AD", "B", "DR", "I", "J", "K",
	    "LF", "LT", "M", "MN", "N", "NF", "OF", "OH", "ON", "OV", "OX",
	    "PO", "PT", "Q", "R", "T", "TF", "TM", "V", "VX", "XF", "XM"};
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (blob_kind(b, kinds[i]) != (uint32_t)1 << i)
			return 0;
	return b->head->kinds == i;
}
#endif

void
trigger_init(struct trigger_list *t)
{
	blob_open(&t->blob, blob_triggers);
	assert(agree(&t->blob));
}

uint32_t
trigger_find(const struct trigger_list *t, uint64_t hash)
{
	return blob_find(&t->blob, hash_join(0, hash));
}
