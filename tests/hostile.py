# SPDX-License-Identifier: ISC
"""Run the tools on hostile inputs and check what holds for every input.

usage: python3 hostile.py BINDIR [FOLDER ...]

For each input, tool and format: the tool ends within ten seconds with status
0 to 2, above 0 with a message that names it; it writes valid UTF-8, the right
number of columns, no control character but tab and newline; it writes the
same when its input comes in reads of 1 byte, 7 bytes or 64 KiB; offsets
select the text they stand beside.  Prints `ok` or `not ok` for each input.
TOOLS in the environment names some of the tools, else all are run.
"""
import concurrent.futures
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading

LIMIT = 10  # seconds
COLUMNS = {"docsplit": 3, "declutter": 3, "dedupe": 3, "entities": 7,
           "quotes": 10}
TOOLS = os.environ.get("TOOLS", " ".join(COLUMNS)).split()
FORMATS = {
    "docsplit": [["-f", f] for f in (
        "auto plain ff nul warc mbox jsonl trec conllu rows").split()] + [
            ["-p"], ["-e", "^[^ ]*$"], ["--id=hash", "--prefix=x"],
            ["--sentences"], ["--guess"], ["--fold"], ["--unfold"],
            ["-f", "mbox", "--loose", "-p", "-m", "/dev/null"],
            ["-f", "jsonl", "-k", "a.b", "--id=native"]],
    "dedupe": [["-f", "auto"], ["-f", "rows"], ["-f", "plain"], ["-b"],
               ["-r"]],
    None: [["-f", "auto"], ["-f", "rows"], ["-f", "plain"]],
}
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
ENV = dict(os.environ, LC_ALL="C", ASAN_OPTIONS="exitcode=99",
           UBSAN_OPTIONS="exitcode=99:print_stacktrace=1")
# To look for leaks takes as long as to start; other reads leak nothing else.
AGAIN = dict(ENV, ASAN_OPTIONS="exitcode=99:detect_leaks=0")


