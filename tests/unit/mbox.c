/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "common/utf.h"

#include "cmd/docsplit/header.h"
#include "cmd/docsplit/mbox.h"

#include "tests/unit/check.h"
#include "tests/unit/feed.h"

/*
 * The model: all input in memory, cut into lines, read by recursive descent
 * and decoded whole.
 */

enum { MOST = 1 << 16, LINES = 1 << 12, DEPTH = 64 };

static struct model {
	struct str line[LINES]; /* of the message, with their ends */
	size_t n, i;
	size_t body; /* the first line that is not of the header */
	struct str boundary[DEPTH]; /* with "--" */
	size_t depth;
	unsigned char bytes[DEPTH][256];
	struct out text, part, rows;
} model;

enum where { TOP, IN_DIGEST, INSIDE };

static void entity(enum where);

static int
is_blank(struct str s)
{
	return str_eq(s, STR_LIT("\n")) || str_eq(s, STR_LIT("\r\n"));
}

static int
digit(struct str s, size_t i)
{
	return i < s.n && s.p[i] >= '0' && s.p[i] <= '9';
}

/* Whether `from` bytes from `i` on are digits and the next ones are not. */
static int
digits(struct str s, size_t i, size_t n)
{
	size_t k;

	for (k = 0; k < n; k++)
		if (!digit(s, i + k))
			return 0;
	return !digit(s, i + n) && (i == 0 || !digit(s, i - 1));
}

static int
is_dated(struct str s)
{
	int time = 0, year = 0;
	size_t i, n;

	while (s.n > 0 && s.p[s.n - 1] == '\n')
		s.n--;
	for (i = 5; i < s.n; i++) {
		for (n = 1; n <= 2; n++)
			time |= digits(s, i, n) && s.p[i - 1] != ':' &&
				s.n - i > n + 2 && s.p[i + n] == ':' &&
				digit(s, i + n + 1) && s.p[i + n + 1] <= '5' &&
				digit(s, i + n + 2);
		year |=
		    digits(s, i, 4) &&
		    (!memcmp(s.p + i, "19", 2) || !memcmp(s.p + i, "20", 2)) &&
		    strchr(" \t-/,.:", s.p[i - 1]) != NULL &&
		    (s.n - i == 4 || strchr(" \t\r-/,.:T", s.p[i + 4]) != NULL);
	}
	return time && year;
}

/* The level of the boundary that a line is, or -1. */
static int
level_of(struct str s, int *close)
{
	size_t k, n;

	for (k = model.depth; k-- > 0;) {
		struct str b = model.boundary[k];

		if (!str_starts(s, b))
			continue;
		n = b.n;
		*close = s.n - n >= 2 && memcmp(s.p + n, "--", 2) == 0;
		n += *close ? 2 : 0;
		while (n < s.n && strchr(" \t\r\n", s.p[n]) != NULL &&
		       s.p[n] != '\0')
			n++;
		if (n == s.n)
			return (int)k;
	}
	return -1;
}

static int
ends(int *level, int *close)
{
	*level = -1;
	if (model.i == model.n)
		return 1;
	*level = level_of(model.line[model.i], close);
	return *level >= 0;
}

static int
hex(int c)
{
	const char *s = "0123456789abcdef", *at;

	if (c >= 'A' && c <= 'F')
		c += 32;
	return c == 0 || (at = strchr(s, c)) == NULL ? -1 : (int)(at - s);
}

static void
put(struct out *to, int c)
{
	unsigned char byte = (unsigned char)c;

	out_raw(to, (struct str){&byte, 1});
}

/* Undo quoted-printable: look ahead as far as need be. */
static void
quoted(struct out *to, struct str s)
{
	size_t i = 0, k;

	while (i < s.n) {
		if (s.p[i] != '=') {
			put(to, s.p[i++]);
			continue;
		}
		for (k = i + 1; k < s.n && (s.p[k] == ' ' || s.p[k] == '\t');
		     k++)
			;
		if (k == s.n && (k == i + 1 || s.p[i + 1] != '\r'))
			return;
		if (s.p[k] == '\n') {
			i = k + 1;
		} else if (s.p[k] == '\r' && k + 1 < s.n &&
			   s.p[k + 1] == '\n') {
			i = k + 2;
		} else if (s.n - i > 2 && hex(s.p[i + 1]) >= 0 &&
			   hex(s.p[i + 2]) >= 0) {
			put(to, hex(s.p[i + 1]) * 16 + hex(s.p[i + 2]));
			i += 3;
		} else {
			put(to, s.p[i++]);
			if (i < s.n && s.p[i] == '=')
				put(to, s.p[i++]);
		}
	}
}

