/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/hash.h"
#include "common/model.h"

__asm__(".section .rodata\n"
	".balign 64\n"
	"model_built_in:\n"
	".incbin \"common/data/english.model\"\n"
	".previous\n");
extern const unsigned char model_built_in[]
    __attribute__((visibility("hidden")));

/* What the sum is of begins here. */
#define SUMMED offsetof(struct model_head, types)

static int map_file(struct model *, const char *path, size_t *size);
static const char *check(const struct model_head *, size_t size);
static int all_named(const struct model_head *);
static size_t section(size_t *at, size_t n, size_t size);
static void place(struct model *, const unsigned char *);

int
model_open(struct model *m, const char *path, const char **why)
{
	size_t size = 0;

	*why = NULL;
	m->map = NULL;
	if (path == NULL) {
		place(m, model_built_in);
		return 0;
	}
	if (map_file(m, path, &size) == -1)
		return -1;
	if (m->map == NULL || (*why = check(m->map, size)) != NULL) {
		if (m->map != NULL)
			(void)munmap(m->map, size);
		m->map = NULL;
		if (*why == NULL)
			*why = "no model of names";
		return -1;
	}
	place(m, m->map);
	return 0;
}

void
model_close(struct model *m)
{
	if (m->map != NULL)
		(void)munmap(m->map, m->head->size);
	m->map = NULL;
}

struct model_layout
model_layout(const struct model_head *h)
{
	struct model_layout l;
	size_t at = sizeof(*h);

	l.row =
	    section(&at, (size_t)1 << h->log2_rows, LANES * sizeof(int16_t));
	l.name = section(&at, (size_t)1 << h->log2_names, sizeof(uint32_t));
	l.word = section(&at, (size_t)1 << h->log2_words, sizeof(uint32_t));
	l.set = section(&at, h->sets, sizeof(uint64_t));
	l.path = section(&at, h->paths, sizeof(struct model_path));
	l.end = at;
	return l;
}

/* Map a whole file; one too short for a head leaves `m->map` NULL. */
static int
map_file(struct model *m, const char *path, size_t *size)
{
	struct stat st;
	int fd, saved;

	if ((fd = open(path, O_RDONLY | O_CLOEXEC)) == -1)
		return -1;
	if (fstat(fd, &st) == -1)
		goto fail;
	if (S_ISREG(st.st_mode) &&
	    (size_t)st.st_size > sizeof(struct model_head)) {
		*size = (size_t)st.st_size;
		m->map = mmap(NULL, *size, PROT_READ, MAP_PRIVATE, fd, 0);
		if (m->map == MAP_FAILED) {
			m->map = NULL;
			goto fail;
		}
	}
	(void)close(fd);
	return 0;
fail:
	saved = errno;
	(void)close(fd);
	errno = saved;
	return -1;
}

/* What is wrong with a model, or NULL. */
static const char *
check(const struct model_head *h, size_t size)
{
	const unsigned char *p = (const void *)h;

	if (memcmp(h->magic, MODEL_MAGIC, sizeof(h->magic)) != 0)
		return "no model of names";
	if (h->order != MODEL_ORDER)
		return "model made on a machine of other byte order";
	if (h->version != MODEL_VERSION)
		return "model of another version";
	if (h->size != size)
		return "model cut short or added to";
	if (hash_64((struct str){p + SUMMED, size - SUMMED}, 0) != h->sum)
		return "model damaged";
	if (h->types < 1 || h->types > MODEL_TYPES || h->kinds > MODEL_KINDS ||
	    h->log2_rows < 1 || h->log2_rows > 24 || h->log2_names > 24 ||
	    h->log2_words > 24 || h->sets < 1 || h->sets > 65536 ||
	    h->paths < 1 || h->paths > 65536 || model_layout(h).end != size)
		return "model of impossible measures";
	if (!all_named(h))
		return "model of types that cannot be written";
	return NULL;
}

/* Whether the types' names can stand in a row: visible, and ended. */
static int
all_named(const struct model_head *h)
{
	uint32_t i;

	for (i = 0; i < h->types; i++) {
		const char *p = h->type[i], *end = p + sizeof(h->type[i]);

		while (p<end && * p> ' ' && *p < 0x7f && *p != '\\')
			p++;
		if (p == h->type[i] || p == end || *p != '\0')
			return 0;
	}
	return 1;
}

/* Start the next section, of `n` items of `size` bytes, at a multiple of 64. */
static size_t
section(size_t *at, size_t n, size_t size)
{
	size_t start = (*at + 63) / 64 * 64;

	*at = start + n * size;
	return start;
}

static void
place(struct model *m, const unsigned char *p)
{
	struct model_layout l;

	m->head = (const void *)p;
	l = model_layout(m->head);
	m->row = (const void *)(p + l.row);
	m->name = (const void *)(p + l.name);
	m->word = (const void *)(p + l.word);
	m->set = (const void *)(p + l.set);
	m->path = (const void *)(p + l.path);
}
