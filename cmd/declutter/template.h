/* SPDX-License-Identifier: ISC */
#ifndef DECLUTTER_TEMPLATE_H
#define DECLUTTER_TEMPLATE_H

#include <stddef.h>
#include <stdint.h>

#include "cmd/declutter/page.h"

/*
 * template - blocks that stand on several pages of one site.
 *
 * A table of fixed size counts on how many pages a block was seen.  When a
 * part of it is full, a block that one page alone had makes room, the one not
 * seen for longest.  A page whose prose is known already is a copy of another
 * one, and neither counts nor is judged.
 */

#define TEMPLATE_WAYS  8 /* entries that a block may be in */
#define TEMPLATE_SLOTS ((size_t)1 << 18)

struct template_entry {
	uint32_t key;   /* part of the hash of site and block */
	uint32_t page;  /* the page that counted last */
	uint32_t pages; /* so many counted; 0 for a free entry */
	uint32_t used;  /* when it was seen last, in pages */
};

struct template
{
	struct template_entry *v; /* TEMPLATE_SLOTS of them */
	uint32_t clock;           /* pages seen */
};

struct template *template_new(void);

/*
 * Judge the blocks of a page that score_page() decided on: sets `shift` of
 * those that other pages of the site have.  Returns how many these are; -1
 * for a copy of another page, which must not be learnt.
 */
long template_look(
    const struct template *, struct page *, uint64_t site, uint32_t id);

/* Count the blocks of a page. */
void template_learn(
    struct template *, const struct page *, uint64_t site, uint32_t id);

/*
 * Take the table from a file, if there is one, and keep other runs from it
 * until template_save() has written it.  Both return 0, or -1 with errno set:
 * EILSEQ for a file that is none of ours, EBUSY for one that is in use.
 * `*fd` is the lock, -1 at first.
 */
int template_load(struct template *, const char *path, int *fd);
int template_save(const struct template *, const char *path, int *fd);

void template_free(struct template *);

#endif
