/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "common/memo.h"

void
memo_clear(struct memo *m)
{
	size_t i;

	for (i = 0; i < m->n; i++)
		m->of[m->v[i].group] = 0;
	m->n = 0;
}

uint32_t
memo_at(struct memo *m, uint32_t group)
{
	if (group >= m->groups) {
		m->of = mem_grow(
		    m->of, &m->of_cap, (size_t)group + 1, sizeof(*m->of));
		memset(m->of + m->groups, 0,
		    (m->of_cap - m->groups) * sizeof(*m->of));
		m->groups = m->of_cap;
	}
	if (m->of[group] != 0)
		return m->of[group] - 1;
	m->v = mem_grow(m->v, &m->cap, m->n + 1, sizeof(*m->v));
	memset(&m->v[m->n], 0, sizeof(*m->v));
	m->v[m->n++].group = group;
	m->of[group] = (uint32_t)m->n;
	return (uint32_t)m->n - 1;
}

void
memo_free(struct memo *m)
{
	free(m->v);
	free(m->of);
	memset(m, 0, sizeof(*m));
}
