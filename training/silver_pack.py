"""Write silver names in the form of the pack, to be learned from beside it (`pack.read_all`).

    .venv/bin/python -m training.silver_pack --shared ../shared

Rows are those of the pack (`pack.py`) with keys more: `q` where the names are from, `b` the article, `o` 1
where they stand for those of the pack. Names of EWT go over the trees that the pack has; German Wikinews,
MEANTIME and the blurbs are rows of their own. Nothing is taken that stands in a test set, a dev set or PUD.
`--model` joins what a model of ours reads in them (self-training).
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

from tidende.errors import TidendeError
from training import batches, conllu, gazetted, heldout, names, pack, peers, silver
from training.conllu import Tree

SCHEME = "silver"
_CC_BY_SA_4 = "CC BY-SA 4.0"
_PUD = {"en": "English", "de": "German", "sv": "Swedish"}
# A form that models read as an organisation this often, and hardly as anything else, is one.
_OFTEN = 9
_DASH = "–"


@dataclass(slots=True)
class Row:
    """One sentence with silver names; `source`, `part` as in the pack, `origin` where the names are from."""

    source: str
    part: str
    origin: str
    language: str
    article: str
    forms: tuple[str, ...]
    spaces: str
    tags: tuple[str, ...]
    scheme: str = SCHEME
    revises: bool = False


@dataclass(slots=True)
class Origin:
    """Where names are from: licence of the text, what made the names, the rows."""

    id: str
    language: str
    licence: str
    made: str
    rows: list[Row] = field(default_factory=list)


def english(
    sentence: peers.Sentence, upos: Sequence[str], heads: Sequence[int], corpus: silver.Forms
) -> tuple[str, ...]:
    """Tag one English sentence from what the models read; `heads` may be empty (no tree)."""
    forms = sentence.forms
    readings = [
        silver.tags_of(len(forms), silver.converted(forms, found, upos)) for found in sentence.names.values()
    ]
    tags = silver.united(readings)
    # Two models that differ are both wrong in half of the cases: proper nouns among these are wholly open.
    tags = silver.softened(
        tags,
        [at for at, tag in enumerate(tags) if silver.is_open(tag) and (upos[at] == "PROPN" or len(tag) == 1)],
    )
    if heads:
        tags = silver.in_tree(tags, heads)
    others = [
        {at for start, end, label in found for at in range(start, end) if label not in silver.words().labels}
        for found in sentence.names.values()
    ]
    told = set.intersection(*others) if others else set()
    loose = silver.uncertain(forms, upos, told)
    tags = silver.softened(tags, [at for at in loose if tags[at] == names.OUTSIDE])
    tags = silver.steadied(forms, tags, corpus)
    listed = silver.words().organisations
    for start, end, label in names.spans(tags):
        known = any(form.lower() in listed for form in forms[start:end])
        if label == "ORG" and end < len(forms) and any(sign.isdigit() for sign in forms[end]):
            tags = silver.softened(tags, range(start, end))  # "Boeing 747", "Airbus A380"
            continue
        if label == "ORG" and not known and corpus.count(forms[start:end]) < _OFTEN:
            tags = silver.softened(tags, range(start, end), ("LOC", "MISC", "PROD"))
    return tags


def unlike(tags: Sequence[str], mentions: Sequence[tuple[int, int, str]]) -> tuple[str, ...]:
    """Open the names that annotators marked as something else alone (iPod: a product)."""
    made = tuple(tags)
    for start, end, label in names.spans(tags):
        kinds = {kind for first, last, kind in mentions if first < end and start < last}
        if kinds and {"GPE": "LOC"}.get(label, label) not in kinds:
            made = silver.softened(made, range(start, end))
    return made


def counted(read: Sequence[peers.Sentence], trees: Mapping[tuple[str, ...], Tree]) -> silver.Forms:
    """Count the names of all readings by form."""
    corpus = silver.Forms()
    for one in read:
        tree = trees.get(one.forms)
        upos = [word.upos for word in tree.words] if tree else one.upos
        for found in one.names.values():
            corpus.add(one.forms, silver.converted(one.forms, found, upos))
    return corpus


def read_english(data: Path, file: Path) -> tuple[list[Origin], silver.Measure]:
    """Give the English names, and how those of EWT dev (which are not among them) stand against gold."""
    read = list(peers.load(file))
    trees = {
        tree.forms: tree
        for part in ("train", "dev")
        for tree in conllu.read(data / f"ud/UD_English-EWT/en_ewt-ud-{part}.conllu")
    }
    corpus = counted(read, trees)
    models = "en_core_web_sm 3.8 and 3.6, en_core_web_md 3.8 (MIT), where they agree"
    made = {
        "ewt-train": Origin("ewt-silver", "en", _CC_BY_SA_4, f"{models}; gold UPOS and trees"),
        "meantime": Origin("meantime-silver", "en", "CC BY 4.0", models),
        "itn-en": Origin("itn-en-silver", "en", "CC BY-SA 3.0", models),
    }
    source = next(one for one in names.CORPORA if one.id == "uner-en-ewt")
    gold = {one.tokens: one.tags for one in names.read(source, data / source.files["dev"])}
    measure = silver.Measure()
    marked = peers.mentions(data)
    for one in read:
        tree = trees.get(one.forms) if one.source.startswith("ewt") else None
        upos = [word.upos for word in tree.words] if tree else one.upos
        tags = english(one, upos, [word.head for word in tree.words] if tree else [], corpus)
        tags = unlike(tags, marked.get(one.forms, ()))
        if one.source == "ewt-dev":
            if one.forms in gold:
                measure.add(tags, gold[one.forms])
            continue
        origin = made[one.source]
        over = one.source == "ewt-train"
        origin.rows.append(
            Row(
                "ud-en-ewt" if over else origin.id,
                "train",
                origin.id,
                "en",
                one.article,
                one.forms,
                one.spaces,
                tags,
            )
        )
    return list(made.values()), measure


def german_nouns(data: Path) -> set[str]:
    """Gather common nouns from German trees and GermEval dev (without fold 0), less what is in names."""
    nouns: set[str] = set()
    proper: set[str] = set()
    for path in ("UD_German-GSD/de_gsd-ud-dev.conllu", "UD_German-PUD/de_pud-ud-test.conllu"):
        for tree in conllu.read(data / "ud" / path):
            nouns |= {word.form for word in tree.words if word.upos == "NOUN"}
    source = next(one for one in names.CORPORA if one.id == "germeval2014")
    for record in names.read(source, data / source.files["dev"]):
        if heldout.fold(record.tokens):
            capital = [
                (form, tag)
                for form, tag in zip(record.tokens, record.tags, strict=True)
                if form[:1].isupper()
            ]
            nouns |= {form for form, tag in capital if tag == names.OUTSIDE}
            proper |= {form for form, tag in capital if tag != names.OUTSIDE}
    return nouns - proper


def german(
    articles: Iterable[tuple[str, Sequence[tuple[str, ...]]]], known: gazetted.Lists
) -> Iterator[list[tuple[str, ...]]]:
    """Yield the tags of each article's sentences; last names of people named in full are known throughout."""
    for _, sentences in articles:
        first = [gazetted.tagged(forms, known) for forms in sentences]
        people = set[str]().union(*map(gazetted.surnames, sentences, first))
        tags = [gazetted.tagged(forms, known, people) for forms in sentences] if people else first
        yield silver.consistent(list(zip(sentences, tags, strict=True)))


