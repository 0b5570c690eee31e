/* SPDX-License-Identifier: ISC */
#include "cmd/dedupe/choice.h"

const char *
choice_clash(
    const struct choice *choice, const struct dedupe_options *how, int header)
{
	const enum choice_step step = choice->step;

	if (how->text && how->show >= DEDUPE_ALL)
		return "-o text goes with rows alone that pass";
	if (choice->near && (choice->compare == DEDUPE_BYTES || choice->wide))
		return "--near compares text, by its words";
	if (choice->index == NULL &&
	    (choice->journal.forget > 0 || choice->journal.nowait ||
		choice->journal.readonly))
		return "--forget, --nowait, --readonly need --index";
	if (choice->journal.forget > 0 && choice->journal.readonly)
		return "--forget does not go with --readonly";
	if (choice->memory > 0 && step != CHOICE_ONE_PASS)
		return "--memory is for one pass; see --sketch";
	if (how->longest && step != CHOICE_TWO_PASS && step != CHOICE_RESOLVE)
		return "--keep=longest needs --two-pass or --resolve";
	if (how->least > 1 && (choice->index != NULL || choice->near))
		return "--min-count does not go with --index, --near";
	if (step != CHOICE_ONE_PASS &&
	    (choice->index != NULL || how->blocks || choice->compare != -1 ||
		choice->wide || choice->near || choice->similarity >= 1))
		return "in steps or two passes documents are compared,"
		       " near copies, without an index";
	if ((step == CHOICE_SKETCH || step == CHOICE_MATCH) &&
	    (how->show != DEDUPE_NEW || how->text || header))
		return "--sketch and --match write rows of their own";
	if (step == CHOICE_RESOLVE && header)
		return "--match writes no header: --resolve is not for -H";
	if (step == CHOICE_RESOLVE &&
	    ((how->show != DEDUPE_NEW && how->show < DEDUPE_REPORT) ||
		how->text))
		return "--resolve writes -r or --clusters";
	return NULL;
}

void
choice_settle(
    const struct choice *choice, int plain, struct dedupe_options *how)
{
	how->lines = plain;
	how->blocks |= plain;
	how->wide = choice->wide;
	how->saved = choice->index != NULL && !choice->journal.readonly;
	how->similarity = choice->similarity;
	how->compare = choice->compare != -1
			   ? (enum dedupe_compare)choice->compare
		       : plain && !choice->near ? DEDUPE_BYTES
						: DEDUPE_TEXT;
	if (choice->step != CHOICE_ONE_PASS)
		how->pass = choice->step == CHOICE_SKETCH ? DEDUPE_SKETCH
							  : DEDUPE_FIRST;
	how->near = how->compare == DEDUPE_TEXT && !how->wide &&
		    how->similarity < 1 && (choice->near || !how->blocks);
}