static void
base64(struct out *to, struct str s)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijkl"
				      "mnopqrstuvwxyz0123456789+/";
	unsigned long bits = 0;
	int n = 0, pads = 0;
	size_t i;

	for (i = 0; i < s.n; i++) {
		const char *at = memchr(letters, s.p[i], 64);

		if (at != NULL) {
			bits = bits * 64 + (unsigned long)(at - letters);
			n++;
			pads = n == 4 ? 0 : pads;
		}
		if (n == 4) {
			put(to, (int)(bits >> 16 & 255));
			put(to, (int)(bits >> 8 & 255));
			put(to, (int)(bits & 255));
			n = 0;
		}
		if (s.p[i] == '=' && n >= 2 && n + ++pads == 4)
			break;
	}
	if (n == 2)
		put(to, (int)(bits >> 4 & 255));
	if (n == 3) {
		put(to, (int)(bits >> 10 & 255));
		put(to, (int)(bits >> 2 & 255));
	}
}

static void
latin1(struct out *to, struct str s)
{
	size_t i;

	for (i = 0; i < s.n; i++) {
		if (s.p[i] < 128) {
			put(to, s.p[i]);
		} else {
			put(to, 0xc0 | s.p[i] >> 6);
			put(to, 0x80 | (s.p[i] & 63));
		}
	}
}

/* A text part: its lines, decoded at once. */
static void
leaf(struct str head, struct str type)
{
	struct out raw = {.fd = OUT_MEMORY}, plain = {.fd = OUT_MEMORY};
	unsigned char word[256];
	struct str s, name = {NULL, 0};
	size_t n;
	int level, close;

	n = model.text.n;
	if (n > 0 && model.text.buf[n - 1] != '\n')
		put(&model.text, '\n');
	while (!ends(&level, &close))
		out_raw(&raw, model.line[model.i++]);
	/* The line end in front of a boundary is part of that. */
	if (level >= 0 && raw.n > 0 && raw.buf[raw.n - 1] == '\n') {
		raw.n--;
		raw.n -= raw.n > 0 && raw.buf[raw.n - 1] == '\r';
	}
	s = (struct str){raw.buf, raw.n};
	header_find(head, "content-transfer-encoding", &name);
	name = (struct str){word, header_word(word, name)};
	if (str_eq(name, STR_LIT("quoted-printable")))
		quoted(&plain, s);
	else if (str_eq(name, STR_LIT("base64")))
		base64(&plain, s);
	else
		out_raw(&plain, s);
	s = (struct str){plain.buf, plain.n};
	if (header_parameter(word, &n, type, "charset") && n > 1 &&
	    word[0] == 'l')
		latin1(&model.text, s);
	else
		out_raw(&model.text, s);
	out_close(&raw);
	out_close(&plain);
}

static void
multipart(struct str type, int digest)
{
	size_t own = model.depth, n;
	unsigned char *b = model.bytes[own];
	int level, close;

	model.depth++;
	header_parameter(b + 2, &n, type, "boundary");
	b[0] = b[1] = '-';
	model.boundary[own] = (struct str){b, n + 2};
	for (;;) {
		while (!ends(&level, &close))
			model.i++;
		if (level != (int)own)
			break;
		model.i++;
		if (close)
			break;
		entity(digest ? IN_DIGEST : INSIDE);
	}
	model.depth = own;
}

static int
says(struct str head, const char *name, const char *what)
{
	unsigned char word[256];
	struct str s = {NULL, 0};

	header_find(head, name, &s);
	s = (struct str){word, header_word(word, s)};
	return str_eq(s, str_of(what));
}

