/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"
#include "common/utf.h"

#include "cmd/docsplit/pick.h"
#include "cmd/docsplit/unescape.h"

/* Text is unescaped and passed on in steps of at least this many bytes. */
#define STEP ((size_t)64 << 10)

/* How to take what a path of the table leads to. */
enum { AS_IT_IS, BRACKETS, ONLY_URL };

/*
 * Where datasets keep what the document table says; of several names for one
 * thing the first counts that has a value.  `_id` is BEIR's, `timestamp`
 * C4's, `created` Dolma's, `date_publish` news-please's, `date_download`
 * RedPajama's, `warc_headers` OSCAR's.  Without an id of its own a document
 * is known by its address.
 */
static const struct pick_known {
	enum docsplit_field field;
	int how;
	const char *path;
} known[] = {
    {DOCSPLIT_ID, AS_IT_IS, "id"},
    {DOCSPLIT_ID, AS_IT_IS, "_id"},
    {DOCSPLIT_ID, BRACKETS, "warc_headers.warc-record-id"},
    {DOCSPLIT_ID, AS_IT_IS, "url"},
    {DOCSPLIT_URL, AS_IT_IS, "url"},
    {DOCSPLIT_URL, BRACKETS, "warc_headers.warc-target-uri"},
    {DOCSPLIT_URL, ONLY_URL, "source"},
    {DOCSPLIT_DATE, AS_IT_IS, "date"},
    {DOCSPLIT_DATE, AS_IT_IS, "timestamp"},
    {DOCSPLIT_DATE, AS_IT_IS, "created"},
    {DOCSPLIT_DATE, AS_IT_IS, "date_publish"},
    {DOCSPLIT_DATE, AS_IT_IS, "date_download"},
    {DOCSPLIT_DATE, AS_IT_IS, "warc_headers.warc-date"},
    {DOCSPLIT_TITLE, AS_IT_IS, "title"},
    {DOCSPLIT_LANG, AS_IT_IS, "lang"},
    {DOCSPLIT_LANG, AS_IT_IS, "language"},
    {DOCSPLIT_LANG, AS_IT_IS, "warc_headers.warc-identified-content-language"},
};

static const char *const texts[] = {
    "text", "content", "raw_content", "maintext", "body"};

#define LENGTH(v) (sizeof(v) / sizeof((v)[0]))

static void expect_text(struct pick *);
static void note(struct pick *, const struct json_token *, uint64_t);
static void note_list(struct pick *, enum json_kind);
static void serve(struct pick *);
static void replay(struct pick *, struct str);
static void stream(struct pick *, const struct json_token *, uint64_t);
static void stream_list(struct pick *, const struct json_token *);
static void keep_part(struct pick_value *, const struct json_token *);
static int chosen(const struct pick *);
static struct str bytes(const struct pick *, const struct pick_value *);
static void open_text(struct pick *);
static void put_value(struct pick *, int);
static void put_list(struct pick *, struct str);
static void put(struct pick *, struct str);
static void close_text(struct pick *);
static void tell(struct pick *);
static struct str meant(struct pick *, const struct pick_value *);

void
pick_init(struct pick *p, struct docsplit *docsplit, const char *key)
{
	size_t i;

	memset(p, 0, sizeof(*p));
	p->docsplit = docsplit;
	text_init(&p->text, docsplit);
	path_init(&p->path);
	if (key != NULL) {
		path_add(&p->path, str_of(key));
		p->none = "JSON record skipped: no text under the key of -k";
	} else {
		for (i = 0; i < LENGTH(texts); i++)
			path_add(&p->path, str_of(texts[i]));
		p->none = "JSON record skipped: no text under text, content, "
			  "raw_content, maintext or body";
	}
	p->n_texts = (int)p->path.n;
	for (i = 0; i < LENGTH(known); i++)
		if (docsplit_wants(docsplit, known[i].field))
			p->known[path_add(&p->path, str_of(known[i].path))] =
			    &known[i];
	p->n_paths = (int)p->path.n;
}

