#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""The tools at a terminal: progress, and a hint when nothing is named.

Prints `ok` or `not ok` for each check.
"""
import os
import pty
import re
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BIN = os.path.join(os.path.abspath(os.environ.get("BUILD", ROOT + "/build")),
                   "bin")
TOOLS = ["docsplit", "declutter", "dedupe", "entities", "quotes"]
TEXT = b'd\t1\t"It was so," said Anna Berg of Oslo.\n'
failed = False


def check(what, holds, said=b""):
    global failed
    if not holds:
        failed = True
        print("# said", said)
    print("ok" if holds else "not ok", "- terminal:", what)


def terminal():
    """Both ends of one, the tool's end without echo."""
    ours, theirs = pty.openpty()
    subprocess.run(["stty", "-echo"], stdin=theirs, check=True)
    return ours, theirs


def heard(end):
    """What was written to a terminal that nobody else has open."""
    said = b""
    try:
        while more := os.read(end, 4096):
            said += more
    except OSError:
        pass
    os.close(end)
    return said


def start(tool, *options, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL):
    ours, theirs = terminal()
    if stdout == "terminal":
        stdout = theirs
    if stdin == "terminal":
        stdin = theirs
    p = subprocess.Popen([os.path.join(BIN, tool), *options], stdin=stdin,
                         stdout=stdout, stderr=theirs)
    os.close(theirs)
    return p, ours


# All at once: each needs the second that comes before the first line.
runs = [(t, start(t, "--progress")) for t in TOOLS]
plain = start("quotes")
shown = start("quotes", "--progress", stdout="terminal")
log = subprocess.Popen([os.path.join(BIN, "quotes"), "--progress"],
                       stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                       stderr=subprocess.PIPE)
asked = subprocess.Popen([os.path.join(BIN, "quotes"), "--progress=always"],
                         stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                         stderr=subprocess.PIPE)
every = [p for _, (p, _) in runs] + [plain[0], shown[0], log, asked]
for p in every:
    p.stdin.write(TEXT * 100)
    p.stdin.flush()
# No byte comes meanwhile: the line is drawn all the same.
time.sleep(2.3)
for p in every:
    p.stdin.write(TEXT.replace(b"d\t1", b"e\t2"))
    p.stdin.close()
for tool, (p, end) in runs:
    said = heard(end)
    check(f"{tool} says how far it is", p.wait() <= 1 and re.search(
        rb"^%s: 4\.\d kB, \d\.\d kB/s, \d+ docs\033\[K\r" % tool.encode(),
        said), said)
    check(f"{tool} says what it was", re.search(
        rb"%s: 4\.\d kB, \d\.\d kB/s, \d docs, in 0:00:02\033\[K\r\n"
        % tool.encode(), said), said)
said = heard(plain[1])
check("no progress unasked", plain[0].wait() <= 1 and b"kB" not in said, said)
said = heard(shown[1])
check("no progress among the rows", shown[0].wait() <= 1 and
      b"kB" not in said and b"Anna Berg" in said, said)
said = log.stderr.read()
check("no progress without a terminal", b"kB" not in said, said)
said = asked.stderr.read()
check("progress without a terminal, when asked",
      re.search(rb"^quotes: 4\.\d kB, .* in 0:00:02\n", said), said)

# A file, of which a share was read when the first second is over.
with tempfile.NamedTemporaryFile() as f:
    os.truncate(f.name, 0)
    f.write(b'"It was so," said Anna Berg of Oslo. ' * 40000 + b"\n")
    f.flush()
    p, end = start("quotes", "--progress", *([f.name] * 60))
    said = b""
    while b"left" not in said and p.poll() is None:
        said += os.read(end, 4096)
    p.kill()
    p.wait()
    os.close(end)
    check("a share of files and the time left",
          re.search(rb", \d+ docs, \d+ %, 0:\d\d:\d\d left\033", said), said)

for tool in TOOLS:
    p, end = start(tool, stdin="terminal")
    said = b""
    while b"\n" not in said:
        said += os.read(end, 4096)
    os.write(end, b"Anna.\n\004")
    code = p.wait()
    check(f"{tool} at a terminal says what it waits for",
          code == 0 and b"Ctrl-D" in said, said)
    os.close(end)
p, end = start("quotes", "-", stdin="terminal")
os.write(end, b"Anna.\n\004")
said = heard(end)
check("no hint where the terminal is named", p.wait() == 0 and
      b"Ctrl-D" not in said, said)
sys.exit(failed)
