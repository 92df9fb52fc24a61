"""A dependency graph that conversion rules may change: heads, native labels, UD labels, tags."""

from __future__ import annotations

from collections.abc import Iterable

from training.conllu import Tree, Word, joined


class Graph:
    """The working form of one sentence; lists are indexed by word id, and 0 stands for the root.

    `native` is the label that a rule still has to read (it travels with a role when heads are swapped),
    `rel` the UD label once known, `origin` the label the word had in the source.
    """

    def __init__(self, tree: Tree) -> None:
        words = tree.words
        self.tree = tree
        self.size = len(words)
        self.form = ["", *(word.form for word in words)]
        self.lower = ["", *(word.form.lower() for word in words)]
        self.lemma = ["", *(word.lemma for word in words)]
        self.tag = ["", *(word.xpos for word in words)]
        self.marks = [frozenset[str](), *(frozenset(_marks(word)) for word in words)]
        self.head = [0, *(word.head for word in words)]
        self.native = ["", *(word.deprel for word in words)]
        self.origin = list(self.native)
        self.upos = ["", *(word.upos for word in words)]
        self.feats: list[dict[str, str]] = [{} for _ in range(self.size + 1)]
        self.rel = [""] * (self.size + 1)

    def ids(self) -> range:
        """Give the ids of the words."""
        return range(1, self.size + 1)

    def children(self, head: int) -> list[int]:
        """Give the dependents of a word in order."""
        return [word for word in self.ids() if self.head[word] == head]

    def lift(self, function: int, content: int, *, stay: Iterable[int] = ()) -> None:
        """Let `content`, a dependent of `function`, take its place and role, and its other dependents.

        Dependents in `stay` remain on `function`.
        """
        keep = set(stay)
        self.head[content] = self.head[function]
        self.native[content] = self.native[function]
        for child in self.children(function):
            if child not in keep:
                self.head[child] = content
        self.head[function] = content

    def under(self, word: int, ancestor: int) -> bool:
        """Say whether `ancestor` is on the way from `word` to the root (a word is under itself)."""
        for _ in range(self.size + 1):
            if word == ancestor:
                return True
            if word == 0:
                return False
            word = self.head[word]
        return False

    def subtree(self, head: int) -> list[int]:
        """Give a word and all that hangs under it, in order."""
        below: dict[int, list[int]] = {}
        for word in self.ids():
            below.setdefault(self.head[word], []).append(word)
        found: list[int] = []
        waiting = [head]
        while waiting:
            word = waiting.pop()
            found.append(word)
            waiting += below.get(word, ())
        return sorted(found)

    def mend(self) -> None:
        """Make the heads a tree: cut cycles, and hang further roots on the first that is no mark."""
        for word in self.ids():
            seen = {word}
            at = self.head[word]
            while at and at not in seen:
                seen.add(at)
                at = self.head[at]
            if at:
                self.head[at] = 0
        roots = self.children(0)
        main = next((root for root in roots if self.upos[root] != "PUNCT"), roots[0] if roots else 0)
        for root in roots:
            if root != main:
                self.head[root] = main
                if self.rel[root] in {"", "root"}:
                    self.rel[root] = "parataxis"
        if main:
            self.rel[main] = "root"

    def result(self) -> Tree:
        """Give the converted tree; spacing, ids and comments are those of the source."""
        words = tuple(
            Word(
                id=word.id,
                form=word.form,
                lemma=self.lemma[word.id],
                upos=self.upos[word.id],
                feats=joined(self.feats[word.id]),
                head=self.head[word.id],
                deprel=self.rel[word.id],
                misc=word.misc,
            )
            for word in self.tree.words
        )
        old = self.tree
        return Tree(old.sent_id, words, old.text, old.spans, old.empty, old.comments)


def _marks(word: Word) -> list[str]:
    return word.feats.replace(";", "|").split("|") if word.feats else []