def read_wikinews(data: Path) -> Iterator[tuple[str, list[tuple[tuple[str, ...], str]]]]:
    """Yield (article, its sentences as words and spaces) of German Wikinews."""
    with (data / "text/de-wikinews/de-wikinews.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            blocks = [row["title"], *row["text"].split("\n\n")]
            yield row["id"], [one for block in blocks for one in cut(block, "de")]


def cut(text: str, language: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the sentences of a paragraph as words and spaces, cut as `tidende.parse` and UD cut them."""
    from tidende.parse.sentences import split
    from tidende.parse.tokens import tokenise

    for sentence in split(list(tokenise(text, 0, len(text), language)), language):
        spans: list[tuple[int, int]] = []
        for token in sentence[:-1]:
            ordinal = token.text == "." and spans and spans[-1][1] == token.start
            if ordinal and text[slice(*spans[-1])].isdigit():  # "28." is one word in UD
                spans[-1] = (spans[-1][0], token.end)
            else:
                spans.append((token.start, token.end))
        spans += [(token.start, token.end) for token in sentence[-1:]]
        starts = [*(start for start, _ in spans[1:]), len(text) + 1]
        spaces = "".join("01"[start > end] for start, (_, end) in zip(starts, spans, strict=True))
        yield tuple(text[start:end] for start, end in spans), spaces


def read_german(data: Path) -> Origin:
    """Give the names that lists find in German Wikinews."""
    origin = Origin(
        "wikinews-de-silver",
        "de",
        "CC BY 2.5",
        "gazetteer and given names of tidende.entities; open elsewhere",
    )
    articles = list(read_wikinews(data))
    nouns = gazetted.counted_nouns((forms for _, sentences in articles for forms, _ in sentences), "de")
    known = gazetted.lists("de", german_nouns(data) | nouns)
    bare = [(article, [forms for forms, _ in sentences]) for article, sentences in articles]
    for (article, sentences), tags in zip(articles, german(bare, known), strict=True):
        for (forms, spaces), own in zip(sentences, tags, strict=True):
            origin.rows.append(Row(origin.id, "train", origin.id, "de", article, forms, spaces, own))
    return origin


def read_webbnyheter(data: Path) -> Origin:
    """Give Webbnyheter anew, where it differs from UNER or from itself left open (its own scheme)."""
    origin = Origin("webbnyheter-revised", "sv", "CC BY 4.0", "names of the corpus, some left open")
    corpus = next(one for one in names.CORPORA if one.id == "webbnyheter")
    records = names.read(corpus, data / corpus.files["train"])
    counts = silver.Forms()
    for record in records:
        counts.add(record.tokens, record.spans())
    for number, record in enumerate(records):
        tags = silver.steadied(record.tokens, silver.revised(record.tokens, record.tags), counts)
        spaces = "1" * len(record.tokens)
        origin.rows.append(
            Row(
                corpus.id,
                "train",
                origin.id,
                "sv",
                str(number),
                record.tokens,
                spaces,
                tags,
                record.scheme,
                revises=True,
            )
        )
    return origin


def reread(rows: Sequence[Row], folder: Path) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Give the names that a model of ours reads in each sentence, open where it wavers.

    It reads each twice: as it is, and as a quotation opens in print, with a dash before it and no full stop.
    """
    from tidende.parse.neural import Words, load_model

    model = load_model(folder)
    spaced = {row.forms: tuple(batches.spacing(row.forms, row.spaces)) for row in rows}
    plain = [Words(forms, own) for forms, own in spaced.items()]
    dashed = [
        Words(
            (_DASH, *forms[:-1], *(() if forms[-1] == "." else forms[-1:])),
            (True, *own)[: _length(forms) + 1],
        )
        for forms, own in spaced.items()
    ]
    made: dict[tuple[str, ...], tuple[str, ...]] = {}
    for forms, one, two in zip(spaced, model.read(plain), model.read(dashed), strict=True):
        other = (*two.names[1:], names.OUTSIDE)[: len(forms)]
        made[forms] = silver.united([one.names, other])
    return made


def _length(forms: Sequence[str]) -> int:
    return len(forms) - (forms[-1] == ".")


def joined(rows: Sequence[Row], read: Mapping[tuple[str, ...], Sequence[str]]) -> list[Row]:
    """Join what a model of ours read in the rows: made consistent in each article, then with silver."""
    made: list[Row] = []
    for _, group in groupby(rows, key=lambda row: (row.origin, row.article)):
        article = list(group)
        steady = silver.consistent([(row.forms, tuple(read[row.forms])) for row in article])
        for row, own in zip(article, steady, strict=True):
            tags = silver.joined(own, row.tags)
            # "Kassel" before an unknown "Huskies" may be half a name.
            cut = [
                at
                for start, end, _ in names.spans(tags)
                if end < len(tags) and tags[end] == silver.ANY and row.forms[end][:1].isupper()
                for at in range(start, end)
            ]
            row.tags = silver.softened(tags, cut)
        made += article
    return made


def useful(rows: Iterable[Row], barred: frozenset[str]) -> list[Row]:
    """Keep each sentence once, if it is not barred and more than half of its words are settled."""
    seen: set[tuple[str, ...]] = set()
    kept: list[Row] = []
    for row in rows:
        settled = sum(not silver.is_open(tag) for tag in row.tags)
        if row.forms in seen or settled * 2 <= len(row.tags) or heldout.is_held([row.forms], barred):
            continue
        seen.add(row.forms)
        kept.append(row)
    return kept


def barred(data: Path) -> frozenset[str]:
    """Give the fingerprints of test and dev sentences and of PUD (whose words alone are looked at)."""
    held = frozenset().union(*heldout.test_sentences(data).values(), *heldout.dev_sentences(data).values())
    pud = {
        heldout.fingerprint(forms)
        for language, spoken in _PUD.items()
        for tree in conllu.read(data / f"ud/UD_{spoken}-PUD/{language}_pud-ud-test.conllu")
        for forms in (tree.forms, tuple(form for form, _ in tree.surface()))
    }
    return held | pud


def write(origins: Sequence[Origin], held: frozenset[str], output: Path) -> dict[str, Any]:
    """Write the rows and a manifest like the pack's; give the manifest."""
    lines: list[str] = []
    listed: list[dict[str, Any]] = []
    for origin in origins:
        kept = useful(origin.rows, held)
        own = [_line(row) for row in kept]
        counts = Counter(label for row in kept for _, _, label in names.spans(row.tags))
        listed.append(
            {
                "id": origin.id,
                "language": origin.language,
                "part": "train",
                "licence": origin.licence,
                "origin": origin.made,
                "noisy": True,
                "sentences": len(kept),
                "words": sum(len(row.forms) for row in kept),
                "open": sum(silver.is_open(tag) for row in kept for tag in row.tags),
                "names": dict(sorted(counts.items())),
                "scheme": origin.rows[0].scheme if origin.rows else SCHEME,
                "removed": len(origin.rows) - len(kept),
                "sha256": sha256("\n".join(own).encode()).hexdigest(),
            }
        )
        lines += own
    manifest = {
        "format": pack.FORMAT,
        "labels": list(names.LABELS),
        "sentences": len(lines),
        "sources": listed,
        "sha256": sha256("\n".join(lines).encode()).hexdigest(),
    }
    output.parent.mkdir(parents=True, exist_ok=True)
    with lzma.open(output, "wb", preset=6) as file:
        file.write("\n".join([json.dumps(manifest, ensure_ascii=False), *lines, ""]).encode())
    pretty = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    output.with_name(output.name + ".manifest.json").write_text(pretty, encoding="utf-8")
    return manifest


def _line(row: Row) -> str:
    line: dict[str, Any] = {
        "s": row.source,
        "l": row.language,
        "p": row.part,
        "k": heldout.fold(row.forms),
        "w": row.forms,
        "x": row.spaces,
        "n": row.tags,
        "c": row.scheme,
        "q": row.origin,
        "b": row.article,
    }
    if row.revises:
        line["o"] = 1
    return json.dumps(line, ensure_ascii=False, separators=(",", ":"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Write silver names; give the exit status."""
    here = Path(__file__).parent / "checkpoints"
    parser = argparse.ArgumentParser(prog="python -m training.silver_pack", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--peers", type=Path, default=here / "peers.xz", help="what training.peers wrote")
    parser.add_argument("--model", type=Path, help="files of a model of ours, whose names are joined")
    parser.add_argument("--output", type=Path, default=here / "silver.xz")
    options = parser.parse_args(arguments)
    data = options.shared / "data"
    try:
        origins, measure = read_english(data, options.peers)
        print("EWT dev against UNER:", measure.settled, measure.figures())
        origins += [read_german(data), read_webbnyheter(data)]
        if options.model:
            read = reread([row for origin in origins for row in origin.rows], options.model)
            for origin in origins:
                origin.rows = joined(origin.rows, read)
        manifest = write(origins, barred(data), options.output)
    except (OSError, ValueError, TidendeError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    for one in manifest["sources"]:
        print(
            f"{one['id']:20} {one['sentences']:6} sentences {one['words']:7} words {one['open']:6} open "
            f"{one['removed']:5} left out  {one['names']}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
