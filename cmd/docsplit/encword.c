/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "cmd/docsplit/encword.h"
#include "cmd/docsplit/header.h"
#include "cmd/docsplit/transfer.h"

/* Bytes of a charset's name, a language behind it included. */
#define LONG_NAME ((size_t)2 * CHARSET_NAME)

/* `=?charset?encoding?text?=` */
struct word {
	struct str charset, text;
	int base64;
	size_t end; /* behind it */
};

struct decoder {
	struct str s;
	size_t close; /* of the next "?=", as found last; s.n for none */
	struct charset *charset;
	struct out *to;
	struct str open; /* the set of the word before, if one stands here */
	int within;      /* whether one does */
};

static int find_word(struct decoder *, size_t, struct word *);
static int find_close(struct decoder *, size_t);
static void put_word(struct decoder *, const struct word *);
static void end_words(struct decoder *);
static void put_decoded(struct decoder *, const struct word *);
static int all_white(struct str);

void
encword_decode(struct charset *charset, struct out *to, struct str s)
{
	struct decoder d = {.s = s, .charset = charset, .to = to};
	size_t i = 0, done = 0;
	struct word word;

	if (s.n == 0)
		return;
	while (i < s.n) {
		const unsigned char *mark = memchr(s.p + i, '=', s.n - i);

		if (mark == NULL)
			break;
		i = (size_t)(mark - s.p);
		if (!find_word(&d, i, &word)) {
			i++;
			continue;
		}
		if (!d.within || !all_white(str_sub(s, done, i))) {
			end_words(&d);
			out_raw(to, str_sub(s, done, i));
		}
		put_word(&d, &word);
		i = done = word.end;
	}
	end_words(&d);
	out_raw(to, str_sub(s, done, s.n));
}

/* Whether an encoded word begins at `i`. */
static int
find_word(struct decoder *d, size_t i, struct word *word)
{
	struct str s = d->s;
	size_t from = i + 2, at = from;
	const unsigned char *star;
	int letter;

	if (s.n - i < 2 || s.p[i + 1] != '?')
		return 0;
	while (at < s.n && at - from < LONG_NAME && s.p[at] > ' ' &&
	       s.p[at] != '?')
		at++;
	if (s.n - at < 3 || at == from || s.p[at] != '?' || s.p[at + 2] != '?')
		return 0;
	word->charset = str_sub(s, from, at);
	/* RFC 2231, section 5: a language may follow the set. */
	if ((star = memchr(s.p + from, '*', at - from)) != NULL)
		word->charset.n = (size_t)(star - s.p) - from;
	letter = s.p[at + 1] | 0x20;
	if ((letter != 'b' && letter != 'q') || !find_close(d, at + 3))
		return 0;
	word->base64 = letter == 'b';
	word->text = str_sub(s, at + 3, d->close);
	word->end = d->close + 2;
	return 1;
}

/* Find the first "?=" from `i` on; it is not searched for twice. */
static int
find_close(struct decoder *d, size_t i)
{
	const unsigned char *mark;

	if (d->close >= i && d->close > 0)
		return d->close < d->s.n;
	for (d->close = i; d->close < d->s.n; d->close++) {
		mark = memchr(d->s.p + d->close, '?', d->s.n - d->close);
		if (mark == NULL)
			break;
		d->close = (size_t)(mark - d->s.p);
		if (d->close + 1 < d->s.n && mark[1] == '=')
			return 1;
	}
	d->close = d->s.n;
	return 0;
}

static void
put_word(struct decoder *d, const struct word *word)
{
	if (!d->within || !header_same(d->open, word->charset)) {
		end_words(d);
		charset_start(d->charset, word->charset);
		d->open = word->charset;
		d->within = 1;
	}
	put_decoded(d, word);
}

static void
end_words(struct decoder *d)
{
	if (d->within)
		charset_end(d->charset, d->to);
	d->within = 0;
}

/* Decode the text of a word, some of it at a time. */
static void
put_decoded(struct decoder *d, const struct word *word)
{
	unsigned char coded[256], plain[256 + TRANSFER_HELD];
	struct transfer transfer;
	struct str s = word->text;
	size_t i, n;

	transfer_start(
	    &transfer, word->base64 ? TRANSFER_BASE64 : TRANSFER_QUOTED);
	while (s.n > 0) {
		n = s.n < sizeof(coded) ? s.n : sizeof(coded);
		memcpy(coded, s.p, n);
		/* RFC 2047, section 4.2 (2). */
		for (i = 0; i < n && !word->base64; i++)
			if (coded[i] == '_')
				coded[i] = ' ';
		s = str_sub(s, n, s.n);
		n = transfer_put(&transfer, plain, (struct str){coded, n});
		charset_put(d->charset, d->to, (struct str){plain, n});
	}
	n = transfer_end(&transfer, plain);
	charset_put(d->charset, d->to, (struct str){plain, n});
}

static int
all_white(struct str s)
{
	size_t i = 0;

	while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\t'))
		i++;
	return i == s.n;
}
