/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/hash.h"
#include "common/mem.h"

#include "cmd/dedupe/bytes.h"
#include "cmd/dedupe/journal.h"

#define JOURNAL_VERSION 3
#define JOURNAL_HEAD    ((size_t)64)
#define JOURNAL_FRAME   ((size_t)32)
#define JOURNAL_PAYLOAD ((size_t)4 << 20) /* bytes of one frame, about */

static const unsigned char magic[8] = {'n', 's', 'd', 'e', 'd', 'u', 'p', 'e'};
static const unsigned char mark[4] = {'f', 'r', 'a', 'm'};

static int lock(struct journal *);
static int map(struct journal *);
static enum journal_state check_head(struct journal *);
static enum journal_state check_frames(struct journal *);
static size_t frame_end(const struct journal *, size_t at);
static int fits(const struct journal *, size_t at);
static int is_mark(const struct journal *, size_t at);
static int frame_behind(const struct journal *, size_t at);
static int all_zero(const struct journal *, size_t from);
static void make_head(const struct journal *, unsigned char *);
static uint64_t checksum(const unsigned char *frame, size_t payload);
static int flush(struct journal *, int last);
static int write_all(struct journal *, struct str);
static int replace(struct journal *);
static void undo(struct journal *);

enum journal_state
journal_open(struct journal *j, const char *path, const struct journal_how *how)
{
	enum journal_state state;
	struct stat st;

	*j = (struct journal){.how = *how, .path = path, .fd = -1, .to = -1};
	if (lock(j) == -1)
		return errno == EWOULDBLOCK ? JOURNAL_BUSY : JOURNAL_ERROR;
	/* The clock of the file system, which stamps the file in any case. */
	if (!how->readonly &&
	    (futimens(j->fd, NULL) == -1 || fstat(j->fd, &st) == -1))
		return JOURNAL_ERROR;
	j->now = how->readonly ? 0 : (uint64_t)st.st_mtime;
	if (map(j) == -1)
		return JOURNAL_ERROR;
	state = check_head(j);
	if (state == JOURNAL_GOOD)
		state = check_frames(j);
	/* Nobody writes what a reader has seen: only behind it. */
	if (how->readonly)
		flock(j->fd, LOCK_UN);
	return state;
}

int
journal_next(struct journal *j, struct str *payload)
{
	size_t at = j->next;

	if (at + JOURNAL_FRAME > j->good)
		return 0;
	*payload = (struct str){
	    j->map + at + JOURNAL_FRAME, (size_t)bytes_get64(j->map + at + 8)};
	j->next = at + JOURNAL_FRAME + payload->n;
	return 1;
}

