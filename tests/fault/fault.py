#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Have every call of the system fail, one at a time, and see what comes of it.

usage: fault.py memory|call SHIM BIN [EVERY]

SHIM is the library made of shim.c, or "-" for tools that it is part of, BIN
their folder.  Of the calls of each command every EVERY-th fails; the default
is 1, all of them.

Without memory a tool ends with status 2 and says so, or writes what it would
have written.  When a call of the system fails for good, it ends with a status
above 0 and a message, or with the same output; one that is interrupted, would
block or does less than asked changes nothing.  What a tool keeps from run to
run is the old or the new after each of them, and whole.
"""
import errno
import os
import shutil
import subprocess
import sys
import tempfile
import time

PAGE = ('Home\nNews\nFerry operator told to refund passengers\n'
        '“We let our passengers down,” Anna Keller told reporters in Lausanne '
        'on 5 May 2024.\nIt will cost $3 million, said the Lake Transit '
        'Authority.\nThe ruling is the first under a law that took effect last '
        'year, she added.\nWe use cookies.\n')
ROWS = ''.join('%s\t%d\t%s\n' % (doc, i + 1, line) for doc in 'abc'
               for i, line in enumerate(PAGE.splitlines()))
MAIL = '''From a@b Mon May  6 07:08:09 2024
Subject: =?iso-8859-1?Q?Gr=FC=DFe?=
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Gr=FC=DFe, said Anna.
--b
Content-Type: text/html; charset=euc-jp
Content-Transfer-Encoding: base64

PHA+pKI8L3A+
--b--
'''
BODY = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Hello &amp; bye'
FILES = {
    'page': PAGE,
    'rows': ROWS,
    'mail': MAIL,
    'warc': 'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.b/\r\n'
            'WARC-Date: 2024-05-06T07:08:09Z\r\nContent-Type: '
            'application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n'
            % (len(BODY), BODY),
    'jsonl': '{"id": "a7", "title": "T\\u00e9", "date": "2024-05-06", "article"'
             ': {"body": "Mr. Hill won.\\nHe smiled."}}\n',
    'trec': '<DOC>\n<DOCNO> 1 </DOCNO>\n<HEADLINE>Rain</HEADLINE>\n<TEXT>\nIt '
            'rained &amp; rained.\n</TEXT>\n</DOC>\n',
    'conllu': '# newdoc id = d\n# text = It rained.\n1\tIt\tit\t_\t_\t_\t_\t_\t_'
              '\t_\n2\trained\train\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n3\t.\t.'
              '\t_\t_\t_\t_\t_\t_\t_\n\n',
    'older': 'z\t1\tAnother text, of which no other has a word.\n',
    'rules': 'drop\tcookies$\n',
    'names': 'Night ferry\tSHIP\nLake Transit Authority\tORG\n',
    'days': 'a\t\t\t2025-03-01T06:10:00Z\nb\t\t\t\n',
    'cues': 'told reporters\tdirect\n',
    'entities': 'a\t4\t30\t41\tPER\tAnna Keller\tAnna Keller\n',
}
MEMORY = '''
docsplit page
docsplit -m table page
docsplit -p -H --prefix=x --id=hash page
docsplit --sentences page
docsplit -e ^News -m table --stats page
docsplit --guess page
docsplit --fold page
docsplit -f ff page
docsplit -f nul page
docsplit -f warc -m table warc
docsplit -f mbox -m table mail
docsplit -f jsonl -k article.body --id=native -m table jsonl
docsplit -f trec -m table trec
docsplit -f conllu conllu
docsplit -f rows rows
docsplit nowhere
declutter rows
declutter -f plain page
declutter --explain -H rows
declutter -c rules --host=^[a-z] --learn rows
declutter --two-pass -o text rows
declutter --state kept rows
dedupe rows
dedupe page
dedupe -b --near rows
dedupe -r --wide rows
dedupe --memory 64K rows
dedupe --two-pass --clusters rows
dedupe --sketch rows
dedupe --index kept rows
dedupe -b --index kept rows
entities rows
entities -f plain page
entities -S -c +names --offsets=utf16 rows
entities --types PER,DATE rows
entities --meta days --date=2025-09-11 rows
quotes rows
quotes -f plain page
quotes --speech --offsets=bytes rows
quotes -E entities rows
'''
CALLS = '''
docsplit page
docsplit -u -m table page
docsplit -m table - page mail
docsplit -f jsonl -k article.body jsonl
docsplit -f mbox mail
declutter -u rows
declutter --two-pass rows
declutter -c rules rows
declutter --state kept rows
dedupe rows -
dedupe --two-pass rows
dedupe --memory 64K rows
dedupe --index kept rows
dedupe --index kept --memory 64K rows
dedupe --index kept --forget 1s rows
dedupe --index kept --readonly rows
entities rows
entities -u -c names rows
entities --meta days rows
quotes rows
quotes -E entities rows
'''
# Those that a tool is to take as if nothing had been, and those it cannot.
GENTLE = (errno.EINTR, errno.EAGAIN, 0)
HARD = (errno.EIO, errno.ENOSPC)


class Bench:
    """A folder to run commands in, with files that start out the same."""

    def __init__(self, shim, tools, kind):
        self.shim, self.tools, self.kind = shim, tools, kind
        self.home = tempfile.mkdtemp()
        self.kept = {}

    def ready(self, kept=None):
        """Files as they were; `kept` is what earlier runs left."""
        for name in os.listdir(self.home):
            if name not in FILES:
                os.remove(os.path.join(self.home, name))
        for name, text in FILES.items():
            path = os.path.join(self.home, name)
            if not os.path.exists(path):
                with open(path, 'w', encoding='utf-8', newline='') as f:
                    f.write(text)
        if kept is not None:
            with open(os.path.join(self.home, 'kept'), 'wb') as f:
                f.write(kept)

    def run(self, command, at=None, error=errno.ENOMEM, rest=0):
        """Status, output, table and messages of a command."""
        env = dict(os.environ, LC_ALL='C')
        if at is not None:
            if self.shim != '-':
                env['LD_PRELOAD'] = os.path.abspath(self.shim)
            env.update(FAULT_KIND=self.kind,
                       FAULT_AT=str(at), FAULT_ERROR=str(error),
                       FAULT_REST=str(rest), FAULT_COUNT='count')
        words = command.split()
        words[0] = os.path.join(self.tools, words[0])
        try:
            with open(os.path.join(self.home, 'page'), 'rb') as page:
                done = subprocess.run(words, cwd=self.home, env=env,
                                      stdin=page, capture_output=True,
                                      timeout=60)
        except subprocess.TimeoutExpired:
            return 'hangs', b'', b'', ''
        return (done.returncode, done.stdout, self.read('table'),
                done.stderr.decode(errors='replace'))

    def read(self, name):
        try:
            with open(os.path.join(self.home, name), 'rb') as f:
                return f.read()
        except FileNotFoundError:
            return None

    def count(self, command):
        """How many calls a command makes, and what it gives without faults."""
        self.ready(self.kept.get(command))
        want = self.run(command, at=0)
        return int(self.read('count') or b'0'), want


def failed(command, status, said, want):
    """Whether a run that came to nothing says so."""
    tool = command.split()[0]
    # An index that is in use is none of these, but well said.
    if status not in (1, 2) and (status != 75 or '--index' not in command):
        return 'status %s, wanted %s: %s' % (status, want[0], said[:2000])
    if not any(line.startswith(tool + ': ') for line in said.splitlines()):
        return 'status %s without a message: %s' % (status, said[:400])
    return None


def memory(bench, command, every):
    calls, want = bench.count(command)
    for rest in (0, 1):
        for at in range(1 + len(command) % every, calls + 1, every):
            bench.ready()
            got = bench.run(command, at, rest=rest)
            if got[:3] == want[:3]:
                continue
            why = failed(command, got[0], got[3], want)
            if why is None and got[0] != 2:
                why = 'status %d: %s' % (got[0], got[3])
            if why is not None:
                return calls, 'allocation %d%s: %s' % (
                    at, ' and those behind it' if rest else '', why)
    return calls, None


def whole(bench, command, want, got):
    """Whether what is kept is usable: a run after it ends well."""
    if ' kept' not in command or bench.read('kept') is None:
        return None
    left = bench.read('kept')
    after = bench.run(command)
    if after[0] != 0:
        return 'the next run fails: %s' % after[3]
    if got[0] == 0 and '--index' in command and '--forget' not in command \
            and '--readonly' not in command and after[1]:
        return 'what was done was not kept'
    if after[1] not in (b'', want[1]) and '--index' in command:
        return 'half of the run was kept (%d bytes)' % len(left)
    return None


def call(bench, command, every):
    calls, want = bench.count(command)
    for error in GENTLE + HARD:
        for at in range(1 + len(command) % every, calls + 1, every):
            bench.ready(bench.kept.get(command))
            got = bench.run(command, at, error)
            why = None
            if got[:3] != want[:3]:
                why = failed(command, got[0], got[3], want)
                if why is None and error == 0:
                    why = 'status %d, %s' % (got[0], got[3])
            if why is None:
                why = whole(bench, command, want, got)
            if why is not None:
                return calls, 'call %d, %s: %s' % (
                    at, errno.errorcode.get(error, 'short'), why)
    return calls, None


def main():
    kind, shim, tools = sys.argv[1:4]
    every = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    bench = Bench(shim, os.path.abspath(tools), kind)
    bad = 0

    def tell(command, calls, why):
        nonlocal bad
        print('# %d calls' % calls)
        why = 'no call is counted' if calls == 0 else why
        if why is not None:
            print('# ' + why.replace('\n', '\n# '))
            bad = 1
        print('%s - %s fails: %s' % ('ok' if why is None else 'not ok', kind,
                                     command), flush=True)

    try:
        for command in (MEMORY if kind == 'memory' else CALLS).split('\n'):
            if not command:
                continue
            if '--forget' in command or '--readonly' in command:
                bench.ready()
                bench.run('dedupe --index kept older')
                bench.kept[command] = bench.read('kept')
                time.sleep(2.1)  # what is to be forgotten must be older
            test = memory if kind == 'memory' else call
            tell(command, *test(bench, command, every))
    finally:
        shutil.rmtree(bench.home)
    return bad


if __name__ == '__main__':
    sys.exit(main())
