/* SPDX-License-Identifier: ISC */
/*
 * declutter-train - learn the model of declutter; for developers alone.
 *
 * Rows in: doc block text hits words host weight gold, as
 * tests/eval/declutter-rows.py makes them.
 */
#include <err.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common/mem.h"
#include "common/out.h"

#include "cmd/declutter/train/boost.h"
#include "cmd/declutter/train/sample.h"
#include "cmd/declutter/train/weigh.h"

#define FOLDS 3

struct train {
	struct samples all;
	struct score score;
	struct repeat repeat;
	struct boost_feature feature[1024];
	size_t features;
	struct boost_data data;
	struct boost_options first, second;
	struct weigh_options weigh;
	uint32_t slot[FOLDS + 1][PHRASE_SLOTS];
	float base[FOLDS + 1];
	const char *from, *kept, *to;
};

static void parse(struct train *, int, char *[]);
static void start(struct train *);
static void turn(struct train *);
static void say(const char *);
static void phrases(struct train *, int);
static void first_features(struct train *);
static void second_features(struct train *);
static void ask(struct train *, int, int);
static void make_data(struct train *);
static void free_data(struct train *);
static void round_of(struct train *, const struct boost_options *);
static void
whole(struct train *, const struct boost_options *, const char *, const char *);
static void put_tree(const struct tree *, struct out *);
static void write_phrases(const struct train *);
static void open_out(const struct train *, const char *, struct out *);
static void close_out(const char *, struct out *);
static void
put(struct out *, const char *, ...) __attribute__((format(printf, 2, 3)));
static void *need(size_t, size_t);

int
main(int argc, char *argv[])
{
	struct train *t = need(1, sizeof(*t));
	int fold;

	memset(t, 0, sizeof(*t));

	t->first = (struct boost_options){250, 0.10f, 4, 0.25f, 0.4f, 1};
	t->second = (struct boost_options){150, 0.10f, 4, 0.25f, 0.4f, 2};
	t->weigh = (struct weigh_options){4000, 40, 6};
	parse(t, argc, argv);
	if (sample_read(&t->all, t->from, FOLDS) == -1)
		err(2, "%s", t->from);
	say("read");
	for (fold = 0; fold < FOLDS; fold++)
		phrases(t, fold);
	say("phrases");
	start(t);
	first_features(t);
	make_data(t);
	round_of(t, &t->first);
	say("first round");
	if (t->to != NULL) {
		phrases(t, -1);
		write_phrases(t);
		whole(t, &t->first, "trees1.inc", "FIRST_BASE");
	}
	free_data(t);
	turn(t);
	second_features(t);
	make_data(t);
	round_of(t, &t->second);
	say("second round");
	if (t->kept != NULL &&
	    sample_write_kept(&t->all, t->from, t->kept, &t->score) == -1)
		err(2, "%s", t->kept);
	if (t->to != NULL)
		whole(t, &t->second, "trees2.inc", "SECOND_BASE");
	free_data(t);
	free(t);
	return 0;
}

/* -1, -2: trees of each round; -f: share of features, -q: of rows that a tree
 * learns from; -r: rate; -s: smoothing; -p: phrases; -x: seed; -k: where to
 * write what cross-validation keeps; -o: where to write the model. */
static void
parse(struct train *t, int argc, char *argv[])
{
	int ch;

	while ((ch = getopt(argc, argv, "1:2:f:k:o:p:q:r:s:x:")) != -1) {
		switch (ch) {
		case '1':
			t->first.trees = strtoul(optarg, NULL, 10);
			break;
		case '2':
			t->second.trees = strtoul(optarg, NULL, 10);
			break;
		case 'f':
			t->first.features = strtof(optarg, NULL);
			break;
		case 'k':
			t->kept = optarg;
			break;
		case 'o':
			t->to = optarg;
			break;
		case 'p':
			t->weigh.phrases = strtoul(optarg, NULL, 10);
			break;
		case 'q':
			t->first.sample = strtof(optarg, NULL);
			break;
		case 'r':
			t->first.rate = strtof(optarg, NULL);
			break;
		case 's':
			t->first.smooth = strtof(optarg, NULL);
			break;
		case 'x':
			t->first.seed = strtoul(optarg, NULL, 10);
			break;
		default:
			errx(2, "see parse() in cmd/declutter/train/main.c");
		}
	}
	if (argc - optind != 1)
		errx(2, "one file of rows wanted");
	t->from = argv[optind];
	t->second.features = t->first.features;
	t->second.sample = t->first.sample;
	t->second.rate = t->first.rate;
	t->second.smooth = t->first.smooth;
	t->second.seed = t->first.seed + 1;
}

