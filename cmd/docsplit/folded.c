/* SPDX-License-Identifier: ISC */
#include "cmd/docsplit/folded.h"

void
folded_block(
    struct folded *fold, struct out *out, struct str key, size_t number)
{
	const int first = fold->line == 0;

	if (fold->open && fold->bytes >= FOLDED_MAX) {
		out_newline(out);
		fold->open = 0;
	}
	if (!fold->open) {
		fold->open = 1;
		fold->bytes = 0;
		fold->line = first ? 1 : number;
		out_raw(out, key);
		out_number(out, fold->line);
	}
	for (; fold->line < number; fold->line++)
		out_raw(out, STR_LIT("\\n"));
}

void
folded_end(struct folded *fold, struct out *out)
{
	if (fold->open)
		out_newline(out);
	*fold = (struct folded){0};
}
