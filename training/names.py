"""Read corpora of names into one record with one set of labels, and say what each corpus does not tell.

The common labels are PER, ORG, LOC, GPE (a place that is a polity: country, city), MISC, EVT and PROD. A
corpus that knows fewer keeps its own label as the nearest common one; its `Scheme` says what that label may
stand for and which labels its O may hide, so that a trainer can leave open what nobody annotated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from training.conllu import FormatError

LABELS = ("PER", "ORG", "LOC", "GPE", "MISC", "EVT", "PROD")
OUTSIDE = "O"


@dataclass(frozen=True, slots=True)
class Scheme:
    """What a corpus tells: `rename` maps its labels (absent: O), `may` a label to all it may stand for.

    `hidden` are the labels that a word tagged O may have all the same, since nobody annotated them.
    """

    rename: Mapping[str, str]
    may: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()

    @property
    def unknown(self) -> tuple[str, ...]:
        """Give the common labels that the corpus never tells apart by name."""
        told = set(self.rename.values())
        return tuple(label for label in LABELS if label not in told)


_PLACE = {"LOC": ("LOC", "GPE")}
_OTHER = {"LOC": ("LOC", "GPE"), "MISC": ("MISC", "EVT", "PROD")}
_THREE = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}

SCHEMES: dict[str, Scheme] = {
    "norne": Scheme(
        {
            "PER": "PER",
            "ORG": "ORG",
            "LOC": "LOC",
            "GPE_LOC": "GPE",
            "GPE_ORG": "GPE",
            "PROD": "PROD",
            "EVT": "EVT",
            "MISC": "MISC",
        }
    ),
    "uner": Scheme(_THREE, _PLACE, ("MISC", "EVT", "PROD")),
    "four": Scheme({**_THREE, "MISC": "MISC", "OTH": "MISC"}, _OTHER),
    "turku": Scheme({**_THREE, "PRO": "PROD", "EVENT": "EVT"}, _PLACE, ("MISC",)),
    "silver": Scheme({**_THREE, "GPE": "GPE"}, _PLACE, ("MISC", "EVT", "PROD")),
}


@dataclass(frozen=True, slots=True)
class Names:
    """One sentence with its names: `tags` are BIO over the common labels, one for each token.

    `actors` are the first words of names of polities that act ("Norge krever"), where the corpus tells.
    """

    source: str
    language: str
    scheme: str
    tokens: tuple[str, ...]
    tags: tuple[str, ...]
    sent_id: str = ""
    actors: tuple[int, ...] = ()

    def spans(self) -> list[tuple[int, int, str]]:
        """Give (start, end, label) of each name, in words from 0, `end` not included."""
        return spans(self.tags)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Files of one corpus of names under the data folder; `test_files` are only read to be held out."""

    id: str
    language: str
    scheme: str
    files: Mapping[str, str]  # train or dev -> path
    test_files: tuple[str, ...]
    layout: str  # pairs | nested | plain
    noisy: bool = False


CORPORA: tuple[Corpus, ...] = (
    Corpus(
        "uner-da-ddt",
        "da",
        "uner",
        {"dev": "ner/UNER_Danish-DDT/da_ddt-ud-dev.iob2"},
        ("ner/UNER_Danish-DDT/da_ddt-ud-test.iob2",),
        "pairs",
    ),
    Corpus(
        "uner-en-ewt",
        "en",
        "uner",
        {"dev": "ner/UNER_English-EWT/en_ewt-ud-dev.iob2"},
        ("ner/UNER_English-EWT/en_ewt-ud-test.iob2",),
        "pairs",
    ),
    Corpus(
        "uner-sv-talbanken",
        "sv",
        "uner",
        {
            "train": "ner/UNER_Swedish-Talbanken/sv_talbanken-ud-train.iob2",
            "dev": "ner/UNER_Swedish-Talbanken/sv_talbanken-ud-dev.iob2",
        },
        ("ner/UNER_Swedish-Talbanken/sv_talbanken-ud-test.iob2",),
        "pairs",
    ),
    Corpus(
        "webbnyheter",
        "sv",
        "four",
        {"train": "ner/swedish-ner-corpus/train_corpus.tsv"},
        ("ner/swedish-ner-corpus/test_corpus.tsv",),
        "plain",
        noisy=True,
    ),
    Corpus(
        "germeval2014",
        "de",
        "four",
        {"dev": "ner/germeval2014/de_news_dev.tsv"},
        ("ner/germeval2014/de_news_test.tsv",),
        "nested",
    ),
    Corpus(
        "turku",
        "fi",
        "turku",
        {"train": "ner/turku-ner-corpus/train.tsv", "dev": "ner/turku-ner-corpus/dev.tsv"},
        ("ner/turku-ner-corpus/test.tsv",),
        "pairs",
    ),
)


def spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Give (start, end, label) of each name in BIO tags; an I- without its B- opens one."""
    found: list[tuple[int, int, str]] = []
    start, label = 0, ""
    for at, tag in enumerate([*tags, OUTSIDE]):
        prefix, _, kind = tag.partition("-")
        if label and (prefix != "I" or kind != label):
            found.append((start, at, label))
            label = ""
        if prefix == "B" or (prefix == "I" and not label):
            start, label = at, kind
    return found


def bio(length: int, names: Sequence[tuple[int, int, str]]) -> tuple[str, ...]:
    """Write names (start, end, label) as BIO tags; where two overlap, the first given stays."""
    tags = [OUTSIDE] * length
    for start, end, label in names:
        if any(tag != OUTSIDE for tag in tags[start:end]):
            continue
        tags[start] = f"B-{label}"
        tags[start + 1 : end] = [f"I-{label}"] * (end - start - 1)
    return tuple(tags)


def common(tags: Sequence[str], scheme: str) -> tuple[str, ...]:
    """Rename the tags of a corpus to the common labels; labels that have none become O."""
    rename = SCHEMES[scheme].rename
    kept = [(start, end, rename[label]) for start, end, label in spans(tags) if label in rename]
    return bio(len(tags), kept)


def actors(tags: Sequence[str]) -> tuple[int, ...]:
    """Give the first words of the polities that NorNE says act (GPE_ORG)."""
    return tuple(start for start, _, label in spans(tags) if label == "GPE_ORG")


def merged(three: Sequence[str], four: Sequence[str]) -> tuple[str, ...]:
    """Join the two annotations of Danish: persons, organisations, places of UNER, the rest of DaN+."""
    first = [(start, end, label) for start, end, label in spans(three) if label in _THREE]
    second = [(start, end, label) for start, end, label in spans(four) if label == "MISC"]
    return bio(len(three), [*first, *second])


def read(corpus: Corpus, path: Path) -> list[Names]:
    """Read one file of a corpus; raise FormatError naming file and line."""
    records: list[Names] = []
    for sent_id, rows in _sentences(path, corpus.layout):
        tokens = tuple(token for token, _ in rows)
        raw = [tag for _, tag in rows]
        tags = common(_opened(raw) if corpus.layout == "plain" else raw, corpus.scheme)
        records.append(Names(corpus.id, corpus.language, corpus.scheme, tokens, tags, sent_id))
    return records


def _sentences(path: Path, layout: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    rows: list[tuple[str, str]] = []
    sent_id = ""
    with path.open(encoding="utf-8") as lines:
        for number, raw in enumerate(lines, 1):
            line = raw.rstrip("\r\n")
            if not line.strip():
                if rows:
                    yield sent_id, rows
                rows, sent_id = [], ""
                continue
            if line.startswith("# sent_id = "):
                sent_id = line.removeprefix("# sent_id = ")
                continue
            if line.startswith("-DOCSTART-"):
                continue
            row = _row(line, layout)
            if row is None:
                raise FormatError(f"{path}:{number}: no token and tag")
            if row[0]:
                rows.append(row)
    if rows:
        yield sent_id, rows


def _row(line: str, layout: str) -> tuple[str, str] | None:
    if layout == "plain":  # the test file parts its columns by blanks
        parts = line.rsplit(None, 1)
        if len(parts) != 2:
            return "", ""  # one stray tag stands alone in the train file
        return parts[0].replace("\u00ad", "").strip(), parts[1]
    cells = line.split("\t")
    return (cells[0], cells[1]) if len(cells) >= 2 else None


def _opened(tags: Sequence[str]) -> list[str]:
    """Write plain tags (PER PER 0) as BIO: words of one tag in a row are one name."""
    opened: list[str] = []
    before = ""
    for tag in tags:
        known = tag in {"PER", "ORG", "LOC", "MISC"}
        opened.append((f"I-{tag}" if tag == before else f"B-{tag}") if known else OUTSIDE)
        before = tag if known else ""
    return opened


def without_polities(label: str) -> str:
    """Give a label as corpora have it that count states and cities among the places."""
    return "LOC" if label == "GPE" else label
