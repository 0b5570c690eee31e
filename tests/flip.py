#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Do tests notice?  Flip single operators in the sources of parsers.

usage: tests/flip.py [-n COUNT] [-s SEED] [file ...]

Takes COUNT (default 10) places of each file (default: all of PARSERS), the
same ones for the same SEED (default 1), changes a comparison, a logical
operator, a constant, a return value or drops a `!`, builds that one object
again in a copy of the tree and runs the tests that concern the file, with the
sanitizers, until one fails.  Prints a line for each change:

    caught cmd/docsplit/mbox.c:101: ` < ` to ` <= ` (unit mbox)
    survived common/row.c:12: ` && ` to ` || `: the line

and at last how many of those that compile were caught.  A survivor is a gap
in the tests, or means the same: look at each.  BUILD is the build folder.
"""

import concurrent.futures
import filecmp
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
# What runs for each file: unit tests, replayed inputs, tools with cases.
PARSERS = {
    "cmd/docsplit/address.c": "address replay/docsplit docsplit",
    "cmd/docsplit/charset.c": "charset mime replay/docsplit docsplit",
    "cmd/docsplit/conllu.c": "conllu replay/docsplit docsplit",
    "cmd/docsplit/encword.c": "mime mbox replay/docsplit docsplit",
    "cmd/docsplit/entity.c": "entity trec replay/docsplit docsplit",
    "cmd/docsplit/header.c": "header mbox replay/docsplit docsplit",
    "cmd/docsplit/http.c": "http warc replay/docsplit docsplit",
    "cmd/docsplit/json.c": "jsonl replay/docsplit docsplit",
    "cmd/docsplit/jsonl.c": "jsonl replay/docsplit docsplit",
    "cmd/docsplit/markup.c": "trec replay/docsplit docsplit",
    "cmd/docsplit/mbox.c": "mbox replay/docsplit docsplit",
    "cmd/docsplit/mime.c": "mbox mime replay/docsplit docsplit",
    "cmd/docsplit/pick.c": "jsonl replay/docsplit docsplit",
    "cmd/docsplit/plain.c": "plain replay/docsplit docsplit",
    "cmd/docsplit/rows.c": "rows replay/docsplit docsplit",
    "cmd/docsplit/stamp.c": "stamp docsplit",
    "cmd/docsplit/text.c": "plain warc replay/docsplit docsplit",
    "cmd/docsplit/transfer.c": "mime mbox docsplit",
    "cmd/docsplit/trec.c": "trec replay/docsplit docsplit",
    "cmd/docsplit/unescape.c": "jsonl replay/docsplit docsplit",
    "cmd/docsplit/vertical.c": "trec replay/docsplit docsplit",
    "cmd/docsplit/warc.c": "warc replay/docsplit docsplit",
    "cmd/declutter/rule.c": "rule replay/parts declutter",
    "cmd/dedupe/cover.c": "match dedupe",
    "cmd/dedupe/fold.c": "run_hash shingle dedupe",
    "cmd/dedupe/index.c": "index replay/parts dedupe",
    "cmd/dedupe/journal.c": "journal replay/parts dedupe",
    "cmd/dedupe/run_hash.c": "run_hash shingle dedupe",
    "cmd/dedupe/shingle.c": "run_hash shingle dedupe",
    "cmd/entities/amount.c": "amount entities",
    "cmd/entities/calendar.c": "date entities",
    "cmd/entities/clock.c": "clock entities",
    "cmd/entities/date.c": "date entities",
    "cmd/entities/list.c": "list replay/parts entities",
    "cmd/entities/meta.c": "meta replay/parts entities",
    "cmd/entities/number.c": "amount entities",
    "cmd/entities/plan.c": "plan entities",
    "cmd/quotes/cue.c": "cue replay/parts quotes",
    "common/day.c": "day entities",
    "common/in.c": "in in_wait docsplit",
    "common/opt.c": "opt docsplit dedupe declutter",
    "common/re.c": "re declutter docsplit entities",
    "common/row.c": "row doc dedupe entities",
    "common/tok.c": "tok stop sentence entities quotes",
    "common/utf.c": "utf docsplit",
}
FLIPS = [
    (r" < ", " <= "), (r" <= ", " < "), (r" > ", " >= "), (r" >= ", " > "),
    (r" == ", " != "), (r" != ", " == "), (r" && ", " || "),
    (r" \|\| ", " && "), (r" \+ 1\b", ""), (r" - 1\b", ""),
    (r" \+= ", " -= "), (r"(?<![\w)])!(?!=)", ""),
    (r"\breturn 0;", "return 1;"), (r"\breturn 1;", "return 0;"),
    (r"(?<=[ (])[1-9][0-9]?\b(?!\.)", None),
]
BUILD = pathlib.Path(os.environ.get("BUILD", "build")).resolve() / "flip"
TREE = BUILD / "tree"
MAKE = ["make", "-s", "-o", "build/pack", "-o", "build/filter", "BUILD=build",
        "HARDEN=", "CFLAGS=-O1 -g -fsanitize=address,undefined "
        "-fno-sanitize-recover=all"]
ENV = dict(os.environ, LC_ALL="C", COUNT="2000",
           PATH=f"{TREE}/build/bin:{os.environ['PATH']}",
           ASAN_OPTIONS="detect_leaks=0:allocator_may_return_null=1")


def code_only(text):
    """The text with all that is no code blotted out, byte for byte."""
    noise = r'/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'|^#[^\n]*'
    text = re.sub(noise, lambda m: re.sub(r"[^\n]", "_", m[0]), text,
                  flags=re.S | re.M)
    # Prototypes, tables and named numbers are no behaviour of one place.
    return re.sub(r"^(?:static |struct |enum |int )?[^\n{}=]*;$|assert[^;]*;",
                  lambda m: "_" * len(m[0]) if m[0][0] != "\t" else m[0],
                  text, flags=re.M)


def places(text):
    code, found = code_only(text), []
    for pattern, to in FLIPS:
        for m in re.finditer(pattern, code):
            new = str(int(m[0]) + 1) if to is None else to
            before = code[code.rfind("\n", 0, m.start()) + 1:m.start()]
            # True is true as 2, too, and more room than needed is not missed.
            if to is None and (re.search(r"(return|=) $", before) or
                               re.search(r"alloc|mem_(new|grow)", before)):
                continue
            found.append((m.start(), m.end(), new))
    return sorted(found)


def run(args, limit, **more):
    try:
        return subprocess.run(args, cwd=TREE, env=ENV, timeout=limit,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              check=False, **more)
    except subprocess.TimeoutExpired:
        return None


def failed(program):
    args = [f"build/{program}"]
    if program.startswith("replay/"):
        folder = "parts" if program.endswith("parts") else "corpus"
        args += sorted(map(str, TREE.glob(f"tests/fuzz/{folder}/*/*")))
    else:
        args = [f"build/unit/{program}"]
    got = run(args, 120)
    return got is None or got.returncode != 0


def case_fails(case):
    stdin = case / "in" if (case / "in").exists() else "/dev/null"
    with open(stdin, "rb") as file:
        try:
            got = subprocess.run(["sh", "./cmd"], cwd=case, env=ENV, timeout=30,
                                 stdin=file, stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE, check=False)
        except subprocess.TimeoutExpired:
            return True

    def want(name):
        path = case / name
        return path.read_bytes() if path.exists() else b""

    return (got.stdout, got.stderr, got.returncode) != (
        want("out"), want("err"), int(want("code") or 0))


def first_failure(tests, passed_over):
    """The name of a test that fails, or None."""
    for test in tests.split():
        if (TREE / "tests/cases" / test).is_dir():
            cases = [c for c in sorted((TREE / "tests/cases" / test).iterdir())
                     if c not in passed_over]
            with concurrent.futures.ThreadPoolExecutor(2) as pool:
                for i in range(0, len(cases), 16):
                    some = cases[i:i + 16]
                    for case, bad in zip(some, pool.map(case_fails, some)):
                        if bad:
                            return f"case {test}/{case.name}"
        elif failed(test):
            return test if "/" in test else f"unit {test}"
    return None


def wanted(tests):
    """The programs to be built for these tests."""
    for test in tests.split():
        if (TREE / "tests/cases" / test).is_dir():
            yield f"build/bin/{test}"
        else:
            yield f"build/{test}" if "/" in test else f"build/unit/{test}"


def copy_tree():
    """Copy what differs, so that no more than that is built again."""
    for name in ("cmd", "common", "tests", "man", "Makefile"):
        source = ROOT / name
        files = source.rglob("*") if source.is_dir() else [source]
        kept = {f.relative_to(ROOT) for f in files if f.is_file()}
        for old in (TREE / name).rglob("*"):
            if old.is_file() and old.relative_to(TREE) not in kept:
                old.unlink()
        for file in kept:
            to = TREE / file
            to.parent.mkdir(parents=True, exist_ok=True)
            if not to.exists() or not filecmp.cmp(ROOT / file, to, False):
                shutil.copyfile(ROOT / file, to)
                shutil.copymode(ROOT / file, to)


def set_up(files):
    """A built copy of the tree, and the cases that fail there as it is."""
    copy_tree()
    goals = sorted({g for f in files for g in wanted(PARSERS[f])})
    if subprocess.run([a for a in MAKE if a not in ("-o", "build/pack",
                                                    "build/filter")] +
                      ["-j2", "all"] + goals, cwd=TREE,
                      check=False).returncode != 0:
        sys.exit("flip.py: does not build")
    bad, tools = set(), {t for f in files for t in PARSERS[f].split()}
    for tool in sorted(tools):
        folder = TREE / "tests/cases" / tool
        if folder.is_dir():
            bad |= {c for c in folder.iterdir() if case_fails(c)}
        elif failed(tool):
            sys.exit(f"flip.py: {tool} fails as it is")
    for case in sorted(bad):
        print(f"# fails as it is: {case.relative_to(TREE)}")
    return bad


def flip(name, place, bad):
    path, (at, end, new) = TREE / name, place
    text = path.read_text()
    line = text.count("\n", 0, at) + 1
    what = f"{name}:{line}: `{text[at:end]}` to `{new}`"
    path.write_text(text[:at] + new + text[end:])
    try:
        got = run(MAKE + list(wanted(PARSERS[name])), 300)
        if got is None or got.returncode != 0:
            print(f"no program: {what}", flush=True)
            return None
        why = first_failure(PARSERS[name], bad)
    finally:
        path.write_text(text)
    if why is None:
        print(f"survived {what}: {text.splitlines()[line - 1].strip()}",
              flush=True)
    else:
        print(f"caught {what} ({why})", flush=True)
    return why is not None


def main():
    args, count, seed = sys.argv[1:], 10, "1"
    while args and args[0] in ("-n", "-s"):
        if len(args) < 2:
            sys.exit(__doc__)
        if args[0] == "-n":
            count = int(args[1])
        else:
            seed = args[1]
        args = args[2:]
    files = args or sorted(PARSERS)
    if any(f not in PARSERS for f in files):
        sys.exit("flip.py: not in the list of parsers: " + " ".join(files))
    bad = set_up(files)
    caught = tried = 0
    for name in files:
        all_places = places((TREE / name).read_text())
        chosen = random.Random(f"{seed} {name}")
        for place in sorted(chosen.sample(all_places,
                                          min(count, len(all_places)))):
            got = flip(name, place, bad)
            caught += got is True
            tried += got is not None
    print(f"{caught} of {tried} caught")


if __name__ == "__main__":
    main()
