/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_BOUND_H
#define DOCSPLIT_BOUND_H

#include <stddef.h>
#include <stdint.h>

#include "common/str.h"

#include "cmd/docsplit/format.h"
#include "cmd/docsplit/reader.h"

/*
 * bound - where a file may be cut, so that the parts, read each by itself,
 * give the same documents.
 *
 * Less is looked at than readers do, so places are missed where input is
 * damaged or unusual; none is given that is not certain.
 */

/*
 * How many bytes of `s` can be cut off: all documents that end in it, as far
 * as is certain, or 0.  `s` begins where a file does or was cut; another byte
 * follows it, so that it is not the end of the file.  No place was found in
 * the first `seen` bytes before.  `*docs` is a guess at the documents that
 * begin in what is cut off.  Returns BOUND_ODD if a reader must look at what
 * `s` begins with.
 */
typedef size_t bound_fn(
    struct str s, size_t seen, const struct reader_options *, size_t *docs);

#define BOUND_ODD SIZE_MAX

/* NULL where the documents of a format can be told by its reader alone. */
bound_fn *bound_of(enum format);

#endif
