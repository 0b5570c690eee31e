/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "cmd/docsplit/source.h"

void
source_init(struct source *source, struct in *in)
{
	*source = (struct source){.in = in, .rest = STR_LIT(""), .line = 1};
}

int
source_more(struct source *source)
{
	int got;

	if (source->ended)
		return 0;
	got = in_block(source->in, &source->rest, source->rest.n);
	source->ended = got == 0;
	return got;
}

int
source_need(struct source *source, size_t n)
{
	while (source->rest.n < n && !source->ended)
		if (source_more(source) == -1)
			return -1;
	return 0;
}

void
source_skip(struct source *source, size_t n, size_t lines)
{
	if (n == 0)
		return;
	source->inside = source->rest.p[n - 1] != '\n';
	source->rest = str_sub(source->rest, n, source->rest.n);
	source->line += lines;
	source->taken += n;
}

int
source_line(struct source *source, struct str *line)
{
	const unsigned char *nl = NULL;
	size_t seen = 0;

	for (;;) {
		struct str rest = source->rest;

		if (rest.n > seen)
			nl = memchr(rest.p + seen, '\n', rest.n - seen);
		if (nl != NULL || rest.n >= SOURCE_PIECE || source->ended)
			break;
		seen = rest.n;
		if (source_more(source) == -1)
			return -1;
	}
	*line = source->rest;
	if (nl != NULL)
		line->n = (size_t)(nl - line->p) + 1;
	source_skip(source, line->n, nl != NULL);
	return line->n > 0;
}

int
source_leave(struct source *source, const struct reader_options *options)
{
	if (options->least == 0 || source->taken < options->least)
		return 0;
	in_back(source->in, source->rest.n);
	source->rest.n = 0;
	return 1;
}
