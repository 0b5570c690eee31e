# SPDX-License-Identifier: ISC
"""Programs of Python on the pages that tests/bench/bench.sh gives ours.

usage: python3 peers.py datasketch|justext|trafilatura FILE

FILE is pages parted by form feeds.  The two that want HTML get each line as a
paragraph, which is more than text has and less than a page.
"""
import html
import sys


def pages(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        for page in file.read().split("\f"):
            lines = [line for line in page.split("\n") if line.strip()]
            if lines:
                yield lines


def as_html(lines):
    return "<html><body>%s</body></html>" % "".join(
        "<p>%s</p>\n" % html.escape(line) for line in lines)


def datasketch(path):
    """Pages of which no near copy came before: runs of three words."""
    from datasketch import MinHash, MinHashLSH
    index = MinHashLSH(threshold=0.56, num_perm=128)
    for number, lines in enumerate(pages(path)):
        words = " ".join(lines).lower().split()
        sketch = MinHash(num_perm=128)
        sketch.update_batch([" ".join(words[i:i + 3]).encode()
                             for i in range(max(1, len(words) - 2))])
        if not index.query(sketch):
            index.insert(str(number), sketch)
            print("\n".join(lines))


def justext(path):
    import justext as tool
    words = tool.get_stoplist("English")
    for lines in pages(path):
        for paragraph in tool.justext(as_html(lines), words):
            if not paragraph.is_boilerplate:
                print(paragraph.text)


def trafilatura(path):
    import trafilatura as tool
    for lines in pages(path):
        print(tool.extract(as_html(lines)) or "")


def main():
    peers = {f.__name__: f for f in (datasketch, justext, trafilatura)}
    if len(sys.argv) != 3 or sys.argv[1] not in peers:
        sys.exit(__doc__.strip().split("\n\n")[1])
    peers[sys.argv[1]](sys.argv[2])


if __name__ == "__main__":
    main()
