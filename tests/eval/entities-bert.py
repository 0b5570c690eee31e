#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Have BERT prepare what the built-in model of names learns from.

usage: entities-bert.py BERT DATA WRITTEN FOLDER
  BERT     folder of BERT base, cased (Devlin et al. 2019, Apache 2.0), as a
           TensorFlow SavedModel: see entities-bert.sh
  DATA     folder of train/SET/{records,gold}.tsv, gazetteer/{gaz,extra}.tsv
           and unlabelled/factbook.records.tsv
  WRITTEN  folder of SET/{records,gold}.tsv that entities-rows.py made
  FOLDER   where to write gmb.tsv and classes.tsv

BERT learns from the well-marked sets what a name is, and marks train/gmb anew:
gmb.tsv has rows `doc block start end type text`, values such as dates as they
were.  Then words that it holds alike are put into classes, rows `way TAB word`
for a training plan; they are words of the texts and of listed names.

Needs PyTorch and 10 GB of memory, and two cores for 50 minutes if these know
bfloat16.  Sums are not the same to the last bit on every machine, so neither
is what comes out.
"""
import os
import random
import re
import struct
import sys
import time
import unicodedata
from collections import Counter, defaultdict

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

TYPES = ('PER', 'ORG', 'LOC', 'MISC')
OUTSIDE = 0  # then the first and the later words of each type by turns
LABELS = 1 + 2 * len(TYPES)
HIDDEN, HEADS, LAYERS, WORDS = 768, 12, 12, 28996

# What is learnt from, how often, and the type whose names it leaves unmarked.
SETS = (('wikinews', 2, None), ('ewt', 1, 'MISC'), ('gum', 1, 'MISC'),
        ('crossner', 1, None))
WRITTEN_TIMES = 2
CAPITALS = 0.08  # of the blocks, as wholly upper-cased text
FROZEN = 2  # lower layers, which are not changed
RATE = 4e-5
PIECES = 160  # of a sequence, which is blocks of one document
BATCH = 2048  # pieces that are learnt from at a time

# Classes: halves of halves, so often; no class of fewer words is halved.
DEPTH, SMALLEST = 10, 12
AXES = 64  # main axes of the vectors


# ---- BERT ----------------------------------------------------------------

def varint(data, i):
    value = shift = 0
    while True:
        byte = data[i]
        i += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, i


def fields(data):
    """Return the fields of a protocol buffer, by number."""
    i, found = 0, defaultdict(list)
    while i < len(data):
        tag, i = varint(data, i)
        if tag & 7 == 0:
            value, i = varint(data, i)
        elif tag & 7 == 2:
            n, i = varint(data, i)
            value, i = data[i:i + n], i + n
        else:
            n = 8 if tag & 7 == 1 else 4
            value, i = data[i:i + n], i + n
        found[tag >> 3].append(value)
    return found


def table_rows(data, offset, size):
    """Give the keys and values of a block of a LevelDB table."""
    block = data[offset:offset + size]
    end = len(block) - 4 - 4 * struct.unpack('<I', block[-4:])[0]
    i, key = 0, b''
    while i < end:
        shared, i = varint(block, i)
        own, i = varint(block, i)
        n, i = varint(block, i)
        key = key[:shared] + block[i:i + own]
        yield key, block[i + own:i + own + n]
        i += own + n


def load_weights(folder):
    """Return the tensors of a SavedModel's bundle of variables."""
    path = folder + '/variables/variables'
    with open(path + '.index', 'rb') as f:
        index = f.read()
    i = len(index) - 48
    for _ in range(2):
        _, i = varint(index, i)
    root, i = varint(index, i)
    size, i = varint(index, i)
    data = np.memmap(path + '.data-00000-of-00001', np.uint8, 'r')
    found = {}
    for _, where in table_rows(index, root, size):
        offset, i = varint(where, 0)
        for key, value in table_rows(index, offset, varint(where, i)[0]):
            entry = fields(value)
            if not key or entry[1] != [1]:  # the head; no floats
                continue
            shape = [fields(n)[1][0] for n in fields(entry[2][0])[2]]
            begin = entry[4][0] if entry[4] else 0
            floats = data[begin:begin + entry[5][0]].view(np.float32)
            name = key.decode().removeprefix('module/bert/')
            found[name] = torch.from_numpy(floats.reshape(shape).copy())
    return found


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.look = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.join = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.wide = nn.Linear(HIDDEN, 4 * HIDDEN)
        self.back = nn.Linear(4 * HIDDEN, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)

    def forward(self, x, bar):
        b, t, _ = x.shape
        heads = self.look(x).view(b, t, 3, HEADS, HIDDEN // HEADS)
        q, k, v = heads.permute(2, 0, 3, 1, 4)
        score = q @ k.transpose(2, 3) * (HIDDEN // HEADS) ** -0.5
        seen = torch.softmax(score + bar.to(q.dtype), -1) @ v
        x = self.norm1(x + self.join(seen.transpose(1, 2).reshape(x.shape)))
        return self.norm2(x + self.back(F.gelu(self.wide(x))))


class Bert(nn.Module):
    def __init__(self, folder):
        super().__init__()
        self.words = nn.Embedding(WORDS, HIDDEN)
        self.places = nn.Embedding(512, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.out = nn.Linear(HIDDEN, LABELS)
        with torch.no_grad():
            self.fill(load_weights(folder))
            self.out.weight.normal_(0, 0.02)
            self.out.bias.zero_()

    def fill(self, w):
        def dense(to, *names):
            to.weight.copy_(torch.cat([w[n + '/kernel'].T for n in names]))
            to.bias.copy_(torch.cat([w[n + '/bias'] for n in names]))

        def norm(to, name):
            to.weight.copy_(w[name + '/gamma'])
            to.bias.copy_(w[name + '/beta'])

        self.words.weight.copy_(w['embeddings/word_embeddings'])
        # All is of the first of two texts.
        self.places.weight.copy_(w['embeddings/position_embeddings'] +
                                 w['embeddings/token_type_embeddings'][0])
        norm(self.norm, 'embeddings/LayerNorm')
        for i, layer in enumerate(self.layers):
            at = f'encoder/layer_{i}/'
            dense(layer.look, *(f'{at}attention/self/{x}'
                                for x in ('query', 'key', 'value')))
            dense(layer.join, at + 'attention/output/dense')
            norm(layer.norm1, at + 'attention/output/LayerNorm')
            dense(layer.wide, at + 'intermediate/dense')
            dense(layer.back, at + 'output/dense')
            norm(layer.norm2, at + 'output/LayerNorm')

    def hidden(self, ids, mask):
        """Give what comes out of each layer, in turn."""
        x = self.norm(self.words(ids) + self.places.weight[:ids.shape[1]])
        bar = torch.where(mask, 0.0, -1e4)[:, None, None]
        for layer in self.layers:
            x = layer(x, bar)
            yield x

    def forward(self, ids, mask):
        for x in self.hidden(ids, mask):
            pass
        return self.out(x)


def padded(sequences):
    ids = torch.zeros(len(sequences), max(map(len, sequences)),
                      dtype=torch.long)
    mask = torch.zeros(ids.shape, dtype=torch.bool)
    for row, s in enumerate(sequences):
        ids[row, :len(s)] = torch.tensor(s)
        mask[row, :len(s)] = True
    return ids, mask


# ---- Text ----------------------------------------------------------------

class Pieces:
    """Words of a text and the pieces that BERT knows them by."""

    def __init__(self, folder):
        with open(folder + '/assets/vocab.txt', encoding='utf-8') as f:
            self.number = {x.rstrip('\n'): i for i, x in enumerate(f)}
        self.first = self.number['[CLS]']
        self.last = self.number['[SEP]']
        self.known = {}

    def words(self, text):
        """Return where words begin and end; a mark is one."""
        found, i = [], 0
        while i < len(text):
            k = i + 1
            if is_mark(text[i]):
                found.append((i, k))
            elif not is_space(text[i]):
                while k < len(text) and not (is_space(text[k]) or
                                             is_mark(text[k])):
                    k += 1
                found.append((i, k))
            i = k
        return found

    def of(self, word):
        if word not in self.known:
            self.known[word] = self.cut(word)
        return self.known[word]

    def cut(self, word):
        pieces, i = [], 0
        while i < len(word):
            k = len(word)
            while k > i and ('##' * (i > 0) + word[i:k]) not in self.number:
                k -= 1
            if k == i or len(word) > 60:
                return [self.number['[UNK]']]
            pieces.append(self.number['##' * (i > 0) + word[i:k]])
            i = k
        return pieces


def is_mark(c):
    return unicodedata.category(c)[0] in 'PS'


def is_space(c):
    return c.isspace() or unicodedata.category(c) in ('Cc', 'Cf')


def unescape(s):
    plain = {'t': '\t', 'n': '\n', 'r': '\r', '\\': '\\'}
    return re.sub(r'\\([tnr\\])', lambda m: plain[m[1]], s)


def rows_of(path):
    with open(path, encoding='utf-8') as f:
        for line in f:
            yield line.rstrip('\n').split('\t')


def read_set(folder):
    """Return the blocks of a set: document, block, text, names in it."""
    names = defaultdict(list)
    for row in rows_of(folder + '/gold.tsv'):
        if row[4] in TYPES:
            names[row[0], row[1]].append((int(row[2]), int(row[3]), row[4]))
    return [(doc, block, unescape(text), names[doc, block])
            for doc, block, text in rows_of(folder + '/records.tsv')]


def label_words(words, names):
    labels = [OUTSIDE] * len(words)
    for start, end, kind in names:
        label = 1 + 2 * TYPES.index(kind)
        for i, (begin, _) in enumerate(words):
            if start <= begin < end:
                labels[i] = label
                label += label % 2
    return labels


def sequences_of(blocks, pieces, capitals=0.0):
    """Return blocks, joined as long as they are of one document and fit.

    A sequence is its pieces, the place in it of each word, the label of
    each, and for each the number of its block and where it stands there.
    """
    made, of = [], None
    for number, (doc, _, text, names) in enumerate(blocks):
        upper = text.upper()
        words = pieces.words(text)
        labels = label_words(words, names)
        if random.random() < capitals and len(upper) == len(text):
            text = upper
        cut = [pieces.of(text[a:z])[:PIECES - 2] for a, z in words]
        fits = made and len(made[-1][0]) + sum(map(len, cut)) < PIECES
        if not fits or of != doc:
            made.append(([pieces.first], [], [], []))
        of = doc
        for i, word in enumerate(words):
            if len(made[-1][0]) + len(cut[i]) >= PIECES:
                made.append(([pieces.first], [], [], []))
            ids, places, right, where = made[-1]
            places.append(len(ids))
            ids += cut[i]
            right.append(labels[i])
            where.append((number, word))
    for ids, _, _, _ in made:
        ids.append(pieces.last)
    return [s for s in made if s[1]]


def batches_of(sequences, size, mixed):
    """Group sequences of like length, `size` pieces at a time."""
    order = sorted(sequences, key=lambda s:
                   len(s[0]) + 12 * mixed * random.random())
    made, longest = [[]], 0
    for s in order:
        longest = max(longest, len(s[0]))
        if made[-1] and longest * (len(made[-1]) + 1) > size:
            made.append([])
            longest = len(s[0])
        made[-1].append(s)
    if mixed:
        random.shuffle(made)
    return made


# ---- Marks ---------------------------------------------------------------

def may_be(label, unmarked):
    """Return the score of each label: 0 for what may be right, or none."""
    right = [-1e9] * LABELS
    right[label] = 0.0
    if label == OUTSIDE and unmarked:
        first = 1 + 2 * TYPES.index(unmarked)
        right[first] = right[first + 1] = 0.0
    return right


def scores(bert, batch):
    ids, mask = padded([s[0] for s in batch])
    with torch.autocast('cpu', torch.bfloat16):
        said = bert(ids, mask)
    row = [i for i, s in enumerate(batch) for _ in s[1]]
    place = [p for s in batch for p in s[1]]
    return F.log_softmax(said[row, place].float(), -1)


def learn(bert, sequences):
    """Learn from pairs of a sequence and the type it leaves unmarked."""
    of = {id(s): unmarked for s, unmarked in sequences}
    steps = batches_of([s for s, _ in sequences], BATCH, True)
    for part in (bert.words, bert.places, *bert.layers[:FROZEN]):
        part.requires_grad_(False)
    weights = [p for p in bert.parameters() if p.requires_grad]
    by = torch.optim.AdamW(weights, weight_decay=0.01, fused=True)
    began, wrong = time.time(), 0.0
    for i, batch in enumerate(steps, 1):
        # Faster and faster for a twelfth of the way, then slower.
        by.param_groups[0]['lr'] = RATE * min(
            i / len(steps) * 12, (1 - (i - 1) / len(steps)) * 12 / 11)
        right = torch.tensor([may_be(label, of[id(s)])
                              for s in batch for label in s[2]])
        loss = -torch.logsumexp(scores(bert, batch) + right, -1).mean()
        by.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(weights, 1.0)
        by.step()
        wrong += loss.item()
        if i % 50 == 0:
            print(f'{i} of {len(steps)}: loss {wrong / 50:.3f}, '
                  f'{time.time() - began:.0f} s', file=sys.stderr)
            wrong = 0.0


def best_labels(score):
    """Return the best labels in which later words of a name follow others."""
    bar = torch.zeros(LABELS, LABELS)
    for later in range(2, LABELS, 2):
        bar[:, later] = -1e4
        bar[later - 1:later + 1, later] = 0.0
    best, back = score[0] + bar[OUTSIDE], []
    for row in score[1:]:
        step, came = (best[:, None] + bar).max(0)
        back.append(came)
        best = step + row
    labels = [int(best.argmax())]
    for came in reversed(back):
        labels.append(int(came[labels[-1]]))
    return labels[::-1]


def names_of(where, labels):
    """Give block, start, end and type of each name."""
    i = 0
    while i < len(labels):
        k = i + 1
        if labels[i] != OUTSIDE:
            while k < len(labels) and labels[k] == labels[i] + 1:
                k += 1
            yield (where[i][0], where[i][1][0], where[k - 1][1][1],
                   TYPES[labels[i] // 2])
        i = k


def mark(bert, blocks, pieces):
    found = defaultdict(list)
    todo = batches_of(sequences_of(blocks, pieces), 2 * BATCH, False)
    with torch.no_grad():
        for batch in todo:
            said, i = scores(bert, batch), 0
            for _, _, _, where in batch:
                # Blocks of a sequence have no names in common.
                for number in dict.fromkeys(w[0] for w in where):
                    mine = [w for w in where if w[0] == number]
                    labels = best_labels(said[i:i + len(mine)])
                    i += len(mine)
                    for block, *name in names_of(mine, labels):
                        found[block].append(name)
    return found


def learn_names(bert, data, written, pieces):
    sets = [(f'{data}/train/{name}', times, unmarked)
            for name, times, unmarked in SETS]
    sets += [(f'{written}/{name}', WRITTEN_TIMES, None)
             for name in sorted(os.listdir(written))]
    sequences = []
    for folder, times, unmarked in sets:
        blocks = read_set(folder)
        for _ in range(times):
            sequences += [(s, unmarked) for s in
                          sequences_of(blocks, pieces, CAPITALS)]
    learn(bert, sequences)


def put_marks(bert, folder, pieces, file):
    blocks = read_set(folder)
    values = defaultdict(list)
    for row in rows_of(folder + '/gold.tsv'):
        if row[4] not in TYPES:
            values[row[0], row[1]].append([int(row[2]), int(row[3]), row[4]])
    found = mark(bert, blocks, pieces)
    for number, (doc, block, text, _) in enumerate(blocks):
        for name in sorted(found[number] + values[doc, block]):
            said = text[name[0]:name[1]].replace('\\', '\\\\')
            print(doc, block, *name, said, sep='\t', file=file)


# ---- Classes -------------------------------------------------------------

def vocabulary(data, written):
    """Return words and how often they stand in the texts.

    Words of the texts that are there twice or begin with a capital, and
    words of listed names that are in two at least.
    """
    word = re.compile(r'[^\W_]+(?:-[^\W_]+)*')
    count, listed = Counter(), Counter()
    texts = [f'{data}/train/{s}/records.tsv' for s in
             sorted(os.listdir(data + '/train'))]
    texts += [f'{written}/{s}/records.tsv' for s in
              sorted(os.listdir(written))]
    texts.append(data + '/unlabelled/factbook.records.tsv')
    for path in texts:
        for row in rows_of(path):
            count.update(word.findall(row[2]))
    for path in ('gaz', 'extra'):
        for row in rows_of(f'{data}/gazetteer/{path}.tsv'):
            listed.update(set(word.findall(row[1])))
    words = {w for w in count if count[w] > 1 or w[0].isupper()}
    words |= {w for w in listed if listed[w] > 1}
    return sorted(words), count


def vectors(bert, words, pieces):
    """Return a vector of each word: what the sixth and the eleventh layer
    make of it by itself and in a sentence that tells nothing of it."""
    cut = [sum((pieces.of(w[a:z]) for a, z in pieces.words(w)), [])[:12]
           for w in words]
    order = sorted(range(len(words)), key=lambda i: len(cut[i]))
    found = np.zeros((len(words), 2 * HIDDEN), np.float32)
    for before, behind in ('', ''), ('He talked about', 'again .'):
        head = [pieces.first] + [pieces.number[w] for w in before.split()]
        tail = [pieces.number[w] for w in behind.split()] + [pieces.last]
        for i in range(0, len(order), 400):
            some = order[i:i + 400]
            ids, mask = padded([head + cut[k] + tail for k in some])
            share = torch.zeros(ids.shape)
            for row, k in enumerate(some):
                share[row, len(head):len(head) + len(cut[k])] = 1 / len(cut[k])
            with torch.no_grad(), torch.autocast('cpu', torch.bfloat16):
                layers = list(bert.hidden(ids, mask))
            both = [F.layer_norm(layers[k].float(), (HIDDEN,))
                    for k in (5, 10)]
            found[some] += torch.einsum(
                'blh,bl->bh', torch.cat(both, -1), share).numpy() / 2
    return found


def halve(x, weight, rng):
    """Return which vectors are of the one half: two means, at first to both
    sides of the mean along the main axis."""
    centred = x - (x * weight[:, None]).sum(0) / weight.sum()
    axis = rng.randn(x.shape[1])
    for _ in range(8):
        axis = centred.T @ (weight * (centred @ axis))
        axis /= np.linalg.norm(axis) + 1e-12
    side = centred @ axis > 0
    for _ in range(15):
        if side.all() or not side.any():
            break
        a, b = (np.average(x[s], axis=0, weights=weight[s])
                for s in (side, ~side))
        now = ((x - a) ** 2).sum(1) < ((x - b) ** 2).sum(1)
        if (now == side).all():
            break
        side = now
    return side


def put_classes(bert, data, written, pieces, file):
    words, count = vocabulary(data, written)
    x = vectors(bert, words, pieces)
    weight = np.array([min(count[w] + 1, 50) ** 0.5 for w in words])
    x -= np.average(x, axis=0, weights=weight)
    axes = np.linalg.eigh((x * weight[:, None]).T @ x)[1][:, ::-1]
    x = x @ axes[:, :AXES]
    x /= np.linalg.norm(x, axis=1, keepdims=True) + 1e-6
    rng = np.random.RandomState(1)
    todo = [(np.arange(len(words)), '')]
    while todo:
        some, way = todo.pop()
        side = None
        if len(way) < DEPTH and len(some) >= SMALLEST:
            side = halve(x[some], weight[some], rng)
        if side is None or side.all() or not side.any():
            for i in some:
                print(way, words[i], sep='\t', file=file)
        else:
            todo += [(some[side], way + '1'), (some[~side], way + '0')]


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    folder, data, written, to = sys.argv[1:]
    random.seed(1)
    torch.manual_seed(1)
    bert, pieces = Bert(folder), Pieces(folder)
    learn_names(bert, data, written, pieces)
    with open(to + '/gmb.tsv', 'w', encoding='utf-8') as f:
        put_marks(bert, data + '/train/gmb', pieces, f)
    with open(to + '/classes.tsv', 'w', encoding='utf-8') as f:
        put_classes(bert, data, written, pieces, f)


if __name__ == '__main__':
    main()
