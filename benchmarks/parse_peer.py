"""Score what our model and spaCy's small English one read in the same sentences, beside their speeds.

The two hold to other conventions of trees, so what is compared is what both tell: parts of speech, names, and
which words are subjects and objects of verbs.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import treebanks
from scoring import ROOT, Figure, harmonic, share, table, total
from training import conllu
from treebanks import percent

_WORKER = ROOT / "benchmarks" / "parse_peer_worker.py"
SETS = {"en": "English EWT", "en-pud": "English PUD"}
# Names as spaCy's model types them; it has no other types that name sets have too.
_TYPES = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
_ARCS = {
    **dict.fromkeys(("nsubj", "nsubj:pass", "nsubjpass"), "subject"),
    **dict.fromkeys(("obj", "dobj"), "object"),
}

UPOS = Figure("parts of speech", share("upos right", "words"), ("upos right", "words"))
FIGURES = (
    UPOS,
    *(
        Figure(f"{kind}, F1", harmonic(f"{kind} right", f"{kind} due", f"{kind} wrong"), (f"{kind} right",))
        for kind in ("names", "subjects and objects")
    ),
)


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one sentence, a value for each word; heads count from 1, 0 is the root."""

    upos: Sequence[str]
    names: Sequence[str]
    heads: Sequence[int]
    deprels: Sequence[str]

    @property
    def arcs(self) -> set[tuple[int, int, str]]:
        """Give verb, dependent and which of the two it is."""
        return {
            (head, at, _ARCS[deprel])
            for at, (head, deprel) in enumerate(zip(self.heads, self.deprels, strict=True))
            if deprel in _ARCS and head and self.upos[head - 1] == "VERB"
        }


def gold(key: str, most: int = 0, *, data: Path = treebanks.DATA) -> list[tuple[treebanks.Sentence, Told]]:
    """Read the test sentences of a set that have both names and a tree; raise `treebanks.Missing`."""
    path = treebanks.NAME_SETS[key].trees["test"]
    trees = {tree.forms: tree for tree in conllu.read(data / path)}
    found = []
    for sentence in treebanks.named(key, "test", most, data=data):
        tree = trees.get(sentence.texts)
        if tree is not None:
            words = tree.words
            told = Told(
                [word.upos for word in words],
                sentence.tags,
                [word.head for word in words],
                [word.deprel for word in words],
            )
            found.append((sentence, told))
    return found


def count(due: Told, own: Told) -> Counter[str]:
    """Count one sentence."""
    counts: Counter[str] = Counter(words=len(due.upos))
    counts["upos right"] = sum(map(str.__eq__, due.upos, own.upos))
    pairs = {
        "names": (treebanks.spans(due.names), treebanks.spans(own.names)),
        "subjects and objects": (due.arcs, own.arcs),
    }
    for kind, (wanted, found) in pairs.items():
        counts[f"{kind} right"] = len(wanted & found)
        counts[f"{kind} due"] = len(wanted)
        counts[f"{kind} wrong"] = len(found - wanted)
    return counts


def ours(sentences: Sequence[treebanks.Sentence]) -> list[Told]:
    """Read sentences with our model."""
    read = treebanks.reader().read(sentences)
    return [Told(one.upos, one.names, one.heads, one.deprels) for one in read]


def theirs(python: Path, sentences: Sequence[treebanks.Sentence]) -> list[Told]:
    """Read sentences with spaCy's model, which `python` has; raise `OSError` where it does not read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sentences.json"
        path.write_text(json.dumps([[one.texts, one.spaced] for one in sentences]), encoding="utf-8")
        done = subprocess.run(
            [str(python), "-P", "-W", "ignore", str(_WORKER), str(path)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise OSError(f"spaCy did not read: {done.stderr.strip()[-300:]}")
    return [
        Told(one["upos"], [_common(tag) for tag in one["names"]], one["heads"], one["deprels"])
        for one in json.loads(done.stdout.splitlines()[-1])
    ]


def _common(tag: str) -> str:
    opening, _, label = tag.partition("-")
    return f"{opening}-{_TYPES[label]}" if label in _TYPES else "O"


def compared(python: Path | None, most: int = 0, *, data: Path = treebanks.DATA) -> str:
    """Lay out the figures of both readers by set; without `python` those of ours."""
    rows = []
    for key, title in SETS.items():
        own = gold(key, most, data=data)
        sentences = [sentence for sentence, _ in own]
        readers: Mapping[str, list[Told]] = {
            "Tidende": ours(sentences),
            **({"spaCy en_core_web_sm": theirs(python, sentences)} if python else {}),
        }
        for name, read in readers.items():
            counts = total([count(due, one) for (_, due), one in zip(own, read, strict=True)])
            rows.append([f"{name}, {title}", *(percent(figure, counts) for figure in FIGURES)])
    return f"{table(['test set', *(figure.name for figure in FIGURES)], rows)}\n\n{_CONDITIONS}"


_CONDITIONS = """Gold words are given to both. Names are persons, organisations and places (polities and
buildings among them) with exact spans; subjects and objects are those of verbs, told with the verb. spaCy's
model was trained on OntoNotes, which does not mark all names and verbs as these sets do; ours on the training
part of EWT."""


if __name__ == "__main__":
    sys.exit("run parse_speed.py")
