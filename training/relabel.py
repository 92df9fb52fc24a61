"""Learn what conversion rules leave open, from sentences that have both a native tree and a gold UD tree.

A relabeller takes the tree that the rules made, and the native one, and chooses for each word a head among
the words near it in either tree, then a label among those that the same made label has had in the gold trees.
Both choices are linear (softmax over the candidates, trained by AdaGrad) over features of the two trees; the
heads are decoded to one tree. The idea is that of Jiang, Huang and Liu, "Automatic Adaptation of Annotation
Standards" (ACL 2009). Same data, same result: the order of the examples hangs on a fixed seed.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tidende.parse import decode
from training.conllu import Tree

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ids = NDArray[np.int64]
    Floats = NDArray[np.float64]

Triple = tuple[Tree, Tree, Tree]
"""The native tree, the tree that the rules made of it, and the gold tree, over the same words."""

_NEAR = 2  # arcs between a word and a candidate for its head, in either tree
_EPOCHS, _RATE, _DECAY, _BATCH, _SEEN = 8, 0.3, 1e-3, 400, 2
_FUNCTION = {"ADP", "SCONJ", "PART", "CCONJ", "AUX", "DET", "PRON", "ADV"}


class _Side:
    """One of the two trees of a sentence; ids are those of the words, 0 is the root."""

    def __init__(self, tree: Tree) -> None:
        size = len(tree.words)
        self.head = [0, *(word.head for word in tree.words)]
        self.label = ["ROOT", *(word.deprel for word in tree.words)]
        self.children: list[list[int]] = [[] for _ in range(size + 1)]
        for word in range(1, size + 1):
            self.children[self.head[word]].append(word)
        self.kin = [
            sorted({("<" if child < word else ">") + self.label[child] for child in self.children[word]})
            for word in range(size + 1)
        ]
        self.way = [self._way(word) for word in range(size + 1)]

    def _way(self, word: int) -> list[int]:
        """Give the words from `word` up to the root; native trees may have cycles, which are cut."""
        way = [word]
        while word and self.head[word] not in way:
            word = self.head[word]
            way.append(word)
        return way

    def path(self, word: int, other: int) -> tuple[int, int, str]:
        """Give the arcs up from `word` and down to `other`, and their labels."""
        down = {node: at for at, node in enumerate(self.way[other])}
        for up, node in enumerate(self.way[word]):
            if node in down:
                labels = [self.label[one] for one in self.way[word][:up]]
                below = [self.label[one] for one in self.way[other][: down[node]]]
                return up, down[node], "^".join(labels) + "|" + "v".join(below)
        return 9, 9, "?"

    def siblings(self, word: int) -> list[str]:
        """Give the labels of the other dependents of the word's head, with their side of the word."""
        others = (other for other in self.children[self.head[word]] if other != word)
        return sorted({("<" if other < word else ">") + self.label[other] for other in others})


class _View:
    """What the features read of one sentence."""

    def __init__(self, native: Tree, made: Tree) -> None:
        words = made.words
        self.size = len(words)
        self.form = ["", *(word.form.lower() for word in words), ""]
        self.lemma = ["", *(word.lemma for word in words)]
        self.upos = ["ROOT", *(word.upos for word in words), "END"]
        self.feats = ["", *(word.feats for word in words)]
        self.full = ["", *(word.xpos for word in native.words)]
        self.tag = ["", *(word.xpos.split("|")[0][:2] for word in native.words)]
        self.made, self.native = _Side(made), _Side(native)

    def candidates(self, word: int) -> list[int]:
        """Give the words near in either tree, in order; the head that the rules chose is always one."""
        found = {self.made.head[word]}
        for side in (self.made, self.native):
            ring = {word}
            for _ in range(_NEAR):
                ring |= {side.head[one] for one in ring if one} | {
                    child for one in ring if one for child in side.children[one]
                }
            found |= ring
        fit = sorted(one for one in found if one != word and self.upos[one] != "PUNCT")
        return fit or [self.made.head[word]]


