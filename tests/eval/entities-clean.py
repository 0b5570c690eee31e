#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Bring the marks of a noisy set nearer to the conventions of entities(1).

usage: entities-clean.py GAZETTEER GOLD > GOLD
  GAZETTEER  folder of gaz.tsv and extra.tsv, rows `kind TAB name`
  GOLD       rows `doc block start end type text`

Names of countries are LOC, of peoples MISC; a large city that is marked ORG
alone is LOC; titles leave persons' names.  What was changed is counted on
standard error.
"""
import re
import sys
from collections import Counter

if len(sys.argv) != 3:
    sys.exit(__doc__)
folder, gold = sys.argv[1:]
country, city, people = set(), set(), set()
for line in open(folder + '/gaz.tsv', encoding='utf-8'):
    kind, name = line.rstrip('\n').split('\t')
    if kind == 'C':
        country.add(name)
    if kind == 'G1':
        city.add(name)
for line in open(folder + '/extra.tsv', encoding='utf-8'):
    kind, name = line.rstrip('\n').split('\t')
    if kind == 'NA' or kind == 'EG' and ' ' not in name:
        people.add(name.lower())
people |= set("""muslim sunni shi'ite shiite christian catholic kurdish kurd
    arab western european islamic jewish jew african asian hindu palestinian
    bosnian serb chechen albanian philippine tamil taiwanese iraqi
    iranian""".split())
people |= {p + 's' for p in people}
people -= country
# More often something else where they are marked ORG.
city -= {'hamas', 'orange', 'victoria'}
places = {'west bank', 'gaza strip', 'hague', 'kashmir'}
# Countries that are given names as well.
given = {'jordan', 'chad', 'georgia'}
titles = re.compile(
    '(State|Secretary-General|Information Minister|Brigadier General) ')
changes = Counter()


def right_type(kind, text):
    name = text.lower()
    if name in country and not (kind == 'PER' and name in given):
        return 'LOC'
    if name in people:
        return 'MISC'
    if kind == 'ORG' and (name in city or name in places):
        return 'LOC'
    return kind


for line in open(gold, encoding='utf-8'):
    row = line.rstrip('\n').split('\t')
    kind, text = row[4], row[5]
    if kind in ('PER', 'ORG', 'LOC', 'MISC'):
        # Left over from "Secretary of State"; a disease.
        if kind == 'ORG' and text in ('State', 'AIDS'):
            changes['dropped'] += 1
            continue
        title = titles.match(text) if kind == 'PER' else None
        row[4] = right_type(kind, text)
        if title:
            row[2] = str(int(row[2]) + title.end())
            row[5] = text[title.end():]
            changes['title cut'] += 1
        if row[4] != kind:
            changes[kind + ' to ' + row[4]] += 1
    print('\t'.join(row))
for what, n in sorted(changes.items()):
    print(what, n, file=sys.stderr)
