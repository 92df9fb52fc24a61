"""What the model is measured on, and the model: sentences as words with white space, gold trees, names.

Neither the data (`../shared/data`) nor the files of the model need be here: then `Missing` says which is not.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from scoring import ROOT, SHARED, Figure, interval, total

sys.path.insert(0, str(ROOT))  # for `training`, which is not installed

from training import batches, conllu, heldout, names, sources
from training.conllu import Tree
from training.names import Corpus

if TYPE_CHECKING:
    from tidende.parse.neural import Analysis, Model

_T = TypeVar("_T")

DATA = SHARED / "data"
LANGUAGES = ("da", "nb", "nn", "sv", "en", "de")
PARTS = ("test", "dev")
TREEBANKS = {
    "da": ("UD Danish DDT", "ud/UD_Danish-DDT/da_ddt-ud-{}.conllu"),
    "nb": ("UD Norwegian Bokmaal", "ud/UD_Norwegian-Bokmaal/no_bokmaal-ud-{}.conllu"),
    "nn": ("UD Norwegian Nynorsk", "ud/UD_Norwegian-Nynorsk/no_nynorsk-ud-{}.conllu"),
    "sv": ("UD Swedish Talbanken", "ud/UD_Swedish-Talbanken/sv_talbanken-ud-{}.conllu"),
    "en": ("UD English EWT", "ud/UD_English-EWT/en_ewt-ud-{}.conllu"),
    "de": ("UD German GSD", "ud/UD_German-GSD/de_gsd-ud-{}.conllu"),
}
Key = tuple[tuple[str, ...], tuple[bool, ...]]
Known = dict[Key, tuple[str, ...]]  # the names that were read in what the model was shown

TYPES = ("PER", "ORG", "LOC")
_SCORED = {**{label: label for label in TYPES}, "GPE": "LOC"}
_BLOCK = 20  # neighbours come from one article: intervals draw blocks of so many sentences
_LEAST_BLOCKS = 10


class Missing(Exception):
    """The data or the model is not here; the message says which."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words, for each whether white space goes before it, and gold names (BIO, common labels) if known.

    `features` are the FEATS columns of the words, empty where there is no tree; `language` is needed for
    lemmas alone.
    """

    texts: tuple[str, ...]
    spaced: tuple[bool, ...]
    tags: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    language: str = ""

    @property
    def key(self) -> Key:
        """Give what the model is shown."""
        return self.texts, self.spaced


@dataclass(frozen=True, slots=True)
class NameSet:
    """One corpus of names: its files by part, how they are laid out, the treebank that knows their spacing.

    `files` is empty for NorNE, whose names stand in the native trees at `trees["native"]`.
    """

    title: str
    language: str
    scheme: str
    files: dict[str, str]
    trees: dict[str, str]
    layout: str = "pairs"


def _uner(title: str, language: str, stem: str, *, dev: bool = True) -> NameSet:
    folder, base = stem.split("/")
    parts = PARTS if dev else ("test",)
    return NameSet(
        f"{title} (UNER)",
        language,
        "uner",
        {part: f"ner/UNER_{folder}/{base}-ud-{part}.iob2" for part in parts},
        {part: f"ud/UD_{folder}/{base}-ud-{part}.conllu" for part in parts},
    )


def _norne(language: str, file: str) -> NameSet:
    trees = {part: TREEBANKS[language][1].format(part) for part in PARTS}
    native = f"ud/no_ndt-native/ndt-{file}.conll"
    return NameSet(f"NorNE {language}", language, "norne", {}, {**trees, "native": native})


NAME_SETS = {
    "da": _uner("Danish DDT", "da", "Danish-DDT/da_ddt"),
    "nb": _norne("nb", "nob"),
    "nn": _norne("nn", "nno"),
    "sv": _uner("Swedish Talbanken", "sv", "Swedish-Talbanken/sv_talbanken"),
    "sv-web": NameSet(
        "Webbnyheter", "sv", "four", {"test": "ner/swedish-ner-corpus/test_corpus.tsv"}, {}, "plain"
    ),
    "en": _uner("English EWT", "en", "English-EWT/en_ewt"),
    "de": NameSet(
        "GermEval 2014, outer",
        "de",
        "four",
        {part: f"ner/germeval2014/de_news_{part}.tsv" for part in PARTS},
        {},
        "nested",
    ),
    "sv-pud": _uner("Swedish PUD", "sv", "Swedish-PUD/sv_pud", dev=False),
    "en-pud": _uner("English PUD", "en", "English-PUD/en_pud", dev=False),
    "de-pud": _uner("German PUD", "de", "German-PUD/de_pud", dev=False),
}


# --- sentences --------------------------------------------------------------------------------


def spans(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """Give the names that are scored as (start, end, type): PER, ORG, and LOC, polities (GPE) among them."""
    return {(start, end, _SCORED[label]) for start, end, label in names.spans(tags) if label in _SCORED}


def trees(language: str, part: str = "test", most: int = 0, *, data: Path = DATA) -> list[Tree]:
    """Read the gold trees of a language; of dev only the fifth that was never learned from (fold 0).

    `most` takes so many, evenly spread; 0 takes all.
    """
    found = whole(language, part, data=data)
    if part == "dev":
        found = [tree for tree in found if heldout.fold(tree.forms) == batches.DEV_FOLD]
    return spread(found, most)


def whole(language: str, part: str = "test", *, data: Path = DATA) -> list[Tree]:
    """Read all the gold trees of a part of a treebank, in order."""
    return conllu.read(_here(data / TREEBANKS[language][1].format(part)))


def named(key: str, part: str = "test", most: int = 0, *, data: Path = DATA) -> list[Sentence]:
    """Read the sentences of a corpus of names, one of `NAME_SETS`; `part` and `most` as for trees."""
    corpus = NAME_SETS[key]
    if corpus.scheme == "norne":
        found = _norwegian(corpus, part, data)
    else:
        reader = Corpus(key, corpus.language, corpus.scheme, {}, (), corpus.layout)
        gold: dict[str, Tree] = {}
        if corpus.trees:
            gold = {tree.sent_id: tree for tree in conllu.read(_here(data / corpus.trees[part]))}
        found = [
            _with_names(record.tokens, record.tags, gold.get(record.sent_id))
            for record in names.read(reader, _here(data / corpus.files[part]))
        ]
    if part == "dev":
        found = [sentence for sentence in found if heldout.fold(sentence.texts) == batches.DEV_FOLD]
    return spread(found, most)


def _norwegian(corpus: NameSet, part: str, data: Path) -> list[Sentence]:
    native = [one for one in sources.read_ndt(_here(data / corpus.trees["native"])) if one.part == part]
    gold = conllu.read(_here(data / corpus.trees[part]))
    known = {id(one): tree for one, tree in sources.align(native, gold)}
    return [
        _with_names(one.tree.forms, names.common(one.names["norne"], "norne"), known.get(id(one)))
        for one in native
    ]


def _with_names(tokens: Sequence[str], tags: Sequence[str], tree: Tree | None) -> Sentence:
    """Take spacing and features from the tree of the same words, else space as one would print."""
    if tree is not None and tree.forms == tuple(tokens):
        return Sentence(tree.forms, spacing(tree), tuple(tags), tuple(word.feats for word in tree.words))
    guessed = batches.spacing(tokens, "1" * len(tokens))
    return Sentence(tuple(tokens), tuple(guessed), tuple(tags), ("",) * len(tokens))


def fingerprint(forms: Iterable[str]) -> str:
    """Give the key of a sentence, the same in every file."""
    return heldout.fingerprint(forms)


def plain(tree: Tree, language: str) -> Sentence:
    """Give what the model is shown of a gold tree."""
    return Sentence(tree.forms, spacing(tree), language=language)


def spacing(tree: Tree) -> tuple[bool, ...]:
    """Say for each word whether white space goes before it.

    The words of a multiword token stand together where they spell it ("it" + "'s"); where they only stand for
    it (German "in" + "dem" for "im") they are taken as written apart.
    """
    after = [word.space_after for word in tree.words]
    for span in tree.spans:
        inside = range(span.start - 1, span.end)
        spelt = "".join(tree.words[at].form for at in inside) == span.form
        for at in inside:
            after[at] = not spelt
        after[span.end - 1] = span.space_after
    return (True, *after[:-1])


def spread(items: Sequence[_T], most: int) -> list[_T]:
    """Take at most `most` items, evenly spread, in order; all where `most` is 0."""
    if not most or most >= len(items):
        return list(items)
    return [items[at * len(items) // most] for at in range(most)]


def _here(path: Path) -> Path:
    if not path.is_file():
        raise Missing(f"{path} is not here")
    return path


# --- the model --------------------------------------------------------------------------------


@dataclass(slots=True)
class Reader:
    """The model that is installed; counts the words it read and the seconds that took."""

    model: Model
    words: int = 0
    seconds: float = 0.0

    def read(self, sentences: Sequence[Sentence]) -> list[Analysis]:
        """Read sentences, in order."""
        from tidende.parse.neural import Words

        shown = [Words(sentence.texts, sentence.spaced, sentence.language) for sentence in sentences]
        start = time.perf_counter()
        found = self.model.read(shown)
        self.seconds += time.perf_counter() - start
        self.words += sum(len(sentence.texts) for sentence in sentences)
        return found

    def said(self) -> str:
        """Say how much was read, and how fast."""
        rate = self.words / (self.seconds or 1)
        return f"read {self.words} words in {self.seconds:.1f} s ({rate:.0f} words/s)"


def save(known: Known, path: Path) -> None:
    """Keep names that were read, a JSON line for each sentence."""
    rows = (json.dumps([*key, tags], ensure_ascii=False) for key, tags in known.items())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")


def kept(path: Path) -> Known:
    """Read names that were kept."""
    rows = (json.loads(line) for line in _here(path).read_text(encoding="utf-8").splitlines())
    return {(tuple(texts), tuple(spaced)): tuple(tags) for texts, spaced, tags in rows}


def reader() -> Reader:
    """Open the model; raise `Missing` where it cannot be."""
    from tidende.errors import TidendeError

    try:
        from tidende.parse.neural import load_model

        return Reader(load_model())
    except (ImportError, TidendeError) as error:
        raise Missing(f"no model to measure: {error}") from error


# --- figures ----------------------------------------------------------------------------------


def percent(figure: Figure, counts: Counter[str], digits: int = 1) -> str:
    """Print a figure in per cent, a dash where there is nothing to count."""
    value = figure.value(counts)
    return "-" if value is None else f"{100 * value:.{digits}f}"


def between(figure: Figure, counts: Sequence[Counter[str]]) -> str:
    """Print the 95 % interval of a figure, from the counts of sentences in their order."""
    blocks = [[total(counts[at : at + _BLOCK])] for at in range(0, len(counts), _BLOCK)]
    bounds = interval(figure, blocks) if len(blocks) >= _LEAST_BLOCKS else None
    return f"[{100 * bounds[0]:.1f}, {100 * bounds[1]:.1f}]" if bounds else ""