def inputs():
    """Yield name and bytes of each input."""
    rng = random.Random(1)
    yield "empty", b""
    yield "newline", b"\n"
    yield "newlines", b"\n" * 5000
    yield "carriage-returns", b"a\rb\r\rc\r" * 50
    yield "mixed-line-ends", b"one\r\ntwo\nthree\r\r\nfour\n\rfive"
    yield "no-last-newline", b"First line.\nLast line"
    yield "bom", b"\xef\xbb\xbfText after a mark.\n\xef\xbb\xbfAgain.\n"
    yield "bom-rows", b"\xef\xbb\xbfd\t1\tMark before rows.\n"
    yield "nul", b"a\0b\0\0c\n\0\n" * 20
    yield "controls", bytes(range(256)) * 4
    yield "c1", "".join(map(chr, range(0x80, 0xa0))).encode() * 3 + b"\n"
    yield "terminal", (b"\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b2J \x1bP$q"
                       b"\x1b\\ \xc2\x9b2J \x0e\x0f\x08\x7f\n")
    yield "latin1", "Größe, señor, café: déjà vu\n".encode("latin-1") * 9
    yield "cp1252", b"\x93Quoted,\x94 said Smith \x96 it\x92s odd\x85\n"
    yield "utf16le", "\ufeffA line, said Smith.\n".encode("utf-16-le") * 5
    yield "utf16be", "\ufeffA line, said Smith.\n".encode("utf-16-be") * 5
    yield "overlong", b"\xc0\xaf \xe0\x80\xaf \xf0\x80\x80\xaf \xc1\xbf\n" * 9
    yield "surrogates", b"\xed\xa0\x80\xed\xb0\x80 x \xed\xbf\xbf\n" * 9
    yield "too-large", b"\xf4\x90\x80\x80 \xf7\xbf\xbf\xbf \xff\xfe\n" * 9
    yield "lone-continuations", b"\x80\xbf" * 500 + b"\n"
    yield "cut-sequences", b"\xc3 \xe2\x82 \xf0\x9f\x98 \xc3"
    yield "noncharacters", "\ufffe\uffff\U0010ffff\U0001fffe\n".encode() * 9
    yield "straddle", b"".join(
        b"x" * (4096 + k - 2) + "\u20ac\U0001f600".encode() + b"\n"
        for k in range(8))
    yield "random", rng.randbytes(4000)
    yield "random-high", bytes(rng.randrange(128, 256) for _ in range(4000))
    yield "zalgo", ("Z" + "\u0301\u0316\u0489" * 400 + "algo said.\n").encode()
    yield "bidi", "\u202eHe said, \u201cno\u201d\u202c \u2066x\u2069\n".encode()
    yield "invisible", "a\u200bb\u200c\u200d\u00adc\u2060\ufeffd\n".encode() * 9
    yield "spaces", "\u00a0\u2003\u3000\u2028\u2029\x85\x0c\x0b \t\n".encode()
    yield "emoji", "\U0001f468\u200d\U0001f469\u200d\U0001f467 said\n".encode()
    yield "all-scripts", "".join(
        chr(c) for c in range(0x20, 0x30000, 37)
        if not 0xd800 <= c < 0xe000).encode() + b"\n"
    yield "rows-bad", (b"d\t1\tfine\nd\n\t1\tx\nd\t0\tx\nd\t-1\tx\nd\tx\ty\n"
                       b"d\t99999999999999999999\tx\n\nd\t2\tfine\n" * 3)
    yield "rows-wide", b"d\t1\tx" + b"\textra" * 3000 + b"\nd\t2\ty\n"
    yield "rows-odd", (b"d\t5\tx\nd\t5\ty\nd\t3\tz\ne\t1\t\\\nf\t1\t\\q\\\\t\n"
                       b"g\t18446744073709551615\tlast\nh\t007\tq\n")
    yield "rows-cr", b"d\t1\ta\rb\nd\t2\tc\r\nd\r\t3\td\tex\rtra\n"
    yield "rows-escapes", b"d\\te\t1\t\\t\\n\\r\\\\ He said \\tx\n" * 5
    yield "rows-control", b"d\x1b\t1\tx\x07\ty\x9b\nd\xff\t2\t\xc2\x85\n"
    yield "rows-many-docs", b"".join(
        b"d%d\t1\tSaid Smith of Paris.\n" % (i % 7) for i in range(500))
    yield "header", b"doc\tblock\ttext\nd\t1\tx\n"
    yield "numbers", (b"$99999999999999999999999 on 99/99/9999 at 99:99 and "
                      b"1e999 percent, 0.0.0.0.0 $ , %% 31 February 0000 "
                      + b"9" * 3000 + b"\n")
    yield "times", b"25:61 p.m. 12:00:00:00 2024-13-45 T00 -0 1/0/0\n" * 9
    yield "capitals", b"THE PRESIDENT OF FRANCE SAID NO IN PARIS. " * 200 + b"\n"
    yield "initials", b"J. R. R. A. B. C. " * 300 + b"\n"
    yield "formulas", b"=1+1\n@SUM(A1)\n+cmd|' /C calc'!A0\n-2+3\n\"=x\"\n"
    yield "urls", (b"http://" + b"a." * 2000 + b" www." + b"-" * 500 +
                   b" x@y@z@ @@ #" + b"a" * 3000 + b" http://[::1]:99999/%zz\n")
    long = 1 << 20
    for name, unit in {
            "quotes": '"', "curly": "\u201c", "closing": "\u201d",
            "apostrophes": "'", "turned": "\u2019s", "guillemets": "\u00ab",
            "nested-quotes": "\u201c\u2018", "alternate": '"a" ',
            "said": '" said ', "according": "according to ", "he-said":
            "he said that ", "brackets": "(", "braces": "[({<", "spaces": " ",
            "letters": "a", "capital-words": "New York ", "capital": "A",
            "initial": "A. ", "dots": ".", "points": "!", "dashes": "-",
            "joined": "a-", "commas": ",", "possessives": "Smith's ",
            "digits": "1", "thousands": "1,", "dollars": "$1 ", "colons": ":",
            "slashes": "/", "ats": "@", "wide": "\u4eba", "marks": "\u0301",
            "stops": "\u3002", "of-the": "of the ", "titles": "Mr. ",
            "months": "May 1 ", "of-Paris": "University of Paris, ",
            "tabs": "\t", "backslashes": "\\", "pipes": "| ", "bytes-ff":
            b"\xff", "bytes-e2": b"\xe2", "nuls": b"\0"}.items():
        unit = unit if isinstance(unit, bytes) else unit.encode()
        yield "long-" + name, unit * (long // len(unit)) + b"x\n"
    yield "short-lines", b"a\n" * 50000
    yield "same-lines", b"Mr Smith said hello to Paris.\n" * 5000
    yield "menu", b"Home\nNews\nSport\n" * 3000
    yield "open-quotes", "\u201cHe said it\n".encode() * 5000
    yield "quoted-names", b'"Mr Smith," said "Mr Smith," of "Mr Smith."\n' * 900


def feed(sock, data, step):
    """Send data in packets: each read(2) of the tool gets one."""
    try:
        for i in range(0, len(data), step):
            sock.send(data[i:i + step])
    except OSError:
        pass  # the tool ended before its input
    sock.close()


def run(command, data, step=None):
    """Return status, output and messages; the status is a word if killed."""
    thread = None
    if step is None:
        source = tempfile.TemporaryFile()
        source.write(data)
        source.seek(0)
    else:
        ours, source = socket.socketpair(socket.AF_UNIX,
                                         socket.SOCK_SEQPACKET)
        thread = threading.Thread(target=feed, args=(ours, data, step))
    with source:
        process = subprocess.Popen(command, stdin=source,
                                   stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE,
                                   env=ENV if step is None else AGAIN)
    if thread:
        thread.start()
    try:
        out, err = process.communicate(timeout=LIMIT)
        status = process.returncode
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        status = "timeout"
    if thread:
        thread.join()
    return status, out, err.decode("utf-8", "replace")


def unescape(field):
    return re.sub(r"\\([tnr\\])",
                  lambda m: {"t": "\t", "n": "\n", "r": "\r",
                             "\\": "\\"}[m[1]], field)


def wrong_output(tool, args, out):
    """Say what is wrong with the bytes that a tool wrote, or None."""
    try:
        text = out.decode("utf-8")
    except UnicodeDecodeError as e:
        return "output is no UTF-8: %s" % e
    found = CONTROL.search(text)
    if found:
        return "control character U+%04X" % ord(found[0])
    if text and not text.endswith("\n"):
        return "no newline at the end"
    want = COLUMNS[tool]
    passes = tool in ("declutter", "dedupe") and "-r" not in args
    for line in text.split("\n")[:-1]:
        columns = line.split("\t")
        if len(columns) < want or (len(columns) > want and not passes
                                   and "-r" not in args):
            return "%d columns: %.80r" % (len(columns), line)
        if "-r" not in args and (not columns[0] or
                                 not re.fullmatch("[0-9]+", columns[1])):
            return "not a row: %.80r" % line
    return None


def wrong_offsets(rows, out, quotes):
    """Offsets must select the text beside them."""
    text = {}
    for line in rows.decode().split("\n")[:-1]:
        doc, block, field = line.split("\t")[:3]
        text[doc, block] = unescape(field)
    for line in out.decode().split("\n")[:-1]:
        c = line.split("\t")
        start, end = int(c[2]), int(c[3])
        want = unescape(c[7 if quotes else 5])
        if not start < end or text[c[0], c[1]][start:end] != want:
            return "offsets select something else: %.90r" % line
    return None


def wrong_run(tool, command, data, step=None):
    """Run once; return what is wrong, or None, and the output."""
    status, out, err = run(command, data, step)
    if "Sanitizer" in err or "runtime error" in err:
        return "sanitizer: " + err[:3000], out
    if status not in (0, 1, 2):
        return "status %s %s" % (status, err[:200]), out
    if status > 0 and tool not in err:
        return "status %d without a message" % status, out
    return None, out


def examine(bindir, tool, data):
    """Return what is wrong with a tool on this input."""
    faults = []
    for args in FORMATS.get(tool, FORMATS[None]):
        command = [os.path.join(bindir, tool)] + args
        fault, out = wrong_run(tool, command, data)
        fault = fault or wrong_output(tool, args, out)
        steps = [n for n, most in ((1, 5000), (7, 40000), (65536, 1 << 21))
                 if len(data) <= most]
        for step in steps:
            if fault:
                break
            fault, again = wrong_run(tool, command, data, step)
            if not fault and again != out:
                fault = "other output with reads of %d bytes" % step
        if fault:
            faults.append("%s %s: %s" % (tool, " ".join(args), fault))
    return faults


def examine_pipe(bindir, data):
    """What holds between the tools."""
    path = {t: os.path.join(bindir, t) for t in COLUMNS}
    faults = []
    rows = run([path["docsplit"], "-f", "plain"], data)[1]
    for tool in set(TOOLS) & {"declutter", "entities", "quotes"}:
        piped = run([path[tool], "-f", "rows"], rows)[1]
        if run([path[tool], "-f", "plain"], data)[1] != piped:
            faults.append("%s: plain text gives other rows than a pipe from "
                          "docsplit" % tool)
        if tool != "declutter":
            fault = wrong_offsets(rows, piped, tool == "quotes")
            if fault:
                faults.append("%s: %s" % (tool, fault))
    for args in ([], ["-b"]):
        command = [path["dedupe"], "-f", "rows"] + args
        once = run(command, rows)[1]
        if run(command, once)[1] != once:
            faults.append("dedupe %s: its own output changes" % args)
    return faults


def result(part):
    """Faults of a finished job; a broken promise may break the checks too."""
    try:
        return part.result()
    except Exception as e:
        return ["output could not be checked: %r" % e]


def main():
    bindir, folders = sys.argv[1], sys.argv[2:]
    # Many inputs are slow for one tool alone: spread them tool by tool.
    pool = concurrent.futures.ThreadPoolExecutor(os.cpu_count())
    jobs = []
    everything = list(inputs())
    for folder in folders:
        for at, _, names in sorted(os.walk(folder)):
            for name in sorted(names):
                with open(os.path.join(at, name), "rb") as f:
                    everything.append((os.path.join(at, name), f.read()))
    for name, data in everything:
        parts = [pool.submit(examine, bindir, tool, data) for tool in TOOLS]
        parts.append(pool.submit(examine_pipe, bindir, data))
        jobs.append((name, parts))
    bad = 0
    for name, parts in jobs:
        faults = [fault for part in parts for fault in result(part)]
        for fault in faults:
            print("# " + fault.replace("\n", "\n#   "))
        print("%s - hostile: %s" % ("not ok" if faults else "ok", name),
              flush=True)
        bad |= bool(faults)
    return bad


if __name__ == "__main__":
    sys.exit(main())
