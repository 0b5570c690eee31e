/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "common/hash.h"

#include "cmd/dedupe/journal.h"

#include "tests/unit/check.h"
#include "tests/unit/vary.h"

#define HEAD  64
#define FRAME 32

static char path[] = "/tmp/newsieve-journal.XXXXXX";

/* What a file is, as journal.h describes it. */
struct model {
	enum journal_state state;
	size_t good, first;
	size_t frame[40]; /* where those of whole runs begin */
	size_t n;
};

static void
put_number(struct vary *v, uint64_t number, size_t bytes)
{
	for (; bytes > 0; bytes--, number >>= 8)
		vary_byte(v, (int)(number & 255));
}

static uint64_t
number_at(struct str s, size_t at, size_t bytes)
{
	uint64_t number = 0;

	while (bytes-- > 0)
		number = number << 8 | s.p[at + bytes];
	return number;
}

static void
put_head(struct vary *v, const uint32_t *parameter)
{
	size_t from = v->n, i;

	vary_add(v, STR_LIT("nsdedupe"));
	put_number(v, 3, 4);
	for (i = 0; i < JOURNAL_PARAMETERS; i++)
		put_number(v, parameter[i], 4);
	put_number(v, 0, 8);
	put_number(v, 0, 8);
	put_number(v, hash_64(str_sub(vary_str(v), from, v->n), 0), 8);
}

static uint64_t
sum_of(struct str frame)
{
	return hash_64(
	    str_sub(frame, FRAME, frame.n), hash_64(str_sub(frame, 0, 24), 0));
}

static void
put_frame(struct vary *v, int last, uint64_t seconds, struct str payload)
{
	struct vary frame = {.n = 0};

	vary_add(&frame, STR_LIT("fram"));
	put_number(&frame, (uint64_t)last, 4);
	put_number(&frame, payload.n, 8);
	put_number(&frame, seconds, 8);
	put_number(&frame, 0, 8);
	vary_add(&frame, payload);
	frame.n = 24;
	put_number(&frame, sum_of((struct str){frame.p, FRAME + payload.n}), 8);
	frame.n = FRAME + payload.n;
	vary_add(v, vary_str(&frame));
}

static int
blank(struct str s)
{
	while (s.n > 0 && s.p[s.n - 1] == 0)
		s.n--;
	return s.n == 0;
}

/* Bytes of the frame that `s` begins with, 0 if it has none that is whole. */
static size_t
whole(struct str s)
{
	uint64_t n;

	if (s.n < FRAME || !str_starts(s, STR_LIT("fram")))
		return 0;
	n = number_at(s, 8, 8);
	if (n > s.n - FRAME ||
	    number_at(s, 24, 8) != sum_of(str_sub(s, 0, FRAME + (size_t)n)))
		return 0;
	return FRAME + (size_t)n;
}

static enum journal_state
model_head(struct str s, const struct journal_how *how)
{
	struct vary head = {.n = 0};

	put_head(&head, how->parameter);
	if (blank(s))
		return s.n == 0 ? JOURNAL_GOOD : JOURNAL_CUT;
	if (s.n < HEAD)
		return str_starts(vary_str(&head), s) ? JOURNAL_CUT
						      : JOURNAL_FOREIGN;
	if (str_starts(s, vary_str(&head)))
		return JOURNAL_GOOD;
	if (!str_starts(s, str_sub(vary_str(&head), 0, 12)))
		return JOURNAL_FOREIGN;
	return number_at(s, HEAD - 8, 8) == hash_64(str_sub(s, 0, HEAD - 8), 0)
		   ? JOURNAL_OTHER
		   : JOURNAL_DAMAGED;
}

/* The state of what is left behind the last whole run, of which the frames up
 * to `at` are whole. */
static enum journal_state
model_rest(struct str s, size_t at)
{
	size_t i;

	s = str_sub(s, at, s.n);
	if (s.n < FRAME || blank(s))
		return JOURNAL_CUT;
	if (!str_starts(s, STR_LIT("fram")) ||
	    number_at(s, 8, 8) <= s.n - FRAME)
		return JOURNAL_DAMAGED;
	for (i = 1; i < s.n; i++)
		if (whole(str_sub(s, i, s.n)) > 0)
			return JOURNAL_DAMAGED;
	return JOURNAL_CUT;
}

static void
model_read(
    struct model *m, struct str s, const struct journal_how *how, uint64_t now)
{
	size_t at = HEAD, n, seen = 0;

