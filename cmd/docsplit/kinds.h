/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_KINDS_H
#define DOCSPLIT_KINDS_H

#include <stddef.h>

#include "common/fault.h"

#include "cmd/docsplit/docsplit.h"

/* kinds - the kinds of fault that readers of formats found, first come first.
 * Caller provides the struct, zeroed. */

struct kinds {
	struct fault v[DOCSPLIT_FAULTS];
	size_t n;
};

/* Where faults called so are counted. */
struct fault *kinds_of(struct kinds *, const char *what, int status);

#endif