def _arc(view: _View, word: int, head: int) -> list[Hashable]:
    """Give the features of `word` hanging on `head`."""
    made, native = view.made, view.native
    up, down, path = made.path(word, head)
    old_up, old_down, old_path = native.path(word, head)
    near, old = (up, down), (old_up, old_down)
    both = (*near, *old)
    side = head < word
    gap = min(abs(head - word), 4)
    label, role, parent, source = made.label[word], native.label[word], made.head[word], native.head[word]
    above = native.head[source]
    upos, tag = view.upos, view.tag
    found: list[Hashable] = [
        ("path", path),
        ("old", old_path),
        ("paths", path, old_path),
        ("side", path, side, upos[head]),
        ("old side", old_path, side, role, tag[head]),
        ("tags", path, upos[word], upos[head]),
        ("old tags", old_path, tag[word], tag[head]),
        ("place", both, side),
        ("labels", both, label, role),
        ("over", both, label, made.label[head]),
        ("old over", both, role, native.label[head]),
        ("kinds", both, upos[word], upos[head], side),
        ("form", both, view.form[word]),
        ("head form", both, view.form[head]),
        ("parent form", near, view.form[parent]),
        ("source form", both, view.form[source]),
        ("gap", near, gap, side),
        ("chain", both, tag[source], tag[above], role, native.label[source]),
        ("chain tags", both, tag[word], tag[source], tag[above], role),
        ("up", both, label, made.label[parent], upos[parent]),
        ("full", near, view.full[word]),
        ("source full", both, view.full[source]),
        ("round", both, label, upos[word - 1], upos[word + 1]),
        ("path form", path, view.form[word]),
    ]
    found += [("kin", both, kin, upos[word]) for kin in made.kin[word]]
    found += [("old kin", near, kin, tag[word]) for kin in native.kin[word]]
    found += [("head kin", both, kin, label) for kin in made.kin[head]]
    found += [("sibling", both, kin, label) for kin in made.siblings(word)]
    found += [("old sibling", both, kin, role) for kin in native.siblings(word)]
    return found


def _label(view: _View, word: int, head: int) -> list[Hashable]:
    """Give the features of the label of `word` under `head`."""
    made, native = view.made, view.native
    up, down, path = made.path(word, head)
    old_up, old_down, old_path = native.path(word, head)
    both = (up, down, old_up, old_down)
    label, role, source = made.label[word], native.label[word], native.head[word]
    upos, tag = view.upos, view.tag
    found: list[Hashable] = [
        ("label", label),
        ("role", role),
        ("both", label, role),
        ("tags", label, upos[word], upos[head]),
        ("old tags", role, tag[word], tag[head]),
        ("all", label, role, upos[word], upos[head]),
        ("form", label, view.form[word]),
        ("bare form", view.form[word]),
        ("lemma", role, view.lemma[word]),
        ("head form", label, view.form[head]),
        ("head lemma", label, upos[word], view.lemma[head]),
        ("lemma on", label, view.lemma[word], upos[head]),
        ("path", path),
        ("old path", old_path),
        ("place", both, label),
        ("old place", both, role),
        ("feats", label, view.feats[word]),
        ("old feats", role, view.feats[word]),
        ("head feats", label, upos[word], view.feats[head]),
        ("source form", label, view.form[source]),
        ("source tag", role, tag[source], tag[word]),
        ("source", role, native.label[source], tag[source]),
        ("source role", role, native.label[source], tag[word]),
        ("source full", label, view.full[source]),
        ("over", label, made.label[head]),
        ("side", label, head < word, upos[head]),
        ("kinds", upos[word], head < word, upos[head]),
        ("full", label, view.full[word]),
        ("round", label, upos[word - 1], upos[word + 1]),
    ]
    for kin in made.kin[word]:
        found += [("kin", label, kin), ("kin tags", label, kin, upos[word], upos[head])]
    found += [("old kin", role, kin) for kin in native.kin[word]]
    found += [("head kin", label, kin) for kin in made.kin[head]]
    found += [
        ("child", label, made.label[child], view.form[child])
        for child in made.children[word]
        if upos[child] in _FUNCTION
    ]
    return found


# -- learning -----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Choice:
    """One choice to learn: the features of all candidates end to end, how many each has, the right one."""

    ids: Ids
    counts: Ids
    right: int


def _fit(choices: Sequence[_Choice], size: int) -> Floats:
    """Give a weight for each of `size` features; those seen fewer than `_SEEN` times weigh nothing."""
    import numpy as np

    seen = np.zeros(size, dtype=np.int64)
    for choice in choices:
        np.add.at(seen, choice.ids, 1)
    weights = np.zeros(size)
    squares = np.full(size, 1e-2)
    order = np.arange(len(choices))
    shuffle = np.random.default_rng(0).shuffle
    for _ in range(_EPOCHS):
        shuffle(order)
        for start in range(0, len(order), _BATCH):
            batch = [choices[at] for at in order[start : start + _BATCH]]
            ids = np.concatenate([choice.ids for choice in batch])
            counts = np.concatenate([choice.counts for choice in batch])
            sizes = np.array([len(choice.counts) for choice in batch])
            first = np.cumsum(sizes) - sizes
            scores = np.add.reduceat(weights[ids], np.cumsum(counts) - counts)
            scores = np.exp(scores - np.repeat(np.maximum.reduceat(scores, first), sizes))
            error = scores / np.repeat(np.add.reduceat(scores, first), sizes)
            error[first + np.array([choice.right for choice in batch])] -= 1
            slope = np.bincount(ids, np.repeat(error, counts), minlength=size) * (10 / len(batch))
            at = np.flatnonzero((slope != 0) & (seen >= _SEEN))
            step = slope[at] + _DECAY * weights[at]
            squares[at] += step * step
            weights[at] -= _RATE * step / np.sqrt(squares[at])
    return weights


