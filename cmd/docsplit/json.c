/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "cmd/docsplit/json.h"
#include "cmd/docsplit/json_avx2.h"
#include "cmd/docsplit/unescape.h"

/* What may come next. */
enum {
	IN_KEY,
	IN_STRING,
	IN_NUMBER,
	VALUE,
	FIRST_VALUE, /* or the end of the array */
	KEY,
	FIRST_KEY, /* or the end of the object */
	COLON,
	NEXT, /* a comma or the end of the container */
	COMPLETE
};

/* Inside a number: what it ends with so far. */
enum {
	NUMBER_BEGIN,
	NUMBER_MINUS,
	NUMBER_ZERO,
	NUMBER_INT,
	NUMBER_DOT,
	NUMBER_FRACTION,
	NUMBER_E,
	NUMBER_SIGN,
	NUMBER_EXPONENT,
	NUMBER_STATES
};

/* Kinds of byte in a number. */
enum { OTHER, ZERO, DIGIT, MINUS, PLUS, DOT, E, NUMBER_BYTES };

static enum json_kind step(struct json *, struct json_token *);
static enum json_kind key(struct json *, struct json_token *);
static enum json_kind value(struct json *, struct json_token *);
static enum json_kind open(struct json *, struct json_token *, int);
static enum json_kind close(struct json *);
static enum json_kind word(struct json *, struct json_token *, struct str);
static enum json_kind number(struct json *, struct json_token *, int);
static int number_byte(unsigned char);
static enum json_kind
string(struct json *, struct json_token *, enum json_kind, int);
static enum json_kind cut_string(struct json *, struct json_token *,
    enum json_kind, const unsigned char *, int);
static int white(struct json *);

void
json_init(struct json *json)
{
	json->p = json->end = NULL;
	json->last = 0;
	json->depth = 0;
	json->watch = JSON_DEPTH;
	json->state = VALUE;
	json->in_object = 0;
	json->to = NULL;
#ifdef JSON_AVX2
	json->fast = json_avx2_here();
#else
	json->fast = 0;
#endif
}

void
json_feed(struct json *json, struct str s, int last)
{
	json->p = s.p;
	json->end = s.p + s.n;
	json->last = last;
	json->to = NULL;
}

enum json_kind
json_next(struct json *json, struct json_token *token)
{
	enum json_kind kind;

	do
		kind = step(json, token);
	while (json->depth > json->watch && kind >= JSON_KEY &&
	       !((kind == JSON_OBJECT || kind == JSON_ARRAY) &&
		   json->depth == json->watch + 1));
	token->kind = kind;
	return kind;
}

int
json_complete(const struct json *json)
{
	return json->state == COMPLETE;
}

/* One token, of any depth. */
static enum json_kind
step(struct json *json, struct json_token *token)
{
	switch (json->state) {
	case IN_KEY:
		return string(json, token, JSON_KEY, 0);
	case IN_STRING:
		return string(json, token, JSON_STRING, 0);
	case IN_NUMBER:
		return number(json, token, 0);
	}
	if (!white(json))
		return json->state == COMPLETE ? JSON_DONE : JSON_MORE;
	switch (json->state) {
	case COLON:
		if (*json->p != ':')
			return JSON_BAD;
		json->p++;
		json->state = VALUE;
		break;
	case NEXT:
		if (*json->p != ',')
			return close(json);
		json->p++;
		json->state = json->in_object ? KEY : VALUE;
		break;
	case FIRST_VALUE:
		if (*json->p == ']')
			return close(json);
		break;
	case FIRST_KEY:
		if (*json->p == '}')
			return close(json);
		break;
	case COMPLETE:
		return JSON_BAD;
	}
	if (!white(json))
		return JSON_MORE;
	if (json->state == KEY || json->state == FIRST_KEY)
		return key(json, token);
	return value(json, token);
}

static enum json_kind
key(struct json *json, struct json_token *token)
{
	if (*json->p != '"')
		return JSON_BAD;
	json->p++;
	return string(json, token, JSON_KEY, 1);
}