/* Everything of the first round, phrases as weighed without the page's own
 * fold. */
static void
start(struct train *t)
{
	size_t i;

	for (i = 0; i < t->all.n; i++) {
		struct sample *s = &t->all.v[i];
		struct phrase_table table = {
		    t->slot[s->fold], t->base[s->fold]};

		repeat_start(&t->repeat, &s->page);
		score_start(&t->score, &table, &s->page, &t->repeat);
		s->columns = t->score.columns;
		t->score.columns = (struct columns){.v = NULL};
	}
	say("columns");
}

static void
turn(struct train *t)
{
	int16_t *odds = t->score.odds;
	size_t i;

	for (i = 0; i < t->all.n; i++) {
		struct sample *s = &t->all.v[i];

		t->score.columns = s->columns;
		t->score.odds = s->odds;
		repeat_start(&t->repeat, &s->page);
		score_turn(&t->score, &s->page, &t->repeat);
	}
	t->score.odds = odds;
	t->score.columns = (struct columns){.v = NULL};
}

static void
say(const char *what)
{
	fprintf(stderr, "declutter-train: %s, %.0f s\n", what,
	    (double)clock() / CLOCKS_PER_SEC);
}

/* Weigh phrases without the fold; -1: with all, into the last table. */
static void
phrases(struct train *t, int fold)
{
	struct weigh_block *v = need(t->all.blocks, sizeof(*v));
	size_t i, k, n = 0;
	int to = fold < 0 ? FOLDS : fold;

	for (i = 0; i < t->all.n; i++) {
		const struct sample *s = &t->all.v[i];

		for (k = 0; k < s->page.n; k++) {
			const struct page_block *b = &s->page.v[k];

			if (s->label[k] == SAMPLE_UNKNOWN || b->keys == 0)
				continue;
			v[n++] = (struct weigh_block){
			    s->page.key + b->first_key, b->keys, s->host,
			    s->weight[k] < 3 ? s->weight[k] / 3 + 0.1f : 1.1f,
			    s->label[k], s->fold};
		}
	}
	t->base[to] = weigh_fit(v, n, &t->weigh, fold, t->slot[to]);
	free(v);
}

static void
ask(struct train *t, int column, int step)
{
	if (t->features == sizeof(t->feature) / sizeof(t->feature[0]))
		errx(2, "too many features");
	t->feature[t->features++] =
	    (struct boost_feature){(uint8_t)column, (int8_t)step};
}

