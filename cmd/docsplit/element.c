/* SPDX-License-Identifier: ISC */
#include <stddef.h>

#include "cmd/docsplit/element.h"

/* Sorted. */
static const struct element elements[] = {
    {"blockquote", ABOUT_NONE, 0, 1},
    {"br", ABOUT_NONE, 0, 1},
    {"byline", ABOUT_NONE, 0, 1},
    {"caption", ABOUT_NONE, 0, 1},
    {"center", ABOUT_NONE, 0, 1},
    {"date", ABOUT_DATE, 0, 1},
    {"date1", ABOUT_DATE, 0, 1},
    {"date_time", ABOUT_DATE, 0, 1},
    {"dateline", ABOUT_NONE, 0, 1},
    {"dd", ABOUT_NONE, 0, 1},
    {"div", ABOUT_NONE, 0, 1},
    {"dl", ABOUT_NONE, 0, 1},
    {"dochdr", ABOUT_HEADER, 1, 0},
    {"docno", ABOUT_ID, 1, 0},
    {"dt", ABOUT_NONE, 0, 1},
    {"h1", ABOUT_NONE, 0, 1},
    {"h2", ABOUT_NONE, 0, 1},
    {"h3", ABOUT_NONE, 0, 1},
    {"h4", ABOUT_NONE, 0, 1},
    {"h5", ABOUT_NONE, 0, 1},
    {"h6", ABOUT_NONE, 0, 1},
    {"head", ABOUT_HEADLINE, 0, 1},
    {"headline", ABOUT_TITLE, 0, 1},
    {"hl", ABOUT_HEADLINE, 0, 1},
    {"hr", ABOUT_NONE, 0, 1},
    {"li", ABOUT_NONE, 0, 1},
    {"ol", ABOUT_NONE, 0, 1},
    {"option", ABOUT_NONE, 0, 1},
    {"p", ABOUT_NONE, 0, 1},
    {"pre", ABOUT_NONE, 0, 1},
    {"script", ABOUT_NONE, 1, 0},
    {"style", ABOUT_NONE, 1, 0},
    {"table", ABOUT_NONE, 0, 1},
    {"td", ABOUT_NONE, 0, 1},
    {"text", ABOUT_NONE, 0, 1},
    {"th", ABOUT_NONE, 0, 1},
    {"title", ABOUT_TITLE, 0, 1},
    {"tr", ABOUT_NONE, 0, 1},
    {"ul", ABOUT_NONE, 0, 1},
    {"url", ABOUT_URL, 0, 1},
};

static int compare(struct str, const char *);

const struct element *
element_find(struct str name)
{
	size_t from = 0, to = sizeof(elements) / sizeof(elements[0]);

	while (from < to) {
		const size_t mid = (from + to) / 2;
		const int order = compare(name, elements[mid].name);

		if (order == 0)
			return &elements[mid];
		if (order < 0)
			to = mid;
		else
			from = mid + 1;
	}
	return NULL;
}

/* As strcmp(3), of a name in any case and one in lower case. */
static int
compare(struct str name, const char *lower)
{
	size_t i;

	for (i = 0; i < name.n; i++) {
		int c = name.p[i];

		if (c >= 'A' && c <= 'Z')
			c |= 0x20;
		if (c != lower[i])
			return c - lower[i];
	}
	return lower[i] == '\0' ? 0 : -1;
}
