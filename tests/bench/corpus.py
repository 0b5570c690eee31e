# SPDX-License-Identifier: ISC
"""Write invented news pages, the same for the same seed and size.

usage: python3 corpus.py [--size MB] [--seed N] [--form FORM] [--kind KIND]

A page is menus, a headline, paragraphs with names, sums, dates and
quotations, and what stands below an article.  One page in ten repeats an
earlier one.  FORM is pages, parted by form feeds, rows, wet, jsonl, mbox (every
other mail in base64) or conllu.  KIND is english, short lines of which half
quote; paragraphs, as long as those of news, of which one in ten quotes;
cyrillic, the first in Cyrillic letters; or a shape that may be hard: capitals,
letters, each a line, or endless, pages without a line end.
"""
import argparse
import base64
import json
import random
import sys

GIVEN = """Anna Boris Clara David Elena Farid Grace Hugo Irina James Kofi Laura
Milan Nadia Oscar Paula Quentin Rosa Samuel Teresa Umar Vera William Ximena
Yusuf Zoe""".split()
FAMILY = """Adler Berg Castillo Dunne Eriksen Fischer Grant Hassan Ivanov Jensen
Keller Lopez Marsh Novak Okafor Petrov Quinn Renard Silva Tanaka Ueda Vogt Weber
Young Zhang Whitcombe Ellison Brookes""".split()
PLACE = """London Paris Berlin Madrid Vienna Prague Oslo Helsinki Warsaw Lisbon
Toronto Nairobi Lima Ankara Cairo Delhi Tokyo Minsk Vilnius Geneva""".split()
BODY = """Council Ministry Union Institute Bank Group Agency Commission Party
Authority""".split()
THING = """bridge budget harbour school hospital railway vote strike drought
treaty tax market factory inquiry border flood contract law report
festival""".split()
VERB = """said announced approved rejected delayed reviewed opened closed
repaired funded planned questioned defended praised blocked""".split()
WORD = """the a of in to for with from on by after before under over between
during new old large small first last public local national early late several
many few other own same long short high low open quiet heavy plain""".split()
NOUN = """people year day week government company court police city country
worker family price rate cost plan decision question answer problem water power
road house land office team member leader minister official doctor teacher
farmer""".split()
MENU = """Home News World Business Sport Weather Opinion Culture Travel Video
Subscribe Newsletters Jobs Contact""".split()
TAIL = ["Sign up for our daily newsletter", "Share on Facebook", "Copy link",
        "Most read", "Related stories", "Read more", "Comments (%d)",
        "All rights reserved.", "We use cookies. Accept all"]


def name(rng):
    return rng.choice(GIVEN) + " " + rng.choice(FAMILY)


def clause(rng):
    words = []
    for _ in range(rng.randint(3, 7)):
        words += [rng.choice(WORD), rng.choice(NOUN)]
    return " ".join(words)


def sentence(rng, quotes=True):
    kind = rng.randrange(8)
    if not quotes and kind in (0, 3):
        kind += 1
    if kind == 0:
        return "\u201c%s,\u201d said %s, of the %s %s." % (
            clause(rng).capitalize(), name(rng), rng.choice(PLACE),
            rng.choice(BODY))
    if kind == 1:
        return "%s told reporters in %s that the %s would cost $%d million." % (
            name(rng), rng.choice(PLACE), rng.choice(THING),
            rng.randint(2, 900))
    if kind == 2:
        return "The %s %s %s the %s on %d May %d." % (
            rng.choice(PLACE), rng.choice(BODY), rng.choice(VERB),
            rng.choice(THING), rng.randint(1, 31), rng.randint(1990, 2025))
    if kind == 3:
        return "\u201c%s,\u201d %s said. \u201c%s.\u201d" % (
            clause(rng).capitalize(), rng.choice(FAMILY),
            clause(rng).capitalize())
    return clause(rng).capitalize() + "."


def paragraph(rng, kind):
    if kind != "paragraphs":
        return " ".join(sentence(rng) for _ in range(rng.randint(1, 5)))
    quotes = rng.random() < 0.12
    return " ".join(sentence(rng, quotes) for _ in range(rng.randint(4, 9)))


