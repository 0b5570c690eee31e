#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Give damaged text to the tools that read rows, built with sanitizers.

usage: mutate.py BIN [RUNS [SEED]]

BIN is the folder of the tools.  What the tests read already is cut up, has
marks, names and bytes put in, taken out and said again, and goes as plain text
or as rows to each tool in turn.  A run is well if it ends with status 0 or 1
within a minute, says nothing of a sanitizer and writes UTF-8.  The input of
one that is not is left in BIN/mutate.bad.  Prints `ok` or `not ok` lines.
"""
import glob
import os
import random
import subprocess
import sys

COMMANDS = [
    ['entities'], ['entities', '-S'], ['entities', '--offsets=utf16'],
    ['entities', '--date=2025-09-11'],
    ['entities', '-f', 'plain'], ['quotes'], ['quotes', '--speech'],
    ['quotes', '--offsets=bytes'], ['quotes', '-f', 'plain'], ['declutter'],
    ['declutter', '-a'], ['declutter', '--learn', '-v'], ['dedupe'],
    ['dedupe', '-b', '--near'], ['dedupe', '-r', '-t', '0.3'], ['dedupe', '-a'],
]
PARTS = [s.encode() for s in (
    '“', '”', '"', '‘', '’', '«', '»', '„', 'said', 'sagte', ' that ',
    'according to', 'Mr.', 'U.S.', '\t', '\n', '\\n', '\\t', '\\', '\r', '\0',
    'é', '中文', '。', '—', '-', '--', '...', '(', ')', '[', ']', '@',
    '+', '&', '/', 'http://a.b/c', '5 May 2024', '$3m', '£', '%', 'I', 'A',
    'ÀÉ', 'ß', 'İ', 'ﬁ', '\u202e', '\u200d', '\u0301', 'Berlin',
    'Ann Marie Hill', ' of the ',
    'The', ':', ';', ',', '.', '?', '!', '1', '0' * 30, 'x' * 300, ' ' * 100)]
PARTS += [b'\xff', b'\xe2\x80', b'\xed\xa0\x80', b'\xf4\x90\x80\x80']


def damaged(rng, pool):
    text = rng.choice(pool)
    start = rng.randrange(len(text) + 1)
    text = bytearray(text[start:start + rng.choice([50, 500, 5000, 20000])])
    for _ in range(rng.choice([0, 1, 5, 50, 300])):
        at = rng.randrange(len(text) + 1)
        kind = rng.randrange(5)
        if kind == 0:
            text[at:at] = rng.choice(PARTS)
        elif kind == 1:
            del text[at:at + rng.randrange(20)]
        elif kind == 2:
            text[at:at + 1] = bytes([rng.randrange(256)])
        elif kind == 3:
            text[at:at] = text[max(0, at - rng.randrange(200)):at]
        else:
            text[at:at] = rng.choice(PARTS) * rng.choice([1, 2, 50])
    if rng.random() < 0.04:
        # More than 65,536 tokens that may be one of something.
        unit = b''.join(rng.choice(PARTS) for _ in range(rng.choice([1, 2, 3])))
        text += unit * (140000 // len(unit)) + b'\n'
    if rng.random() < 0.5:
        lines = bytes(text).replace(b'\t', b' ').split(b'\n')
        return b''.join(b'd%d\t%d\t%s\n' % (i // 7, i % 7 + 1, line)
                        for i, line in enumerate(lines))
    return bytes(text)


def fault(command, text):
    try:
        done = subprocess.run(command, input=text, capture_output=True,
                              timeout=60)
    except subprocess.TimeoutExpired:
        return 'still at work after a minute'
    said = done.stderr.decode(errors='replace')
    refused = done.returncode == 2 and 'looks like a header' in said
    if (done.returncode not in (0, 1) and not refused) or \
            'Sanitizer' in said or 'runtime error' in said:
        return 'status %d: %s' % (done.returncode, said[:400])
    try:
        done.stdout.decode()
    except UnicodeDecodeError:
        return 'writes what is no UTF-8'
    return None


def main():
    tools = sys.argv[1]
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    here = os.path.dirname(os.path.abspath(__file__))
    pool = []
    for name in sorted(glob.glob(here + '/pages/*.txt') +
                       glob.glob(here + '/cases/*/*/in')):
        with open(name, 'rb') as f:
            pool.append(f.read(100000))
    failed = 0
    for command in COMMANDS:
        why = None
        for _ in range(runs):
            text = damaged(rng, pool)
            why = fault([os.path.join(tools, command[0])] + command[1:], text)
            if why:
                with open(os.path.join(tools, 'mutate.bad'), 'wb') as f:
                    f.write(text)
                print('# ' + why.replace('\n', '\n# '))
                failed += 1
                break
        print('%s - damaged text, %s' % ('not ok' if why else 'ok',
                                         ' '.join(command)), flush=True)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
