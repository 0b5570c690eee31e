/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "cmd/docsplit/json.h"
#include "cmd/docsplit/jsonl.h"

#include "tests/unit/check.h"
#include "tests/unit/feed.h"
#include "tests/unit/jsonl_model.h"

static int
read_long(
    struct docsplit *d, struct in *in, const struct reader_options *options)
{
	return jsonl_read_long(d, in, options, whole);
}

/* Random bytes that look like the format. */
struct made {
	unsigned char v[2048];
	size_t n;
	uint64_t seed;
};

static size_t
pick(struct made *made, size_t n)
{
	return (size_t)(check_random(&made->seed) % n);
}

static void
add(struct made *made, const char *text)
{
	size_t n = strlen(text);

	if (made->n + n > sizeof(made->v))
		return;
	memcpy(made->v + made->n, text, n);
	made->n += n;
}

#define ADD_ONE(made, ...)                                                     \
	add_one((made), (const char *const[]){__VA_ARGS__, NULL})

static void
add_one(struct made *made, const char *const *of)
{
	size_t n = 0;

	while (of[n] != NULL)
		n++;
	add(made, of[pick(made, n)]);
}

static void
make_string(struct made *made)
{
	size_t n = pick(made, 8);

	add(made, "\"");
	while (n-- > 0)
		ADD_ONE(made, "a", "b c", "\\n", "\\n", "\\\"", "\\\\", "\\/",
		    "\\t", "\\r\\n", "\\b", "\\u0041", "\\u00e9", "\\u20AC",
		    "\\ud83d\\ude00", "\\ud83d", "\\ude00", "\\u0000",
		    "\\uFEFF", "\xc3\xa9", "\xe2\x82", "\xff", "\x7f", " ",
		    "http://a.b/c", "<urn:x>", "2025-09-11",
		    "0123456789012345678901234567890123456789", "{}", ":,");
	add(made, "\"");
}

static void
make_white(struct made *made)
{
	if (pick(made, 8) == 0)
		ADD_ONE(made, " ", "\t", "\r", "\n", "  ");
}

static void
make_value(struct made *made, int depth)
{
	size_t kind = pick(made, depth > 3 ? 8 : 12), n = pick(made, 4);
	const char *end = kind < 10 ? "]" : "}";

	make_white(made);
	if (kind < 6) {
		make_string(made);
	} else if (kind < 8) {
		ADD_ONE(made, "0", "-1", "12.50", "1e5", "1E+2", "true",
		    "false", "null", "-0.0e-10");
	} else {
		add(made, kind < 10 ? "[" : "{");
		while (n-- > 0) {
			make_white(made);
			if (kind >= 10) {
				ADD_ONE(made, "\"a\":", "\"b\":", "\"text\":",
				    "\"warc-record-id\":",
				    "\"warc-target-uri\":");
				make_value(made, depth + 1);
			} else if (kind == 8) {
				make_string(made);
			} else {
				make_value(made, depth + 1);
			}
			make_white(made);
			if (n > 0)
				add(made, ",");
		}
		make_white(made);
		add(made, end);
	}
	make_white(made);
}

static void
make_record(struct made *made)
{
	size_t n = pick(made, 5);

	if (pick(made, 3) == 0)
		add(made, "\x1e");
	add(made, "{");
	while (n-- > 0) {
		make_white(made);
		ADD_ONE(made, "\"text\"", "\"text\"", "\"te\\u0078t\"",
		    "\"content\"", "\"raw_content\"", "\"body\"", "\"id\"",
		    "\"_id\"", "\"url\"", "\"source\"", "\"date\"", "\"title\"",
		    "\"lang\"", "\"a\"", "\"a.b\"", "\"warc_headers\"", "\"\"",
		    "\"x\\ud83d\\ude00\"",
		    "\"long enough to be no path at all\"");
		make_white(made);
		add(made, ":");
		make_value(made, 1);
		if (n > 0)
			add(made, ",");
	}
	add(made, "}");
	make_white(made);
	ADD_ONE(made, "\n", "\n", "\n", "\r\n", "\n\n", "");
}