	*m = (struct model){.first = HEAD};
	m->state = model_head(s, how);
	if (m->state != JOURNAL_GOOD || s.n == 0)
		return;
	m->good = HEAD;
	for (; (n = whole(str_sub(s, at, s.n))) > 0; at += n) {
		m->frame[seen++] = at;
		if (number_at(s, at + 4, 4) == 0)
			continue;
		m->n = seen;
		m->good = at + n;
		if (how->forget > 0 &&
		    number_at(s, at + 16, 8) + how->forget < now) {
			seen = m->n = 0;
			m->first = m->good;
		}
	}
	if (m->good == s.n)
		return;
	m->state = model_rest(s, at);
	if (m->state == JOURNAL_DAMAGED)
		m->good = at;
}

static void
save(struct str s)
{
	int fd = open(path, O_WRONLY | O_CREAT, 0600);

	if (fd == -1 || write(fd, s.p, s.n) != (ssize_t)s.n ||
	    ftruncate(fd, (off_t)s.n) == -1)
		abort();
	close(fd);
}

static struct str
saved(struct vary *to)
{
	int fd = open(path, O_RDONLY);
	ssize_t n = fd == -1 ? -1 : read(fd, to->p, sizeof(to->p));

	if (n == -1)
		abort();
	to->n = (size_t)n;
	close(fd);
	return vary_str(to);
}

/* Runs of up to three frames; what is held is like frames now and then. */
static void
make_file(struct vary *v, const struct journal_how *how, uint64_t now)
{
	static const uint64_t ages[] = {0, 0, 5, 1000, 90000};
	struct vary some = {.state = check_random(&v->state)};
	uint64_t age = ages[vary_below(v, 5)];
	size_t frames = vary_below(v, 7), k;

	put_head(v, how->parameter);
	for (; frames > 0; frames--) {
		int last = vary_below(v, 3) > 0;

		some.n = 0;
		if (vary_below(v, 8) == 0)
			put_frame(&some, 1, now, STR_LIT("within"));
		for (k = vary_below(v, 40); k > 0; k--)
			vary_byte(&some, (int)vary_below(v, 256));
		put_frame(v, last, now - age, vary_str(&some));
		if (last)
			age = ages[vary_below(v, 5)];
	}
}

static void
damage(struct vary *v)
{
	size_t n = v->n, at = vary_below(v, n), more;

	switch (vary_below(v, 8)) {
	case 0:
		v->n = at;
		break;
	case 1:
		v->p[at] ^= (unsigned char)(1u << vary_below(v, 8));
		break;
	case 2:
		for (more = vary_below(v, 80); more > 0; more--)
			vary_byte(v, 0);
		break;
	case 3:
		for (more = vary_below(v, 80); more > 0; more--)
			vary_byte(v, (int)vary_below(v, 256));
		break;
	case 4:
		memset(v->p + at, 0, n - at);
		break;
	case 5:
		/* The length of the first frame. */
		if (n > HEAD + FRAME)
			v->p[HEAD + 8 + vary_below(v, 3)] =
			    (unsigned char)vary_below(v, 256);
		break;
	default:
		vary_spoil(v, 0, STR_LIT("fram"));
	}
}

/* Add a run to a file that was opened, and see what it is then. */
static void
add(struct journal *j, struct str before, const struct model *m)
{
	struct vary want = {.n = 0}, got;

	if (m->first > HEAD || m->good == 0)
		put_head(&want, j->how.parameter);
	vary_add(
	    &want, str_sub(before, m->first > HEAD ? m->first : 0, m->good));
	put_frame(&want, 1, j->now, STR_LIT("one two"));
	CHECK_EQ((size_t)journal_begin(j), 0);
	CHECK_EQ((size_t)journal_put(j, STR_LIT("one ")), 0);
	CHECK_EQ((size_t)journal_put(j, STR_LIT("two")), 0);
	CHECK_EQ((size_t)journal_end(j), 0);
	CHECK_STR(saved(&got), vary_str(&want));
}

static void
compare(struct journal *j, struct str s, const struct model *m)
{
	struct str payload, want;
	size_t i;

	CHECK_EQ(j->good, m->good);
	if (m->state > JOURNAL_CUT)
		return;
	CHECK_EQ(j->first, m->first);
	for (i = 0; i < m->n; i++) {
		want = str_sub(s, m->frame[i] + FRAME, s.n);
		want.n = (size_t)number_at(s, m->frame[i] + 8, 8);
		if (CHECK_EQ((size_t)journal_next(j, &payload), 1))
			CHECK_STR(payload, want);
	}
	CHECK_EQ((size_t)journal_next(j, &payload), 0);
}

