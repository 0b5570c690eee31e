#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Turn marked pages into rows for the trainer of declutter.

usage: declutter-rows.py DATASET... > rows.tsv

DATASET is a folder, or a .tar.xz of one, of PAGE.STYLE.txt with PAGE.gold.txt
(the article) or PAGE.segs.tsv (`with|without TAB segment`), and index.tsv
(name, style, page, type, url).

Pages behind whose article much follows come a second time, as NAME.short,
with most of the article left out, every third page as NAME.small, and every
fourth as NAME.wall, with a notice of declutter-walls.txt before or behind it.

Rows: doc block text, then
  hits    words of the row that belong to the article; -1 where unknown
  words   words of the row, as hits counts them
  host    of the page, its last two labels
  weight  of the page: pages that come in several styles count less
  gold    words of the article
"""
import os
import random
import re
import sys
import tarfile
import textwrap
import zlib
from collections import Counter

WORD = re.compile(r'\w+')


def files(path):
    if os.path.isdir(path):
        for name in os.listdir(path):
            with open(os.path.join(path, name), 'rb') as f:
                yield name, f.read()
        return
    with tarfile.open(path) as tar:
        for member in tar:
            if member.isfile():
                yield (os.path.basename(member.name),
                       tar.extractfile(member).read())


def host_of(url):
    m = re.match(r'\s*(?:https?:)?//([^/:?#]+)', url, re.I)
    p = m.group(1).lower().split('.') if m else []
    short = len(p) > 2 and len(p[-1]) == 2 and len(p[-2]) <= 3
    return '.'.join(p[-(3 if short else 2):])


def escape(s):
    for a, b in ('\\', '\\\\'), ('\t', '\\t'), ('\r', '\\r'), ('\n', '\\n'):
        s = s.replace(a, b)
    return s


def by_article(lines, gold):
    """(hits, words) of each line: words in shingles of four that the article
    has too, each of its shingles used once."""
    want = WORD.findall(gold)
    left = Counter(tuple(want[i:i + 4]) for i in range(max(1, len(want) - 3)))
    words, owner = [], []
    for i, line in enumerate(lines):
        w = WORD.findall(line)
        words += w
        owner += [i] * len(w)
    hit = [0] * len(words)
    for i in range(len(words) - 3):
        key = tuple(words[i:i + 4])
        if left.get(key, 0) > 0:
            left[key] -= 1
            hit[i:i + 4] = [1] * 4
    hits, count = Counter(), Counter(owner)
    for i, h in zip(owner, hit):
        hits[i] += h
    return [(hits[i], count[i]) for i in range(len(lines))], len(want)


def by_segments(lines, segments):
    """The same from segments: all words, none, or unknown.  A segment may
    run over several lines of a wrapped page."""
    text, starts = '', []
    for line in lines:
        starts.append(len(text))
        text += ' '.join(line.split()) + ' '
    starts.append(len(text))
    count = [len(WORD.findall(line)) for line in lines]
    out = [(-1, n) for n in count]
    for row in segments.splitlines():
        kind, _, segment = row.partition('\t')
        segment = ' '.join(segment.split())
        at = text.find(segment) if segment else -1
        while at >= 0:
            end = at + len(segment)
            for i in range(len(lines)):
                if starts[i] < end and starts[i + 1] > at + 1:
                    out[i] = (count[i] if kind == 'with' else 0, count[i])
            at = text.find(segment, end)
    known = sum(h for h, n in out if h > 0)
    return out, known if known > 400 else sum(count) * .4


def shortened(name, lines, marks):
    """The page with a short article: most of its end left out, so that what
    stands behind, comments above all, is longer than what is told.  None if
    too little stands behind."""
    own = [i for i, (h, n) in enumerate(marks) if n and 2 * h >= n]
    if len(own) < 4:
        return None
    behind = sum(n for h, n in marks[own[-1] + 1:] if n >= 10)
    before = sum(marks[i][1] for i in own)
    if behind < .3 * before or before < 100:
        return None
    share = .1 + .4 * zlib.crc32(name.encode()) / 2 ** 32
    kept = 0
    for i in own:
        # Paragraphs of wrapped pages are cut behind a blank line only.
        if kept >= max(40, share * before) and (
                not lines[i - 1].strip() or '.w80' not in name):
            end = own[-1] + 1
            return lines[:i] + lines[end:], marks[:i] + marks[end:]
        kept += marks[i][1]
    return None


def small(name, lines, marks):
    """Of every third page, the first paragraphs of the article and a few
    lines around: short documents are read as well."""
    dice = zlib.crc32(name.encode())
    own = [i for i, (h, n) in enumerate(marks) if n and 2 * h >= n]
    if len(own) < 3 or dice % 3 or '.w80' in name:
        return None
    own = own[:2 + dice // 3 % 8]
    full = [i for i, line in enumerate(lines) if line.strip()]
    before = [i for i in full if i < own[0]]
    behind = [i for i in full if i > own[-1] and 2 * marks[i][0] < marks[i][1]]
    near = dice // 24 % 6
    # What is left out is not seen, blank lines are.
    first = before[-near] if near and len(before) > near else own[0]
    head = list(range(first, own[-1] + 1))
    rest = behind[:dice // 144 % 7]
    pick = before[:dice // 1008 % 5] + head + rest
    pick = sorted(set(pick))
    return [lines[i] for i in pick], [marks[i] for i in pick]


def read_walls():
    """For each language the notices that ask for consent, lists of lines, and
    their words, by which pages of the language are told."""
    name = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                        'declutter-walls.txt')
    with open(name, encoding='utf-8') as f:
        text = ''.join(line for line in f if line[0] != '#')
    walls = {}
    for notice in text.strip().split('\n\n'):
        language, wall = notice.split(' ', 1)
        known, words = walls.setdefault(language, ([], set()))
        known.append(wall.split('\n'))
        words.update(WORD.findall(wall.lower()))
    return list(walls.values())


def walled(name, lines, marks, walls):
    """Of every fourth page, the page with such a notice before it or, one in
    four, behind: lines, marks, and what each line weighs.  The notice is what
    there is to learn from it."""
    dice = random.Random('notices ' + name)
    if dice.randrange(4):
        return None
    seen = Counter(WORD.findall(' '.join(lines).lower()))
    known, _ = max(walls, key=lambda wall: sum(seen[w] for w in wall[1]))
    blank = sum(not line.strip() for line in lines) * 4 > len(lines)
    indent = '   ' if '.lynx' in name else ''
    width = 80 if '.w80' in name else 10000
    behind = not dice.randrange(4)
    rows = []
    for line in dice.choice(known):
        rows += textwrap.wrap(line, width, initial_indent=indent,
                              subsequent_indent=indent)
        rows += [''] * blank
    own = [(0, len(WORD.findall(row))) for row in rows]
    weights = [.2] * len(lines)
    if behind:
        return lines + rows, marks + own, weights + [5] * len(rows)
    return rows + lines, own + marks, [5] * len(rows) + weights


def write(name, lines, marks, tail, weights=None):
    for i, (line, (hits, words)) in enumerate(zip(lines, marks), 1):
        if weights is not None:
            tail[1] = '%.2f' % weights[i - 1]
        if line.strip():
            print(name, i, escape(line), hits, words, *tail, sep='\t')


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    walls = read_walls()
    for path in sys.argv[1:]:
        store = {n: b.decode('utf-8', 'replace') for n, b in files(path)}
        index = [(r.split('\t') + [''] * 5)[:5]
                 for r in store['index.tsv'].splitlines()
                 if r and r[0] != '#']
        styles = Counter(r[2] for r in index)
        for name, _, page, _, url in sorted(index):
            if name + '.txt' not in store:
                continue
            base = name.rsplit('.', 1)[0]
            lines = store[name + '.txt'].split('\n')
            gold = store.get(name + '.gold.txt', store.get(base + '.gold.txt'))
            if gold is not None:
                marks, size = by_article(lines, gold)
            else:
                segments = store.get(name + '.segs.tsv',
                                     store.get(base + '.segs.tsv', ''))
                marks, size = by_segments(lines, segments)
            whole = size
            weight = 1 / max(1, styles[page]) ** .5
            if gold is None:
                weight *= .5
            tail = [host_of(url) or page, '%.2f' % weight, '%d' % size]
            write(name, lines, marks, tail)
            cut = shortened(name, lines, marks) if gold is not None else None
            if cut:
                size = sum(h for h, n in cut[1] if 2 * h >= n)
                tail[1:] = ['%.2f' % (weight * .2), '%d' % size]
                write(name + '.short', cut[0], cut[1], tail)
            cut = small(name, lines, marks) if gold is not None else None
            if cut:
                size = sum(h for h, n in cut[1] if 2 * h >= n)
                tail[1:] = ['%.2f' % (weight * .15), '%d' % size]
                write(name + '.small', cut[0], cut[1], tail)
            cut = walled(name, lines, marks, walls)
            if cut:
                tail[2] = '%d' % whole
                write(name + '.wall', cut[0], cut[1], tail,
                      [weight * w for w in cut[2]])


if __name__ == '__main__':
    sys.stdout.reconfigure(encoding='utf-8')
    main()