static enum json_kind
value(struct json *json, struct json_token *token)
{
	switch (*json->p) {
	case '"':
		json->p++;
		return string(json, token, JSON_STRING, 1);
	case '{':
		return open(json, token, 1);
	case '[':
		return open(json, token, 0);
	case 't':
		return word(json, token, STR_LIT("true"));
	case 'f':
		return word(json, token, STR_LIT("false"));
	case 'n':
		return word(json, token, STR_LIT("null"));
	default:
		return number(json, token, 1);
	}
}

static enum json_kind
open(struct json *json, struct json_token *token, int object)
{
	const uint64_t bit = (uint64_t)1 << json->depth % 64;
	uint64_t *objects = &json->objects[json->depth / 64];

	if (json->depth == JSON_DEPTH)
		return JSON_DEEP;
	*objects = object ? *objects | bit : *objects & ~bit;
	json->depth++;
	json->in_object = object;
	json->state = object ? FIRST_KEY : FIRST_VALUE;
	token->raw = (struct str){json->p++, 1};
	token->escaped = 0;
	token->begins = token->ends = 1;
	return object ? JSON_OBJECT : JSON_ARRAY;
}

static enum json_kind
close(struct json *json)
{
	unsigned int outer;

	if (*json->p != (json->in_object ? '}' : ']'))
		return JSON_BAD;
	json->p++;
	json->depth--;
	json->state = json->depth == 0 ? COMPLETE : NEXT;
	if (json->depth > 0) {
		outer = json->depth - 1;
		json->in_object =
		    (int)(json->objects[outer / 64] >> outer % 64 & 1);
	}
	return JSON_CLOSE;
}

/* After a value inside of a container, or after the outermost. */
static inline void
end_value(struct json *json)
{
	json->state = json->depth == 0 ? COMPLETE : NEXT;
}

static enum json_kind
word(struct json *json, struct json_token *token, struct str text)
{
	size_t left = (size_t)(json->end - json->p), n = 0;

	while (n < left && n < text.n && json->p[n] == text.p[n])
		n++;
	if (n < left && n < text.n) {
		json->p += n;
		return JSON_BAD;
	}
	if (n < text.n)
		return JSON_MORE;
	token->raw = (struct str){json->p, text.n};
	token->escaped = 0;
	token->begins = token->ends = 1;
	json->p += text.n;
	end_value(json);
	return JSON_WORD;
}

static enum json_kind
number(struct json *json, struct json_token *token, int begins)
{
	/* RFC 8259, section 6; what is not named here ends the number. */
	static const unsigned char after[NUMBER_STATES][NUMBER_BYTES] = {
	    [NUMBER_BEGIN] = {[ZERO] = NUMBER_ZERO,
		[DIGIT] = NUMBER_INT,
		[MINUS] = NUMBER_MINUS},
	    [NUMBER_MINUS] = {[ZERO] = NUMBER_ZERO, [DIGIT] = NUMBER_INT},
	    [NUMBER_ZERO] = {[DOT] = NUMBER_DOT, [E] = NUMBER_E},
	    [NUMBER_INT] = {[ZERO] = NUMBER_INT,
		[DIGIT] = NUMBER_INT,
		[DOT] = NUMBER_DOT,
		[E] = NUMBER_E},
	    [NUMBER_DOT] =
		{[ZERO] = NUMBER_FRACTION, [DIGIT] = NUMBER_FRACTION},
	    [NUMBER_FRACTION] = {[ZERO] = NUMBER_FRACTION,
		[DIGIT] = NUMBER_FRACTION,
		[E] = NUMBER_E},
	    [NUMBER_E] = {[ZERO] = NUMBER_EXPONENT,
		[DIGIT] = NUMBER_EXPONENT,
		[MINUS] = NUMBER_SIGN,
		[PLUS] = NUMBER_SIGN},
	    [NUMBER_SIGN] =
		{[ZERO] = NUMBER_EXPONENT, [DIGIT] = NUMBER_EXPONENT},
	    [NUMBER_EXPONENT] =
		{[ZERO] = NUMBER_EXPONENT, [DIGIT] = NUMBER_EXPONENT},
	};
	const unsigned char *from = json->p, *p = from;
	int state = begins ? NUMBER_BEGIN : json->number;
	int ends;

	while (p < json->end) {
		int next = after[state][number_byte(*p)];

		if (next == NUMBER_BEGIN)
			break;
		state = next;
		p++;
	}
	json->p = p;
	json->number = state;
	/* Nothing but a number on its own may end with the input. */
	ends = p < json->end || (json->last && json->depth == 0);
	if (ends && state != NUMBER_ZERO && state != NUMBER_INT &&
	    state != NUMBER_FRACTION && state != NUMBER_EXPONENT)
		return p < json->end ? JSON_BAD : JSON_MORE;
	if (!ends && (json->last || (!begins && p == from)))
		return JSON_MORE;
	token->raw = (struct str){from, (size_t)(p - from)};
	token->escaped = 0;
	token->begins = begins;
	token->ends = ends;
	json->state = IN_NUMBER;
	if (token->ends)
		end_value(json);
	return JSON_NUMBER;
}

