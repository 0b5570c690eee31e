/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <stdlib.h>

#include "common/mem.h"

#include "cmd/dedupe/group.h"
#include "cmd/dedupe/sketch.h"
#include "cmd/dedupe/steps.h"

struct steps {
	struct sketch sketch;
	struct group group;
	struct fault malformed;
	int strict;
	size_t rows, duplicates;
};

static int run(struct steps *, struct in *, struct out *);
static int read_rows(struct steps *, struct in *, struct out *);
static int fault(const struct steps *, const struct in *);
static void take(struct steps *, struct str, struct out *);

struct steps *
steps_new(double least, int strict)
{
	size_t none = 0;
	struct steps *s = mem_grow(NULL, &none, 1, sizeof(*s));

	*s = (struct steps){.sketch = {.least = least},
	    .strict = strict,
	    .malformed = {.what = "malformed row skipped", .status = 1}};
	return s;
}

int
steps_match(struct steps *s, struct in *in, struct out *out)
{
	return run(s, in, out);
}

int
steps_resolve(struct steps *s, struct in *in)
{
	return run(s, in, NULL);
}

void
steps_put(struct steps *s, int longest, int clusters, struct out *out)
{
	size_t i;

	group_settle(&s->group, longest);
	group_put(&s->group, clusters, out);
	for (i = 0; i < s->group.n; i++)
		s->duplicates += s->group.v[i].keeper != i;
}

struct steps_counts
steps_counts(const struct steps *s)
{
	return (struct steps_counts){s->rows, s->group.n, s->duplicates};
}

const struct fault *
steps_malformed(const struct steps *s)
{
	return &s->malformed;
}

void
steps_free(struct steps *s)
{
	if (s == NULL)
		return;
	sketch_free(&s->sketch);
	group_free(&s->group);
	free(s);
}

/* Match rows, or resolve them if there is no `out`. */
static int
run(struct steps *s, struct in *in, struct out *out)
{
	int got = read_rows(s, in, out), error = errno;

	/* What was read before a malformed row is not lost. */
	if (got != -1 || error == EILSEQ)
		take(s, (struct str){NULL, 0}, out);
	errno = error;
	return got;
}

static int
read_rows(struct steps *s, struct in *in, struct out *out)
{
	struct str line;
	int got, error;

	while ((got = in_next(in)) > 0) {
		while ((out == NULL || out->err == 0) &&
		       (got = in_line(in, &line)) > 0) {
			take(s, line, out);
			fault_add(&s->malformed, s->sketch.malformed, in->name,
			    in->line);
			s->rows += s->sketch.malformed == 0;
			s->sketch.malformed = 0;
			if ((error = fault(s, in)) != 0) {
				errno = error;
				return -1;
			}
		}
		if (got == -1)
			return -1;
	}
	return got;
}

/* What ends the run behind the row at hand, or 0. */
static int
fault(const struct steps *s, const struct in *in)
{
	if (s->sketch.unsorted)
		return FAULT_ORDER;
	return s->strict && s->malformed.n + in->cut.n > 0 ? EILSEQ : 0;
}

static void
take(struct steps *s, struct str line, struct out *out)
{
	if (out != NULL)
		sketch_match(&s->sketch, line, out);
	else
		sketch_resolve(&s->sketch, line, &s->group);
}
