/* SPDX-License-Identifier: ISC */
#ifndef COMMON_STOP_H
#define COMMON_STOP_H

#include "common/str.h"
#include "common/tok.h"

/*
 * stop - the sentences of one block of text.
 *
 * A sentence ends with a stop and what belongs to it: quotation marks,
 * brackets, further stops, faces like :-) and the numbers of notes, if what
 * follows may begin another.  Without a stop it ends before the label of a
 * picture or in the head of a mail, at a line drawn of marks, behind the
 * closing of a letter, beside the date of a headline or the stamp of a mail.
 * What the words at hand have to say of that is in data/sentences.tsv.
 */

/*
 * tok_text(), and the sentences that the tokens make: all of them are in one,
 * and each holds a word if any holds one.
 * Cost: linear, a tenth of what the tokens cost.
 */
void stop_text(struct tok_list *, struct str text);

#endif
