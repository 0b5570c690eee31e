/* SPDX-License-Identifier: ISC */
#ifndef COMMON_HYPHEN_H
#define COMMON_HYPHEN_H

#include "common/str.h"
#include "common/tok.h"

/*
 * hyphen - tokens as the name tagger wants them: "London-based", "pro-Kremlin"
 * in two, so that the name in it stands alone.  Names such as Jean-Luc and
 * al-Qaeda stay whole.
 */

/*
 * The tokens of `text` as stop_text() gives them, cut further.  Returns `raw`
 * itself if nothing is to be cut, else `list`, without its list of sentences.
 * Cost: a look at the tokens, and a copy of them if needed.
 */
const struct tok_list *hyphen_split(
    const struct tok_list *raw, struct tok_list *list, struct str text);

#endif
