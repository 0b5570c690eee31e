/* SPDX-License-Identifier: ISC */
#ifndef DECLUTTER_HOST_H
#define DECLUTTER_HOST_H

#include "common/fault.h"
#include "common/mem.h"
#include "common/re.h"
#include "common/str.h"

/*
 * host - which site a document is from, as its key tells.
 *
 * That is what the pattern matches in the key, or without a pattern the host
 * of a key that is a URL, less "www.".  In lower case; empty if not known.
 * A match that ran into its limits is none, and counted.
 */
struct str
host_of(struct str id, struct re *pattern, struct fault *costly, struct mem *);

#endif
