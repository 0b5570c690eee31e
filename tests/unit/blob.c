/* SPDX-License-Identifier: ISC */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/blob.h"
#include "common/tok.h"

#include "tests/unit/check.h"

static const char list[] = "# a comment\n"
			   "city\tNew York\n"
			   "city\tParis\n"
			   "given\tParis\n"
			   "given\tMay\n"
			   "month\tMay\n"
			   "word\tU.S.\n"
			   "word\tcaf\xc3\xa9 noir\n";

/* Beside this program: build/unit/blob and build/pack. */
static char pack[4096];

/* Run pack on `text`; returns its status, its output in `to`. */
static int
run_pack(const char *options, const char *text, unsigned char *to, size_t *n)
{
	char name[] = "/tmp/newsieve-blob.XXXXXX", command[5000];
	int fd = mkstemp(name), status;
	FILE *pipe;

	if (write(fd, text, strlen(text)) != (ssize_t)strlen(text))
		abort();
	snprintf(command, sizeof(command), "'%s' %s %s 2>/dev/null", pack,
	    options, name);
	if ((pipe = popen(command, "r")) == NULL)
		abort();
	*n = fread(to, 1, 1 << 20, pipe);
	status = pclose(pipe);
	close(fd);
	unlink(name);
	return WEXITSTATUS(status);
}

static uint32_t
look_up(const struct blob *b, const char *phrase)
{
	struct tok_list l = {0};
	size_t words;
	uint64_t hash = tok_phrase(&l, str_of(phrase), &words);

	tok_free(&l);
	return blob_find(b, hash);
}

static void
packed_and_found(void)
{
	unsigned char *p = aligned_alloc(16, 1 << 20);
	uint32_t city, given, month, word;
	struct blob b;
	size_t n;

	if (p == NULL)
		abort();
	CHECK_EQ((size_t)run_pack("-x month,x", list, p, &n), 0);
	blob_open(&b, p);
	CHECK_EQ(b.head->kinds, 4);
	/* "May" counts twice: in any case, and as it is written. */
	CHECK_EQ(b.head->phrases, 6);
	CHECK_EQ(n, sizeof(*b.head) + 8 * (size_t)b.head->kinds +
			(sizeof(*b.slot) << b.head->log2));
	city = blob_kind(&b, "city");
	given = blob_kind(&b, "given");
	month = blob_kind(&b, "month");
	word = blob_kind(&b, "word");
	CHECK_EQ(blob_kind(&b, "other"), 0);
	CHECK_EQ(city | given | month | word, 15);
	CHECK_EQ(look_up(&b, "new york"), city);
	CHECK_EQ(look_up(&b, "New  YORK"), city);
	CHECK_EQ(look_up(&b, "PARIS"), city | given);
	CHECK_EQ(look_up(&b, "york"), 0);
	CHECK_EQ(look_up(&b, "may"), given);
	CHECK_EQ(look_up(&b, "U.S."), word);
	CHECK_EQ(look_up(&b, "CAF\xc3\x89 noir"), word);
	CHECK_EQ(blob_find(&b, tok_exact(STR_LIT("May"))), month);
	CHECK_EQ(blob_find(&b, tok_exact(STR_LIT("may"))), 0);
	free(p);
}

static void
many_phrases(void)
{
	enum { N = 20000 };
	unsigned char *p = aligned_alloc(16, 1 << 20);
	char *text = malloc(N * 16), phrase[16], *w = text;
	struct blob b;
	size_t i, n;

	if (p == NULL || text == NULL)
		abort();
	for (i = 0; i < N; i++)
		w += snprintf(w, 16, "k%zu\tw%zu\n", i % 7, i);
	CHECK_EQ((size_t)run_pack("", text, p, &n), 0);
	blob_open(&b, p);
	for (i = 0; i < N; i++) {
		snprintf(phrase, sizeof(phrase), "k%zu", i % 7);
		n = blob_kind(&b, phrase);
		snprintf(phrase, sizeof(phrase), "W%zu", i);
		CHECK(n != 0 && (look_up(&b, phrase) & n) != 0);
		snprintf(phrase, sizeof(phrase), "v%zu", i);
		CHECK_EQ(look_up(&b, phrase), 0);
	}
	free(p);
	free(text);
}

static void
bad_lists(void)
{
	static const char *const bad[] = {"no tab\n", "\tphrase\n", "kind\t\n",
	    "kind\t  \n", "toolong1\tx\n"};
	unsigned char *p = malloc(1 << 20);
	size_t i, n;

	if (p == NULL)
		abort();
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (!CHECK_EQ((size_t)run_pack("", bad[i], p, &n), 2))
			printf("# %s", bad[i]);
	free(p);
}

static void
openings_are_marked(void)
{
	unsigned char *p = aligned_alloc(16, 1 << 20);
	uint32_t open;
	struct blob b;
	size_t n;

	if (p == NULL)
		abort();
	CHECK_EQ((size_t)run_pack(
		     "-o open", "city\tPort of Spain\ncity\tParis\n", p, &n),
	    0);
	blob_open(&b, p);
	open = blob_kind(&b, "open");
	CHECK(open != 0);
	CHECK_EQ(look_up(&b, "port"), open);
	CHECK_EQ(look_up(&b, "port of"), open);
	CHECK_EQ(look_up(&b, "port of spain"), blob_kind(&b, "city"));
	CHECK_EQ(look_up(&b, "spain"), 0);
	CHECK_EQ(look_up(&b, "paris"), blob_kind(&b, "city"));
	free(p);
}

int
main(int argc, char *argv[])
{
	const char *slash = strrchr(argv[0], '/');

	if (argc < 1 || slash == NULL)
		return 2;
	snprintf(pack, sizeof(pack), "%.*s/../pack", (int)(slash - argv[0]),
	    argv[0]);
	check_case("blob: phrases are packed and found", packed_and_found);
	check_case("blob: many phrases", many_phrases);
	check_case("blob: bad lists end the build", bad_lists);
	check_case(
	    "blob: what phrases begin with is marked", openings_are_marked);
	return check_done();
}
