/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_PATH_H
#define DOCSPLIT_PATH_H

#include <stddef.h>
#include <stdint.h>

#include "common/str.h"

#include "cmd/docsplit/json.h"

/*
 * path - finds the values of a JSON object that stand under wanted paths.
 *
 * A path is the keys on the way to a value, with dots between them: `a.b` is
 * the value of "b" in the object under "a", and also that of a key "a.b".
 * Arrays are not entered.
 */

#define PATH_MOST 64 /* paths */

struct path {
	struct str v[PATH_MOST];
	size_t n;
	uint64_t first[256]; /* the paths that begin with this byte */
	size_t longest;      /* of `v`, in bytes */

	/* the objects on the way, the outermost at 1 */
	struct {
		uint64_t alive; /* the paths that lead here or further */
		size_t n;       /* bytes of them that are behind us */
	} level[JSON_DEPTH + 1];
	unsigned int depth;

	/* the last key */
	uint64_t hit;        /* the paths that end with it */
	uint64_t under;      /* the paths that go on below it */
	size_t key;          /* its bytes */
	unsigned char *part; /* a key in parts, or unescaped */
	size_t part_n, part_cap;
};

void path_init(struct path *);

/* Add a path, which outlives the struct.  Returns its number. */
size_t path_add(struct path *, struct str);

/* An object begins: sets up `json` as well. */
void path_start(struct path *, struct json *);

/*
 * Look at a token, which may be the part of one; every token of the object
 * must be shown.  Returns the set of paths (bit n: number n) of the value
 * that it is, or opens.  Sets `watch` of `json` so that what no path leads to
 * is passed over.  For tokens in an array that the caller chose to watch it
 * returns what it did for the array.
 */
uint64_t path_follow(struct path *, struct json *, const struct json_token *);

void path_free(struct path *);

#endif