static int
number_byte(unsigned char c)
{
	switch (c) {
	case '0':
		return ZERO;
	case '-':
		return MINUS;
	case '+':
		return PLUS;
	case '.':
		return DOT;
	case 'e':
	case 'E':
		return E;
	default:
		return c >= '1' && c <= '9' ? DIGIT : OTHER;
	}
}

/* The rest of a key or string, of which `p` is behind the opening quote. */
static enum json_kind
string(struct json *json, struct json_token *token, enum json_kind kind,
    int begins)
{
	const unsigned char *from = json->p, *end = json->end, *p = from;
	unsigned char *w = json->to;
	int n = 0;

	token->escaped = 0;
	token->begins = begins;
	token->ends = 0;
	json->to = NULL;
#ifdef JSON_AVX2
	if (json->fast && w == NULL)
		p += json_avx2_skip(
		    (struct str){p, (size_t)(end - p)}, &token->escaped);
#endif
	for (;;) {
		size_t plain = w == NULL
				   ? unescape_skip(p, end)
				   : unescape_plain(w, p, end, json->fast);

		p += plain;
		if (w != NULL)
			w += plain;
		if (p == end || *p != '\\')
			break;
		token->escaped = 1;
		if (w != NULL)
			p += unescape_run(&w, w + (end - p), p, end, &n);
		else if ((n = unescape_length(p, end)) > 0)
			p += n;
		if (n <= 0)
			return cut_string(json, token, kind, p, n);
	}
	if (p == end || *p != '"')
		return cut_string(json, token, kind, p, 0);
	token->raw = (struct str){from, (size_t)(p - from)};
	token->meant = w;
	token->ends = 1;
	json->p = p + 1;
	if (kind == JSON_KEY)
		json->state = COLON;
	else
		end_value(json);
	return kind;
}

/*
 * A key or string stops at `p` without its end: at a control, at what
 * unescape_length() gave `n` for, or as the piece ends.  What stands before
 * damage is told like any other part.
 */
static enum json_kind
cut_string(struct json *json, struct json_token *token, enum json_kind kind,
    const unsigned char *p, int n)
{
	const unsigned char *from = json->p;
	const int bad = n < 0 || (p < json->end && *p != '\\');

	/* The other half may follow. */
	if (!bad && !json->last && unescape_half(from, p))
		p -= 6;
	json->p = p;
	if (token->begins || p > from) {
		token->raw = (struct str){from, (size_t)(p - from)};
		json->state = kind == JSON_KEY ? IN_KEY : IN_STRING;
		return kind;
	}
	if (bad) {
		json->p -= n;
		return JSON_BAD;
	}
	if (json->last)
		json->p = json->end;
	return JSON_MORE;
}

/* Pass over white space; whether something follows it. */
static int
white(struct json *json)
{
	const unsigned char *p = json->p, *end = json->end;

	while (p < end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t'))
		p++;
	json->p = p;
	return p < end;
}
