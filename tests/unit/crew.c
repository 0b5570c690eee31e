/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <time.h>

#include "common/crew.h"
#include "common/mem.h"

#include "tests/unit/check.h"

#define DOCS     3000
#define WORKERS  8
#define SLEEPERS 64

struct worker {
	size_t done;
	size_t last; /* serial */
	int part;    /* has seen one */
};

/* Write the number of the document, now and then after a while. */
static void
work(void *worker, const struct doc *doc, struct out *out)
{
	struct timespec moment = {0, 1000000};
	struct worker *w = worker;

	if (doc->serial % 97 == 0)
		nanosleep(&moment, NULL);
	CHECK(doc->serial > w->last || doc->part);
	w->last = doc->serial;
	w->done++;
	w->part |= doc->part;
	out_raw(out, STR_LIT("\n"));
	out_number(out, doc->serial);
	out_raw(out, doc->v[0].text);
}

/* What doc_next() would give: document `serial`, which every tenth time is
 * longer than what goes in a batch. */
static void
fill(struct doc *doc, size_t serial)
{
	size_t n = serial % 10 == 0 ? 70000 : serial % 50;
	char *text;

	mem_reset(&doc->mem);
	text = mem_new(&doc->mem, n + 1, 1);
	memset(text, 'a' + (int)(serial % 26), n);
	text[n] = '\0';
	if (doc->cap == 0)
		doc->v = mem_grow(doc->v, &doc->cap, 1, sizeof(*doc->v));
	doc->v[0] = (struct doc_block){.text = str_of(text), .number = 1};
	doc->n = 1;
	doc->serial = serial;
	/* Documents 500 and 501, as it were, are one in parts. */
	doc->going_on = serial == 500;
	doc->part = serial == 501;
}

/* All that `n` workers write. */
static struct out
written(size_t n, int skip)
{
	struct worker worker[WORKERS] = {{.done = 0}};
	void *v[WORKERS];
	struct out out = {.fd = OUT_MEMORY};
	struct doc doc = {.n = 0};
	struct crew *crew;
	size_t i, done = 0;

	for (i = 0; i < n; i++)
		v[i] = &worker[i];
	crew = crew_new(
	    n, &(struct crew_plan){.work = work, .skip = skip}, v, &out);
	if (crew == NULL)
		abort();
	for (i = 1; i <= DOCS; i++) {
		fill(&doc, i);
		crew_doc(crew, &doc);
		if (i != 100)
			continue;
		crew_idle(crew);
		/* All that was handed over, but the byte to leave out. */
		CHECK(out.buf[out.n - 2] == 'a' + 100 % 26);
	}
	crew_free(crew);
	doc_free(&doc);
	for (i = 0; i < n; i++)
		done += worker[i].done;
	CHECK_EQ(done, DOCS);
	CHECK(worker[0].part);
	return out;
}

static void
order_is_kept(void)
{
	struct out one = written(1, 0), many;
	size_t n;

	for (n = 2; n <= WORKERS; n++) {
		many = written(n, 0);
		CHECK_STR(((struct str){many.buf, many.n}),
		    ((struct str){one.buf, one.n}));
		free(many.buf);
	}
	many = written(3, 1);
	CHECK_STR(((struct str){many.buf, many.n}),
	    ((struct str){one.buf + 1, one.n - 1}));
	free(many.buf);
	free(one.buf);
}

/* A sum over all documents so far, which are told apart by it. */
static void
add(void *sum, const struct doc *doc, struct str made, struct out *out)
{
	size_t *all = sum, i;

	for (i = 0; i < made.n; i++)
		*all = *all * 31 + made.p[i];
	*all += doc->serial;
	out_number(out, *all);
}

/* The same, of documents the rows of which hang on those before. */
static struct out
finished(size_t n)
{
	struct worker worker[WORKERS] = {{.done = 0}};
	void *v[WORKERS];
	size_t sum = 0, i;
	struct crew_plan plan = {.work = work, .finish = add, .arg = &sum};
	struct out out = {.fd = OUT_MEMORY};
	struct doc doc = {.n = 0};
	struct crew *crew;

	for (i = 0; i < n; i++)
		v[i] = &worker[i];
	crew = crew_new(n, &plan, v, &out);
	if (crew == NULL)
		abort();
	for (i = 1; i <= DOCS; i++) {
		fill(&doc, i);
		CHECK(crew_doc(crew, &doc));
	}
	crew_free(crew);
	doc_free(&doc);
	return out;
}

