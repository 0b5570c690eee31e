# SPDX-License-Identifier: ISC
"""Programs of Python on what tests/bench/bench.sh and tests/eval/peers.sh give
ours.

usage: python3 peers.py datasketch|justext|trafilatura FILE
       python3 peers.py --rows justext|spacy|trafilatura FILE
       python3 peers.py --rows datasketch FILE [THRESHOLD]

FILE is pages parted by form feeds, and the text that is kept is printed.  With
--rows it is text rows, and rows are printed: text rows of what is kept (all of
block 1), duplicate rows of datasketch, entity rows of spacy.  The two that want
HTML get each line as a paragraph, which is more than text has and less than a
page.
"""
import html
import itertools
import re
import sys

ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
ESCAPED = {escape[1]: char for char, escape in ESCAPES.items()}
SPACY_TYPES = {"PERSON": "PER", "ORG": "ORG",
               "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}


def pages(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        for number, page in enumerate(file.read().split("\f")):
            lines = [line for line in page.split("\n") if line.strip()]
            if lines:
                yield str(number), lines


def blocks(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        for line in file:
            doc, block, text = line.rstrip("\n").split("\t")[:3]
            yield doc, block, re.sub(
                r"\\([\\tnr])", lambda found: ESCAPED[found[1]], text)


def documents(path):
    for doc, rows in itertools.groupby(blocks(path), lambda row: row[0]):
        yield doc, [text for _, _, text in rows]


def as_html(lines):
    return "<html><body>%s</body></html>" % "".join(
        "<p>%s</p>\n" % html.escape(line) for line in lines)


def datasketch(docs, threshold):
    """Documents, each with the one kept before whose near copy it is: runs of
    three words."""
    from datasketch import MinHash, MinHashLSH
    index = MinHashLSH(threshold=threshold, num_perm=128)
    kept = {}
    for doc, lines in docs:
        words = " ".join(lines).lower().split()
        sketch = MinHash(num_perm=128)
        sketch.update_batch([" ".join(words[i:i + 3]).encode()
                             for i in range(max(1, len(words) - 2))])
        near = max(sorted(index.query(sketch)), default=None,
                   key=lambda other: sketch.jaccard(kept[other]))
        if near is None:
            index.insert(doc, sketch)
            kept[doc] = sketch
        yield doc, lines, near


def datasketch_text(docs):
    for doc, lines, near in datasketch(docs, 0.56):
        if near is None:
            yield doc, "1", "\n".join(lines)


def datasketch_copies(docs, threshold=0.56):
    for doc, _, near in datasketch(docs, float(threshold)):
        if near is not None:
            yield doc, near


def justext(docs):
    import justext as tool
    words = tool.get_stoplist("English")
    for doc, lines in docs:
        for paragraph in tool.justext(as_html(lines), words):
            if not paragraph.is_boilerplate:
                yield doc, "1", paragraph.text


def trafilatura(docs):
    import trafilatura as tool
    for doc, lines in docs:
        yield doc, "1", tool.extract(as_html(lines)) or ""


def spacy(rows):
    import en_core_web_sm
    model = en_core_web_sm.load()
    texts = ((text, (doc, block)) for doc, block, text in rows)
    for parsed, row in model.pipe(texts, as_tuples=True):
        for name in parsed.ents:
            if name.label_ in SPACY_TYPES:
                yield *row, str(name.start_char), str(name.end_char), \
                    SPACY_TYPES[name.label_], name.text, name.text


ON_PAGES = {"datasketch": (datasketch_text, pages),
            "justext": (justext, pages),
            "trafilatura": (trafilatura, pages)}
ON_ROWS = {"datasketch": (datasketch_copies, documents),
           "justext": (justext, documents),
           "spacy": (spacy, blocks),
           "trafilatura": (trafilatura, documents)}


def main():
    words = sys.argv[1:]
    as_rows = words[:1] == ["--rows"]
    peers = ON_ROWS if as_rows else ON_PAGES
    words = words[as_rows:]
    most = 3 if as_rows and words[:1] == ["datasketch"] else 2
    if not 2 <= len(words) <= most or words[0] not in peers:
        sys.exit(__doc__.strip().split("\n\n")[1])
    peer, read = peers[words[0]]
    for row in peer(read(words[1]), *words[2:]):
        if as_rows:
            print("\t".join(column.translate(str.maketrans(ESCAPES))
                            for column in row))
        else:
            print(row[-1])


if __name__ == "__main__":
    main()