/* A header and the body that it says is behind it. */
static void
entity(enum where where)
{
	struct out head = {.fd = OUT_MEMORY};
	struct str block, value = {NULL, 0}, type;
	unsigned char word[256];
	int level, close, found, keep = 0, whole = 0;

	for (; !whole && !ends(&level, &close); model.i++) {
		struct str s = model.line[model.i];

		whole = is_blank(s) || (where == TOP && model.i == model.body);
		if (whole) {
			model.i -= !is_blank(s);
			continue;
		}
		if (str_starts(s, STR_LIT("From ")) ||
		    str_starts(s, STR_LIT(">From ")))
			keep = 0;
		else if (s.p[0] != ' ' && s.p[0] != '\t') {
			whole = header_name(s) == 0;
			keep = 1;
		}
		if (whole)
			model.i--;
		else if (keep)
			out_raw(&head, s);
	}
	/* What a boundary ended has no body. */
	if (!whole) {
		out_close(&head);
		return;
	}
	block = (struct str){head.buf, head.n};
	found = header_find(block, "content-type", &value);
	type = (struct str){word, header_word(word, value)};
	if (!found && where == IN_DIGEST)
		type = STR_LIT("message/rfc822");
	if (says(block, "content-disposition", "attachment"))
		;
	else if (str_starts(type, STR_LIT("multipart/")))
		multipart(value, str_ends(type, STR_LIT("digest")));
	else if (str_eq(type, STR_LIT("message/rfc822")) &&
		 !says(block, "content-transfer-encoding", "base64"))
		entity(INSIDE);
	else if (type.n == 0 || memchr(type.p, '/', type.n) == NULL ||
		 str_eq(type, STR_LIT("text/plain")))
		leaf(block, value);
	while (!ends(&level, &close))
		model.i++;
	out_close(&head);
}

/* The rows of the text of message `number`. */
static void
put_rows(size_t number)
{
	struct str s = {model.text.buf, model.text.n};
	unsigned char clean[3 * 1000];
	size_t line = 0, none = 0;

	if (str_starts(s, STR_LIT("\xef\xbb\xbf")))
		s = str_sub(s, 3, s.n);
	while (s.n > 0) {
		const unsigned char *nl = memchr(s.p, '\n', s.n);
		size_t n = nl == NULL ? s.n : (size_t)(nl - s.p);
		struct str t = str_sub(s, 0, n);

		t.n -= nl != NULL && n > 0 && t.p[n - 1] == '\r';
		s = str_sub(s, n + (nl != NULL), s.n);
		line++;
		if (utf_blank(t))
			continue;
		t.n = utf_repair(clean, t, &none);
		t.p = clean;
		out_number(&model.rows, number);
		out_number(&model.rows, line);
		out_text(&model.rows, t);
		out_newline(&model.rows);
	}
}

/* Take one mark off the body's `>From ` lines. */
static void
unquote(void)
{
	size_t i = 0, k;

	while (i < model.n && !is_blank(model.line[i]) &&
	       (model.line[i].p[0] == ' ' || model.line[i].p[0] == '\t' ||
		   header_name(model.line[i]) > 0 ||
		   str_starts(model.line[i], STR_LIT("From ")) ||
		   str_starts(model.line[i], STR_LIT(">From "))))
		i++;
	model.body = i;
	for (; i < model.n; i++) {
		struct str s = model.line[i];

		for (k = 0; k < s.n && s.p[k] == '>'; k++)
			;
		if (k > 0 && str_starts(str_sub(s, k, s.n), STR_LIT("From ")))
			model.line[i] = str_sub(s, 1, s.n);
	}
}

static struct str
read_model(struct str s, int loose)
{
	size_t number = 0;
	int blank = 1, open = 0;

	model.rows.n = 0;
	if (str_starts(s, STR_LIT("\xef\xbb\xbf")))
		s = str_sub(s, 3, s.n);
	for (;;) {
		const unsigned char *nl =
		    s.n > 0 ? memchr(s.p, '\n', s.n) : NULL;
		size_t n = nl == NULL ? s.n : (size_t)(nl - s.p) + 1;
		struct str line = str_sub(s, 0, n);
		int begins = str_starts(line, STR_LIT("From ")) &&
			     (loose || (blank && is_dated(line)));

		if ((begins || s.n == 0) && open) {
			model.i = model.depth = model.text.n = 0;
			unquote();
			entity(TOP);
			put_rows(number);
		}
		if (s.n == 0)
			break;
		if (begins) {
			open = 1;
			number++;
			model.n = 0;
		} else if (open) {
			model.line[model.n++] = line;
		}
		blank = is_blank(line);
		s = str_sub(s, n, s.n);
	}
	return (struct str){model.rows.buf, model.rows.n};
}

