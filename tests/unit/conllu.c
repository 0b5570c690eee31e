/* SPDX-License-Identifier: ISC */
#include <stdlib.h>

#include "cmd/docsplit/conllu.h"

#include "tests/unit/check.h"
#include "tests/unit/feed.h"

/* The model cuts the input into lines and sentences, each looked at alone. */

static struct {
	char s[1 << 14]; /* ends in NUL */
	size_t n;
} input;

static struct {
	char rows[1 << 16];
	size_t n, docs, sentence, faults;
	int inside;
} model;

struct sentence {
	char text[1 << 13], words[1 << 13];
	int texted, put, glued, worded;
	long covered;
};

static void
begin_doc(void)
{
	model.docs++;
	model.sentence = 0;
	model.inside = 1;
}

static void
end_sentence(struct sentence *s)
{
	const char *text = s->texted ? s->text : s->words;

	if (s->texted || s->worded) {
		if (!model.inside)
			begin_doc();
		model.sentence++;
		if (text[strspn(text, " \r")] != '\0')
			model.n += (size_t)sprintf(model.rows + model.n,
			    "-:%zu\t%zu\t%s\n", model.docs, model.sentence,
			    text);
	}
	memset(s, 0, sizeof(*s));
}

static void
comment(struct sentence *s, char *line)
{
	char *value = strchr(line, '='), key[100] = "";

	if (s->worded) {
		model.faults++;
		end_sentence(s);
	}
	if (value != NULL)
		*value++ = '\0';
	line++;
	while (*line == ' ')
		line++;
	strcpy(key, line);
	while (key[0] != '\0' && key[strlen(key) - 1] == ' ')
		key[strlen(key) - 1] = '\0';
	if (strcmp(key, "text") == 0 && value != NULL && !s->texted) {
		s->texted = 1;
		strcpy(s->text, value + (value[0] == ' '));
	}
	if (strcmp(key, "newdoc") == 0 || strncmp(key, "newdoc ", 7) == 0)
		begin_doc();
}

/* The columns of a line, which is changed; returns how many. */
static int
cut(char *line, char *v[20])
{
	int n = 0;

	for (v[n++] = line; *line != '\0'; line++)
		if (*line == '\t' && n < 20) {
			*line = '\0';
			v[n++] = line + 1;
		}
	return n;
}

static void
word(struct sentence *s, char *line)
{
	char *v[20], *end, *end2;
	int n = cut(line, v);
	long from = strtol(v[0], &end, 10), to = from;

	end2 = end;
	if ((*end == '-' || *end == '.') && end[1] >= '0' && end[1] <= '9')
		to = strtol(end + 1, &end2, 10);
	if (v[0][0] < '0' || v[0][0] > '9' || *end2 != '\0' || n < 2 ||
	    v[1][0] == '\0' || (*end == '-' && to < from)) {
		model.faults++;
		return;
	}
	model.faults += n < 10;
	s->worded = 1;
	if (*end == '.' || (*end == '\0' && from <= s->covered))
		return;
	if (*end == '-')
		s->covered = to;
	if (s->put && !s->glued)
		strcat(s->words, " ");
	strcat(s->words, v[1]);
	s->put = 1;
	/* The test makes no other value that holds this. */
	s->glued = n >= 10 && strstr(v[9], "SpaceAfter=No") != NULL;
}

static void
run_model(void)
{
	static struct sentence s;
	char copy[1 << 14], *line = copy, *nl;

	memset(&model, 0, sizeof(model));
	memset(&s, 0, sizeof(s));
	strcpy(copy, input.s);
	for (; *line != '\0'; line = nl) {
		nl = strchr(line, '\n');
		if (nl == NULL) {
			nl = line + strlen(line);
		} else {
			*nl++ = '\0';
			if (nl - 2 >= line && nl[-2] == '\r')
				nl[-2] = '\0';
		}
		if (line[0] == '#')
			comment(&s, line);
		else if (line[strspn(line, " \r")] == '\0')
			end_sentence(&s);
		else
			word(&s, line);
	}
	end_sentence(&s);
}

static void
make(uint64_t *seed)
{
	static const char *const lines[] = {"", "", " ", "# newdoc",
	    "# newdoc id = a b", "# newdocs", "#newdoc", "# text = one  two ",
	    "# text=x", "# text", "# text_en = y", "# newpar", "# sent_id = 1",
	    "# title = t", "x\ty", "1", "1\t", "1.1\te\t_", "2-1\tbad",
	    "1-2\tzum\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No", "-1\tx"};
	static const char *const misc[] = {"_", "SpaceAfter=No", "A=b",
	    "A=b|SpaceAfter=No", "SpaceAfter=No|Z=1", ""};
	size_t n = 1 + check_random(seed) % 20;
	char line[200];

	input.s[0] = '\0';
	while (n-- > 0) {
		uint64_t r = check_random(seed);

		if (r % 2)
			sprintf(line, "%d\tw%d\t_\t_\t_\t_\t_\t_\t_\t%s",
			    (int)(r / 2 % 5), (int)(r / 16 % 9),
			    misc[r / 256 % 6]);
		else
			strcpy(line, lines[r / 2 % 21]);
		strcat(line, r / 4096 % 8 ? "\n" : "\r\n");
		strcat(input.s, line);
	}
	input.n = strlen(input.s);
	if (check_random(seed) % 8 == 0)
		input.s[input.n -= check_random(seed) % input.n] = '\0';
	/* Half a CR LF at the end may be taken either way. */
	if (input.n > 0 && input.s[input.n - 1] == '\r')
		input.s[--input.n] = '\0';
}

static void
compare(void)
{
	static const struct docsplit_options split = {.prefix = ""};
	static const struct reader_options options = {
	    .separator = READER_NO_BYTE};
	const size_t rounds = check_count();
	uint64_t seed = 1;
	size_t i;

	for (i = 0; i < rounds && check.failures == 0; i++) {
		struct feed got;

		make(&seed);
		run_model();
		/* Small reads take long, and the socket holds a few hundred. */
		feed(&got, conllu_read,
		    (struct str){(unsigned char *)input.s, input.n},
		    i % 32 < 3 ? input.n / 200 + 1 + i % 32 : 1 << 14, &split,
		    &options);
		if (!CHECK_EQ(got.faults, model.faults) ||
		    !CHECK_STR(feed_rows(&got),
			((struct str){(unsigned char *)model.rows, model.n})))
			printf("# round %zu: %s\n", i, input.s);
		feed_free(&got);
	}
}

int
main(void)
{
	check_case("random treebanks, against a slow model", compare);
	return check_done();
}
