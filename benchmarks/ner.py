"""Score the names that the model finds, persons, organisations and places, against ten test sets.

Usage: python benchmarks/ner.py [--corpus da ...] [--set test|dev] [--most N] [--no-swap]
       [--record FILE] [--verbose] [--json] [--scoreboard]

Gold words are given; a name counts where its span and its type are right. A polity (GPE) is a place, as actor
too; what a set marks besides (MISC, EVT, PROD, derived words) is no name here, in gold and answer alike. The
second table puts other people into the Danish and Norwegian sentences (see name_swap.py). `--set dev` is for
tuning, and takes the fifth of dev that no model learned from. Where the sets are missing, this says "not
measured".
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import name_swap
import treebanks
from name_swap import GROUPS
from scoring import NOT_MEASURED, Figure, common_arguments, harmonic, post, printed, share, table, total
from treebanks import NAME_SETS, PARTS, TYPES, Missing, Reader, Sentence, between, percent, spans

_AS_PRINTED = "as printed"


def _f1(label: str) -> Figure:
    found, due, wrong = f"{label} right", f"{label} due", f"{label} wrong"
    return Figure(label, harmonic(found, due, wrong), (found, due))


ALL = _f1("all")
FIGURES = (*(_f1(label) for label in TYPES), ALL)
RECALL = Figure("recall", share("all right", "all due"), ("all right", "all due"))
PRECISION = Figure("precision", share("all right", "all found"), ("all right", "all found"))
PERSONS = FIGURES[0]

SWAP_SETS = ("da", "nb", "nn")
_MOST_SWAPPED = 200  # sentences of each set

# F1 as published; never run here
PUBLISHED = {
    "ScandiNER": {"da": 87.4, "nb": 91.1, "nn": 90.4},
    "spaCy sm": {"da": 72.3, "nb": 74.8},
}
Tallies = dict[str, list[Counter[str]]]


def count(due: Sequence[str], found: Sequence[str]) -> Counter[str]:
    """Count the names of one sentence, from gold tags and found ones."""
    gold, own = spans(due), spans(found)
    counts: Counter[str] = Counter()
    for kept, what in ((gold & own, "right"), (own - gold, "wrong"), (gold, "due"), (own, "found")):
        for _, _, label in kept:
            counts[f"{label} {what}"] += 1
            counts[f"all {what}"] += 1
    return counts


def measure(sentences: Sequence[Sentence], read: Sequence[Sequence[str]]) -> list[Counter[str]]:
    """Count every sentence; `read` are the tags that the model gave."""
    return [count(sentence.tags, tags) for sentence, tags in zip(sentences, read, strict=True)]


def find(sentences: Sequence[Sentence], reader: Reader, known: treebanks.Known) -> list[tuple[str, ...]]:
    """Give the tags of every sentence; what is not `known` is read, and known thereafter."""
    unread = list({sentence.key: sentence for sentence in sentences if sentence.key not in known}.values())
    known.update((one.key, read.names) for one, read in zip(unread, reader.read(unread), strict=True))
    return [known[sentence.key] for sentence in sentences]


def figures(counts: Sequence[Counter[str]]) -> dict[str, float]:
    """Give F1 by type and over all, precision and recall, as shares of 1."""
    summed = total(counts)
    values = {figure.name: figure.value(summed) for figure in (*FIGURES, PRECISION, RECALL)}
    return {name: round(value, 4) for name, value in values.items() if value is not None}


def scores(
    key: str, most: int = 0, *, part: str = "test", data: Path = treebanks.DATA, reader: Reader | None = None
) -> dict[str, float]:
    """Read a corpus of names (`da`, `sv-pud` ...) and give its figures as shares of 1.

    `most` takes so many sentences, evenly spread. Raise `treebanks.Missing` where data or model is not here.
    """
    sentences = treebanks.named(key, part, most, data=data)
    return figures(measure(sentences, find(sentences, reader or treebanks.reader(), {})))


def swap(
    sentences: Sequence[Sentence],
    people: Mapping[str, Sequence[tuple[str, ...]]],
    reader: Reader,
    known: treebanks.Known,
) -> Tallies:
    """Count persons as printed, and with people of each group in their place, in sentences with persons."""
    chosen = treebanks.spread([one for one in sentences if name_swap.has_person(one)], _MOST_SWAPPED)
    found = {_AS_PRINTED: measure(chosen, find(chosen, reader, known))}
    for group, own in people.items():
        others = [name_swap.swapped(sentence, own, group) for sentence in chosen]
        found[group] = measure(others, find(others, reader, known))
    return found


def notes(sentences: Sequence[Sentence], read: Sequence[Sequence[str]]) -> list[str]:
    """Name every miss and every extra, in its sentence."""
    found = []
    for sentence, tags in zip(sentences, read, strict=True):
        gold, own = spans(sentence.tags), spans(tags)
        for what, kept in (("miss ", gold - own), ("extra", own - gold)):
            for start, end, label in sorted(kept):
                name = " ".join(sentence.texts[start:end])
                found.append(f"{what} {label} {name!r}: {' '.join(sentence.texts)}")
    return found


def laid_out(tallies: Tallies, swaps: Mapping[str, Tallies]) -> str:
    """Lay out F1 by set and type, the swaps, and published figures."""
    rows = []
    for key, own in tallies.items():
        summed = total(own)
        cells = [percent(figure, summed) for figure in (*FIGURES, PRECISION, RECALL)]
        title = f"{key}: {NAME_SETS[key].title}"
        rows.append([title, str(len(own)), str(summed["all due"]), *cells, between(ALL, own)])
    head = ["set", "sentences", "names", *TYPES, "all", "precision", "recall", "all, 95 %"]
    parts = [table(head, rows), _CONDITIONS]
    if swaps:
        columns = [_AS_PRINTED, *GROUPS]
        rows = [
            [key, str(len(own[_AS_PRINTED])), *(printed(PERSONS, total(own[column])) for column in columns)]
            for key, own in swaps.items()
        ]
        parts += [
            "### Other people's names: F1 of persons",
            table(["set", "sentences", *columns], rows),
            _SWAPS,
        ]
    shown = {key: percent(ALL, total(own)) for key, own in tallies.items()}
    beside = [["Tidende, measured here", *(shown.get(key, "-") for key in SWAP_SETS)]]
    for name, told in PUBLISHED.items():
        values = (str(told[key]) if key in told else "-" for key in SWAP_SETS)
        beside.append([f"{name}: published, not run here", *values])
    parts += ["### Names beside others", table(["F1", *SWAP_SETS], beside), _OTHERS]
    return "\n\n".join(parts)


_CONDITIONS = """F1 of exact spans with their type; gold words are given. GPE counts as LOC. GermEval: outer
names, derived words and parts of compounds left out. The three PUD sets are out of domain: none of their
names was learned from (their trees were)."""
_SWAPS = """Sentences that name persons (at most 200 of each set, evenly spread), each person replaced by an
office holder from countries of that group (last name for one word, whole name for more); in brackets names
right and names there. Nordic is the control."""
_OTHERS = """Published figures are for DaNE (another annotation of the Danish sentences) and NorNE, each
project's own; out of domain all of them fall to 54-67. A dash: no figure known, or no model."""