class Examples:
    """Sentences with both trees as numbers, to learn from all or some of them."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        import numpy as np

        self.arcs: dict[Hashable, int] = {}
        self.features: dict[Hashable, int] = {}
        self._sentences: list[tuple[list[_Choice], list[tuple[Ids, str, str]]]] = []
        for native, made, gold in triples:
            view = _View(native, made)
            heads: list[_Choice] = []
            labels: list[tuple[Ids, str, str]] = []
            for word in range(1, view.size + 1):
                due = gold.words[word - 1]
                candidates = view.candidates(word)
                if due.head in candidates:
                    rows = [_known(self.arcs, _arc(view, word, head)) for head in candidates]
                    counts = np.array([len(row) for row in rows])
                    ids = np.array([one for row in rows for one in row])
                    heads.append(_Choice(ids, counts, candidates.index(due.head)))
                own = np.array(_known(self.features, _label(view, word, due.head)))
                labels.append((own, view.made.label[word], due.deprel))
            self._sentences.append((heads, labels))

    def __len__(self) -> int:
        return len(self._sentences)

    def learn(self, chosen: Iterable[int] | None = None) -> Relabeller:
        """Learn from the sentences with these numbers, or from all; raise ValueError where there is none."""
        import numpy as np

        some = [self._sentences[at] for at in (range(len(self)) if chosen is None else chosen)]
        rows = [row for _, labels in some for row in labels]
        if not rows:
            raise ValueError("no sentence to learn the relabelling from")
        names = sorted({due for _, _, due in rows})
        number = {name: at for at, name in enumerate(names)}
        options: dict[str, set[str]] = {}
        for _, label, due in rows:
            options.setdefault(label, set()).add(due)
        choices = []
        for ids, label, due in rows:
            several = sorted(options[label])
            if len(several) > 1:
                spread = np.concatenate([ids * len(names) + number[name] for name in several])
                counts = np.full(len(several), len(ids))
                choices.append(_Choice(spread, counts, several.index(due)))
        return Relabeller(
            arcs=self.arcs,
            arc_weights=_fit([choice for heads, _ in some for choice in heads], len(self.arcs)),
            features=self.features,
            label_weights=_fit(choices, len(self.features) * len(names)).reshape(-1, len(names)),
            names=tuple(names),
            options={label: sorted(found) for label, found in options.items()},
        )


def _known(index: dict[Hashable, int], features: Iterable[Hashable]) -> list[int]:
    return [index.setdefault(feature, len(index)) for feature in features]


@dataclass(frozen=True, slots=True)
class Relabeller:
    """Weights of heads and labels; `options` are the gold labels that each made label has had."""

    arcs: dict[Hashable, int]
    arc_weights: Any
    features: dict[Hashable, int]
    label_weights: Any
    names: tuple[str, ...]
    options: dict[str, list[str]]

    def relabel(self, native: Tree, made: Tree) -> Tree:
        """Give the made tree with heads and labels chosen anew; tags, lemmas and spacing stay."""
        view = _View(native, made)
        heads = self._heads(view)
        return replace(
            made,
            words=tuple(
                replace(word, head=head, deprel=self._name(view, word.id, head))
                for word, head in zip(made.words, heads, strict=True)
            ),
        )

    def _heads(self, view: _View) -> list[int]:
        import numpy as np

        scores = np.full((view.size, view.size + 1), -1e3)
        for word in range(1, view.size + 1):
            candidates = view.candidates(word)
            own = np.array([self._score(_arc(view, word, head)) for head in candidates])
            own -= own.max()
            scores[word - 1, candidates] = own - np.log(np.exp(own).sum())
        return decode.heads(scores.astype("float32"))

    def _score(self, features: Iterable[Hashable]) -> float:
        ids = [self.arcs[one] for one in features if one in self.arcs]
        return float(self.arc_weights[ids].sum())

    def _name(self, view: _View, word: int, head: int) -> str:
        if head == 0:
            return "root"
        made = view.made.label[word]
        several = [name for name in self.options.get(made, [made]) if name != "root"]
        if len(several) < 2:
            return several[0] if several else "dep"
        ids = [self.features[one] for one in _label(view, word, head) if one in self.features]
        scores = self.label_weights[ids].sum(0)
        return max(several, key=lambda name: (float(scores[self.names.index(name)]), name))


def out_of_fold(triples: Sequence[Triple], *, folds: int = 10) -> list[Tree]:
    """Relabel each sentence by what was learned from the other folds, in order."""
    examples = Examples(triples)
    found = [made for _, made, _ in triples]
    for fold in range(folds):
        learned = examples.learn(at for at in range(len(triples)) if at % folds != fold)
        for at in range(fold, len(triples), folds):
            native, made, _ = triples[at]
            found[at] = learned.relabel(native, made)
    return found