/* Change some bytes for others that mean something. */
static void
damage(struct made *made)
{
	static const unsigned char some[] = "{}[]\",:\\\n\x1e\t u0-.e1tx\x80";
	size_t n = pick(made, 3), i;

	while (n-- > 0 && made->n > 0) {
		i = pick(made, made->n);
		if (pick(made, 2) == 0) {
			made->v[i] = some[pick(made, sizeof(some))];
		} else {
			memmove(made->v + i, made->v + i + 1, made->n - i - 1);
			made->n--;
		}
	}
}

static void
show(const char *what, const struct feed *f)
{
	printf("# %s: got %d (%d), %zu faults of %zu kinds\n%.*s# table\n%.*s",
	    what, f->got, f->error, f->faults, f->kinds, (int)f->rows.n,
	    (const char *)f->rows.buf, (int)f->table.n,
	    (const char *)f->table.buf);
}

static void
compare(struct str s, size_t step, const struct docsplit_options *split,
    const struct reader_options *options)
{
	struct feed a, b;
	int same;

	feed(&a, read_long, s, step, split, options);
	feed(&b, model_read, s, s.n + 1, split, options);
	same = str_eq(feed_rows(&a), feed_rows(&b)) && a.got == b.got &&
	       a.error == b.error && a.faults == b.faults && a.kinds == b.kinds;
	/* Of long records the model knows the text alone. */
	if (whole == JSONL_WHOLE)
		same &= str_eq(feed_table(&a), feed_table(&b));
	if (!CHECK(same) && check.failures < 3) {
		printf("# whole %zu step %zu key %s strict %d\n%.*s\n", whole,
		    step, options->key == NULL ? "-" : options->key,
		    split->strict, (int)s.n, (const char *)s.p);
		show("reader", &a);
		show("model", &b);
	}
	feed_free(&a);
	feed_free(&b);
}

static void
random_records(void)
{
	static const char *const keys[] = {
	    NULL, NULL, NULL, "a", "a.b", "", "title", "warc_headers.text"};
	const size_t inputs = check_count();
	struct made made = {.seed = 1};
	size_t i;

	for (i = 0; i < inputs; i++) {
		struct docsplit_options split = {.prefix = ""};
		struct reader_options options = {.separator = READER_NO_BYTE};
		size_t n = pick(&made, 4) + 1;

		made.n = 0;
		if (pick(&made, 16) == 0)
			add(&made, "\xef\xbb\xbf");
		while (n-- > 0)
			make_record(&made);
		if (pick(&made, 2) == 0)
			damage(&made);
		options.key = keys[pick(&made, 8)];
		split.strict = pick(&made, 8) == 0;
		split.paragraphs = pick(&made, 8) == 0;
		split.id =
		    pick(&made, 4) == 0 ? DOCSPLIT_NATIVE : DOCSPLIT_NAME;
		whole =
		    pick(&made, 2) == 0 ? JSONL_WHOLE : 1 + pick(&made, 200);
		/* Nor does it know how far into a long one strict reads. */
		if (whole != JSONL_WHOLE) {
			split.id = DOCSPLIT_NAME;
			split.strict = 0;
		}
		compare((struct str){made.v, made.n},
		    1 + made.n / 100 + pick(&made, 100), &split, &options);
	}
}

/* The tokens of `s` in pieces, in a form to compare. */
static size_t
tokens(unsigned char *to, struct str s, size_t step, int fast)
{
	struct json_token token;
	struct json json;
	enum json_kind kind;
	size_t w = 0, n = 0;

	json_init(&json);
	json.fast &= fast;
	for (;;) {
		n = n + step < s.n ? n + step : s.n;
		json_feed(&json, str_sub(s, 0, n), n == s.n);
		while ((kind = json_next(&json, &token)) >= JSON_KEY) {
			if (kind == JSON_CLOSE || token.begins)
				to[w++] = (unsigned char)kind;
			if (kind == JSON_CLOSE)
				continue;
			memcpy(to + w, token.raw.p, token.raw.n);
			w += token.raw.n;
			if (token.ends)
				to[w++] = '\n';
		}
		if (kind > JSON_DONE || n == s.n)
			break;
		s = str_sub(s, (size_t)(json.p - s.p), s.n);
		n = 0;
	}
	to[w++] = (unsigned char)kind;
	to[w++] = (unsigned char)(s.n - (size_t)(json.p - s.p));
	return w;
}