void
pick_start(struct pick *p, size_t line)
{
	path_start(&p->path, &p->json);
	p->line = line;
	p->found = p->list = 0;
	p->streaming = p->spoiled = 0;
	p->serving = PICK_SEEKING;
	p->ready = -1;
}

enum json_kind
pick_scan(struct pick *p, struct str s, size_t from, int last)
{
	struct json_token token;
	enum json_kind kind;
	uint64_t set;

	p->record = s.p;
	json_feed(&p->json, str_sub(s, from, s.n), last);
	while ((kind = json_next(&p->json, &token)) >= JSON_KEY) {
		set = path_follow(&p->path, &p->json, &token);
		if (p->streaming)
			stream(p, &token, set);
		else if (kind == JSON_KEY)
			expect_text(p);
		else if (p->list != 0)
			note_list(p, kind);
		else if (set != 0)
			note(p, &token, set);
	}
	return kind;
}

int
pick_write(struct pick *p)
{
	int i = chosen(p);

	if (i < 0)
		return 0;
	open_text(p);
	put_value(p, i);
	docsplit_end(p->docsplit);
	return 1;
}

void
pick_stream(struct pick *p)
{
	int i;

	for (i = p->n_texts; i < p->n_paths; i++) {
		struct pick_value *v = &p->value[i];
		struct json_token all = {.raw = bytes(p, v),
		    .escaped = v->escaped,
		    .begins = 1,
		    .ends = v->whole};

		if (!(p->found >> i & 1) || v->kind == PICK_NOTHING)
			continue;
		all.kind = v->kind == PICK_STRING ? JSON_STRING : JSON_NUMBER;
		keep_part(v, &all);
	}
	serve(p);
	p->streaming = 1;
}

int
pick_end(struct pick *p)
{
	if (p->serving == PICK_SEEKING)
		return 0;
	if (p->serving == PICK_SERVING) {
		close_text(p);
		p->spoiled = 1;
	}
	tell(p);
	docsplit_end(p->docsplit);
	return p->spoiled ? -1 : 1;
}

void
pick_free(struct pick *p)
{
	int i;

	for (i = 0; i < p->n_paths; i++)
		free(p->value[i].own);
	free(p->out);
	free(p->scratch);
	path_free(&p->path);
	text_free(&p->text);
}

/* If the value of the last key may be the text, have it unescaped at once:
 * that saves looking for its escapes a second time. */
static void
expect_text(struct pick *p)
{
	const uint64_t texts_hit =
	    p->path.hit & (((uint64_t)1 << p->n_texts) - 1);
	size_t left = (size_t)(p->json.end - p->json.p);
	int best;

	if (texts_hit == 0)
		return;
	best = chosen(p);
	if (best >= 0 && best < __builtin_ctzll(texts_hit))
		return;
	p->out = mem_grow(p->out, &p->out_cap, left + UNESCAPE_ROOM, 1);
	p->json.to = p->out;
	p->ready = -1;
}

/* Remember where a value is. */
static void
note(struct pick *p, const struct json_token *token, uint64_t set)
{
	p->found |= set;
	for (; set != 0; set &= set - 1) {
		const int i = __builtin_ctzll(set);
		struct pick_value *v = &p->value[i];

		v->kind = token->kind == JSON_STRING   ? PICK_STRING
			  : token->kind == JSON_NUMBER ? PICK_NUMBER
			  : token->kind != JSON_ARRAY  ? PICK_NOTHING
			  : i < p->n_texts             ? PICK_LIST
						       : PICK_NOTHING;
		v->whole = token->ends && v->kind != PICK_LIST;
		v->escaped = token->escaped;
		v->at = (size_t)(token->raw.p - p->record);
		v->n = token->raw.n;
		if (v->kind == PICK_STRING && v->whole &&
		    token->meant != NULL && i < p->n_texts) {
			p->ready = i;
			p->ready_n = (size_t)(token->meant - p->out);
		}
		if (v->kind == PICK_LIST) {
			p->list |= (uint64_t)1 << i;
			p->json.watch = p->json.depth;
		}
	}
}

