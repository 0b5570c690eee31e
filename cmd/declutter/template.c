/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "common/hash.h"
#include "common/mem.h"
#include "common/str.h"

#include "cmd/declutter/template.h"

/* A page is a copy when so much of what it keeps in sentences is known. */
#define COPY_SHARE 0.5f
/* So it is when several sentences are known: offers are one or two. */
#define COPY_BLOCKS 3
#define COPY_SOME   0.1f
#define COPY_WORDS  10 /* of a block that tells pages apart */
/* What it costs a block, in log-odds, to be on one other page, on more. */
#define ONCE  (-3.0f)
#define OFTEN (-5.0f)
/* Of fewer words, subheadings say the same by chance. */
#define FEW       8
#define FEW_ONCE  (-0.5f)
#define FEW_OFTEN (-1.5f)

/* The file: this, then the entries as they are in memory. */
struct head {
	char magic[8];
	uint32_t order; /* 1, by which another machine's file is told */
	uint32_t slots, clock, zero;
	uint64_t check; /* hash of the entries */
};

static const char magic[8] = "nstmpl1";

static struct template_entry *ways(const struct template *, uint64_t);
static const struct template_entry *find(const struct template *, uint64_t);
static float cost(uint32_t, uint32_t);
static uint64_t rank(const struct template_entry *);
static void count(struct template *, uint64_t, uint32_t);
static int read_all(int, void *, size_t);
static int write_all(int, const void *, size_t);
static char *joined(const char *, const char *);

struct template *
template_new(void)
{
	struct template *t;
	size_t none = 0;

	t = mem_grow(NULL, &none, 1, sizeof(*t));
	none = 0;
	t->v = mem_grow(NULL, &none, TEMPLATE_SLOTS, sizeof(*t->v));
	memset(t->v, 0, TEMPLATE_SLOTS * sizeof(*t->v));
	t->clock = 0;
	return t;
}

long
template_look(
    const struct template *t, struct page *page, uint64_t site, uint32_t id)
{
	size_t i;
	uint32_t known = 0, all = 0, blocks = 0;
	long found = 0;

	for (i = 0; i < page->n; i++) {
		struct page_block *b = &page->v[i];
		const struct template_entry *e;
		uint32_t others;

		b->shift = 0;
		if (b->words == 0)
			continue;
		e = find(t, hash_join(site, b->hash));
		others = e == NULL ? 0 : e->pages - (e->page == id);
		if (b->score >= 0.5f && b->words >= COPY_WORDS) {
			all += b->words;
			known += others > 0 ? b->words : 0;
			blocks += others > 0;
		}
		if (others > 0) {
			b->shift = cost(b->words, others);
			found++;
		}
	}
	if ((float)known <= COPY_SHARE * (float)all &&
	    (blocks < COPY_BLOCKS || (float)known <= COPY_SOME * (float)all))
		return found;
	for (i = 0; i < page->n; i++)
		page->v[i].shift = 0;
	return -1;
}

void
template_learn(
    struct template *t, const struct page *page, uint64_t site, uint32_t id)
{
	size_t i;

	t->clock++;
	for (i = 0; i < page->n; i++)
		if (page->v[i].words > 0)
			count(t, hash_join(site, page->v[i].hash), id);
}

int
template_load(struct template *t, const char *path, int *fd)
{
	size_t size = TEMPLATE_SLOTS * sizeof(*t->v);
	char *lock = joined(path, ".lock");
	struct head head;
	int file, got, error;

	/* Not the file itself is locked: it is replaced by a new one. */
	*fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	free(lock);
	if (*fd == -1)
		return -1;
	if (flock(*fd, LOCK_EX | LOCK_NB) == -1) {
		if (errno == EWOULDBLOCK)
			errno = EBUSY;
		return -1;
	}
	if ((file = open(path, O_RDONLY | O_CLOEXEC)) == -1)
		return errno == ENOENT ? 0 : -1;
	got = read_all(file, &head, sizeof(head));
	if (got == 0 && memcmp(head.magic, magic, sizeof(magic)) == 0 &&
	    head.order == 1 && head.slots == TEMPLATE_SLOTS)
		got = read_all(file, t->v, size);
	else if (got == 0)
		got = EILSEQ;
	if (got == 0 && hash_64((struct str){(const void *)t->v, size},
			    head.clock) != head.check)
		got = EILSEQ;
	if (got == 0)
		t->clock = head.clock;
	error = got;
	close(file);
	errno = error;
	return got == 0 ? 0 : -1;
}