/* Long strings full of escapes: fast and portable, whole and in pieces. */
static void
pieces_and_variants(void)
{
	static unsigned char a[8192], b[8192];
	const size_t inputs = check_count();
	struct made made = {.seed = 2};
	size_t i, k;

	for (i = 0; i < inputs; i++) {
		struct str s;
		size_t n;

		made.n = 0;
		add(&made, "[\"");
		for (k = pick(&made, 60); k > 0; k--)
			ADD_ONE(&made, "0123456789", "x", "\\n", "\\\\", "\\\"",
			    "\\u12aF", "\\ud83d", "\\ude00", "\xff",
			    "\\\\\\\\\\\\", "uuuu");
		add(&made, "\"]");
		if (pick(&made, 2) == 0)
			damage(&made);
		s = (struct str){made.v, made.n};
		n = tokens(a, s, s.n, 1);
		CHECK_STR(((struct str){b, tokens(b, s, s.n, 0)}),
		    ((struct str){a, n}));
		CHECK_STR(
		    ((struct str){b, tokens(b, s, 12 + pick(&made, 90), 1)}),
		    ((struct str){a, n}));
	}
}

static void
rows(const char *in, const char *key, const char *want)
{
	const struct docsplit_options split = {.prefix = ""};
	const struct reader_options options = {
	    .separator = READER_NO_BYTE, .key = key};
	struct feed f;

	whole = JSONL_WHOLE;
	feed(&f, jsonl_read, str_of(in), 1000, &split, &options);
	CHECK_STR(feed_rows(&f), str_of(want));
	feed_free(&f);
}

static void
by_hand(void)
{
	rows("{\"text\":\"a\\nb\"}", NULL, "-:1\t1\ta\n-:1\t2\tb\n");
	rows("{\"body\":\"b\",\"text\":\"t\"}", NULL, "-:1\t1\tt\n");
	rows("{\"body\":\"b\",\"text\":null}", NULL, "-:1\t1\tb\n");
	rows("{\"text\":\"a\",\"text\":\"b\"}", NULL, "-:1\t1\tb\n");
	rows("{\"text\":\"\"}\n{\"text\":\"b\"}", NULL, "-:2\t1\tb\n");
	rows("[]\n{\"text\":\"b\"}", NULL, "-:1\t1\tb\n");
	rows("{\"text\":[\"a\",\"b\"]}", NULL, "-:1\t1\ta\n-:1\t2\tb\n");
	rows("{\"text\":[\"a\",1],\"body\":\"b\"}", NULL, "-:1\t1\tb\n");
	rows("{\"a\":{\"b\":{\"c\":\"x\"}}}", "a.b.c", "-:1\t1\tx\n");
	rows("{\"a.b\":{\"c\":\"x\"}}", "a.b.c", "-:1\t1\tx\n");
	rows("{\"a.b.c\":\"x\"}", "a.b.c", "-:1\t1\tx\n");
	rows("{\"t\\u0065xt\":\"x\"}", NULL, "-:1\t1\tx\n");
	rows("\x1e{\"text\":\n\"x\"\n}\n\x1e{\"text\":\"cut\n"
	     "\x1e{\"text\":\"y\"}",
	    NULL, "-:1\t1\tx\n-:2\t1\ty\n");
}

int
main(void)
{
	check_case("rows known by hand", by_hand);
	check_case(
	    "same tokens in pieces and by variants", pieces_and_variants);
	check_case("random records as the model reads them", random_records);
	return check_done();
}
