/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "common/mem.h"

#include "cmd/quotes/plural.h"

static size_t
past(const struct tag_names *, size_t next, const struct attrib_source *);
static int holds(struct str, struct str word);

int
plural_joined(const struct tag_names *names, size_t next, const struct doc *doc,
    const struct attrib_source *s)
{
	static const char *const joins[] = {" and ", ", and ", " und "};
	struct str text = doc->v[s->block].text, rest;
	size_t last = past(names, next, s), i, k;

	for (i = next; i < last; i++) {
		if (names->v[i].at < s->at)
			continue;
		rest = str_sub(text, names->v[i].end, s->at + s->speaker.n);
		/* "A poll for Roe and Doe by the Star" is of one. */
		for (k = 0; k < sizeof(joins) / sizeof(joins[0]); k++)
			if (str_starts(rest, str_of(joins[k])))
				return !holds(rest, STR_LIT(" by "));
	}
	return 0;
}

struct str
plural_name(struct tag_names *names, size_t next, const struct attrib_source *s)
{
	size_t last = past(names, next, s), n = s->speaker.n, at = s->at, i;
	struct str part;
	unsigned char *p, *to;

	for (i = next; i < last; i++)
		n += names->entity[names->v[i].entity].name.n;
	p = to = mem_new(&names->mem, n, 1);
	for (i = next; i < last; i++) {
		const struct tag_name *m = &names->v[i];

		if (m->at < at)
			continue;
		part = str_sub(s->speaker, at - s->at, m->at - s->at);
		memcpy(to, part.p, part.n);
		to += part.n;
		part = names->entity[m->entity].name;
		memcpy(to, part.p, part.n);
		to += part.n;
		at = m->end;
	}
	part = str_sub(s->speaker, at - s->at, s->speaker.n);
	memcpy(to, part.p, part.n);
	to += part.n;
	mem_trim(&names->mem, n - (size_t)(to - p));
	return (struct str){p, (size_t)(to - p)};
}

/* The first mention that does not end inside the speaker's phrase. */
static size_t
past(const struct tag_names *names, size_t next, const struct attrib_source *s)
{
	while (next < names->n && names->v[next].block == s->block &&
	       names->v[next].end <= s->at + s->speaker.n)
		next++;
	return next;
}

static int
holds(struct str s, struct str word)
{
	size_t i;

	for (i = 0; i + word.n <= s.n; i++)
		if (memcmp(s.p + i, word.p, word.n) == 0)
			return 1;
	return 0;
}
