/* SPDX-License-Identifier: ISC */
#ifndef DOCSPLIT_PICK_H
#define DOCSPLIT_PICK_H

#include <stddef.h>
#include <stdint.h>

#include "common/str.h"

#include "cmd/docsplit/docsplit.h"
#include "cmd/docsplit/json.h"
#include "cmd/docsplit/path.h"
#include "cmd/docsplit/text.h"

/*
 * pick - a document from a JSON object: its text, and what the document table
 * says of it.
 *
 * An object is shown whole, then written; or, if it is too long for that,
 * written as it comes.  Caller provides the struct and may read `json` and
 * `none`.
 */

enum pick_kind { PICK_NOTHING, PICK_STRING, PICK_NUMBER, PICK_LIST };

/* What stands under a path. */
struct pick_value {
	enum pick_kind kind;
	int whole;          /* all of it was seen */
	int escaped;        /* a backslash is in it */
	size_t at;          /* its offset in the record */
	size_t n;           /* its bytes, as written */
	unsigned char *own; /* a copy, while the object is streaming */
	size_t cap;
};

enum pick_serving { PICK_SEEKING, PICK_SERVING, PICK_SERVED };

struct pick_known;

struct pick {
	struct json json;
	const char *none; /* what to call the fault of having no text */

	struct docsplit *docsplit;
	struct text text;
	struct path path;

	/* the paths, by number: texts first */
	int n_texts, n_paths;
	const struct pick_known *known[PATH_MOST];
	struct pick_value value[PATH_MOST];

	/* the object */
	size_t line;                 /* of the file, that it begins on */
	const unsigned char *record; /* where it begins in memory */
	uint64_t found;              /* paths with a value */
	uint64_t list;               /* texts whose value is the open array */
	int streaming;               /* its text is written as it comes */
	int spoiled;                 /* a list that was text was no such list */
	enum pick_serving serving;

	unsigned char *out; /* unescaped text that is still to be taken */
	size_t out_n, out_cap;
	int ready;      /* the path whose value lies in `out`, or -1 */
	size_t ready_n; /* its bytes */
	unsigned char *scratch;
	size_t scratch_cap;
};

/* `key` is the path of the text, NULL for the usual names.  It and the
 * docsplit outlive the struct. */
void pick_init(struct pick *, struct docsplit *, const char *key);

/* An object begins, on this line of the file. */
void pick_start(struct pick *, size_t line);

/*
 * Look at the bytes of `s` from offset `from` on.  `s` begins where the
 * object does, and begins in the same way at each call, or, when streaming,
 * where the last call left `json.p`.  Returns what json_next() stopped with,
 * which is none of the tokens.
 */
enum json_kind pick_scan(struct pick *, struct str s, size_t from, int last);

/* A complete object was scanned: write its document.  Returns 0 if it has no
 * text. */
int pick_write(struct pick *);

/*
 * Much of the object was scanned, and it goes on: what is known of its text
 * is written now, and from now on text is as it comes.  What was scanned need
 * not be kept.  Values of over PICK_VALUE bytes are too long for the table.
 */
#define PICK_VALUE ((size_t)16 << 10)
void pick_stream(struct pick *);

/*
 * The end of an object that is streaming, sound or not.  Returns 0 if it had
 * no text, so that nothing was written, 1 if the text is complete as far as
 * it goes, or -1 if it is known to be cut.
 */
int pick_end(struct pick *);

void pick_free(struct pick *);

#endif
