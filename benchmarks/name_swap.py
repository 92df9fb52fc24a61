"""Put other people into sentences: the same news about persons whose names come from somewhere else.

After the name-swap test of DaCy (Enevoldsen et al. 2021). The names are those of office holders, from lists
that no training source uses (`../shared/data/names/leaders`: the CIA's list of governments of May 2019, and
Wikidata's post holders).
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from treebanks import Missing, Sentence, spans

# Whose names: ISO 3166 codes of the countries that the office holders serve. The first is the control.
GROUPS: Mapping[str, str] = {
    "Nordic": "DNK NOR SWE ISL",
    "Slavic": "RUS UKR BLR BGR POL CZE SVK SRB HRV",
    "Arabic": "EGY SAU IRQ SYR JOR YEM KWT ARE OMN QAT BHR LBN DZA TUN LBY SDN MAR",
    "African": "NGA GHA KEN UGA TZA ZMB ZWE ETH RWA MLI SEN",
    "East Asian": "CHN KOR PRK VNM TWN JPN",
}
_FILES = ("people.tsv", "people-wikidata.tsv")
_CLIPPED = "cia-factbook"  # its names were cut out of prose, and some of them badly
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LAST_LATIN = "\u024f"
_GENITIVE = "Case=Gen"


def lists(data: Path) -> dict[str, list[tuple[str, ...]]]:
    """Read the names of each group, two or three words in Latin letters each, sorted.

    Raise `Missing` where the lists are not under `data`.
    """
    found: dict[str, set[tuple[str, ...]]] = {group: set() for group in GROUPS}
    group_of = {country: group for group, countries in GROUPS.items() for country in countries.split()}
    for name in _FILES:
        path = data / "names" / "leaders" / name
        if not path.is_file():
            raise Missing(f"{path} is not here")
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                words, group = tuple(row["name"].split()), group_of.get(row["country"])
                if group and row["source"] != _CLIPPED and 2 <= len(words) <= 3 and all(map(_is_name, words)):
                    found[group].add(words)
    return {group: sorted(own) for group, own in found.items()}


def _is_name(word: str) -> bool:
    plain = _WORD.fullmatch(word) and max(word.replace("’", "'")) <= _LAST_LATIN
    return bool(plain) and word[0].isupper() and not word.isupper()


def has_person(sentence: Sentence) -> bool:
    """Tell whether a sentence names a person."""
    return "B-PER" in sentence.tags


def swapped(sentence: Sentence, people: Sequence[tuple[str, ...]], group: str) -> Sentence:
    """Put one of `people` for each person: a last name for one word, a whole name for more.

    One name becomes the same other name throughout the sentence, and a genitive stays one. What is drawn
    depends on the group and the words of the sentence alone.
    """
    seed = sha256(" ".join([group, *sentence.texts]).encode()).hexdigest()
    draw = random.Random(seed)
    chosen: dict[tuple[str, ...], tuple[str, ...]] = {}
    texts: list[str] = []
    spaced: list[bool] = []
    tags: list[str] = []
    features: list[str] = []
    at = 0
    persons = sorted((start, end) for start, end, label in spans(sentence.tags) if label == "PER")
    for start, end in [*persons, (len(sentence.texts), len(sentence.texts))]:
        texts += sentence.texts[at:start]
        spaced += sentence.spaced[at:start]
        tags += sentence.tags[at:start]
        features += sentence.features[at:start]
        at = end
        if start == end:
            continue
        old = sentence.texts[start:end]
        if old not in chosen:
            whole = draw.choice(people)
            chosen[old] = whole if len(old) > 1 else whole[-1:]
        new = list(chosen[old])
        owns = _GENITIVE in sentence.features[end - 1].split("|")
        if owns:
            new[-1] = _genitive(new[-1])
        texts += new
        spaced += [sentence.spaced[start], *(True for _ in new[1:])]
        tags += ["B-PER", *("I-PER" for _ in new[1:])]
        features += [*("" for _ in new[1:]), _GENITIVE if owns else ""]
    return replace(
        sentence, texts=tuple(texts), spaced=tuple(spaced), tags=tuple(tags), features=tuple(features)
    )


def _genitive(word: str) -> str:
    return word + ("'" if word.lower().endswith(("s", "x", "z")) else "s")