int
journal_begin(struct journal *j)
{
	unsigned char head[JOURNAL_HEAD];
	size_t n = strlen(j->path) + sizeof(".new");

	j->to = j->fd;
	j->size = j->good;
	if (j->first > JOURNAL_HEAD) {
		j->fresh = mem_grow(NULL, &j->cap, n, 1);
		j->cap = 0;
		snprintf(j->fresh, n, "%s.new", j->path);
		j->to = open(
		    j->fresh, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
		j->size = 0;
		if (j->to == -1 || flock(j->to, LOCK_EX) == -1)
			return -1;
	} else if (ftruncate(j->to, (off_t)j->size) == -1 ||
		   lseek(j->to, (off_t)j->size, SEEK_SET) == -1) {
		return -1;
	}
	if (j->size == 0) {
		make_head(j, head);
		if (write_all(j, (struct str){head, sizeof(head)}) == -1)
			return -1;
	}
	if (j->fresh != NULL && write_all(j, (struct str){j->map + j->first,
						 j->good - j->first}) == -1)
		return -1;
	j->n = JOURNAL_FRAME;
	return 0;
}

int
journal_put(struct journal *j, struct str s)
{
	if (j->n + s.n > JOURNAL_PAYLOAD && j->n > JOURNAL_FRAME &&
	    flush(j, 0) == -1)
		return -1;
	j->buf = mem_grow(j->buf, &j->cap, j->n + s.n, 1);
	memcpy(j->buf + j->n, s.p, s.n);
	j->n += s.n;
	return 0;
}

int
journal_end(struct journal *j)
{
	/* A run that only forgets has nothing to add. */
	if (j->n > JOURNAL_FRAME && flush(j, 1) == -1)
		return -1;
	if (j->fresh != NULL)
		return replace(j);
	if (fdatasync(j->fd) == -1) {
		undo(j);
		return -1;
	}
	return 0;
}

void
journal_free(struct journal *j)
{
	if (j->map != NULL)
		munmap(j->map, j->mapped);
	if (j->to != -1 && j->to != j->fd)
		close(j->to);
	if (j->fd != -1)
		close(j->fd);
	free(j->fresh);
	free(j->buf);
	*j = (struct journal){.fd = -1, .to = -1};
}

/*
 * Open and lock the file.  Who waited may hold the lock of a file that was
 * replaced meanwhile: then begin again.
 */
static int
lock(struct journal *j)
{
	int flags = j->how.readonly ? O_RDONLY : O_RDWR | O_CREAT;
	int how = (j->how.readonly ? LOCK_SH : LOCK_EX) |
		  (j->how.nowait ? LOCK_NB : 0);
	struct stat mine, there;

	for (;;) {
		j->fd = open(j->path, flags | O_CLOEXEC, 0666);
		if (j->fd == -1)
			return -1;
		while (flock(j->fd, how) == -1)
			if (errno != EINTR)
				return -1;
		if (fstat(j->fd, &mine) == -1)
			return -1;
		if (stat(j->path, &there) == -1) {
			if (errno != ENOENT)
				return -1;
		} else if (mine.st_ino == there.st_ino &&
			   mine.st_dev == there.st_dev) {
			return 0;
		}
		close(j->fd);
	}
}

static int
map(struct journal *j)
{
	struct stat st;
	void *p;

	if (fstat(j->fd, &st) == -1)
		return -1;
	if (!S_ISREG(st.st_mode)) {
		errno = EINVAL;
		return -1;
	}
	j->mapped = (size_t)st.st_size;
	if (j->mapped == 0)
		return 0;
	p = mmap(NULL, j->mapped, PROT_READ, MAP_SHARED, j->fd, 0);
	if (p == MAP_FAILED)
		return -1;
	j->map = p;
	return 0;
}

static enum journal_state
check_head(struct journal *j)
{
	unsigned char head[JOURNAL_HEAD];
	size_t n = j->mapped < JOURNAL_HEAD ? j->mapped : JOURNAL_HEAD;

	j->good = 0;
	j->first = j->next = JOURNAL_HEAD;
	if (n == 0)
		return JOURNAL_GOOD;
	make_head(j, head);
	if (memcmp(j->map, head, n) == 0) {
		/* A run was ended while it wrote the first bytes. */
		if (n < JOURNAL_HEAD)
			return JOURNAL_CUT;
		j->good = JOURNAL_HEAD;
		return JOURNAL_GOOD;
	}
	if (all_zero(j, 0))
		return JOURNAL_CUT;
	if (n < JOURNAL_HEAD || memcmp(j->map, head, 12) != 0)
		return JOURNAL_FOREIGN;
	if (bytes_get64(j->map + JOURNAL_HEAD - 8) !=
	    hash_64((struct str){j->map, JOURNAL_HEAD - 8}, 0))
		return JOURNAL_DAMAGED;
	return JOURNAL_OTHER;
}

/* Find the end of the last whole run, and what is to be forgotten. */
static enum journal_state
check_frames(struct journal *j)
{
	size_t at = JOURNAL_HEAD, end;

	for (; at < j->mapped; at = end) {
		if ((end = frame_end(j, at)) == 0)
			break;
		if (bytes_get32(j->map + at + 4) == 0)
			continue;
		j->good = end;
		if (j->how.forget > 0 &&
		    bytes_get64(j->map + at + 16) + j->how.forget < j->now)
			j->first = j->next = end;
	}
	if (j->good == j->mapped)
		return JOURNAL_GOOD;
	if (at >= j->mapped || all_zero(j, at))
		return JOURNAL_CUT;
	/* What reaches beyond the end was cut off; what does not, and is not
	 * as it was written, was changed, and so was its length if another
	 * frame is behind it. */
	if (j->mapped - at < JOURNAL_FRAME ||
	    (is_mark(j, at) && !fits(j, at) && !frame_behind(j, at)))
		return JOURNAL_CUT;
	j->good = at;
	return JOURNAL_DAMAGED;
}

/* Where the frame at `at` ends, or 0 if it is not whole. */
static size_t
frame_end(const struct journal *j, size_t at)
{
	const unsigned char *p = j->map + at;

	if (!fits(j, at) ||
	    bytes_get64(p + 24) != checksum(p, (size_t)bytes_get64(p + 8)))
		return 0;
	return at + JOURNAL_FRAME + (size_t)bytes_get64(p + 8);
}

/* Whether the file has as many bytes as the frame at `at` says. */
static int
fits(const struct journal *j, size_t at)
{
	size_t left = j->mapped - at;

	return left >= JOURNAL_FRAME && is_mark(j, at) &&
	       bytes_get64(j->map + at + 8) <= left - JOURNAL_FRAME;
}

static int
is_mark(const struct journal *j, size_t at)
{
	return memcmp(j->map + at, mark, sizeof(mark)) == 0;
}

/*
 * Whether a whole frame is behind the one at `at`, of which the end is not
 * known.  What someone wrote to look like very many frames counts as one, as
 * it would take long to check them all, and nothing is lost by refusing it.
 */
static int
frame_behind(const struct journal *j, size_t at)
{
	const unsigned char *p = j->map + at, *end = j->map + j->mapped;
	size_t checked = 0;

	while ((p = memchr(p + 1, mark[0], (size_t)(end - p) - 1)) != NULL) {
		at = (size_t)(p - j->map);
		if (!fits(j, at))
			continue;
		checked += (size_t)bytes_get64(p + 8);
		if (checked > 4 * j->mapped || frame_end(j, at) != 0)
			return 1;
	}
	return 0;
}

/* Blocks that a disk gave to the file but never wrote. */
static int
all_zero(const struct journal *j, size_t from)
{
	while (from < j->mapped && j->map[from] == 0)
		from++;
	return from == j->mapped;
}

static void
make_head(const struct journal *j, unsigned char *head)
{
	size_t i;

	memset(head, 0, JOURNAL_HEAD);
	memcpy(head, magic, sizeof(magic));
	bytes_put32(head + 8, JOURNAL_VERSION);
	for (i = 0; i < JOURNAL_PARAMETERS; i++)
		bytes_put32(head + 12 + 4 * i, j->how.parameter[i]);
	bytes_put64(head + JOURNAL_HEAD - 8,
	    hash_64((struct str){head, JOURNAL_HEAD - 8}, 0));
}

static uint64_t
checksum(const unsigned char *frame, size_t payload)
{
	uint64_t seed = hash_64((struct str){frame, 24}, 0);

	return hash_64((struct str){frame + JOURNAL_FRAME, payload}, seed);
}

/* Write the frame that was gathered. */
static int
flush(struct journal *j, int last)
{
	size_t payload = j->n - JOURNAL_FRAME;
	int got;

	memcpy(j->buf, mark, sizeof(mark));
	bytes_put32(j->buf + 4, (uint32_t)last);
	bytes_put64(j->buf + 8, payload);
	bytes_put64(j->buf + 16, j->now);
	bytes_put64(j->buf + 24, checksum(j->buf, payload));
	got = write_all(j, (struct str){j->buf, j->n});
	j->n = JOURNAL_FRAME;
	return got;
}

/* On an error the file is put back as it was. */
static int
write_all(struct journal *j, struct str s)
{
	while (s.n > 0) {
		ssize_t w = write(j->to, s.p, s.n);

		if (w == -1 && errno == EINTR)
			continue;
		if (w == -1) {
			undo(j);
			return -1;
		}
		s = str_sub(s, (size_t)w, s.n);
		j->size += (size_t)w;
	}
	return 0;
}

/* Have the new file take the place of the old one. */
static int
replace(struct journal *j)
{
	char *slash, *dir;
	int fd;

	if (fsync(j->to) == -1 || rename(j->fresh, j->path) == -1) {
		undo(j);
		return -1;
	}
	/* The name is on disk when the folder is. */
	dir = j->fresh;
	slash = strrchr(dir, '/');
	if (slash == NULL)
		dir[0] = '.';
	if (slash == NULL || slash == dir)
		dir[1] = '\0';
	else
		*slash = '\0';
	if ((fd = open(dir, O_RDONLY | O_CLOEXEC)) != -1) {
		fsync(fd);
		close(fd);
	}
	return 0;
}

static void
undo(struct journal *j)
{
	int error = errno;

	if (j->fresh != NULL)
		unlink(j->fresh);
	else if (ftruncate(j->to, (off_t)j->good) == -1)
		error = errno;
	errno = error;
}