def page(rng, pool):
    lines = rng.sample(MENU, 8)
    head = "%s %s %s %s in %s" % (name(rng), rng.choice(VERB),
                                  rng.choice(WORD), rng.choice(THING),
                                  rng.choice(PLACE))
    lines += [head, head, "By " + name(rng), ""]
    for _ in range(rng.randint(5, 25)):
        lines.append(rng.choice(pool))
        if rng.random() < 0.3:
            lines.append("")
    # What makes the page differ from all others that drew alike.
    lines.append("%s wrote this on day %d." % (name(rng),
                                               rng.getrandbits(40)))
    lines += [t % rng.randrange(500) if "%d" in t else t for t in TAIL]
    return lines


CYRILLIC = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "АБЦДЕФГХИЙКЛМНОПЧРСТУВШЖЫЗабцдефгхийклмнопчрстувшжыз")


def shaped(kind, lines):
    if kind == "cyrillic":
        return [line.translate(CYRILLIC) for line in lines]
    if kind == "capitals":
        return [line.upper() for line in lines]
    if kind == "letters":
        return list("".join(lines).replace(" ", ""))
    return lines


def record(number, lines):
    """A page as the record of a crawl's WET file."""
    text = ("\n".join(lines) + "\n").encode()
    head = ("WARC/1.0\r\nWARC-Type: conversion\r\n"
            "WARC-Target-URI: https://site%d.example/%d\r\n"
            "WARC-Date: 2026-01-01T00:00:00Z\r\n"
            "Content-Type: text/plain\r\nContent-Length: %d\r\n\r\n" %
            (number % 1000, number, len(text)))
    return head.encode() + text + b"\r\n\r\n"


def mail(number, lines):
    text = "\n".join(lines).encode()
    head = ("From a@site.example Thu Jan  1 10:00:00 2026\n"
            "Subject: %s\nContent-Type: text/plain; charset=utf-8\n" %
            lines[8])
    if number % 2:
        head += "Content-Transfer-Encoding: base64\n"
        text = base64.encodebytes(text)
    return head.encode() + b"\n" + text + b"\n\n"


def treebank(number, lines):
    """A page as CoNLL-U, each line as a sentence."""
    rows = ["# newdoc id = p%d" % number]
    for line in filter(None, lines):
        rows += ["%d\t%s%s" % (i + 1, word, "\t_" * 8)
                 for i, word in enumerate(line.split())]
        rows.append("")
    return ("\n".join(rows) + "\n").encode()


def main():
    parser = argparse.ArgumentParser(description="Write invented news pages.")
    parser.add_argument("--size", type=float, default=100, help="megabytes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--form", default="pages", choices=[
        "pages", "rows", "wet", "jsonl", "mbox", "conllu"])
    parser.add_argument("--kind", default="english", choices=[
        "english", "paragraphs", "cyrillic", "capitals", "letters", "endless"])
    args = parser.parse_args()
    rng = random.Random(args.seed)
    pool = [paragraph(rng, args.kind) for _ in range(20000)]
    left = int(args.size * 1000000)
    number = 0
    kept = []
    while left > 0:
        number += 1
        if kept and rng.random() < 0.1:
            lines = rng.choice(kept)
        else:
            lines = page(rng, pool)
            if len(kept) < 2000:
                kept.append(lines)
        lines = shaped(args.kind, lines)
        if args.kind == "endless":
            data = " ".join(lines).encode() + b" "
        elif args.form == "pages":
            data = ("\n".join(lines) + "\n\f\n").encode()
        elif args.form == "wet":
            data = record(number, lines)
        elif args.form == "mbox":
            data = mail(number, lines)
        elif args.form == "conllu":
            data = treebank(number, lines)
        elif args.form == "jsonl":
            data = json.dumps({"id": number, "text": "\n".join(lines)},
                              ensure_ascii=False).encode() + b"\n"
        else:
            data = "".join("p%d\t%d\t%s\n" % (number, i + 1, line)
                           for i, line in enumerate(lines) if line).encode()
        sys.stdout.buffer.write(data)
        left -= len(data)


if __name__ == "__main__":
    main()
