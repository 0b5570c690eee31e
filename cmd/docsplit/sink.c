/* SPDX-License-Identifier: ISC */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"

#include "cmd/docsplit/sink.h"

/* Bytes handed on at once: a few hundred lines that stay in the cache. */
#define STEP ((size_t)64 << 10)

static void put(struct sink *, struct str);
static void hand_on(struct sink *);

void
sink_init(struct sink *sink, struct docsplit *docsplit)
{
	*sink = (struct sink){.full = STEP};
	text_init(&sink->text, docsplit);
}

void
sink_start(struct sink *sink, size_t line, int hold)
{
	text_start(&sink->text, line, 1);
	sink->n = 0;
	sink->full = STEP;
	sink->owed = 0;
	sink->holding = hold;
}

void
sink_release(struct sink *sink)
{
	sink->holding = 0;
}

int
sink_fits(const struct sink *sink, size_t n)
{
	return !sink->holding || n <= SINK_HELD - sink->n;
}

void
sink_put(struct sink *sink, struct str s)
{
	const unsigned char *nl;

	assert(sink_fits(sink, s.n));
	if (sink->owed != 0 && !sink->holding && s.n > 0 &&
	    (nl = memchr(s.p, '\n', s.n)) != NULL) {
		size_t n = (size_t)(nl - s.p) + 1;

		put(sink, str_sub(s, 0, n));
		hand_on(sink);
		sink->text.line += sink->owed;
		sink->owed = 0;
		s = str_sub(s, n, s.n);
	}
	put(sink, s);
}

void
sink_behind(struct sink *sink, size_t lines)
{
	sink->owed += lines;
}

void
sink_ahead(struct sink *sink)
{
	sink->owed--;
}

void
sink_at(struct sink *sink, size_t line)
{
	hand_on(sink);
	sink->text.line = line;
	sink->owed = 0;
}

void
sink_flush(struct sink *sink)
{
	if (!sink->holding)
		hand_on(sink);
}

void
sink_end(struct sink *sink)
{
	text_take(&sink->text, (struct str){sink->buf, sink->n}, 1);
	sink->n = 0;
}

void
sink_free(struct sink *sink)
{
	free(sink->buf);
	text_free(&sink->text);
	sink->buf = NULL;
}

/* Buffer the bytes, handing on whenever it is full to the byte. */
static void
put(struct sink *sink, struct str s)
{
	while (s.n > 0) {
		size_t n = sink->full - sink->n;

		n = n < s.n ? n : s.n;
		sink->buf = mem_grow(sink->buf, &sink->cap, sink->n + n, 1);
		memcpy(sink->buf + sink->n, s.p, n);
		sink->n += n;
		s = str_sub(s, n, s.n);
		if (sink->n == sink->full && !sink->holding)
			hand_on(sink);
	}
}

static void
hand_on(struct sink *sink)
{
	size_t used =
	    text_take(&sink->text, (struct str){sink->buf, sink->n}, 0);

	sink->n -= used;
	if (sink->n > 0 && used > 0)
		memmove(sink->buf, sink->buf + used, sink->n);
	sink->full = sink->n + STEP;
}
