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
};

static int run(struct steps *, struct in *, struct out *);
static void take(struct steps *, struct str, struct out *);

struct steps *
steps_new(double least)
{
	size_t none = 0;
	struct steps *s = mem_grow(NULL, &none, 1, sizeof(*s));

	*s = (struct steps){.sketch = {.least = least},
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
	group_settle(&s->group, longest);
	group_put(&s->group, clusters, out);
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
	struct str line;
	int got;

	while ((got = in_next(in)) > 0) {
		while ((out == NULL || out->err == 0) &&
		       (got = in_line(in, &line)) > 0) {
			take(s, line, out);
			fault_add(&s->malformed, s->sketch.malformed, in->name,
			    in->line);
			s->sketch.malformed = 0;
			if (s->sketch.unsorted) {
				errno = FAULT_ORDER;
				return -1;
			}
		}
		if (got == -1)
			return -1;
	}
	take(s, (struct str){NULL, 0}, out);
	return got;
}

static void
take(struct steps *s, struct str line, struct out *out)
{
	if (out != NULL)
		sketch_match(&s->sketch, line, out);
	else
		sketch_resolve(&s->sketch, line, &s->group);
}