def main() -> int:
    """Read, score and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=treebanks.DATA)
    parser.add_argument("--corpus", nargs="+", choices=tuple(NAME_SETS), default=list(NAME_SETS))
    parser.add_argument("--set", choices=PARTS, default="test", help="dev: the fold that was never learned")
    parser.add_argument("--most", type=int, default=0, help="so many sentences of each, evenly spread")
    parser.add_argument("--no-swap", action="store_true", help="leave out the swapped names")
    parser.add_argument(
        "--record", type=Path, help="take from here what parse.py --save kept, do not read it"
    )
    common_arguments(parser)
    options = parser.parse_args()
    chosen = [key for key in options.corpus if options.set == "test" or _has_dev(key)]
    tallies: Tallies = {}
    swaps: dict[str, Tallies] = {}
    found: list[str] = []
    try:
        people = name_swap.lists(options.data)
        gold = {key: treebanks.named(key, options.set, options.most, data=options.data) for key in chosen}
        reader = treebanks.reader()
        known = treebanks.kept(options.record) if options.record else {}
    except Missing as missing:
        print(f"ner: {NOT_MEASURED}: {missing}")
        return 0
    for key, sentences in gold.items():
        read = find(sentences, reader, known)
        tallies[key] = measure(sentences, read)
        found += [f"{key} {note}" for note in notes(sentences, read)]
        if key in SWAP_SETS and not options.no_swap:
            swaps[key] = swap(sentences, people, reader, known)
    body = laid_out(tallies, swaps)
    if options.json:
        values: dict[str, object] = {key: figures(own) for key, own in tallies.items()}
        values["swap"] = {
            key: {column: figures(own).get("PER") for column, own in each.items()}
            for key, each in swaps.items()
        }
        print(json.dumps(values, indent=1))
    else:
        print(body)
    aside = sys.stderr if options.json else sys.stdout
    if options.verbose:
        print("", *found, sep="\n", file=aside)
    print(f"\n{reader.said()}", file=aside)
    if options.scoreboard:
        if options.set != "test" or options.most or options.no_swap or len(tallies) < len(NAME_SETS):
            print("ner: the scoreboard takes all whole test sets, with swaps, only", file=sys.stderr)
            return 1
        post("Names", "ten test sets in six languages", body, options.date)
    return 0


def _has_dev(key: str) -> bool:
    return "dev" in NAME_SETS[key].files or "dev" in NAME_SETS[key].trees


if __name__ == "__main__":
    raise SystemExit(main())