/* A token in an array that is text if it holds strings alone, or its end. */
static void
note_list(struct pick *p, enum json_kind kind)
{
	uint64_t set;

	if (kind == JSON_STRING)
		return;
	for (set = p->list; set != 0; set &= set - 1) {
		struct pick_value *v = &p->value[__builtin_ctzll(set)];

		v->whole = 1;
		v->kind = kind == JSON_CLOSE ? PICK_LIST : PICK_NOTHING;
		v->n = (size_t)(p->json.p - p->record) - v->at;
	}
	p->list = 0;
	p->json.watch = p->path.depth;
}

/* Take the text that was found so far, if only the beginning of one. */
static void
serve(struct pick *p)
{
	uint64_t open = p->found & (((uint64_t)1 << p->n_texts) - 1);
	int i = chosen(p);

	if (i >= 0) {
		open_text(p);
		put_value(p, i);
		p->serving = PICK_SERVED;
		p->list = 0;
		p->json.watch = p->path.depth;
		return;
	}
	for (; open != 0; open &= open - 1) {
		struct pick_value *v = &p->value[__builtin_ctzll(open)];

		if (v->whole ||
		    (v->kind != PICK_STRING && v->kind != PICK_LIST))
			continue;
		if (v->kind == PICK_LIST) {
			v->n = (size_t)(p->json.p - p->record) - v->at;
			replay(p, bytes(p, v));
			return;
		}
		open_text(p);
		put(p, bytes(p, v));
		p->serving = PICK_SERVING;
		return;
	}
}

/* The strings of an array that is open, as if they came only now. */
static void
replay(struct pick *p, struct str raw)
{
	struct json_token token;
	struct json json;

	json_init(&json);
	json_feed(&json, raw, 1);
	while (json_next(&json, &token) >= JSON_KEY)
		if (token.kind == JSON_STRING)
			stream_list(p, &token);
}

/* A token of an object that is written as it comes. */
static void
stream(struct pick *p, const struct json_token *token, uint64_t set)
{
	const uint64_t texts_only = ((uint64_t)1 << p->n_texts) - 1;
	uint64_t rest;

	if (p->list != 0) {
		stream_list(p, token);
		return;
	}
	for (rest = set & ~texts_only; rest != 0; rest &= rest - 1) {
		const int i = __builtin_ctzll(rest);

		keep_part(&p->value[i], token);
		p->found |= (uint64_t)1 << i;
	}
	if ((set & texts_only) == 0 || p->serving == PICK_SERVED)
		return;
	if (token->kind == JSON_ARRAY) {
		p->list = set & texts_only;
		p->json.watch = p->json.depth;
	}
	if (token->kind != JSON_STRING)
		return;
	if (p->serving == PICK_SEEKING)
		open_text(p);
	p->serving = PICK_SERVING;
	put(p, token->raw);
	if (token->ends) {
		close_text(p);
		p->serving = PICK_SERVED;
	}
}

static void
stream_list(struct pick *p, const struct json_token *token)
{
	if (token->kind == JSON_STRING || token->kind == JSON_CLOSE) {
		if (p->serving == PICK_SEEKING)
			open_text(p);
		else if (token->kind == JSON_STRING && token->begins)
			put(p, STR_LIT("\n"));
		p->serving = PICK_SERVING;
		if (token->kind == JSON_STRING) {
			put(p, token->raw);
			return;
		}
	}
	p->list = 0;
	p->json.watch = p->path.depth;
	if (p->serving == PICK_SERVING) {
		p->spoiled = token->kind != JSON_CLOSE;
		close_text(p);
		p->serving = PICK_SERVED;
	}
}

/* Copy a part of a value for the table. */
static void
keep_part(struct pick_value *v, const struct json_token *token)
{
	if (token->begins) {
		v->kind = token->kind == JSON_STRING   ? PICK_STRING
			  : token->kind == JSON_NUMBER ? PICK_NUMBER
						       : PICK_NOTHING;
		v->n = 0;
		v->escaped = 0;
	}
	v->whole = token->ends;
	v->escaped |= token->escaped;
	if (v->kind == PICK_NOTHING || token->raw.n > PICK_VALUE - v->n) {
		v->kind = PICK_NOTHING;
		return;
	}
	v->own = mem_grow(v->own, &v->cap, v->n + token->raw.n, 1);
	if (token->raw.n > 0)
		memcpy(v->own + v->n, token->raw.p, token->raw.n);
	v->n += token->raw.n;
}

