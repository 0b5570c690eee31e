/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "common/mem.h"

#include "cmd/declutter/column.h"

static const char *const names[COL_ALL] = {
    [COL_WORDS] = "words",
    [COL_CHARS] = "chars",
    [COL_SENTENCES] = "sentences",
    [COL_PER_SENTENCE] = "per_sentence",
    [COL_ENDING] = "ending",
    [COL_START] = "start",
    [COL_BULLET] = "bullet",
    [COL_INDENT] = "indent",
    [COL_STOP] = "stop",
    [COL_LOWER] = "lower",
    [COL_UPPER] = "upper",
    [COL_TITLE] = "title",
    [COL_DIGIT] = "digit",
    [COL_PUNCT] = "punct",
    [COL_COMMA] = "comma",
    [COL_BAR] = "bar",
    [COL_CUES] = "cues",
    [COL_CUE_SHARE] = "cue_share",
    [COL_GAP] = "gap",
    [COL_COPIES] = "copies",
    [COL_EARLIER] = "earlier",
    [COL_PROSE] = "prose",
    [COL_LETTERS] = "letters",
    [COL_YOU] = "you",
    [COL_ME] = "me",
    [COL_LINK] = "link",
    [COL_QUOTES] = "quotes",
    [COL_SAID] = "said",
    [COL_DATE] = "date",
    [COL_CLOCK] = "clock",
    [COL_STAMP] = "stamp",
    [COL_NAV] = "nav",
    [COL_SHARE] = "share",
    [COL_PROMO] = "promo",
    [COL_LEGAL] = "legal",
    [COL_CAPTION] = "caption",
    [COL_COMMENT] = "comment",
    [COL_TALK] = "talk",
    [COL_TEASER] = "teaser",
    [COL_OVER] = "over",
    [COL_BYLINE] = "byline",
    [COL_BRACKETS] = "brackets",
    [COL_HEAD] = "head",
    [COL_REPEATED] = "repeated",
    [COL_SEEN] = "seen",
    [COL_TOPIC] = "topic",
    [COL_IN_TITLE] = "in_title",
    [COL_OF_TITLE] = "of_title",
    [COL_LENGTH_RANK] = "length_rank",
    [COL_LENGTH_MAX] = "length_max",
    [COL_INDENT_OFF] = "indent_off",
    [COL_CROWD] = "crowd",
    [COL_PROSE_LAST] = "prose_last",
    [COL_PROSE_NEXT] = "prose_next",
    [COL_DENSE2] = "dense2",
    [COL_DENSE5] = "dense5",
    [COL_DENSE10] = "dense10",
    [COL_DENSE20] = "dense20",
    [COL_PLACE] = "place",
    [COL_FIRST] = "first",
    [COL_LAST] = "last",
    [COL_WORDS_BEFORE] = "words_before",
    [COL_PROSE_BEFORE] = "prose_before",
    [COL_PROSE_AFTER] = "prose_after",
    [COL_LOG_BEFORE] = "log_before",
    [COL_LOG_AFTER] = "log_after",
    [COL_PAGE_PROSE] = "page_prose",
    [COL_PAGE_BLOCKS] = "page_blocks",
    [COL_PROSE_SHARE] = "prose_share",
    [COL_RUN] = "run",
    [COL_RUN_START] = "run_start",
    [COL_RUN_END] = "run_end",
    [COL_NOTE_SINCE] = "note_since",
    [COL_NOTE_TO] = "note_to",
    [COL_NOTE_BEFORE] = "note_before",
    [COL_NOTE_NEAR] = "note_near",
    [COL_TALK_SINCE] = "talk_since",
    [COL_TALK_TO] = "talk_to",
    [COL_TALK_BEFORE] = "talk_before",
    [COL_TALK_NEAR] = "talk_near",
    [COL_TALK_PROSE] = "talk_prose",
    [COL_OVER_SINCE] = "over_since",
    [COL_OVER_TO] = "over_to",
    [COL_OVER_BEFORE] = "over_before",
    [COL_OVER_NEAR] = "over_near",
    [COL_OVER_PROSE] = "over_prose",
    [COL_STAMP_SINCE] = "stamp_since",
    [COL_STAMP_TO] = "stamp_to",
    [COL_STAMP_BEFORE] = "stamp_before",
    [COL_STAMP_NEAR] = "stamp_near",
    [COL_ECHO_SINCE] = "echo_since",
    [COL_ECHO_TO] = "echo_to",
    [COL_ECHO_BEFORE] = "echo_before",
    [COL_ECHO_NEAR] = "echo_near",
    [COL_ME5] = "me5",
    [COL_YOU5] = "you5",
    [COL_TITLE_AT] = "title_at",
    [COL_TITLES] = "titles",
    [COL_NAV_WORDS] = "nav_words",
    [COL_PHRASE] = "phrase",
    [COL_PHRASE4] = "phrase4",
    [COL_PHRASE10] = "phrase10",
    [COL_PHRASE_BEFORE] = "phrase_before",
    [COL_PHRASE_AFTER] = "phrase_after",
    [COL_PHRASE_RUN] = "phrase_run",
    [COL_PHRASE_START] = "phrase_start",
    [COL_PHRASE_END] = "phrase_end",
    [COL_ODDS] = "odds",
    [COL_NEAR2] = "near2",
    [COL_NEAR5] = "near5",
    [COL_NEAR10] = "near10",
    [COL_NEAR20] = "near20",
    [COL_NEAR40] = "near40",
    [COL_LAST2] = "last2",
    [COL_LAST5] = "last5",
    [COL_LAST10] = "last10",
    [COL_LAST20] = "last20",
    [COL_LAST40] = "last40",
    [COL_NEXT2] = "next2",
    [COL_NEXT5] = "next5",
    [COL_NEXT10] = "next10",
    [COL_NEXT20] = "next20",
    [COL_NEXT40] = "next40",
    [COL_KEPT] = "kept",
    [COL_KEPT_SHARE] = "kept_share",
    [COL_KEPT_BEFORE] = "kept_before",
    [COL_KEPT_AFTER] = "kept_after",
    [COL_HOPED_BEFORE] = "hoped_before",
    [COL_HOPED_AFTER] = "hoped_after",
    [COL_HOPED] = "hoped",
    [COL_KEPT_LOG_BEFORE] = "kept_log_before",
    [COL_KEPT_LOG_AFTER] = "kept_log_after",
    [COL_BEST] = "best",
    [COL_BEST_START] = "best_start",
    [COL_BEST_END] = "best_end",
    [COL_BEST_SUM] = "best_sum",
    [COL_BEST_SECOND] = "best_second",
    [COL_BEST_SHARE] = "best_share",
    [COL_MID] = "mid",
    [COL_MID_START] = "mid_start",
    [COL_MID_END] = "mid_end",
    [COL_MID_SUM] = "mid_sum",
    [COL_MID_SECOND] = "mid_second",
    [COL_MID_SHARE] = "mid_share",
    [COL_HIGH] = "high",
    [COL_HIGH_START] = "high_start",
    [COL_HIGH_END] = "high_end",
    [COL_HIGH_SUM] = "high_sum",
    [COL_HIGH_SECOND] = "high_second",
    [COL_HIGH_SHARE] = "high_share",
    [COL_SURE_LAST] = "sure_last",
    [COL_SURE_NEXT] = "sure_next",
    [COL_REFUSED_LAST] = "refused_last",
    [COL_REFUSED_NEXT] = "refused_next",
    [COL_OFF_INDENT] = "off_indent",
    [COL_OFF_RANK] = "off_rank",
    [COL_OFF_GAP] = "off_gap",
    [COL_OFF_BULLET] = "off_bullet",
    [COL_OFF_LOWER] = "off_lower",
    [COL_OFF_LETTERS] = "off_letters",
    [COL_OFF_STOP] = "off_stop",
    [COL_OFF_ME] = "off_me",
    [COL_OFF_YOU] = "off_you",
    [COL_OFF_TOPIC] = "off_topic",
    [COL_KEPT_TOPIC] = "kept_topic",
    [COL_KEPT_LENGTH] = "kept_length",
};

void
column_start(struct columns *c, size_t n)
{
	size_t k;

	c->n = n;
	c->stride = n + 2 * (size_t)COLUMN_PAD;
	c->v = mem_grow(c->v, &c->cap, COL_ALL * c->stride, 1);
	for (k = 0; k < COL_ALL; k++) {
		memset(c->v + k * c->stride, 0, COLUMN_PAD);
		memset(c->v + (k + 1) * c->stride - COLUMN_PAD, 0, COLUMN_PAD);
	}
}

const char *
column_name(int k)
{
	return names[k];
}

int
column_find(const char *name)
{
	int k;

	for (k = 0; k < COL_ALL; k++)
		if (strcmp(names[k], name) == 0)
			return k;
	return -1;
}

void
column_free(struct columns *c)
{
	free(c->v);
	*c = (struct columns){.v = NULL};
}
