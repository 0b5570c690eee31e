#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Turn a text with names marked in braces into rows.

usage: entities-rows.py TEXT FOLDER
  TEXT    a block a line, a document up to an empty line; {P name} is a
          person, {O name} a body, {L name} a place, {M name} another name;
          lines that begin with `#` are passed over
  FOLDER  where to write records.tsv, rows `doc block text`, and gold.tsv,
          rows `doc block start end type text`
"""
import os
import re
import sys

if len(sys.argv) != 3:
    sys.exit(__doc__)
TYPES = {'P': 'PER', 'O': 'ORG', 'L': 'LOC', 'M': 'MISC'}
os.makedirs(sys.argv[2], exist_ok=True)
records = open(sys.argv[2] + '/records.tsv', 'w', encoding='utf-8')
gold = open(sys.argv[2] + '/gold.tsv', 'w', encoding='utf-8')
name = os.path.basename(sys.argv[1]).removesuffix('.txt')
doc, block = 1, 0
for number, line in enumerate(open(sys.argv[1], encoding='utf-8'), 1):
    line = line.rstrip('\n')
    if line.startswith('#'):
        continue
    if line == '':
        doc, block = doc + 1, 0
        continue
    block += 1
    text, done = '', 0
    for mark in re.finditer(r'\{([POLM]) ([^{}]+)\}', line):
        text += line[done:mark.start()]
        done = mark.end()
        print(f'{name}{doc}', block, len(text), len(text) + len(mark[2]),
              TYPES[mark[1]], mark[2], sep='\t', file=gold)
        text += mark[2]
    text += line[done:]
    if re.search(r'[{}\\\t]', text):
        sys.exit(f'{sys.argv[1]}:{number}: a stray brace, backslash or tab')
    print(f'{name}{doc}', block, text, sep='\t', file=records)