/* The path whose value is the text, or -1. */
static int
chosen(const struct pick *p)
{
	int i;

	for (i = 0; i < p->n_texts; i++)
		if ((p->found >> i & 1) && p->value[i].whole &&
		    (p->value[i].kind == PICK_STRING ||
			p->value[i].kind == PICK_LIST))
			return i;
	return -1;
}

static struct str
bytes(const struct pick *p, const struct pick_value *v)
{
	return (struct str){p->streaming ? v->own : p->record + v->at, v->n};
}

static void
open_text(struct pick *p)
{
	docsplit_begin(p->docsplit);
	tell(p);
	text_start(&p->text, p->line, 0);
}

/* The text that is the value of path `i`, to its end. */
static void
put_value(struct pick *p, int i)
{
	const struct pick_value *v = &p->value[i];

	if (i == p->ready)
		p->out_n = p->ready_n;
	else if (v->kind == PICK_STRING)
		put(p, bytes(p, v));
	else
		put_list(p, bytes(p, v));
	close_text(p);
}

/* The strings of an array, as lines. */
static void
put_list(struct pick *p, struct str raw)
{
	struct json_token token;
	struct json json;
	int first = 1;

	json_init(&json);
	json_feed(&json, raw, 1);
	while (json_next(&json, &token) >= JSON_KEY) {
		if (token.kind != JSON_STRING)
			continue;
		if (!first)
			put(p, STR_LIT("\n"));
		put(p, token.raw);
		first = 0;
	}
}

/* Unescape text and hand it over. */
static void
put(struct pick *p, struct str raw)
{
	size_t used;

	while (raw.n > 0 && !docsplit_stop(p->docsplit)) {
		p->out = mem_grow(p->out, &p->out_cap, p->out_n + STEP, 1);
		p->out_n += unescape_text(
		    p->out + p->out_n, p->out_cap - p->out_n, &raw);
		if (raw.n == 0 && p->out_n < STEP)
			return;
		used = text_take(&p->text, (struct str){p->out, p->out_n}, 0);
		p->out_n -= used;
		memmove(p->out, p->out + used, p->out_n);
	}
}

static void
close_text(struct pick *p)
{
	text_take(&p->text, (struct str){p->out, p->out_n}, 1);
	p->out_n = 0;
}

/* Say what is known about the document. */
static void
tell(struct pick *p)
{
	unsigned int told = 0;
	int i;

	for (i = p->n_texts; i < p->n_paths; i++) {
		const struct pick_value *v = &p->value[i];
		const struct pick_known *k = p->known[i];
		struct str s;

		if (!(p->found >> i & 1) || (told >> k->field & 1) ||
		    v->kind == PICK_NOTHING || !v->whole)
			continue;
		s = meant(p, v);
		if (k->how == ONLY_URL && !str_starts(s, STR_LIT("http://")) &&
		    !str_starts(s, STR_LIT("https://")))
			continue;
		if (k->how == BRACKETS && s.n >= 2 && s.p[0] == '<' &&
		    s.p[s.n - 1] == '>')
			s = str_sub(s, 1, s.n - 1);
		if (utf_blank(s))
			continue;
		docsplit_about(p->docsplit, k->field, s);
		told |= 1U << k->field;
	}
}

/* A value for the table, unescaped. */
static struct str
meant(struct pick *p, const struct pick_value *v)
{
	struct str s = bytes(p, v);
	size_t n;

	if (!v->escaped)
		return s;
	p->scratch =
	    mem_grow(p->scratch, &p->scratch_cap, s.n + 2 * UNESCAPE_ROOM, 1);
	n = unescape_text(p->scratch, p->scratch_cap, &s);
	return (struct str){p->scratch, n};
}
