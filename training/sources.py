"""Read the native treebanks: NDT (nb, nn), DDT (da) and Talbanken in UD version 1 (sv)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from training import conllu
from training.conllu import FormatError, Tree, Word

HEADING_MARK = "|"  # NDT's sign for "this line is a heading"; no token of the text


@dataclass(frozen=True, slots=True)
class Native:
    """A sentence in its own scheme: `tree` holds native tags and labels, `names` raw name tags by layer.

    `part` is train, dev or test of the UD release where the source tells it, else empty. `aligned` is
    False where the source has no tree for the sentence (heads are then all 0).
    """

    tree: Tree
    names: dict[str, tuple[str, ...]]
    part: str = ""
    aligned: bool = True


def _blocks(path: Path) -> Iterable[tuple[int, list[str], list[str]]]:
    comments: list[str] = []
    rows: list[str] = []
    first = 0
    with path.open(encoding="utf-8") as lines:
        for number, raw in enumerate(lines, 1):
            line = raw.rstrip("\n")
            if not line.strip():
                if rows:
                    yield first, comments, rows
                    comments, rows = [], []
            elif line.startswith("#") and "\t" not in line:
                comments.append(line[1:].strip())
            else:
                first = first if rows else number
                rows.append(line)
    if rows:
        yield first, comments, rows


def read_ndt(path: Path) -> list[Native]:
    """Read NDT with names; heading marks are dropped, and heads counted anew.

    XPOS holds the native part of speech, FEATS the native tags, DEPREL the native label.
    """
    found: list[Native] = []
    document = ""
    count = 0
    for first, comments, rows in _blocks(path):
        part = ""
        for comment in comments:
            key, _, value = comment.partition(" = ")
            if key == "newdoc id":
                document, count = value, 0
            elif key == "ud":
                part = value
        count += 1
        cells = [row.split("\t") for row in rows]
        for offset, cell in enumerate(cells):
            if len(cell) != 8:
                raise FormatError(f"{path}:{first + offset}: {len(cell)} columns, not 8")
        kept = [cell for cell in cells if cell[1] != HEADING_MARK]
        if not kept:
            continue
        new_id = {cell[0]: number for number, cell in enumerate(kept, 1)}
        new_id["0"] = 0
        heads = {cell[0]: cell[5] for cell in cells}
        words: list[Word] = []
        for cell in kept:
            head = cell[5]
            while head not in new_id:  # its head was a heading mark: take that mark's head
                head = heads[head]
            words.append(
                Word(
                    id=new_id[cell[0]],
                    form=cell[1],
                    lemma=cell[2],
                    xpos=cell[3],
                    feats="" if cell[4] == "_" else cell[4],
                    head=new_id[head],
                    deprel=cell[6],
                    misc="Heading=Yes" if len(kept) < len(cells) else "",
                )
            )
        tree = Tree(sent_id=f"{document}-{count}", words=tuple(words))
        found.append(Native(tree, {"norne": tuple(cell[7] for cell in kept)}, part))
    return found


def read_ddt(path: Path) -> list[Native]:
    """Read the merged DDT (UD tokens, native heads and labels, names of UNER and DaN+).

    XPOS holds the PAROLE tag, FEATS the UniMorph tags joined by `;`, DEPREL the native label. A part of a
    split multiword word has the label `mwe` and the word's first part as head.
    """
    found: list[Native] = []
    for first, comments, rows in _blocks(path):
        keyed = dict(comment.split(" = ", 1) for comment in comments if " = " in comment)
        cells = [row.split("\t") for row in rows]
        words: list[Word] = []
        for offset, cell in enumerate(cells):
            if len(cell) != 9:
                raise FormatError(f"{path}:{first + offset}: {len(cell)} columns, not 9")
            words.append(
                Word(
                    id=int(cell[0]),
                    form=cell[1],
                    lemma="" if cell[2] == "_" and cell[1] != "_" else cell[2],
                    xpos="" if cell[4] == "_" else cell[4],
                    feats="" if cell[3] == "_" else cell[3],
                    head=0 if cell[5] == "_" else int(cell[5]),
                    deprel="" if cell[6] == "_" else cell[6],
                )
            )
        tree = Tree(sent_id=keyed.get("sent_id", ""), words=tuple(words), text=keyed.get("text", ""))
        names = {"uner": tuple(cell[7] for cell in cells), "dan": tuple(cell[8] for cell in cells)}
        aligned = any(word.deprel for word in words)
        part = path.name.split(".")[0].rsplit("-", 1)[-1]
        found.append(Native(spaced(tree), names, part, aligned))
    return found


def read_talbanken(path: Path) -> list[Native]:
    """Read Talbanken in UD version 1, with the name tags kept in MISC where the source has them."""
    found: list[Native] = []
    for tree in conllu.read(path):
        tags = tuple(conllu.features(word.misc).get("NER", "O") for word in tree.words)
        keyed = dict(comment.split(" = ", 1) for comment in tree.comments if " = " in comment)
        part = keyed.get("ud_v2_split", "") or path.name.split(".")[0].rsplit("-", 1)[-1]
        names = {"uner": tags} if "ud_v2_split" in keyed else {}  # only joined sentences have names
        found.append(Native(tree, names, part))
    return found


def spaced(tree: Tree) -> Tree:
    """Set SpaceAfter=No from the text of the sentence; a tree whose forms do not spell it stays as it is."""
    if not tree.text:
        return tree
    at = 0
    words: list[Word] = []
    for word in tree.words:
        if not tree.text.startswith(word.form, at):
            return tree
        at += len(word.form)
        tight = at < len(tree.text) and not tree.text[at].isspace()
        while at < len(tree.text) and tree.text[at].isspace():
            at += 1
        if tight:
            misc = "|".join(part for part in (word.misc, "SpaceAfter=No") if part)
            words.append(_with_misc(word, misc))
        else:
            words.append(word)
    return Tree(tree.sent_id, tuple(words), tree.text, tree.spans, tree.empty, tree.comments)


def _with_misc(word: Word, misc: str) -> Word:
    return Word(
        word.id,
        word.form,
        word.lemma,
        word.upos,
        word.xpos,
        word.feats,
        word.head,
        word.deprel,
        word.deps,
        misc,
    )


def align(native: Sequence[Native], gold: Sequence[Tree]) -> list[tuple[Native, Tree]]:
    """Pair native sentences with the gold trees that have the same words, in order, each used once.

    Several sentences with equal words are paired in the order in which they stand.
    """
    waiting: dict[tuple[str, ...], list[Tree]] = {}
    for tree in gold:
        waiting.setdefault(_spelling(tree.forms), []).append(tree)
    taken: Counter[tuple[str, ...]] = Counter()
    pairs: list[tuple[Native, Tree]] = []
    for sentence in native:
        key = _spelling(sentence.tree.forms)
        same = waiting.get(key, [])
        if taken[key] < len(same):
            pairs.append((sentence, same[taken[key]]))
            taken[key] += 1
    return pairs


def _spelling(forms: Iterable[str]) -> tuple[str, ...]:
    return tuple("".join(form.split()) for form in forms)
