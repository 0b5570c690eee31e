/* SPDX-License-Identifier: ISC */
#ifndef TRAIN_SAMPLE_H
#define TRAIN_SAMPLE_H

#include <stddef.h>
#include <stdint.h>

#include "common/doc.h"

#include "cmd/declutter/page.h"
#include "cmd/declutter/score.h"

/* sample - marked pages, as tests/eval/declutter-rows.py gives them. */

#define SAMPLE_UNKNOWN 2

struct sample {
	struct page page;
	struct columns columns;
	int16_t *odds;  /* of the blocks, by models that did not see them */
	uint8_t *label; /* 0, 1 or SAMPLE_UNKNOWN */
	float *weight;  /* of each block in the whole */
	uint32_t host;  /* a number for each */
	uint8_t fold;   /* of the host */
};

struct samples {
	struct sample *v;
	size_t n, cap;
	size_t blocks;
};

/* Read all.  Returns 0, or -1 with errno set: EINVAL for rows without the
 * five columns. */
int sample_read(struct samples *, const char *path, int folds);

/* Write the rows that score_decide() keeps of all pages, to a file.  Returns
 * 0, or -1 with errno set. */
int sample_write_kept(
    const struct samples *, const char *path, const char *to, struct score *);

#endif
