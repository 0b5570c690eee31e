/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cmd/dedupe/spill.h"

#define SPILL_CHUNK ((size_t)64000)   /* with its head a block of `mem` */
#define SPILL_MAP   ((size_t)1 << 20) /* a chunk in the file: whole pages */
#define SPILL_PARTS ((size_t)64)      /* each reads all records again */

static int unnamed_file(const char *folder);
static void *extend(struct spill *, int fd, off_t from, size_t n);
static void drop_table(struct spill *);

void
spill_init(struct spill *s)
{
	*s = (struct spill){.limit = SIZE_MAX, .table_fd = -1, .chunk_fd = -1};
}

int
spill_open(struct spill *s, const char *folder, size_t limit)
{
	spill_init(s);
	s->folder = folder;
	s->limit = limit;
	s->table_fd = unnamed_file(folder);
	if (s->table_fd != -1)
		s->chunk_fd = unnamed_file(folder);
	return s->chunk_fd == -1 ? -1 : 0;
}

void *
spill_table(struct spill *s, size_t n)
{
	drop_table(s);
	s->table_in_file = s->used > s->limit || n > s->limit - s->used;
	if (s->table_in_file) {
		s->table = extend(s, s->table_fd, 0, n);
	} else {
		if ((s->table = calloc(1, n)) == NULL)
			mem_out();
		s->used += n;
	}
	s->table_n = n;
	return s->table;
}

size_t
spill_parts(const struct spill *s)
{
	size_t parts;

	if (!s->table_in_file)
		return 1;
	parts = s->table_n / (s->limit / 2 + 1) + 1;
	return parts < SPILL_PARTS ? parts : SPILL_PARTS;
}

void
spill_filled(struct spill *s)
{
	/* Else the system reads far more than the page that is asked for. */
	if (s->table_in_file)
		(void)posix_madvise(s->table, s->table_n, POSIX_MADV_RANDOM);
}

void *
spill_chunk(struct spill *s, size_t *n)
{
	void *p;

	if (s->used < s->limit) {
		if (*n < SPILL_CHUNK)
			*n = SPILL_CHUNK;
		s->used += *n;
		return mem_new(&s->mem, *n, 1);
	}
	*n = (*n + SPILL_MAP - 1) / SPILL_MAP * SPILL_MAP;
	p = extend(s, s->chunk_fd, s->chunks, *n);
	s->chunks += (off_t)*n;
	s->map = mem_grow(s->map, &s->map_cap, s->maps + 1, sizeof(*s->map));
	s->map[s->maps++] = (struct spill_map){p, *n};
	return p;
}

void
spill_free(struct spill *s)
{
	size_t i;

	drop_table(s);
	for (i = 0; i < s->maps; i++)
		munmap(s->map[i].p, s->map[i].n);
	free(s->map);
	mem_free(&s->mem);
	if (s->table_fd != -1)
		close(s->table_fd);
	if (s->chunk_fd != -1)
		close(s->chunk_fd);
	spill_init(s);
}

/* A new file that nobody else can open.  Returns -1 with errno set. */
static int
unnamed_file(const char *folder)
{
	char path[4096]; /* PATH_MAX of Linux: longer ones fail */
	int n = snprintf(path, sizeof(path), "%s/dedupe.XXXXXX", folder);
	int fd;

	if (n < 0 || (size_t)n >= sizeof(path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	fd = mkstemp(path);
	if (fd != -1)
		unlink(path);
	return fd;
}

/* Write `n` zero bytes and map them. */
static void *
extend(struct spill *s, int fd, off_t from, size_t n)
{
	static const unsigned char zero[1 << 16];
	size_t left = n;
	void *p;

	if (lseek(fd, from, SEEK_SET) == -1)
		mem_lost(s->folder);
	while (left > 0) {
		size_t some = left < sizeof(zero) ? left : sizeof(zero);
		ssize_t w = write(fd, zero, some);

		if (w == -1 && errno == EINTR)
			continue;
		if (w == -1)
			mem_lost(s->folder);
		left -= (size_t)w;
	}
	p = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_SHARED, fd, from);
	if (p == MAP_FAILED)
		mem_lost(s->folder);
	return p;
}

static void
drop_table(struct spill *s)
{
	if (s->table == NULL)
		return;
	if (s->table_in_file) {
		munmap(s->table, s->table_n);
	} else {
		free(s->table);
		s->used -= s->table_n;
	}
	s->table = NULL;
}