static void
first_features(struct train *t)
{
	static const int wide[] = {COL_WORDS, COL_SENTENCES, COL_ENDING,
	    COL_BULLET, COL_LOWER, COL_CUE_SHARE, COL_COPIES, COL_PROSE,
	    COL_DATE, COL_GAP, COL_BAR, COL_UPPER, COL_STOP, COL_COMMENT,
	    COL_INDENT, COL_PHRASE};
	static const int near[] = {COL_TOPIC, COL_REPEATED, COL_LENGTH_RANK,
	    COL_OF_TITLE, COL_CLOCK, COL_EARLIER, COL_TEASER, COL_CAPTION,
	    COL_BYLINE, COL_START};
	size_t i;
	int k;

	t->features = 0;
	for (k = 0; k < COL_ROUND1; k++)
		ask(t, k, 0);
	for (i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
		for (k = 1; k <= 3; k++) {
			ask(t, wide[i], -k);
			ask(t, wide[i], k);
		}
	for (i = 0; i < sizeof(near) / sizeof(near[0]); i++) {
		ask(t, near[i], -1);
		ask(t, near[i], 1);
	}
}

static void
second_features(struct train *t)
{
	int k;

	t->features = 0;
	for (k = 0; k < COL_ALL; k++)
		ask(t, k, 0);
	for (k = 1; k <= COLUMN_REACH; k++) {
		ask(t, COL_ODDS, -k);
		ask(t, COL_ODDS, k);
	}
}

/* One array of bytes for each feature, of the blocks with known labels. */
static void
make_data(struct train *t)
{
	struct boost_data *d = &t->data;
	size_t i, j, k, n = 0;

	d->label = need(t->all.blocks, 1);
	d->fold = need(t->all.blocks, 1);
	d->weight = need(t->all.blocks, sizeof(*d->weight));
	d->x = need(t->features, sizeof(*d->x));
	for (k = 0; k < t->features; k++)
		d->x[k] = need(t->all.blocks, 1);
	for (i = 0; i < t->all.n; i++) {
		const struct sample *s = &t->all.v[i];

		for (j = 0; j < s->page.n; j++) {
			if (s->label[j] == SAMPLE_UNKNOWN)
				continue;
			d->label[n] = s->label[j];
			d->fold[n] = s->fold;
			d->weight[n] = s->weight[j];
			for (k = 0; k < t->features; k++)
				d->x[k][n] = column_at(&s->columns,
				    t->feature[k].column)[(ptrdiff_t)j +
							  t->feature[k].step];
			n++;
		}
	}
	d->feature = t->feature;
	d->features = t->features;
	d->rows = n;
}

static void
free_data(struct train *t)
{
	size_t k;

	for (k = 0; k < t->features; k++)
		free(t->data.x[k]);
	free(t->data.x);
	free(t->data.label);
	free(t->data.fold);
	free(t->data.weight);
}

/* Let each fold be judged by what was learnt from the others. */
static void
round_of(struct train *t, const struct boost_options *options)
{
	struct tree *tree = need(options->trees, sizeof(*tree));
	struct tree_list list = {tree, options->trees, 0};
	size_t i;
	int fold;

	for (fold = 0; fold < FOLDS; fold++) {
		list.base = boost_fit(&t->data, options, fold, tree);
		for (i = 0; i < t->all.n; i++) {
			struct sample *s = &t->all.v[i];

			if (s->fold == fold)
				tree_sums(&list, &s->columns, s->odds);
		}
	}
	free(tree);
}

/* Learn from all, and write the trees as C. */
static void
whole(struct train *t, const struct boost_options *options, const char *name,
    const char *macro)
{
	struct tree *tree = need(options->trees, sizeof(*tree));
	int16_t base = boost_fit(&t->data, options, -1, tree);
	struct out out;
	size_t i;

	open_out(t, name, &out);
	for (i = 0; i < options->trees; i++)
		put_tree(&tree[i], &out);
	put(&out, "#define %s (%d)\n", macro, base);
	close_out(name, &out);
	free(tree);
}

static void
put_tree(const struct tree *t, struct out *out)
{
	int k;

	put(out, "{{");
	for (k = 0; k < TREE_DEPTH; k++) {
		const char *c = column_name(t->column[k]);

		put(out, k == 0 ? "COL_" : ", COL_");
		for (; *c != '\0'; c++)
			put(out, "%c",
			    *c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
	}
	put(out, "},\n {");
	for (k = 0; k < TREE_DEPTH; k++)
		put(out, k == 0 ? "%d" : ", %d", t->step[k]);
	put(out, "}, {");
	for (k = 0; k < TREE_DEPTH; k++)
		put(out, k == 0 ? "%d" : ", %d", t->bound[k]);
	put(out, "},\n {");
	for (k = 0; k < TREE_LEAVES; k++)
		put(out, k == 0 ? "%d" : ",%d", t->leaf[k]);
	put(out, "}},\n");
}

static void
write_phrases(const struct train *t)
{
	struct out out;
	size_t i;

	open_out(t, "phrases.inc", &out);
	for (i = 0; i < PHRASE_SLOTS; i++)
		if (t->slot[FOLDS][i] != 0)
			put(&out, "[%zu] = %luu,\n", i,
			    (unsigned long)t->slot[FOLDS][i]);
	put(&out, "#define PHRASE_BASE %.4ff\n", (double)t->base[FOLDS]);
	close_out("phrases.inc", &out);
}

static void
open_out(const struct train *t, const char *name, struct out *out)
{
	char path[1000];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", t->to, name);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	if (fd == -1 || out_init(out, fd, 0) == -1)
		err(2, "%s", path);
}

static void
close_out(const char *name, struct out *out)
{
	int fd = out->fd;

	if (out_close(out) == -1 || close(fd) == -1)
		err(2, "%s", name);
}

static void
put(struct out *out, const char *format, ...)
{
	char text[100];
	va_list list;

	va_start(list, format);
	vsnprintf(text, sizeof(text), format, list);
	va_end(list);
	out_raw(out, str_of(text));
}

static void *
need(size_t n, size_t size)
{
	size_t none = 0;

	return mem_grow(NULL, &none, n + 1, size);
}
