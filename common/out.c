/* SPDX-License-Identifier: ISC */
#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/escape.h"
#include "common/mem.h"
#include "common/out.h"

static void write_all(struct out *, struct str);

int
out_init(struct out *out, int fd, int unbuf)
{
	/* Twice, so that out_room() always finds its piece after a flush. */
	*out = (struct out){.cap = 2 * OUT_BLOCK, .fd = fd, .unbuf = unbuf};
	out->buf = malloc(out->cap);
	return out->buf == NULL ? -1 : 0;
}

void
out_raw(struct out *out, struct str s)
{
	if (s.n > OUT_BLOCK && out->fd != OUT_MEMORY) {
		out_flush(out);
		write_all(out, s);
	} else if (s.n > 0) {
		memcpy(out_room(out, s.n), s.p, s.n);
		out->n += s.n;
	}
}

void
out_text(struct out *out, struct str s)
{
	/* In pieces that fit the buffer with every byte escaped. */
	while (s.n > 0) {
		size_t n = s.n < OUT_BLOCK / 4 ? s.n : OUT_BLOCK / 4;
		unsigned char *to = out_room(out, 2 * n + 16);

		out->n += escape_copy(to, str_sub(s, 0, n));
		s = str_sub(s, n, s.n);
	}
}

void
out_field(struct out *out, struct str s)
{
	out_text(out, s);
	*out_room(out, 1) = '\t';
	out->n++;
}

void
out_number(struct out *out, size_t number)
{
	unsigned char *p = out_room(out, 24);
	size_t n = 1, power;

	for (power = number; power >= 10; power /= 10)
		n++;
	out->n += n + 1;
	p[n] = '\t';
	do
		p[--n] = (unsigned char)('0' + number % 10);
	while ((number /= 10) > 0);
}

void
out_hash(struct out *out, uint64_t hash)
{
	static const char digit[] = "0123456789abcdef";
	unsigned char *to = out_room(out, 17);
	int i;

	for (i = 0; i < 16; i++)
		to[i] = (unsigned char)digit[hash >> (60 - 4 * i) & 15];
	to[16] = '\t';
	out->n += 17;
}

void
out_score(struct out *out, double score)
{
	unsigned int n = (unsigned int)(score * 1000 + 0.5);
	unsigned char text[6];

	text[0] = (unsigned char)('0' + n / 1000);
	text[1] = '.';
	text[2] = (unsigned char)('0' + n / 100 % 10);
	text[3] = (unsigned char)('0' + n / 10 % 10);
	text[4] = (unsigned char)('0' + n % 10);
	text[5] = '\t';
	out_raw(out, (struct str){text, sizeof(text)});
}

void
out_endrow(struct out *out)
{
	/* A field over OUT_BLOCK may have been flushed, never its tab. */
	assert(out->n > 0 && out->buf[out->n - 1] == '\t');
	out->n--;
	out_newline(out);
}

void
out_newline(struct out *out)
{
	*out_room(out, 1) = '\n';
	out->n++;
	if (out->unbuf)
		out_flush(out);
}

void
out_more(struct out *out, size_t n)
{
	if (out->fd == OUT_MEMORY)
		out->buf = mem_grow(out->buf, &out->cap, out->n + n, 1);
	else
		out_flush(out);
	assert(out->cap - out->n >= n);
}

void
out_flush(struct out *out)
{
	if (out->fd == OUT_MEMORY)
		return;
	write_all(out, (struct str){out->buf, out->n});
	out->n = 0;
}

void
out_idle(void *out)
{
	out_flush(out);
}

int
out_close(struct out *out)
{
	out_flush(out);
	free(out->buf);
	out->buf = NULL;
	out->cap = 0;
	if (out->err == 0)
		return 0;
	errno = out->err;
	return -1;
}

static void
write_all(struct out *out, struct str s)
{
	while (s.n > 0 && out->err == 0) {
		ssize_t w = write(out->fd, s.p, s.n);

		if (w >= 0) {
			s = str_sub(s, (size_t)w, s.n);
		} else if (errno == EAGAIN || errno == EWOULDBLOCK) {
			struct pollfd fd = {.fd = out->fd, .events = POLLOUT};

			if (poll(&fd, 1, -1) == -1 && errno != EINTR)
				out->err = errno;
		} else if (errno != EINTR) {
			out->err = errno;
		}
	}
}