static void
equals_model(void)
{
	static const uint32_t other[JOURNAL_PARAMETERS] = {1, 1, 0, 9, 8, 7, 6};
	const size_t rounds = check_count();
	struct journal_how how = {.parameter = {2, 0, 1}};
	struct vary v = {.state = 17};
	size_t seen[JOURNAL_ERROR] = {0}, forgot = 0, i;

	for (i = 0; i < rounds; i++) {
		enum journal_state state;
		struct journal j;
		struct model m;

		v.n = 0;
		make_file(&v, &how, (uint64_t)time(NULL));
		if (vary_below(&v, 16) == 0) {
			v.n = 0;
			put_head(&v, other);
		}
		if (vary_below(&v, 4) > 0)
			damage(&v);
		save(vary_str(&v));
		how.forget = vary_below(&v, 2) * 1000;
		how.readonly = vary_below(&v, 4) == 0;
		state = journal_open(&j, path, &how);
		model_read(&m, vary_str(&v), &how, j.now);
		CHECK((j.now == 0) == how.readonly);
		CHECK_EQ((size_t)state, (size_t)m.state);
		seen[m.state]++;
		forgot += m.first > HEAD;
		compare(&j, vary_str(&v), &m);
		/* To have a run on disk takes its time. */
		if (m.state <= JOURNAL_CUT && !how.readonly && i % 64 == 0)
			add(&j, vary_str(&v), &m);
		journal_free(&j);
		journal_free(&j);
	}
	for (i = 0; i < JOURNAL_ERROR; i++)
		CHECK(i == JOURNAL_BUSY || seen[i] > rounds / 200);
	CHECK(forgot > rounds / 200);
}

static const struct journal_how plain = {.parameter = {1}};

/* A frame ends before a piece that would make it too long. */
static void
many_frames(void)
{
	static const size_t sizes[] = {3, 3, 5, 2, 1}, frames[] = {3, 3, 5, 3};
	unsigned char *p = malloc((size_t)5 << 20);
	struct journal j;
	struct str payload;
	size_t i, most = 0;

	if (p == NULL)
		abort();
	memset(p, 'x', (size_t)5 << 20);
	save(STR_LIT(""));
	CHECK(journal_open(&j, path, &plain) == JOURNAL_GOOD);
	CHECK_EQ((size_t)journal_begin(&j), 0);
	for (i = 0; i < 5; i++)
		CHECK_EQ(
		    (size_t)journal_put(&j, (struct str){p, sizes[i] << 20}),
		    0);
	CHECK_EQ((size_t)journal_end(&j), 0);
	most = j.size;
	journal_free(&j);
	free(p);
	CHECK(journal_open(&j, path, &plain) == JOURNAL_GOOD);
	CHECK_EQ(j.mapped, most);
	for (i = 0; journal_next(&j, &payload); i++)
		CHECK(i < 4 && payload.n == frames[i] << 20);
	CHECK_EQ(i, 4);
	journal_free(&j);
	/* Without its last frame none of the run was. */
	if (truncate(path, (off_t)most - 1) == -1)
		abort();
	CHECK(journal_open(&j, path, &plain) == JOURNAL_CUT);
	CHECK(!journal_next(&j, &payload));
	/* A run of nothing leaves no frame. */
	CHECK_EQ((size_t)journal_begin(&j), 0);
	CHECK_EQ((size_t)journal_end(&j), 0);
	journal_free(&j);
	CHECK(journal_open(&j, path, &plain) == JOURNAL_GOOD);
	CHECK_EQ(j.mapped, HEAD);
	journal_free(&j);
}

static void
locks(void)
{
	struct journal_how hasty = {.parameter = {1}, .nowait = 1};
	struct journal_how reader = hasty;
	struct journal a, b;

	reader.readonly = 1;
	save(STR_LIT(""));
	CHECK(journal_open(&a, path, &plain) == JOURNAL_GOOD);
	CHECK(journal_open(&b, path, &hasty) == JOURNAL_BUSY);
	journal_free(&b);
	CHECK(journal_open(&b, path, &reader) == JOURNAL_BUSY);
	journal_free(&b);
	journal_free(&a);
	CHECK(journal_open(&a, path, &reader) == JOURNAL_GOOD);
	CHECK(journal_open(&b, path, &hasty) == JOURNAL_GOOD);
	journal_free(&b);
	journal_free(&a);
}

