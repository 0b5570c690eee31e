#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Readers that check what the stories of tests/stories have made.

usage: stories.py view ROWS HTML    the text of the page is that of the rows
       stories.py svg FILE TEXT...  an image that is XML and shows the texts
       stories.py corner PNG RRGGBB  a picture whose first pixel is of a colour
       stories.py brat FOLDER       .txt and .ann as brat's format has them
Says what is wrong and ends with status 1, or says nothing.
"""
import html.parser
import pathlib
import re
import sys
import xml.etree.ElementTree
import zlib

ESCAPES = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\\\": "\\"}


def plain(field):
    return re.sub(r"\\[tnr\\]", lambda m: ESCAPES[m[0]], field)


class View(html.parser.HTMLParser):
    """The text of paragraphs, without the speakers that were added."""

    def __init__(self):
        super().__init__()
        self.texts, self.tags, self.stack = [], {}, []

    def handle_starttag(self, tag, attributes):
        self.tags[tag] = self.tags.get(tag, 0) + 1
        for name, _ in attributes:
            if name.startswith("on"):
                sys.exit(f"attribute {name} of {tag}")
        if tag == "p" and ("class", "key") not in attributes:
            self.texts.append("")
        if tag not in ("meta",):
            self.stack.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        if self.stack[-1][0] != tag:
            sys.exit(f"</{tag}> ends {self.stack[-1][0]}")
        self.stack.pop()

    def handle_data(self, data):
        names = [tag for tag, _ in self.stack]
        if "p" in names and "cite" not in names and not any(
                a.get("class") == "key" for _, a in self.stack):
            self.texts[-1] += data


def view(rows, page):
    parser = View()
    parser.feed(pathlib.Path(page).read_bytes().decode("utf-8"))
    parser.close()
    want = [plain(line.split("\t")[2]) for line in
            pathlib.Path(rows).read_bytes().decode("utf-8").split("\n")[:-1]]
    if parser.texts != want:
        for one, other in zip(parser.texts, want):
            if one != other:
                print(f"got  {one!r}\nwant {other!r}")
        sys.exit(f"{len(parser.texts)} paragraphs, {len(want)} rows")
    known = {"html", "head", "meta", "title", "style", "body", "article",
             "h1", "p", "mark", "q", "cite"}
    if set(parser.tags) - known:
        sys.exit(f"tags {set(parser.tags) - known}")
    for tag in ("mark", "q", "cite"):
        if parser.tags.get(tag, 0) < 5:
            sys.exit(f"{parser.tags.get(tag, 0)} of {tag}")


def svg(path, *texts):
    root = xml.etree.ElementTree.parse(path).getroot()
    shown = [" ".join(e.itertext()) for e in root.iter()
             if e.tag.endswith("text")]
    for text in texts:
        if not any(text in s for s in shown):
            sys.exit(f"{path} does not show {text}: {shown}")


def brat(folder):
    folder = pathlib.Path(folder)
    section, types = "", {}
    for line in (folder / "annotation.conf").read_text().splitlines():
        if line.startswith("["):
            section = line
        else:
            types.setdefault(section, set()).add(line.split()[0])
    relations = 0
    for path in sorted(folder.glob("*.ann")):
        text = path.with_suffix(".txt").read_bytes().decode("utf-8")
        spans, ids, uses = {}, set(), []
        for line in path.read_bytes().decode("utf-8").split("\n")[:-1]:
            name, rest = line.split("\t", 1)
            if name in ids:
                sys.exit(f"{path}: {name} twice")
            ids.add(name)
            if name[0] == "T":
                what, said = rest.split("\t")
                kind, start, end = what.split(" ")
                if kind not in types["[entities]"]:
                    sys.exit(f"{path}: type {kind} is not declared")
                if text[int(start):int(end)] != said or not said:
                    sys.exit(f"{path}: {line}: not what stands there")
                spans[name] = kind
            elif name[0] == "R":
                kind, one, other = rest.split(" ")
                one, other = one.split(":")[1], other.split(":")[1]
                if spans[one] != "Quote" or spans[other] == "Quote":
                    sys.exit(f"{path}: {line}")
                relations += 1
            elif name[0] == "A":
                kind, one, value = rest.split(" ")
                if value not in ("direct", "indirect", "mixed"):
                    sys.exit(f"{path}: {line}")
                uses.append(one)
            elif name[0] == "#":
                what, note = rest.split("\t")
                uses.append(what.split(" ")[1])
            else:
                sys.exit(f"{path}: {line}: what is that?")
        for one in uses:
            if one not in spans:
                sys.exit(f"{path}: {one} is not there")
        if len(spans) < 5:
            sys.exit(f"{path}: {len(spans)} marks")
    if relations < 5:
        sys.exit(f"{relations} relations")


def corner(path, colour):
    """The first pixel is as it is under any of PNG's filters."""
    png, at, data = pathlib.Path(path).read_bytes(), 8, b""
    while at < len(png):
        size = int.from_bytes(png[at:at + 4], "big")
        if png[at + 4:at + 8] == b"IDAT":
            data += png[at + 8:at + 8 + size]
        at += size + 12
    seen = zlib.decompress(data)[1:4].hex()
    if seen != colour:
        sys.exit(f"{path}: {seen}, not {colour}")


if __name__ == "__main__":
    {"view": view, "svg": svg, "corner": corner, "brat": brat}[
        sys.argv[1]](*sys.argv[2:])
