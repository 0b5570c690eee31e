/* SPDX-License-Identifier: ISC */
#ifndef ENTITIES_TRAIN_H
#define ENTITIES_TRAIN_H

#include <stddef.h>
#include <stdint.h>

/* train - learn a model of names from marked texts, as a plan says. */

/* What went wrong: in which file and line (0 for none), and what (empty:
 * errno says it). */
struct train_fault {
	const char *file;
	size_t line;
	char why[160];
};

/* How training goes, for those who wait. */
struct train_watch {
	void (*read)(
	    const char *file, size_t tokens, size_t names, size_t lost);
	void (*round)(uint32_t round, double wrong);
};

/*
 * Learn as the plan in the file `path` says and write the model to `fd`.
 * Files that the plan names are looked for from the working directory.
 * Returns 0, or -1 and fills `*fault`, whose file is valid until the next
 * call.  Memory: some 300 bytes for each token of the texts.
 */
int train_run(const char *path, int fd, const struct train_watch *,
    struct train_fault *fault);

#endif