int
template_save(const struct template *t, const char *path, int *fd)
{
	size_t size = TEMPLATE_SLOTS * sizeof(*t->v);
	char *part = joined(path, ".part");
	struct head head = {.order = 1, .slots = TEMPLATE_SLOTS};
	int file, got = 0;

	memcpy(head.magic, magic, sizeof(magic));
	head.clock = t->clock;
	head.check =
	    hash_64((struct str){(const void *)t->v, size}, head.clock);
	/* Whenever the machine stops, the old file or the new one is there. */
	file = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (file == -1 || write_all(file, &head, sizeof(head)) != 0 ||
	    write_all(file, t->v, size) != 0 || fsync(file) == -1)
		got = errno;
	if (file != -1 && close(file) == -1 && got == 0)
		got = errno;
	if (got == 0 && rename(part, path) == -1)
		got = errno;
	if (got != 0 && file != -1)
		unlink(part);
	free(part);
	close(*fd);
	*fd = -1;
	errno = got;
	return got == 0 ? 0 : -1;
}

void
template_free(struct template *t)
{
	if (t == NULL)
		return;
	free(t->v);
	free(t);
}

/* The entries that a block may be in. */
static struct template_entry *
ways(const struct template *t, uint64_t hash)
{
	return t->v +
	       (hash & (TEMPLATE_SLOTS / TEMPLATE_WAYS - 1)) * TEMPLATE_WAYS;
}

static const struct template_entry *
find(const struct template *t, uint64_t hash)
{
	const struct template_entry *e = ways(t, hash);
	int k;

	for (k = 0; k < TEMPLATE_WAYS; k++)
		if (e[k].pages > 0 && e[k].key == (uint32_t)(hash >> 32))
			return &e[k];
	return NULL;
}

static float
cost(uint32_t words, uint32_t others)
{
	if (words < FEW)
		return others == 1 ? FEW_ONCE : FEW_OFTEN;
	return others == 1 ? ONCE : OFTEN;
}

/* The entry of lowest rank makes room: one that a single page has, the one
 * not seen for longest. */
static uint64_t
rank(const struct template_entry *e)
{
	return (uint64_t)(e->pages > 1) << 32 | e->used;
}

static void
count(struct template *t, uint64_t hash, uint32_t id)
{
	struct template_entry *e = ways(t, hash), *to = e;
	int k;

	for (k = 0; k < TEMPLATE_WAYS; k++) {
		if (e[k].pages > 0 && e[k].key == (uint32_t)(hash >> 32)) {
			e[k].pages += e[k].page != id;
			e[k].page = id;
			e[k].used = t->clock;
			return;
		}
		if (rank(&e[k]) < rank(to))
			to = &e[k];
	}
	*to = (struct template_entry){(uint32_t)(hash >> 32), id, 1, t->clock};
}

/* Returns 0 or an errno, EILSEQ for a file that is too short. */
static int
read_all(int fd, void *to, size_t n)
{
	unsigned char *p = to;

	while (n > 0) {
		ssize_t got = read(fd, p, n);

		if (got == -1 && errno == EINTR)
			continue;
		if (got <= 0)
			return got == 0 ? EILSEQ : errno;
		p += got;
		n -= (size_t)got;
	}
	return 0;
}

/* Returns 0, or -1 with errno set. */
static int
write_all(int fd, const void *from, size_t n)
{
	const unsigned char *p = from;

	while (n > 0) {
		ssize_t put = write(fd, p, n);

		if (put == -1 && errno == EINTR)
			continue;
		if (put == -1)
			return -1;
		p += put;
		n -= (size_t)put;
	}
	return 0;
}

static char *
joined(const char *a, const char *b)
{
	size_t none = 0, n = strlen(a) + strlen(b) + 1;
	char *s = mem_grow(NULL, &none, n, 1);

	snprintf(s, n, "%s%s", a, b);
	return s;
}
