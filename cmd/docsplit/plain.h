/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_PLAIN_H
#define DOCSPLIT_PLAIN_H

#include "cmd/docsplit/reader.h"

/* plain - text as it is: lines, and bytes that part documents. */

int plain_read(struct docsplit *, struct in *, const struct reader_options *);

#endif