/* What mailboxes are made of. */
static const char *const parts[] = {"\n", "\n", "\n", "\n\n", "\r\n", " ",
    "From a Mon Jan  1 10:00:00 2001\n", "From a Mon Jan  1 10:00:00 2001\n\n",
    "\nFrom - 2001-01-01 9:59\n", "From here 12:61 2001\n",
    "\nFrom a at 10:00 in 1812\n", "\nFrom b 10:00 2101\n",
    "\nFrom c 1999 at 10:59\n", "From +2000 on 11:11\n", "From ", ">From ",
    ">>From x\n", ">", "F", "Fr", "a", "hello world\n", "\t", "A: b\n",
    "Subject: x\n", " folded\n", "Content-Type: text/plain\n",
    "Content-Type: text/plain; charset=latin1\n", "content-type: text/html\n",
    "Content-Type: x\n", "Content-Transfer-Encoding: quoted-printable\n",
    "Content-Transfer-Encoding: base64\n", "Content-Type: message/rfc822\n",
    "Content-Type: message/external-body\n",
    "Content-Disposition: attachment\n", "Content-Disposition: inline\n",
    "Content-Type: multipart/mixed; boundary=b\n\n--b\n",
    "Content-Type: multipart/digest; boundary=\"c\"\n",
    "Content-Type: multipart/mixed; boundary=b\n", "--b\n", "--b\r\n", "--b--",
    "--b--\n", "--c\n", "--c--\n", "--c \n", "--d\n", "-", "=", "=\n", "= \n",
    "=3D", "=e9", "=C3", "=A9", "==", "=4", "SGVsbG8=\n", "YQpi", "Cg==", "/",
    "\xc3\xa9", "\xe9", "\xff", "\xef\xbb\xbf", "\\", "\r", ":", "1", "\f"};

static struct str
make(unsigned char *to, uint64_t *state)
{
	size_t i, n = 0, many = check_random(state) % 60;

	if (check_random(state) % 8 != 0) {
		memcpy(to, parts[6], strlen(parts[6]));
		n = strlen(parts[6]);
	}
	for (i = 0; i < many; i++) {
		const char *s = parts[check_random(state) %
				      (sizeof(parts) / sizeof(*parts))];

		memcpy(to + n, s, strlen(s));
		n += strlen(s);
	}
	return (struct str){to, n};
}

static void
compare(struct str s, size_t step, int loose)
{
	const struct docsplit_options split = {
	    .id = DOCSPLIT_SEQ, .prefix = ""};
	const struct reader_options options = {.loose = loose};
	struct feed got;

	feed(&got, mbox_read, s, step, &split, &options);
	CHECK_EQ((size_t)got.got, 0);
	if (!CHECK_STR(feed_rows(&got), read_model(s, loose)))
		printf("# loose %d step %zu of:\n%.*s\n#\n", loose, step,
		    (int)s.n, (const char *)s.p);
	feed_free(&got);
}

static void
random_mailboxes(void)
{
	static unsigned char bytes[MOST];
	const size_t rounds = check_count();
	uint64_t state = 1;
	size_t i;

	for (i = 0; i < rounds && check.failures < 3; i++) {
		struct str s = make(bytes, &state);
		size_t step = check_random(&state) % 3 == 0
				  ? 1 + check_random(&state) % 40
				  : MOST;

		compare(s, step, check_random(&state) % 4 == 0);
	}
}

/* Marks without end, and multiparts in each other without end. */
static void
limits(void)
{
	static const struct docsplit_options split = {
	    .id = DOCSPLIT_SEQ, .prefix = ""};
	static const struct reader_options options = {.loose = 0};
	static unsigned char bytes[MOST];
	static const char head[] = "From a Mon Jan  1 10:00:00 2001\n";
	static const char next[] =
	    "\nx\n\nFrom a Mon Jan  1 10:00:00 2001\n\ny\n";
	struct feed got;
	size_t n, i, k;

	for (i = 0; i < 2; i++) {
		n = sizeof(head) - 1;
		memcpy(bytes, head, n);
		if (i == 0) {
			bytes[n++] = '\n';
			memset(bytes + n, '>', 5000);
			n += 5000;
		}
		for (k = 0; i == 1 && k < 40; k++)
			n += (size_t)snprintf((char *)bytes + n, 200,
			    "Content-Type: multipart/mixed; boundary=b%zu\n"
			    "\n--b%zu\n",
			    k, k);
		memcpy(bytes + n, next, sizeof(next) - 1);
		n += sizeof(next) - 1;
		feed(&got, mbox_read, (struct str){bytes, n}, MOST, &split,
		    &options);
		CHECK_EQ((size_t)got.got, 0);
		CHECK(str_ends(feed_rows(&got), STR_LIT("2\t1\ty\n")));
		CHECK_EQ(got.kinds > 0, i == 1);
		feed_free(&got);
	}
}

int
main(void)
{
	model.text.fd = model.rows.fd = OUT_MEMORY;
	check_case(
	    "mbox: random mailboxes, against a slow model", random_mailboxes);
	check_case("mbox: over the limits", limits);
	out_close(&model.text);
	out_close(&model.rows);
	return check_done();
}
