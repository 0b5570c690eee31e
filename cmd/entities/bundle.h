/* SPDX-License-Identifier: ISC */
#ifndef ENTITIES_BUNDLE_H
#define ENTITIES_BUNDLE_H

#include <stddef.h>
#include <stdint.h>

#include "common/model.h"

#include "cmd/entities/plan.h"

/*
 * bundle - a model in the making: first the lists, then what is learnt.
 */

struct bundle {
	unsigned char *bytes; /* the file as it will be */
	struct model_head *head;
	int16_t *row;
	struct model model; /* the same, for those who read it */
};

/*
 * Read the lists of a plan and make a model of them that has learnt nothing.
 * Returns 0, or -1 with the file and line and what is wrong (NULL: errno).
 */
int bundle_init(struct bundle *, const struct plan *, char **file, size_t *line,
    const char **why);

/* Seal the model and write it.  Returns 0, or -1 with errno set. */
int bundle_write(struct bundle *, int fd);

void bundle_free(struct bundle *);

#endif
