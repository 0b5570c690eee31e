/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"

#include "cmd/docsplit/path.h"
#include "cmd/docsplit/unescape.h"

/* The longest escape for a byte of a key: backslash, u, four digits. */
#define ESCAPE_MAX 6

static void take_key(struct path *, const struct json_token *);
static void match(struct path *, struct str);
static struct str unescape(struct path *, struct str);
static void descend(struct path *);

void
path_init(struct path *path)
{
	path->n = 0;
	path->longest = 0;
	memset(path->first, 0, sizeof(path->first));
	path->part = NULL;
	path->part_n = path->part_cap = 0;
}

size_t
path_add(struct path *path, struct str s)
{
	path->v[path->n] = s;
	if (s.n > 0)
		path->first[s.p[0]] |= (uint64_t)1 << path->n;
	if (s.n > path->longest)
		path->longest = s.n;
	return path->n++;
}

void
path_start(struct path *path, struct json *json)
{
	json_init(json);
	json->watch = 1;
	path->depth = 0;
	path->hit = 0;
	path->key = 0;
	/* The object itself is what all paths go through. */
	path->level[0].alive = 0;
	path->level[0].n = 0;
	path->under =
	    path->n == PATH_MOST ? ~(uint64_t)0 : ((uint64_t)1 << path->n) - 1;
}

uint64_t
path_follow(
    struct path *path, struct json *json, const struct json_token *token)
{
	const uint64_t hit = path->hit;

	switch (token->kind) {
	case JSON_KEY:
		take_key(path, token);
		return 0;
	case JSON_OBJECT:
		if (path->under != 0 && json->depth == path->depth + 1) {
			descend(path);
			json->watch = json->depth;
		}
		return hit;
	case JSON_CLOSE:
		if (path->depth > json->depth)
			path->depth = json->depth;
		json->watch = json->depth;
		return 0;
	default:
		return hit;
	}
}

void
path_free(struct path *path)
{
	free(path->part);
	path->part = NULL;
	path->part_cap = 0;
}

static void
take_key(struct path *path, const struct json_token *token)
{
	const size_t most = ESCAPE_MAX * path->longest;
	struct str key = token->raw;

	if (token->begins)
		path->part_n = 0;
	if (!token->begins || !token->ends) {
		/* One byte more than any path has says that it is none. */
		if (key.n > most + 1 - path->part_n)
			key.n = most + 1 - path->part_n;
		path->part = mem_grow(path->part, &path->part_cap, most + 1, 1);
		if (key.n > 0)
			memcpy(path->part + path->part_n, key.p, key.n);
		path->part_n += key.n;
		key = (struct str){path->part, path->part_n};
	}
	path->hit = path->under = 0;
	if (!token->ends || key.n > most)
		return;
	if (key.n > 0 && memchr(key.p, '\\', key.n) != NULL)
		key = unescape(path, key);
	match(path, key);
}

static void
match(struct path *path, struct str key)
{
	const size_t done = path->level[path->depth].n;
	uint64_t set = path->level[path->depth].alive;

	if (done == 0 && key.n > 0)
		set &= path->first[key.p[0]];
	path->key = key.n;
	for (; set != 0; set &= set - 1) {
		const int i = __builtin_ctzll(set);
		struct str rest = str_sub(path->v[i], done, path->v[i].n);

		if (!str_starts(rest, key))
			continue;
		if (rest.n == key.n)
			path->hit |= (uint64_t)1 << i;
		else if (rest.p[key.n] == '.')
			path->under |= (uint64_t)1 << i;
	}
}

/* The key as it is meant; it may lie in `part` itself. */
static struct str
unescape(struct path *path, struct str key)
{
	const size_t most = ESCAPE_MAX * path->longest + 1;
	unsigned char *to;
	size_t n;

	path->part = mem_grow(
	    path->part, &path->part_cap, 2 * most + 2 * UNESCAPE_ROOM, 1);
	if (path->part_n > 0)
		key.p = path->part;
	to = path->part + most;
	n = unescape_text(to, key.n + 2 * UNESCAPE_ROOM, &key);
	return (struct str){to, n};
}

/* Into the object that opened under the last key. */
static void
descend(struct path *path)
{
	const size_t done = path->level[path->depth].n;

	/* The outermost object has no key before it, and so no dot. */
	path->depth++;
	path->level[path->depth].alive = path->under;
	path->level[path->depth].n =
	    path->depth == 1 ? 0 : done + path->key + 1;
	path->hit = path->under = 0;
}
