/* SPDX-License-Identifier: ISC */
#ifndef COMMON_HYPHEN_H
#define COMMON_HYPHEN_H

#include "common/str.h"
#include "common/tok.h"

/*
 * hyphen - tokens as the name tagger wants them: "London-based", "ex-Muslims"
 * and "anti-Trump" in two, so that the name in them stands alone.  Given
 * names (Jean-Luc) and names like al-Qaeda stay whole.
 */

/*
 * Cut `text` into tokens, in `list`; `raw` holds what tok_text() gives.
 * Sentences are kept.  Cost: that of tok_text() and a copy.
 */
void hyphen_split(struct tok_list *raw, struct tok_list *list, struct str text);

#endif