/* Who waits for a run that writes the file anew goes on with the new one. */
static void
waits_for_new_file(void)
{
	struct journal_how forgetful = {.parameter = {1}, .forget = 10};
	struct vary file = {.n = 0}, want = {.n = 0}, got;
	struct journal j;
	pid_t child;
	int status = 1;

	put_head(&file, plain.parameter);
	put_frame(&file, 1, 1000, STR_LIT("old"));
	save(vary_str(&file));
	CHECK(journal_open(&j, path, &forgetful) == JOURNAL_GOOD);
	CHECK_EQ((size_t)journal_begin(&j), 0);
	CHECK_EQ((size_t)journal_put(&j, STR_LIT("new")), 0);
	put_head(&want, plain.parameter);
	put_frame(&want, 1, j.now, STR_LIT("new"));
	child = fork();
	if (child == -1)
		abort();
	if (child == 0) {
		/* What was open when it was forked would keep the lock. */
		journal_free(&j);
		_exit(journal_open(&j, path, &plain) != JOURNAL_GOOD ||
		      j.good != want.n || journal_begin(&j) == -1 ||
		      journal_put(&j, STR_LIT("more")) == -1 ||
		      journal_end(&j) == -1);
	}
	usleep(50000);
	CHECK_EQ((size_t)journal_end(&j), 0);
	journal_free(&j);
	CHECK(waitpid(child, &status, 0) == child && status == 0);
	saved(&got);
	CHECK_STR(str_sub(vary_str(&got), 0, want.n), vary_str(&want));
	CHECK_EQ(got.n, want.n + FRAME + 4);
}

/* Of a file that was removed meanwhile it makes another. */
static void
waits_for_no_file(void)
{
	struct journal j;
	struct vary got;
	pid_t child;
	int status = 1;

	save(STR_LIT(""));
	CHECK(journal_open(&j, path, &plain) == JOURNAL_GOOD);
	child = fork();
	if (child == -1)
		abort();
	if (child == 0) {
		journal_free(&j);
		_exit(journal_open(&j, path, &plain) != JOURNAL_GOOD ||
		      journal_begin(&j) == -1 || journal_end(&j) == -1);
	}
	usleep(50000);
	unlink(path);
	journal_free(&j);
	if (CHECK(waitpid(child, &status, 0) == child && status == 0))
		CHECK_EQ(saved(&got).n, HEAD);
}

/* A run for which there is no room leaves the file as it was. */
static void
no_room(void)
{
	static unsigned char piece[1000];
	struct rlimit little = {500, 500};
	struct vary file = {.n = 0}, got;
	struct journal j;
	pid_t child;
	int status = 1;

	put_head(&file, plain.parameter);
	put_frame(&file, 1, 1000, STR_LIT("old"));
	save(vary_str(&file));
	child = fork();
	if (child == -1)
		abort();
	if (child == 0) {
		signal(SIGXFSZ, SIG_IGN);
		setrlimit(RLIMIT_FSIZE, &little);
		alarm(20);
		_exit(journal_open(&j, path, &plain) != JOURNAL_GOOD ||
		      journal_begin(&j) == -1 ||
		      journal_put(&j, (struct str){piece, 1000}) == -1 ||
		      journal_end(&j) != -1 || errno != EFBIG);
	}
	CHECK(waitpid(child, &status, 0) == child && status == 0);
	CHECK_STR(saved(&got), vary_str(&file));
}

static void
no_journals(void)
{
	struct journal_how reader = {.parameter = {1}, .readonly = 1};
	struct journal j;

	CHECK(journal_open(&j, "/", &plain) == JOURNAL_ERROR);
	CHECK(errno == EISDIR);
	journal_free(&j);
	CHECK(journal_open(&j, "/", &reader) == JOURNAL_ERROR);
	CHECK(errno == EINVAL);
	journal_free(&j);
	CHECK(journal_open(&j, "/nonexistent/file", &reader) == JOURNAL_ERROR);
	CHECK(errno == ENOENT);
	journal_free(&j);
}

/* To look at what seems very many frames would take long. */
static void
overlapping_frames(void)
{
	enum { N = 400000 };
	struct vary frame = {.n = 0};
	unsigned char *p = malloc(N);
	struct journal j;
	size_t i;

	if (p == NULL)
		abort();
	put_head(&frame, plain.parameter);
	put_frame(&frame, 1, 1000, STR_LIT(""));
	memcpy(p, frame.p, HEAD);
	for (i = HEAD; i + FRAME <= N; i += FRAME) {
		memcpy(p + i, frame.p + HEAD, FRAME);
		p[i + 10] = i == HEAD ? 255 : 3;
	}
	save((struct str){p, i});
	CHECK(journal_open(&j, path, &plain) == JOURNAL_DAMAGED);
	CHECK_EQ(j.good, HEAD);
	journal_free(&j);
	free(p);
}

int
main(void)
{
	int fd = mkstemp(path);

	if (fd == -1)
		abort();
	close(fd);
	check_case("journal: damaged files equal the model", equals_model);
	check_case("journal: frames of a long run", many_frames);
	check_case("journal: locks", locks);
	check_case("journal: waits for a new file", waits_for_new_file);
	check_case("journal: waits and finds no file", waits_for_no_file);
	check_case("journal: no room for a run", no_room);
	check_case("journal: what is none", no_journals);
	check_case("journal: frames that overlap", overlapping_frames);
	unlink(path);
	return check_done();
}
