/* SPDX-License-Identifier: ISC */
#include "cmd/declutter/host.h"

static struct str of_url(struct str);

struct str
host_of(
    struct str id, struct re *pattern, struct fault *costly, struct mem *mem)
{
	struct str host = {NULL, 0};
	unsigned char *low;
	size_t i, start, end;
	int got = 0;

	if (pattern == NULL)
		host = of_url(id);
	else if ((got = re_find(pattern, id, 0, &start, &end)) == 1)
		host = str_sub(id, start, end);
	if (got < 0)
		fault_add(costly, 1, "--host", 1);
	low = mem_new(mem, host.n + 1, 1);
	for (i = 0; i < host.n; i++)
		low[i] = host.p[i] >= 'A' && host.p[i] <= 'Z'
			     ? (unsigned char)(host.p[i] | 0x20)
			     : host.p[i];
	host.p = low;
	if (pattern == NULL && str_starts(host, STR_LIT("www.")))
		host = str_sub(host, 4, host.n);
	return host;
}

/* What stands behind "://" and before a slash, a port, a query. */
static struct str
of_url(struct str id)
{
	size_t from, to;

	for (from = 0; from + 3 <= id.n; from++)
		if (id.p[from] == ':' && id.p[from + 1] == '/' &&
		    id.p[from + 2] == '/')
			break;
	if (from + 3 > id.n)
		return (struct str){NULL, 0};
	from += 3;
	for (to = from; to < id.n; to++) {
		if (id.p[to] == '@')
			from = to + 1;
		if (id.p[to] == '/' || id.p[to] == ':' || id.p[to] == '?' ||
		    id.p[to] == '#')
			break;
	}
	return str_sub(id, from, to);
}