static void
order_of_finish(void)
{
	struct out one = finished(1), many;
	size_t n;

	for (n = 2; n <= WORKERS; n++) {
		many = finished(n);
		CHECK_STR(((struct str){many.buf, many.n}),
		    ((struct str){one.buf, one.n}));
		free(many.buf);
	}
	free(one.buf);
}

/* Whoever writes, the reader learns that it is of no use. */
static void
failure_is_told(void)
{
	struct worker worker[2] = {{.done = 0}};
	void *v[2] = {&worker[0], &worker[1]};
	struct doc doc = {.n = 0};
	struct crew *crew;
	struct out out;
	size_t i, n;

	for (n = 1; n <= 2; n++) {
		CHECK(out_init(&out, -2, 0) == 0);
		crew = crew_new(n, &(struct crew_plan){.work = work}, v, &out);
		if (crew == NULL)
			abort();
		worker[0].last = worker[1].last = 0;
		for (i = 1; i < 400000; i++) {
			fill(&doc, i % 1000 + 1);
			doc.serial = i;
			doc.part = doc.going_on = 0;
			if (!crew_doc(crew, &doc))
				break;
		}
		CHECK(i < 400000);
		crew_free(crew);
		CHECK(out_close(&out) == -1);
	}
	doc_free(&doc);
}

static void
nothing_to_do(void)
{
	struct worker worker[WORKERS] = {{.done = 0}};
	void *v[WORKERS];
	struct out out = {.fd = OUT_MEMORY};
	size_t i;

	for (i = 0; i < WORKERS; i++)
		v[i] = &worker[i];
	crew_free(crew_new(
	    WORKERS, &(struct crew_plan){.work = work, .skip = 1}, v, &out));
	CHECK_EQ(out.n, 0);
	CHECK(out.buf == NULL);
}

/* Work that takes its time, but no core. */
static void
sleep_over(void *worker, const struct doc *doc, struct out *out)
{
	struct timespec moment = {0, 10000000};

	(void)worker;
	nanosleep(&moment, NULL);
	out_number(out, doc->serial);
}

/* Seconds that `n` workers take for sixteen documents each, which are as long
 * as a batch. */
static double
seconds(size_t n)
{
	struct worker worker = {.done = 0};
	void *v[SLEEPERS] = {NULL};
	struct timespec from, to;
	struct out out = {.fd = OUT_MEMORY};
	struct doc doc = {.n = 0};
	struct crew *crew;
	size_t i;

	for (i = 0; i < n; i++)
		v[i] = &worker;
	crew = crew_new(n, &(struct crew_plan){.work = sleep_over}, v, &out);
	if (crew == NULL)
		abort();
	clock_gettime(CLOCK_MONOTONIC, &from);
	for (i = 1; i <= 16 * n; i++) {
		/* Of a serial that gives a long text, and no part. */
		fill(&doc, 10);
		doc.serial = i;
		crew_doc(crew, &doc);
	}
	crew_free(crew);
	clock_gettime(CLOCK_MONOTONIC, &to);
	doc_free(&doc);
	free(out.buf);
	return (double)(to.tv_sec - from.tv_sec) +
	       (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

/*
 * Were cores no limit, 64 workers would do 64 times the work in the time of
 * one: neither the ring nor the order of the rows keeps them waiting.  The
 * least of some tries counts, and it may be four times that of one, since
 * others use the machine as well.
 */
static void
all_work_at_once(void)
{
	double one = 16 * 0.01, many = 1e9, now;
	int i;

	for (i = 0; i < 10 && many > 4 * one; i++)
		if ((now = seconds(SLEEPERS)) < many)
			many = now;
	CHECK(many >= one);
	CHECK(many <= 4 * one);
}

int
main(void)
{
	check_case("crew: 64 workers that sleep do not wait for each other",
	    all_work_at_once);
	check_case("crew: rows come in the order of documents", order_is_kept);
	check_case("crew: what hangs on documents before is done in order",
	    order_of_finish);
	check_case("crew: a failure to write is told", failure_is_told);
	check_case("crew: nothing to do", nothing_to_do);
	return check_done();
}
