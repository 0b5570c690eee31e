/* SPDX-License-Identifier: ISC */
#include <assert.h>
#include <string.h>

#include "cmd/docsplit/kinds.h"

struct fault *
kinds_of(struct kinds *kinds, const char *what, int status)
{
	size_t i = 0;

	while (i < kinds->n && strcmp(kinds->v[i].what, what) != 0)
		i++;
	assert(i < DOCSPLIT_FAULTS);
	if (i == kinds->n)
		kinds->v[kinds->n++] =
		    (struct fault){.what = what, .status = status};
	return &kinds->v[i];
}
