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
 * Cut `text` into tokens.  Returns `raw` as stop_text() fills it if nothing is
 * to be cut further, else `list`, where sentences are kept.
 * Cost: that of stop_text(), and a copy of the tokens if needed.
 */
const struct tok_list *
hyphen_split(struct tok_list *raw, struct tok_list *list, struct str text);

#endif
