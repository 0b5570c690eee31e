/* SPDX-License-Identifier: ISC */
#ifndef DEDUPE_BYTES_H
#define DEDUPE_BYTES_H

#include <stdint.h>

/* bytes - integers in a file: lowest byte first, on any machine, anywhere. */

static inline uint32_t
bytes_get32(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

static inline uint64_t
bytes_get64(const unsigned char *p)
{
	return (uint64_t)bytes_get32(p) | (uint64_t)bytes_get32(p + 4) << 32;
}

static inline void
bytes_put32(unsigned char *p, uint32_t v)
{
	p[0] = (unsigned char)v;
	p[1] = (unsigned char)(v >> 8);
	p[2] = (unsigned char)(v >> 16);
	p[3] = (unsigned char)(v >> 24);
}

static inline void
bytes_put64(unsigned char *p, uint64_t v)
{
	bytes_put32(p, (uint32_t)v);
	bytes_put32(p + 4, (uint32_t)(v >> 32));
}

#endif
