/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/hash.h"
#include "common/model.h"

#include "tests/unit/check.h"

/* A small model of random tables, sealed. */
static unsigned char *
small(size_t *size)
{
	struct model_head h = {.order = MODEL_ORDER,
	    .version = MODEL_VERSION,
	    .types = 2,
	    .kinds = 3,
	    .log2_rows = 4,
	    .log2_names = 4,
	    .log2_words = 4,
	    .sets = 3,
	    .paths = 2};
	size_t skip = offsetof(struct model_head, types), i;
	unsigned char *p;
	uint64_t seed = 1;

	memcpy(h.magic, MODEL_MAGIC, sizeof(h.magic));
	memcpy(h.type[0], "PER", 4);
	memcpy(h.type[1], "DRUG", 5);
	h.size = model_layout(&h).end;
	*size = h.size;
	if ((p = malloc(h.size)) == NULL)
		abort();
	for (i = 0; i < h.size; i++)
		p[i] = (unsigned char)check_random(&seed);
	memcpy(p, &h, sizeof(h));
	h.sum = hash_64((struct str){p + skip, h.size - skip}, 0);
	memcpy(p, &h, sizeof(h));
	return p;
}

/* Open `size` bytes as a model: what is said, "" for success. */
static const char *
open_bytes(const unsigned char *p, size_t size)
{
	char path[] = "/tmp/model-XXXXXX";
	const char *why;
	struct model m;
	int fd = mkstemp(path), got;

	if (fd == -1 || write(fd, p, size) != (ssize_t)size)
		abort();
	close(fd);
	got = model_open(&m, path, &why);
	unlink(path);
	if (got == -1)
		return why == NULL ? strerror(errno) : why;
	/* Whatever is in it, looking things up stays inside. */
	for (uint64_t i = 0; i < 2000; i++) {
		(void)model_kinds(&m, hash_join(0, i));
		(void)model_class(&m, hash_join(0, i));
	}
	model_close(&m);
	model_close(&m);
	return "";
}

static void
said(const char *got, const char *want)
{
	CHECK_STR(str_of(got), str_of(want));
}

static void
refused(void)
{
	size_t size, i;
	unsigned char *p = small(&size);
	const char *why;
	struct model m;

	said(open_bytes(p, size), "");
	said(open_bytes(p, 0), "no model of names");
	said(open_bytes(p, 100), "no model of names");
	said(open_bytes(p, size - 1), "model cut short or added to");
	for (i = sizeof(struct model_head); i < size; i += 61) {
		p[i] ^= 4;
		said(open_bytes(p, size), "model damaged");
		p[i] ^= 4;
	}
	p[8] ^= 5;
	said(
	    open_bytes(p, size), "model made on a machine of other byte order");
	p[8] ^= 5;
	p[12] ^= 2;
	said(open_bytes(p, size), "model of another version");
	p[0] = 'x';
	said(open_bytes(p, size), "no model of names");
	CHECK(model_open(&m, "/nowhere/at/all", &why) == -1);
	CHECK(why == NULL && errno == ENOENT);
	free(p);
}

static void
built_in(void)
{
	const char *why;
	struct model m;

	CHECK(model_open(&m, NULL, &why) == 0);
	said(m.head->magic, MODEL_MAGIC);
	said(m.head->type[0], "PER");
	CHECK_EQ(model_layout(m.head).end, m.head->size);
	CHECK_EQ((uintptr_t)m.row % 64, 0);
	model_close(&m);
}

int
main(void)
{
	check_case("model: others and damaged ones are refused", refused);
	check_case("model: the built-in one", built_in);
	return check_done();
}
