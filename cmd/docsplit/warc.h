/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_WARC_H
#define DOCSPLIT_WARC_H

#include "cmd/docsplit/reader.h"

/*
 * warc - web archives: WARC 1.0 and 1.1 (ISO 28500:2009 and 2017), and WET,
 * the same with the text of pages in it.
 *
 * Documents are the records that hold plain text: `conversion`, `resource`,
 * and the body of a `response`.  Other text, HTML above all, is counted as
 * skipped; records about records are passed over.
 */

int warc_read(struct docsplit *, struct in *, const struct reader_options *);

#endif
